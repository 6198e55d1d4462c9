//! huiyin-foundation

pub mod caller;
pub mod carriers;
pub mod clock;
pub mod config;
pub mod db;
pub mod error;
pub mod files;
pub mod incoming;
pub mod index;
pub mod keys;
pub mod limits;
pub mod outbox;
pub mod passwords;
pub mod pdf;
pub mod private;
mod receipt_code;
pub mod say;
pub mod school;
pub mod testing;
pub mod web;

// Templates name this crate's functions by its full name, here as in the rooms that borrow them.
extern crate self as huiyin_foundation;

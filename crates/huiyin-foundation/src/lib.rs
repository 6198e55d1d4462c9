//! huiyin-foundation

pub mod clock;
pub mod config;
pub mod db;
pub mod error;
pub mod files;
pub mod keys;
pub mod limits;
pub mod passwords;
mod receipt_code;
pub mod say;
pub mod school;
pub mod testing;

//! What the rules say.
//!
//! Pure: no clock, no randomness, no input or output, no async. Time and policy arrive as values; decisions leave as events.
//! Read in this order: who and what ([`ids`]), which days count ([`calendar`]), what a school has set ([`policy`]),
//! what can happen to a case ([`case`]), and who may make it happen ([`access`]).

pub mod ids;
pub mod calendar;
pub mod policy;
pub mod case;
pub mod access;
pub mod shipped;
mod reading;

pub use reading::Complaint;

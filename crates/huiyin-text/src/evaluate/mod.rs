//! How good the language room is: the figures of docs/benchmarks-text.md, from files with known answers.
//!
//! Files are tables with tabs and one header line. Time is told by a clock that is handed in.

mod answering;
mod classifying;
mod grouping;
mod resembling;
mod table;
#[cfg(test)]
mod tests;

pub use answering::{Answered, answers};
pub use classifying::{ByClass, Classified, classify};
pub use grouping::{Event, Grouped, topics};
pub use resembling::{Resembled, Resembling, similar};
pub use table::{Table, Unfit};

/// Time since any fixed moment.
pub type Clock<'c> = &'c dyn Fn() -> std::time::Duration;

/// Milliseconds of one, where so many took so long.
fn each(took: std::time::Duration, count: usize) -> f64 {
    took.as_secs_f64() * 1e3 / count.max(1) as f64
}

/// Twice the product over the sum; 0 where both are 0.
fn harmonic(one: f64, other: f64) -> f64 {
    if one + other == 0.0 { 0.0 } else { 2.0 * one * other / (one + other) }
}

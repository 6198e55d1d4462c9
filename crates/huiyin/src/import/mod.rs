//! Taking in what a school already has: cases from an older system with their own times, and the roster of people.
//!
//! Reads .tsv .csv .jsonl .xlsx, plain or .gz. A line that cannot be used is named with file, line and reason, and the
//! rest goes on; taking in the same file twice stores nothing twice. Cases go through the same commands as everywhere.

mod carry;
mod columns;
mod incoming;
mod moment;
mod open;
mod rows;
mod sheet;
#[cfg(test)]
mod tests;

pub use carry::{Carried, Importer, importer};
pub use columns::{CASE_FIELDS_HELP, Columns as CaseColumns, ROSTER_FIELDS_HELP};
pub use incoming::{Found, Incoming, Reading};
pub use open::open;
pub use rows::Bad;

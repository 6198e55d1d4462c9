//! The store door: one way to read and write for both engines.

mod error;

pub use error::DbError;

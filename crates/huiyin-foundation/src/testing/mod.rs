//! What the tests of every room stand on.

mod database;

pub use database::TestDb;

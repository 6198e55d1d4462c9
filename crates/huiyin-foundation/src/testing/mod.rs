//! What the tests of every room stand on.

mod database;
mod school;

pub use database::TestDb;
pub use school::{TEST_MORNING, TestSchool};

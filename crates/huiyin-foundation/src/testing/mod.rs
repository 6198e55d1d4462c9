//! What the tests of every room stand on.

mod app;
mod database;
mod school;

pub use app::{Answer, Hand, TestApp};
pub use database::TestDb;
pub use school::{TEST_MORNING, TestSchool};

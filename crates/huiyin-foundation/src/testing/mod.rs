//! What the tests of every room stand on.

mod browser;
mod database;
mod school;

pub use browser::{Answer, Browser};
pub use database::TestDb;
pub use school::{TEST_MORNING, TestSchool};

//! What the tests of every room stand on.

mod app;
mod browser;
mod database;
mod letterbox;
mod mail_server;
mod receiver;
mod school;

pub use app::{Answer, Hand, TestApp};
pub use browser::Browser;
pub use database::{TestDb, tear_index};
pub use letterbox::{Letterbox, Shown};
pub use mail_server::{MailServer, Taken};
pub use receiver::{Heard, Receiver, Reply};
pub use school::{TEST_MORNING, TestSchool};

//! What leaves the house: a queue and a ledger in one table (9.1).
//!
//! A letter is put down in the transaction of the event it tells of, so neither is there without the other. A worker takes
//! what is due, hands it to a channel and notes the outcome. A letter that was taken is looked at again after a while,
//! whether or not its worker lived: each is sent at least once, under one name ([`Batch::id`]) however often it is tried.
//! What is deliberately not here: who wants to be told what, the words, and how a channel speaks.

mod backoff;
mod ledger;
mod names;
mod standing;
#[cfg(test)]
mod tests;

pub use backoff::{TRIES_MAX, wait_ms};
pub use ledger::{
    came_back, claim, forget, forget_recipients, put, release, settle, sort, take_back, take_back_from,
    unsorted,
};
pub use names::LetterName;
pub use standing::{Standing, send_again, standings};

use huiyin_domain::calendar::Instant;

/// Letters by electronic mail.
pub const MAIL: &str = "mail";
/// Messages of the school's application inside WeCom.
pub const WECOM: &str = "wecom";
/// What the channels of robots begin with.
pub const ROBOT: &str = "robot:";
/// What the channels of webhooks begin with.
pub const HOOK: &str = "hook:";

/// A letter to be put down.
#[derive(Clone, Debug)]
pub struct NewLetter<'a> {
    /// By which channel it leaves.
    pub channel: &'a str,
    /// Whom it is for, as a keyed reference; empty for a robot or a webhook.
    pub recipient: &'a str,
    /// What is told, as a stored word.
    pub kind: &'a str,
    /// The family of such messages that a person chooses about.
    pub topic: &'a str,
    /// The case it is about.
    pub case_no: &'a str,
    /// What it says; never what a complaint is about.
    pub words: &'a str,
    /// Whether it waits for no morning.
    pub is_urgent: bool,
    /// When that happened.
    pub at: Instant,
    /// Not to leave before.
    pub not_before: Instant,
}

/// A letter on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Its id.
    pub id: String,
    /// By which channel it leaves.
    pub channel: String,
    /// Whom it is for, as a keyed reference; empty for a robot or a webhook.
    pub recipient: String,
    /// What is told, as a stored word.
    pub kind: String,
    /// The family of such messages that a person chooses about.
    pub topic: String,
    /// The case it is about.
    pub case_no: String,
    /// What it says.
    pub words: String,
    /// Whether it waits for no morning.
    pub is_urgent: bool,
    /// When that happened.
    pub at: Instant,
    /// Not to leave before.
    pub not_before: Instant,
}

/// Letters that leave together: what one recipient gets at one time by one channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The same at every try.
    pub id: String,
    /// How often it was tried.
    pub tries: u32,
    /// At least one, the oldest first.
    pub letters: Vec<Letter>,
}

impl Batch {
    /// By which channel it leaves.
    pub fn channel(&self) -> &str {
        &self.letters[0].channel
    }

    /// Whom it is for, as a keyed reference.
    pub fn recipient(&self) -> &str {
        &self.letters[0].recipient
    }
}

/// What a person's wishes make of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sorted {
    /// It leaves at this moment.
    At(Instant),
    /// It does not leave, for this reason.
    Unwanted(&'static str),
}

/// How a try ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was taken.
    Sent,
    /// Not now; the reason names nobody.
    Later(String),
    /// Never; the reason names nobody.
    Never(String),
}

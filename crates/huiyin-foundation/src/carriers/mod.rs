//! How a letter leaves the house: each channel in its own manner of speech, all with the same three ways to fail.
//!
//! A reason names a place and a code, never a person: reasons are shown to the administrator and logged. Nothing here
//! knows the ledger or whose wishes a letter follows.

mod hook;
mod http;
mod imap;
mod mail;
mod patience;
mod robots;
mod sign;
#[cfg(test)]
mod tests;
mod trust;
mod wecom;

pub use http::Http;
pub use imap::{Mailbox, Waiting};
pub use mail::{Letter, Mail};
pub use wecom::{Card, Wecom};

use crate::config::{Outlets, Robot, Webhook};
use huiyin_domain::calendar::Instant;
use std::collections::HashMap;
use std::sync::Mutex;

/// Why a letter did not leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The channel answers nobody at present; everything else on it can wait too.
    Channel(String),
    /// The channel asks to be left alone until then.
    Rests(String, Instant),
    /// This letter may leave later.
    Later(String),
    /// This letter will never leave.
    Never(String),
}

/// The channels of one school.
#[derive(Debug)]
pub struct Carriers {
    /// Electronic mail, if the school has a server for it.
    pub mail: Option<Mail>,
    /// The school's application inside WeCom, if it has one.
    pub wecom: Option<Wecom>,
    /// Caller of robots, webhooks and WeCom.
    pub http: Http,
    /// Which channels asked to be left alone, until when, and why. After a new start we ask once more.
    resting: Mutex<HashMap<String, (Instant, String)>>,
}

impl Carriers {
    /// The channels that are set up; says why one cannot be.
    pub fn new(outlets: &Outlets) -> Result<Carriers, String> {
        let mail = outlets.smtp.as_ref().map(Mail::new).transpose()?;
        let wecom = outlets.wecom_app.as_ref().map(Wecom::new);
        Ok(Carriers { mail, wecom, http: Http::new(), resting: Mutex::default() })
    }

    /// Notes that a channel wants to be left alone until a moment, and why.
    pub fn leave_alone(&self, channel: &str, until: Instant, reason: &str) {
        let mut resting = self.resting.lock().expect("nobody panics while holding it");
        resting.insert(channel.to_owned(), (until, reason.to_owned()));
    }

    /// Until when a channel wants to be left alone, and why; none when it may be asked.
    pub fn rests(&self, channel: &str, now: Instant) -> Option<(Instant, String)> {
        let resting = self.resting.lock().expect("nobody panics while holding it");
        resting.get(channel).filter(|(until, _)| now < *until).cloned()
    }

    /// Writes into the group of a robot.
    pub async fn write_to_group(&self, robot: &Robot, words: &str, now: Instant) -> Result<(), Trouble> {
        robots::write(&self.http, robot, words, now).await
    }

    /// Calls a webhook; `id` stays the same at every try.
    pub async fn call_webhook(
        &self,
        hook: &Webhook,
        id: &str,
        body: String,
        now: Instant,
    ) -> Result<(), Trouble> {
        hook::call(&self.http, hook, id, body, now).await
    }
}

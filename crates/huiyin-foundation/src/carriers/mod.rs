//! How a letter leaves the house: each channel in its own manner of speech, all with the same three ways to fail.
//!
//! A reason names a place and a code, never a person: reasons are shown to the administrator and logged. Nothing here
//! knows the ledger or whose wishes a letter follows.

mod mail;
#[cfg(test)]
mod tests;

pub use mail::{Letter, Mail};

use crate::config::Outlets;

/// Why a letter did not leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The channel answers nobody at present; everything else on it can wait too.
    Channel(String),
    /// This letter may leave later.
    Later(String),
    /// This letter will never leave.
    Never(String),
}

/// The channels of one school.
#[derive(Debug, Default)]
pub struct Carriers {
    /// Electronic mail, if the school has a server for it.
    pub mail: Option<Mail>,
}

impl Carriers {
    /// The channels that are set up; says why one cannot be.
    pub fn new(outlets: &Outlets) -> Result<Carriers, String> {
        let mail = outlets.smtp.as_ref().map(Mail::new).transpose()?;
        Ok(Carriers { mail })
    }
}

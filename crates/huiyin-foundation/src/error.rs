//! How the house says no.
//!
//! Every handler and every act of a room ends in a value or in one of these. What a person then sees (the status, the
//! page, the sentence around it) is decided once, in `web`; this module knows nothing of HTTP. Sentences are in the
//! language of the pages, complete, and safe to show; what must not be shown travels in [`Error::Internal`] and is
//! logged once, at the edge.

use crate::db::DbError;
use std::borrow::Cow;
use std::fmt;

/// Why an act was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A rule of the school says no.
    #[error("refused: {sentence} ({clause})")]
    Refused {
        /// What the person is told.
        sentence: String,
        /// The clause that says so, in Chinese.
        clause: String,
    },
    /// What was typed cannot be taken as it is.
    #[error("invalid: {0}")]
    Invalid(FieldErrors),
    /// There is nothing here that this person may know of.
    #[error("hidden")]
    Hidden,
    /// The person is known and may not do this.
    #[error("forbidden")]
    Forbidden,
    /// Only someone who has signed in may do this.
    #[error("sign in first")]
    SignIn,
    /// Too often in too short a time.
    #[error("too many: again in {retry_after_s} s")]
    TooMany {
        /// Seconds until the act may be tried again.
        retry_after_s: u64,
    },
    /// Somebody else was quicker.
    #[error("conflict: {sentence}")]
    Conflict {
        /// What the person is told.
        sentence: String,
    },
    /// The disk has no room left.
    #[error("the disk is full")]
    Full,
    /// Too much to do at this moment; trying again soon will help.
    #[error("busy")]
    Busy,
    /// Our fault; told as a request number, logged in full.
    #[error("internal: {source}")]
    Internal {
        /// What went wrong.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

impl Error {
    /// A rule says no, with the clause that says so.
    pub fn refused(sentence: impl Into<String>, clause: impl Into<String>) -> Error {
        Error::Refused { sentence: sentence.into(), clause: clause.into() }
    }

    /// One field cannot be taken as it is.
    pub fn invalid(field: &'static str, sentence: impl Into<String>) -> Error {
        let mut errors = FieldErrors::new();
        errors.add(field, sentence);
        Error::Invalid(errors)
    }

    /// Somebody else was quicker.
    pub fn conflict(sentence: impl Into<String>) -> Error {
        Error::Conflict { sentence: sentence.into() }
    }

    /// Our fault: an error, or a sentence for the log.
    pub fn internal(source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
        Error::Internal { source: source.into() }
    }
}

impl From<DbError> for Error {
    fn from(error: DbError) -> Error {
        match error {
            DbError::Full => Error::Full,
            DbError::Busy { .. } => Error::Busy,
            DbError::Conflict { .. } => {
                Error::conflict("刚才有人同时改动了这一项，请刷新页面，看过最新情况后再试。")
            }
            other => Error::internal(other),
        }
    }
}

impl From<FieldErrors> for Error {
    fn from(errors: FieldErrors) -> Error {
        Error::Invalid(errors)
    }
}

/// What is wrong with a form, field by field, in the order found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldErrors(Vec<(Cow<'static, str>, String)>);

impl FieldErrors {
    /// Nothing is wrong so far.
    pub fn new() -> FieldErrors {
        FieldErrors::default()
    }

    /// Notes what is wrong with a field.
    pub fn add(&mut self, field: impl Into<Cow<'static, str>>, sentence: impl Into<String>) {
        self.0.push((field.into(), sentence.into()));
    }

    /// Notes what is wrong with a field unless the condition holds.
    pub fn expect(&mut self, holds: bool, field: &'static str, sentence: impl Into<String>) {
        if !holds {
            self.add(field, sentence);
        }
    }

    /// The first sentence about a field.
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| name == field).map(|(_, sentence)| sentence.as_str())
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Puts them in the order in which the form asks, so that the summary reads from top to bottom. What the form does not
    /// name comes last.
    #[must_use]
    pub fn in_order_of(mut self, fields: &[&str]) -> FieldErrors {
        let place = |name: &str| fields.iter().position(|field| *field == name).unwrap_or(fields.len());
        self.0.sort_by_key(|(name, _)| place(name));
        self
    }

    /// How many sentences there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Each field with its sentence.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(field, sentence)| (field.as_ref(), sentence.as_str()))
    }

    /// The value if nothing is wrong, else these errors.
    pub fn or<T>(self, value: T) -> Result<T, FieldErrors> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl fmt::Display for FieldErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, (field, sentence)) in self.0.iter().enumerate() {
            let gap = if place == 0 { "" } else { "; " };
            write!(f, "{gap}{field}: {sentence}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_taken_only_when_no_field_complains() {
        let mut errors = FieldErrors::new();
        errors.expect(true, "title", "请写标题");
        assert_eq!(errors.clone().or(1), Ok(1));
        errors.expect(false, "words", "请写内容");
        errors.add("words", "内容太长");
        assert_eq!(errors.of("words"), Some("请写内容"));
        assert_eq!(errors.of("title"), None);
        assert_eq!(errors.len(), 2);
        assert!(matches!(errors.or(1).map_err(Error::from), Err(Error::Invalid(_))));
    }

    #[test]
    fn a_form_complains_from_top_to_bottom() {
        let mut errors = FieldErrors::new();
        for (field, sentence) in [("photo", "太大"), ("token", "过期"), ("title", "没写"), ("photo", "太多")]
        {
            errors.add(field, sentence);
        }
        let told: Vec<String> =
            errors.in_order_of(&["title", "photo"]).iter().map(|(_, sentence)| sentence.to_owned()).collect();
        assert_eq!(told, ["没写", "太大", "太多", "过期"]);
    }

    #[test]
    fn a_full_disk_is_told_apart_from_our_own_faults() {
        assert!(matches!(Error::from(DbError::Full), Error::Full));
        let conflict = DbError::Conflict { constraint: "people.login".to_owned() };
        assert!(matches!(Error::from(conflict), Error::Conflict { .. }));
        assert!(matches!(Error::from(DbError::NoRow), Error::Internal { .. }));
    }
}

//! What stands in the boxes of a form, and what is wrong with it: the value that field components read.

use crate::error::FieldErrors;

/// The values of a form with its errors; empty for a form shown the first time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    values: Vec<(String, String)>,
    /// What is wrong, field by field.
    pub errors: FieldErrors,
}

impl Filled {
    /// An empty form.
    pub fn new() -> Filled {
        Filled::default()
    }

    /// What was typed, with what is wrong.
    pub fn from_values(values: Vec<(String, String)>, errors: FieldErrors) -> Filled {
        Filled { values, errors }
    }

    /// The same with one more value.
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Filled {
        self.values.push((name.to_owned(), value.into()));
        self
    }

    /// The same with one value in place of what was there.
    pub fn with_only(mut self, name: &str, value: impl Into<String>) -> Filled {
        self.values.retain(|(known, _)| known != name);
        self.with(name, value)
    }

    /// The first value of a field; empty if there is none.
    pub fn value(&self, name: &str) -> &str {
        self.values.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    /// Every value of a field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.values.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether a choice is made.
    pub fn chose(&self, name: &str, value: impl AsRef<str>) -> bool {
        self.all(name).any(|chosen| chosen == value.as_ref())
    }

    /// What is wrong with a field.
    pub fn error(&self, name: &str) -> Option<&str> {
        self.errors.of(name)
    }
}

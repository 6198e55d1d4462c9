//! The text of a statement.
//!
//! A statement is a literal of the program, or is put together from literals by [`Filter`]. Nothing that was read at run
//! time can become part of it, so there is no door through which a visitor's words could reach the engine as SQL.

use super::dialect::Engine;
use super::value::Value;
use std::borrow::Cow;

/// A statement: the same words for both engines, or one wording for each where they must differ.
#[derive(Clone, Debug)]
pub struct Sql(Wording);

#[derive(Clone, Debug)]
enum Wording {
    Same(Cow<'static, str>),
    PerEngine { sqlite: &'static str, postgres: &'static str },
}

impl Sql {
    /// One wording for each engine: only where the same words cannot serve both (full text, for one).
    pub const fn per_engine(sqlite: &'static str, postgres: &'static str) -> Sql {
        Sql(Wording::PerEngine { sqlite, postgres })
    }

    /// The words for this engine.
    pub(crate) fn words(self, engine: Engine) -> Cow<'static, str> {
        match (self.0, engine) {
            (Wording::Same(words), _) => words,
            (Wording::PerEngine { sqlite, .. }, Engine::Sqlite) => Cow::Borrowed(sqlite),
            (Wording::PerEngine { postgres, .. }, Engine::Postgres) => Cow::Borrowed(postgres),
        }
    }
}

impl From<&'static str> for Sql {
    fn from(literal: &'static str) -> Sql {
        Sql(Wording::Same(Cow::Borrowed(literal)))
    }
}

/// A statement that grows with what a list is filtered by: literals, and values that take the next `$n` by themselves.
///
/// ```
/// use huiyin_foundation::db::Filter;
/// let mut filter = Filter::new("select case_no from cases where unit = ").value("后勤处");
/// let only = Some(vec!["assigned", "replied"]);
/// if let Some(stages) = only {
///     filter = filter.sql(" and stage in ").list(stages);
/// }
/// let (sql, params) = filter.sql(" order by submitted_at").finish();
/// # let _ = sql;
/// assert_eq!(params.len(), 3);
/// ```
#[derive(Clone, Debug)]
pub struct Filter {
    words: String,
    values: Vec<Value>,
}

impl Filter {
    /// Starts with these words.
    pub fn new(words: &'static str) -> Filter {
        Filter { words: words.to_owned(), values: Vec::new() }
    }

    /// Goes on with these words, which must not number parameters themselves.
    #[must_use]
    pub fn sql(mut self, words: &'static str) -> Filter {
        self.words.push_str(words);
        self
    }

    /// Puts a value here.
    #[must_use]
    pub fn value(mut self, value: impl Into<Value>) -> Filter {
        self.values.push(value.into());
        self.words.push_str(&format!("${}", self.values.len()));
        self
    }

    /// Puts a list here, in brackets; an empty list holds nothing, so that `in` it is never true.
    #[must_use]
    pub fn list<V: Into<Value>>(mut self, values: impl IntoIterator<Item = V>) -> Filter {
        self.words.push('(');
        let before = self.values.len();
        for value in values {
            if self.values.len() > before {
                self.words.push_str(", ");
            }
            self = self.value(value);
        }
        if self.values.len() == before {
            self.words.push_str("null");
        }
        self.words.push(')');
        self
    }

    /// The statement and its parameters.
    pub fn finish(self) -> (Sql, Vec<Value>) {
        (Sql(Wording::Same(Cow::Owned(self.words))), self.values)
    }
}

//! What can go wrong at the store's door, said the same way for both engines.
//!
//! No variant carries a stored value: messages go to logs, and logs must not repeat what people wrote.

/// Why the store did not do as asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DbError {
    /// Something unique is there already.
    #[error("already there: {constraint}")]
    Conflict {
        /// The columns, as `table.column, table.column`, or the name of the index where it is not over plain columns.
        constraint: String,
    },
    /// A foreign key, a check or a required column does not hold.
    #[error("does not hold: {constraint}")]
    Violation {
        /// What the engine names.
        constraint: String,
    },
    /// The disk has no room left.
    #[error("the disk is full")]
    Full,
    /// Others hold what is needed, or undid this to let another through; trying again may help.
    #[error("the database is busy: {reason}")]
    Busy {
        /// What the engine says.
        reason: String,
    },
    /// The store was closed, or the server cannot be reached.
    #[error("the database is closed or out of reach: {reason}")]
    Unreachable {
        /// What the engine says.
        reason: String,
    },
    /// Exactly one row was expected and none came.
    #[error("no row where one was expected")]
    NoRow,
    /// A column or a parameter is not what the program takes it for.
    #[error("wrong column or parameter: {message}")]
    Mistaken {
        /// Which, and why.
        message: String,
    },
    /// The work given to the store panicked; nothing of it was kept.
    #[error("the work panicked: {message}")]
    Panicked {
        /// The words of the panic.
        message: String,
    },
    /// The schema in the database and the book of migrations do not agree.
    #[error("schema: {message}")]
    Schema {
        /// What disagrees and what to do.
        message: String,
    },
    /// A file that was to be copied or made.
    #[error("file: {message}")]
    File {
        /// Which, and what is the matter.
        message: String,
    },
    /// An index for searching is torn. It is derived from what is kept and can be made anew.
    #[error("an index for searching is torn")]
    Torn,
    /// Anything else the engine complains of.
    #[error("database: {message}")]
    Engine {
        /// What the engine says.
        message: String,
    },
}

impl DbError {
    /// Whether this is a conflict on a column of this table.
    pub fn is_conflict_on(&self, table: &str) -> bool {
        match self {
            DbError::Conflict { constraint } => constraint
                .split(", ")
                .any(|column| column.split_once('.').is_some_and(|(owner, _)| owner == table)),
            _ => false,
        }
    }

    pub(crate) fn engine(error: impl std::fmt::Display) -> DbError {
        DbError::Engine { message: error.to_string() }
    }

    pub(crate) fn mistaken(message: impl Into<String>) -> DbError {
        DbError::Mistaken { message: message.into() }
    }

    pub(crate) fn closed() -> DbError {
        DbError::Unreachable { reason: "the store was closed".to_owned() }
    }
}

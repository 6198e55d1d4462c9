//! What SQLite complains of, in the words of the door.

use crate::db::error::DbError;
use rusqlite::{Error, ErrorCode, ffi};

/// The engine's error in our words.
pub(crate) fn db_error(error: Error) -> DbError {
    match error {
        Error::SqliteFailure(code, message) => failure(code, message.unwrap_or_default()),
        Error::SqlInputError { error: code, msg, .. } => failure(code, msg),
        Error::InvalidParameterCount(given, wanted) => {
            DbError::mistaken(format!("{given} parameters for a statement that takes {wanted}"))
        }
        Error::ExecuteReturnedResults => {
            DbError::mistaken("execute() was given a statement that returns rows; use query()")
        }
        other => DbError::engine(other),
    }
}

fn failure(code: ffi::Error, message: String) -> DbError {
    match (code.code, code.extended_code) {
        (ErrorCode::DiskFull, _) | (_, ffi::SQLITE_IOERR_SHMSIZE) => DbError::Full,
        (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => DbError::Busy { reason: message },
        (
            ErrorCode::ConstraintViolation,
            ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID,
        ) => DbError::Conflict { constraint: columns_in(&message) },
        (ErrorCode::ConstraintViolation, _) => DbError::Violation { constraint: message },
        // Only full text is kept by a module of the engine.
        (ErrorCode::DatabaseCorrupt, ffi::SQLITE_CORRUPT_VTAB) => DbError::Torn,
        (ErrorCode::CannotOpen, _) => DbError::Unreachable { reason: message },
        _ if message.is_empty() => DbError::engine(code),
        _ => DbError::engine(message),
    }
}

/// “UNIQUE constraint failed: people.login” names the columns; “… failed: index 'x'” only the index.
fn columns_in(message: &str) -> String {
    let named = message.split_once(": ").map_or(message, |(_, columns)| columns);
    named.trim_start_matches("index ").trim_matches('\'').to_owned()
}

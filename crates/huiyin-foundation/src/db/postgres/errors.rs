//! What PostgreSQL and its pool complain of, in the words of the door.

use crate::db::error::DbError;
use deadpool_postgres::PoolError;
use tokio_postgres::Error;
use tokio_postgres::error::{DbError as ServerError, SqlState};

/// The driver's error in our words.
pub(super) fn db_error(error: &Error) -> DbError {
    match error.as_db_error() {
        Some(server) => told_by_server(server),
        None if error.is_closed() => DbError::Unreachable { reason: in_full(error) },
        None => match std::error::Error::source(error) {
            // A socket that broke is the way to the server; anything else is a value we gave or took wrongly.
            Some(source) if source.is::<std::io::Error>() => DbError::Unreachable { reason: in_full(error) },
            _ => DbError::mistaken(in_full(error)),
        },
    }
}

/// The pool's error in our words.
pub(super) fn pool_error(error: PoolError) -> DbError {
    match error {
        PoolError::Backend(error) => match db_error(&error) {
            DbError::Mistaken { message } => DbError::Unreachable { reason: message },
            other => other,
        },
        PoolError::Timeout(_) => DbError::Busy { reason: "no connection became free in time".to_owned() },
        other => DbError::Unreachable { reason: other.to_string() },
    }
}

fn told_by_server(server: &ServerError) -> DbError {
    let code = server.code();
    let said = server.message().to_owned();
    if *code == SqlState::UNIQUE_VIOLATION {
        return DbError::Conflict { constraint: columns_in(server) };
    }
    match code.code().get(..2) {
        Some("23") => DbError::Violation { constraint: server.constraint().unwrap_or(&said).to_owned() },
        Some("40" | "55") => DbError::Busy { reason: said },
        Some("08" | "57" | "28" | "3D") => DbError::Unreachable { reason: said },
        Some("53") if *code == SqlState::DISK_FULL => DbError::Full,
        Some("53") => DbError::Busy { reason: said },
        _ => DbError::engine(format!("{said} ({})", code.code())),
    }
}

/// The columns as SQLite names them. The detail says “Key (a, b)=(…) already exists.” in whatever language the server
/// speaks; only the first brackets are taken, since the second hold what people wrote.
fn columns_in(server: &ServerError) -> String {
    let name = server.constraint().unwrap_or_default();
    let columns = server
        .detail()
        .and_then(|detail| detail.split_once('('))
        .and_then(|(_, rest)| rest.split_once(")="))
        .map(|(columns, _)| columns)
        .filter(|columns| !columns.contains(['(', '"']));
    match (server.table(), columns) {
        (Some(table), Some(columns)) => {
            columns.split(", ").map(|column| format!("{table}.{column}")).collect::<Vec<_>>().join(", ")
        }
        _ => name.to_owned(),
    }
}

/// The driver says “db error” and keeps the rest for itself: the whole chain, in one line.
fn in_full(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut next = error.source();
    while let Some(source) = next {
        words = format!("{words}: {source}");
        next = source.source();
    }
    words
}

//! A transaction, as the work given to [`Db::read`](super::Db::read) and [`Db::write`](super::Db::write) sees it.
//!
//! The work runs statements and returns a value or an error; whether it is kept is decided by that alone. It cannot
//! commit, roll back or wait. A statement that fails spoils the transaction: what follows fails the same way, and nothing
//! is kept even if the work returns a value after all. [`Tx::attempt`] is for what may fail.

use super::dialect::Engine;
use super::error::DbError;
use super::kept::Kept;
use super::postgres;
use super::row::Row;
use super::sql::Sql;
use super::sqlite;
use super::value::Value;
use std::sync::Arc;

/// A transaction on either engine.
pub struct Tx {
    connection: Connection,
    spoiled: Option<DbError>,
    last_failure: Option<DbError>,
    kept: Option<Arc<Kept>>,
}

enum Connection {
    Sqlite(sqlite::Connection),
    Postgres(postgres::Connection),
}

impl Tx {
    pub(super) fn on_sqlite(connection: sqlite::Connection) -> Tx {
        Tx { connection: Connection::Sqlite(connection), spoiled: None, last_failure: None, kept: None }
    }

    pub(super) fn on_postgres(connection: postgres::Connection) -> Tx {
        Tx { connection: Connection::Postgres(connection), spoiled: None, last_failure: None, kept: None }
    }

    /// The same for a reader, with what readers keep.
    pub(super) fn keeping(self, kept: Arc<Kept>) -> Tx {
        Tx { kept: Some(kept), ..self }
    }

    /// What readers keep of this type between two requests; nothing for a writer, since what it sees may yet be undone.
    pub fn kept<T: Default + Send + Sync + 'static>(&self) -> Option<Arc<T>> {
        self.kept.as_ref().and_then(|kept| kept.shelf())
    }

    /// Which engine this runs on, for the rare statement that must know.
    pub fn engine(&self) -> Engine {
        match self.connection {
            Connection::Sqlite(_) => Engine::Sqlite,
            Connection::Postgres(_) => Engine::Postgres,
        }
    }

    /// Runs a statement that returns no rows; tells how many it changed.
    pub fn execute(&mut self, sql: impl Into<Sql>, params: &[Value]) -> Result<u64, DbError> {
        let words = sql.into().words(self.engine());
        self.check(params)?;
        let outcome = match &mut self.connection {
            Connection::Sqlite(connection) => connection.execute(words, params),
            Connection::Postgres(connection) => connection.execute(&words, params),
        };
        self.note(outcome)
    }

    /// Every row of the answer.
    pub fn query(&mut self, sql: impl Into<Sql>, params: &[Value]) -> Result<Vec<Row>, DbError> {
        let mut rows = Vec::new();
        self.visit(sql.into(), params, &mut |row| {
            rows.push(row);
            true
        })?;
        Ok(rows)
    }

    /// Every row of the answer, turned into what it stands for.
    pub fn query_map<T, E: From<DbError>>(
        &mut self,
        sql: impl Into<Sql>,
        params: &[Value],
        mut turn: impl FnMut(&Row) -> Result<T, E>,
    ) -> Result<Vec<T>, E> {
        let mut found = Vec::new();
        self.query_each(sql, params, |row| {
            found.push(turn(row)?);
            Ok(())
        })
        .map(|()| found)
    }

    /// The first row of the answer; an error if there is none.
    pub fn query_one(&mut self, sql: impl Into<Sql>, params: &[Value]) -> Result<Row, DbError> {
        self.query_opt(sql, params)?.ok_or(DbError::NoRow)
    }

    /// The first row of the answer, if there is one.
    pub fn query_opt(&mut self, sql: impl Into<Sql>, params: &[Value]) -> Result<Option<Row>, DbError> {
        let mut first = None;
        self.visit(sql.into(), params, &mut |row| {
            first = Some(row);
            false
        })?;
        Ok(first)
    }

    /// Shows the rows of a long answer one by one, without holding them all; stops at the first error.
    pub fn query_each<E: From<DbError>>(
        &mut self,
        sql: impl Into<Sql>,
        params: &[Value],
        mut each: impl FnMut(&Row) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut stopped = None;
        self.visit(sql.into(), params, &mut |row| match each(&row) {
            Ok(()) => true,
            Err(error) => {
                stopped = Some(error);
                false
            }
        })?;
        stopped.map_or(Ok(()), Err)
    }

    /// Does something that may fail: if it does, the transaction stands as it stood before and may go on.
    pub fn attempt<T, E: From<DbError>>(
        &mut self,
        work: impl FnOnce(&mut Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        self.batch("savepoint attempt")?;
        let outcome = work(self);
        let spoiled = self.spoiled.take();
        let outcome = match (outcome, spoiled) {
            (Ok(_), Some(error)) => Err(E::from(error)),
            (outcome, _) => outcome,
        };
        match outcome {
            Ok(value) => self.batch("release savepoint attempt").map(|()| value).map_err(E::from),
            Err(error) => {
                self.batch("rollback to savepoint attempt")?;
                self.batch("release savepoint attempt")?;
                Err(error)
            }
        }
    }

    /// Runs statements without parameters, one after the other: control statements and migrations.
    pub(crate) fn batch(&mut self, sql: &str) -> Result<(), DbError> {
        self.check(&[])?;
        let outcome = match &mut self.connection {
            Connection::Sqlite(connection) => connection.batch(sql),
            Connection::Postgres(connection) => connection.batch(sql),
        };
        self.note(outcome)
    }

    /// What spoiled the transaction, if anything did; after this it counts as whole again.
    pub(super) fn take_spoiled(&mut self) -> Option<DbError> {
        self.spoiled.take()
    }

    /// The last failure on this connection, for those whose work was lost through it.
    pub(super) fn last_failure(&self) -> DbError {
        self.last_failure.clone().unwrap_or_else(|| DbError::engine("the engine gave up the transaction"))
    }

    pub(super) fn sqlite(&mut self) -> Option<&mut sqlite::Connection> {
        match &mut self.connection {
            Connection::Sqlite(connection) => Some(connection),
            Connection::Postgres(_) => None,
        }
    }

    pub(super) fn postgres(&mut self) -> Option<&mut postgres::Connection> {
        match &mut self.connection {
            Connection::Sqlite(_) => None,
            Connection::Postgres(connection) => Some(connection),
        }
    }

    fn visit(
        &mut self,
        sql: Sql,
        params: &[Value],
        visit: &mut dyn FnMut(Row) -> bool,
    ) -> Result<(), DbError> {
        let words = sql.words(self.engine());
        self.check(params)?;
        let outcome = match &mut self.connection {
            Connection::Sqlite(connection) => connection.query(words, params, visit),
            Connection::Postgres(connection) => connection.query(&words, params, visit),
        };
        self.note(outcome)
    }

    fn check(&mut self, params: &[Value]) -> Result<(), DbError> {
        if let Some(error) = &self.spoiled {
            return Err(error.clone());
        }
        match params.iter().position(|value| !value.is_storable()) {
            None => Ok(()),
            Some(place) => {
                self.note(Err(DbError::mistaken(format!("${} has a zero character inside", place + 1))))
            }
        }
    }

    fn note<T>(&mut self, outcome: Result<T, DbError>) -> Result<T, DbError> {
        if let Err(error) = &outcome {
            self.spoiled = Some(error.clone());
            self.last_failure = Some(error.clone());
        }
        outcome
    }
}

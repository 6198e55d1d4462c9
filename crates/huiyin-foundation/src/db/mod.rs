//! The store door: one way to read and write, the same on both engines.
//!
//! ```no_run
//! # use huiyin_foundation::{db::{Db, DbError}, params};
//! # async fn show(db: Db) -> Result<(), DbError> {
//! let changed = db
//!     .write(|tx| tx.execute("update people set name = $2 where id = $1", params!["p1", "林晚"]))
//!     .await?;
//! let names = db
//!     .read(|tx| tx.query_map("select name from people", params![], |row| row.text("name")))
//!     .await?;
//! # let _ = (changed, names); Ok(()) }
//! ```
//!
//! The work is an ordinary function over [`Tx`]: it runs statements and computes, it does not wait for anything else.
//! What it returns decides: a value is committed before it is given back, an error or a panic undoes everything.
//! Statements are written once, lower case, with `$1 … $n` ([`dialect`] says what to mind); a unique index that was in
//! the way comes back as [`DbError::Conflict`] naming the same columns on both engines.
//!
//! Dropping the future does not stop the work: once given, it is done or undone as a whole.

pub mod backup;
pub mod dialect;
mod error;
mod kept;
pub mod migrate;
mod postgres;
mod request;
mod row;
mod sql;
mod sqlite;
#[cfg(test)]
mod tests;
mod tx;
mod value;

pub use dialect::Engine;
pub use error::DbError;
pub use row::{Column, FromValue, Row};
pub use sql::{Filter, Sql};
pub use tx::Tx;
pub use value::Value;

use crate::clock::Clock;
use request::{Request, request};
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;
use tokio::sync::oneshot;

/// Connections to a PostgreSQL server, unless told otherwise.
const CONNECTIONS_MAX: usize = 16;

/// A school's database, open; clones share it, and the last one closes it.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    store: Store,
    /// Deleted after the store is closed, since fields are dropped in order.
    _thrown_away: Option<TempDir>,
}

enum Store {
    Sqlite(sqlite::Store),
    Postgres(postgres::Store),
}

#[derive(Clone, Copy)]
enum Access {
    Read,
    Write,
}

impl Db {
    /// Opens the file, making it if it is not there, and brings its schema up to date.
    pub fn open_sqlite(path: impl AsRef<Path>) -> Result<Db, DbError> {
        Db::open_file(path.as_ref(), sqlite::Purpose::Write, None)
    }

    /// A database in a file that is thrown away with it and never flushed to the disk: for tests and demonstrations.
    pub fn open_sqlite_temporary() -> Result<Db, DbError> {
        let place = tempfile::tempdir().map_err(DbError::engine)?;
        let path = place.path().join("huiyin.sqlite");
        Db::open_file(&path, sqlite::Purpose::WriteUnflushed, Some(place))
    }

    /// Connects to a server, makes the school's schema if it is not there, and brings it up to date.
    pub fn connect_postgres(url: &str, schema: &str) -> Result<Db, DbError> {
        Db::connect_postgres_with(url, schema, CONNECTIONS_MAX)
    }

    /// The same with so many connections at most.
    pub fn connect_postgres_with(url: &str, schema: &str, connections_max: usize) -> Result<Db, DbError> {
        let store = Store::Postgres(postgres::Store::start(url, schema, connections_max)?);
        Db(Arc::new(Inner { store, _thrown_away: None })).bring_up_to_date()
    }

    /// A temporary database that begins as a copy of this file.
    pub(crate) fn open_sqlite_copy_of(file: &[u8]) -> Result<Db, DbError> {
        let place = tempfile::tempdir().map_err(DbError::engine)?;
        let path = place.path().join("huiyin.sqlite");
        std::fs::write(&path, file).map_err(DbError::engine)?;
        Db::open_file(&path, sqlite::Purpose::WriteUnflushed, Some(place))
    }

    fn open_file(path: &Path, purpose: sqlite::Purpose, thrown_away: Option<TempDir>) -> Result<Db, DbError> {
        let store = Store::Sqlite(sqlite::Store::start(path, purpose)?);
        Db(Arc::new(Inner { store, _thrown_away: thrown_away })).bring_up_to_date()
    }

    fn bring_up_to_date(self) -> Result<Db, DbError> {
        let applied = migrate::bring_up_to_date(&self, migrate::BOOK, Clock::System.now())?;
        if !applied.is_empty() {
            tracing::info!(migrations = applied.len(), "the database's tables were brought up to date");
        }
        Ok(self)
    }

    /// Which engine keeps the data.
    pub fn engine(&self) -> Engine {
        match self.0.store {
            Store::Sqlite(_) => Engine::Sqlite,
            Store::Postgres(_) => Engine::Postgres,
        }
    }

    /// Reads: the work sees one state of the whole database, whatever is written meanwhile.
    pub async fn read<T, E>(
        &self,
        work: impl FnOnce(&mut Tx) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.run(Access::Read, work).await
    }

    /// Writes: everything the work did is kept, durably, before its value is given back; or nothing is.
    pub async fn write<T, E>(
        &self,
        work: impl FnOnce(&mut Tx) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.run(Access::Write, work).await
    }

    /// Reads and blocks the thread meanwhile: for commands, never inside a handler or inside other work.
    pub fn read_now<T, E>(&self, work: impl FnOnce(&mut Tx) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.run_now(Access::Read, work)
    }

    /// Writes and blocks the thread meanwhile: for commands, never inside a handler or inside other work.
    pub fn write_now<T, E>(&self, work: impl FnOnce(&mut Tx) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.run_now(Access::Write, work)
    }

    /// The file, if the data is kept in one: what [`backup::save`] takes.
    pub fn sqlite_path(&self) -> Option<&Path> {
        match &self.0.store {
            Store::Sqlite(store) => Some(store.path()),
            Store::Postgres(_) => None,
        }
    }

    /// Folds the write-ahead log into the file and cuts it to nothing, so that erased words linger in neither; also
    /// looks over the planner's statistics. For every night, and after an erasure. PostgreSQL sees to itself.
    pub async fn fold(&self) -> Result<(), DbError> {
        match &self.0.store {
            Store::Sqlite(store) => store.fold().await,
            Store::Postgres(_) => Ok(()),
        }
    }

    /// Finishes what is waiting and closes; later work is refused. Without it the last clone does the same.
    pub fn close(&self) {
        match &self.0.store {
            Store::Sqlite(store) => store.close(),
            Store::Postgres(store) => store.close(),
        }
    }

    async fn run<T, E>(
        &self,
        access: Access,
        work: impl FnOnce(&mut Tx) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let permit = match &self.0.store {
            Store::Sqlite(store) => store.admit().await,
            Store::Postgres(_) => None,
        };
        let (answer, answered) = oneshot::channel();
        let request = request(work, move |outcome| {
            drop(permit);
            // Nobody may be waiting any more; what was done is done all the same.
            let _ = answer.send(outcome);
        });
        self.submit(access, request);
        answered.await.unwrap_or_else(|_| Err(E::from(DbError::closed())))
    }

    fn run_now<T, E>(
        &self,
        access: Access,
        work: impl FnOnce(&mut Tx) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (answer, answered) = crossbeam_channel::bounded(1);
        let request = request(work, move |outcome| {
            let _ = answer.send(outcome);
        });
        self.submit(access, request);
        answered.recv().unwrap_or_else(|_| Err(E::from(DbError::closed())))
    }

    fn submit(&self, access: Access, request: Box<dyn Request>) {
        match (&self.0.store, access) {
            (Store::Sqlite(store), Access::Read) => store.read(request),
            (Store::Sqlite(store), Access::Write) => store.write(request),
            (Store::Postgres(store), Access::Read) => store.submit(request, postgres::Purpose::Read),
            (Store::Postgres(store), Access::Write) => store.submit(request, postgres::Purpose::Write),
        }
    }
}

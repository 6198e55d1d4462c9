//! A database of its own for each test: empty but for its tables, gone when the test ends.
//!
//! SQLite unless `HUIYIN_TEST_DATABASE_URL` names a PostgreSQL server (`cargo xtask postgres -- cargo test` does): the
//! same tests run on both.

use crate::clock::Clock;
use crate::db::{Db, DbError};
use std::ops::Deref;
use std::process;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// The variable that names a server to test on.
const URL_VARIABLE: &str = "HUIYIN_TEST_DATABASE_URL";
/// Tests run side by side, and a server has 100 connections for all of them.
const CONNECTIONS_MAX: usize = 8;

/// An open database that is thrown away; it can be used like the [`Db`] it is.
pub struct TestDb {
    db: Db,
    schema: Option<String>,
}

impl TestDb {
    /// A fresh database with all tables and no rows. A test that cannot have one cannot go on.
    #[expect(clippy::new_without_default, reason = "it opens files; nothing should do that by default")]
    pub fn new() -> TestDb {
        match std::env::var(URL_VARIABLE) {
            Ok(url) if !url.is_empty() => {
                let schema = fresh_schema();
                let db = Db::connect_postgres_with(&url, &schema, CONNECTIONS_MAX)
                    .unwrap_or_else(|error| panic!("{URL_VARIABLE} is set: {error}"));
                TestDb { db, schema: Some(schema) }
            }
            _ => {
                let db = copy_of_template().unwrap_or_else(|error| panic!("a temporary database: {error}"));
                TestDb { db, schema: None }
            }
        }
    }

    /// The database, for what keeps it.
    pub fn db(&self) -> Db {
        self.db.clone()
    }
}

impl Deref for TestDb {
    type Target = Db;
    fn deref(&self) -> &Db {
        &self.db
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        if let Some(schema) = &self.schema {
            // Best effort: a schema left behind in a test server harms nobody.
            let drop_schema = format!("drop schema \"{schema}\" cascade");
            let _ = self.db.write_now(move |tx| tx.batch(&drop_schema));
        }
    }
}

/// Spoils the pages of both indexes for searching as a bad disk would, where there are such pages; says whether there were.
pub fn tear_index(db: &Db) -> bool {
    let Some(path) = db.sqlite_path() else { return false };
    let torn = rusqlite::Connection::open(path).and_then(|file| {
        file.execute_batch(
            "update store_words_data set block = zeroblob(length(block)) where id > 10;
             update public_words_data set block = zeroblob(length(block)) where id > 10;",
        )
    });
    torn.expect("a file that can be written");
    true
}

/// Migrating takes many times as long as copying, so it is done once a process.
fn copy_of_template() -> Result<Db, DbError> {
    static TEMPLATE: OnceLock<Result<Vec<u8>, DbError>> = OnceLock::new();
    let bytes = TEMPLATE.get_or_init(migrated_file).as_ref().map_err(Clone::clone)?;
    Db::open_sqlite_copy_of(bytes)
}

fn migrated_file() -> Result<Vec<u8>, DbError> {
    let place = tempfile::tempdir().map_err(DbError::engine)?;
    let path = place.path().join("template.sqlite");
    Db::open_sqlite(&path)?.close();
    std::fs::read(&path).map_err(DbError::engine)
}

fn fresh_schema() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("test_{}_{}_{count}", Clock::System.now().0, process::id())
}

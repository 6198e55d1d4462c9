//! Brings a school's tables up to date, by one numbered book.
//!
//! A file of `schema/{sqlite,postgres}/NNNN-name.sql` is applied once, in a transaction, and remembered with the
//! fingerprint of what it said. A file that has been applied must never say anything else afterwards (only its comments
//! may be mended), and none may be slipped in before the last one applied: both are refused, since nobody could say any
//! longer which tables a school has.

use super::dialect::Engine;
use super::error::DbError;
use super::sql::Sql;
use super::tx::Tx;
use super::{Db, Store};
use crate::params;
use huiyin_domain::calendar::Instant;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// One file of the book, as it stands for each engine.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// Its place in the book, from 1.
    pub number: u16,
    /// What it is about, in a word.
    pub name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

/// The book, in order.
pub const BOOK: &[Migration] = include!(concat!(env!("OUT_DIR"), "/book.rs"));

/// Tries whether the store takes anything: what its book says of the first file is written once more.
pub fn write_again(tx: &mut Tx) -> Result<(), DbError> {
    // Can a page be written? What stands there is written again.
    tx.execute("update migrations set applied_at = applied_at where number = 1", params![]).map(drop)
}

impl Migration {
    /// One that says the same for both engines.
    #[cfg(test)]
    pub(super) const fn same(number: u16, name: &'static str, text: &'static str) -> Migration {
        Migration { number, name, sqlite: text, postgres: text }
    }

    /// What it says for this engine.
    pub fn text(&self, engine: Engine) -> &'static str {
        match engine {
            Engine::Sqlite => self.sqlite,
            Engine::Postgres => self.postgres,
        }
    }

    /// The fingerprint of what it does: comments, blank lines and the width of spaces do not count.
    fn checksum(&self, engine: Engine) -> String {
        let mut digest = Sha256::new();
        let lines = self.text(engine).lines().map(str::trim).filter(|line| !line.starts_with("--"));
        for word in lines.flat_map(str::split_whitespace) {
            digest.update(word);
            digest.update(" ");
        }
        digest.finalize().iter().fold(String::new(), |mut hex, byte| {
            // Writing to a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        })
    }
}

/// Applies what is missing of the book, each file in a transaction of its own; says which were applied.
pub(crate) fn bring_up_to_date(
    db: &Db,
    book: &'static [Migration],
    now: Instant,
) -> Result<Vec<u16>, DbError> {
    if let Store::Postgres(store) = &db.0.store {
        let schema = store.schema().to_owned();
        db.write_now(move |tx| make_schema(tx, &schema))?;
    }
    let mut applied = Vec::new();
    while let Some(number) = db.write_now(move |tx| apply_next(tx, book, now))? {
        applied.push(number);
    }
    Ok(applied)
}

/// Applies the first file that is missing and says which; nothing if none is.
fn apply_next(tx: &mut Tx, book: &[Migration], now: Instant) -> Result<Option<u16>, DbError> {
    lock(tx)?;
    let engine = tx.engine();
    let applied = applied(tx)?;
    for (number, name, _) in &applied {
        if !book.iter().any(|migration| i64::from(migration.number) == *number) {
            return Err(disagree(format!(
                "migration {number:04}-{name} is in the database and not in this program: a newer version has run here; use that one"
            )));
        }
    }
    let last = applied.last().map_or(0, |(number, ..)| *number);
    for migration in book {
        let Migration { number, name, .. } = migration;
        let is_missing = match applied.iter().find(|(applied, ..)| *applied == i64::from(*number)) {
            Some((_, _, checksum)) if *checksum != migration.checksum(engine) => {
                return Err(disagree(format!(
                    "migration {number:04}-{name} was changed after it had been applied: undo the change and write a new migration"
                )));
            }
            found => found.is_none(),
        };
        if is_missing && i64::from(*number) < last {
            return Err(disagree(format!(
                "migration {number:04}-{name} was never applied, and {last:04} already is: give it a number after {last:04}"
            )));
        }
        if is_missing {
            apply(tx, migration, now)?;
            return Ok(Some(*number));
        }
    }
    Ok(None)
}

fn apply(tx: &mut Tx, migration: &Migration, now: Instant) -> Result<(), DbError> {
    let engine = tx.engine();
    tx.batch(migration.text(engine))?;
    tx.execute(
        "insert into migrations (number, name, checksum, applied_at)\nvalues ($1, $2, $3, $4)",
        params![migration.number, migration.name, migration.checksum(engine), now],
    )?;
    Ok(())
}

/// Which files have been applied: number, name, fingerprint.
fn applied(tx: &mut Tx) -> Result<Vec<(i64, String, String)>, DbError> {
    // Is there a book in this database yet?
    let table = Sql::per_engine(
        "select name\nfrom sqlite_master\nwhere type = 'table' and name = 'migrations'",
        "select tablename\nfrom pg_tables\nwhere schemaname = current_schema() and tablename = 'migrations'",
    );
    if tx.query_opt(table, params![])?.is_none() {
        return Ok(Vec::new());
    }
    tx.query_map("select number, name, checksum\nfrom migrations\norder by number", params![], |row| {
        Ok((row.int(0)?, row.text(1)?, row.text(2)?))
    })
}

/// Keeps other processes from doing the same meanwhile; on SQLite the transaction itself does.
fn lock(tx: &mut Tx) -> Result<(), DbError> {
    if tx.engine() == Engine::Postgres {
        tx.query("select pg_advisory_xact_lock(hashtext('huiyin schema'))", params![])?;
    }
    Ok(())
}

fn make_schema(tx: &mut Tx, schema: &str) -> Result<(), DbError> {
    lock(tx)?;
    let encoding = tx.query_one("select current_setting('server_encoding')", params![])?.text(0)?;
    if encoding != "UTF8" {
        return Err(disagree(format!(
            "the database is encoded in {encoding}: create it with encoding 'UTF8'"
        )));
    }
    let there = tx.query_opt("select nspname\nfrom pg_namespace\nwhere nspname = $1", params![schema])?;
    match there {
        Some(_) => Ok(()),
        // The name was checked when the pool was made: small letters, digits and _.
        None => tx.batch(&format!("create schema \"{schema}\"")),
    }
}

fn disagree(message: String) -> DbError {
    DbError::Schema { message }
}

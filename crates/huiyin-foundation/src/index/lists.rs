//! What a shelf answers.

use super::Expression;
use crate::db::{DbError, Engine, Filter, Row, Sql, Tx};
use crate::params;
use huiyin_domain::calendar::Instant;

/// An entry of the public shelf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its place in the list: where the list goes on behind it.
    pub place: Place,
    /// The room that put it there.
    pub room: String,
    /// By what that room knows it.
    pub key: String,
    /// What it is called.
    pub title: String,
    /// When.
    pub at: Instant,
}

/// A place in a list of the public shelf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    at: i64,
    id: i64,
}

impl Place {
    /// Before everything.
    const FIRST: Place = Place { at: i64::MAX, id: i64::MAX };

    /// As an address says it.
    pub fn word(self) -> String {
        format!("{}.{}", self.at, self.id)
    }

    /// Reads it back; nothing for anything else.
    pub fn read(word: &str) -> Option<Place> {
        let (at, id) = word.split_once('.')?;
        Some(Place { at: at.parse().ok()?, id: id.parse().ok()? })
    }
}

impl Found {
    fn of(row: &Row) -> Result<Found, DbError> {
        Ok(Found {
            place: Place { at: row.int("at_ms")?, id: row.int("id")? },
            room: row.text("room")?,
            key: row.text("key")?,
            title: row.text("title")?,
            at: row.instant("at_ms")?,
        })
    }
}

/// How many entries of the public shelf answer.
pub fn count_public(tx: &mut Tx, asked: &Expression) -> Result<u64, DbError> {
    // How many are there?
    let sql = Sql::per_engine(
        "select count(*) as n
         from public_words
         where public_words match $1",
        "select count(*) as n
         from shelf_entries
         where shelf = 'public'
           and words @@ cast(cast($1 as text) as tsquery)",
    );
    tx.query_one(sql, params![asked.0.as_str()])?.get("n")
}

/// The entries of the public shelf that answer, the newest first, behind this place.
pub fn list_public(
    tx: &mut Tx,
    asked: &Expression,
    behind: Option<Place>,
    limit: usize,
) -> Result<Vec<Found>, DbError> {
    let Place { at, id } = behind.unwrap_or(Place::FIRST);
    // Which are the newest? The embedded engine has them in the order of their places, which is that of their minutes.
    let sql = Sql::per_engine(
        "select shelf_entries.id, room, key, shelf_entries.title, at_ms
         from public_words
         join shelf_entries on shelf_entries.id = public_words.rowid
         where public_words match $1
           and public_words.rowid < $2
           and $3 = $3
         order by public_words.rowid desc
         limit $4",
        "select id, room, key, title, at_ms
         from shelf_entries
         where shelf = 'public'
           and words @@ cast(cast($1 as text) as tsquery)
           and (at_ms < $3 or (at_ms = $3 and id < $2))
         order by at_ms desc, id desc
         limit $4",
    );
    tx.query_map(sql, params![asked.0.as_str(), id, at, limit], Found::of)
}

/// Goes on with what a list of entries of the store shelf is made from; what the reader may see is joined to its `key` next.
#[must_use]
pub fn among_store(filter: Filter, engine: Engine) -> Filter {
    filter.sql(match engine {
        Engine::Sqlite => "\n from store_words\n join shelf_entries on shelf_entries.id = store_words.rowid",
        Engine::Postgres => "\n from shelf_entries",
    })
}

/// Goes on with the condition that an entry of the store shelf answers.
#[must_use]
pub fn matches_store(filter: Filter, engine: Engine, asked: &Expression) -> Filter {
    let asked = asked.0.as_str();
    match engine {
        Engine::Sqlite => filter.sql("store_words match ").value(asked),
        Engine::Postgres => filter
            .sql("shelf_entries.shelf = 'store' and shelf_entries.words @@ cast(cast(")
            .value(asked)
            .sql(" as text) as tsquery)"),
    }
}

//! Which entries of a shelf are worth comparing with a text, without reading the others.

use super::{Expression, Shelf};
use crate::db::{DbError, Filter, Sql, Tx};
use crate::params;
use huiyin_text::find::{Compared, HOLDERS_MAX};
use std::collections::HashMap;

/// The keys of this room's entries that are worth comparing, the most promising first: some thirty at most. Whether the reader
/// may see them is the caller's question.
pub fn shortlist(
    tx: &mut Tx,
    shelf: Shelf,
    room: &str,
    compared: &Compared<'_>,
) -> Result<Vec<String>, DbError> {
    let places = compared.shortlist(|piece| holders(tx, shelf, piece))?;
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let filter = Filter::new("select id, key from shelf_entries where room = ").value(room);
    let (sql, values) = filter.sql(" and id in ").list(places.iter().copied()).finish();
    // What lies at these places?
    let rows = tx.query_map::<_, DbError>(sql, &values, |row| Ok((row.int("id")?, row.text("key")?)))?;
    let mut keys: HashMap<i64, String> = rows.into_iter().collect();
    Ok(places.iter().filter_map(|place| keys.remove(place)).collect())
}

/// The newest entries that hold this piece in title or body.
fn holders(tx: &mut Tx, shelf: Shelf, piece: &str) -> Result<Vec<i64>, DbError> {
    let asked = Expression::holding(piece, tx.engine());
    // Where does it stand?
    let sql = match shelf {
        Shelf::Public => Sql::per_engine(
            "select rowid as id
             from public_words
             where public_words match $1
             order by rowid desc
             limit $2",
            "select id
             from shelf_entries
             where shelf = 'public'
               and words @@ cast(cast($1 as text) as tsquery)
             order by id desc
             limit $2",
        ),
        Shelf::Store => Sql::per_engine(
            "select rowid as id
             from store_words
             where store_words match $1
             order by rowid desc
             limit $2",
            "select id
             from shelf_entries
             where shelf = 'store'
               and words @@ cast(cast($1 as text) as tsquery)
             order by id desc
             limit $2",
        ),
    };
    tx.query_map(sql, params![asked.0.as_str(), HOLDERS_MAX], |row| row.int("id"))
}

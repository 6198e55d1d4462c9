//! Entries that wait for their hour to be over. What keeps only its hour to itself must not be told apart by the order in which
//! a shelf was filled.

use crate::db::{DbError, Tx};
use crate::params;
use huiyin_domain::calendar::Instant;

/// Notes that an entry is to be put on the store shelf later.
pub fn wait(tx: &mut Tx, room: &str, key: &str, at: Instant) -> Result<(), DbError> {
    // One more that waits.
    tx.execute(
        "insert into shelf_waiting (room, key, at_ms)
         values ($1, $2, $3)
         on conflict (room, key) do nothing",
        params![room, key, at.floor_to_hour()],
    )?;
    Ok(())
}

/// Whether this entry still waits.
pub fn waits(tx: &mut Tx, room: &str, key: &str) -> Result<bool, DbError> {
    // Does it wait?
    let sql = "select at_ms from shelf_waiting where room = $1 and key = $2";
    Ok(tx.query_opt(sql, params![room, key])?.is_some())
}

/// The entries of a room whose hour is over, in the order of their keys, which says nothing of when they came. They wait no
/// longer.
pub fn ripe(tx: &mut Tx, room: &str, now: Instant) -> Result<Vec<String>, DbError> {
    // Whose hour is over?
    let mut keys: Vec<String> = tx.query_map(
        "delete from shelf_waiting
         where room = $1
           and at_ms < $2
         returning key",
        params![room, now.floor_to_hour()],
        |row| row.text("key"),
    )?;
    keys.sort();
    Ok(keys)
}

//! How a shelf stands: whole, being rebuilt, or torn. It is opened as it is; only a raised version or a torn shelf has it
//! rebuilt, in steps that the rooms take whose entries lie there.

use super::Shelf;
use crate::db::{DbError, Engine, Tx};
use crate::params;

/// The way in which entries are written; to be raised whenever pieces, marks or fields change their meaning.
pub(super) const VERSION: i64 = 1;

const WHOLE: &str = "whole";
const BUILDING: &str = "building";
const TORN: &str = "torn";

/// How a shelf stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Everything is there.
    Whole,
    /// It is being rebuilt.
    Building {
        /// Where the rooms go on.
        cursor: String,
        /// So much of it is there, of a hundred.
        percent: u8,
    },
    /// It cannot be asked; it will be rebuilt.
    Torn,
}

/// How this shelf stands. One that was never opened is whole: there is nothing it could lack.
pub fn standing(tx: &mut Tx, shelf: Shelf) -> Result<Standing, DbError> {
    // How does it stand?
    let row = tx.query_opt(
        "select state, cursor, done, total from shelf_states where shelf = $1",
        params![shelf.word()],
    )?;
    let Some(row) = row else { return Ok(Standing::Whole) };
    Ok(match row.str("state")? {
        BUILDING => {
            let (done, total) = (row.int("done")?, row.int("total")?.max(1));
            let percent = u8::try_from((done * 100 / total).clamp(0, 99)).unwrap_or(99);
            Standing::Building { cursor: row.text("cursor")?, percent }
        }
        TORN => Standing::Torn,
        _ => Standing::Whole,
    })
}

/// Whether everything is there.
pub fn is_whole(tx: &mut Tx, shelf: Shelf) -> Result<bool, DbError> {
    Ok(standing(tx, shelf)? == Standing::Whole)
}

/// Opens both shelves when a school is opened: one that is new here or was written in an older way is to be rebuilt, one that
/// cannot answer the simplest question is torn.
pub fn open(tx: &mut Tx) -> Result<(), DbError> {
    for shelf in Shelf::ALL {
        // New here, or written in an older way?
        tx.execute(
            "insert into shelf_states (shelf, version, state, cursor, done, total, wiped)
             values ($1, $2, $3, '', 0, 1, 0)
             on conflict (shelf) do update
             set version = excluded.version, state = excluded.state, cursor = '', done = 0, total = 1
             where shelf_states.version < excluded.version",
            params![shelf.word(), VERSION, BUILDING],
        )?;
        if tx.engine() == Engine::Sqlite
            && matches!(tx.attempt(|tx| ask_something(tx, shelf)), Err(DbError::Torn))
        {
            note_torn(tx, shelf)?;
        }
    }
    Ok(())
}

/// The simplest question.
fn ask_something(tx: &mut Tx, shelf: Shelf) -> Result<(), DbError> {
    match shelf {
        Shelf::Public => tx.query_opt(
            "select rowid from public_words where public_words match 'marks : g' limit 1",
            params![],
        ),
        Shelf::Store => tx.query_opt(
            "select rowid from store_words where store_words match 'marks : g' limit 1",
            params![],
        ),
    }
    .map(drop)
}

/// Does what writes to a shelf so that a torn one fails nobody: it is noted, and what was to be written there is left to the
/// rebuilding.
pub(super) fn guarded(
    tx: &mut Tx,
    shelf: Shelf,
    work: impl FnOnce(&mut Tx) -> Result<(), DbError>,
) -> Result<(), DbError> {
    if tx.engine() == Engine::Postgres {
        return work(tx);
    }
    if standing(tx, shelf)? == Standing::Torn {
        return Ok(());
    }
    // The engine gathers what it is to write until the next savepoint or the commit: an empty attempt at the end has it
    // complain here, where that undoes nothing else.
    match tx.attempt(|tx| work(tx).and_then(|()| tx.attempt(|_| Ok(())))) {
        Err(DbError::Torn) => note_torn(tx, shelf),
        outcome => outcome,
    }
}

/// Notes that the engine found a shelf torn. Said once in the log.
pub fn note_torn(tx: &mut Tx, shelf: Shelf) -> Result<(), DbError> {
    // It was not known to be?
    let changed = tx.execute(
        "insert into shelf_states (shelf, version, state, cursor, done, total, wiped)
         values ($1, $2, $3, '', 0, 1, 0)
         on conflict (shelf) do update
         set state = excluded.state
         where shelf_states.state <> excluded.state",
        params![shelf.word(), VERSION, TORN],
    )?;
    if changed > 0 {
        tracing::error!(shelf = shelf.word(), "the index for searching is torn; it will be rebuilt");
    }
    Ok(())
}

/// Empties a shelf and has it rebuilt from the beginning.
pub fn restart(tx: &mut Tx, shelf: Shelf) -> Result<(), DbError> {
    // Nothing lies there.
    tx.execute("delete from shelf_entries where shelf = $1", params![shelf.word()])?;
    if tx.engine() == Engine::Sqlite {
        match shelf {
            Shelf::Public => {
                tx.execute("insert into public_words (public_words) values ('delete-all')", params![])?
            }
            Shelf::Store => {
                tx.execute("insert into store_words (store_words) values ('delete-all')", params![])?
            }
        };
    }
    // To be rebuilt.
    tx.execute(
        "insert into shelf_states (shelf, version, state, cursor, done, total, wiped)
         values ($1, $2, $3, '', 0, 1, 0)
         on conflict (shelf) do update
         set version = excluded.version, state = excluded.state, cursor = '', done = 0, total = 1",
        params![shelf.word(), VERSION, BUILDING],
    )?;
    Ok(())
}

/// Has a shelf rebuilt, because what it is made from was made anew; what lies there answers until then.
pub fn renew(tx: &mut Tx, shelf: Shelf) -> Result<(), DbError> {
    // To be gone through from the beginning.
    tx.execute(
        "insert into shelf_states (shelf, version, state, cursor, done, total, wiped)
         values ($1, $2, $3, '', 0, 1, 0)
         on conflict (shelf) do update
         set state = excluded.state, cursor = '', done = 0, total = 1
         where shelf_states.state <> 'torn'",
        params![shelf.word(), VERSION, BUILDING],
    )?;
    Ok(())
}

/// Notes of how many entries a rebuilding will be.
pub fn begin(tx: &mut Tx, shelf: Shelf, total: i64) -> Result<(), DbError> {
    // So many are to be put there.
    tx.execute("update shelf_states set total = $2 where shelf = $1", params![shelf.word(), total.max(1)])?;
    Ok(())
}

/// Notes how far a rebuilding has come, in the transaction of what it put there.
pub fn advance(tx: &mut Tx, shelf: Shelf, cursor: &str, more: i64) -> Result<(), DbError> {
    // So far it has come.
    tx.execute(
        "update shelf_states set cursor = $2, done = done + $3 where shelf = $1",
        params![shelf.word(), cursor, more],
    )?;
    Ok(())
}

/// Notes that a rebuilding is done.
pub fn finish(tx: &mut Tx, shelf: Shelf) -> Result<(), DbError> {
    // Everything is there.
    tx.execute(
        "update shelf_states set state = $2, cursor = '' where shelf = $1",
        params![shelf.word(), WHOLE],
    )?;
    Ok(())
}

//! Erased words. A piece that was taken down is answered no more at once, but the embedded engine leaves it in its pages until
//! the parts of its index are merged; erasing means that it goes from there too.

use super::Shelf;
use crate::db::{Db, DbError, Engine, Tx};
use crate::params;

/// So many pages are merged in one transaction: about a twentieth of a second in which nobody else writes.
const STEP_PAGES: i64 = 500;

/// Notes that words of this shelf were erased.
pub fn wipe(tx: &mut Tx, shelf: Shelf) -> Result<(), DbError> {
    // Something is to be merged away.
    tx.execute("update shelf_states set wiped = 1 where shelf = $1 and wiped = 0", params![shelf.word()])?;
    Ok(())
}

/// Merges away what is left of erased words, in steps between which others write. To be called before the log of the database
/// is folded; PostgreSQL sees to itself.
pub async fn settle(db: &Db) -> Result<(), DbError> {
    if db.engine() == Engine::Postgres {
        return Ok(());
    }
    for shelf in Shelf::ALL {
        let steps = db.write(move |tx| begin(tx, shelf)).await?;
        for _ in 0..steps {
            db.write(move |tx| merge(tx, shelf, STEP_PAGES)).await?;
        }
    }
    Ok(())
}

/// Has all parts of the index merged into one from now on, if anything was erased; says in how many steps at most.
fn begin(tx: &mut Tx, shelf: Shelf) -> Result<i64, DbError> {
    // Was anything erased?
    let wiped = tx.execute(
        "update shelf_states set wiped = 0 where shelf = $1 and wiped = 1 and state <> 'torn'",
        params![shelf.word()],
    )?;
    if wiped == 0 {
        return Ok(0);
    }
    // How many pages are there?
    let pages = match shelf {
        Shelf::Public => tx.query_one("select count(*) from public_words_data", params![])?,
        Shelf::Store => tx.query_one("select count(*) from store_words_data", params![])?,
    };
    merge(tx, shelf, -STEP_PAGES)?;
    Ok(pages.int(0)? / STEP_PAGES + 1)
}

/// Goes on merging; below zero all parts are to become one.
fn merge(tx: &mut Tx, shelf: Shelf, pages: i64) -> Result<(), DbError> {
    match shelf {
        Shelf::Public => {
            tx.execute("insert into public_words (public_words, rank) values ('merge', $1)", params![pages])?
        }
        Shelf::Store => {
            tx.execute("insert into store_words (store_words, rank) values ('merge', $1)", params![pages])?
        }
    };
    Ok(())
}

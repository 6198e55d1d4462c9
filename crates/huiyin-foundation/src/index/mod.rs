//! Finding: two shelves of entries that can be asked for by words, and for which filters and counts are the index's own (8.7).
//!
//! On the public shelf lies what everybody may read, put there by whichever room shows it; on the store shelf every case with
//! its own words, for those who may read it. An entry is written in the transaction of what it tells of, so that it is found
//! from the commit on and neither is ever there without the other. What is written are pieces of two characters
//! ([`huiyin_text::find`]), so that a word is found exactly where it stands. Filters are marks beside the words, so that a
//! count is a question to the index and right.
//!
//! The shelves are derived: they are rebuilt, in small steps beside the running school, when their version is raised or the
//! engine says that one is torn ([`standing()`]). What it deliberately does not know: who may read what. Whoever asks the store
//! shelf joins it with the rows they may see, in the same statement.

pub use huiyin_text::Rarity;
pub use huiyin_text::find::{ALIKE_FROM, Compared, Piece, Question, Synonyms, Way, Word, slips};

mod alike;
mod asking;
mod entry;
mod lists;
mod standing;
#[cfg(test)]
mod tests;
mod waiting;
mod wiping;

pub use alike::shortlist;
pub use asking::{Asking, Expression};
pub use entry::{Entry, Mark, print, printed, put, put_all, take_down};
pub use lists::{Found, Place, among_store, count_public, list_public, matches_store};
pub use standing::{Standing, advance, begin, finish, is_whole, note_torn, open, renew, restart, standing};
pub use waiting::{ripe, wait, waits};
pub use wiping::{settle, wipe};

use crate::db::{Db, DbError, Tx};
use crate::error::Error;
use huiyin_text::{fold, runs};
use std::collections::BTreeSet;

/// Whether this came of a torn index, which is to be noted ([`note_torn`]) and will be made anew.
fn tells_torn(error: &Error) -> bool {
    matches!(error, Error::Internal { source } if source.downcast_ref::<DbError>() == Some(&DbError::Torn))
}

/// What was read of a shelf; nothing where it turned out to be torn, which is noted, so that it is made anew.
///
/// # Errors
/// Whatever else went wrong.
pub async fn or_torn<T>(db: &Db, read: Result<T, Error>) -> Result<Option<T>, Error> {
    match read {
        Err(error) if tells_torn(&error) => {
            db.write(|tx| Shelf::ALL.into_iter().try_for_each(|shelf| note_torn(tx, shelf))).await?;
            Ok(None)
        }
        read => read.map(Some),
    }
}

/// How much of a shelf is there, of a hundred; nothing when all of it is.
pub fn percent_of(tx: &mut Tx, shelf: Shelf) -> Result<Option<u8>, DbError> {
    Ok(match standing(tx, shelf)? {
        Standing::Whole => None,
        Standing::Building { percent, .. } => Some(percent),
        Standing::Torn => Some(0),
    })
}

/// Words as [`slips`] knows them: each unbroken run of letters and digits once, folded.
pub fn known_words<'a>(words: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let folded = words.into_iter().map(fold);
    let runs = folded.flat_map(|word| runs(&word).map(str::to_owned).collect::<Vec<_>>());
    runs.filter(|run| seen.insert(run.clone())).collect()
}

/// One of the two shelves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// What everybody may read.
    Public,
    /// Every case, with its own words.
    Store,
}

impl Shelf {
    /// Both.
    pub const ALL: [Shelf; 2] = [Shelf::Public, Shelf::Store];

    /// The stored word.
    pub fn word(self) -> &'static str {
        match self {
            Shelf::Public => "public",
            Shelf::Store => "store",
        }
    }
}

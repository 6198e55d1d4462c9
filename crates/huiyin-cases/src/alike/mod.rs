//! The same matter, told before: shown to whoever is about to tell it again (1.6), and to whoever handles it.
//!
//! Which cases are worth comparing the index says, by their rarest pairs of characters; how alike they are the texts say. Words
//! of others are compared with only where the reader may read them: the public ones for everybody, those of the store for
//! the staff who see the case. What is typed is kept nowhere and written to no log.

mod rarity;
#[cfg(test)]
mod tests;
mod typing;

pub(crate) use typing::{Alike, Typed, among_public};

use crate::cases::shelves::ROOM;
use huiyin_domain::calendar::Instant;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::index::{self, Compared, Rarity, Shelf};
use huiyin_foundation::web::{Door, Routes};
use huiyin_text::topics;
use std::sync::Arc;

/// The rows of this room.
pub fn routes() -> Routes {
    Routes::new("alike").post("/say/{kind}/alike", Door::Anyone, typing::show)
}

/// How rare a pair of characters is among all cases.
pub(crate) fn store_rarity(tx: &mut Tx, now: Instant) -> Result<Arc<Rarity>, Error> {
    rarity::rarity(tx, Shelf::Store, now)
}

/// The numbers of the cases of the whole store that are worth comparing; which of them the reader may see is the caller's
/// question.
pub(crate) fn shortlist_of_store(tx: &mut Tx, compared: &Compared<'_>) -> Result<Vec<String>, Error> {
    Ok(index::shortlist(tx, Shelf::Store, ROOM, compared)?)
}

/// What two places say about two texts, as a factor of their likeness.
pub(crate) fn by_place(one: Option<&str>, other: Option<&str>) -> f32 {
    topics::by_place(one.map(|_| 0), other.map(|other| u64::from(one != Some(other))))
}

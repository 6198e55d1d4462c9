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

use huiyin_foundation::web::{Door, Routes};

/// The rows of this room.
pub fn routes() -> Routes {
    Routes::new("alike").post("/say/{kind}/alike", Door::Anyone, typing::show)
}

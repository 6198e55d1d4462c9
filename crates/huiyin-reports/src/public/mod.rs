//! What everybody may read: the list of published cases and each of them by itself (8.1; pages P2, P3).
//!
//! Only what was published exists here: the title and text made for the public, the unit, the time it took, the reply if
//! its author made it public, and what the requester said of it. Names, places and the original words are never read.

mod card;
mod list;
mod one;
#[cfg(test)]
mod tests;

pub use card::{Card, PublicCase};

use huiyin_foundation::web::{Door, Routes};

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new("public").get("/public", Door::Anyone, list::show).get(
        "/public/{no}",
        Door::Anyone,
        one::show,
    )
}

//! Cases: bringing one in, following it, and every verb by which it moves.
//!
//! The front door of the hall. A case is fetched only through [`sight`]; it is changed only through [`log`].

pub mod beside;
pub mod chain;
pub mod cosigning;
mod counts;
pub mod covering;
pub mod deadlines;
pub mod due;
pub mod echo;
pub(crate) mod last_words;
pub mod log;
pub(crate) mod notify;
pub mod numbers;
pub mod offers;
pub(crate) mod once;
pub mod open;
pub(crate) mod opinions;
mod own;
pub mod past;
pub mod presence;
pub mod photos;
pub(crate) mod proposal;
pub(crate) mod reads;
pub mod refold;
pub mod removal;
mod row;
pub mod shelves;
pub mod sight;
pub mod submit;
pub mod texts;
pub mod timeline;
pub(crate) mod together;
pub mod verify;

#[cfg(test)]
pub(crate) mod tests;

use huiyin_foundation::web::{Door, Routes};

/// Every door of this room.
pub fn routes() -> Routes {
    let files = Routes::new("cases").get("/files/{id}", Door::Nameless, photos::show);
    submit::routes().merge(own::routes()).merge(cosigning::routes()).merge(echo::routes()).merge(files)
}

//! The buildings and areas that people choose from (1.2): the list by campus; adding, renaming, closing.
//!
//! A place that a case names is closed, never taken away, so that old cases keep their place; one that nobody has used yet
//! may go, because a new school begins with the places of a preset that are not its own. What this room deliberately does
//! not do: rooms and floors, which people write themselves.

mod edit;
mod page;

pub(super) use edit::are_of_the_preset;

use huiyin_foundation::web::{Door, Routes};

/// The routes of this room.
pub(super) fn routes() -> Routes {
    Routes::new("admin").get("/admin/places", Door::Admin, page::show).post(
        "/admin/places",
        Door::Admin,
        page::save,
    )
}

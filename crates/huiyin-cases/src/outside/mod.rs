//! What came back from outside (校外来件, 1.8): matters that a hotline or an authority passed on, each compared with what was
//! raised inside before, and why it went outside; counted by cause and by unit for the term.
//!
//! The coordinating office and supervision compare; units see neither the list nor with which case theirs was matched. What
//! it deliberately does not do: decide by itself which cases are the same, or count a case before a person has looked.

mod compare;
mod list;
mod queries;
#[cfg(test)]
mod tests;

use huiyin_foundation::web::{Door, Routes};

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new("outside")
        .get("/outside", Door::Supervisor, list::show)
        .get("/outside/{no}", Door::Supervisor, compare::show)
        .post("/outside/{no}", Door::Supervisor, compare::act)
}

//! Random samples for review (7.5): so many cases drawn by chance from what ended in a period, each judged by a person on four
//! plain questions; what came of it with how many of how many, and how far that may be off.
//!
//! The draw is kept with its seed: whoever has the pool and the seed draws the same cases again. What is protected is not drawn.

mod draw;
mod figures;
mod page;
mod queries;

pub(super) use queries::forget;

use huiyin_foundation::web::{Door, Routes};

/// The routes of this part.
pub(super) fn routes() -> Routes {
    Routes::new("screening")
        .get("/staff/samples", Door::Overseer, page::list)
        .post("/staff/samples", Door::Supervisor, page::draw)
        .get("/staff/samples/{id}", Door::Overseer, page::show)
        .post("/staff/samples/{id}/review", Door::Supervisor, page::review)
}

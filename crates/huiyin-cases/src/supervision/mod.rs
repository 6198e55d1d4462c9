//! Supervision (4.6, page C3): what is late, what is supervised, what leaders have instructed; how late, how often reminded,
//! and which rung of the ladder comes next; where the clock waits for the requester, more time asked for, what stayed unsolved after its last round, what cannot be
//! done yet (4.4, 5.3). People press here by hand what the clock has not done yet.
//!
//! What it deliberately does not do yet: the printed order of supervision, and reminding many at once.

mod page;
mod queries;
mod resting;

#[cfg(test)]
mod tests;

pub(crate) use queries::{Light, late_count, read, worst};

use huiyin_foundation::web::{Door, Routes};

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new("supervision")
        .get("/supervision", Door::Supervisor, page::show)
        .post("/supervision/{no}/reminder", Door::Supervisor, page::act)
        .post("/supervision/{no}/supervision", Door::Supervisor, page::act)
}

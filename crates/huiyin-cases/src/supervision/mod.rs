//! Supervision (4.6, page C3): what is late, what is supervised, what leaders have instructed; how late, how often reminded,
//! and which rung of the ladder comes next; where the clock waits for the requester, more time asked for, what stayed unsolved after its last round, what cannot be
//! done yet (4.4, 5.3). People press here by hand what the clock has not done yet.
//!
//! The formal order (督办单) is printed from `order/`. What this deliberately does not do yet: reminding many at once.

mod order;
mod page;
mod queries;
mod resting;

#[cfg(test)]
mod tests;

pub(crate) use queries::{Light, late_count, lines_for, read, worst};
pub(crate) use resting::complaints_above;

use huiyin_foundation::web::{Door, Routes};

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new("supervision")
        .get("/supervision", Door::Supervisor, page::show)
        .get("/supervision/{no}/order", Door::Supervisor, order::page)
        .get("/supervision/{no}/order.pdf", Door::Supervisor, order::download)
        .post("/supervision/{no}/reminder", Door::Supervisor, page::act)
        .post("/supervision/{no}/supervision", Door::Supervisor, page::act)
}

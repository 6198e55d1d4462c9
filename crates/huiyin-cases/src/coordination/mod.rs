//! The desk of the coordinating office (3.1, 3.3–3.6; page C1): what came in and waits for a person to decide, each case with
//! a proposal and its reason, and how the units stand at this moment.
//!
//! A case is dispatched in one step: to the unit whose matter it is, to another unit with helpers, or before a leader. All
//! acts are carried out by the dossier room. What it deliberately does not do yet: merging, asking the requester back.

mod page;
mod proposals;
mod queries;
mod side;
mod waiting;

#[cfg(test)]
mod tests;

pub(crate) use side::{posts_of, side};

use huiyin_foundation::web::{Door, Routes};

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new("coordination")
        .get("/triage", Door::Clerk, page::show)
        .post("/triage/{no}/assignment", Door::Clerk, page::act)
        .post("/triage/{no}/transfer", Door::Clerk, page::act)
        .post("/triage/{no}/escalation", Door::Clerk, page::act)
        .post("/triage/{no}/correction", Door::Clerk, page::act)
        .post("/triage/{no}/declination", Door::Clerk, page::act)
}

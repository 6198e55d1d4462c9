//! The leaders' pages, for a phone first (pages L1–L3): what waits for an instruction, what is red in charge, instructing in
//! one page, following what was instructed.
//!
//! A leader sees by post; the head of the school sees every unit. What units sent back twice lies here with their reasons, and
//! so do complaints about the handling that go past the coordinating office (5.4). What it deliberately does not do yet: passing a case on
//! to another leader, and the calendar of receptions.

mod home;
mod instruct;
mod instructions;
mod queries;
mod send_backs;

#[cfg(test)]
mod tests;

pub(crate) use queries::units_in_charge;

use huiyin_foundation::web::{Door, Routes};

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new("leaders")
        .get("/leader", Door::Leader, home::show)
        .get("/leader/cases/{no}", Door::Leader, instruct::show)
        .post("/leader/cases/{no}", Door::Leader, instruct::act)
        .post("/leader/cases/{no}/reminder", Door::Leader, instructions::remind)
        .get("/leader/instructions", Door::Leader, instructions::show)
}

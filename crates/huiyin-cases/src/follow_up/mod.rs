//! Following up by phone (电话回访, 5.3): whoever has not judged an answer is called and asked, in an order that is written
//! down, whether it is solved; what they say is recorded as said, and whoever cannot be reached has not answered.
//!
//! The coordinating office calls, and supervision where the office itself had answered; the unit that answered never does.
//! What it deliberately does not do: call about what is sealed, anonymous or protected, or take silence for satisfied.

mod call;
mod list;
mod queries;
#[cfg(test)]
mod tests;

use huiyin_foundation::web::{Door, Routes};

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new("follow_up")
        .get("/follow-ups", Door::Supervisor, list::show)
        .get("/follow-ups/{no}", Door::Supervisor, call::show)
        .post("/follow-ups/{no}", Door::Supervisor, call::act)
}

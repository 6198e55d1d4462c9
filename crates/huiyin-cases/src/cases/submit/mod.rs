//! Bringing a matter in: choosing a kind, three steps, the receipt; asking after it by receipt code; and registering for
//! somebody who came by or rang up (1.1–1.7, 2.1; ui.md S3–S7, P16, C2).
//!
//! Nothing a person typed is lost on the way: the steps are stateless and carry every answer on. Nothing here looks at
//! words except to show telephone numbers earlier (1.7). What happens to the case afterwards is not this room's business.

mod answers;
mod channel;
mod entrance;
mod kinds;
mod lookup;
mod outlook;
mod pages;
mod parking;
mod personal;
mod photos;
mod queries;
mod receipt;
mod register;
mod rules;
mod send;
mod slip;
mod steps;
#[cfg(test)]
mod tests;

use huiyin_foundation::web::{Door, Routes};

pub(crate) use photos::Ticket;

/// The rows of this room.
pub fn routes() -> Routes {
    Routes::new("cases")
        .get("/say", Door::Anyone, kinds::choose)
        .get("/say/photos/{ticket}", Door::Nameless, photos::show)
        .get("/say/{kind}", Door::Anyone, steps::begin)
        .post("/say/{kind}", Door::Anyone, steps::walk)
        .post("/cases", Door::Anyone, send::with_account)
        .post("/nameless/cases", Door::Nameless, send::nameless)
        .get("/cases/{no}/receipt", Door::SignedIn, receipt::with_account)
        .get("/receipt", Door::Nameless, lookup::ask)
        .post("/receipt", Door::Nameless, lookup::look_up)
        .get("/register", Door::Staff, register::begin)
        .post("/register", Door::Staff, register::send)
}

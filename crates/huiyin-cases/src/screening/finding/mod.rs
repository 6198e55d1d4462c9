//! 核实反馈 and 督促整改: a case that a list, a check or a sample found is given to its unit to check by a day; the unit says
//! whether it is so; the office orders it put right by somebody and by a working day; the unit reports; the office closes it.
//!
//! Every step is kept with who, when and which words, and told to those whom it concerns. Nothing here moves the case itself.

mod acts;
mod desk;
mod entry;
mod list;
mod page;
mod queries;
mod record;
mod state;
mod telling;

pub(super) use acts::ask_all;
pub(super) use entry::{Entry, suggested};
pub(super) use queries::{forget, open_among};
pub(super) use record::take;
pub(super) use state::{State, Step};

use huiyin_foundation::web::{Door, Routes};

/// The routes of this part.
pub(super) fn routes() -> Routes {
    Routes::new("screening")
        .get("/staff/findings", Door::Overseer, list::show)
        .get("/staff/findings/{no}", Door::Staff, page::show)
        .post("/staff/findings/{no}/asking", Door::Supervisor, acts::act)
        .post("/staff/findings/{no}/order", Door::Supervisor, acts::act)
        .post("/staff/findings/{no}/closing", Door::Supervisor, acts::act)
        .get("/desk/{unit}/findings", Door::Officer, desk::list)
        .get("/desk/{unit}/findings/{no}", Door::Officer, desk::show)
        .post("/desk/{unit}/findings/{no}/answer", Door::Officer, desk::act)
        .post("/desk/{unit}/findings/{no}/report", Door::Officer, desk::act)
}

//! Problem lists (7.3): questions about the cases that are kept under a name with an owner (挂账、反复、集中、难办、重办、两次退回),
//! and the three steps from a list to a remedy: 筛查分析, 核实反馈, 督促整改, with somebody responsible and a day at each.
//!
//! A list says exactly whom it asks for, and its numbers may be changed by the office; every change is a new version. Which
//! cases answer is found by night and whenever a question is changed, so that reading a list costs what it shows. What this
//! room deliberately does not do: close, reopen or answer a case, or weigh units against each other. Beside them stand the checks
//! on answers (`quality`) and the samples for review (`sample`, 7.5), which lead to the same steps.

mod edit;
mod finding;
mod hits;
mod lists;
mod one;
mod quality;
mod rehearsal;
mod question;
mod run;
mod sample;
mod saved;
mod sheet;
mod sift;
#[cfg(test)]
mod tests;

pub use quality::look;
pub use rehearsal::{Played, own, play};
pub use run::screen;

use huiyin_foundation::web::{Door, Routes};

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new("screening")
        .get("/staff/lists", Door::Overseer, lists::show)
        .get("/staff/lists/new", Door::Supervisor, edit::begin)
        .post("/staff/lists", Door::Supervisor, edit::make)
        .get("/staff/lists/{id}", Door::Overseer, one::show)
        .get("/staff/lists/{id}/sheet.xlsx", Door::Overseer, sheet::download)
        .get("/staff/lists/{id}/question", Door::Supervisor, edit::show)
        .post("/staff/lists/{id}/question", Door::Supervisor, edit::change)
        .post("/staff/lists/{id}/run", Door::Supervisor, run::now)
        .post("/staff/lists/{id}/asking", Door::Supervisor, finding::ask_all)
        .merge(finding::routes())
        .merge(quality::routes())
        .merge(sample::routes())
}

//! The desk of a unit: what waits there by deadline, the workbench for one case, finding, what was answered, figures
//! (pages H1, H2, H3, H8, H11; requirements 3.4, 4.3, 5.1).
//!
//! Whoever works here wears only the hats of this unit, whatever else they are in the school. What this room deliberately
//! does not do: deciding (the hall does), dispatching, supervision and giving more time (the coordinating office).

mod batch;
mod counts;
mod days;
mod done;
mod drafts;
mod field;
mod figures;
mod line;
mod queries;
mod queue;
mod reply_templates;
mod search;
mod seat;
mod shelved;
mod signature;
mod view;
mod workbench;

#[cfg(test)]
mod tests;

pub use drafts::sweep as sweep_drafts;
pub(crate) use field::acts::moment_of;
pub(crate) use reply_templates::words_for as template_words;
pub(crate) use seat::Seat;
pub use seat::side;
pub(crate) use workbench::{keep_files, with_files};

use huiyin_foundation::web::{Door, Routes};

/// The routes of the room.
pub fn routes() -> Routes {
    Routes::new("desk")
        .get("/desk/{unit}", Door::Officer, queue::page)
        .post("/desk/{unit}/batch", Door::Officer, batch::act)
        .get("/desk/{unit}/search", Door::Officer, search::page)
        .get("/desk/{unit}/done", Door::Officer, done::page)
        .get("/desk/{unit}/shelved", Door::Officer, shelved::page)
        .get("/desk/{unit}/templates", Door::Officer, reply_templates::page::of_unit)
        .post("/desk/{unit}/templates", Door::UnitHead, reply_templates::page::save_of_unit)
        .get("/admin/templates", Door::Admin, reply_templates::page::of_school)
        .post("/admin/templates", Door::Admin, reply_templates::page::save_of_school)
        .get("/desk/{unit}/days", Door::Officer, days::page)
        .get("/desk/{unit}/figures", Door::Officer, figures::page)
        .get("/desk/{unit}/field", Door::Officer, field::list::page)
        .get("/desk/{unit}/field/{no}", Door::Officer, field::page)
        .post("/desk/{unit}/field/{no}/arrival", Door::Officer, field::acts::arrive)
        .post("/desk/{unit}/field/{no}/photos", Door::Officer, field::acts::picture)
        .post("/desk/{unit}/field/{no}/done", Door::Officer, field::acts::finish)
        .post("/desk/{unit}/field/{no}/squad", Door::Officer, field::acts::call_squad)
        .post("/desk/{unit}/field/{no}/squad-release", Door::Officer, field::acts::release_squad)
        .post("/desk/{unit}/field/{no}/part", Door::Officer, field::acts::await_part)
        .get("/desk/{unit}/cases/{no}", Door::Officer, workbench::page)
        .post("/desk/{unit}/cases/{no}/signature", Door::Officer, signature::sign_for)
        .post("/desk/{unit}/cases/{no}/reply", Door::Officer, workbench::acts::reply)
        .post("/desk/{unit}/cases/{no}/proposal", Door::Officer, workbench::acts::propose)
        .post("/desk/{unit}/cases/{no}/draft", Door::Officer, drafts::save)
        .post("/desk/{unit}/cases/{no}/approval", Door::Officer, workbench::second_look::approve)
        .post("/desk/{unit}/cases/{no}/rewriting", Door::Officer, workbench::second_look::send_for_rewriting)
        .post("/desk/{unit}/cases/{no}/progress", Door::Officer, workbench::acts::report_progress)
        .post("/desk/{unit}/cases/{no}/question", Door::Officer, workbench::turns::ask_requester)
        .post("/desk/{unit}/cases/{no}/extension", Door::Officer, workbench::turns::ask_extension)
        .post("/desk/{unit}/cases/{no}/more-time", Door::Officer, workbench::turns::grant_time)
        .post("/desk/{unit}/cases/{no}/no-more-time", Door::Officer, workbench::turns::refuse_time)
        .post("/desk/{unit}/cases/{no}/review", Door::Officer, workbench::turns::review)
        .post("/desk/{unit}/cases/{no}/striking-off", Door::Officer, workbench::turns::strike_off)
        .post("/desk/{unit}/cases/{no}/note", Door::Officer, workbench::acts::note)
        .post("/desk/{unit}/cases/{no}/assistance", Door::Officer, workbench::roads::call)
        .post("/desk/{unit}/cases/{no}/opinion", Door::Officer, workbench::roads::give_opinion)
        .post("/desk/{unit}/cases/{no}/return", Door::Officer, workbench::acts::send_back)
}

//! The whole case for those who coordinate, supervise, lead or audit: what was written, what happened, what they may do
//! (3.3–3.6, 4.6, 5.3).
//!
//! Every act of these desks is carried out by [`carry`], whichever page its form stands on; a form that cannot be taken is
//! shown again here, in full and with what was typed. Officers have their workbench and are sent there. What it
//! deliberately does not do: list cases; each desk lists its own.

mod acts;
mod asked;
mod choices;
mod concerned;
mod done;
mod facts;
mod likely;
mod line;
mod page;
mod picked;
mod parts;
mod since;
mod roads;
mod turns;
mod words;

#[cfg(test)]
pub(crate) mod tests;

pub(crate) use crate::cases::open::OPEN;
pub(crate) use acts::{Sent, actor_of, carry, carry_once, seen_seq};
pub(crate) use asked::Noun;
pub(crate) use concerned::{LOOKED_INTO, expect_other_unit};
pub(crate) use line::{LINE, Line, PRESSING, after};
pub(crate) use parts::{
    by_class, category_name, kind_of, leader_name, names, open_places, open_units, place_words, unit_name,
    units_for,
};
pub(crate) use since::{Reader, person, sentence, who_was_first};
pub(crate) use turns::{extended_until, extension_asked, extension_latest, granting};
pub(crate) use words::{MEANS, read, stored};

use huiyin_foundation::web::{Door, Routes};

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new("dossier")
        .get("/staff/cases/{no}", Door::Staff, page::show)
        .post("/staff/cases/{no}/assignment", Door::Staff, acts::act)
        .post("/staff/cases/{no}/transfer", Door::Staff, acts::act)
        .post("/staff/cases/{no}/escalation", Door::Staff, acts::act)
        .post("/staff/cases/{no}/correction", Door::Staff, acts::act)
        .post("/staff/cases/{no}/declination", Door::Staff, acts::act)
        .post("/staff/cases/{no}/reminder", Door::Staff, acts::act)
        .post("/staff/cases/{no}/supervision", Door::Staff, acts::act)
        .post("/staff/cases/{no}/note", Door::Staff, acts::act)
        .post("/staff/cases/{no}/publication", Door::Staff, acts::act)
        .post("/staff/cases/{no}/unpublication", Door::Staff, acts::act)
        .post("/staff/cases/{no}/extension", Door::Staff, acts::act)
        .post("/staff/cases/{no}/extension-refusal", Door::Staff, acts::act)
        .post("/staff/cases/{no}/review", Door::Staff, acts::act)
        .post("/staff/cases/{no}/striking-off", Door::Staff, acts::act)
        .post("/staff/cases/{no}/round", Door::Staff, acts::act)
        .post("/staff/cases/{no}/conclusion", Door::Staff, acts::act)
        .post("/staff/cases/{no}/unrestriction", Door::Staff, acts::act)
        .post("/staff/cases/{no}/assistance", Door::Staff, acts::act)
        .post("/staff/cases/{no}/recusal", Door::Staff, acts::act)
        .post("/staff/cases/{no}/merging", Door::Staff, acts::act)
        .post("/staff/cases/{no}/unmerging", Door::Staff, acts::act)
        .post("/staff/cases/{no}/splitting", Door::Staff, acts::act)
        .post("/staff/cases/{no}/complaint-answer", Door::Staff, acts::act)
        .post("/staff/cases/{no}/recusal-lifting", Door::Staff, acts::act)
        .post("/staff/cases/{no}/statute", Door::Staff, acts::act)
        .post("/staff/cases/{no}/approval", Door::Staff, acts::act)
        .post("/staff/cases/{no}/rewriting", Door::Staff, acts::act)
}

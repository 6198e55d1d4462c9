//! Volunteer squads (5.5): a unit hands the simple work at a place to one of its squads. Responsibility, clocks and the answer
//! stay with the unit; what is protected or sealed is never handed on.

use super::*;
use crate::case::{SquadCalled, WorkReported};
use crate::ids::{FileId, SquadId};

pub(super) fn call(case: &Case, squad: SquadId, words: String, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    stage(case, &[Stage::Assigned], "交给服务队")?;
    if case.restricted || case.identity == Identity::Sealed {
        return Err(Refusal::NotForASquad);
    }
    if case.field.squad.is_some() {
        return Err(Refusal::TooLate { act: "交给服务队", standing: "已经交给服务队" });
    }
    let unit = case.unit.as_ref().ok_or(Refusal::NotYours)?;
    let mut takes_it = ctx.policy.squads_for(unit, &case.kind, case.category.as_ref());
    if !takes_it.any(|known| known.id == squad) {
        return Err(Refusal::NoSuch { what: "服务队，或它接不了这一类" });
    }
    let called = ctx.draft(Event::SquadCalled(SquadCalled { squad }), [(TextKind::Words, words)]);
    Ok(field::signed(case, &[], ctx).chain([called]).collect())
}

pub(super) fn release(case: &Case, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    stage(case, &[Stage::Assigned], "从服务队收回")?;
    case.field.squad.as_ref().ok_or(Refusal::NoSquad)?;
    ctx.one(Event::SquadReleased {}, [])
}

/// Said once: what is done waits for the unit to look and to answer.
pub(super) fn report(
    case: &Case,
    is_done: bool,
    words: String,
    files: Vec<FileId>,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    let work = case.field.squad.as_ref().ok_or(Refusal::NoSquad)?;
    if work.done_at.is_some() {
        return Err(Refusal::TooLate { act: "再报", standing: "已经报过修好，等单位确认" });
    }
    demand(&words, if is_done { "做了什么" } else { "为什么办不了" })?;
    ctx.one(Event::WorkReported(WorkReported { is_done, files }), [(TextKind::Words, words)])
}

//! Complaining about the handling (5.4): past the unit, to a shelf of its own, with an answer that is owed by a day. Nothing of
//! it shows to the unit, neither the words nor a mark; about the coordinating office itself whoever stands above it answers.

use super::requester::is_within;
use super::*;

pub(super) fn complain(
    case: &Case,
    words: String,
    about_office: bool,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    let since_acceptance = [Stage::Accepted, Stage::Assigned, Stage::Replied, Stage::Rated, Stage::Archived];
    stage(case, &since_acceptance, "反映办理中的问题")?;
    let every_hours = ctx.policy.urging.every_hours;
    if is_within(case.complained_at, every_hours, ctx.now) {
        return Err(Refusal::ComplainedRecently { every_hours });
    }
    demand(&words, "办理中有什么问题")?;
    let office = &ctx.policy.school.coordinator;
    let lies_with_office = case.responsible(ctx.policy).or(case.unit.clone()).as_ref() == Some(office);
    let from = ctx.recorded_at(case).day();
    let days = ctx.policy.handling_complaints.answer_working_days;
    let (day, _) = ctx.calendar.nth_working_day_after(from, days);
    let due = Some(day.at(ctx.policy.office.closes));
    let about_office = about_office || lies_with_office;
    ctx.one(Event::HandlingComplained(HandlingComplaint { due, about_office }), [(TextKind::Words, words)])
}

pub(super) fn answer(case: &Case, words: String, worn: &[Hat], ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    let complaint = case.complaint.ok_or(Refusal::NoComplaint)?;
    if complaint.is_about_office && worn.contains(&Hat::Clerk) {
        return Err(Refusal::ComplaintIsAboutOffice {
            clause: ctx.policy.handling_complaints.clause.clone(),
        });
    }
    demand(&words, "给反映人的答复")?;
    ctx.one(Event::ComplaintAnswered {}, [(TextKind::Words, words)])
}

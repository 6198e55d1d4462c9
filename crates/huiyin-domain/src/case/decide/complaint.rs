//! Complaining about the handling (5.4): past the unit, to a shelf of its own, with an answer that is owed by a day. Nothing of
//! it shows to the unit, neither the words nor a mark; about the coordinating office itself whoever stands above it answers.

use super::requester::once_in;
use super::*;
use crate::case::facts::Answerer;
use crate::case::standing::Complaint;

pub(super) fn complain(
    case: &Case,
    words: String,
    about_office: bool,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    // Whatever became of it but their own taking it back: also once it was not accepted, and where the office lets it lie.
    let is_let_lie =
        || case.round().promise(Clock::Acknowledge).is_some_and(|promise| promise.due <= ctx.now);
    let is_handled = match case.stage {
        Stage::Withdrawn => false,
        Stage::Submitted => is_let_lie(),
        _ => true,
    };
    if !is_handled {
        return Err(Refusal::TooLate { act: "反映办理中的问题", standing: standing(case.stage) });
    }
    if let Some(again_at) = once_in(ctx.policy.urging.every_hours, case.complained_at, ctx.now) {
        return Err(Refusal::ComplainedRecently { again_at });
    }
    demand(&words, "办理中有什么问题")?;
    let office = &ctx.policy.school.coordinator;
    let lies_with_office = case.stage == Stage::Declined
        || case.responsible(ctx.policy).or(case.unit.clone()).as_ref() == Some(office);
    let from = ctx.recorded_at(case).day();
    let days = ctx.policy.handling_complaints.answer_working_days;
    let (day, _) = ctx.calendar.nth_working_day_after(from, days);
    let due = Some(day.at(ctx.policy.office.closes));
    let about_office = about_office || lies_with_office;
    let danger = !policy::crisis_hits(ctx.policy, &words).is_empty();
    let complained = Event::HandlingComplained(HandlingComplaint { due, about_office, danger });
    ctx.one(complained, [(TextKind::Words, words)])
}

pub(super) fn answer(case: &Case, words: String, worn: &[Hat], ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    // What is about the office is answered above it, and does not exist for its people and for those in charge of the unit;
    // nor does for anybody what is about their own unit.
    let is_above_office =
        || !are_of_the_office(worn) && (worn.contains(&Hat::Supervisor) || worn.contains(&Hat::Head));
    let is_about_them =
        |complaint: &Complaint| are_complained_of(worn) || (complaint.is_about_office && !is_above_office());
    let complaint =
        case.complaint.filter(|complaint| !is_about_them(complaint)).ok_or(Refusal::NoComplaint)?;
    demand(&words, "给反映人的答复")?;
    let about_office = complaint.is_about_office;
    let answerer = Some(match worn {
        _ if worn.contains(&Hat::Clerk) => Answerer::Office,
        _ if worn.contains(&Hat::Supervisor) => Answerer::Supervision,
        _ => Answerer::Leader,
    });
    ctx.one(Event::ComplaintAnswered(ComplaintEnd { about_office, answerer }), [(TextKind::Words, words)])
}

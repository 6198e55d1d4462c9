//! The unit: signing for a case, giving it to one of them, handing it back, reporting progress, asking the requester,
//! noting (3.4, 4.5, 5.1).

use super::*;
use crate::ids::{FileId, PersonId};

pub(super) fn sign_for(case: &Case, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    stage(case, &[Stage::Assigned], "签收")?;
    if case.signed_at.is_some() {
        return Err(Refusal::AlreadySignedFor);
    }
    ctx.one(Event::SignedFor {}, [])
}

/// Who has it already keeps it: nothing is recorded.
pub(super) fn allot(case: &Case, officer: PersonId, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    stage(case, &[Stage::Assigned], "分给经办人")?;
    if case.officer.as_ref() == Some(&officer) {
        return Ok(Vec::new());
    }
    ctx.one(Event::Allotted { officer }, [])
}

pub(super) fn send_back(
    case: &Case,
    ground: SendBackGround,
    suggested: Option<UnitId>,
    reason: String,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    stage(case, &[Stage::Assigned], "退回")?;
    let rule = &ctx.policy.sending_back;
    if case.instructed_unit.is_some() && case.instructed_unit == case.unit {
        return Err(Refusal::InstructedUnitMayNotSendBack);
    }
    if case.send_backs >= rule.times {
        return Err(Refusal::SentBackTooOften { times: rule.times, clause: rule.clause.clone() });
    }
    let got_at = case.assigned_at.unwrap_or(case.submitted_at);
    let (last_day, _) = ctx.calendar.nth_working_day_after(got_at.day(), rule.within_working_days);
    if ctx.now > last_day.at(ctx.policy.office.closes) {
        let (working_days, clause) = (rule.within_working_days, rule.clause.clone());
        return Err(Refusal::SendBackClosed { working_days, clause });
    }
    demand(&reason, "退回的理由")?;
    if let Some(unit) = &suggested {
        open_unit(ctx.policy, unit)?;
    }
    ctx.one(Event::SentBack { ground, suggested }, [(TextKind::Reason, reason)])
}

pub(super) fn report_progress(
    case: &Case,
    words: String,
    files: Vec<FileId>,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    stage(case, &[Stage::Assigned], "反馈进展")?;
    demand(&words, "阶段反馈的内容")?;
    ctx.one(Event::ProgressReported { files }, [(TextKind::Words, words)])
}

pub(super) fn ask_requester(case: &Case, words: String, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    stage(case, &[Stage::Assigned], "请反映人补充")?;
    if case.asked_at.is_some() {
        return Err(Refusal::AlreadyAsked);
    }
    // One stop after another would be more time that nobody granted. What has run out no longer stops.
    let (rule, round) = (&ctx.policy.asking, case.round());
    let stops = round.promise(Clock::Result).is_some_and(|promise| promise.due > ctx.now);
    if stops && round.waits.len() >= usize::from(rule.times) {
        return Err(Refusal::AskedTooOften { times: rule.times, clause: rule.clause.clone() });
    }
    demand(&words, "要反映人补充什么")?;
    ctx.one(Event::Asked {}, [(TextKind::Words, words)])
}

pub(super) fn note(case: &Case, words: String, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    if !case.stage.is_open() {
        stage(case, &[Stage::Replied, Stage::Rated], "写批注")?;
    }
    demand(&words, "批注内容")?;
    ctx.one(Event::Noted {}, [(TextKind::Words, words)])
}

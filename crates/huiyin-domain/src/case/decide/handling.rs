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
    if case.is_forced {
        return Err(Refusal::ForcedAssignment { clause: rule.clause.clone() });
    }
    if case.send_backs >= rule.times {
        return Err(Refusal::SentBackTooOften { times: rule.times, clause: rule.clause.clone() });
    }
    may_still_object(case, ctx)?;
    demand(&reason, "退回的理由")?;
    if let Some(unit) = &suggested {
        open_unit(case, ctx.policy, unit)?;
    }
    let mut drafts = vec![ctx.draft(Event::SentBack { ground, suggested }, [(TextKind::Reason, reason)])];
    if case.send_backs > 0 {
        // 第二次退回，上一级裁定；退来退去，时限不变。
        let away = ctx.policy.leaders_kept_away(&case.recused);
        let leader = case.unit.as_ref().and_then(|unit| ctx.policy.leader_of(unit));
        let leader = leader.filter(|leader| !away.contains(&leader.id)).or(ctx.policy.head());
        let leader = leader.map(|leader| leader.id.clone());
        drafts.extend(leader.map(|leader| by_rule(Event::Escalated { leader, promises: Vec::new() })));
    }
    Ok(drafts)
}

/// A unit objects within so many working hours or days after it got the case.
fn may_still_object(case: &Case, ctx: &Ctx<'_>) -> Result<(), Refusal> {
    let (rule, office) = (&ctx.policy.sending_back, &ctx.policy.office);
    let got_at = case.assigned_at.unwrap_or(case.submitted_at);
    let clause = rule.clause.clone();
    match (rule.within_working_hours, rule.within_working_days) {
        (Some(working_hours), _) => {
            let minutes = u32::from(working_hours) * 60;
            let latest = ctx.calendar.plus_working_minutes(got_at, minutes, office.opens, office.closes);
            if ctx.now <= latest { Ok(()) } else { Err(Refusal::SendBackHoursOver { working_hours, clause }) }
        }
        (None, days) => {
            let working_days = days.unwrap_or_default();
            let (last_day, _) = ctx.calendar.nth_working_day_after(got_at.day(), working_days);
            if ctx.now <= last_day.at(office.closes) {
                Ok(())
            } else {
                Err(Refusal::SendBackClosed { working_days, clause })
            }
        }
    }
}

pub(super) fn report_progress(
    case: &Case,
    words: String,
    files: Vec<FileId>,
    joined_words: String,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    stage(case, &[Stage::Assigned], "反馈进展")?;
    demand(&words, "阶段反馈的内容")?;
    // What is written to one requester may name what is theirs alone: those who came along get words of their own.
    let joined_words = if case.joined.is_empty() { String::new() } else { joined_words };
    if !case.joined.is_empty() {
        demand(&joined_words, "给并案各位的进展")?;
    }
    let texts = [(TextKind::Words, words), (TextKind::JoinedWords, joined_words)];
    ctx.one(Event::ProgressReported { files, through: None }, texts)
}

pub(super) fn ask_requester(case: &Case, words: String, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    stage(case, &[Stage::Assigned], "请反映人补充")?;
    if case.asked_at.is_some() {
        return Err(Refusal::AlreadyAsked);
    }
    // One stop after another would be more time that nobody granted. What has run out no longer stops.
    let (rule, round) = (&ctx.policy.asking, case.round());
    let stops =
        round.promise(Clock::Result).is_some_and(|promise| promise.due > ctx.now && !promise.is_statutory());
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

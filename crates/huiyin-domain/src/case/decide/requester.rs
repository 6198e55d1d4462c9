//! The requester: adding, urging, complaining about the handling, taking back (5.4).

use super::*;
use crate::ids::FileId;

/// What the requester writes along the way is read for danger like the first words: the case is then pressing and
/// protected before anything else is recorded of it (1.7). A person may lower it again, with a reason.
pub(super) fn danger_in(case: &Case, drafts: &[Draft], ctx: &Ctx<'_>) -> Option<Draft> {
    let is_known = case.restricted && case.is_crisis();
    if !matches!(ctx.actor, Actor::Requester) || is_known || case.ended_at.is_some() {
        return None;
    }
    let mut texts = drafts.iter().flat_map(|draft| &draft.texts);
    let found = texts.any(|text| !policy::crisis_hits(ctx.policy, &text.words).is_empty());
    found.then(|| {
        by_rule(Event::Corrected {
            kind: None,
            category: None,
            place: None,
            urgency: Some(Urgency::Critical),
            restricted: true,
            promises: Vec::new(),
        })
    })
}

pub(super) fn supplement(
    case: &Case,
    words: String,
    files: Vec<FileId>,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    stage(case, &[Stage::Submitted, Stage::Accepted, Stage::Assigned, Stage::Replied], "补充")?;
    if files.is_empty() {
        demand(&words, "要补充的内容")?;
    }
    let mut drafts = vec![ctx.draft(Event::Supplemented { files }, [(TextKind::Words, words)])];
    let answered_at = recorded_at(case.identity, true, Some(case.last_at), ctx.now);
    drafts.extend(time::resumed(case, answered_at, ctx.policy, ctx.calendar).map(by_rule));
    Ok(drafts)
}

pub(super) fn urge(
    case: &Case,
    because: UrgeReason,
    reason: String,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    stage(case, &[Stage::Submitted, Stage::Accepted, Stage::Assigned], "催办")?;
    let every_hours = ctx.policy.urging.every_hours;
    if is_within(case.urged_at, every_hours, ctx.now) {
        return Err(Refusal::UrgedRecently { every_hours });
    }
    ctx.one(Event::Urged { because }, [(TextKind::Reason, reason)])
}

pub(super) fn withdraw(case: &Case, reason: String, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    stage(case, &[Stage::Submitted, Stage::Accepted, Stage::Assigned], "撤回")?;
    ctx.one(Event::Withdrawn {}, [(TextKind::Reason, reason)])
}

pub(super) fn complain(case: &Case, words: String, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    let since_acceptance = [Stage::Accepted, Stage::Assigned, Stage::Replied, Stage::Rated, Stage::Archived];
    stage(case, &since_acceptance, "反映办理中的问题")?;
    let every_hours = ctx.policy.urging.every_hours;
    if is_within(case.complained_at, every_hours, ctx.now) {
        return Err(Refusal::ComplainedRecently { every_hours });
    }
    demand(&words, "办理中有什么问题")?;
    let mut drafts = vec![ctx.draft(Event::HandlingComplained {}, [(TextKind::Words, words)])];
    // 对办理的意见不经承办单位，直接到协调部门。
    drafts.extend(supervising::raised(case.supervised));
    Ok(drafts)
}

fn is_within(last: Option<Instant>, hours: u16, now: Instant) -> bool {
    last.is_some_and(|at| at.plus_ms(i64::from(hours) * HOUR_MS) > now)
}

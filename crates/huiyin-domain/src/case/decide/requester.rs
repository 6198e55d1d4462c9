//! The requester: adding, urging, taking back (5.4).

use super::*;
use crate::ids::FileId;

/// What the requester writes along the way is read for danger like the first words: the case is then pressing and
/// protected before anything else is recorded of it, and its clocks are those of a pressing case (1.7). A closed case still
/// takes words, and they are read too. A person may lower it again, with a reason.
pub(super) fn danger_in<'a>(
    case: &Case,
    texts: impl IntoIterator<Item = &'a Text>,
    ctx: &Ctx<'_>,
) -> Result<Option<Draft>, Refusal> {
    let is_known = case.restricted && case.is_crisis();
    // Nothing more is said in these.
    let is_silent = matches!(case.stage, Stage::Declined | Stage::Withdrawn);
    if !matches!(ctx.actor, Actor::Requester) || is_known || is_silent {
        return Ok(None);
    }
    if !texts.into_iter().any(|text| !policy::crisis_hits(ctx.policy, &text.words).is_empty()) {
        return Ok(None);
    }
    let urgency = Urgency::Critical;
    Ok(Some(by_rule(Event::Corrected {
        kind: None,
        category: None,
        place: None,
        urgency: Some(urgency),
        restricted: true,
        promises: correct::hastened(
            case,
            correct::Becoming { kind: &case.kind, category: case.category.as_ref(), urgency },
            ctx,
        )?,
    })))
}

/// The case as the words of an act leave it: what the act promises is counted for a case in danger, but the act itself was
/// judged without them, so that nobody is turned away for saying it.
pub(super) fn alarmed(case: &Case, texts: &[Text], ctx: &Ctx<'_>) -> Result<Case, Refusal> {
    let danger = danger_in(case, texts, ctx)?;
    Ok(afterwards(case, danger.as_slice(), ctx.recorded_at(case)))
}

pub(super) fn supplement(
    case: &Case,
    words: String,
    files: Vec<FileId>,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    let not_closed = [Stage::Submitted, Stage::Accepted, Stage::Assigned, Stage::Replied, Stage::Merged];
    stage(case, &not_closed, "补充")?;
    if files.is_empty() {
        demand(&words, "要补充的内容")?;
    }
    let mut drafts = vec![ctx.draft(Event::Supplemented { files }, [(TextKind::Words, words)])];
    let case = alarmed(case, &drafts[0].texts, ctx)?;
    drafts.extend(time::resumed(&case, ctx.recorded_at(&case), ctx.policy, ctx.calendar).map(by_rule));
    Ok(drafts)
}

pub(super) fn urge(
    case: &Case,
    because: UrgeReason,
    reason: String,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    // One that is handled together with another urges the unit of that one.
    stage(case, &[Stage::Submitted, Stage::Accepted, Stage::Assigned, Stage::Merged], "催办")?;
    if let Some(again_at) = once_in(ctx.policy.urging.every_hours, case.urged_at, ctx.now) {
        return Err(Refusal::UrgedRecently { again_at });
    }
    ctx.one(Event::Urged { because }, [(TextKind::Reason, reason)])
}

pub(super) fn withdraw(case: &Case, reason: String, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    stage(case, &[Stage::Submitted, Stage::Accepted, Stage::Assigned, Stage::Merged], "撤回")?;
    ctx.one(Event::Withdrawn {}, [(TextKind::Reason, reason)])
}

/// From when something may be done again that may be done once in so many hours; none when it may be now.
pub(super) fn once_in(hours: u16, last: Option<Instant>, now: Instant) -> Option<Instant> {
    last.map(|at| at.plus_hours(u32::from(hours))).filter(|again_at| *again_at > now)
}

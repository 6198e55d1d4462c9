//! What is pressed by hand, what supervision holds on to, and what time brings (4.6, 5.3, 7.6).

use super::*;
use crate::case::payload::Matched;

pub(super) fn remind(
    case: &Case,
    means: Means,
    reason: String,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    stage(case, OPEN, "催办")?;
    if means == Means::Talk {
        // The last rung: what the order of supervision did not bring about.
        if case.supervised.is_none() {
            return Err(Refusal::TalkBeforeSupervision { clause: ctx.policy.supervision.clause.clone() });
        }
        demand(&reason, "约谈的情况")?;
    }
    ctx.one(Event::RemindedByHand { means }, [(TextKind::Reason, reason)])
}

pub(super) fn supervise(
    case: &Case,
    level: Level,
    reason: String,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    stage(case, OPEN, "督办")?;
    demand(&reason, "督办要求")?;
    ctx.one(Event::Supervised { level }, [(TextKind::Reason, reason)])
}

/// Supervision by the coordinating office at least.
pub(super) fn raised(supervised: Option<Level>) -> Option<Draft> {
    let level = Level::Coordinator;
    (supervised < Some(level)).then(|| by_rule(Event::Supervised { level }))
}

/// The case stayed unsolved after its last round and supervision holds it.
pub(super) fn held(case: &Case, policy: &Policy) -> Result<(), Refusal> {
    if time::is_held(case, policy) { Ok(()) } else { Err(Refusal::NotHeld) }
}

pub(super) fn close(case: &Case, words: String, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    held(case, ctx.policy)?;
    demand(&words, "督办的结论")?;
    ctx.one(Event::SupervisionEnded {}, [(TextKind::Words, words)])
}

pub(super) fn lower_restriction(case: &Case, reason: String, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    if case.stage == Stage::Merged {
        // It goes with the lead case, and only what came from there.
        let by_lead = *ctx.actor == Actor::Rule && case.is_protected_by_lead;
        stage(case, if by_lead { &[Stage::Merged] } else { &[] }, "解除限制")?;
    } else if !case.stage.is_open() {
        stage(case, &[Stage::Replied, Stage::Rated, Stage::Archived], "解除限制")?;
    }
    if !case.restricted {
        return Err(Refusal::TooLate { act: "解除限制", standing: "没有限制" });
    }
    let kind = ctx.policy.kind(&case.kind).is_some_and(|kind| kind.restricted);
    let category = case.category.as_ref().and_then(|id| ctx.policy.category(id));
    if kind || category.is_some_and(|category| category.restricted) {
        return Err(Refusal::ProtectedMatter);
    }
    demand(&reason, "解除限制的理由")?;
    ctx.one(Event::RestrictionLowered {}, [(TextKind::Reason, reason)])
}

/// What was raised inside before has its number; what was not has none.
pub(super) fn note_match(
    case: &Case,
    earlier: Option<CaseNo>,
    cause: LeakCause,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    if !ctx.policy.channel(&case.channel).is_some_and(|channel| channel.outside) {
        return Err(Refusal::NotFromOutside);
    }
    if cause.has_earlier() && earlier.is_none() {
        return Err(Refusal::WordsMissing { what: "校内先前那一件的编号" });
    }
    let earlier = earlier.filter(|_| cause.has_earlier());
    ctx.one(Event::Matched(Matched { earlier, cause }), [])
}

/// Looks until there is nothing left to find: one thing that time brings may bring the next.
pub(super) fn note_time(case: &Case, ctx: &Ctx<'_>) -> Vec<Draft> {
    let (mut case, mut found) = (case.clone(), Vec::new());
    loop {
        let events = time::due_events(&case, ctx.policy, ctx.calendar, ctx.now);
        let drafts: Vec<Draft> = events.into_iter().map(|event| ctx.draft(event, [])).collect();
        if drafts.is_empty() {
            return found;
        }
        case = afterwards(&case, &drafts, ctx.now);
        found.extend(drafts);
    }
}

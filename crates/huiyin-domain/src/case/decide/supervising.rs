//! What is pressed by hand, what supervision holds on to, and what time brings (4.6, 5.3, 7.6).

use super::*;
use crate::access::Role;
use crate::case::payload::{Issuer, Matched, ReplyBy, SupervisionOrder};

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
    ctx.one(Event::Supervised(SupervisionOrder::to(level)), [(TextKind::Reason, reason)])
}

/// Supervision by the coordinating office at least.
pub(super) fn raised(supervised: Option<Level>) -> Option<Draft> {
    let level = Level::Coordinator;
    (supervised < Some(level)).then(|| by_rule(Event::Supervised(SupervisionOrder::to(level))))
}

/// Sets the terms of the orders among the drafts: each step up is a paper of its own, by a rule or by hand (4.6).
pub(super) fn issue(case: &Case, drafts: &mut [Draft], ctx: &Ctx<'_>) {
    for draft in drafts {
        if let Event::Supervised(order) = &mut draft.event {
            order.reply_by = reply_by(case, ctx);
            order.issuer = Some(issuer(&draft.by, ctx));
        }
    }
}

/// So many working days after it is issued, counted as every limit is.
fn reply_by(case: &Case, ctx: &Ctx<'_>) -> Option<ReplyBy> {
    let days = ctx.policy.supervision.reply_working_days?;
    let (day, provisional) = ctx.calendar.nth_working_day_after(ctx.recorded_at(case).day(), days);
    Some(ReplyBy { due: day.at(ctx.policy.office.closes), provisional })
}

/// By the unit for which it was done or the post they hold; what a rule steps up goes out in the name of the coordinating
/// office.
fn issuer(by: &By, ctx: &Ctx<'_>) -> Issuer {
    let office = || Issuer::Unit(ctx.policy.school.coordinator.clone());
    let (By::Staff { unit, .. }, Actor::Staff { duties, .. }) = (by, ctx.actor) else { return office() };
    if let Some(unit) = unit {
        return Issuer::Unit(unit.clone());
    }
    if duties.iter().any(|duty| duty.role == Role::Clerk) {
        return office();
    }
    let post = duties.iter().find_map(|duty| duty.post.clone().filter(|_| duty.role == Role::Leader));
    post.map_or(Issuer::Supervisor, Issuer::Leader)
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

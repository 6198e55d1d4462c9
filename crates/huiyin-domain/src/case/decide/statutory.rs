//! Roads that the law has laid (5.7): an appeal, a review, a report, a petition goes to its own body and nowhere else, on its
//! own clock, with its own one extension; the body decides once.
//!
//! Correcting a case onto such a road is the one correction that may make a limit later: it is another clock, which the
//! law has set, and not more time on the school's. Nobody wins by it in secret: it has a reason, goes at once to the
//! body of that procedure, and is on the record. Off the road again the school's own clock is counted as if it had never
//! left it, and only what would be over already is counted from now.

use super::*;
use crate::policy::Statutory;

/// The procedure that this case has by law.
pub(super) fn road<'p>(case: &Case, ctx: &Ctx<'p>) -> Option<&'p Statutory> {
    ctx.policy.statutory_of(&case.kind, case.category.as_ref())
}

/// From when the result counts once the case is taken on: a law counts from the day it came in.
pub(super) fn counted_from(case: &Case, ctx: &Ctx<'_>) -> Instant {
    road(case, ctx).map_or(ctx.now, |procedure| came_in(case, procedure, ctx))
}

/// The day a matter came in for this law: what is split off came in with the original, unless its term was over before
/// anybody had split it.
pub(super) fn came_in(case: &Case, procedure: &Statutory, ctx: &Ctx<'_>) -> Instant {
    let promise = due::statutory(procedure, ctx.policy, ctx.calendar, case.matter_since);
    if promise.due <= case.submitted_at { case.submitted_at } else { case.matter_since }
}

/// Nobody but the body of the procedure gets the case, or the unit that the catalogue names for a protected category; where
/// the body itself is kept away, whoever the office finds.
pub(super) fn is_the_body(case: &Case, unit: &UnitId, ctx: &Ctx<'_>) -> Result<(), Refusal> {
    // Danger goes to whoever can help.
    if case.is_crisis() {
        return Ok(());
    }
    match road(case, ctx) {
        Some(_) => is_not_elsewhere(case, unit, ctx),
        None => is_told_apart(case, ctx),
    }
}

/// No other unit than this one has it by law.
pub(super) fn is_not_elsewhere(case: &Case, unit: &UnitId, ctx: &Ctx<'_>) -> Result<(), Refusal> {
    let procedure = road(case, ctx).filter(|_| !case.is_crisis());
    procedure.map_or(Ok(()), |procedure| {
        may_have_it(procedure, &case.category, &case.place, &case.recused, unit, ctx)
    })
}

/// A kind whose procedures differ by category goes nowhere before somebody has said which of them it is.
fn is_told_apart(case: &Case, ctx: &Ctx<'_>) -> Result<(), Refusal> {
    let untold = ctx.policy.untold(&case.kind, case.category.as_ref());
    if untold.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = untold.iter().map(|procedure| procedure.name.as_str()).collect();
    Err(Refusal::WhichProcedure { names: names.join("、") })
}

pub(super) fn may_have_it(
    procedure: &Statutory,
    category: &Option<CategoryId>,
    place: &Option<PlaceId>,
    recused: &[UnitId],
    unit: &UnitId,
    ctx: &Ctx<'_>,
) -> Result<(), Refusal> {
    let policy = ctx.policy;
    let Some(body) = policy.body_of(procedure).filter(|body| !recused.contains(body)) else { return Ok(()) };
    let protected = category.as_ref().filter(|id| policy.category(id).is_some_and(|known| known.restricted));
    let own = protected.and_then(|id| policy.unit_for(id, place.as_ref(), ctx.now.day()));
    if body == unit || own.as_ref() == Some(unit) {
        return Ok(());
    }
    let body = policy.unit(body).map_or_else(|| body.to_string(), |unit| unit.name.clone());
    Err(Refusal::StatutoryBody { body, clause: procedure.clause.clone() })
}

/// A case that was corrected onto such a road goes to its body at once.
pub(super) fn moved(case: &Case, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    let body =
        road(case, ctx).filter(|_| !case.is_crisis()).and_then(|procedure| ctx.policy.body_of(procedure));
    let Some(unit) = body.filter(|body| open_unit(case, ctx.policy, body).is_ok()) else {
        return Ok(Vec::new());
    };
    let mut drafts = match case.stage {
        Stage::Submitted => dispatch::accept(case, ctx)?,
        Stage::Assigned if case.unit.as_ref() != Some(unit) => vec![ctx.draft(Event::TakenBack {}, [])],
        Stage::Accepted => Vec::new(),
        _ => return Ok(Vec::new()),
    };
    let (unit, forced, promises) = (unit.clone(), false, Vec::new());
    drafts.push(ctx.draft(Event::Assigned { unit, forced, promises }, []));
    Ok(drafts)
}

/// How much more time there may be, and who gives it.
pub(super) struct MoreTime {
    pub(super) times: u16,
    pub(super) latest: Day,
    pub(super) too_long: Refusal,
    pub(super) clause: String,
}

/// The rule of the extension: the law's own on its road, else the school's.
pub(super) fn more_time(case: &Case, promise: &Promise, ctx: &Ctx<'_>) -> MoreTime {
    let due = promise.due.day();
    if promise.is_statutory() {
        let days = road(case, ctx).and_then(|procedure| procedure.extension_days);
        let clause = promise.clause.clone();
        // An extension of the school's own, from before it came onto this road, does not count here.
        let is_spent = days.is_none() || promise.is_extended();
        let latest = days.map_or(due, |days| due::last_day(ctx.calendar, due, days).0);
        let days = days.unwrap_or_default();
        return MoreTime {
            times: if is_spent { 0 } else { u16::MAX },
            latest,
            too_long: Refusal::StatutoryTooLong { days, clause: clause.clone() },
            clause,
        };
    }
    let rule = &ctx.policy.extension;
    let (working_days, clause) = (rule.working_days_max, rule.clause.clone());
    MoreTime {
        times: rule.times,
        latest: ctx.calendar.nth_working_day_after(due, working_days).0,
        too_long: Refusal::ExtensionTooLong { working_days, clause: clause.clone() },
        clause,
    }
}

/// Whoever the law names decides on the extension of the body: its head, or the school's; a leader in charge may always.
/// On any other the office does.
pub(super) fn decides_on_time(case: &Case, worn: &[Hat], ctx: &Ctx<'_>) -> Result<(), Refusal> {
    let by = ctx.policy.extension_by(case);
    let is_the_head = |hat: &Hat| *hat == Hat::Leader || (*hat == Hat::UnitHead && by.is_head());
    match case.round().promise(Clock::Result).filter(|promise| promise.is_statutory()) {
        Some(_) if worn.iter().any(is_the_head) => Ok(()),
        Some(promise) => {
            let (by, clause) = (by.words(), promise.clause.clone());
            Err(Refusal::BodyDecides { by, clause })
        }
        None if worn.contains(&Hat::Clerk) => Ok(()),
        None => Err(Refusal::NotYours),
    }
}

/// The body decides once: what comes after is said on the page of the requester.
pub(super) fn no_further_round(case: &Case) -> Result<(), Refusal> {
    match case.round().promise(Clock::Result).filter(|promise| promise.is_statutory()) {
        Some(promise) => Err(Refusal::DecidedByLaw { clause: promise.clause.clone() }),
        None => Ok(()),
    }
}

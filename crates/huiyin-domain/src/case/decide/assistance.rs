//! Units that assist (3.3, 3.7): asked with the transfer or later, or called by the whistle, each with a time of its own; each
//! gives its opinion and the lead unit answers. The lead may answer without them: what was not given stays on the record.

use super::*;
use crate::case::payload::Opinion;
use crate::ids::FileId;

pub(super) fn ask(
    case: &Case,
    units: Vec<UnitId>,
    words: String,
    whistle: bool,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    stage(case, &[Stage::Assigned], "请协办")?;
    for unit in &units {
        open_unit(case, ctx.policy, unit)?;
    }
    demand(&words, "请协办单位做什么")?;
    let is_new = |unit: &UnitId| {
        let waits = |assistance: &crate::case::Assistance| {
            assistance.unit == *unit && assistance.answered_at.is_none()
        };
        case.unit.as_ref() != Some(unit) && !case.assistance.iter().any(waits)
    };
    let mut new: Vec<UnitId> = units.into_iter().filter(is_new).collect();
    new.sort();
    new.dedup();
    if new.is_empty() {
        return Err(Refusal::WordsMissing { what: "还要请哪些单位协办" });
    }
    Ok(asked(case, new, &words, whistle, ctx))
}

/// One line for each unit, with its own time.
pub(super) fn asked(
    case: &Case,
    units: Vec<UnitId>,
    words: &str,
    whistle: bool,
    ctx: &Ctx<'_>,
) -> Vec<Draft> {
    let due = inner_due(case, ctx);
    let one = |unit| {
        let event = Event::AssistanceAsked { unit, due, whistle };
        ctx.draft(event, [(TextKind::Words, words.to_owned())])
    };
    units.into_iter().map(one).collect()
}

/// So many working days, but a working day before the lead unit must answer, when that leaves at least today.
fn inner_due(case: &Case, ctx: &Ctx<'_>) -> Instant {
    let (calendar, closes) = (ctx.calendar, ctx.policy.office.closes);
    let (day, _) = calendar.nth_working_day_after(ctx.now.day(), ctx.policy.assisting.inner_working_days);
    let lead = case.round().promise(Clock::Result).map(|promise| promise.due.plus_ms(-1).day());
    let latest = lead.map(|day| calendar.working_day_before(day).at(closes));
    let latest = latest.filter(|at| *at >= ctx.now.day().at(closes) && *at > ctx.now);
    latest.map_or(day.at(closes), |latest| latest.min(day.at(closes)))
}

pub(super) fn give(
    case: &Case,
    words: String,
    files: Vec<FileId>,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    stage(case, &[Stage::Assigned], "给协办意见")?;
    let unit = assisting_unit(case, ctx).ok_or(Refusal::NotYours)?;
    if files.is_empty() {
        demand(&words, "协办意见")?;
    }
    ctx.one(Event::OpinionGiven(Opinion { unit, files }), [(TextKind::Words, words)])
}

/// The assisting unit for which somebody acts: the one the page names, if they work there, else the first of theirs.
fn assisting_unit(case: &Case, ctx: &Ctx<'_>) -> Option<UnitId> {
    let Actor::Staff { duties, .. } = ctx.actor else { return None };
    let theirs = |unit: &&UnitId| duties.iter().any(|duty| duty.unit.as_ref() == Some(unit));
    let mut own = case.assisting.iter().filter(theirs);
    let named = own.clone().find(|unit| ctx.acting_for == Some(unit));
    named.or_else(|| own.next()).cloned()
}

//! Putting right what the entrance got wrong (3.5): kind, category, place, urgency, each with a reason.
//!
//! A correction can make a running clock earlier, never later, so that nobody wins time by it.

use super::*;
use crate::case::standing::Wait;
use crate::ids::{CategoryId, KindId, PlaceId};

pub(super) fn correct(
    case: &Case,
    kind: Option<KindId>,
    category: Option<CategoryId>,
    place: Option<PlaceId>,
    urgency: Option<Urgency>,
    reason: String,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    if !case.stage.is_open() {
        stage(case, &[Stage::Replied, Stage::Rated], "更正")?;
    }
    demand(&reason, "更正的理由")?;
    if kind.as_ref().is_some_and(|id| ctx.policy.kind(id).is_none()) {
        return Err(Refusal::NoSuch { what: "诉求类型" });
    }
    if category.as_ref().is_some_and(|id| ctx.policy.category(id).is_none()) {
        return Err(Refusal::NoSuch { what: "类别" });
    }
    if place.as_ref().is_some_and(|id| ctx.policy.place(id).is_none()) {
        return Err(Refusal::NoSuch { what: "地点" });
    }
    if (&kind, &category, &place, urgency) == (&None, &None, &None, None) {
        return Err(Refusal::WordsMissing { what: "要更正的内容" });
    }
    // 举报、申诉等受保护的事项不公开：a correction can make a case protected, never the other way round.
    let restricted = kind.as_ref().and_then(|id| ctx.policy.kind(id)).is_some_and(|kind| kind.restricted)
        || category.as_ref().and_then(|id| ctx.policy.category(id)).is_some_and(|known| known.restricted);
    // A report may be about the very unit that has the case: it goes back to the office at once, which looks first.
    let own_unit = category.as_ref().and_then(|id| ctx.policy.category(id)).and_then(|it| it.unit.as_ref());
    let is_elsewhere =
        case.stage == Stage::Assigned && (own_unit.is_none() || own_unit != case.unit.as_ref());
    let promises = hastened(case, kind.as_ref().unwrap_or(&case.kind), urgency.unwrap_or(case.urgency), ctx)?;
    let event = Event::Corrected { kind, category, place, urgency, restricted, promises };
    let mut drafts = vec![ctx.draft(event, [(TextKind::Reason, reason)])];
    if restricted && !case.restricted && is_elsewhere {
        let case = afterwards(case, &drafts, ctx.now);
        drafts.extend(time::resumed(&case, ctx.now, ctx.policy, ctx.calendar).map(by_rule));
        drafts.push(ctx.draft(Event::TakenBack {}, []));
    }
    Ok(drafts)
}

/// The running clocks that are earlier for the right kind and urgency, counted from where they were counted before. A limit
/// that would be over already is counted from now: nobody is late by a correction. A clock that stands still runs on from
/// where it stood, whatever its day says, and what it stands still is added when it goes on.
pub(super) fn hastened(
    case: &Case,
    kind: &KindId,
    urgency: Urgency,
    ctx: &Ctx<'_>,
) -> Result<Vec<Promise>, Refusal> {
    if (kind, urgency) == (&case.kind, case.urgency) || !case.stage.is_open() {
        return Ok(Vec::new());
    }
    let (reopened, now) = (case.rounds.len() > 1, ctx.recorded_at(case));
    let is_by_hour = case.identity == Identity::Anonymous;
    let stood_since = |promise: &Promise| case.asked_at.filter(|_| case.stands_still(promise));
    let is_running = |promise: &Promise| promise.due > stood_since(promise).unwrap_or(ctx.now);
    let running = case.round().promises.iter().filter(|promise| {
        case.met_at(promise.clock).is_none() && is_running(promise) && !promise.is_set_by_a_person()
    });
    let mut earlier = Vec::new();
    for old in running {
        let route = match old.clock {
            Clock::Result => Some(case.route.unwrap_or(Route::Direct)),
            Clock::Acknowledge | Clock::FirstReply => case.route.filter(|_| reopened),
        };
        let counted = |from| {
            let of = Circumstances { kind, urgency, route, reopened, from };
            let is_of_an_act = from == now && matches!(ctx.actor, Actor::Requester);
            ctx.promised(old.clock, &of, is_by_hour && (is_of_an_act || from == from.floor_to_hour()))
        };
        let mut new = counted(old.from)?;
        if old.clock == Clock::Result {
            new = due::held_up_by(new, &case.round().waits, ctx.policy, ctx.calendar);
        }
        let stood = stood_since(old).map(|from| Wait { from, until: now });
        if new.due <= stood.map_or(ctx.now, |wait| wait.from) {
            new = counted(now)?;
        }
        let would_be_due = |promise: &Promise| {
            due::held_up_by(promise.clone(), stood.as_slice(), ctx.policy, ctx.calendar).due
        };
        earlier.extend((would_be_due(&new) < would_be_due(old)).then_some(new));
    }
    Ok(earlier)
}

//! Putting right what the entrance got wrong (3.5): kind, category, place, urgency, each with a reason.
//!
//! A correction can make a running clock earlier, never later, so that nobody wins time by it; onto a road of the law it
//! changes to that law's own clock ([`super::statutory`]).

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
    let becomes = Becoming {
        kind: kind.as_ref().unwrap_or(&case.kind),
        category: category.as_ref().or(case.category.as_ref()),
        urgency: urgency.unwrap_or(case.urgency),
    };
    let was = statutory::road(case, ctx).map(|procedure| &procedure.id);
    let promises = hastened(case, becomes, ctx)?;
    let event = Event::Corrected { kind, category, place, urgency, restricted, promises };
    let mut drafts = vec![ctx.draft(event, [(TextKind::Reason, reason)])];
    let after = afterwards(case, &drafts, ctx.now);
    let is = statutory::road(&after, ctx).map(|procedure| &procedure.id);
    let is_with_another =
        after.unit.as_ref().is_some_and(|unit| statutory::is_the_body(&after, unit, ctx).is_err());
    let moved = if is != was || is_with_another { statutory::moved(&after, ctx)? } else { Vec::new() };
    if !moved.is_empty() {
        drafts.extend(time::resumed(&after, ctx.now, ctx.policy, ctx.calendar).map(by_rule));
        drafts.extend(moved);
        return Ok(drafts);
    }
    // Danger had protected it before; that it is a report all the same may be about that very unit.
    let is_new = !case.restricted || is != was;
    if restricted && is_new && is_elsewhere {
        let case = afterwards(case, &drafts, ctx.now);
        drafts.extend(time::resumed(&case, ctx.now, ctx.policy, ctx.calendar).map(by_rule));
        drafts.push(ctx.draft(Event::TakenBack {}, []));
    }
    Ok(drafts)
}

/// What a case becomes by a correction.
#[derive(Clone, Copy)]
pub(super) struct Becoming<'a> {
    pub(super) kind: &'a KindId,
    pub(super) category: Option<&'a CategoryId>,
    pub(super) urgency: Urgency,
}

/// The running clocks that are earlier for the right kind and urgency, counted from where they were counted before. A limit
/// that would be over already is counted from now: nobody is late by a correction. A clock that stands still runs on from
/// where it stood, whatever its day says, and what it stands still is added when it goes on.
pub(super) fn hastened(case: &Case, becomes: Becoming<'_>, ctx: &Ctx<'_>) -> Result<Vec<Promise>, Refusal> {
    let Becoming { kind, category, urgency } = becomes;
    let was = statutory::road(case, ctx).map(|procedure| &procedure.id);
    let is = ctx.policy.statutory_of(kind, category).map(|procedure| &procedure.id);
    let stays = was == is && (kind, urgency) == (&case.kind, case.urgency);
    // What is handled together with another keeps its own clocks, and has them back when it goes by itself.
    if stays || !(case.stage.is_open() || case.stage == Stage::Merged) {
        return Ok(Vec::new());
    }
    let (reopened, now) = (case.rounds.len() > 1, ctx.recorded_at(case));
    let is_by_hour = case.identity == Identity::Anonymous;
    let stood_since = |promise: &Promise| case.asked_at.filter(|_| case.stands_still(promise));
    let is_running = |promise: &Promise| promise.due > stood_since(promise).unwrap_or(ctx.now);
    let owed = case.round().promises.iter().filter(|promise| case.met_at(promise.clock).is_none());
    let mut earlier = Vec::new();
    for old in owed {
        let route = match old.clock {
            Clock::Result => Some(case.route.unwrap_or(Route::Direct)),
            Clock::Acknowledge | Clock::FirstReply => case.route.filter(|_| reopened),
        };
        let counted = |from| {
            let of = Circumstances { kind, category, urgency, route, reopened, from };
            let is_of_an_act = from == now && matches!(ctx.actor, Actor::Requester);
            ctx.promised(old.clock, &of, is_by_hour && (is_of_an_act || from == from.floor_to_hour()))
        };
        let mut new = counted(old.from)?;
        if let Some(procedure) = ctx.policy.statutory_of(kind, category).filter(|_| new.is_statutory()) {
            new = counted(statutory::came_in(case, procedure, ctx))?;
        }
        // Off the road and back again is the same day as before, also where that is over.
        let before =
            case.round().left_law.as_ref().filter(|law| law.limit == new.limit && !old.is_statutory());
        if let Some(law) = before {
            earlier.push(law.clone());
            continue;
        }
        let crosses = old.is_statutory() != new.is_statutory() || (was != is && new.is_statutory());
        let is_kept =
            if old.is_set_by_a_person() { !(crosses && was != is) } else { !is_running(old) && !crosses };
        if is_kept {
            continue;
        }
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
        let holds = crosses || would_be_due(&new) < would_be_due(old);
        earlier.extend(holds.then_some(new));
    }
    Ok(earlier)
}

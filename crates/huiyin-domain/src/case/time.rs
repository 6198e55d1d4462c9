//! What the clock finds when it looks: reminders before a limit, promises not kept, the ladder of supervision, closing.
//!
//! Everything is recorded once; a server that slept catches up by looking once. The clock never rejects, and what it
//! closes is only closed: without an answer of the requester it never counts as solved (5.3).

mod aftermath;
mod assistance;
mod field;
mod promises;

pub(super) use aftermath::is_held;

use super::Case;
use super::due;
use super::event::Event;
use super::facts::*;
use super::payload::PartDay;
use super::standing::Wait;
use crate::calendar::{Calendar, Instant};
use crate::policy::Policy;

/// The next moment at which the clock has something to record on this case, if nothing else happens before.
pub fn next_check(case: &Case, policy: &Policy) -> Option<Instant> {
    let owed = promises::unmet(case).filter(|_| case.stage.is_open());
    let owed = owed.filter_map(|promise| promises::next_of(case, policy, promise));
    let after = aftermath::coming(case, policy).into_iter().map(|(at, _)| at);
    let assisting = assistance::next(case, policy);
    let part = field::part_due_at(case, policy).map(|(at, _)| at);
    owed.chain(after).chain(waits_until(case, policy)).chain(assisting).chain(part).min()
}

/// What is due at `now`, in the order it came due. What one thing brings in its turn is found at the next look.
pub(super) fn due_events(case: &Case, policy: &Policy, calendar: &Calendar, now: Instant) -> Vec<Event> {
    if next_check(case, policy).is_none_or(|at| at > now) {
        return Vec::new();
    }
    let owed = promises::unmet(case).filter(|_| case.stage.is_open());
    let mut found: Vec<(Instant, Event)> =
        owed.flat_map(|promise| promises::found_on(case, policy, promise, now)).collect();
    found.extend(aftermath::coming(case, policy));
    found.extend(assistance::found(case, policy, now));
    found.extend(
        field::part_due_at(case, policy)
            .map(|(at, expected_on)| (at, Event::PartDue(PartDay { expected_on }))),
    );
    found.extend(waits_until(case, policy).and_then(|at| Some((at, resumed(case, at, policy, calendar)?))));
    found.retain(|(at, _)| *at <= now);
    in_order(found, case.supervised)
}

/// When a question to the requester is no longer waited for.
fn waits_until(case: &Case, policy: &Policy) -> Option<Instant> {
    case.asked_at.map(|at| at.plus_hours(u32::from(policy.asking.days) * 24))
}

/// The result clock going on at a moment, if it stands still: never later than the moment until which it waits, however
/// late somebody looks.
pub(super) fn resumed(case: &Case, until: Instant, policy: &Policy, calendar: &Calendar) -> Option<Event> {
    let until = waits_until(case, policy).map_or(until, |latest| latest.min(until));
    let wait = Wait { from: case.asked_at?, until };
    let waited = case.round().promise(Clock::Result).filter(|_| case.met_at(Clock::Result).is_none());
    let moved = |old: &Promise| {
        let new = due::held_up_by(old.clone(), &[wait], policy, calendar);
        (new != *old).then_some(new)
    };
    Some(Event::Resumed { until, promises: waited.and_then(moved).into_iter().collect() })
}

/// In the order it came due; supervision only climbs.
fn in_order(mut found: Vec<(Instant, Event)>, mut highest: Option<Level>) -> Vec<Event> {
    found.sort_by_key(|(at, _)| *at);
    let events = found.into_iter().map(|(_, event)| event);
    events
        .filter(|event| match event {
            Event::Supervised(order) if Some(order.level) <= highest => false,
            Event::Supervised(order) => {
                highest = Some(order.level);
                true
            }
            _ => true,
        })
        .collect()
}

//! What the clock finds when it looks: reminders before a limit, promises not kept, the ladder of supervision, closing.
//!
//! Everything is recorded once; a server that slept catches up by looking once. The clock never rejects, and what it
//! closes is only closed: without an answer of the requester it never counts as solved (5.3).

use super::event::*;
use super::{Case, Stage};
use crate::calendar::Instant;
use crate::policy::Policy;

/// The next moment at which the clock has something to record on this case, if nothing else happens before.
pub fn next_check(case: &Case, policy: &Policy) -> Option<Instant> {
    let after_days = |at: Instant, days: u16| at.plus_hours(u32::from(days) * 24);
    match case.stage {
        Stage::Replied => case.round().replied_at.map(|at| after_days(at, policy.rating.days)),
        Stage::Rated => case.round().rated_at.map(|at| after_days(at, policy.rating.reopen_days)),
        stage if stage.is_open() => unmet(case).filter_map(|promise| next_of(case, policy, promise)).min(),
        _ => None,
    }
}

/// What is due at `now`, in the order it came due.
pub(super) fn due_events(case: &Case, policy: &Policy, now: Instant) -> Vec<Event> {
    if next_check(case, policy).is_none_or(|at| at > now) {
        return Vec::new();
    }
    match case.stage {
        Stage::Replied => vec![Event::Archived { rated: false }],
        Stage::Rated => vec![Event::Archived { rated: true }],
        _ => {
            let mut events = Vec::new();
            let mut level = case.supervised;
            for promise in unmet(case) {
                look_at(case, policy, promise, now, &mut level, &mut events);
            }
            events
        }
    }
}

fn unmet(case: &Case) -> impl Iterator<Item = &Promise> {
    case.round().promises.iter().filter(|promise| case.met_at(promise.clock).is_none())
}

fn is_missed(case: &Case, promise: &Promise) -> bool {
    case.missed.contains(&(promise.clock, promise.due))
}

/// The moment of a reminder; none when the whole limit is shorter than the notice.
fn reminder_at(promise: &Promise, hours_before: u16) -> Option<Instant> {
    let at = promise.due.plus_ms(-i64::from(hours_before) * 3_600_000);
    (hours_before > 0 && at > promise.from).then_some(at)
}

/// The rungs that hold for a promise: the coordinating office itself is supervised from its own rung upwards.
fn rungs<'a>(policy: &'a Policy, promise: &'a Promise) -> impl Iterator<Item = (Instant, Level)> + 'a {
    policy
        .supervision
        .ladder
        .iter()
        .filter(|rung| promise.clock != Clock::Acknowledge || rung.level > Level::UnitHead)
        .map(|rung| (promise.due.plus_hours(u32::from(rung.hours_after)), rung.level))
}

fn next_of(case: &Case, policy: &Policy, promise: &Promise) -> Option<Instant> {
    if is_missed(case, promise) {
        return rungs(policy, promise)
            .filter(|(_, level)| Some(*level) > case.supervised)
            .map(|(at, _)| at)
            .min();
    }
    let given = |hours: u16| case.reminded.contains(&(promise.clock, promise.due, hours));
    let reminders = policy.supervision.remind_hours_before.iter().filter(|hours| !given(**hours));
    // A later step makes the earlier ones needless: after "4 hours" nobody is told "24 hours".
    let last_given =
        case.reminded.iter().filter(|(clock, due, _)| (*clock, *due) == (promise.clock, promise.due));
    let last_given = last_given.map(|(_, _, hours)| *hours).min().unwrap_or(u16::MAX);
    reminders
        .filter(|hours| **hours < last_given)
        .filter_map(|hours| reminder_at(promise, *hours))
        .chain([promise.due])
        .min()
}

fn look_at(
    case: &Case,
    policy: &Policy,
    promise: &Promise,
    now: Instant,
    level: &mut Option<Level>,
    events: &mut Vec<Event>,
) {
    let (clock, due) = (promise.clock, promise.due);
    if due > now {
        if next_of(case, policy, promise).is_some_and(|at| at <= now) {
            let steps = policy.supervision.remind_hours_before.iter().copied();
            let reached =
                steps.filter(|hours| reminder_at(promise, *hours).is_some_and(|at| at <= now)).min();
            events.extend(reached.map(|hours_before| Event::Reminded { clock, due, hours_before }));
        }
        return;
    }
    if !is_missed(case, promise) {
        events.push(Event::DeadlineMissed { clock, due });
    }
    let mut reached: Vec<_> = rungs(policy, promise).filter(|(at, _)| *at <= now).collect();
    reached.sort();
    for (_, rung) in reached {
        if Some(rung) > *level {
            *level = Some(rung);
            events.push(Event::Supervised { level: rung });
        }
    }
}

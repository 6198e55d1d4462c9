//! One promise in time: reminders before it runs out, the witness that it did, the ladder after that (4.6).

use crate::calendar::Instant;
use crate::case::{Case, Clock, Event, Level, Promise, SupervisionOrder};
use crate::policy::Policy;

/// The promises that are owed and whose clocks run.
pub(super) fn unmet(case: &Case) -> impl Iterator<Item = &Promise> {
    let owed = |promise: &&Promise| case.met_at(promise.clock).is_none() && !case.stands_still(promise);
    case.round().promises.iter().filter(owed)
}

fn is_missed(case: &Case, promise: &Promise) -> bool {
    case.missed.contains(&(promise.clock, promise.due))
}

/// The moment of a reminder; none when the whole limit is shorter than the notice.
fn reminder_at(promise: &Promise, hours_before: u16) -> Option<Instant> {
    let at = promise.due.plus_ms(-i64::from(hours_before) * 3_600_000);
    (hours_before > 0 && at > promise.from).then_some(at)
}

/// The rungs that hold for a promise: the coordinating office itself is supervised from its own rung upwards, and a case
/// that no unit has yet has no head of a unit.
fn rungs<'a>(
    case: &Case,
    policy: &'a Policy,
    promise: &'a Promise,
) -> impl Iterator<Item = (Instant, Level)> + use<'a> {
    let has_head = case.unit.is_some();
    policy
        .supervision
        .ladder
        .iter()
        .filter(move |rung| rung.level > Level::UnitHead || (has_head && promise.clock != Clock::Acknowledge))
        .map(|rung| (promise.due.plus_hours(u32::from(rung.hours_after)), rung.level))
}

/// When the clock next finds something on one promise.
pub(super) fn next_of(case: &Case, policy: &Policy, promise: &Promise) -> Option<Instant> {
    if is_missed(case, promise) {
        return rungs(case, policy, promise)
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

/// What the clock finds on one promise, with the moment each thing came due.
pub(super) fn found_on(
    case: &Case,
    policy: &Policy,
    promise: &Promise,
    now: Instant,
) -> Vec<(Instant, Event)> {
    let (clock, due) = (promise.clock, promise.due);
    if due > now {
        if next_of(case, policy, promise).is_none_or(|at| at > now) {
            return Vec::new();
        }
        let steps = policy.supervision.remind_hours_before.iter().copied();
        let reached = steps.filter_map(|hours| Some((reminder_at(promise, hours)?, hours)));
        let last = reached.filter(|(at, _)| *at <= now).min_by_key(|(_, hours)| *hours);
        let reminded = |(at, hours_before)| (at, Event::Reminded { clock, due, hours_before });
        return last.map(reminded).into_iter().collect();
    }
    // 到期前已申请、还没批的，先记下，批了不算逾期，不批就算。
    let extension_pending = clock == Clock::Result && case.extension_asked.is_some();
    let witnessed = Event::DeadlineMissed { clock, due, extension_pending };
    let missed = (!is_missed(case, promise)).then_some((due, witnessed));
    let climbed = rungs(case, policy, promise)
        .filter(|(at, _)| *at <= now)
        .map(|(at, level)| (at, Event::Supervised(SupervisionOrder::to(level))));
    missed.into_iter().chain(climbed).collect()
}

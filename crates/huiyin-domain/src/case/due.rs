//! Until when: turns the limits a school has set into promised instants (4.1, 4.2).
//!
//! For each clock the first limit that fits holds. A limit of n working days ends at the close of office hours of the
//! n-th working day after the starting day; a case that comes in after the close still has that day as its starting
//! day. Hours run around the clock. Nothing here is stored: the caller puts the promise into the event, where it stays.

use super::{Clock, ClockCalendar, Promise, Route, Urgency, Wait};
use crate::calendar::{Calendar, Day, Instant, TimeOfDay};
use crate::ids::{CategoryId, KindId};
use crate::policy::{Limit, Policy, Statutory};

/// What a limit may depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Circumstances<'a> {
    /// What kind of case.
    pub kind: &'a KindId,
    /// Its category, once known: with the kind it may have a clock by law.
    pub category: Option<&'a CategoryId>,
    /// How pressing.
    pub urgency: Urgency,
    /// Which route it took; none before dispatch, when only limits for every route fit.
    pub route: Option<Route>,
    /// From the second round on.
    pub reopened: bool,
    /// From when it is counted.
    pub from: Instant,
}

/// The promise of one clock, or none when no limit fits.
pub fn promise(
    policy: &Policy,
    calendar: &Calendar,
    clock: Clock,
    of: &Circumstances<'_>,
) -> Option<Promise> {
    counted(policy, calendar, clock, of, of.from)
}

/// The promise of one clock when of its beginning only the hour is kept: hours are counted from the end of that hour, so
/// that nobody's limit is shorter than the rule says.
pub fn promise_of_the_hour(
    policy: &Policy,
    calendar: &Calendar,
    clock: Clock,
    of: &Circumstances<'_>,
) -> Option<Promise> {
    counted(policy, calendar, clock, of, of.from.floor_to_hour().plus_hours(1))
}

fn counted(
    policy: &Policy,
    calendar: &Calendar,
    clock: Clock,
    of: &Circumstances<'_>,
    hours_from: Instant,
) -> Option<Promise> {
    if let Some(promise) = by_statute(policy, calendar, clock, of) {
        return Some(promise);
    }
    let limit = policy.limits.iter().find(|limit| limit.clock == clock && fits(limit, of))?;
    let (due, calendar, provisional) = measure(limit, policy, calendar, of.from, hours_from);
    Some(Promise {
        clock,
        from: of.from,
        due,
        calendar,
        limit: limit.id.clone(),
        clause: limit.clause.clone(),
        provisional,
    })
}

/// The result by the law, where one has set it. Danger is met on the school's own clocks first, whatever the paper is called.
fn by_statute(policy: &Policy, calendar: &Calendar, clock: Clock, of: &Circumstances<'_>) -> Option<Promise> {
    if clock != Clock::Result || of.urgency == Urgency::Critical {
        return None;
    }
    let procedure = policy.statutory_of(of.kind, of.category)?;
    Some(statutory(procedure, policy, calendar, of.from))
}

/// The promise of a procedure counted from a moment.
pub fn statutory(procedure: &Statutory, policy: &Policy, calendar: &Calendar, from: Instant) -> Promise {
    let (day, provisional) = last_day(calendar, from.day(), procedure.days);
    Promise::by_statute(procedure, from, day.at(policy.office.closes), provisional)
}

/// The last of so many days of the calendar: the first day does not count, and what ends on a rest day ends on the working
/// day after it (民法典 201、203).
pub fn last_day(calendar: &Calendar, from: Day, days: u16) -> (Day, bool) {
    let days_before = u32::from(days.saturating_sub(1));
    calendar.nth_working_day_after(from.start().plus_hours(24 * days_before).day(), 1)
}

/// The clocks of a case in the order they run out.
pub const CLOCKS: [Clock; 3] = [Clock::Acknowledge, Clock::FirstReply, Clock::Result];

/// The promises of all clocks, as `huiyin due` prints them.
pub fn table(policy: &Policy, calendar: &Calendar, of: &Circumstances<'_>) -> Vec<Promise> {
    CLOCKS.into_iter().filter_map(|clock| promise(policy, calendar, clock, of)).collect()
}

/// Whether a limit speaks of these circumstances. An empty list of routes, kinds or urgencies means all.
fn fits(limit: &Limit, of: &Circumstances<'_>) -> bool {
    (limit.routes.is_empty() || of.route.is_some_and(|route| limit.routes.contains(&route)))
        && (limit.kinds.is_empty() || limit.kinds.contains(of.kind))
        && (limit.urgencies.is_empty() || limit.urgencies.contains(&of.urgency))
        && (!limit.reopened || of.reopened)
}

fn measure(
    limit: &Limit,
    policy: &Policy,
    calendar: &Calendar,
    from: Instant,
    hours_from: Instant,
) -> (Instant, ClockCalendar, bool) {
    let closes = policy.office.closes;
    if let Some(n) = limit.working_days {
        let (day, provisional) = calendar.nth_working_day_after(from.day(), n);
        (day.at(closes), ClockCalendar::Working, provisional)
    } else if let Some(n) = limit.school_days {
        let (day, provisional) = calendar.nth_school_day_after(from.day(), n, &policy.terms);
        (day.at(closes), ClockCalendar::School, provisional)
    } else if let Some(hours) = limit.hours {
        (hours_from.plus_hours(u32::from(hours)), ClockCalendar::Hours, false)
    } else {
        // 事不过夜: until the midnight that ends the day. `parse` lets no limit through that has no measure at all.
        (from.day().at(TimeOfDay { minutes: 1440 }), ClockCalendar::Hours, false)
    }
}

/// The promise later by every time it stood still (4.5): day limits by the days that count after the day of asking up to and
/// including the day of the answer, hours by the hours. One that had run out before does not move, and one that began
/// within the wait stood still only from its own beginning.
pub fn held_up_by(promise: Promise, waits: &[Wait], policy: &Policy, calendar: &Calendar) -> Promise {
    waits.iter().fold(promise, |promise, wait| held_up(promise, *wait, policy, calendar))
}

fn held_up(mut promise: Promise, wait: Wait, policy: &Policy, calendar: &Calendar) -> Promise {
    if promise.due <= wait.from || promise.is_statutory() {
        return promise;
    }
    let from = wait.from.max(promise.from);
    let (asked, answered) = (from.day(), wait.until.day());
    // The day that a limit fills to its last minute is still that day.
    let last = promise.due.plus_ms(-1).day();
    let (day, provisional) = match promise.calendar {
        ClockCalendar::Hours => {
            promise.due = promise.due.plus_ms((wait.until.0 - from.0).max(0));
            return promise;
        }
        ClockCalendar::Working => {
            let n = days_that_count(asked, answered, |day| calendar.is_working_day(day));
            calendar.nth_working_day_after(last, n)
        }
        ClockCalendar::School => {
            let n = days_that_count(asked, answered, |day| calendar.is_school_day(day, &policy.terms));
            calendar.nth_school_day_after(last, n, &policy.terms)
        }
    };
    promise.due = promise.due.plus_ms(day.start().0 - last.start().0);
    promise.provisional |= provisional;
    promise
}

fn days_that_count(after: Day, until: Day, counts: impl Fn(Day) -> bool) -> u16 {
    let days = std::iter::successors(Some(after.next()), |day| Some(day.next()));
    days.take_while(|day| *day <= until && *day > after).filter(|day| counts(*day)).count() as u16
}

//! When things happen at the demonstration school: people write in the evening, units work by day.

use super::chance::Chance;
use huiyin_domain::calendar::{Calendar, Day, Instant, TimeOfDay};

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// The minutes of a day at which people write, and how often.
const WRITING: [(i64, i64, u32); 5] = [
    (7 * 60, 9 * 60, 10),
    (9 * 60, 12 * 60, 20),
    (12 * 60, 14 * 60, 18),
    (14 * 60, 18 * 60, 22),
    (18 * 60, 24 * 60, 30),
];

/// A moment of this day at which somebody writes.
pub fn written_on(chance: &mut Chance, day: Day) -> Instant {
    let (from, until, _) =
        chance.weighed(&WRITING, |(_, _, weight)| *weight).copied().unwrap_or((0, 24 * 60, 1));
    let minute = chance.between(from, until);
    Instant(day.start().0 + minute * MINUTE_MS + chance.between(0, MINUTE_MS))
}

/// A moment of the last two days at which somebody is awake.
pub fn lately(chance: &mut Chance, now: Instant) -> Instant {
    let at = Instant(now.0 - chance.between(6 * MINUTE_MS, 44 * HOUR_MS));
    let sleeps_until = at.day().start().plus_hours(7);
    if at < sleeps_until && sleeps_until < now { soon(chance, sleeps_until, 0, 120).min(now) } else { at }
}

/// Some hours ago, while people were up.
pub fn earlier_today(chance: &mut Chance, now: Instant) -> Instant {
    let at = Instant(now.0 - chance.between(5 * HOUR_MS, 8 * HOUR_MS));
    let (opens, closes) = (TimeOfDay { minutes: 8 * 60 }, TimeOfDay { minutes: 20 * 60 });
    if at >= at.day().at(opens) && at < at.day().at(closes) {
        return at;
    }
    // By night: the evening before.
    let yesterday = Instant(at.0 - 12 * HOUR_MS).day();
    Instant(yesterday.at(closes).0 - chance.between(0, HOUR_MS))
}

/// How many write on this day, for so many on an ordinary one.
pub fn writers_on(chance: &mut Chance, calendar: &Calendar, day: Day, usual: usize) -> usize {
    let usual = if calendar.is_working_day(day) { usual } else { usual.div_ceil(2) };
    (usual / 2 + chance.below(usual + 1)).max(1)
}

/// So many minutes later, drawn between two.
pub fn soon(chance: &mut Chance, at: Instant, minutes_min: i64, minutes_max: i64) -> Instant {
    Instant(at.0 + chance.between(minutes_min * MINUTE_MS, minutes_max * MINUTE_MS))
}

/// Somebody on duty does it: not between ten in the evening and half past seven.
pub fn on_duty(chance: &mut Chance, at: Instant) -> Instant {
    let minutes = i64::from(at.time_of_day().minutes);
    let (opens, closes) = (7 * 60 + 30, 22 * 60);
    let day = if minutes >= closes { at.day().next() } else { at.day() };
    if (opens..closes).contains(&minutes) {
        return at;
    }
    Instant(day.start().0 + (opens + chance.between(1, 40)) * MINUTE_MS)
}

/// Whether somebody is in the office.
pub fn is_office_time(calendar: &Calendar, at: Instant) -> bool {
    let minutes = at.time_of_day().minutes;
    calendar.is_working_day(at.day()) && (8 * 60 + 10..17 * 60 + 40).contains(&minutes)
}

/// Somebody in the office does it: on a working day, in office hours.
pub fn in_office(chance: &mut Chance, calendar: &Calendar, at: Instant) -> Instant {
    let (opens, closes) = (TimeOfDay { minutes: 8 * 60 + 10 }, TimeOfDay { minutes: 17 * 60 + 40 });
    let mut day = at.day();
    if calendar.is_working_day(day) && at >= day.at(opens) && at < day.at(closes) {
        return at;
    }
    if at >= day.at(opens) {
        day = day.next();
    }
    while !calendar.is_working_day(day) {
        day = day.next();
    }
    Instant(day.at(opens).0 + chance.between(0, 2 * HOUR_MS))
}

/// Before a promised moment: somewhere on the way to it, by day if that is possible.
pub fn before(chance: &mut Chance, at: Instant, due: Instant) -> Instant {
    let left = (due.0 - at.0).max(MINUTE_MS);
    let drawn = Instant(at.0 + left * chance.between(15, 95) / 100);
    let by_day = on_duty(chance, drawn);
    if by_day < due { by_day } else { drawn }
}

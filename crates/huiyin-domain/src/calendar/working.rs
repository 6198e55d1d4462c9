//! Counting working days and school days.

use super::statutory::is_statutory_holiday;
use super::{Day, Instant, TimeOfDay};
use serde::Serialize;
use std::collections::BTreeMap;

/// What the yearly notice says of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DayKind {
    /// 放假
    Holiday,
    /// 调休上班
    Makeup,
}

/// A term of the school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Term {
    /// 2026-2027-1
    pub id: String,
    /// 2026—2027 学年第一学期
    pub name: String,
    /// First day.
    pub from: Day,
    /// Last day.
    pub until: Day,
}

impl Term {
    /// Whether the day lies in this term.
    pub fn contains(&self, day: Day) -> bool {
        self.from <= day && day <= self.until
    }
}

/// The holidays and make-up workdays of the years that are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    listed: BTreeMap<Day, (DayKind, String)>,
    years: BTreeMap<i16, String>,
}

impl Calendar {
    /// Says that everything about this year is listed, and who says so.
    pub fn know_year(&mut self, year: i16, source: &str) {
        self.years.insert(year, source.to_owned());
    }

    /// Lists one day with the name of its festival.
    pub fn list(&mut self, day: Day, kind: DayKind, name: &str) {
        self.listed.insert(day, (kind, name.to_owned()));
    }

    /// Takes over all years and days of another calendar; where both list a day, the other's word holds.
    pub fn merge(&mut self, other: Calendar) {
        self.listed.extend(other.listed);
        self.years.extend(other.years);
    }

    /// Whether this year's notice is in the calendar.
    pub fn knows(&self, year: i16) -> bool {
        self.years.contains_key(&year)
    }

    /// The years that are known with their sources, ascending.
    pub fn years(&self) -> impl Iterator<Item = (i16, &str)> + '_ {
        self.years.iter().map(|(year, source)| (*year, source.as_str()))
    }

    /// Every listed day with its kind and festival, ascending.
    pub fn listed(&self) -> impl Iterator<Item = (Day, DayKind, &str)> + '_ {
        self.listed.iter().map(|(day, (kind, name))| (*day, *kind, name.as_str()))
    }

    /// What the notice says of this day, if anything.
    pub fn word_on(&self, day: Day) -> Option<(DayKind, &str)> {
        self.listed.get(&day).map(|(kind, name)| (*kind, name.as_str()))
    }

    /// Make-up workdays, and Monday to Friday that are not holidays.
    pub fn is_working_day(&self, day: Day) -> bool {
        match self.listed.get(&day) {
            Some((kind, _)) => *kind == DayKind::Makeup,
            None if day.is_weekend() => false,
            None => self.knows(day.year()) || !is_statutory_holiday(day),
        }
    }

    /// The n-th working day after the starting day, which itself does not count (民法典第二百零一条：开始的当日不计入，自下一日
    /// 开始计算), and whether a day on the way lies in a year not yet announced.
    pub fn nth_working_day_after(&self, from: Day, n: u16) -> (Day, bool) {
        self.count(from, n, |day| (self.is_working_day(day), false))
    }

    /// The working day before this day.
    pub fn working_day_before(&self, day: Day) -> Day {
        let mut at = day.before();
        // A run of rest days is a few weeks at most; the first representable day ends the search.
        while !self.is_working_day(at) && at.before() < at {
            at = at.before();
        }
        at
    }

    /// So many minutes later, counting office hours of working days only.
    pub fn plus_working_minutes(
        &self,
        from: Instant,
        minutes: u32,
        opens: TimeOfDay,
        closes: TimeOfDay,
    ) -> Instant {
        let (mut day, mut left_ms) = (from.day(), i64::from(minutes) * 60_000);
        loop {
            let (start, end) = (day.at(opens).max(from), day.at(closes));
            let room_ms = if self.is_working_day(day) { (end.0 - start.0).max(0) } else { 0 };
            if left_ms <= room_ms || day.next() == day {
                return start.plus_ms(left_ms);
            }
            left_ms -= room_ms;
            day = day.next();
        }
    }

    /// A working day inside one of the terms. Outside the span of all terms nothing is known of vacations, so that there
    /// every working day counts.
    pub fn is_school_day(&self, day: Day, terms: &[Term]) -> bool {
        self.is_working_day(day)
            && (terms.iter().any(|term| term.contains(day)) || is_beyond_terms(day, terms))
    }

    /// The n-th school day after the starting day, and whether it is provisional: a day on the way lies in a year not yet
    /// announced or outside the span of the known terms.
    pub fn nth_school_day_after(&self, from: Day, n: u16, terms: &[Term]) -> (Day, bool) {
        self.count(from, n, |day| (self.is_school_day(day, terms), is_beyond_terms(day, terms)))
    }

    /// The year to ask the administrators for: this year when it is missing, from November on the next.
    pub fn missing_year(&self, today: Day) -> Option<i16> {
        let this = today.year();
        if !self.knows(this) {
            Some(this)
        } else if today.0.month() >= 11 && !self.knows(this + 1) {
            Some(this + 1)
        } else {
            None
        }
    }

    fn count(&self, from: Day, n: u16, judge: impl Fn(Day) -> (bool, bool)) -> (Day, bool) {
        let (mut day, mut left, mut provisional) = (from, n, false);
        // The last representable day ends the count, so that no date can make this loop for ever.
        while left > 0 && day.next() > day {
            day = day.next();
            let (counts, uncertain) = judge(day);
            left -= u16::from(counts);
            provisional |= uncertain || !self.knows(day.year());
        }
        (day, provisional)
    }
}

fn is_beyond_terms(day: Day, terms: &[Term]) -> bool {
    let first = terms.iter().map(|term| term.from).min();
    let last = terms.iter().map(|term| term.until).max();
    match (first, last) {
        (Some(first), Some(last)) => day < first || last < day,
        _ => true,
    }
}

//! How many cases of each category came from each place on each day, as far back as is looked: one question to the database,
//! and then sums in memory.

use super::entering::that_may_enter;
use super::window::DAY_MS;
use huiyin_domain::calendar::{Day, Instant, Term};
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::{Filter, Tx};
use huiyin_foundation::error::Error;
use std::collections::BTreeMap;

/// It is looked back so many days: three years and a term.
const BACK_DAYS: i64 = 3 * 364 + 200;
/// Terms of two years belong together when they begin within so many days of the same day of the year.
const SAME_TERM_DAYS: i64 = 28;
/// A year of whole weeks.
pub(super) const YEAR_DAYS: i64 = 364;

/// A category, and a place or none: then all places together.
pub(super) type Subject = (String, String);

/// Days are counted from 1970, in Shanghai.
pub(super) struct History {
    /// The first day on which anything came in.
    pub first: i64,
    /// The last that is over.
    pub last: i64,
    /// For each subject how many came before each day, from `first` on.
    sums: BTreeMap<Subject, Vec<u32>>,
}

/// The number of a day.
pub(super) fn number_of(day: Day) -> i64 {
    (day.start().0 + 8 * 3_600_000).div_euclid(DAY_MS)
}

/// The day of a number.
pub(super) fn day_of(number: i64) -> Day {
    Instant(number * DAY_MS - 8 * 3_600_000).day()
}

impl History {
    /// Up to the end of yesterday.
    pub fn read(tx: &mut Tx, policy: &Policy, now: Instant) -> Result<History, Error> {
        let last = number_of(now.day()) - 1;
        let since = now.day().start().plus_ms(-BACK_DAYS * DAY_MS);
        let filter = Filter::new(
            "select coalesce(category, '') as category, coalesce(place, '') as place,
               (submitted_at + 28800000) / 86400000 as day, count(*) as n
             from cases
             where submitted_at >= ",
        );
        let filter =
            filter.value(since).sql("\n and submitted_at < ").value(now.day().start()).sql("\n and ");
        let filter = that_may_enter(filter, policy);
        let (sql, values) = filter
            .sql(
                "
             group by coalesce(category, ''), coalesce(place, ''), (submitted_at + 28800000) / 86400000
             order by 3",
            )
            .finish();
        // How many came of each category from each place on each day?
        let counts = tx.query_map(sql, &values, |row| {
            Ok::<_, Error>((row.text("category")?, row.text("place")?, row.int("day")?, row.get::<u32>("n")?))
        })?;
        Ok(History::of(&counts, last))
    }

    /// From counts in the order of days.
    pub fn of(counts: &[(String, String, i64, u32)], last: i64) -> History {
        let first = counts.first().map_or(last, |one| one.2);
        let days = usize::try_from(last - first + 1).unwrap_or_default();
        let mut daily: BTreeMap<Subject, Vec<u32>> = BTreeMap::new();
        for (category, place, day, n) in counts.iter().filter(|one| one.2 <= last && !one.0.is_empty()) {
            let at = usize::try_from(day - first).unwrap_or_default();
            for place in [place.as_str(), ""].into_iter().take(if place.is_empty() { 1 } else { 2 }) {
                let subject = (category.clone(), place.to_owned());
                daily.entry(subject).or_insert_with(|| vec![0; days])[at] += n;
            }
        }
        let summed = |days: Vec<u32>| {
            let mut sum = 0;
            let before = days.into_iter().map(|n| {
                sum += n;
                sum
            });
            std::iter::once(0).chain(before.collect::<Vec<_>>()).collect()
        };
        History {
            first,
            last,
            sums: daily.into_iter().map(|(subject, days)| (subject, summed(days))).collect(),
        }
    }

    /// What was counted at all.
    pub fn subjects(&self) -> impl Iterator<Item = &Subject> {
        self.sums.keys()
    }

    /// How many from one day until another, both counted; days of which nothing is known count nothing.
    pub fn count(&self, subject: &Subject, from: i64, until: i64) -> u32 {
        let Some(sums) = self.sums.get(subject) else { return 0 };
        let at = |day: i64| {
            usize::try_from((day - self.first).clamp(0, sums.len() as i64 - 1)).unwrap_or_default()
        };
        sums[at(until + 1)] - sums[at(from)]
    }

    /// How many places a category came from between two days.
    pub fn places(&self, category: &str, from: i64, until: i64) -> usize {
        let of_it = self.sums.keys().filter(|one| one.0 == category && !one.1.is_empty());
        of_it.filter(|one| self.count(one, from, until) > 0).count()
    }
}

/// The day of an earlier year that stands at the same place of the term: of the term that began about the same time, where the
/// settings know it, else the same weekday of the year.
pub(super) fn same_day(day: i64, years: i64, terms: &[Term]) -> i64 {
    let plain = day - years * YEAR_DAYS;
    let span = |term: &Term| (number_of(term.from), number_of(term.until));
    let Some((from, _)) = terms.iter().map(span).find(|(from, until)| (*from..=*until).contains(&day)) else {
        return plain;
    };
    let begins = from - years * YEAR_DAYS;
    let then = terms.iter().map(|term| span(term).0).find(|other| (other - begins).abs() <= SAME_TERM_DAYS);
    then.map_or(plain, |then| then + (day - from))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(from: &str, until: &str) -> Term {
        let (from, until) = (from.parse().unwrap(), until.parse().unwrap());
        Term { id: String::new(), name: String::new(), from, until }
    }

    fn number(day: &str) -> i64 {
        number_of(day.parse().unwrap())
    }

    #[test]
    fn days_have_numbers_and_numbers_days() {
        let day: Day = "2026-11-24".parse().unwrap();
        assert_eq!(day_of(number_of(day)), day);
        assert_eq!(number("2026-11-25"), number("2026-11-24") + 1);
    }

    #[test]
    fn the_same_week_of_the_term_is_found_in_the_year_before() {
        let terms = [term("2025-09-08", "2026-01-18"), term("2026-08-31", "2027-01-17")];
        assert_eq!(same_day(number("2026-09-02"), 1, &terms), number("2025-09-10"));
        assert_eq!(same_day(number("2026-09-02"), 1, &terms[1..]), number("2025-09-03"));
        assert_eq!(same_day(number("2026-08-03"), 1, &terms), number("2025-08-04"));
    }

    #[test]
    fn what_is_counted_at_a_place_is_counted_of_the_category_too() {
        let counts =
            [("water", "a", 100, 2), ("water", "b", 101, 1), ("water", "", 103, 4), ("", "a", 103, 9)];
        let counts = counts.map(|(category, place, day, n)| (category.to_owned(), place.to_owned(), day, n));
        let history = History::of(&counts, 110);
        let count = |place: &str, from, until| history.count(&("water".into(), place.into()), from, until);
        assert_eq!((count("a", 90, 110), count("b", 100, 100), count("b", 101, 101)), (2, 0, 1));
        assert_eq!((count("", 100, 110), count("", 104, 110), count("", 101, 103)), (7, 0, 5));
        assert_eq!((history.places("water", 100, 100), history.places("water", 90, 110)), (1, 2));
        assert_eq!(history.subjects().count(), 3);
    }
}

//! More than usual (7.1): of each category, at each place and in all, the seven days that are over against what was to be
//! expected in that week of the term.
//!
//! How unlikely a number must be before it is told follows from how many false alarms a month the school allows, and from
//! how many numbers are looked at. The same rule is tried on the past half year, so that the page can say how often it would
//! have spoken.

use super::chance::Expected;
use super::entering::that_may_enter;
use super::history::{History, Subject, day_of, number_of, same_day};
use super::state;
use super::warnings::{self, Kind, Warning};
use super::window::DAY_MS;
use huiyin_domain::calendar::{Instant, Term};
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::{Filter, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;

/// The days that are looked at together.
pub(super) const SPAN_DAYS: i64 = 7;
/// What is usual is learned from so many weeks before.
const WEEKS: i64 = 12;
/// Fewer weeks than these say nothing.
const WEEKS_MIN: i64 = 4;
/// It is looked back so many years.
const YEARS: i64 = 3;
/// A season is believed as far as it has more than so many cases.
const SEASON_DOUBT: f64 = 5.0;
/// The same is not told again within so many days.
const QUIET_DAYS: i64 = 14;
/// The rule is tried on so many days.
const TRIED_DAYS: i64 = 180;
const MONTH_DAYS: f64 = 30.4;
/// Fewer are never told, and no fewer people.
pub(super) const FEWEST: u32 = 3;
/// A rise is told from so many times the usual on.
const RISE: f64 = 1.5;
/// What of a category comes from one place that is told already is not told once more.
const EXPLAINED: f64 = 0.6;

/// A number that was looked at, with what was to be expected.
#[derive(Clone, Debug)]
pub(super) struct Look {
    pub subject: Subject,
    pub observed: u32,
    pub expected: f64,
    pub chance: f64,
}

/// What the rule would have said in the past.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tried {
    pub days: i64,
    pub warnings: usize,
    pub subjects: usize,
}

/// Looks once a day; tells how many were told.
///
/// # Errors
/// What stands in the way of reading or writing.
pub async fn look_for_rises(app: &App) -> Result<u64, Error> {
    let now = app.now();
    let today = number_of(now.day());
    let school = app.clone();
    let looked = app
        .db
        .read(move |tx| {
            if state::noted(tx, "rises")?.is_some_and(|(day, _)| day == today) {
                return Ok(None);
            }
            let in_force = school.policy_in_force();
            let history = History::read(tx, &in_force.policy, now)?;
            let (terms, allowed) = (&in_force.policy.terms, in_force.policy.warnings.false_alarms_per_month);
            let rises = rises(&history, history.last, terms, allowed);
            Ok::<_, Error>(Some((rises, tried(&history, terms, allowed))))
        })
        .await?;
    let Some((rises, tried)) = looked else { return Ok(0) };
    let school = app.clone();
    app.db
        .write(move |tx| {
            let in_force = school.policy_in_force();
            let mut told = 0;
            for look in &rises {
                told += u64::from(tell(tx, &school, &in_force.policy, look, now)?);
            }
            state::note(tx, "rises", today, "")?;
            let words = format!("{} {}", tried.days, tried.subjects);
            state::note(tx, "rises tried", tried.warnings as i64, &words)?;
            Ok::<_, Error>(told)
        })
        .await
}

/// What the rule would have said in the past, as it was tried last.
pub(super) fn as_tried(tx: &mut Tx) -> Result<Option<Tried>, Error> {
    let Some((warnings, words)) = state::noted(tx, "rises tried")? else { return Ok(None) };
    let mut numbers = words.split(' ').filter_map(|number| number.parse::<i64>().ok());
    let (days, subjects) = (numbers.next().unwrap_or_default(), numbers.next().unwrap_or_default());
    let count = |n: i64| usize::try_from(n).unwrap_or_default();
    Ok(Some(Tried { days, warnings: count(warnings), subjects: count(subjects) }))
}

/// What rose in the week that ends on this day, the unlikeliest first.
pub(super) fn rises(history: &History, day: i64, terms: &[Term], allowed: u16) -> Vec<Look> {
    let looked_at: Vec<&Subject> =
        history.subjects().filter(|one| history.count(one, day - 7 * WEEKS, day) > 0).collect();
    let threshold = f64::from(allowed) / (looked_at.len().max(1) as f64 * MONTH_DAYS);
    let mut rises: Vec<Look> = looked_at
        .into_iter()
        .filter_map(|subject| look(history, subject, day, terms))
        .filter(|look| look.chance <= threshold && f64::from(look.observed) >= RISE * look.expected)
        .collect();
    rises.sort_by(|one, other| one.chance.total_cmp(&other.chance).then(one.subject.cmp(&other.subject)));
    let from_places = rises.clone();
    rises.retain(|look| {
        let is_explained = |other: &Look| {
            other.subject.0 == look.subject.0
                && !other.subject.1.is_empty()
                && f64::from(other.observed) >= EXPLAINED * f64::from(look.observed)
        };
        !look.subject.1.is_empty() || !from_places.iter().any(is_explained)
    });
    rises
}

/// A number against what was to be expected; none where too little is known.
fn look(history: &History, subject: &Subject, day: i64, terms: &[Term]) -> Option<Look> {
    let begins = day - SPAN_DAYS + 1;
    let observed = history.count(subject, begins, day);
    let weeks = ((begins - history.first) / 7).min(WEEKS);
    if observed < FEWEST || weeks < WEEKS_MIN {
        return None;
    }
    let counted = |subject: &Subject| f64::from(history.count(subject, begins - 7 * weeks, begins - 1));
    let whole = (subject.0.clone(), String::new());
    let usual = if subject.1.is_empty() {
        counted(&whole) / weeks as f64
    } else {
        let places = history.places(&subject.0, begins - 7 * weeks, begins - 1).max(1);
        counted(&whole) / weeks as f64 / places as f64
    };
    let worth = season(history, &whole, begins, terms);
    let expected = Expected::from(counted(subject), weeks as f64, usual, worth);
    Some(Look {
        subject: subject.clone(),
        observed,
        expected: expected.mean(),
        chance: expected.at_least(observed),
    })
}

/// How many usual weeks this week of the term was worth in earlier years, of the category at all places.
fn season(history: &History, whole: &Subject, begins: i64, terms: &[Term]) -> f64 {
    let (mut then, mut before) = (0.0, 0.0);
    for year in 1..=YEARS {
        let from = same_day(begins, year, terms);
        let weeks = ((from - history.first) / 7).min(WEEKS);
        if weeks >= WEEKS_MIN {
            then += f64::from(history.count(whole, from, from + SPAN_DAYS - 1));
            before += f64::from(history.count(whole, from - 7 * weeks, from - 1)) / weeks as f64;
        }
    }
    ((then + SEASON_DOUBT) / (before + SEASON_DOUBT)).clamp(0.2, 5.0)
}

/// How often the rule would have spoken on the days of the past half year.
pub(super) fn tried(history: &History, terms: &[Term], allowed: u16) -> Tried {
    let from = (history.last - TRIED_DAYS + 1).max(history.first + 7 * WEEKS_MIN + SPAN_DAYS);
    let mut said: Vec<(Subject, i64)> = Vec::new();
    for day in from..=history.last {
        for look in rises(history, day, terms, allowed) {
            let is_new = |(subject, at): &(Subject, i64)| *subject != look.subject || *at + QUIET_DAYS <= day;
            if said.iter().all(is_new) {
                said.push((look.subject, day));
            }
        }
    }
    let subjects = history.subjects().count();
    Tried { days: (history.last - from + 1).max(0), warnings: said.len(), subjects }
}

/// Tells the office of a rise, if enough people stand behind it and it was not told lately.
fn tell(tx: &mut Tx, app: &App, policy: &Policy, look: &Look, now: Instant) -> Result<bool, Error> {
    let (category, place) = &look.subject;
    let subject = format!("{category} {place}");
    if warnings::was_raised(tx, Kind::Burst, &subject, Instant(now.0 - QUIET_DAYS * DAY_MS), now)? {
        return Ok(false);
    }
    let (cases, people) = behind(tx, policy, (category, place), now)?;
    if people < i64::from(FEWEST) {
        return Ok(false);
    }
    let warning = Warning {
        category: category.clone(),
        place: place.clone(),
        expected: look.expected,
        chance: look.chance,
        ..Warning::of_crowd(Kind::Burst, &subject, now, SPAN_DAYS, (cases, people))
    };
    warnings::raise(tx, app, &warning)?;
    Ok(true)
}

/// How many cases of a category at a place came in during the days that were looked at on this day, and of how many people: as
/// they stand now.
pub(super) fn behind(
    tx: &mut Tx,
    policy: &Policy,
    (category, place): (&str, &str),
    looked_at: Instant,
) -> Result<(i64, i64), Error> {
    let until = looked_at.day().start();
    let from = day_of(number_of(looked_at.day()) - SPAN_DAYS).start();
    let filter = Filter::new(
        "select count(*) as cases, count(distinct coalesce(requester_key, '')) as people
         from cases
         where submitted_at >= ",
    );
    let filter = filter.value(from).sql("\n and submitted_at < ").value(until);
    let filter = filter.sql("\n and category = ").value(category);
    let filter = filter.sql("\n and (coalesce(place, '') = ").value(place);
    let filter = filter.sql(" or ").value(place).sql(" = '')\n and ");
    let (sql, values) = that_may_enter(filter, policy).finish();
    // How many people stand behind this number?
    let row = tx.query_one(sql, &values)?;
    Ok((row.int("cases")?, row.int("people")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many cases of heating a week at each of three places, every week for so long.
    fn calm(weeks: i64, last: i64) -> Vec<(String, String, i64, u32)> {
        let mut counts = Vec::new();
        for day in last - 7 * weeks + 1..=last {
            if day % 2 == 0 {
                let place = ["a", "b", "c"][usize::try_from(day / 2 % 3).unwrap()];
                counts.push(("heating".to_owned(), place.to_owned(), day, 1));
            }
        }
        counts
    }

    fn with(mut counts: Vec<(String, String, i64, u32)>, day: i64, n: u32) -> History {
        let last = counts.last().unwrap().2.max(day);
        counts.push(("heating".to_owned(), "a".to_owned(), day, n));
        counts.sort_by_key(|one| one.2);
        History::of(&counts, last)
    }

    #[test]
    fn what_is_as_usual_is_not_told() {
        let history = with(calm(30, 20_000), 20_000, 1);
        assert!(rises(&history, history.last, &[], 4).is_empty());
        assert!(tried(&history, &[], 4).warnings <= 1);
    }

    #[test]
    fn a_rise_at_one_place_is_told_with_its_numbers_and_once() {
        let history = with(calm(30, 20_000), 20_000, 9);
        let rises = rises(&history, history.last, &[], 4);
        assert_eq!(rises.len(), 1, "{rises:?}");
        let rise = &rises[0];
        assert_eq!(rise.subject, ("heating".to_owned(), "a".to_owned()));
        assert!(rise.observed >= 9 && rise.expected < 3.0 && rise.chance < 0.001, "{rise:?}");
    }

    #[test]
    fn what_comes_every_year_in_this_week_surprises_less() {
        let last = 20_000;
        let every_year: Vec<_> = calm(160, last)
            .into_iter()
            .chain([1, 2, 3].map(|year| ("heating".to_owned(), "a".to_owned(), last - 364 * year, 9)))
            .collect();
        let surprised = with(calm(160, last), last, 9);
        let expecting = with(every_year, last, 9);
        let chance = |history: &History| look(history, &("heating".into(), "a".into()), last, &[]).unwrap();
        assert!(chance(&expecting).chance > chance(&surprised).chance);
        assert!(chance(&expecting).expected > 1.5 * chance(&surprised).expected);
    }

    #[test]
    fn more_false_alarms_allowed_make_no_fewer_warnings() {
        let history = with(calm(60, 20_000), 19_950, 5);
        let warnings = |allowed| tried(&history, &[], allowed).warnings;
        assert!(warnings(1) <= warnings(4) && warnings(4) <= warnings(30));
        assert!(warnings(30) >= 1);
    }

    #[test]
    fn a_new_school_knows_nothing_usual_yet() {
        let history = with(calm(3, 20_000), 20_000, 9);
        assert!(rises(&history, history.last, &[], 100).is_empty());
    }
}

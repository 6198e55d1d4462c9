//! The season forecast (7.1): how many of each category are to be expected in the next four weeks, from the same weeks of the
//! term in earlier years and from how this year compares with the last; with the span in which four fifths of such numbers
//! lie. Where less than a year is known, it says so and forecasts nothing.

use super::chance::Expected;
use super::history::{History, Subject, YEAR_DAYS, day_of, number_of, same_day};
use super::side::beside;
use super::topics::category_name;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use huiyin_domain::access::Role;
use huiyin_domain::calendar::{Day, Term};
use huiyin_domain::policy::Policy;
use huiyin_foundation::error::Error;
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, html};
use std::collections::BTreeSet;

/// It looks ahead so many weeks.
const AHEAD: i64 = 4;
const YEARS: i64 = 3;
/// This year is compared with the last by so many days.
const LEVEL_DAYS: i64 = 84;
/// The comparison is believed as far as it rests on more than so many cases.
const LEVEL_DOUBT: f64 = 10.0;
/// Of what had fewer in these weeks of all earlier years nothing is said.
const COUNT_MIN: u32 = 5;
/// A place is named from so many of the earlier cases on.
const PLACE_MIN: u32 = 3;
const PLACES: usize = 3;

/// A number with the span in which it will probably lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Likely {
    pub mean: f64,
    pub low: u32,
    pub high: u32,
}

impl Likely {
    /// As a whole number.
    pub fn shown(&self) -> String {
        format!("{:.0}", self.mean)
    }
}

/// What is to be expected of a category.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub category: String,
    pub name: String,
    pub all: Likely,
    pub weeks: Vec<Likely>,
    /// How many came in these weeks of each earlier year, the latest first.
    pub before: Vec<u32>,
    pub places: Vec<String>,
}

/// The forecast, or how many weeks are known where that is too few.
pub(super) struct Forecast {
    pub known_weeks: i64,
    pub years: i64,
    /// The Mondays of the weeks.
    pub weeks: Vec<Day>,
    pub lines: Vec<Line>,
}

impl Forecast {
    /// From what is known up to yesterday.
    pub fn of(history: &History, policy: &Policy) -> Forecast {
        let known_days = history.last - history.first + 1;
        let monday = next_monday(history.last + 1);
        let years = (known_days / YEAR_DAYS).min(YEARS);
        let weeks: Vec<i64> = (0..AHEAD).map(|week| monday + 7 * week).collect();
        let categories: BTreeSet<&str> =
            history.subjects().map(|one| one.0.as_str()).filter(|_| years > 0).collect();
        let mut lines: Vec<Line> =
            categories.into_iter().filter_map(|one| line(history, policy, one, &weeks, years)).collect();
        lines.sort_by(|one, other| {
            other.all.mean.total_cmp(&one.all.mean).then(one.category.cmp(&other.category))
        });
        Forecast { known_weeks: known_days / 7, years, weeks: weeks.into_iter().map(day_of).collect(), lines }
    }
}

fn line(history: &History, policy: &Policy, category: &str, weeks: &[i64], years: i64) -> Option<Line> {
    let terms = &policy.terms;
    let subject = (category.to_owned(), String::new());
    let before: Vec<u32> = (1..=years).map(|year| in_weeks(history, &subject, weeks, year, terms)).collect();
    if before.iter().sum::<u32>() < COUNT_MIN {
        return None;
    }
    let level = level(history, &subject, terms);
    let likely = |counts: Vec<u32>| {
        let sum: f64 = counts.iter().map(|n| f64::from(*n)).sum();
        let expected = Expected::from(sum, years as f64, sum / years as f64, level);
        Likely { mean: expected.mean(), low: expected.quantile(0.1), high: expected.quantile(0.9) }
    };
    let of_week = |week: &i64| {
        likely((1..=years).map(|year| in_weeks(history, &subject, &[*week], year, terms)).collect())
    };
    let mut places: Vec<(u32, &Subject)> = history
        .subjects()
        .filter(|one| one.0 == category && !one.1.is_empty())
        .map(|one| ((1..=years).map(|year| in_weeks(history, one, weeks, year, terms)).sum(), one))
        .filter(|(n, _)| *n >= PLACE_MIN)
        .collect();
    places.sort_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(other.1)));
    let place =
        |id: &str| policy.places.iter().find(|place| place.id.as_str() == id).map(|one| one.name.clone());
    Some(Line {
        name: category_name(policy, category)?,
        all: likely(before.clone()),
        weeks: weeks.iter().map(of_week).collect(),
        before,
        places: places.into_iter().take(PLACES).filter_map(|(_, one)| place(&one.1)).collect(),
        category: category.to_owned(),
    })
}

/// How many came in these weeks so many years before.
fn in_weeks(history: &History, subject: &Subject, weeks: &[i64], year: i64, terms: &[Term]) -> u32 {
    let from = |week: i64| same_day(week, year, terms);
    weeks.iter().map(|week| history.count(subject, from(*week), from(*week) + 6)).sum()
}

/// How many times as much comes in this year as in the last.
fn level(history: &History, subject: &Subject, terms: &[Term]) -> f64 {
    let until = history.last;
    let now = history.count(subject, until - LEVEL_DAYS + 1, until);
    let then = same_day(until, 1, terms);
    let before = history.count(subject, then - LEVEL_DAYS + 1, then);
    ((f64::from(now) + LEVEL_DOUBT) / (f64::from(before) + LEVEL_DOUBT)).clamp(0.5, 2.0)
}

/// The first Monday from this day on.
fn next_monday(day: i64) -> i64 {
    let offset = i64::from(day_of(day).0.weekday().to_monday_zero_offset());
    if offset == 0 { day } else { day + 7 - offset }
}

#[derive(Template)]
#[template(path = "insight/forecast.html")]
struct Paper {
    page: Page,
    forecast: Forecast,
    weeks: Vec<String>,
    as_of: String,
    may_act: bool,
}

/// GET /staff/forecast
pub(super) async fn show(State(app): State<App>, page: Page) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let now = app.now();
    let settings = in_force.clone();
    let forecast = app
        .db
        .read(move |tx| {
            let history = History::read(tx, &settings.policy, now)?;
            Ok::<_, Error>(Forecast::of(&history, &settings.policy))
        })
        .await?;
    html(Paper {
        weeks: forecast
            .weeks
            .iter()
            .map(|day| format!("{} 月 {} 日起", day.0.month(), day.0.day()))
            .collect(),
        as_of: say::day_long(now, day_of(number_of(now.day()) - 1)),
        forecast,
        may_act: page.visitor.has(Role::Clerk),
        page: beside(page.titled("季节预报"), &in_force.policy).back_to("/staff/warnings"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use huiyin_foundation::testing::TestSchool;

    /// A Monday.
    const MONDAY: i64 = 20_780;

    fn policy() -> Policy {
        TestSchool::new().policy_in_force().policy.clone()
    }

    fn heating(policy: &Policy) -> String {
        policy.categories[0].id.as_str().to_owned()
    }

    #[test]
    fn a_monday_is_a_monday() {
        assert_eq!(
            (next_monday(MONDAY), next_monday(MONDAY + 1), next_monday(MONDAY - 1)),
            (MONDAY, MONDAY + 7, MONDAY)
        );
    }

    #[test]
    fn what_came_in_these_weeks_of_earlier_years_is_to_be_expected_again() {
        let mut policy = policy();
        policy.terms.clear();
        let category = heating(&policy);
        let mut counts = Vec::new();
        for year in [2, 1] {
            for week in 0..4 {
                let day = MONDAY - 364 * year + 7 * week;
                counts.push((category.clone(), String::new(), day, if week == 2 { 20 } else { 3 }));
            }
        }
        counts.push((category.clone(), String::new(), MONDAY - 7, 1));
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.insert(0, (category, String::new(), MONDAY - 364 * 2 - 30, 1));
        let forecast = Forecast::of(&History::of(&counts, MONDAY - 1), &policy);
        assert_eq!((forecast.years, forecast.lines.len()), (2, 1));
        let line = &forecast.lines[0];
        assert_eq!(line.before, [29, 29]);
        assert!(line.weeks[2].mean > 3.0 * line.weeks[0].mean, "{line:?}");
        assert!(f64::from(line.all.low) < line.all.mean && line.all.mean < f64::from(line.all.high));
        assert!(line.all.mean > 20.0 && line.all.mean < 40.0, "{line:?}");
    }

    #[test]
    fn less_than_a_year_is_no_ground_for_a_forecast() {
        let policy = policy();
        let counts = [(heating(&policy), String::new(), MONDAY - 200, 50)];
        let forecast = Forecast::of(&History::of(&counts, MONDAY - 1), &policy);
        assert_eq!((forecast.years, forecast.lines.len(), forecast.known_weeks), (0, 0, 28));
    }
}

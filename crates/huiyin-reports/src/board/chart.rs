//! What came in and what was answered, day by day, drawn as two lines by the server; the same numbers stand in a table.

use super::period::Period;
use crate::figures::Counts;
use huiyin_domain::case::Measure;
use std::collections::BTreeMap;
use std::fmt::Write;

const LEFT: i64 = 40;
const RIGHT: i64 = 590;
const TOP: i64 = 14;
const BOTTOM: i64 = 170;

/// A day in numbers.
pub(crate) struct DayLine {
    pub day: String,
    pub received: i64,
    pub replied: i64,
}

/// A line across, or a mark below.
pub(crate) struct Mark {
    pub at: i64,
    pub words: String,
}

/// The drawing.
pub(crate) struct Chart {
    pub days: Vec<DayLine>,
    pub received: String,
    pub replied: String,
    pub across: Vec<Mark>,
    pub below: Vec<Mark>,
    /// Where the words at the right ends stand.
    pub received_end: i64,
    pub replied_end: i64,
    /// The finding in one sentence.
    pub finding: String,
}

impl Chart {
    pub(crate) fn of(period: &Period, counts: &BTreeMap<String, Counts>) -> Chart {
        let number = |day: &str, measure| counts.get(day).map_or(0, |counts| counts.of(measure));
        let days: Vec<DayLine> = period
            .days()
            .into_iter()
            .map(|day| day.to_string())
            .map(|day| DayLine {
                received: number(&day, Measure::Received),
                replied: number(&day, Measure::Replied),
                day,
            })
            .collect();
        let highest = days.iter().map(|day| day.received.max(day.replied)).max().unwrap_or_default();
        let step = step(highest);
        let top = (highest.max(1) + step - 1) / step * step;
        let y = |n: i64| BOTTOM - n * (BOTTOM - TOP) / top;
        let last = days.len().saturating_sub(1).max(1) as i64;
        let x = |place: usize| LEFT + place as i64 * (RIGHT - LEFT) / last;
        let line = |of: fn(&DayLine) -> i64| {
            days.iter().enumerate().fold(String::new(), |mut points, (place, day)| {
                // Writing to a string cannot fail.
                let _ = write!(points, "{},{} ", x(place), y(of(day)));
                points
            })
        };
        let end = |of: fn(&DayLine) -> i64| days.last().map_or(BOTTOM, |day| y(of(day)) + 4);
        let (received_end, replied_end) = apart(end(|day| day.received), end(|day| day.replied));
        let every = days.len().div_ceil(6).max(1);
        let marks = days.iter().enumerate().filter(|(place, _)| place % every == 0);
        Chart {
            received: line(|day| day.received),
            replied: line(|day| day.replied),
            across: (0..=top / step)
                .map(|n| Mark { at: y(n * step), words: (n * step).to_string() })
                .collect(),
            below: marks.map(|(place, day)| Mark { at: x(place), words: day.day[5..].to_owned() }).collect(),
            received_end,
            replied_end,
            finding: finding(&days),
            days,
        }
    }
}

/// A round step that makes three to five lines across.
fn step(highest: i64) -> i64 {
    let mut step = 1;
    for factor in [2, 5, 2].into_iter().cycle() {
        if highest <= step * 4 {
            break;
        }
        step = if factor == 5 { step / 2 * 5 } else { step * 2 };
    }
    step
}

/// Words at the ends must not lie on one another.
fn apart(one: i64, other: i64) -> (i64, i64) {
    match one - other {
        -13..=0 => (other - 14, other),
        1..=13 => (other + 14, other),
        _ => (one, other),
    }
}

fn finding(days: &[DayLine]) -> String {
    let received: i64 = days.iter().map(|day| day.received).sum();
    let replied: i64 = days.iter().map(|day| day.replied).sum();
    let busiest = days.iter().max_by_key(|day| day.received).filter(|day| day.received > 0);
    let peak =
        busiest.map_or_else(String::new, |day| format!("，{} 收到最多，{} 件", &day.day[5..], day.received));
    format!("共收到 {received} 件，答复 {replied} 件{peak}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_round_and_lines_across_are_few() {
        for (highest, wanted) in [(0, 1), (3, 1), (5, 2), (9, 5), (21, 10), (72, 20), (90, 50), (1000, 500)] {
            let step = step(highest);
            assert_eq!(step, wanted, "{highest}");
        }
    }

    #[test]
    fn words_at_the_ends_are_kept_apart() {
        assert_eq!(apart(50, 50), (36, 50));
        assert_eq!(apart(60, 50), (64, 50));
        assert_eq!(apart(20, 90), (20, 90));
    }
}

//! Weeks as pairs of bars, drawn as SVG by the server, with the same numbers in a table.

use super::queries::Counted;
use huiyin_domain::calendar::{Day, Instant};
use huiyin_domain::case::Measure;

const WIDTH: u64 = 720;
const HEIGHT: u64 = 150;
const WEEK_MS: i64 = 7 * 86_400_000;

/// The Mondays of the last weeks, the oldest first; the last is this week's.
pub(super) fn mondays(now: Instant, weeks: u32) -> Vec<Day> {
    let into_week = i64::from(now.day().0.weekday().to_monday_zero_offset());
    let monday = now.day().start().plus_ms(-into_week * 86_400_000);
    (0..i64::from(weeks)).rev().map(|back| monday.plus_ms(-back * WEEK_MS).day()).collect()
}

/// One week.
pub(super) struct Week {
    /// 11-23
    pub label: String,
    /// Cases given to the unit.
    pub came: u64,
    /// Answers.
    pub answered: u64,
    x: u64,
    width: u64,
    highest: u64,
}

/// The chart.
pub(super) struct Bars {
    /// Its weeks.
    pub weeks: Vec<Week>,
    /// What it shows, in one sentence.
    pub finding: String,
}

impl Bars {
    /// Sums the counts by week.
    pub fn of(mondays: &[Day], counted: &[Counted]) -> Bars {
        let step = WIDTH / (mondays.len() as u64).max(1);
        let width = (step * 2 / 5).max(2);
        let sum = |from: Day, measure: Measure| {
            let until = from.start().plus_ms(WEEK_MS).day();
            let of_week = counted.iter().filter(|one| one.day >= from && one.day < until);
            of_week.filter(|one| one.measure == measure.word()).map(|one| one.n).sum::<u64>()
        };
        let figures: Vec<(u64, u64)> =
            mondays.iter().map(|day| (sum(*day, Measure::Assigned), sum(*day, Measure::Replied))).collect();
        let highest = figures.iter().map(|(came, answered)| *came.max(answered)).max().unwrap_or(0).max(1);
        let weeks = mondays.iter().zip(&figures).enumerate().map(|(place, (day, (came, answered)))| Week {
            label: format!("{:02}-{:02}", day.0.month(), day.0.day()),
            came: *came,
            answered: *answered,
            x: place as u64 * step + (step - 2 * width) / 2,
            width,
            highest,
        });
        let (came, answered) =
            figures.iter().fold((0, 0), |(came, answered), (c, a)| (came + c, answered + a));
        let finding = match answered.cmp(&came) {
            std::cmp::Ordering::Less => {
                format!("{came} 件交来，{answered} 件答复，还差 {} 件", came - answered)
            }
            std::cmp::Ordering::Equal if came == 0 => "这段时间没有交来的件".to_owned(),
            _ => format!("{came} 件交来，{answered} 件答复，没有积压"),
        };
        Bars { weeks: weeks.collect(), finding }
    }

    /// The words of the whole chart for those who do not see it.
    pub fn label(&self) -> String {
        let now = self.weeks.last();
        let week = now.map(|week| format!("；本周交来 {} 件，答复 {} 件", week.came, week.answered));
        format!("按周：{}{}", self.finding, week.unwrap_or_default())
    }
}

impl Week {
    fn height(&self, n: u64) -> u64 {
        n * HEIGHT / self.highest
    }

    /// The rectangles of the week: class, x, y, width, height.
    pub fn boxes(&self) -> [(&'static str, u64, u64, u64, u64); 2] {
        let of = |class, x, n| (class, x, HEIGHT - self.height(n) + 20, self.width, self.height(n));
        [of("came", self.x, self.came), of("answered", self.x + self.width, self.answered)]
    }

    /// Where its label stands.
    pub fn middle(&self) -> u64 {
        self.x + self.width
    }

    /// The height at which its figures stand.
    pub fn top(&self) -> u64 {
        HEIGHT - self.height(self.came.max(self.answered)) + 14
    }

    /// Whether this week begins a new label: every one of few, every other of many.
    pub fn is_labelled(&self, place: &usize, of: usize) -> bool {
        of <= 12 || (of - 1 - place).is_multiple_of(4)
    }
}

//! What a measurement is: rounds, their median and spread, and how busy the machine was meanwhile.

use std::time::Duration;

/// One round of a closed loop.
pub struct Round {
    /// Things done in a second.
    pub rate: f64,
    /// How long half of them took at most, in microseconds.
    pub p50_us: u32,
    /// How long 99 of 100 took at most, in microseconds.
    pub p99_us: u32,
}

impl Round {
    /// Sums up the times of single things done within this time.
    pub fn of(mut times_us: Vec<u32>, took: Duration) -> Round {
        times_us.sort_unstable();
        let rank = |share: f64| -> u32 {
            let at = (times_us.len() as f64 * share).ceil() as usize;
            times_us.get(at.saturating_sub(1)).copied().unwrap_or_default()
        };
        Round { rate: times_us.len() as f64 / took.as_secs_f64(), p50_us: rank(0.50), p99_us: rank(0.99) }
    }
}

/// A figure with everything a reader needs to doubt it.
pub struct Figure {
    /// What was measured.
    pub what: String,
    /// The middle round's value.
    pub median: f64,
    /// The lowest and the highest round.
    pub spread: (f64, f64),
    /// How many rounds.
    pub rounds: usize,
    /// What the value counts, written after it.
    pub unit: &'static str,
    /// More that belongs to it: percentiles, the ratio to a yardstick.
    pub note: String,
    /// The budget in words, and whether it is met; none for yardsticks.
    pub budget: Option<(String, bool)>,
    /// How much dearer it is than at the smaller school, if there was one.
    pub growth: Option<f64>,
    /// The load average when it was done.
    pub load: f64,
}

impl Figure {
    /// A figure from one value a round.
    pub fn of(what: impl Into<String>, unit: &'static str, mut values: Vec<f64>) -> Figure {
        values.sort_by(f64::total_cmp);
        let at = |index: usize| values.get(index).copied().unwrap_or_default();
        Figure {
            what: what.into(),
            median: at(values.len() / 2),
            spread: (at(0), at(values.len().saturating_sub(1))),
            rounds: values.len(),
            unit,
            note: String::new(),
            budget: None,
            growth: None,
            load: load(),
        }
    }

    /// The rate of closed-loop rounds, with the percentiles of the middle one.
    pub fn of_rounds(what: impl Into<String>, rounds: &[Round]) -> Figure {
        let mut figure = Figure::of(what, "/s", rounds.iter().map(|round| round.rate).collect());
        if let Some(middle) = rounds.iter().find(|round| round.rate == figure.median) {
            figure.note = format!("p50 {}, p99 {}", milliseconds(middle.p50_us), milliseconds(middle.p99_us));
        }
        figure
    }

    /// Holds the figure against its budget.
    pub fn within(mut self, budget: impl Into<String>, is_met: bool) -> Figure {
        self.budget = Some((budget.into(), is_met));
        self
    }

    /// Notes how it compares with the same figure of a smaller school, which may be half as much again.
    pub fn grown_from(&mut self, small: &Figure) {
        // A rate should not fall, a time or a size should not rise.
        let ratio = if self.unit.ends_with("/s") {
            small.median / self.median.max(f64::MIN_POSITIVE)
        } else {
            self.median / small.median.max(f64::MIN_POSITIVE)
        };
        self.growth = Some(ratio);
    }

    /// Adds a remark.
    pub fn noting(mut self, words: impl AsRef<str>) -> Figure {
        if !self.note.is_empty() {
            self.note.push_str("; ");
        }
        self.note.push_str(words.as_ref());
        self
    }

    /// The figure in one line for the terminal.
    pub fn line(&self) -> String {
        let verdict = match &self.budget {
            None => String::new(),
            Some((budget, true)) => format!("  met: {budget}"),
            Some((budget, false)) => format!("  MISSED: {budget}"),
        };
        let value = format!("{} {}", plain(self.median), self.unit);
        let spread = format!("{}–{}", plain(self.spread.0), plain(self.spread.1));
        format!("{:44} {value:>14}  ({spread}, load {:.1})  {}{verdict}", self.what, self.load, self.note)
    }
}

/// The one-minute load average; 0 where the system does not say.
pub fn load() -> f64 {
    let said = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    said.split(' ').next().and_then(|one| one.parse().ok()).unwrap_or_default()
}

/// A number with as many digits as are worth reading.
pub fn plain(value: f64) -> String {
    if value >= 1_000.0 {
        let whole = format!("{value:.0}");
        let head = whole.len() % 3;
        let mut said = whole[..head].to_owned();
        for at in (head..whole.len()).step_by(3) {
            if !said.is_empty() {
                said.push(',');
            }
            said.push_str(&whole[at..at + 3]);
        }
        said
    } else if value >= 10.0 {
        format!("{value:.0}")
    } else {
        format!("{value:.2}")
    }
}

fn milliseconds(us: u32) -> String {
    format!("{:.2} ms", f64::from(us) / 1_000.0)
}

#[cfg(test)]
mod tests {
    use super::{Figure, Round, plain};
    use std::time::Duration;

    #[test]
    fn percentiles_are_ranks() {
        let round = Round::of((1..=100).rev().collect(), Duration::from_secs(2));
        assert_eq!((round.rate, round.p50_us, round.p99_us), (50.0, 50, 99));
    }

    #[test]
    fn the_median_is_the_middle_round() {
        let figure = Figure::of("x", "/s", vec![3.0, 1.0, 2.0]);
        assert_eq!((figure.median, figure.spread, figure.rounds), (2.0, (1.0, 3.0), 3));
    }

    #[test]
    fn numbers_read_well() {
        assert_eq!(
            [plain(1234567.0), plain(999.6), plain(12.0), plain(0.123)],
            ["1,234,567", "1000", "12", "0.12"]
        );
    }
}

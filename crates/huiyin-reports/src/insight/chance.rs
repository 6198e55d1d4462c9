//! How many are to be expected, and how unlikely more are: a rate learned from counts that is not known exactly.
//!
//! The rate of a week has a gamma distribution: what was counted, and as much as two weeks of what is usual elsewhere, so that
//! thin history is not taken at its word. Numbers to come then have a negative binomial distribution, which is wider than
//! Poisson's. Weeks differ by more than chance, so no more than eight of them weigh, however many were counted.

/// The prior weighs as much as so many weeks.
const PRIOR_WEEKS: f64 = 2.0;
/// No more than so many weeks weigh.
const WEEKS_MAX: f64 = 8.0;
/// Nothing is so rare that it is never to be expected.
const RATE_MIN: f64 = 0.05;
/// Beyond so many the tail is nothing.
const COUNT_MAX: u32 = 100_000;

/// What is to be expected in a span.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Expected {
    /// Gamma: shape.
    shape: f64,
    /// Gamma: rate, in weeks.
    weeks: f64,
    /// How many usual weeks the span is worth.
    worth: f64,
}

impl Expected {
    /// From `count` in `weeks`, where `usual` a week is what others of the kind have; for a span worth so many usual weeks.
    pub fn from(count: f64, weeks: f64, usual: f64, worth: f64) -> Expected {
        let weight = if weeks > WEEKS_MAX { WEEKS_MAX / weeks } else { 1.0 };
        Expected {
            shape: usual.max(RATE_MIN) * PRIOR_WEEKS + count * weight,
            weeks: PRIOR_WEEKS + weeks * weight,
            worth,
        }
    }

    /// The mean.
    pub fn mean(&self) -> f64 {
        self.shape / self.weeks * self.worth
    }

    /// How likely so many or more are.
    pub fn at_least(&self, count: u32) -> f64 {
        let below: f64 = self.chances().take(count as usize).sum();
        (1.0 - below).max(0.0)
    }

    /// The smallest number that is not exceeded with this chance.
    pub fn quantile(&self, chance: f64) -> u32 {
        let mut below = 0.0;
        for (count, of_it) in (0..COUNT_MAX).zip(self.chances()) {
            below += of_it;
            if below >= chance {
                return count;
            }
        }
        COUNT_MAX
    }

    /// The chances of 0, 1, 2 …; in logarithms, since the first may be too small for a number.
    fn chances(&self) -> impl Iterator<Item = f64> {
        let (shape, p) = (self.shape, self.weeks / (self.weeks + self.worth));
        let mut log = shape * p.ln();
        let mut count = 0.0_f64;
        std::iter::from_fn(move || {
            let now = log.exp();
            log += ((count + shape) / (count + 1.0)).ln() + (1.0 - p).ln();
            count += 1.0;
            Some(now)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chances_add_up_and_the_mean_is_what_was_counted() {
        let one = Expected::from(24.0, 12.0, 2.0, 1.0);
        assert!((one.chances().take(200).sum::<f64>() - 1.0).abs() < 1e-9);
        assert!((one.mean() - 2.0).abs() < 1e-9);
        assert!((one.at_least(0) - 1.0).abs() < 1e-12);
        let large = Expected::from(240_000.0, 12.0, 20_000.0, 1.0);
        assert!((0.4..0.6).contains(&large.at_least(20_000)), "{}", large.at_least(20_000));
    }

    #[test]
    fn thin_history_makes_fewer_numbers_unlikely() {
        let long = Expected::from(12.0, 12.0, 1.0, 1.0);
        let short = Expected::from(1.0, 1.0, 1.0, 1.0);
        assert!(short.at_least(6) > long.at_least(6));
        assert!(long.at_least(6) < 0.01);
        assert!(Expected::from(0.0, 0.0, 0.0, 1.0).at_least(1) > 0.03);
    }

    #[test]
    fn four_fifths_of_what_may_come_lie_between_the_quantiles() {
        let one = Expected::from(40.0, 4.0, 10.0, 1.0);
        let (low, high) = (one.quantile(0.1), one.quantile(0.9));
        assert!(low < 10 && high > 10 && one.at_least(high + 1) <= 0.1, "{low} {high}");
    }
}

//! What came of a sample: of how many, how many, and between which shares the truth lies with 95 % confidence (Wilson), as far as
//! chance goes.

/// A share of reviewed cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Share {
    pub part: u64,
    pub whole: u64,
}

impl Share {
    /// 「18 / 20，90.0%，误差范围 69.9%—97.2%」; of nothing it says so.
    pub fn words(self) -> String {
        match self.interval() {
            None => "还没有评".to_owned(),
            Some((from, until)) => format!(
                "{} / {}，{}，误差范围 {:.1}%—{:.1}%",
                self.part,
                self.whole,
                crate::screening::quality::share(self.part, self.whole),
                from * 100.0,
                until * 100.0
            ),
        }
    }

    /// Between which shares the truth lies with 95 % confidence.
    fn interval(self) -> Option<(f64, f64)> {
        const Z: f64 = 1.959_964;
        if self.whole == 0 {
            return None;
        }
        let (n, p) = (self.whole as f64, self.part as f64 / self.whole as f64);
        let middle = p + Z * Z / (2.0 * n);
        let reach = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
        let below = 1.0 + Z * Z / n;
        Some((((middle - reach) / below).max(0.0), ((middle + reach) / below).min(1.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_that_of_the_books() {
        // Wilson's interval for 18 of 20: 0.699 to 0.972.
        assert_eq!(Share { part: 18, whole: 20 }.words(), "18 / 20，90.0%，误差范围 69.9%—97.2%");
        assert_eq!(Share { part: 0, whole: 10 }.words(), "0 / 10，0.0%，误差范围 0.0%—27.8%");
        assert_eq!(Share::default().words(), "还没有评");
    }
}

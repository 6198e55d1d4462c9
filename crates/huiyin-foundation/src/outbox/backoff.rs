//! How long a letter waits after a try that failed: longer each time, and not in step with its neighbours.

const MINUTE_MS: i64 = 60_000;

/// After so many tries, about three days, a person must look at it.
pub const TRIES_MAX: u32 = 20;

/// Milliseconds until the next try, after so many that failed. `chance` spreads what failed together: up to a quarter
/// is added.
pub fn wait_ms(tries: u32, chance: u16) -> i64 {
    let minutes = match tries {
        0 | 1 => 1,
        2 => 5,
        3 => 15,
        4 => 60,
        _ => 240,
    };
    let base = minutes * MINUTE_MS;
    base + base / 4 * i64::from(chance) / i64::from(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_failure_makes_the_wait_longer_until_four_hours_and_chance_adds_a_quarter_at_most() {
        let waits: Vec<i64> = (1..=6).map(|tries| wait_ms(tries, 0) / MINUTE_MS).collect();
        assert_eq!(waits, [1, 5, 15, 60, 240, 240]);
        for tries in 1..=TRIES_MAX {
            let (least, most) = (wait_ms(tries, 0), wait_ms(tries, u16::MAX));
            assert_eq!(most, least + least / 4);
            assert!((least..=most).contains(&wait_ms(tries, 30_000)));
        }
        let all: i64 = (1..TRIES_MAX).map(|tries| wait_ms(tries, 0)).sum();
        assert!((48..96).contains(&(all / MINUTE_MS / 60)), "given up after {} h", all / MINUTE_MS / 60);
    }
}

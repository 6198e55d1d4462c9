//! What time it is.
//!
//! The only reader of the machine's clock in the whole program: everything else is handed an [`Instant`] or this
//! [`Clock`]. Tests hold the hands still, the demonstration moves them from a page. Durations are measured with
//! [`Stopwatch`], which no correction of the clock can disturb.

use huiyin_domain::calendar::Instant;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Where the present moment comes from; clones share their hands.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's own clock.
    System,
    /// Stands still at so many milliseconds of UTC until it is set: for tests.
    Fixed(Arc<AtomicI64>),
    /// The machine's clock, so many milliseconds ahead (or behind): for the demonstration.
    Shifted {
        /// Milliseconds added to the machine's clock.
        offset_ms: Arc<AtomicI64>,
    },
}

impl Clock {
    /// A clock that stands still at this moment.
    pub fn fixed(at: Instant) -> Clock {
        Clock::Fixed(Arc::new(AtomicI64::new(at.0)))
    }

    /// A clock that runs with the machine's and can be moved.
    pub fn shifted(offset_ms: i64) -> Clock {
        Clock::Shifted { offset_ms: Arc::new(AtomicI64::new(offset_ms)) }
    }

    /// The present moment.
    pub fn now(&self) -> Instant {
        match self {
            Clock::System => machine_now(),
            Clock::Fixed(at_ms) => Instant(at_ms.load(Ordering::SeqCst)),
            Clock::Shifted { offset_ms } => machine_now().plus_ms(offset_ms.load(Ordering::SeqCst)),
        }
    }

    /// Puts the hands to this moment; false if this clock shows the machine's time and cannot be moved.
    pub fn set(&self, to: Instant) -> bool {
        match self {
            Clock::System => return false,
            Clock::Fixed(at_ms) => at_ms.store(to.0, Ordering::SeqCst),
            Clock::Shifted { offset_ms } => offset_ms.store(to.0 - machine_now().0, Ordering::SeqCst),
        }
        true
    }

    /// Moves the hands by so many milliseconds; false if this clock cannot be moved.
    pub fn advance_ms(&self, by_ms: i64) -> bool {
        match self {
            Clock::System => return false,
            Clock::Fixed(hands) | Clock::Shifted { offset_ms: hands } => {
                hands.fetch_add(by_ms, Ordering::SeqCst)
            }
        };
        true
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
fn machine_now() -> Instant {
    // A clock set before 1970 is nonsense; the epoch is an answer that shows it.
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Instant(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// Measures how long something takes.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(std::time::Instant);

impl Stopwatch {
    /// Starts measuring.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    pub fn start() -> Stopwatch {
        Stopwatch(std::time::Instant::now())
    }

    /// The time since the start.
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_clock_stands_still_until_it_is_moved() {
        let clock = Clock::fixed(Instant(1_000));
        let same = clock.clone();
        assert_eq!(clock.now(), Instant(1_000));
        assert!(clock.advance_ms(500));
        assert_eq!(same.now(), Instant(1_500));
        assert!(same.set(Instant(7)));
        assert_eq!(clock.now(), Instant(7));
    }

    #[test]
    fn the_machines_clock_cannot_be_moved() {
        assert!(!Clock::System.set(Instant(0)));
        assert!(!Clock::System.advance_ms(1));
        assert!(Clock::System.now() > Instant(1_600_000_000_000));
    }

    #[test]
    fn a_shifted_clock_runs_on_from_where_it_was_put() {
        let clock = Clock::shifted(0);
        let far = Instant(4_000_000_000_000);
        assert!(clock.set(far));
        let now = clock.now();
        assert!(now >= far && now < far.plus_ms(60_000));
    }
}

//! A school of its own for each test: the campus preset, the calendars of 2025 and 2026, a clock that stands still.

use super::TestDb;
use crate::carriers::Carriers;
use crate::clock::Clock;
use crate::config::{Config, Outlets, RateLimits};
use crate::files::Files;
use crate::keys::Keys;
use crate::limits::Limits;
use crate::passwords::Passwords;
use crate::school::{App, PolicyInForce, School};
use arc_swap::ArcSwap;
use huiyin_domain::calendar::{Calendar, Instant};
use huiyin_domain::policy::{Policy, parse};
use std::ops::Deref;
use std::sync::Arc;
use tempfile::TempDir;

const CAMPUS: &str = include_str!("../../../../presets/campus.toml");
const CALENDARS: [(&str, &str); 2] = [
    ("calendars/2025.toml", include_str!("../../../../calendars/2025.toml")),
    ("calendars/2026.toml", include_str!("../../../../calendars/2026.toml")),
];

/// Tuesday 2026-11-24, 10:00 in Shanghai: an ordinary working day.
pub const TEST_MORNING: Instant = Instant(1_795_485_600_000);

/// A school that is thrown away.
pub struct TestSchool {
    app: App,
    // Dropped after the app, so that nothing is open when the folder goes.
    _db: TestDb,
    _data: TempDir,
}

impl TestSchool {
    /// Empty but for its settings; it is [`TEST_MORNING`] there.
    #[expect(clippy::new_without_default, reason = "it opens files; nothing should do that by default")]
    pub fn new() -> TestSchool {
        TestSchool::of(campus())
    }

    /// With other settings.
    pub fn of(policy: Policy) -> TestSchool {
        TestSchool::with(policy, RateLimits::Off)
    }

    /// With the limits on floods switched on.
    pub fn limited() -> TestSchool {
        TestSchool::with(campus(), RateLimits::On)
    }

    fn with(policy: Policy, limits: RateLimits) -> TestSchool {
        let data = tempfile::tempdir().expect("a temporary folder");
        let db = TestDb::new();
        let keys = Keys::for_tests();
        let mut calendar = Calendar::default();
        for (name, text) in CALENDARS {
            calendar
                .merge(Calendar::parse(text, name).expect("the calendars are checked by their own tests"));
        }
        let school = School {
            db: db.db(),
            policy: ArcSwap::from_pointee(PolicyInForce { version: 1, policy }),
            calendar: ArcSwap::from_pointee(calendar),
            clock: Clock::fixed(TEST_MORNING),
            files: Files::open(data.path()).expect("a folder for files"),
            passwords: Passwords::for_tests(),
            limits: Limits::new(limits, &keys, TEST_MORNING),
            keys,
            carriers: Carriers::new(&Outlets::default()).expect("no door, no trouble"),
            config: Config::for_tests(data.path()),
            is_demo: false,
        };
        TestSchool { app: Arc::new(school), _db: db, _data: data }
    }

    /// The same school with something about it changed before anybody uses it.
    #[must_use]
    pub fn altered(mut self, change: impl FnOnce(&mut School)) -> TestSchool {
        change(Arc::get_mut(&mut self.app).expect("nobody uses it yet"));
        self
    }

    /// The same school with these doors to the outside, as `post.toml` would say them.
    #[must_use]
    pub fn with_post(self, text: &str) -> TestSchool {
        self.altered(|school| {
            let outlets = Outlets::parse(text, "post.toml").expect("a test writes what can be read");
            school.carriers = Carriers::new(&outlets).expect("a test names doors that can be opened");
            school.config.outlets = Arc::new(outlets);
        })
    }

    /// The school, as handlers get it.
    pub fn app(&self) -> App {
        self.app.clone()
    }

    /// Lets hours pass.
    pub fn pass_hours(&self, hours: u32) {
        self.app.clock.advance_ms(i64::from(hours) * 3_600_000);
    }
}

/// The campus preset of a school that has published its duty telephone.
fn campus() -> Policy {
    let mut policy = parse(CAMPUS, "presets/campus.toml").expect("the preset is checked by its own tests");
    policy.school.duty_phone = "8110".to_owned();
    policy
}

impl Deref for TestSchool {
    type Target = School;
    fn deref(&self) -> &School {
        &self.app
    }
}

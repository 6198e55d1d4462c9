//! Floods are slowed down here: one list of limited actions, with how many at once, how fast more are allowed, and the
//! sentence a person reads when it was too much (security.md §2, D-AN4).
//!
//! People who signed in are told apart by their id. On open roads the caller's address counts, but only as a hash salted
//! with a value that lives in memory, changes every day, and is never stored or logged; all of a dormitory may share one
//! address, so those limits are wide. What it deliberately does not do: lock anybody out, or remember anything after a restart.

use crate::config::RateLimits;
use crate::error::Error;
use crate::keys::Keys;
use governor::clock::{Clock, MonotonicClock};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use huiyin_domain::calendar::{Day, Instant};
use huiyin_domain::ids::PersonId;
use sha2::{Digest, Sha256};
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Mutex;
use std::time::Duration;

/// What is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitedAction {
    /// Trying a password for one name from one address.
    SignIn,
    /// Trying passwords from one address, whatever the names.
    SignInFromAddress,
    /// Asking for a case by its receipt code.
    ReceiptLookup,
    /// Sending a case with a name.
    Submit,
    /// Sending a case without an account.
    SubmitAnonymously,
    /// Sending a photo or file.
    Upload,
    /// Searching.
    Search,
    /// Asking, while typing, what is like it.
    LookAlike,
    /// Acting on one's own case: adding, urging, rating, withdrawing.
    ActOnOwnCase,
    /// Putting answers by while one signs in.
    Park,
}

/// How many at once, milliseconds until one more is allowed, and the sentence.
struct Allowance(u32, u64, &'static str);

impl LimitedAction {
    const ALL: [LimitedAction; 10] = [
        LimitedAction::SignIn,
        LimitedAction::SignInFromAddress,
        LimitedAction::ReceiptLookup,
        LimitedAction::Submit,
        LimitedAction::SubmitAnonymously,
        LimitedAction::Upload,
        LimitedAction::Search,
        LimitedAction::LookAlike,
        LimitedAction::ActOnOwnCase,
        LimitedAction::Park,
    ];

    fn allowance(self) -> Allowance {
        match self {
            LimitedAction::SignIn => Allowance(8, 30_000, "这个账号试密码的次数有点多"),
            LimitedAction::SignInFromAddress => Allowance(60, 1_000, "从您所在网络登录的人有点多"),
            LimitedAction::ReceiptLookup => Allowance(20, 3_000, "查询的次数有点多"),
            LimitedAction::Submit => Allowance(10, 60_000, "您提交得有点快"),
            LimitedAction::SubmitAnonymously => Allowance(20, 30_000, "从您所在网络匿名提交的有点多"),
            LimitedAction::Upload => Allowance(60, 5_000, "照片传得有点快"),
            LimitedAction::Search => Allowance(60, 500, "搜索的次数有点多"),
            LimitedAction::LookAlike => Allowance(120, 500, "您打字的地方问得有点快"),
            LimitedAction::ActOnOwnCase => Allowance(20, 10_000, "操作得有点快"),
            LimitedAction::Park => Allowance(30, 5_000, "从您所在网络转去登录的人有点多"),
        }
    }
}

/// Who acts, as far as limits need to know.
#[derive(Clone, Copy, Debug)]
pub enum Who<'a> {
    /// Somebody who signed in.
    Person(&'a PersonId),
    /// A name that somebody claims to be, from one address: whoever tries names elsewhere locks nobody out here.
    Name(&'a str, IpAddr),
    /// Anybody on an open road.
    Address(IpAddr),
}

/// Too many at once: what to say and how long to wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMany {
    sentence: &'static str,
    /// Seconds until one more is allowed, for the `Retry-After` line.
    pub wait_seconds: u64,
}

impl TooMany {
    /// What happened and when to go on, in Chinese.
    pub fn sentence(&self) -> String {
        match self.wait_seconds {
            seconds @ 0..=90 => format!("{}，请 {} 秒后再试。", self.sentence, seconds.max(1)),
            seconds => format!("{}，请 {} 分钟后再试。", self.sentence, seconds.div_ceil(60)),
        }
    }
}

impl From<TooMany> for Error {
    fn from(too_many: TooMany) -> Error {
        Error::TooMany { retry_after_s: too_many.wait_seconds }
    }
}

type Key = [u8; 16];
type Limiter<C> = RateLimiter<Key, DashMapStateStore<Key>, C, NoOpMiddleware<<C as Clock>::Instant>>;

/// The gates of all limited actions; `C` is the clock that runs on while the demo's calendar is moved.
pub struct Limits<C: Clock = MonotonicClock> {
    gates: Option<[Limiter<C>; LimitedAction::ALL.len()]>,
    clock: C,
    salt: Mutex<(Day, [u8; 32])>,
}

impl Limits {
    /// The gates as listed above, or none at all.
    pub fn new(mode: RateLimits, keys: &Keys, now: Instant) -> Limits {
        Limits::with_clock(mode, keys, now, MonotonicClock)
    }
}

impl<C: Clock + Clone> Limits<C> {
    fn with_clock(mode: RateLimits, keys: &Keys, now: Instant, clock: C) -> Limits<C> {
        let gate = |action: LimitedAction| {
            let Allowance(burst, refill_ms, _) = action.allowance();
            let burst = NonZeroU32::new(burst).expect("every burst above is at least one");
            let quota = Quota::with_period(Duration::from_millis(refill_ms))
                .expect("every refill above is more than nothing")
                .allow_burst(burst);
            RateLimiter::new(quota, DashMapStateStore::default(), clock.clone())
        };
        let gates = (mode == RateLimits::On).then(|| LimitedAction::ALL.map(gate));
        Limits { gates, clock, salt: Mutex::new((now.day(), keys.random_bytes())) }
    }

    /// Lets one action pass, or says how long to wait.
    pub fn pass(
        &self,
        action: LimitedAction,
        who: Who<'_>,
        keys: &Keys,
        now: Instant,
    ) -> Result<(), TooMany> {
        let Some(gates) = &self.gates else { return Ok(()) };
        let key = self.key_of(who, keys, now.day());
        gates[action as usize].check_key(&key).map_err(|until| {
            let Allowance(_, _, sentence) = action.allowance();
            let wait_ms = until.wait_time_from(self.clock.now()).as_millis();
            TooMany { sentence, wait_seconds: wait_ms.div_ceil(1000) as u64 }
        })
    }

    /// Forgets everybody who has not acted for a while; called by the timetable.
    pub fn forget_idle(&self) {
        for gate in self.gates.as_slice().iter().flatten() {
            gate.retain_recent();
            gate.shrink_to_fit();
        }
    }

    /// How many callers are remembered at this moment.
    pub fn remembered(&self) -> usize {
        self.gates.as_slice().iter().flatten().map(RateLimiter::len).sum()
    }

    fn key_of(&self, who: Who<'_>, keys: &Keys, today: Day) -> Key {
        let salt = {
            let mut salt = self.salt.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
            if salt.0 != today {
                *salt = (today, keys.random_bytes());
            }
            salt.1
        };
        let mut hash = Sha256::new_with_prefix(salt);
        match who {
            Who::Person(person) => hash.update([b"p", person.as_str().as_bytes()].concat()),
            Who::Name(name, address) => {
                let name = name.trim().to_lowercase();
                hash.update([&b"n"[..], &room_of(address), name.as_bytes()].concat());
            }
            Who::Address(address) => hash.update([&b"a"[..], &room_of(address)].concat()),
        }
        let mut key = Key::default();
        key.copy_from_slice(&hash.finalize()[..16]);
        key
    }
}

/// What counts as one place: an address, or the whole /64 that a household or room holds.
fn room_of(address: IpAddr) -> Vec<u8> {
    match address {
        IpAddr::V4(address) => [&b"4"[..], &address.octets()].concat(),
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(address) => [&b"4"[..], &address.octets()].concat(),
            None => [&b"6"[..], &address.octets()[..8]].concat(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use governor::clock::FakeRelativeClock;

    const NOON: Instant = Instant(1_795_233_600_000);
    const NEXT_DAY: Instant = Instant(1_795_233_600_000 + 86_400_000);

    struct Gate {
        limits: Limits<FakeRelativeClock>,
        keys: Keys,
        clock: FakeRelativeClock,
    }

    impl Gate {
        fn new(mode: RateLimits) -> Gate {
            let (keys, clock) = (Keys::for_tests(), FakeRelativeClock::default());
            Gate { limits: Limits::with_clock(mode, &keys, NOON, clock.clone()), keys, clock }
        }

        fn tries(&self, action: LimitedAction, who: Who<'_>, now: Instant, times: usize) -> usize {
            (0..times).filter(|_| self.limits.pass(action, who, &self.keys, now).is_ok()).count()
        }
    }

    fn address(text: &str) -> Who<'static> {
        Who::Address(text.parse().unwrap())
    }

    #[test]
    fn the_list_is_in_the_order_of_the_actions() {
        for (at, action) in LimitedAction::ALL.iter().enumerate() {
            assert_eq!(*action as usize, at);
        }
    }

    #[test]
    fn after_a_burst_one_waits_and_is_told_how_long() {
        let gate = Gate::new(RateLimits::On);
        let who = address("10.1.2.3");
        assert_eq!(gate.tries(LimitedAction::ReceiptLookup, who, NOON, 200), 20);
        let too_many = gate.limits.pass(LimitedAction::ReceiptLookup, who, &gate.keys, NOON).unwrap_err();
        assert_eq!(too_many.wait_seconds, 3);
        assert_eq!(too_many.sentence(), "查询的次数有点多，请 3 秒后再试。");
        gate.clock.advance(Duration::from_secs(9));
        assert_eq!(gate.tries(LimitedAction::ReceiptLookup, who, NOON, 200), 3);
    }

    #[test]
    fn callers_and_actions_do_not_use_up_each_others_share() {
        let gate = Gate::new(RateLimits::On);
        let (anna, ben) = (PersonId::from("anna"), PersonId::from("ben"));
        assert_eq!(gate.tries(LimitedAction::Submit, Who::Person(&anna), NOON, 50), 10);
        assert_eq!(gate.tries(LimitedAction::Submit, Who::Person(&ben), NOON, 50), 10);
        assert_eq!(gate.tries(LimitedAction::Upload, Who::Person(&anna), NOON, 50), 50);
        let (here, elsewhere) = ("10.0.0.9".parse().unwrap(), "10.9.0.1".parse().unwrap());
        assert_eq!(gate.tries(LimitedAction::SignIn, Who::Name("Anna ", here), NOON, 50), 8);
        assert_eq!(gate.tries(LimitedAction::SignIn, Who::Name("anna", here), NOON, 50), 0);
        assert_eq!(gate.tries(LimitedAction::SignIn, Who::Name("anna", elsewhere), NOON, 1), 1);
    }

    #[test]
    fn addresses_of_one_room_count_as_one() {
        let gate = Gate::new(RateLimits::On);
        assert_eq!(gate.tries(LimitedAction::ReceiptLookup, address("2001:da8:1:2::5"), NOON, 50), 20);
        assert_eq!(gate.tries(LimitedAction::ReceiptLookup, address("2001:da8:1:2:9::1"), NOON, 50), 0);
        assert_eq!(gate.tries(LimitedAction::ReceiptLookup, address("2001:da8:1:3::5"), NOON, 50), 20);
        assert_eq!(gate.tries(LimitedAction::ReceiptLookup, address("10.0.0.9"), NOON, 50), 20);
        assert_eq!(gate.tries(LimitedAction::ReceiptLookup, address("::ffff:10.0.0.9"), NOON, 50), 0);
    }

    #[test]
    fn what_is_remembered_of_a_caller_changes_every_day() {
        let gate = Gate::new(RateLimits::On);
        let who = address("10.1.2.3");
        let today = gate.limits.key_of(who, &gate.keys, NOON.day());
        assert_eq!(today, gate.limits.key_of(who, &gate.keys, NOON.day()));
        assert_ne!(today, gate.limits.key_of(who, &gate.keys, NEXT_DAY.day()));
        assert!(!today.windows(4).any(|four| four == [10, 1, 2, 3]));
    }

    #[test]
    fn idle_callers_are_forgotten() {
        let gate = Gate::new(RateLimits::On);
        for host in 0..100 {
            gate.tries(LimitedAction::Search, address(&format!("10.0.0.{host}")), NOON, 1);
        }
        assert_eq!(gate.limits.remembered(), 100);
        gate.clock.advance(Duration::from_secs(3600));
        gate.limits.forget_idle();
        assert_eq!(gate.limits.remembered(), 0);
    }

    #[test]
    fn switched_off_nothing_is_limited() {
        let gate = Gate::new(RateLimits::Off);
        assert_eq!(
            gate.tries(LimitedAction::SignIn, Who::Name("anna", "10.0.0.9".parse().unwrap()), NOON, 5000),
            5000
        );
    }
}

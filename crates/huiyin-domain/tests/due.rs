//! Until when: the limits of the presets as instants, and what must hold of every due instant.

use huiyin_domain::calendar::{Calendar, Instant, TimeOfDay};
use huiyin_domain::case::due::{CLOCKS, Circumstances, promise, table};
use huiyin_domain::case::{Clock, ClockCalendar, Promise, Route, Urgency};
use huiyin_domain::ids::KindId;
use huiyin_domain::policy::Policy;
use huiyin_domain::shipped;
use proptest::prelude::*;
use std::sync::LazyLock;

static KNOWN: LazyLock<Calendar> = LazyLock::new(shipped::calendar);
static POLICIES: LazyLock<Vec<(&str, Policy)>> =
    LazyLock::new(|| shipped::PRESETS.iter().map(|(name, _)| (*name, preset(name))).collect());

fn preset(name: &str) -> Policy {
    shipped::preset(name).expect("a shipped preset")
}

fn at(text: &str) -> Instant {
    Instant::parse_rfc3339(&format!("{text}:00+08:00")).expect(text)
}

/// An ordinary case of a kind, with what each test changes.
struct Asked {
    preset: &'static str,
    kind: &'static str,
    urgency: Urgency,
    route: Option<Route>,
    reopened: bool,
}

const ORDINARY: Asked = Asked {
    preset: "campus",
    kind: "inquiry",
    urgency: Urgency::Normal,
    route: Some(Route::Direct),
    reopened: false,
};

impl Asked {
    fn promise(&self, clock: Clock, from: &str) -> Option<Promise> {
        let (_, policy) = POLICIES.iter().find(|(name, _)| *name == self.preset).expect(self.preset);
        let kind = KindId::from(self.kind);
        let of = Circumstances {
            kind: &kind,
            category: None,
            urgency: self.urgency,
            route: self.route,
            reopened: self.reopened,
            from: at(from),
        };
        promise(policy, &KNOWN, clock, &of)
    }

    fn result(&self, from: &str) -> String {
        self.promise(Clock::Result, from).expect("a promise").due.to_rfc3339()
    }
}

#[test]
fn the_three_routes_take_three_five_and_seven_working_days() {
    for preset in ["campus", "information-channels", "echo-wall"] {
        for (route, due) in [
            (Route::Direct, "2026-09-30T18:00:00+08:00"),
            (Route::Transfer, "2026-10-09T18:00:00+08:00"),
            (Route::Refer, "2026-10-12T18:00:00+08:00"),
        ] {
            let asked = Asked { preset, route: Some(route), ..ORDINARY };
            assert_eq!(asked.result("2026-09-24T10:00"), due, "{preset} {route:?}");
        }
    }
}

#[test]
fn the_national_day_week_and_a_make_up_sunday_of_2025_are_counted_right() {
    let transferred = Asked { route: Some(Route::Transfer), ..ORDINARY };
    assert_eq!(ORDINARY.result("2025-09-26T09:00"), "2025-09-30T18:00:00+08:00");
    assert_eq!(transferred.result("2025-09-26T09:00"), "2025-10-10T18:00:00+08:00");
}

#[test]
fn the_starting_day_does_not_count_however_late_it_is() {
    for hour in ["2026-11-16T00:00", "2026-11-16T17:59", "2026-11-16T18:01", "2026-11-16T23:59"] {
        assert_eq!(ORDINARY.result(hour), "2026-11-19T18:00:00+08:00", "{hour}");
    }
    assert_eq!(ORDINARY.result("2026-11-17T00:00"), "2026-11-20T18:00:00+08:00");
}

#[test]
fn repairs_run_forty_eight_hours_on_the_clock_through_any_weekend() {
    let repair = Asked { kind: "repair", ..ORDINARY };
    let promise = repair.promise(Clock::Result, "2026-09-30T21:14").unwrap();
    assert_eq!(promise.due.to_rfc3339(), "2026-10-02T21:14:00+08:00");
    assert_eq!(promise.calendar, ClockCalendar::Hours);
    assert!(promise.clause.contains("48 小时") && !promise.provisional);
}

#[test]
fn pressing_matters_do_not_stay_overnight() {
    let urgent = Asked { urgency: Urgency::Urgent, ..ORDINARY };
    for from in ["2026-11-21T00:00", "2026-11-21T12:00", "2026-11-21T23:59"] {
        assert_eq!(urgent.result(from), "2026-11-22T00:00:00+08:00", "{from}");
        let first = urgent.promise(Clock::FirstReply, from).unwrap();
        assert_eq!(first.due.to_rfc3339(), "2026-11-22T00:00:00+08:00", "{from}");
    }
}

#[test]
fn every_message_is_answered_within_twenty_four_hours() {
    for preset in ["campus", "echo-wall", "afternoon-tea"] {
        let promise = Asked { preset, ..ORDINARY }.promise(Clock::FirstReply, "2026-10-03T08:30").unwrap();
        assert_eq!(promise.due.to_rfc3339(), "2026-10-04T08:30:00+08:00", "{preset}");
    }
}

#[test]
fn before_dispatch_only_limits_for_every_route_promise_a_result() {
    let undispatched = Asked { route: None, ..ORDINARY };
    assert_eq!(undispatched.promise(Clock::Result, "2026-11-20T10:00"), None);
    assert!(undispatched.promise(Clock::Acknowledge, "2026-11-20T10:00").is_some());
    let repair = Asked { kind: "repair", ..undispatched };
    assert!(repair.promise(Clock::Result, "2026-11-20T10:00").is_some());
}

#[test]
fn a_second_round_has_two_working_days() {
    let again = Asked { reopened: true, route: Some(Route::Refer), ..ORDINARY };
    let promise = again.promise(Clock::Result, "2026-11-20T10:00").unwrap();
    assert_eq!((promise.limit.as_str(), promise.due), ("result-reopened", at("2026-11-24T18:00")));
}

#[test]
fn school_days_wait_for_the_next_term() {
    let asked = Asked { preset: "four-oclock", ..ORDINARY };
    let promise = asked.promise(Clock::Result, "2026-01-15T16:30").unwrap();
    assert_eq!((promise.due, promise.calendar), (at("2026-03-05T18:00"), ClockCalendar::School));
    assert!(!promise.provisional);
    assert!(asked.promise(Clock::Result, "2027-07-08T16:30").unwrap().provisional);
}

#[test]
fn a_promise_into_a_year_not_yet_announced_says_that_it_may_change() {
    let promise = ORDINARY.promise(Clock::Result, "2026-12-30T10:00").unwrap();
    assert_eq!((promise.due, promise.provisional), (at("2027-01-05T18:00"), true));
}

#[test]
fn every_preset_has_every_clock_with_its_clause_and_none_runs_out_before_an_earlier_one() {
    for (name, policy) in &*POLICIES {
        for kind in &policy.kinds {
            for urgency in [Urgency::Normal, Urgency::Urgent, Urgency::Critical] {
                for (route, from) in [
                    (Route::Direct, "2026-11-16T10:00"),
                    (Route::Transfer, "2026-09-30T17:00"),
                    (Route::Refer, "2026-11-20T22:00"),
                ] {
                    let route = Some(route);
                    let of = Circumstances {
                        kind: &kind.id,
                        category: None,
                        urgency,
                        route,
                        reopened: false,
                        from: at(from),
                    };
                    let promises = table(policy, &KNOWN, &of);
                    let of = format!("{name} {} {urgency:?} {from} {promises:#?}", kind.id);
                    assert_eq!(promises.iter().map(|one| one.clock).collect::<Vec<_>>(), CLOCKS, "{of}");
                    assert!(promises.windows(2).all(|pair| pair[0].due <= pair[1].due), "{of}");
                    assert!(promises.iter().all(|one| !one.clause.is_empty()), "{of}");
                }
            }
        }
    }
}

#[test]
fn of_two_limits_that_fit_the_first_holds() {
    let mut policy = preset("campus");
    policy.limits.reverse();
    let kind = KindId::from("repair");
    let of = Circumstances {
        kind: &kind,
        category: None,
        urgency: Urgency::Normal,
        route: Some(Route::Direct),
        reopened: false,
        from: at("2026-11-16T10:00"),
    };
    let promise = promise(&policy, &KNOWN, Clock::Result, &of).unwrap();
    assert_eq!(promise.limit, "result-direct");
}

fn any_circumstances() -> impl Strategy<Value = (usize, Option<Route>, Urgency, bool, usize)> {
    let routes = prop_oneof![
        Just(None),
        Just(Some(Route::Direct)),
        Just(Some(Route::Transfer)),
        Just(Some(Route::Refer))
    ];
    let urgencies = prop_oneof![Just(Urgency::Normal), Just(Urgency::Urgent), Just(Urgency::Critical)];
    (0..9_usize, routes, urgencies, any::<bool>(), 0..shipped::PRESETS.len())
}

fn promises(policy: &Policy, which: (usize, Option<Route>, Urgency, bool), from: Instant) -> Vec<Promise> {
    let (kind, route, urgency, reopened) = which;
    let kind = &policy.kinds[kind % policy.kinds.len()].id;
    table(policy, &KNOWN, &Circumstances { kind, category: None, urgency, route, reopened, from })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_due_instant_counted_in_days_is_the_close_of_a_working_day(
        (kind, route, urgency, reopened, preset) in any_circumstances(),
        minutes in 0..1_500_000_i64,
    ) {
        let policy = &POLICIES[preset].1;
        let from = at("2024-01-01T00:00").plus_ms(minutes * 60_000);
        for promise in promises(policy, (kind, route, urgency, reopened), from) {
            prop_assert!(promise.due > from, "{:?}", promise);
            match promise.calendar {
                // A day that a law has set may lie in a year whose holidays nobody knows yet.
                ClockCalendar::Hours => prop_assert!(!promise.provisional || promise.is_statutory()),
                ClockCalendar::Working => prop_assert!(KNOWN.is_working_day(promise.due.day())),
                ClockCalendar::School => {
                    prop_assert!(KNOWN.is_school_day(promise.due.day(), &policy.terms));
                }
            }
            if promise.calendar != ClockCalendar::Hours {
                prop_assert_eq!(promise.due.time_of_day(), policy.office.closes);
                prop_assert!(promise.due.day() > from.day());
            }
        }
    }

    #[test]
    fn whoever_comes_later_is_never_promised_earlier(
        (kind, route, urgency, reopened, preset) in any_circumstances(),
        minutes in 0..1_500_000_i64,
        later_minutes in 0..20_000_i64,
    ) {
        let policy = &POLICIES[preset].1;
        let from = at("2024-01-01T00:00").plus_ms(minutes * 60_000);
        let early = promises(policy, (kind, route, urgency, reopened), from);
        let late = promises(policy, (kind, route, urgency, reopened), from.plus_ms(later_minutes * 60_000));
        prop_assert_eq!(early.len(), late.len());
        for (early, late) in early.iter().zip(&late) {
            prop_assert!(early.due <= late.due, "{:?} {:?}", early, late);
        }
    }
}

#[test]
fn midnight_ends_the_day_it_belongs_to() {
    let midnight = at("2026-11-21T00:00");
    assert_eq!(midnight.day().at(TimeOfDay { minutes: 1440 }), at("2026-11-22T00:00"));
}

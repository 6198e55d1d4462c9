//! Which days count: published vectors, an independent second count, the years not yet announced, and bad files.

use huiyin_domain::calendar::{Calendar, Day, DayKind, Instant, Term, TimeOfDay};
use huiyin_domain::shipped;
use proptest::prelude::*;
use std::collections::HashMap;
use std::sync::LazyLock;

mod shared;

static KNOWN: LazyLock<Calendar> = LazyLock::new(shipped::calendar);

fn day(text: &str) -> Day {
    text.parse().expect(text)
}

#[test]
fn working_days_are_counted_as_the_published_vectors_say() {
    let calendar = &*KNOWN;
    for (from, n, due) in [
        ("2026-02-13", 1, "2026-02-14"),
        ("2026-02-13", 3, "2026-02-25"),
        ("2026-02-13", 5, "2026-02-27"),
        ("2026-02-13", 7, "2026-03-02"),
        ("2026-01-02", 3, "2026-01-06"),
        ("2026-04-30", 3, "2026-05-08"),
        ("2026-05-09", 1, "2026-05-11"),
        ("2026-09-24", 5, "2026-10-09"),
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-09-30", 7, "2026-10-15"),
        ("2025-01-24", 3, "2025-02-05"),
        ("2025-09-30", 5, "2025-10-14"),
        ("2024-09-13", 3, "2024-09-19"),
        ("2023-09-28", 5, "2023-10-11"),
        ("2020-01-23", 5, "2020-02-07"),
    ] {
        assert_eq!(calendar.nth_working_day_after(day(from), n), (day(due), false), "{from} + {n}");
    }
}

#[test]
fn a_window_that_touches_a_year_not_yet_announced_is_provisional() {
    let calendar = &*KNOWN;
    assert_eq!(calendar.nth_working_day_after(day("2026-12-30"), 3), (day("2027-01-05"), true));
    assert_eq!(calendar.nth_working_day_after(day("2026-12-30"), 1), (day("2026-12-31"), false));
    assert_eq!(calendar.nth_working_day_after(day("2026-12-31"), 1), (day("2027-01-04"), true));
    // The starting day does not count, so its year need not be known.
    let mut only_2026 = Calendar::default();
    only_2026.know_year(2026, "");
    assert_eq!(only_2026.nth_working_day_after(day("2025-12-31"), 1), (day("2026-01-01"), false));
}

#[test]
fn without_a_notice_the_days_fixed_by_law_are_holidays_and_weekend_days_are_made_up() {
    let nothing_known = Calendar::default();
    let holidays = |year: i16| -> Vec<String> {
        let days = std::iter::successors(Some(day(&format!("{year}-01-01"))), |day| Some(day.next()));
        let days = days.take_while(|day| day.year() == year);
        days.filter(|day| !day.is_weekend() && !nothing_known.is_working_day(*day))
            .map(|day| day.to_string())
            .collect()
    };
    // 2027: New Year on a Friday; 1 and 2 May on a weekend; 2 and 3 October on a weekend.
    assert_eq!(
        holidays(2027),
        ["2027-01-01", "2027-05-03", "2027-05-04", "2027-10-01", "2027-10-04", "2027-10-05"]
    );
    // Before 2025 Labour Day was one day.
    assert_eq!(holidays(2019), ["2019-01-01", "2019-05-01", "2019-10-01", "2019-10-02", "2019-10-03"]);
}

#[test]
fn the_next_year_is_asked_for_from_november_and_a_missing_present_year_at_once() {
    let calendar = &*KNOWN;
    assert_eq!(calendar.missing_year(day("2026-10-31")), None);
    assert_eq!(calendar.missing_year(day("2026-11-01")), Some(2027));
    assert_eq!(calendar.missing_year(day("2027-03-01")), Some(2027));
    assert_eq!(calendar.missing_year(day("2025-12-31")), None);
}

#[test]
fn school_days_leave_out_vacations_and_are_provisional_beyond_the_known_terms() {
    let calendar = &*KNOWN;
    let term = |id: &str, from: &str, until: &str| Term {
        id: id.to_owned(),
        name: id.to_owned(),
        from: day(from),
        until: day(until),
    };
    let terms = [term("1", "2025-09-01", "2026-01-18"), term("2", "2026-03-02", "2026-07-12")];
    assert!(calendar.is_working_day(day("2026-01-20")) && !calendar.is_school_day(day("2026-01-20"), &terms));
    assert_eq!(calendar.nth_school_day_after(day("2026-01-15"), 5, &terms), (day("2026-03-05"), false));
    assert_eq!(calendar.nth_school_day_after(day("2026-07-09"), 2, &terms), (day("2026-07-13"), true));
    assert_eq!(calendar.nth_school_day_after(day("2026-07-09"), 1, &[]), (day("2026-07-10"), true));
}

/// Days since 1970-01-01 by the usual civil arithmetic, so that this count shares no date code with the program.
fn ordinal(year: i64, month: i64, day: i64) -> i64 {
    let (y, m) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let (era, yoe) = (y.div_euclid(400), y.rem_euclid(400));
    era * 146_097 + yoe * 365 + yoe / 4 - yoe / 100 + (153 * m + 2) / 5 + day - 1 - 719_468
}

fn ordinal_of(text: &str) -> i64 {
    let parts: Vec<i64> = text.split('-').map(|part| part.parse().expect(text)).collect();
    ordinal(parts[0], parts[1], parts[2])
}

/// One bit a day and its prefix sums: the n-th working day after day i is the first j with sum[j] = sum[i] + n.
struct Bits {
    first: i64,
    sums: Vec<usize>,
}

impl Bits {
    fn of(words: &HashMap<i64, bool>, first_year: i64, last_year: i64) -> Bits {
        let first = ordinal(first_year, 1, 1);
        let mut sums = vec![0];
        for day in first..ordinal(last_year + 1, 1, 1) {
            let is_weekday = (day + 3).rem_euclid(7) < 5;
            let counts = words.get(&day).copied().unwrap_or(is_weekday);
            sums.push(sums[sums.len() - 1] + usize::from(counts));
        }
        Bits { first, sums }
    }

    fn nth_after(&self, from: i64, n: usize) -> Option<i64> {
        let wanted = self.sums[(from - self.first) as usize + 1] + n;
        let index = self.sums.partition_point(|sum| *sum < wanted);
        (index < self.sums.len()).then(|| self.first + index as i64 - 1)
    }
}

fn assert_counts_agree(bits: &Bits, from: &str, until: &str) {
    let calendar = &*KNOWN;
    let (mut at, mut compared) = (day(from), 0);
    while at <= day(until) {
        for n in 1..=10 {
            let (due, provisional) = calendar.nth_working_day_after(at, n);
            match bits.nth_after(ordinal_of(&at.to_string()), usize::from(n)) {
                Some(expected) => {
                    assert_eq!(ordinal_of(&due.to_string()), expected, "{at} + {n} gave {due}");
                    assert!(!provisional, "{at} + {n}");
                }
                None => assert!(provisional, "{at} + {n} leaves the known years unannounced"),
            }
            compared += 1;
        }
        at = at.next();
    }
    assert!(compared > 10_000);
}

#[test]
fn every_start_day_of_2004_to_2026_agrees_with_a_second_count_of_the_calendar_files() {
    let mut words = HashMap::new();
    for (_, text) in shipped::CALENDARS {
        // Read line by line, not by the program's own reader.
        let value = |line: &str| line.split(['=', '#']).nth(1).unwrap_or("").trim().to_owned();
        let (mut from, mut run) = (String::new(), Vec::new());
        for line in text.lines() {
            if line.starts_with("from") {
                from = value(line);
                run.push((from.clone(), from.clone()));
            } else if line.starts_with("until") {
                run.pop();
                run.push((from.clone(), value(line)));
            } else if line.starts_with("makeup") {
                for day in value(line).trim_matches(['[', ']']).split(", ") {
                    words.insert(ordinal_of(day), true);
                }
            }
        }
        for (from, until) in run {
            (ordinal_of(&from)..=ordinal_of(&until)).for_each(|day| {
                words.insert(day, false);
            });
        }
    }
    assert_eq!(words.len(), 771);
    assert_counts_agree(&Bits::of(&words, 2004, 2026), "2004-01-01", "2026-12-31");
}

#[test]
fn every_start_day_of_2024_to_2026_agrees_with_a_second_count_of_the_source() {
    let Some(rows) = shared::text("cn-calendar.csv") else { return };
    let calendar = &*KNOWN;
    let mut words = HashMap::new();
    for row in rows.lines().skip(1) {
        let [date, kind, name] = row.split(',').collect::<Vec<_>>()[..] else { panic!("{row}") };
        let is_makeup = kind == "makeup";
        let expected = if is_makeup { DayKind::Makeup } else { DayKind::Holiday };
        assert_eq!(calendar.word_on(day(date)), Some((expected, name)), "{row}");
        words.insert(ordinal_of(date), is_makeup);
    }
    assert_eq!(calendar.listed().count(), words.len());
    assert_counts_agree(&Bits::of(&words, 2004, 2026), "2024-01-01", "2026-12-31");
}

#[test]
fn a_later_calendar_has_the_last_word_on_a_day() {
    let mut calendar = KNOWN.clone();
    let text = "year = 2026\nsource = \"校历\"\n[[holidays]]\nname = \"运动会\"\nfrom = 2026-10-15\n";
    calendar.merge(Calendar::parse(text, "school.toml").unwrap());
    assert_eq!(calendar.word_on(day("2026-10-15")), Some((DayKind::Holiday, "运动会")));
    assert_eq!(calendar.nth_working_day_after(day("2026-10-14"), 1), (day("2026-10-16"), false));
    assert!(calendar.is_working_day(day("2026-10-10")), "the state's days stay");
}

#[test]
fn a_bad_calendar_is_told_every_fault_with_its_line() {
    let text = "\
year = 2027
source = \"通知\"
sauce = 1

[[holidays]]
name = \"元旦\"
from = 2026-12-31
until = 2026-12-30
makeup = [2027-01-04, 2027-13-01]

[[holidays]]
name = \"春节\"
from = \"2027-02-05\"
until = 2027-02-11
makeup = [2027-02-06, 2028-02-13,
          2027-02-14, 2027-02-14]

[[holidays]]
from = 2027-02-11

[[holidays]]
name = \"国庆节\"
from = 2027-10-01
until = 2027-11-01
";
    let syntax = Calendar::parse(text, "calendars/2027.toml").unwrap_err();
    assert_eq!(syntax[0].to_string().split('：').next(), Some("calendars/2027.toml 第 9 行"), "{syntax:?}");

    let text = text.replace(", 2027-13-01", ", 3");
    let complaints = Calendar::parse(&text, "calendars/2027.toml").unwrap_err();
    let said: Vec<String> = complaints.iter().map(ToString::to_string).collect();
    let expected = [
        (3, "不认识的键 sauce，是不是 source"),
        (8, "早于第一天"),
        (9, "2027-01-04 不是周末"),
        (9, "每一项都应是日期"),
        (15, "2027-02-06 既列为春节放假"),
        (15, "2028-02-13 不在 2027 年"),
        (16, "2027-02-14 上班写了两次"),
        (18, "缺少 holidays.name"),
        (19, "2027-02-11 已经列为春节放假"),
        (24, "国庆节放假超过 31 天"),
    ];
    for (line, reason) in expected {
        let start = format!("calendars/2027.toml 第 {line} 行：");
        assert!(
            said.iter().any(|one| one.starts_with(&start) && one.contains(reason)),
            "line {line}: {reason}\n{said:#?}"
        );
    }
    assert_eq!(said.len(), expected.len(), "{said:#?}");
}

#[test]
fn moments_are_read_with_any_offset_and_written_in_shanghai() {
    let morning = Instant::parse_rfc3339("2026-09-24T10:00:00+08:00").unwrap();
    assert_eq!(morning, Instant::parse_rfc3339("2026-09-24T02:00:00Z").unwrap());
    assert_eq!(morning.to_rfc3339(), "2026-09-24T10:00:00+08:00");
    assert_eq!((morning.day(), morning.time_of_day().to_string()), (day("2026-09-24"), "10:00".to_owned()));
    assert_eq!(day("2026-09-24").at(TimeOfDay { minutes: 1440 }), day("2026-09-25").start());
    for nonsense in ["", "2026-09-24", "2026-09-24T10:00:00", "2026-02-30T10:00:00Z", "tomorrow"] {
        assert!(Instant::parse_rfc3339(nonsense).is_err(), "{nonsense}");
    }
    for nonsense in ["", "24", "7:60", "24:01", "99999:00", "-1:00"] {
        assert!(nonsense.parse::<TimeOfDay>().is_err(), "{nonsense}");
    }
}

fn any_day() -> impl Strategy<Value = Day> {
    (0..9_000_i64).prop_map(|days| Instant(days * 86_400_000 + 1_072_915_200_000).day())
}

proptest! {
    #[test]
    fn n_and_then_m_working_days_are_n_plus_m(from in any_day(), n in 0..40_u16, m in 0..40_u16) {
        let calendar = &*KNOWN;
        let (between, early) = calendar.nth_working_day_after(from, n);
        let (last, late) = calendar.nth_working_day_after(between, m);
        prop_assert_eq!((last, early || late), calendar.nth_working_day_after(from, n + m));
    }

    #[test]
    fn every_moment_of_a_plausible_year_is_written_and_read_back(seconds in 0..4_000_000_000_i64) {
        let moment = Instant(seconds * 1000);
        prop_assert_eq!(Instant::parse_rfc3339(&moment.to_rfc3339()), Ok(moment));
        prop_assert!(moment.day().start() <= moment && moment < moment.day().next().start());
    }
}

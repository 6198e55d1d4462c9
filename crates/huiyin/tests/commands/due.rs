//! `huiyin due`: any deadline with its clause, one or a thousand.

use super::house::{command, huiyin, huiyin_reading};

const ONE: [&str; 8] = [
    "due",
    "--preset",
    "information-channels",
    "--route",
    "transfer",
    "--from",
    "2026-09-24T10:00:00+08:00",
    "--json",
];

#[test]
fn a_transfer_before_the_national_holiday_is_due_after_it() {
    let said = huiyin(&ONE).json();
    assert_eq!(said["from"], "2026-09-24T10:00:00+08:00");
    let clocks = said["clocks"].as_array().unwrap();
    let result = clocks.iter().find(|clock| clock["clock"] == "result").unwrap();
    // 25 is 中秋节; 28, 29, 30 are worked, then from the 8th on.
    assert_eq!(result["due"], "2026-10-09T18:00:00+08:00");
    assert_eq!(result["calendar"], "working");
    assert!(result["clause"].as_str().unwrap().contains("5 个工作日"));
    assert_eq!(
        result.as_object().unwrap().len(),
        4,
        "clock, due, calendar, clause and nothing else: {result}"
    );
}

#[test]
fn instants_are_answered_line_by_line_and_a_bad_line_is_named() {
    let input = "2026-09-24T10:00:00+08:00\n\nsoon\n2026-09-24T02:00:00Z\n";
    let said = huiyin_reading(
        &["due", "--preset", "campus", "--kind", "repair", "--route", "direct", "--from", "-", "--json"],
        input,
    );
    assert_eq!(said.code, 1, "{said:?}");
    let lines: Vec<&str> = said.out.lines().collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0], lines[1], "the same moment written in two ways");
    assert!(lines[0].contains("2026-09-26T10:00:00+08:00"), "48 hours: {}", lines[0]);
    assert!(said.err.starts_with("line 3: “soon” is not a moment"), "{said:?}");
}

#[test]
fn every_day_of_three_years_is_answered_without_a_complaint() {
    let days = (2024..=2026).flat_map(|year| (1..=12).map(move |month| (year, month)));
    let input: String = days
        .flat_map(|(year, month)| {
            (1..=28).map(move |day| format!("{year}-{month:02}-{day:02}T09:00:00+08:00\n"))
        })
        .collect();
    let said = huiyin_reading(
        &["due", "--preset", "information-channels", "--route", "refer", "--from", "-", "--json"],
        &input,
    );
    assert_eq!(said.done().lines().count(), input.lines().count());
    for (asked, told) in input.lines().zip(said.out.lines()) {
        let told: serde_json::Value = serde_json::from_str(told).unwrap();
        assert_eq!(told["from"], asked);
        assert!(
            told["clocks"].as_array().unwrap().iter().all(|clock| clock["due"].as_str().unwrap() > asked)
        );
    }
}

#[test]
fn an_urgent_matter_is_due_before_midnight() {
    let said = huiyin(&[
        "due",
        "--preset",
        "campus",
        "--route",
        "direct",
        "--urgency",
        "urgent",
        "--from",
        "2026-11-23T15:00:00+08:00",
        "--json",
    ]);
    assert!(
        said.done().contains(r#""clock":"result","due":"2026-11-24T00:00:00+08:00","calendar":"hours""#),
        "{said:?}"
    );
}

#[test]
fn a_calendar_of_the_schools_own_replaces_the_built_in_one_of_its_year() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("2026.toml");
    let text = "year = 2026\nsource = \"试验\"\n[[holidays]]\nname = \"校庆\"\nfrom = 2026-09-28\nuntil = 2026-09-30\n";
    std::fs::write(&file, text).unwrap();
    let file = file.to_str().unwrap();
    let said = huiyin(&[&ONE[..], &["--calendar", file]].concat());
    // Of the built-in year nothing is left: 25 is worked, 28 to 30 are not, October begins like any other month.
    assert!(said.done().contains("2026-10-06T18:00:00+08:00"), "{said:?}");

    std::fs::write(file, "year = 2026\nsource = \"试验\"\n[[holidays]]\nname = \"校庆\"\nfrom = 28\n")
        .unwrap();
    let said = huiyin(&[&ONE[..], &["--calendar", file]].concat());
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.err.contains("第 5 行"), "file, line and reason: {said:?}");
}

#[test]
fn people_read_it_too() {
    let words: Vec<&str> = ONE.iter().copied().filter(|word| *word != "--json").collect();
    let said = huiyin(&words);
    assert!(said.done().starts_with("from 2026-09-24T10:00:00+08:00\n  acknowledge "), "{said:?}");
}

#[test]
fn what_is_not_said_is_taken_from_the_environment() {
    let words: Vec<&str> = ONE
        .iter()
        .copied()
        .filter(|word| !word.contains("preset") && *word != "information-channels")
        .collect();
    let output = command(words).env("HUIYIN_PRESET", "information-channels").output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), huiyin(&ONE).out);
}

#[test]
fn a_wrong_preset_kind_or_moment_is_named_with_what_would_be_right() {
    let with = |preset, kind, from| {
        huiyin(&["due", "--preset", preset, "--kind", kind, "--route", "direct", "--from", from])
    };
    let now = "2026-09-24T10:00:00+08:00";
    assert!(with("nowhere", "repair", now).complaint(2).contains("presets are campus, echo-wall"));
    assert!(with("campus", "nothing", now).complaint(2).contains("kinds are suggestion, inquiry, repair"));
    assert!(
        with("campus", "repair", "yesterday")
            .complaint(2)
            .contains("is not a moment like 2026-09-24T10:00:00+08:00")
    );
}

//! `huiyin import`: cases with their own moments, people with their duties, bad lines named, nothing taken in twice.

use super::house::School;
use std::path::Path;

const CASES: &str = "id,time,user,title,body,reply,reply_time\n\
    a1,2020/1/8 10:23:45,U01,食堂晚上关门太早,八点下课吃不上饭,已延到八点半,2020/1/9 9:00\n\
    a2,2020-01-08 11:00:00,U02,选课系统打不开,整点就出错,,\n\
    a3,not a time,U03,又一件,,,\n\
    a4,2020-01-10 08:00:00,U04\n\
    a5,2020-01-10 08:00:00,U05,答复在前,,早答了,2019-12-31 08:00\n";

fn import(school: &School, file: &Path, more: &[&str]) -> super::house::Said {
    school.run(&[&["import", "cases", file.to_str().unwrap()], more].concat())
}

#[test]
fn good_rows_are_taken_in_and_bad_ones_named_with_file_line_and_reason() {
    let school = School::new();
    let file = school.file("old.csv", CASES);
    let said = import(&school, &file, &[]);
    assert_eq!(said.code, 1, "{said:?}");
    assert_eq!(said.out, "imported 2, already there 0, bad 3\n");
    let name = file.display();
    let beginnings = [
        format!("{name}:4: “not a time” is not a time"),
        format!("{name}:5: it has 3 values, and the heading names 7 columns"),
        format!("{name}:6: it was answered on 2019-12-31 08:00, before it came in"),
    ];
    for beginning in &beginnings {
        assert!(said.err.lines().any(|line| line.starts_with(beginning)), "{beginning}: {said:?}");
    }
    assert!(school.run(&["verify"]).done().starts_with("ok: 2 cases"));
}

#[test]
fn the_same_rows_are_taken_in_once_even_from_a_mended_file() {
    let school = School::new();
    let file = school.file("old.csv", CASES);
    import(&school, &file, &[]);
    let mended = school.file("mended.csv", &CASES.replace("not a time", "2020-01-09 12:00:00"));
    let said = import(&school, &mended, &["--json"]).json();
    assert_eq!(
        (said["imported"].as_u64(), said["already_there"].as_u64(), said["bad"].as_u64()),
        (Some(1), Some(2), Some(2))
    );
    assert!(school.run(&["verify"]).done().starts_with("ok: 3 cases"));
}

#[test]
fn a_case_keeps_its_own_moments_and_loses_its_author() {
    let school = School::new();
    let file = school.file("old.csv", CASES);
    import(&school, &file, &[]);
    let given = school.run(&["export", "cases", "--with-requesters"]);
    assert!(!given.done().contains("U01"), "who wrote is not taken over");
    let cases: Vec<serde_json::Value> =
        given.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(cases.len(), 2);
    let answered = &cases[0];
    assert_eq!(answered["title"], "食堂晚上关门太早");
    assert_eq!(answered["submitted_at"], "2020-01-08T10:23:45+08:00");
    assert_eq!((answered["unit"].as_str(), answered["stage"].as_str()), (Some("catering"), Some("archived")));
    let events: Vec<(&str, &str)> = answered["record"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| (line["event"]["event"].as_str().unwrap(), line["at"].as_str().unwrap()))
        .collect();
    assert_eq!(
        events,
        [
            ("submitted", "2020-01-08T10:23:45+08:00"),
            ("accepted", "2020-01-08T10:23:45+08:00"),
            ("assigned", "2020-01-08T10:23:45+08:00"),
            ("replied", "2020-01-09T09:00:00+08:00"),
            ("archived", "2020-01-16T09:00:00+08:00"),
        ]
    );
    let waiting = &cases[1];
    assert_eq!((waiting["unit"].as_str(), waiting["stage"].as_str()), (Some("network"), Some("assigned")));
    let missed = waiting["record"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|line| line["event"]["event"] == "deadline_missed");
    assert_eq!(missed.count(), 2, "what was promised and not kept is witnessed: {waiting}");
}

// 4.6
#[test]
fn an_open_case_stands_on_the_ladder_where_it_belongs_since_the_day_it_came_due() {
    let school = School::new();
    let file = school.file("old.csv", CASES);
    import(&school, &file, &[]);
    let given = school.run(&["export", "cases"]);
    let open: serde_json::Value =
        given.done().lines().map(|line| serde_json::from_str(line).unwrap()).nth(1).unwrap();
    let steps = |open: &serde_json::Value| -> Vec<(String, String)> {
        let record = open["record"].as_array().unwrap().iter();
        let steps = record.filter(|line| line["event"]["event"] == "supervised");
        let told = |line: &serde_json::Value| {
            let words = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
            (words(&line["event"]["level"]), words(&line["at"]))
        };
        steps.map(told).collect()
    };
    let expected = [
        ("unit_head", "2020-01-09T11:00:00+08:00"),
        ("coordinator", "2020-01-10T11:00:00+08:00"),
        ("leader_in_charge", "2020-01-12T11:00:00+08:00"),
        ("head", "2020-01-16T11:00:00+08:00"),
    ];
    let expected = expected.map(|(level, at)| (level.to_owned(), at.to_owned()));
    assert_eq!(steps(&open), expected, "{open}");
}

#[test]
fn columns_of_other_names_are_mapped() {
    let school = School::new();
    let file = school.file("old.jsonl", "{\"what\":\"路灯坏了\",\"when\":\"2024-05-06 20:00\"}\n");
    let said = import(&school, &file, &["--map", "what=title", "when=time", "--kind", "repair"]);
    assert_eq!(said.done(), "imported 1, already there 0, bad 0\n");
    assert!(school.run(&["export", "cases"]).done().contains("\"kind\":\"repair\""));
    let said = import(&school, &file, &["--map", "what=nothing"]);
    assert!(said.complaint(2).contains("fields are id, time, title"), "{said:?}");
    let headless = school.file("old.tsv", "what\twhen\na\tb\n");
    assert!(import(&school, &headless, &[]).complaint(2).contains("no column is called title or body"));
}

#[test]
fn a_roster_gives_people_their_duties_and_names_bad_lines() {
    let school = School::new();
    let file = school.file(
        "people.csv",
        "学工号,姓名,身份,单位,职责\n1001,赵一,教职工,后勤管理处,承办员\n1002,钱二,教职工,没有的处,承办员\n",
    );
    let said = school.run(&["import", "roster", file.to_str().unwrap()]);
    assert_eq!(
        (said.code, said.out.as_str()),
        (1, "added 1, changed 0, unchanged 0, still closed 0, bad 1\n"),
        "{said:?}"
    );
    assert!(said.err.starts_with(&format!("{}:3: ", file.display())), "{said:?}");
    let again = school.run(&["import", "roster", file.to_str().unwrap(), "--json"]).json();
    assert_eq!((again["unchanged"].as_u64(), again["bad"].as_u64()), (Some(1), Some(1)));
    assert!(school.run(&["export", "school"]).done().contains("\"role\":\"officer\",\"unit\":\"logistics\""));
}

/// The real messages lie beside the repository, where they may be used for tests and for nothing else.
#[test]
fn real_messages_are_taken_in_where_they_are_at_hand() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(3).unwrap().join("shared/data");
    let file = data.join("replies.tsv.gz");
    if !file.exists() {
        println!("skipped: {} is not here", file.display());
        return;
    }
    let school = School::new();
    let said = import(&school, &file, &["--json"]).json();
    assert_eq!((said["imported"].as_u64(), said["bad"].as_u64()), (Some(2816), Some(0)));
    assert!(school.run(&["verify"]).done().starts_with("ok: 2816 cases"));
}

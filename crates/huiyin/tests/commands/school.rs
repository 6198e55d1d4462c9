//! A school made, filled, and checked; what was changed behind its back is found.

use super::house::{School, huiyin};
use huiyin_foundation::db::{Db, DbError};
use huiyin_foundation::params;
use std::os::unix::fs::PermissionsExt;

const ROWS: &str = "time\ttitle\tbody\treply\treply_time\n\
    2025-03-03 09:00:00\t食堂晚上关门太早\t八点下课吃不上饭\t延到八点半\t2025-03-04 10:00:00\n\
    2025-03-05 22:00:00\t宿舍灯不亮\t三楼走廊\t\t\n";

fn school_with_cases() -> School {
    let school = School::new();
    let file = school.file("rows.tsv", ROWS);
    school.run(&["import", "cases", file.to_str().unwrap()]).done();
    school
}

/// Runs one statement on the database, as nobody should.
fn meddle(school: &School, sql: &'static str) {
    let db = Db::open_sqlite(school.path("huiyin.sqlite")).unwrap();
    db.write_now(move |tx| tx.execute(sql, params![]).map(drop))
        .unwrap_or_else(|error: DbError| panic!("{error}"));
    db.close();
}

#[test]
fn a_new_school_is_nobody_elses_to_read_and_gives_a_link_once() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("school");
    let words = [
        "init",
        "--data",
        data.to_str().unwrap(),
        "--preset",
        "four-oclock",
        "--name",
        "试验学校",
        "--base-url",
        "https://hy.example",
    ];
    let said = huiyin(&words);
    let link = said.done().lines().find(|line| line.contains("/setup/")).unwrap().trim();
    assert!(link.starts_with("https://hy.example/setup/"), "{said:?}");
    assert_eq!(link.len(), "https://hy.example/setup/".len() + 43, "32 random bytes");
    let mode = |name: &str| std::fs::metadata(data.join(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(""), mode("keys")), (0o700, 0o600));
    assert!(huiyin(&words).complaint(1).contains("there is a school in"), "never made over");
    assert_eq!(huiyin(&["verify", "--data", data.to_str().unwrap()]).done(), "ok: 0 cases, 0 events\n");
}

#[test]
fn a_bad_preset_makes_no_school() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("school");
    let said =
        huiyin(&["init", "--data", data.to_str().unwrap(), "--preset", "nowhere", "--name", "试验学校"]);
    assert!(said.complaint(2).contains("presets are"));
    assert!(!data.exists());
}

#[test]
fn a_sound_school_is_counted() {
    let school = school_with_cases();
    assert!(school.run(&["verify"]).done().starts_with("ok: 2 cases, "));
    let said = school.run(&["verify", "--json"]).json();
    assert_eq!((said["ok"].as_bool(), said["cases"].as_u64()), (Some(true), Some(2)));
}

#[test]
fn what_was_changed_behind_its_back_is_found_and_named() {
    for (sql, said) in [
        (
            "update case_events set at_ms = at_ms + 1 where case_no = 'HY-20250303-0001' and seq = 2",
            "HY-20250303-0001, event 2: its content does not fit its hash",
        ),
        (
            "delete from case_events where case_no = 'HY-20250303-0001' and seq = 2",
            "HY-20250303-0001, event 2",
        ),
        (
            "update case_texts set words = '没有这回事' where case_no = 'HY-20250305-0001' and kind = 'body'",
            "HY-20250305-0001, event 1: a text beside it",
        ),
        (
            "update cases set unit = 'finance' where case_no = 'HY-20250305-0001'",
            "HY-20250305-0001: column unit",
        ),
        ("update case_counts set n = n + 1 where measure = 'received'", "the count "),
    ] {
        let school = school_with_cases();
        meddle(&school, sql);
        let found = school.run(&["verify"]);
        assert!(found.complaint(1).starts_with(said), "{sql}: {found:?}");
        assert_eq!(school.run(&["verify", "--json"]).json()["ok"], false);
    }
}

//! An import is killed in the middle: what it had written stays whole, and running it again makes it complete.

use super::killing::{School, kill};
use std::fs::OpenOptions;
use std::io::Write;
use std::process::Command;

const ROWS: usize = 900;

fn row(number: usize) -> String {
    let body = "走廊的灯又不亮了，".repeat(25);
    format!("{number}\t2025-03-{:02} 09:00:00\t第 {number} 件：走廊没有灯\t{body}\n", number % 28 + 1)
}

#[test]
fn an_import_killed_at_ten_points_leaves_whole_cases_and_is_completed_by_running_it_again() {
    let school = School::new();
    let mut known = 0;
    for point in 0..10 {
        // A pipe in the place of a file, so that the test knows how far the import must have read.
        let pipe = school.path(&format!("rows-{point}.tsv"));
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let import = school.start(&["import", "cases", &pipe]);
        let mut rows = OpenOptions::new().write(true).open(&pipe).unwrap();
        rows.write_all("id\ttime\ttitle\tbody\n".as_bytes()).unwrap();
        for number in 0..400 + 50 * point {
            rows.write_all(row(number).as_bytes()).unwrap();
        }
        kill(import);
        let cases = school.verified_cases();
        assert!(cases >= known, "nothing that was there is lost: {known} before, {cases} now");
        assert!(cases <= 400 + 50 * point as u64, "nothing is there that was not given");
        known = cases;
    }
    assert!(known > 0, "some of the imports must have got somewhere");

    let whole = school.path("rows.tsv");
    let rows: String = (0..ROWS).map(row).collect();
    std::fs::write(&whole, format!("id\ttime\ttitle\tbody\n{rows}")).unwrap();
    let done = school.command(&["import", "cases", &whole, "--json"]).output().unwrap();
    let said: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(said["already_there"].as_u64(), Some(known));
    assert_eq!(said["imported"].as_u64(), Some(ROWS as u64 - known));
    assert_eq!(school.verified_cases(), ROWS as u64);
}

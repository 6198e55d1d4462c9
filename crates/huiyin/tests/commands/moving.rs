//! A school moves: saved into one file and put back, given out line by line.

use super::house::{School, huiyin};
use calamine::{Data, Reader, Xlsx, open_workbook};
use std::os::unix::fs::PermissionsExt;

const ROWS: &str = "time\ttitle\treply\treply_time\n2025-03-03 09:00:00\t食堂晚上关门太早\t延到八点半\t2025-03-04 10:00:00\n";

fn school_with_a_case() -> School {
    let school = School::new();
    let file = school.file("rows.tsv", ROWS);
    school.run(&["import", "cases", file.to_str().unwrap()]).done();
    std::fs::create_dir_all(school.path("files/ab")).unwrap();
    school.file("files/ab/photo.jpg", "a photo");
    school
}

#[test]
fn a_backup_holds_everything_and_is_restored_into_an_empty_folder_only() {
    let school = school_with_a_case();
    let folder = tempfile::tempdir().unwrap();
    let saved = folder.path().join("school.zip");
    let saved = saved.to_str().unwrap();
    assert!(school.run(&["backup", saved]).done().contains("keep it like a key"));
    assert_eq!(std::fs::metadata(saved).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(school.run(&["backup", saved]).complaint(1).contains("is there already"));
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing half done is left beside it: {left:?}");

    let again = folder.path().join("again");
    let again = again.to_str().unwrap();
    huiyin(&["restore", saved, "--data", again]).done();
    let same = |name: &str| {
        std::fs::read(school.path(name)).unwrap() == std::fs::read(format!("{again}/{name}")).unwrap()
    };
    assert!(same("keys") && same("files/ab/photo.jpg"));
    assert_eq!(huiyin(&["verify", "--data", again]).done(), school.run(&["verify"]).done());
    assert_eq!(huiyin(&["export", "cases", "--data", again]).done(), school.run(&["export", "cases"]).done());
    assert!(huiyin(&["restore", saved, "--data", again]).complaint(1).contains("is not empty"));
}

#[test]
fn the_doors_to_the_outside_are_saved_and_stay_shut_until_somebody_opens_them() {
    let school = school_with_a_case();
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    school.run(&["backup", &path("without.zip")]).done();
    let said = huiyin(&["restore", &path("without.zip"), "--data", &path("without")]);
    assert!(said.done().contains("the backup holds no post.toml"), "{said:?}");

    let post = "[smtp]\nhost = \"127.0.0.1\"\nsecurity = \"none\"\nfrom = \"huiyin@example.edu.cn\"\npassword = \"geheim\"\n";
    let file = school.file("post.toml", post);
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600)).unwrap();
    school.run(&["backup", &path("with.zip")]).done();
    let said = huiyin(&["restore", &path("with.zip"), "--data", &path("with")]);
    assert!(
        said.done().contains("rename") && said.out.contains("post.toml.restored to post.toml"),
        "{said:?}"
    );
    assert!(!said.out.contains("geheim") && !folder.path().join("with/post.toml").exists());
    let shut = path("with/post.toml.restored");
    assert_eq!(std::fs::read_to_string(&shut).unwrap(), post);
    assert_eq!(std::fs::metadata(&shut).unwrap().permissions().mode() & 0o777, 0o600);
    std::fs::rename(&shut, path("with/post.toml")).unwrap();
    let explained = huiyin(&["config", "explain", "--data", &path("with")]);
    assert!(explained.done().contains("smtp 127.0.0.1:587"), "{explained:?}");
}

#[test]
fn what_is_no_backup_is_not_restored() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("no.zip");
    std::fs::write(&file, "not a zip").unwrap();
    let to = folder.path().join("to");
    let said = huiyin(&["restore", file.to_str().unwrap(), "--data", to.to_str().unwrap()]);
    assert!(said.complaint(1).contains("is no backup of a school"), "{said:?}");
    assert!(!to.exists());
}

#[test]
fn the_whole_school_is_given_out_without_passwords() {
    let school = school_with_a_case();
    let given = school.run(&["export", "school", "--json"]);
    let lines: Vec<serde_json::Value> =
        given.done().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let count = |what: &str| lines.iter().filter(|line| line["what"] == what).count();
    assert_eq!((count("school"), count("settings"), count("case")), (1, 1, 1));
    assert!(count("unit") > 30 && count("person") == 2);
    assert!(!given.out.contains("argon2") && !given.out.contains("password_hash"));
}

const TERM_ROWS: &str = "time\ttitle\treply\treply_time\n\
    2026-09-07 09:00:00\t=食堂晚上关门太早\t延到八点半\t2026-09-08 10:00:00\n\
    2026-09-08 09:00:00\t宿舍,热水\"不热\"\t\t\n\
    2025-10-08 09:00:00\t去年的路灯不亮\t修好了\t2025-10-09 10:00:00\n";

#[test]
fn the_ledger_of_a_term_is_given_out_in_three_forms() {
    let school = School::new();
    let file = school.file("rows.tsv", TERM_ROWS);
    school.run(&["import", "cases", file.to_str().unwrap()]).done();
    let ledger = |more: &[&str]| school.run(&[&["export", "ledger", "--term", "2026-2027-1"], more].concat());

    let csv = ledger(&[]).done().to_owned();
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert_eq!(lines[0], "\u{feff}序号,编号,承办单位,反映问题,反映渠道,办理情况,原因");
    assert!(
        lines[1].starts_with("1,HY-20260907-0001,") && lines[1].contains(",'=食堂晚上关门太早,"),
        "{csv}"
    );
    assert!(lines[1].contains(",已办结,"), "{csv}");
    assert!(lines[2].contains(",\"宿舍,热水\"\"不热\"\"\",") && lines[2].contains(",未办结,"), "{csv}");
    assert_eq!(lines[3..], [""], "only this term");

    let json = ledger(&["--json"]);
    let json: Vec<serde_json::Value> =
        json.done().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(json.len(), 2);
    assert_eq!((&json[0]["title"], &json[0]["state"]), (&"=食堂晚上关门太早".into(), &"已办结".into()));
    assert_eq!(json[1]["number"], "HY-20260908-0001");

    let out = school.path("ledger.xlsx");
    assert_eq!(ledger(&["--out", out.to_str().unwrap()]).done(), "");
    let mut book: Xlsx<_> = open_workbook(&out).unwrap();
    let sheet = book.worksheet_range("汇总表").unwrap();
    assert_eq!(sheet.get_value((2, 3)), Some(&Data::String("=食堂晚上关门太早".to_owned())));
    assert!(book.worksheet_formula("汇总表").unwrap().is_empty());

    assert!(ledger(&["--out", "ledger.pdf"]).complaint(2).contains(".csv, .xlsx or .jsonl"));
    let unknown = school.run(&["export", "ledger", "--term", "2026-2027-9"]);
    assert!(unknown.complaint(2).contains("the settings name 2025-2026-1, "), "{unknown:?}");
}

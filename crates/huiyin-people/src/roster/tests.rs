//! A roster is taken over line by line; what cannot be taken is named.

use super::*;
use crate::identity::{Person, PersonKind, person_by_number, set_password};
use huiyin_domain::access::{Duty, Role};
use huiyin_foundation::passwords::Verdict;
use huiyin_foundation::testing::TestSchool;

async fn imported(school: &TestSchool, bytes: &[u8]) -> Report {
    import(school, bytes, "roster.csv", &[], |_, _| {}).await.unwrap().unwrap()
}

async fn trouble(file: &str, bytes: &[u8], map: &[(&str, &str)]) -> String {
    let map: Vec<(String, String)> = map.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
    let school = TestSchool::new();
    import(&school, bytes, file, &map, |_, _| {}).await.unwrap().unwrap_err().to_string()
}

async fn known(school: &TestSchool, number: &'static str) -> Option<Person> {
    school.db.read(move |tx| person_by_number(tx, number)).await.unwrap()
}

fn reasons(report: &Report) -> Vec<String> {
    report.complaints.iter().map(ToString::to_string).collect()
}

const ROSTER: &str = "\
学工号,姓名,身份,单位,职责,邮箱,手机
20230001,林同学,学生,计算机学院,,lin@example.edu.cn,13800000000
8051,吴师傅,教职工,后勤处,承办员,,
8052,郑处长,教职工,后勤管理处,单位负责人、承办员（公寓管理中心）,,0531-8051
8001,孙老师,,党办,受理员,,
1,钱校长,教职工,校长办公室,校领导（校长）,,
";

#[tokio::test]
async fn people_come_with_their_duties_wherever_they_hold() {
    let school = TestSchool::new();
    let report = imported(&school, ROSTER.as_bytes()).await;
    assert_eq!(report, Report { added: 5, ..Report::default() });
    let duty = |role, unit: Option<&str>, post: Option<&str>| Duty {
        role,
        unit: unit.map(Into::into),
        post: post.map(Into::into),
    };
    let student = known(&school, "20230001").await.unwrap();
    assert_eq!((student.kind, student.duties, student.has_password), (PersonKind::Student, vec![], false));
    assert_eq!(known(&school, "8051").await.unwrap().duties, [duty(Role::Officer, Some("logistics"), None)]);
    let head = known(&school, "8052").await.unwrap();
    let both = [duty(Role::Officer, Some("residence"), None), duty(Role::UnitHead, Some("logistics"), None)];
    assert_eq!(head.duties, both);
    let clerk = known(&school, "8001").await.unwrap();
    assert_eq!((clerk.kind, clerk.duties[0].role), (PersonKind::Staff, Role::Clerk));
    assert_eq!(known(&school, "1").await.unwrap().duties, [duty(Role::Leader, None, Some("president"))]);
}

#[tokio::test]
async fn a_closed_account_is_brought_up_to_date_and_stays_closed() {
    let school = TestSchool::new();
    imported(&school, ROSTER.as_bytes()).await;
    let id = known(&school, "20230001").await.unwrap().id;
    school.db.write(move |tx| crate::identity::disable(tx, &id)).await.unwrap();
    let report = imported(&school, ROSTER.replace("林同学", "林晚").as_bytes()).await;
    assert_eq!((report.closed, report.changed, report.unchanged), (1, 0, 4));
    let person = known(&school, "20230001").await.unwrap();
    assert!(person.is_disabled);
    assert_eq!(person.name, "林晚");
}

#[tokio::test]
async fn a_second_import_changes_only_what_is_new() {
    let school = TestSchool::new();
    imported(&school, ROSTER.as_bytes()).await;
    assert_eq!(imported(&school, ROSTER.as_bytes()).await.unchanged, 5);
    let moved = ROSTER.replace("林同学", "林晚").replace("后勤处,承办员", "图书馆,承办员");
    let report = imported(&school, moved.as_bytes()).await;
    assert_eq!((report.added, report.changed, report.unchanged), (0, 2, 3));
    assert_eq!(known(&school, "8051").await.unwrap().duties[0].unit, Some("library".into()));
    let without_duties = "学工号,姓名\n8051,吴师傅\n";
    imported(&school, without_duties.as_bytes()).await;
    assert_eq!(known(&school, "8051").await.unwrap().duties.len(), 1, "no column, no change");
    imported(&school, "学工号,姓名,职责\n8051,吴师傅,\n".as_bytes()).await;
    assert_eq!(known(&school, "8051").await.unwrap().duties, [], "an empty cell takes them away");
}

#[tokio::test]
async fn bad_lines_are_named_and_the_others_go_on() {
    let school = TestSchool::new();
    let roster = "\
学工号,姓名,身份,单位,职责,邮箱,手机,初始密码
,无号,学生,,,,,
1 2,空格,学生,,,,,
20230001,,学生,,,,,
20230002,好的,学生,,,,,
20230002,又是我,学生,,,,,
3,甲,访客,,,,,

4,乙,教职工,魔法学院,承办员,,,
5,丙,教职工,,承办员,,,
6,丁,教职工,,校领导,,,
7,戊,教职工,,园丁,,,
8,己,学生,,,没有邮箱,,
9,庚,学生,,,,手机,
10,辛,学生,,,,,短
11,壬,学生,,,,,
";
    let report = imported(&school, roster.as_bytes()).await;
    assert_eq!(report.added, 2);
    let said = reasons(&report);
    let expected = [
        "第 2 行：没有学工号",
        "第 3 行：学工号“1 2”",
        "第 4 行：20230001 没有姓名",
        "第 6 行：学工号 20230002 与第 5 行重复",
        "第 7 行：身份“访客”",
        "第 9 行：单位“魔法学院”",
        "第 10 行：承办员要写明单位",
        "第 11 行：校领导要写明岗位，如 校领导（党委书记）",
        "第 12 行：职责“园丁”认不出来，可以写：承办员、",
        "第 13 行：邮箱",
        "第 14 行：手机",
        "第 15 行：初始密码至少 8 个字",
    ];
    assert_eq!(said.len(), expected.len(), "{said:#?}");
    for (said, start) in said.iter().zip(expected) {
        assert!(said.starts_with(start), "{said} / {start}");
    }
}

#[tokio::test]
async fn tables_come_in_the_forms_that_spreadsheets_write() {
    let tabs = ROSTER.replace(',', "\t");
    let with_mark = format!("\u{feff}{}", ROSTER.replace('\n', "\r\n"));
    let chinese_windows = encoding_rs::GB18030.encode(ROSTER).0.into_owned();
    for bytes in [tabs.into_bytes(), with_mark.into_bytes(), chinese_windows] {
        let school = TestSchool::new();
        assert_eq!(imported(&school, &bytes).await.added, 5);
        assert_eq!(known(&school, "20230001").await.unwrap().name, "林同学");
    }
}

#[tokio::test]
async fn numbers_of_a_workbook_stay_as_they_were_typed() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in ["学号", "姓名", "手机"].into_iter().enumerate() {
        sheet.write(2, column as u16, name).unwrap();
    }
    sheet.write(3, 0, 20_230_001_u32).unwrap().write(3, 1, "林同学").unwrap();
    sheet.write(3, 2, 13_800_000_000_f64).unwrap();
    sheet.write(4, 1, "无号").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let school = TestSchool::new();
    let report = imported(&school, &bytes).await;
    assert_eq!(known(&school, "20230001").await.unwrap().phone, "13800000000");
    assert_eq!(reasons(&report), ["第 5 行：没有学工号"]);
}

#[tokio::test]
async fn a_map_leads_other_column_names_to_known_fields() {
    let school = TestSchool::new();
    let map = [("编号".to_owned(), "学工号".to_owned()), ("谁".to_owned(), "name".to_owned())];
    let outcome = import(&school, "编号,谁\n7,王\n".as_bytes(), "a.csv", &map, |_, _| {}).await.unwrap();
    assert_eq!(outcome.unwrap().added, 1);
    assert!(trouble("a.csv", "编号,谁\n7,王\n".as_bytes(), &[]).await.contains("学工号"));
    assert!(trouble("a.csv", "编号,谁\n".as_bytes(), &[("号", "学工号")]).await.contains("“号”"));
    assert!(trouble("a.csv", "编号,谁\n".as_bytes(), &[("谁", "魔法")]).await.contains("“魔法”"));
}

#[tokio::test]
async fn what_is_no_table_is_refused_with_a_sentence() {
    assert!(trouble("a.csv", b"", &[]).await.contains("没有内容"));
    assert!(trouble("a.csv", b"\n\n,,\n", &[]).await.contains("没有内容"));
    assert!(trouble("a.xlsx", b"PK\x03\x04 nonsense", &[]).await.contains("XLSX"));
    assert!(trouble("a.csv", b"\x00\xff\xfe\x01", &[]).await.contains("学工号"));
}

#[tokio::test]
async fn a_first_password_is_set_once_and_never_over_a_chosen_one() {
    let school = TestSchool::new();
    let roster = "学工号,姓名,初始密码\n7,王,first-password\n";
    imported(&school, roster.as_bytes()).await;
    let stored = async || {
        let row = school
            .db
            .read(|tx| {
                tx.query_one("select password_hash\n  from people", huiyin_foundation::params![])?
                    .text("password_hash")
            })
            .await;
        row.unwrap()
    };
    let right = Verdict::Right { needs_rehash: false };
    assert_eq!(school.passwords.verify("first-password", Some(&stored().await)).await, right);
    let chosen = school.passwords.hash(&school.keys, "chosen-by-me").await;
    let id = known(&school, "7").await.unwrap().id;
    school.db.write(move |tx| set_password(tx, &id, &chosen)).await.unwrap();
    imported(&school, roster.as_bytes()).await;
    assert_eq!(school.passwords.verify("chosen-by-me", Some(&stored().await)).await, right);
}

#[tokio::test]
async fn long_rosters_tell_how_far_they_are() {
    let school = TestSchool::new();
    let lines: String = (0..450).map(|n| format!("{n},同学{n}\n")).collect();
    let mut told = Vec::new();
    let roster = format!("学工号,姓名\n{lines},无号\n");
    let progress = |done, total| told.push((done, total));
    let report = import(&school, roster.as_bytes(), "a.csv", &[], progress).await.unwrap().unwrap();
    assert_eq!((report.added, report.complaints.len()), (450, 1));
    assert_eq!(told, [(201, 451), (401, 451), (451, 451)]);
}

//! Reading files of every kind, and the rows that cannot be used.

use super::carry::{Importer, importer};
use super::columns::Columns;
use super::incoming::{Found, Incoming, Reading};
use super::open::open;
use super::rows::{Bad, Row};
use super::{moment, open::Opened};
use flate2::Compression;
use flate2::write::GzEncoder;
use huiyin_cases::cases::deadlines;
use huiyin_domain::access::{Duty, Role};
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::KindId;
use huiyin_domain::policy::SecondLook;
use huiyin_domain::shipped;
use huiyin_foundation::error::Error;
use huiyin_foundation::keys::Keys;
use huiyin_foundation::testing::TestSchool;
use huiyin_people::identity::{self, PersonEntry, PersonKind};
use std::io::Write;
use std::path::PathBuf;
use tempfile::TempDir;

fn file(folder: &TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    if name.ends_with(".gz") {
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(bytes).unwrap();
        std::fs::write(&path, packed.finish().unwrap()).unwrap();
    } else {
        std::fs::write(&path, bytes).unwrap();
    }
    path
}

fn rows_of(name: &str, bytes: &[u8]) -> Vec<Result<Row, Bad>> {
    let folder = tempfile::tempdir().unwrap();
    open(&file(&folder, name, bytes)).unwrap().rows.collect()
}

fn cells(row: &Result<Row, Bad>) -> Vec<String> {
    row.as_ref().unwrap().cells.iter().map(|(column, value)| format!("{column}={value}")).collect()
}

#[test]
fn the_same_rows_are_read_from_every_kind_of_file() {
    let files: [(&str, &str); 6] = [
        ("a.tsv", "title\tbody\n灯坏了\t三楼\n"),
        ("a.tsv.gz", "title\tbody\r\n灯坏了\t三楼\r\n"),
        ("a.csv", "title,body\n\"灯坏了\",三楼\n"),
        ("a.csv.gz", "\u{feff}title,body\n灯坏了,三楼\n"),
        ("a.jsonl", "{\"title\":\"灯坏了\",\"body\":\"三楼\"}\n\n"),
        ("A.JSONL.GZ", "{\"title\":\"灯坏了\",\"body\":\"三楼\"}"),
    ];
    for (name, text) in files {
        let name = name.replace("GZ", "gz");
        let rows = rows_of(&name, text.as_bytes());
        assert_eq!(rows.len(), 1, "{name}");
        let mut cells = cells(&rows[0]);
        cells.sort();
        assert_eq!(cells, ["body=三楼", "title=灯坏了"], "{name}");
    }
}

#[test]
fn a_workbook_is_read_from_its_first_sheet() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, word) in ["标题", "时间", "编号"].into_iter().enumerate() {
        sheet.write_string(0, column as u16, word).unwrap();
    }
    sheet.write_string(1, 0, "灯坏了").unwrap();
    let moment = rust_xlsxwriter::ExcelDateTime::parse_from_str("2020-01-08T10:23:45").unwrap();
    let format = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd hh:mm:ss");
    sheet.write_datetime_with_format(1, 1, &moment, &format).unwrap();
    sheet.write_number(1, 2, 17).unwrap();
    let rows = rows_of("a.xlsx", &book.save_to_buffer().unwrap());
    assert_eq!(cells(&rows[0]), ["标题=灯坏了", "时间=2020-01-08T10:23:45", "编号=17"]);
    assert_eq!(rows[0].as_ref().unwrap().line, 2);
}

#[test]
fn a_line_that_cannot_be_read_is_named_and_the_next_is_read() {
    let mut text = b"title\tbody\na\tb\tc\n".to_vec();
    text.extend_from_slice(b"\xff\xfe\tb\n");
    text.extend_from_slice(b"nul\0\tb\n\nlast\tb\n");
    let rows = rows_of("a.tsv", &text);
    let said: Vec<String> = rows
        .iter()
        .map(|row| match row {
            Ok(row) => format!("{} ok", row.line),
            Err(bad) => format!("{} {}", bad.line, bad.reason),
        })
        .collect();
    assert_eq!(
        said,
        [
            "2 it has 3 values, and the heading names 2 columns",
            "3 it is not UTF-8 text",
            "4 column title holds a zero byte",
            "6 ok"
        ]
    );
    let rows = rows_of("a.jsonl", b"[1]\nnot json\n{\"title\":\"a\"}\n");
    assert_eq!(rows.iter().filter(|row| row.is_ok()).count(), 1);
}

#[test]
fn a_torn_gz_gives_what_can_be_read_and_says_that_it_is_torn() {
    let folder = tempfile::tempdir().unwrap();
    let long: String = (0..2000).map(|n| format!("title {n}\tbody {}\n", n * 7919 % 1000)).collect();
    let path = file(&folder, "a.tsv.gz", format!("title\tbody\n{long}").as_bytes());
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    let rows: Vec<_> = open(&path).unwrap().rows.collect();
    assert!(rows.len() > 100, "{}", rows.len());
    assert_eq!(rows.iter().filter(|row| row.is_err()).count(), 1);
}

#[test]
fn a_file_of_another_kind_is_refused_before_anything_is_read() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.txt", "a.gz", "a"] {
        let stop = open(&file(&folder, name, b"x")).err().unwrap();
        assert!(stop.line().unwrap().contains(".tsv, .csv, .jsonl or .xlsx"), "{stop:?}");
    }
    assert!(open(&file(&folder, "a.xlsx", b"x")).is_err());
    assert!(open(&file(&folder, "a.tsv", b"")).is_err());
}

#[test]
fn times_are_read_as_people_write_them() {
    let expected = Instant::parse_rfc3339("2020-01-08T10:23:00+08:00").unwrap();
    for text in [
        "2020-01-08T10:23:00+08:00",
        "2020-01-08T02:23:00Z",
        "2020-1-8 10:23",
        "2020/1/8 10:23:00",
        "2020年1月8日 10:23",
    ] {
        assert_eq!(moment::parse(text), Some(expected), "{text}");
    }
    assert_eq!(moment::parse("2020.1.8"), Some(Instant::parse_rfc3339("2020-01-08T00:00:00+08:00").unwrap()));
    for text in
        ["", "yesterday", "2020-13-01", "2020-02-30", "2020-1-1 25:00", "20200101", "1-2-3", "2020-1-1 10"]
    {
        assert_eq!(moment::parse(text), None, "{text}");
    }
}

/// The cases and complaints of a file under the campus rules; it is 2026-11-21 there.
fn read(name: &str, text: &str, map: &[&str]) -> (Vec<Incoming>, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let Opened { columns: heading, rows, .. } = open(&file(&folder, name, text.as_bytes())).unwrap();
    let map: Vec<String> = map.iter().map(|option| (*option).to_owned()).collect();
    let columns = Columns::mapped(&map, heading.as_deref()).unwrap();
    let (policy, keys) = (shipped::preset("campus").unwrap(), Keys::for_tests());
    let now = Instant::parse_rfc3339("2026-11-21T12:00:00+08:00").unwrap();
    let reading =
        Reading { policy: &policy, columns: &columns, kind: KindId::from("complaint"), now, keys: &keys };
    let (mut cases, mut complaints) = (Vec::new(), Vec::new());
    for row in rows {
        match row.and_then(|row| reading.read(&row)) {
            Ok(Found::Case(case)) => cases.push(*case),
            Ok(Found::Skipped(why)) => complaints.push(format!("skipped: {why}")),
            Err(bad) => complaints.push(bad.reason),
        }
    }
    (cases, complaints)
}

#[test]
fn a_row_with_an_answer_becomes_a_case_with_both_moments() {
    let text = "id\ttime\tuser\ttitle\tbody\treply\treply_time\n\
        r1\t2019-04-25T09:32:09\tU7\t食堂涨价\t没有公示\t已公示\t2019-04-26T10:00:00\n";
    let (cases, complaints) = read("a.tsv", text, &[]);
    assert!(complaints.is_empty(), "{complaints:?}");
    let case = &cases[0];
    assert_eq!(case.at.to_rfc3339(), "2019-04-25T09:32:09+08:00");
    assert_eq!(case.reply.as_ref().unwrap().0.to_rfc3339(), "2019-04-26T10:00:00+08:00");
    assert_eq!(case.unit.as_str(), "catering");
    assert_eq!(case.submission.category.as_ref().unwrap().as_str(), "catering");
    assert!(!format!("{case:?}").contains("U7"), "who wrote is not taken over");
}

#[test]
fn a_known_name_of_kind_category_unit_or_place_is_understood() {
    let text = "类型\t类别\t标题\t单位\t地点\n报修\t后勤维修\t灯不亮\t后勤处\t图书馆\n咨询\t城乡建设\t一个问题\t没有的单位\t\n";
    let (cases, complaints) = read("a.tsv", text, &[]);
    assert!(complaints.is_empty(), "{complaints:?}");
    assert_eq!(cases[0].submission.kind.as_str(), "repair");
    assert_eq!(cases[0].unit.as_str(), "logistics");
    assert_eq!(cases[0].submission.place.id.as_ref().unwrap().as_str(), "library");
    assert_eq!(cases[1].unit.as_str(), "office", "what nobody is known for goes to the coordinating office");
    assert_eq!(cases[1].unknown_unit.as_deref(), Some("没有的单位"));
    assert_eq!(cases[0].unknown_unit, None);
}

#[test]
fn rows_that_cannot_be_cases_say_why() {
    let text = "time\ttitle\tbody\treply\treply_time\tkind\n\
        x\ta\t\t\t\t\n\
        2027-01-01\ta\t\t\t\t\n\
        2020-01-02\ta\t\tyes\t2020-01-01\t\n\
        2020-01-02\ta\t\tyes\t\t\n\
        2020-01-02\t\t\t\t\t\n\
        2020-01-02\ta\t\t\t\tstory\n\
        2020-01-02\ta\t\t\t\ttokens\n";
    let text = &format!("{text}2020-01-02\ta\t{}\t\t\t\n", "很长".repeat(10_001));
    let (cases, complaints) = read("a.tsv", text, &[]);
    assert!(cases.is_empty());
    let beginnings = [
        "“x” is not a time",
        "2027-01-01 is still to come",
        "it was answered on 2020-01-01, before it came in",
        "it has an answer and no time of the answer",
        "it has neither title nor body",
        "there is no kind “story”",
        "skipped: word lists",
        "its body has 20002 characters; at most 20000 are taken",
    ];
    for (complaint, beginning) in complaints.iter().zip(beginnings) {
        assert!(complaint.starts_with(beginning), "{complaint}");
    }
    assert_eq!(complaints.len(), beginnings.len());
}

#[test]
fn rows_without_a_time_lie_in_the_past_year_and_always_at_the_same_moment() {
    let text: String = (0..200).map(|n| format!("{{\"body\":\"第{n}件事。很长的说明\"}}\n")).collect();
    let (cases, _) = read("a.jsonl", &text, &[]);
    let (again, _) = read("a.jsonl", &text, &[]);
    assert_eq!(cases.len(), 200);
    let days: std::collections::BTreeSet<String> =
        cases.iter().map(|case| case.at.day().to_string()).collect();
    assert!(days.len() > 100, "{} days", days.len());
    let range = "2025-11-20".to_owned().."2026-11-21".to_owned();
    assert!(days.iter().all(|day| range.contains(day)), "{days:?}");
    let moments = |cases: &[Incoming]| cases.iter().map(|case| case.at).collect::<Vec<_>>();
    assert_eq!(moments(&cases), moments(&again));
    assert_eq!(cases[3].submission.title, "第3件事");
}

#[test]
fn unknown_columns_are_mapped_and_wrong_maps_are_named() {
    let (cases, complaints) = read("a.csv", "what,when\n灯坏了,2020-01-02\n", &["what=title", "when=time"]);
    assert!(complaints.is_empty(), "{complaints:?}");
    assert_eq!(cases[0].submission.title, "灯坏了");
    for (option, said) in
        [("what", "COLUMN=FIELD"), ("what=colour", "there is no field"), ("who=title", "no column “who”")]
    {
        let stop = Columns::mapped(&[option.to_owned()], Some(&["what".into()])).unwrap_err();
        assert!(stop.line().unwrap().contains(said), "{stop:?}");
    }
}

// 4.6
#[tokio::test]
async fn nobody_is_told_of_the_past_of_an_open_case_and_its_next_step_is_told() {
    let school = TestSchool::new();
    let text = "id\ttime\ttitle\tunit\nr1\t2026-11-18T10:00:00\t路灯不亮\t后勤管理处\n";
    let (cases, _) = read("a.tsv", text, &[]);
    let person = importer(&school.app()).unwrap();
    let head = PersonEntry {
        number: "1001".into(),
        name: "周老师".into(),
        kind: PersonKind::Staff,
        department: String::new(),
        email: String::new(),
        phone: String::new(),
    };
    let post = school.policy_in_force().policy.leaders.iter().find(|post| post.head).unwrap().id.clone();
    let duty = Duty { role: Role::Leader, unit: None, post: Some(post) };
    let now = school.clock.now();
    let known = school.db.write_now(move |tx| {
        identity::upsert(tx, &"p-head".into(), &head, now)?;
        identity::set_duties(tx, &"p-head".into(), &[duty])
    });
    known.unwrap();
    assert_eq!(Importer::new(&school.app(), person).carry(cases).unwrap().imported, 1);
    let told = || {
        let count = school.db.read_now::<_, Error>(|tx| {
            Ok(tx.query_one("select count(*) as n from messages", &[])?.int("n")?)
        });
        count.unwrap()
    };
    let swept = deadlines::sweep(&school.app()).await.unwrap();
    assert_eq!((swept.changed, told()), (0, 0), "all that is past is in the record already");
    school.pass_hours(24 * 7);
    let swept = deadlines::sweep(&school.app()).await.unwrap();
    assert!(swept.changed == 1 && told() > 0, "the next steps are told as always");
}

// 5.1
#[test]
fn what_was_answered_elsewhere_comes_in_where_every_answer_has_a_second_look() {
    let mut policy = shipped::preset("campus").unwrap();
    policy.answering.second_look = SecondLook::All;
    let school = TestSchool::of(policy);
    let text = "time\ttitle\tunit\treply\treply_time\n\
        2026-11-01T10:00:00\t路灯不亮\t后勤管理处\t已换灯。\t2026-11-02T10:00:00\n";
    let (cases, _) = read("a.tsv", text, &[]);
    let person = importer(&school.app()).unwrap();
    let carried = Importer::new(&school.app(), person).carry(cases).unwrap();
    assert_eq!((carried.imported, carried.refused.len()), (1, 0));
}

// 8.1
#[test]
fn what_everybody_could_read_elsewhere_is_read_here_as_it_stood_and_nothing_else_is() {
    let school = TestSchool::new();
    let text = "时间\t标题\t内容\t单位\t公开\t答复\t答复时间\n\
        2026-11-01T10:00:00\t路灯不亮\t湖边三盏\t后勤管理处\t是\t已换灯。\t2026-11-02T10:00:00\n\
        2026-11-01T11:00:00\t水管漏水\t二楼\t后勤管理处\t否\t已修。\t2026-11-02T11:00:00\n\
        2026-11-18T11:00:00\t门禁坏了\t北门\t后勤管理处\t公开\t\t\n\
        2026-11-18T11:00:00\t门禁坏了\t北门\t后勤管理处\t也许\t\t\n";
    let (cases, complaints) = read("a.tsv", text, &[]);
    assert_eq!(complaints, ["its public is “也许”; 是 or 否 is understood"]);
    let person = importer(&school.app()).unwrap();
    let carried = Importer::new(&school.app(), person).carry(cases).unwrap();
    assert_eq!((carried.imported, carried.refused.len()), (3, 0));
    let shown = school.db.read_now(|tx| {
        tx.query_map::<_, Error>(
            "select public_title, public_body from cases where is_published = 1 order by submitted_at",
            &[],
            |row| Ok(format!("{}：{}", row.text("public_title")?, row.text("public_body")?)),
        )
    });
    assert_eq!(shown.unwrap(), ["路灯不亮：湖边三盏", "门禁坏了：北门"]);
}

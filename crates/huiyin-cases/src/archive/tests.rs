//! The file of a case: who may take it, what lies in it, and that it can be checked without us.

use crate::cases::tests::{bring_in_by_receipt, solved};
use crate::dossier::tests::law::merged;
use crate::dossier::tests::{brought_as, done, standing};
use huiyin_domain::access::Role;
use huiyin_domain::case::{Command, Identity};
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::testing::TestApp;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};

fn a_case(app: &TestApp, identity: Identity) -> CaseNo {
    let no = brought_as(app, "suggestion", "希望图书馆周末早点开门", "自习座位不够。", identity);
    done(
        app,
        &app.clerk(),
        &no,
        Command::Assign { unit: "library".into(), forced: false, reason: String::new() },
    );
    no
}

fn unpacked(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut found = BTreeMap::new();
    for place in 0..zip.len() {
        let mut file = zip.by_index(place).unwrap();
        let (name, mut words) = (file.name().unwrap().into_owned(), String::new());
        file.read_to_string(&mut words).unwrap();
        found.insert(name, words);
    }
    found
}

#[tokio::test]
async fn the_file_holds_the_timeline_and_a_record_that_can_be_checked() {
    let app = TestApp::new(crate::routes());
    let no = a_case(&app, Identity::Open);
    let officer = app.officer("library");
    let reply = solved("已改为八点开门。", "");
    done(&app, &officer, &no, reply);
    let answer = app.clerk().get(&format!("/staff/cases/{no}/archive.zip")).await;
    assert_eq!(answer.is(200).headers["content-type"], "application/zip");
    let papers = unpacked(&answer.body);
    assert!(papers["index.html"].contains("希望图书馆周末早点开门"));
    assert!(papers["index.html"].contains("已改为八点开门。"));
    assert!(papers["index.html"].contains("2026-11-24 10:00"), "a paper is read on another day");
    assert!(!papers["index.html"].contains("今天"));
    assert!(!papers["index.html"].contains("http"), "it opens without a network");
    assert!(papers["events.jsonl"].lines().count() >= 4);
    let all: String = papers.values().flat_map(|words| words.chars()).collect();
    assert!(!all.contains("13800000000"), "how to reach the requester is never inside");
    // The check that lies in the file itself says so, and finds a changed word.
    let folder = tempfile::tempdir().unwrap();
    for (name, words) in &papers {
        std::fs::write(folder.path().join(name), words).unwrap();
    }
    let check = || {
        let run = std::process::Command::new("python3").arg(folder.path().join("check.py")).output();
        String::from_utf8(run.expect("python3 of Debian runs the check").stdout).unwrap()
    };
    assert_eq!(check().trim(), "相符");
    let changed = papers["texts.jsonl"].replace("八点", "九点");
    std::fs::write(folder.path().join("texts.jsonl"), changed).unwrap();
    assert!(check().contains("不符"));
}

// 5.4, 5.6
#[tokio::test]
async fn the_office_reads_from_no_file_whether_something_was_said_of_it() {
    let app = TestApp::new(crate::routes());
    let no = a_case(&app, Identity::Open);
    let path = format!("/staff/cases/{no}/archive.zip");
    app.clerk().get(&format!("/staff/cases/{no}")).await.says("导出档案");
    let before = unpacked(&app.clerk().get(&path).await.is(200).body);
    let complaint = [("words", "办公室压了两天才派。"), ("about_office", "yes")];
    app.student().post(&format!("/cases/{no}/complaint"), &complaint).await.is(303);
    let after = unpacked(&app.clerk().get(&path).await.is(200).body);
    assert_eq!(before, after, "not a letter of the file has changed");
    assert!(
        after["README.txt"].contains("请用纪检督办或审计取的那份"),
        "what its chain proves is said in every one"
    );
    // What comes behind it closes up, and both files are whole in themselves.
    done(&app, &app.clerk(), &no, Command::Note { words: "先问问物业。".into() });
    for (reader, is_whole) in [(app.clerk(), false), (app.holder(Role::Supervisor), true)] {
        let papers = unpacked(&reader.get(&path).await.is(200).body);
        let all: String = papers.values().flat_map(|words| words.chars()).collect();
        assert!(all.contains("先问问物业。"));
        assert_eq!(all.contains("压了两天"), is_whole);
        assert_eq!(all.contains("handling_complained"), is_whole);
        assert_eq!(papers["README.txt"].contains("另编"), !is_whole);
        assert_eq!(checked(&papers), "相符");
    }
}

// 2.4, 3.8, 5.6
#[tokio::test]
async fn the_file_of_a_lead_does_not_name_what_a_rule_parted_from_it() {
    let app = TestApp::new(crate::routes());
    let (lead, other) = merged(&app);
    let merging = format!("/staff/cases/{lead}/merging");
    let path = format!("/staff/cases/{lead}/archive.zip");
    app.clerk().post(&merging, &[("others", other.as_str())]).await.is(303);
    let before = unpacked(&app.clerk().get(&path).await.is(200).body);
    assert!(before["events.jsonl"].contains("joined"));
    let recuse = Command::Recuse { units: vec!["library".into()], reason: "反映的就是它。".into() };
    done(&app, &app.clerk(), &other, recuse);
    assert!(standing(&app, &lead).joined.is_empty(), "it goes by itself again");
    let after = unpacked(&app.clerk().get(&path).await.is(200).body);
    assert_eq!(before, after, "not a letter of the file has changed");
    // The whole chain has every line, and holds.
    let whole = unpacked(&app.holder(Role::Supervisor).get(&path).await.is(200).body);
    assert!(whole["events.jsonl"].contains("parted"));
    assert!(!whole["index.html"].contains("已分开"));
    assert_eq!(checked(&whole), "相符");
    assert_eq!(checked(&after), "相符");
}

/// What the check that lies in the file says of it.
fn checked(papers: &BTreeMap<String, String>) -> String {
    let folder = tempfile::tempdir().unwrap();
    for (name, words) in papers {
        std::fs::write(folder.path().join(name), words).unwrap();
    }
    let run = std::process::Command::new("python3").arg(folder.path().join("check.py")).output();
    String::from_utf8(run.expect("python3 of Debian runs the check").stdout).unwrap().trim().to_owned()
}

#[tokio::test]
async fn only_those_who_see_all_of_a_case_take_its_file_and_it_is_kept_who_did() {
    let app = TestApp::new(crate::routes());
    let no = a_case(&app, Identity::Sealed);
    let path = format!("/staff/cases/{no}/archive.zip");
    app.officer("library").get(&path).await.is(404);
    app.officer("logistics").get(&path).await.is(404);
    app.student().get(&path).await.is(403);
    for role in [Role::Supervisor, Role::Auditor, Role::Clerk] {
        app.holder(role).get(&path).await.is(200);
    }
    let read = no.clone();
    let kept = app.db.read_now(move |tx| {
        let row = tx.query_one(
            "select count(*) as n from case_reads where case_no = $1 and place = 'archive'",
            params![read],
        )?;
        Ok::<i64, Error>(row.int("n")?)
    });
    assert_eq!(kept.unwrap(), 3);
    app.holder(Role::Supervisor).get(&format!("/staff/cases/{no}")).await.says("导出档案");
}

#[tokio::test]
async fn a_requester_takes_what_stands_on_their_own_page_and_nothing_from_inside_the_house() {
    let app = TestApp::new(crate::routes());
    let no = a_case(&app, Identity::Open);
    done(&app, &app.officer("library"), &no, Command::Note { words: "先问问物业。".into() });
    let path = format!("/cases/{no}/archive.zip");
    let answer = app.student().get(&path).await;
    assert_eq!(answer.is(200).headers["content-type"], "application/zip");
    let papers = unpacked(&answer.body);
    assert_eq!(papers.keys().map(String::as_str).collect::<Vec<_>>(), ["index.html", "sheet.css"]);
    assert!(papers["index.html"].contains("自习座位不够。"));
    assert!(!papers["index.html"].contains("先问问物业。"), "an inner note is not for the requester");
    app.other_student().get(&path).await.is(404);
    app.anyone().get(&path).await.is(303);
    app.student().get(&format!("/cases/{no}")).await.says("下载办理全文");
}

#[tokio::test]
async fn the_holder_of_a_receipt_code_takes_the_file_with_it_alone() {
    let app = TestApp::new(crate::routes());
    let code = app.keys.receipt_code_from(b"nonce of the form");
    bring_in_by_receipt(&app, &app.keys.receipt_code_hash(&code));
    let code = code.grouped();
    let answer = app.anyone().post("/receipt/archive", &[("code", code.as_str())]).await;
    let papers = unpacked(&answer.is(200).body);
    assert!(papers["index.html"].contains("三号学生公寓二层水龙头漏水"));
    assert!(!papers["index.html"].contains(&code), "the key to the case is not in its file");
    let page = app.anyone().post("/receipt", &[("code", code.as_str())]).await;
    page.is(200).says("下载办理全文");
    app.anyone().post("/receipt/archive", &[("code", "00000-00000-00000-00000-0000")]).await.is(404);
}

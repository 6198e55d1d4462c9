//! What must never leave the school: how to reach whoever asked for protection.

use super::{Given, case, school};
use calamine::{Data, Reader, Xlsx};
use huiyin_cases::cases::log::{Bringer, Standing, submit};
use huiyin_domain::access::Role;
use huiyin_domain::case::{Actor, Identity, Place, Submission};
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::db::DbError;
use huiyin_foundation::error::Error;
use huiyin_foundation::testing::TestApp;
use huiyin_reports::ledger::{given, given_workbook};
use std::io::Cursor;

const CONTACT: &str = "13853112233";
const BEHALF: &str = "不愿具名的老师";

/// A sealed case with everything that could tell who it is of.
fn sealed(app: &TestApp) -> CaseNo {
    let submission = Submission {
        kind: "inquiry".into(),
        category: None,
        title: "宿舍押金怎么退".into(),
        body: "毕业以后没有退。".into(),
        place: Place::default(),
        identity: Identity::Sealed,
        channel: "online".into(),
        danger: false,
        may_publish: false,
        contact: CONTACT.into(),
        on_behalf_of: BEHALF.into(),
        outside_no: String::new(),
        files: vec![],
        unit: None,
        about: vec![],
        split_from: None,
    };
    let (standing, school) = (Standing::of(app), app.app());
    let bringer = Bringer::Account("p-student".into());
    let brought = app.db.write_now(move |tx| {
        let bench = standing.bench(&school.keys);
        submit(tx, &bench, &Actor::Requester, None, &bringer, None, submission)
    });
    brought.unwrap()
}

#[track_caller]
fn tells_nothing(what: &str, text: &str) {
    for secret in [CONTACT, BEHALF, "p-student"] {
        assert!(!text.contains(secret), "{what} tells {secret}: {text}");
    }
}

// 2.1
#[tokio::test]
async fn how_to_reach_whoever_asked_for_protection_is_in_nothing_that_is_given_out() {
    let app = TestApp::new(crate::routes());
    let no = sealed(&app);
    let school_app = app.app();
    let lines = app.db.read_now(move |tx| {
        let standing = Standing::of(&school_app);
        let bench = standing.bench(&school_app.keys);
        let mut lines = Vec::new();
        for requesters in [false, true] {
            lines.push(case(tx, &bench, &no, Given { requesters })?);
        }
        school(tx, &school_app, &mut |line| {
            lines.push(line);
            true
        })?;
        Ok::<_, Error>(lines)
    });
    let lines = lines.unwrap();
    assert!(lines.len() > 2 && lines[1].to_string().contains("宿舍押金怎么退"));
    lines.iter().for_each(|line| tells_nothing("an export", &line.to_string()));

    let policy = app.policy_in_force();
    let (asked, now) = (policy.policy.terms.last().unwrap().id.clone(), app.now());
    let terms = policy.clone();
    let ledger = app.db.read_now(move |tx| given(tx, &terms.policy, &asked, now)).unwrap().unwrap();
    tells_nothing("the workbook of the ledger", &cells(given_workbook(&ledger, "学校").unwrap()));
    for hand in [app.clerk(), app.holder(Role::Auditor), app.holder(Role::Supervisor)] {
        tells_nothing("the ledger", &hand.get("/ledger/term").await.is(200).html());
        let sheet = hand.get("/ledger/term.xlsx").await;
        tells_nothing("the sheet of the ledger", &cells(sheet.is(200).body.clone()));
    }
}

// 10.5
#[tokio::test]
async fn a_copy_of_the_database_holds_it_only_under_seal() {
    let app = TestApp::new(crate::routes());
    sealed(&app);
    let dump = app.db.read_now(|tx| {
        let mut rows = Vec::new();
        for table in [
            "select * from cases",
            "select * from case_events",
            "select * from case_texts",
            "select * from messages",
        ] {
            rows.extend(tx.query(table, &[])?);
        }
        Ok::<_, DbError>(format!("{rows:?}"))
    });
    let dump = dump.unwrap();
    assert!(dump.contains("宿舍押金怎么退"));
    tells_nothing("the database", &dump);
}

fn cells(workbook: Vec<u8>) -> String {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(workbook)).unwrap();
    let sheets = book.worksheets();
    let cells =
        sheets.iter().flat_map(|(_, range)| range.cells()).map(|(.., cell): (_, _, &Data)| cell.to_string());
    cells.collect::<Vec<_>>().join("\n")
}

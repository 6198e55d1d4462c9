//! The hall below its pages: what is recorded, folded, chained, counted, seen.

mod night;

use super::log::{Bringer, Standing, carry_out, load, submit};
use super::{deadlines, numbers, sight, verify};
use huiyin_domain::access::{Duty, Role};
use huiyin_domain::case::{
    Actor, Answer, Command, Identity, Outcome, Place, PublicText, Satisfaction, Solved, Stage, Submission,
    TextKind,
};
use huiyin_domain::ids::{CaseNo, PersonId, UnitId};
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::testing::TestSchool;

pub(crate) fn leaking_tap(identity: Identity) -> Submission {
    Submission {
        kind: "repair".into(),
        category: None,
        title: "三号学生公寓二层水龙头漏水".into(),
        body: "昨晚开始，地面都湿了。".into(),
        place: Place::default(),
        identity,
        channel: "online".into(),
        danger: false,
        may_publish: true,
        contact: "13800000000".into(),
        on_behalf_of: String::new(),
        outside_no: String::new(),
        files: vec![],
        unit: None,
        about: Vec::new(),
        split_from: None,
    }
}

pub(crate) fn student() -> PersonId {
    "p-student".into()
}

pub(crate) fn officer_of(unit: &UnitId) -> Actor {
    let duty = Duty { role: Role::Officer, unit: Some(unit.clone()), post: None };
    Actor::Staff { person: "p-officer".into(), duties: vec![duty] }
}

/// Submits and says the number.
pub(crate) fn bring_in(school: &TestSchool, identity: Identity, form: Option<&str>) -> CaseNo {
    let standing = Standing::of(school);
    let (app, form) = (school.app(), form.map(str::to_owned));
    let bringer = match identity {
        Identity::Anonymous => Bringer::Receipt(format!("hash of {form:?}")),
        _ => Bringer::Account(student()),
    };
    let submission = leaking_tap(identity);
    let no = app.clone().db.write_now(move |tx| {
        let bench = standing.bench(&app.keys);
        submit(tx, &bench, &Actor::Requester, None, &bringer, form.as_deref(), submission)
    });
    no.unwrap()
}

/// Submits anonymously with the hash of a receipt code.
pub(crate) fn bring_in_by_receipt(school: &TestSchool, hash: &str) -> CaseNo {
    let (standing, app, bringer) = (Standing::of(school), school.app(), Bringer::Receipt(hash.to_owned()));
    let no = app.clone().db.write_now(move |tx| {
        let bench = standing.bench(&app.keys);
        submit(tx, &bench, &Actor::Requester, None, &bringer, None, leaking_tap(Identity::Anonymous))
    });
    no.unwrap()
}

pub(crate) fn act(school: &TestSchool, actor: Actor, no: &CaseNo, command: Command) -> Result<Stage, Error> {
    let (standing, app, no) = (Standing::of(school), school.app(), no.clone());
    app.clone().db.write_now(move |tx| {
        let bench = standing.bench(&app.keys);
        carry_out(tx, &bench, &actor, None, &no, command).map(|case| case.stage)
    })
}

pub(crate) fn unit_of(school: &TestSchool, no: &CaseNo) -> UnitId {
    let no = no.clone();
    let loaded = school.db.read_now(move |tx| load(tx, &no)).unwrap();
    loaded.unwrap().case.unit.unwrap()
}

pub(crate) fn found_by_verify(school: &TestSchool) -> Option<String> {
    let standing = Standing::of(school);
    let checked = school.db.read_now(move |tx| verify::verify(tx, &standing.policy.policy, |_| {}));
    checked.unwrap().err().map(|difference| difference.to_string())
}

fn tamper(school: &TestSchool, sql: &'static str, no: &CaseNo) {
    let no = no.clone();
    let changed = school.db.write_now::<_, Error>(move |tx| Ok(tx.execute(sql, params![no])?)).unwrap();
    assert_ne!(changed, 0, "the tampering found nothing to change");
}

pub(crate) fn reply() -> Command {
    let public = PublicText { title: "公寓水龙头漏水".into(), body: "二层水龙头漏水".into() };
    Command::Reply(Answer {
        words: "已更换阀芯，试水正常。".into(),
        outcome: Outcome::Solved,
        public: Some(public),
        files: vec![],
        shelving: None,
        joined_words: String::new(),
    })
}

/// An answer to the requester alone, and to those whose cases came along, if there are any.
pub(crate) fn solved(words: &str, joined_words: &str) -> Command {
    Command::Reply(Answer {
        words: words.into(),
        outcome: Outcome::Solved,
        public: None,
        files: vec![],
        shelving: None,
        joined_words: joined_words.into(),
    })
}

pub(crate) fn rate(solved: Solved) -> Command {
    let satisfaction = Satisfaction::Satisfied;
    let words = String::new();
    Command::Rate {
        contacted: Some(true),
        solved,
        satisfaction,
        complaints: vec![],
        words,
        publish: None,
        reopen: false,
    }
}

#[test]
fn a_repair_reaches_its_unit_and_comes_back_solved_after_a_second_round() {
    let school = TestSchool::new();
    let no = bring_in(&school, Identity::Open, None);
    assert_eq!(no.as_str(), "HY-20261124-0001");
    let unit = unit_of(&school, &no);
    assert_eq!(act(&school, officer_of(&unit), &no, Command::SignFor).unwrap(), Stage::Assigned);
    assert_eq!(act(&school, officer_of(&unit), &no, reply()).unwrap(), Stage::Replied);
    assert_eq!(act(&school, Actor::Requester, &no, rate(Solved::No)).unwrap(), Stage::Assigned);
    assert_eq!(act(&school, officer_of(&unit), &no, reply()).unwrap(), Stage::Replied);
    assert_eq!(act(&school, Actor::Requester, &no, rate(Solved::Yes)).unwrap(), Stage::Rated);
    assert_eq!(found_by_verify(&school), None);
}

#[test]
fn the_same_form_sent_twice_makes_one_case() {
    let school = TestSchool::new();
    let first = bring_in(&school, Identity::Open, Some("form-1"));
    assert_eq!(bring_in(&school, Identity::Open, Some("form-1")), first);
    assert_ne!(bring_in(&school, Identity::Open, Some("form-2")), first);
}

#[test]
fn an_anonymous_case_keeps_neither_account_nor_contact_nor_minute() {
    let school = TestSchool::new();
    school.clock.advance_ms(17 * 60_000 + 5_000);
    let no = bring_in(&school, Identity::Anonymous, Some("f"));
    assert!(numbers::is_number(no.as_str()) && !no.as_str().contains("2026"), "{no}");
    let rows = school.db.read_now::<_, Error>(|tx| {
        let case = tx.query_one("select requester_id, requester_key, submitted_at from cases", params![])?;
        let kinds = tx.query("select kind from case_texts", params![])?;
        let kinds: Vec<String> = kinds.iter().map(|row| row.text("kind")).collect::<Result<_, _>>()?;
        Ok((
            case.opt_text("requester_id")?,
            case.opt_text("requester_key")?,
            case.instant("submitted_at")?,
            kinds,
        ))
    });
    let (id, key, at, kinds) = rows.unwrap();
    assert_eq!((id, key), (None, None));
    assert_eq!(at, at.floor_to_hour());
    assert!(!kinds.contains(&TextKind::Contact.word().to_owned()), "{kinds:?}");
}

#[test]
fn a_sealed_case_keeps_contact_encrypted_and_no_plain_account() {
    let school = TestSchool::new();
    let no = bring_in(&school, Identity::Sealed, None);
    let (app, seen_no) = (school.app(), no.clone());
    let (id, stored, own) = school
        .db
        .read_now::<_, Error>(move |tx| {
            let row = tx.query_one("select requester_id from cases", params![])?;
            let text = tx.query_one("select words from case_texts where kind = 'contact'", params![])?;
            let own = super::texts::own_contact(tx, &app.keys, &seen_no)?;
            Ok((row.opt_text("requester_id")?, text.text("words")?, own))
        })
        .unwrap();
    assert_eq!(id, None);
    assert!(!stored.contains("138"), "{stored}");
    assert_eq!(own.as_deref(), Some("13800000000"));
    assert_eq!(found_by_verify(&school), None);
}

#[test]
fn nothing_in_the_database_leads_from_a_sealed_case_to_a_name() {
    let school = TestSchool::new();
    let (open, sealed) = (bring_in(&school, Identity::Open, None), bring_in(&school, Identity::Sealed, None));
    for no in [&open, &sealed] {
        act(&school, officer_of(&unit_of(&school, no)), no, reply()).unwrap();
    }
    let of_case = |sql: &'static str, no: &CaseNo| {
        let no = no.clone();
        let found = school
            .db
            .read_now::<_, Error>(move |tx| Ok(tx.query_map(sql, params![no], |row| row.opt_text(0))?));
        found.unwrap().into_iter().flatten().collect::<std::collections::BTreeSet<String>>()
    };
    let keys = "select requester_key from cases where case_no = $1
        union all select person_key from messages where case_no = $1
        union all select requester_id from cases where case_no = $1";
    let (named, unnamed) = (of_case(keys, &open), of_case(keys, &sealed));
    assert!(named.contains("p-student"), "{named:?}");
    // Staff are told of both; the requester's references have nothing in common.
    let app = school.app();
    let refs = app.keys.letter_refs(&student());
    assert!(named.contains(&refs[0]) && unnamed.contains(&refs[1]), "{named:?} {unnamed:?}");
    assert!(!unnamed.contains(&refs[0]) && !named.contains(&refs[1]));
    assert!(refs[0] != refs[1] && refs[1] != refs[2] && refs[0] != refs[2]);
    // The requester finds both, and what was told of both.
    for no in [&open, &sealed] {
        let (app, standing, no) = (school.app(), Standing::of(&school), no.clone());
        let seen =
            school.db.read_now(move |tx| sight::by_account(tx, &standing.bench(&app.keys), &student(), &no));
        assert!(seen.is_ok());
    }
}

#[test]
fn an_officer_of_another_unit_finds_nothing() {
    let school = TestSchool::new();
    let no = bring_in(&school, Identity::Open, None);
    let stranger = officer_of(&"finance".into());
    assert!(matches!(act(&school, stranger.clone(), &no, Command::SignFor), Err(Error::Hidden)));
    let (standing, app) = (Standing::of(&school), school.app());
    let seen = school.db.read_now(move |tx| sight::by_staff(tx, &standing.bench(&app.keys), &stranger, &no));
    assert!(matches!(seen, Err(Error::Hidden)));
}

#[tokio::test]
async fn a_missed_limit_is_witnessed_once_however_often_one_looks() {
    let school = TestSchool::new();
    let no = bring_in(&school, Identity::Open, None);
    school.pass_hours(60);
    assert_eq!(deadlines::sweep(&school.app()).await.unwrap().changed, 1);
    assert_eq!(deadlines::sweep(&school.app()).await.unwrap().changed, 0);
    let loaded = school.db.read(move |tx| load(tx, &no)).await.unwrap().unwrap();
    assert_eq!(loaded.case.missed.len(), 2, "first reply and result");
    assert_eq!(found_by_verify(&school), None);
}

#[tokio::test]
async fn a_case_that_cannot_be_read_keeps_no_other_waiting() {
    let school = TestSchool::new();
    let broken = bring_in(&school, Identity::Open, None);
    let whole = bring_in(&school, Identity::Open, None);
    tamper(&school, "update case_events set body = 'no event' where case_no = $1 and seq = 1", &broken);
    school.pass_hours(60);
    let swept = deadlines::sweep(&school.app()).await.unwrap();
    assert_eq!(swept, deadlines::Swept { changed: 1, failed: 1 });
    let loaded = school.db.read(move |tx| load(tx, &whole)).await.unwrap().unwrap();
    assert!(!loaded.case.missed.is_empty());
}

#[tokio::test]
async fn after_a_change_of_settings_the_clock_looks_at_every_open_case_again() {
    let school = TestSchool::new();
    let no = bring_in(&school, Identity::Open, None);
    let next_check = |school: &TestSchool| {
        let no = no.clone();
        school.db.read_now::<_, Error>(move |tx| {
            Ok(tx.query_one("select next_check from cases where case_no = $1", params![no])?.int(0)?)
        })
    };
    let before = next_check(&school).unwrap();
    tamper(&school, "update cases set next_check = null where case_no = $1", &no);
    deadlines::look_at_all(&school.app()).await.unwrap();
    assert_eq!(deadlines::sweep(&school.app()).await.unwrap(), deadlines::Swept::default());
    assert_eq!(next_check(&school).unwrap(), before);
}

#[test]
fn rows_and_counts_of_an_older_program_are_folded_anew_once() {
    let school = TestSchool::new();
    let no = bring_in(&school, Identity::Open, None);
    tamper(&school, "update cases set next_calendar = null, stage = 'rated' where case_no = $1", &no);
    tamper(&school, "update case_counts set n = 7 where $1 <> ''", &no);
    assert!(found_by_verify(&school).is_some());
    let policy = Standing::of(&school).policy;
    let refold = || {
        let policy = policy.clone();
        school.db.write_now(move |tx| super::refold::bring_up_to_date(tx, &policy.policy)).unwrap()
    };
    assert_eq!((refold(), refold()), (1, 0));
    assert_eq!(found_by_verify(&school), None);
}

#[test]
fn verify_names_what_was_altered() {
    let cases: [(&'static str, &str); 16] = [
        (
            "update case_events set body = replace(body, 'repair', 'praise') where case_no = $1 and seq = 1",
            "event 1: its content does not fit its hash",
        ),
        ("delete from case_events where case_no = $1 and seq = 2", "event 2: this event is missing"),
        ("delete from case_events where case_no = $1 and seq = 3", "events were cut off its end"),
        (
            "update case_texts set words = '没有漏水' where case_no = $1 and kind = 'body'",
            "event 1: a text beside it",
        ),
        ("update cases set stage = 'rated' where case_no = $1", "column stage"),
        ("update cases set result_due = result_due + 1 where case_no = $1", "column result_due"),
        ("update cases set review_on = '2026-12-01' where case_no = $1", "column review_on"),
        ("update cases set unsolved_since = 1 where case_no = $1", "column unsolved_since"),
        ("update case_events set name = 'noted' where case_no = $1 and seq = 2", "event 2: its name"),
        ("update cases set title = '没有漏水' where case_no = $1", "column title"),
        ("update cases set room = '四层' where case_no = $1", "column room"),
        ("update cases set public_title = 'x', is_published = 0 where case_no = $1", "column public_title"),
        ("update cases set published_at = 1 where case_no = $1", "column published_at"),
        ("update cases set requester_key = null where case_no = $1", "column requester_key"),
        ("update case_serials set last = 2 where $1 <> ''", "up to 2 were given, and 1 cases"),
        ("update case_counts set n = n + 1 where measure = 'received' and $1 <> ''", "the count"),
    ];
    for (sql, expected) in cases {
        let school = TestSchool::new();
        let no = bring_in(&school, Identity::Open, None);
        assert_eq!(found_by_verify(&school), None);
        tamper(&school, sql, &no);
        let found = found_by_verify(&school).unwrap_or_default();
        assert!(found.contains(expected), "{sql}: {found}");
    }
}

#[test]
fn a_text_that_was_taken_away_by_hand_is_missed() {
    for kind in [
        "delete from case_texts where case_no = $1 and kind = 'body'",
        "delete from case_texts where case_no = $1 and kind = 'contact'",
    ] {
        for identity in [Identity::Open, Identity::Sealed] {
            let school = TestSchool::new();
            let no = bring_in(&school, identity, None);
            tamper(&school, kind, &no);
            let found = found_by_verify(&school).unwrap_or_default();
            assert!(found.contains("no removal is on the record"), "{found}");
        }
    }
}

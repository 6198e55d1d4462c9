//! What is found follows what is there.

use super::*;
use crate::cases::log::{Bringer, Standing, submit};
use crate::cases::removal;
use crate::cases::tests::{
    act, bring_in, found_by_verify, leaking_tap, officer_of, rate, reply, student, unit_of,
};
use huiyin_domain::access::{Duty, Role};
use huiyin_domain::case::{Actor, Command, PublicText, Removal, Solved};
use huiyin_foundation::db::{Engine, Filter};
use huiyin_foundation::index::{Asking, Mark, Question, Synonyms, Way};
use huiyin_foundation::params;
use huiyin_foundation::testing::{TestSchool, tear_index};

const HOUR_MS: i64 = 3_600_000;

fn ask(typed: &str) -> Question {
    Question::read(typed, &Synonyms::default())
}

fn in_store(school: &TestSchool, asking: &Asking<'_>) -> Vec<String> {
    let engine = school.db.engine();
    let Some(asked) = asking.in_words_of(engine) else { return Vec::new() };
    let found = school.db.read_now(move |tx| {
        let filter = index::among_store(Filter::new("select shelf_entries.key"), engine).sql("\n where ");
        let (sql, values) = index::matches_store(filter, engine, &asked).sql("\n order by key").finish();
        tx.query_map(sql, &values, |row| Ok::<_, Error>(row.text("key")?))
    });
    found.unwrap()
}

fn stored(school: &TestSchool, typed: &str) -> Vec<String> {
    in_store(school, &Asking::of(&ask(typed)))
}

fn public(school: &TestSchool, typed: &str) -> Vec<String> {
    let question = ask(typed);
    let Some(asked) = Asking::of(&question).in_words_of(school.db.engine()) else { return Vec::new() };
    let found = school.db.read_now(move |tx| index::list_public(tx, &asked, None, 100));
    found.unwrap().into_iter().map(|found| found.key).collect()
}

fn publisher() -> Actor {
    let duty = Duty { role: Role::Publisher, unit: None, post: None };
    Actor::Staff { person: "p-publisher".into(), duties: vec![duty] }
}

fn publish(school: &TestSchool, no: &CaseNo, title: &str) {
    let public = PublicText { title: title.into(), body: "请看正文。".into() };
    act(school, publisher(), no, Command::Publish(public)).unwrap();
}

fn answered(school: &TestSchool) -> CaseNo {
    let no = bring_in(school, Identity::Open, None);
    act(school, officer_of(&unit_of(school, &no)), &no, reply()).unwrap();
    no
}

#[test]
fn a_case_is_found_by_its_own_words_from_the_commit_on() {
    let school = TestSchool::new();
    let no = bring_in(&school, Identity::Open, None);
    for typed in
        ["水龙头", "漏 公寓", "地面", "HY-20261124-0001", "20261124", "shuilongtou", "slt", "公寓 地面湿"]
    {
        let found = stored(&school, typed);
        assert_eq!(found == [no.to_string()], typed != "公寓 地面湿", "{typed}: {found:?}");
        assert!(public(&school, typed).is_empty(), "{typed}: it is nobody else's to find");
    }
    let own = school.keys.person_ref(&student());
    let of = |mark| in_store(&school, &Asking::default().with([mark]));
    assert_eq!(of(Mark::new('w', own)), [no.to_string()]);
    assert_eq!(of(Mark::new('m', "2026-11")), [no.to_string()]);
    assert!(of(Mark::new('w', "somebody else")).is_empty());
}

#[test]
fn what_was_undone_is_not_found() {
    let school = TestSchool::new();
    let (standing, app) = (Standing::of(&school), school.app());
    let undone = app.clone().db.write_now(move |tx| {
        let (bench, bringer) = (standing.bench(&app.keys), Bringer::Account(student()));
        submit(tx, &bench, &Actor::Requester, None, &bringer, None, leaking_tap(Identity::Open))?;
        Err::<(), _>(Error::Busy)
    });
    assert!(undone.is_err());
    assert!(stored(&school, "水龙头").is_empty());
}

#[test]
fn everybody_finds_what_is_published_as_long_as_it_is() {
    let school = TestSchool::new();
    let no = answered(&school);
    assert!(!public(&school, "水龙头").is_empty() || public(&school, "地面").is_empty());
    publish(&school, &no, "水房的水管修好了");
    assert_eq!(public(&school, "水管修"), [no.to_string()]);
    assert_eq!(public(&school, no.as_str()), [no.to_string()]);
    assert!(public(&school, "地面都湿").is_empty(), "what was written to the school is not published");
    publish(&school, &no, "二层的阀门换了新的");
    assert!(public(&school, "水管").is_empty());
    assert_eq!(public(&school, "阀门"), [no.to_string()]);
    act(&school, publisher(), &no, Command::Unpublish { reason: "反映人改了主意。".into() }).unwrap();
    assert!(public(&school, "阀门").is_empty());
    assert_eq!(stored(&school, "地面"), [no.to_string()]);
    assert_eq!(found_by_verify(&school), None);
}

#[tokio::test]
async fn an_anonymous_case_lies_on_the_shelf_from_the_end_of_its_hour_on_with_the_others() {
    let school = TestSchool::new();
    school.clock.advance_ms(17 * 60_000);
    let mut anonymous: Vec<String> = (0..3)
        .map(|at| bring_in(&school, Identity::Anonymous, Some(&format!("f{at}"))).to_string())
        .collect();
    let open = bring_in(&school, Identity::Open, None);
    assert_eq!(stored(&school, "水龙头"), [open.to_string()]);
    assert_eq!(found_by_verify(&school), None);
    assert_eq!(take_in_ripe(&school.app()).await.unwrap(), 0);
    school.clock.advance_ms(HOUR_MS);
    assert_eq!(take_in_ripe(&school.app()).await.unwrap(), 3);
    anonymous.sort();
    let by_place = school.db.read_now(|tx| {
        let sql = "select key from shelf_entries where key <> 'HY-20261124-0001' order by id";
        tx.query_map(sql, params![], |row| Ok::<_, Error>(row.text("key")?))
    });
    assert_eq!(by_place.unwrap(), anonymous, "in an order that says nothing");
    assert_eq!(stored(&school, "水龙头").len(), 4);
    assert_eq!(found_by_verify(&school), None);
}

/// Whether the pages of the embedded engine hold the end of any piece of this word. What a piece has in common with the one
/// before it is not written again.
fn pages_hold(school: &TestSchool, word: &str) -> bool {
    if school.db.engine() == Engine::Postgres {
        return false;
    }
    let question = ask(word).to_the_letter();
    let ends: Vec<String> = question.words[0]
        .ways
        .iter()
        .flat_map(|way| match way {
            Way::Letters(pieces) => pieces.iter().map(|piece| piece[3..].to_owned()).collect(),
            _ => Vec::new(),
        })
        .collect();
    let held = school.db.read_now(move |tx| {
        let mut holds = false;
        for sql in ["select block from store_words_data", "select block from public_words_data"] {
            for row in tx.query(sql, params![])? {
                let block = row.bytes("block")?;
                holds |= ends.iter().any(|end| block.windows(end.len()).any(|part| part == end.as_bytes()));
            }
        }
        Ok::<_, Error>(holds)
    });
    held.unwrap()
}

#[tokio::test]
async fn of_removed_words_nothing_is_found_and_nothing_is_left() {
    let school = TestSchool::new();
    school.db.write_now(open_up).unwrap();
    let no = answered(&school);
    publish(&school, &no, "水房的水管修好了");
    act(&school, publisher(), &no, Command::Unpublish { reason: "反映人改了主意。".into() }).unwrap();
    act(&school, Actor::Requester, &no, rate(Solved::Yes)).unwrap();
    school.pass_hours(40 * 24);
    act(&school, Actor::Clock, &no, Command::NoteTime).unwrap();
    school.pass_hours(11 * 365 * 24);
    let words = ["水龙头漏", "地面都湿", "水管修好"];
    assert!(words.iter().any(|word| pages_hold(&school, word)) || school.db.engine() == Engine::Postgres);
    let (standing, app, case) = (Standing::of(&school), school.app(), no.clone());
    let removed = app
        .clone()
        .db
        .write_now(move |tx| removal::remove(tx, &standing.bench(&app.keys), &case, Removal::Words));
    removed.unwrap();
    for typed in ["水龙头", "地面", "水管", "水"] {
        assert!(stored(&school, typed).is_empty() && public(&school, typed).is_empty(), "{typed}");
    }
    assert_eq!(stored(&school, no.as_str()), [no.to_string()], "the record stays, under its number");
    let own = school.keys.person_ref(&student());
    assert!(in_store(&school, &Asking::default().with([Mark::new('w', own)])).is_empty());
    index::settle(&school.db).await.unwrap();
    for word in words {
        assert!(!pages_hold(&school, word), "{word}");
    }
    assert_eq!(found_by_verify(&school), None);
}

#[test]
fn verify_says_where_the_shelves_do_not_agree() {
    for (sql, wanted) in [
        ("delete from shelf_entries where shelf = 'store'", "what it is found by"),
        ("update shelf_entries set print = print + 1 where shelf = 'public'", "what everybody finds it by"),
        ("delete from shelf_entries where shelf = 'public'", "what everybody finds it by"),
        ("update shelf_entries set key = 'HY-1' where shelf = 'public'", "what everybody finds it by"),
        (
            "insert into shelf_entries (shelf, room, key, title, at_ms, print) values ('store', 'cases', 'HY-2', '', 1, 1)",
            "is found, and should not be",
        ),
    ] {
        let school = TestSchool::new();
        let no = answered(&school);
        publish(&school, &no, "水房的水管修好了");
        assert_eq!(found_by_verify(&school), None);
        if sql.starts_with("insert") && school.db.engine() == Engine::Postgres {
            continue;
        }
        school.db.write_now(move |tx| tx.execute(sql, params![]).map(drop)).unwrap();
        let found = found_by_verify(&school).unwrap_or_default();
        assert!(found.contains(wanted), "{sql}: {found}");
    }
}

#[tokio::test]
async fn the_shelves_are_rebuilt_from_what_is_kept_and_go_on_where_they_were_left() {
    let school = TestSchool::new();
    let nos: Vec<CaseNo> = (0..5).map(|_| answered(&school)).collect();
    for (at, no) in nos.iter().enumerate() {
        school.clock.advance_ms(60_000);
        publish(&school, no, &format!("水房的水管修好了{at}"));
    }
    let hidden = bring_in(&school, Identity::Anonymous, Some("f"));
    let newest_first: Vec<String> = nos.iter().rev().map(ToString::to_string).collect();
    assert_eq!(public(&school, "水管"), newest_first);
    // As an older program left it: nothing lies there, and one entry that should not.
    let emptied = school.db.write_now(|tx| {
        tx.execute("update shelf_entries set key = 'HY-' || id, print = 1", params![])?;
        renew(tx)
    });
    emptied.unwrap();
    // Published while the shelf is rebuilt.
    school.clock.advance_ms(60_000);
    let late = answered(&school);
    publish(&school, &late, "水房的水管又修好了");
    assert_eq!(mend(&school.app()).await.unwrap(), 2);
    assert_eq!(mend(&school.app()).await.unwrap(), 0);
    assert_eq!(public(&school, "水管修"), newest_first);
    let all: Vec<String> = std::iter::once(late.to_string()).chain(newest_first).collect();
    assert_eq!(public(&school, "水房"), all);
    assert_eq!(stored(&school, "水龙头").len(), 6, "and not {hidden}, whose hour is not over");
    assert_eq!(found_by_verify(&school), None);
}

#[tokio::test]
async fn a_torn_shelf_keeps_no_case_out_and_is_made_anew() {
    let school = TestSchool::new();
    let before = bring_in(&school, Identity::Open, None);
    if !tear_index(&school.db) {
        return;
    }
    let after: Vec<CaseNo> = (0..20).map(|_| bring_in(&school, Identity::Open, None)).collect();
    let torn = school.db.read_now(|tx| Ok::<_, Error>(index::standing(tx, Shelf::Store)?)).unwrap();
    assert_eq!(torn, index::Standing::Torn);
    assert_eq!(found_by_verify(&school), None, "the cases are whole");
    assert_eq!(mend(&school.app()).await.unwrap(), 1);
    let all: Vec<String> = std::iter::once(&before).chain(&after).map(ToString::to_string).collect();
    assert_eq!(stored(&school, "水龙头"), all);
    assert_eq!(found_by_verify(&school), None);
}

//! The shelves answer as the texts do, take what is put there and keep nothing of what is taken away.

use super::*;
use crate::db::{DbError, Engine, Tx};
use crate::params;
use crate::testing::TestDb;
use huiyin_domain::calendar::Instant;
use huiyin_text::find::{Compared, Question, Synonyms, tokens};
use huiyin_text::{Rarity, fold};
use std::collections::BTreeSet;

const HOUR_MS: i64 = 3_600_000;

fn lay(db: &TestDb, shelf: Shelf, key: &str, title: &str, body: &str, marks: &[Mark]) {
    let (key, title, body, marks) = (key.to_owned(), title.to_owned(), body.to_owned(), marks.to_vec());
    db.write_now(move |tx| {
        put(
            tx,
            shelf,
            &Entry { room: "cases", key: &key, title: &title, body: &body, at: Instant(7), marks: &marks },
        )
    })
    .unwrap();
}

fn ask(typed: &str) -> Question {
    Question::read(typed, &Synonyms::default())
}

fn count(db: &TestDb, asking: &Asking<'_>) -> u64 {
    let Some(asked) = asking.in_words_of(db.engine()) else { return 0 };
    db.read_now(move |tx| count_public(tx, &asked)).unwrap()
}

fn keys(db: &TestDb, asking: &Asking<'_>) -> Vec<String> {
    let Some(asked) = asking.in_words_of(db.engine()) else { return Vec::new() };
    let found = db.read_now(move |tx| list_public(tx, &asked, None, 100)).unwrap();
    found.into_iter().map(|found| found.key).collect()
}

fn in_store(db: &TestDb, typed: &str) -> Result<Vec<String>, DbError> {
    let (question, engine) = (ask(typed), db.engine());
    let Some(asked) = Asking::of(&question).in_words_of(engine) else { return Ok(Vec::new()) };
    db.read_now(move |tx| {
        let filter = among_store(crate::db::Filter::new("select shelf_entries.key"), engine);
        let filter =
            matches_store(filter.sql("\n where "), engine, &asked).sql("\n order by shelf_entries.key");
        let (sql, values) = filter.finish();
        tx.query_map(sql, &values, |row| row.text("key"))
    })
}

#[test]
fn every_count_is_the_truth_of_the_substring() {
    let db = TestDb::new();
    let mut chance = fastrand::Rng::with_seed(7);
    let letters: Vec<char> = "空調调机室wＷ3 ，\n".chars().collect();
    let mut text = |most: usize| {
        let length = chance.usize(0..=most);
        (0..length).map(|_| letters[chance.usize(0..letters.len())]).collect::<String>()
    };
    let mut texts: Vec<(String, String)> = (0..250).map(|_| (text(8), text(40))).collect();
    let questions: Vec<String> = (0..250).map(|_| text(5)).collect();
    texts.push(("空".repeat(300), "调".repeat(3_000)));
    for (at, (title, body)) in texts.iter().enumerate() {
        lay(&db, Shelf::Public, &format!("{at:03}"), title, body, &[]);
    }
    let mut asked = 0;
    for typed in &questions {
        let question = ask(typed).to_the_letter();
        if question.is_empty() {
            continue;
        }
        asked += 1;
        let fits = |(title, body): &&(String, String)| {
            let (title, body) = (fold(title), fold(body));
            question.words.iter().all(|word| title.contains(&word.typed) || body.contains(&word.typed))
        };
        let truth = texts.iter().filter(fits).count() as u64;
        assert_eq!(count(&db, &Asking::of(&question)), truth, "{typed}");
        let in_title = |(title, _): &&(String, String)| {
            let title = fold(title);
            question.words.iter().all(|word| title.contains(&word.typed))
        };
        let titles = texts.iter().filter(in_title).count() as u64;
        assert_eq!(count(&db, &Asking::of(&question).in_titles()), titles, "{typed} in titles");
        assert_eq!(count(&db, &Asking::of(&question).not_in_titles()), truth - titles, "{typed} elsewhere");
    }
    assert!(asked > 150, "most questions ask something: {asked}");
}

#[test]
fn nothing_typed_is_taken_for_a_sign_of_the_engine() {
    let db = TestDb::new();
    lay(
        &db,
        Shelf::Public,
        "1",
        "NEAR 空调 AND OR NOT title",
        "5*3^2 🙂 \"引号\" 'x' \\ {a b} -c :d &e |f !g <->",
        &[],
    );
    for typed in [
        "\"",
        "'",
        "*",
        "^",
        "NEAR(空调",
        "title:空调",
        "空调*",
        "-空调",
        "空调 AND",
        "OR",
        "NOT 空调",
        "{title}: 空",
        "(",
        ")",
        "a:b",
        "🙂",
        "，。",
        "\\",
        "'; drop table cases; --",
        "空调' & '",
        "<->",
        "!",
        "& | !",
        "\u{feff}",
        "\u{202e}空",
        "%_",
        "😀空调😀",
    ] {
        let question = ask(typed);
        let counted = count(&db, &Asking::of(&question));
        assert!(counted <= 1, "{typed}");
        assert_eq!(keys(&db, &Asking::of(&question)).len() as u64, counted, "{typed}");
    }
    for typed in ["NEAR(空调", "title", "引号", "-空调", "NOT", "5*3"] {
        assert_eq!(count(&db, &Asking::of(&ask(typed))), 1, "{typed}");
    }
    for typed in ["*".repeat(10_000), "空*".repeat(5_000), "空".repeat(4_000_000), "a ".repeat(5_000_000)] {
        count(&db, &Asking::of(&ask(&typed)));
    }
}

#[test]
fn a_long_text_is_found_by_its_beginning_and_a_longer_one_harms_nothing() {
    let db = TestDb::new();
    let long: String = ('\u{4e00}'..'\u{9fa0}').chain('\u{4e00}'..'\u{9fa0}').collect();
    lay(&db, Shelf::Public, "1", &long, &long, &[Mark::new('k', "repair")]);
    assert_eq!(count(&db, &Asking::of(&ask("一丁丂"))), 1);
    assert_eq!(count(&db, &Asking::of(&ask("丂丁一"))), 0);
    assert_eq!(count(&db, &Asking::default().with([Mark::new('k', "repair")])), 1);
}

#[test]
fn titles_are_found_by_sound_and_marks_are_filters() {
    let db = TestDb::new();
    let (repair, ask_kind) = (Mark::new('k', "repair"), Mark::new('k', "inquiry"));
    let (done, hidden) = (Mark::new('g', "办结"), Mark::new('a', "member"));
    lay(&db, Shelf::Public, "1", "三号楼空调不冷", "开了一夜", &[repair.clone(), done.clone()]);
    lay(&db, Shelf::Public, "2", "图书馆几点开门", "空调开吗", std::slice::from_ref(&ask_kind));
    lay(&db, Shelf::Public, "3", "空调遥控器", "", &[repair.clone(), hidden.clone()]);
    let question = ask("空调");
    let all = Asking::of(&question);
    assert_eq!(keys(&db, &all), ["3", "2", "1"], "what came last stands first");
    assert_eq!(keys(&db, &all.clone().in_titles()), ["3", "1"]);
    assert_eq!(keys(&db, &all.clone().not_in_titles()), ["2"]);
    assert_eq!(keys(&db, &all.clone().without(hidden.clone())), ["2", "1"]);
    assert_eq!(keys(&db, &all.clone().with([repair.clone()]).without(hidden)), ["1"]);
    assert_eq!(keys(&db, &all.clone().with([repair.clone(), ask_kind])), ["3", "2", "1"]);
    assert_eq!(keys(&db, &all.clone().with([repair.clone()]).with([done.clone()])), ["1"]);
    assert_eq!(keys(&db, &all.with([])), [""; 0], "none of no marks");
    assert_eq!(keys(&db, &Asking::default().with([done])), ["1"]);
    for (typed, found) in
        [("kongtiao", 2), ("kt", 2), ("kongti", 2), ("tushuguan kaimen", 1), ("tiaokong", 0)]
    {
        assert_eq!(count(&db, &Asking::of(&ask(typed))), found, "{typed}");
    }
    let engine = db.engine();
    assert_eq!(Asking::default().in_words_of(engine), None);
    assert_eq!(Asking::of(&ask("？！")).in_words_of(engine), None);
}

#[test]
fn a_list_goes_on_where_it_was_left() {
    let db = TestDb::new();
    // Laid out in another order than they came, more than a minute has places for, and one again.
    for at in (0..200_i64).rev().chain([7]) {
        let put_it = move |tx: &mut Tx| {
            let key = format!("{at:03}");
            let at = Instant(1_795_485_600_000 + at / 100 * 300_000 + at);
            put(
                tx,
                Shelf::Public,
                &Entry { room: "cases", key: &key, title: "空调", body: "", at, marks: &[] },
            )
        };
        db.write_now(put_it).unwrap();
    }
    lay(&db, Shelf::Store, "1", "空调", "", &[]);
    let (question, engine) = (ask("空调"), db.engine());
    let asked = Asking::of(&question).in_words_of(engine).unwrap();
    let (first, rest) = db
        .read_now(move |tx| {
            let first = list_public(tx, &asked, None, 30)?;
            let place = first.last().and_then(|found| Place::read(&found.place.word()));
            let rest = list_public(tx, &asked, place, 1_000)?;
            Ok::<_, DbError>((first, rest))
        })
        .unwrap();
    let all: Vec<i64> = first.into_iter().chain(rest).map(|found| found.at.0 / 300_000).collect();
    assert_eq!(all.len(), 200);
    assert!(all.is_sorted_by(|one, next| one >= next), "the newest first: {all:?}");
    assert!([None, Place::read("x"), Place::read("1.x")] == [None; 3]);
}

#[test]
fn what_is_put_again_takes_the_place_of_what_lay_there_and_what_is_taken_down_is_gone() {
    let db = TestDb::new();
    lay(&db, Shelf::Public, "1", "空调", "", &[]);
    lay(&db, Shelf::Public, "1", "暖气", "", &[]);
    lay(&db, Shelf::Store, "1", "窗户", "", &[]);
    assert_eq!(count(&db, &Asking::of(&ask("空调"))), 0);
    assert_eq!(count(&db, &Asking::of(&ask("暖气"))), 1);
    assert_eq!(count(&db, &Asking::of(&ask("窗户"))), 0, "the shelves are apart");
    assert_eq!(in_store(&db, "窗户").unwrap(), ["1"]);
    db.write_now(|tx| take_down(tx, Shelf::Public, "cases", "1")).unwrap();
    assert_eq!(count(&db, &Asking::of(&ask("暖气"))), 0);
    assert_eq!(in_store(&db, "窗户").unwrap(), ["1"]);
    let title = db.read_now(|tx| tx.query_one("select title from shelf_entries", params![])?.text("title"));
    assert_eq!(title.unwrap(), "", "titles of the store stay with their room");
}

#[test]
fn what_was_not_committed_is_not_found() {
    let db = TestDb::new();
    let undone = db.write_now(|tx| {
        put(
            tx,
            Shelf::Store,
            &Entry { room: "cases", key: "1", title: "空调", body: "", at: Instant(1), marks: &[] },
        )?;
        Err::<(), _>(DbError::NoRow)
    });
    assert_eq!(undone, Err(DbError::NoRow));
    assert_eq!(in_store(&db, "空调").unwrap(), [""; 0]);
}

/// Whether the pages of the embedded engine hold these bytes.
fn pages_hold(db: &TestDb, piece: &str) -> bool {
    let wanted = piece.as_bytes().to_vec();
    db.read_now(move |tx| {
        let mut holds = false;
        tx.query_each("select block from store_words_data", params![], |row| {
            holds |= row.bytes("block")?.windows(wanted.len()).any(|bytes| bytes == wanted);
            Ok::<_, DbError>(())
        })?;
        Ok::<_, DbError>(holds)
    })
    .unwrap()
}

#[tokio::test]
async fn nothing_of_erased_words_is_left_once_the_parts_are_merged() {
    let db = TestDb::new();
    db.write_now(open).unwrap();
    lay(&db, Shelf::Store, "0", "窗户", "", &[]);
    lay(&db, Shelf::Store, "1", "龘", "", &[]);
    for at in 2..40 {
        lay(&db, Shelf::Store, &at.to_string(), "窗户", "", &[]);
    }
    // What a piece has in common with the one before it is not written again.
    let piece = tokens("龘").split_off(1);
    if db.engine() == Engine::Sqlite {
        assert!(pages_hold(&db, &piece));
    }
    db.write_now(|tx| {
        take_down(tx, Shelf::Store, "cases", "1")?;
        wipe(tx, Shelf::Store)
    })
    .unwrap();
    assert_eq!(in_store(&db, "龘").unwrap(), [""; 0]);
    settle(&db.db()).await.unwrap();
    if db.engine() == Engine::Sqlite {
        assert!(!pages_hold(&db, &piece));
    }
    assert_eq!(in_store(&db, "窗户").unwrap().len(), 39);
}

#[test]
fn a_torn_shelf_fails_nobody_and_is_rebuilt() {
    let db = TestDb::new();
    let Some(path) = db.sqlite_path().map(std::path::Path::to_owned) else { return };
    db.write_now(open).unwrap();
    db.write_now(|tx| finish(tx, Shelf::Store)).unwrap();
    for at in 0..20 {
        lay(&db, Shelf::Store, &at.to_string(), "空调不冷", "三号楼", &[]);
    }
    let raw = rusqlite::Connection::open(path).unwrap();
    raw.execute("update store_words_data set block = zeroblob(length(block)) where id > 10", []).unwrap();
    drop(raw);
    assert_eq!(in_store(&db, "空调"), Err(DbError::Torn));
    for at in 20..60 {
        lay(&db, Shelf::Store, &at.to_string(), "空调不冷", "三号楼", &[]);
    }
    db.write_now(open).unwrap();
    assert_eq!(db.read_now(|tx| standing(tx, Shelf::Store)).unwrap(), Standing::Torn);
    db.write_now(|tx| restart(tx, Shelf::Store)).unwrap();
    lay(&db, Shelf::Store, "60", "空调不冷", "", &[]);
    assert_eq!(in_store(&db, "空调").unwrap(), ["60"]);
    let building = Standing::Building { cursor: String::new(), percent: 0 };
    assert_eq!(db.read_now(|tx| standing(tx, Shelf::Store)).unwrap(), building);
}

#[test]
fn a_shelf_is_rebuilt_when_it_is_new_or_older_and_otherwise_opened_as_it_is() {
    let db = TestDb::new();
    let stands = || db.read_now(|tx| standing(tx, Shelf::Public)).unwrap();
    assert_eq!(stands(), Standing::Whole, "never opened");
    db.write_now(open).unwrap();
    db.write_now(|tx| {
        begin(tx, Shelf::Public, 200)?;
        advance(tx, Shelf::Public, "HY-2", 74)
    })
    .unwrap();
    assert_eq!(stands(), Standing::Building { cursor: "HY-2".to_owned(), percent: 37 });
    db.write_now(open).unwrap();
    assert_eq!(stands(), Standing::Building { cursor: "HY-2".to_owned(), percent: 37 }, "it goes on");
    db.write_now(|tx| finish(tx, Shelf::Public)).unwrap();
    db.write_now(open).unwrap();
    assert_eq!(stands(), Standing::Whole);
    db.write_now(|tx: &mut Tx| tx.execute("update shelf_states set version = 0", params![]).map(drop))
        .unwrap();
    db.write_now(open).unwrap();
    assert_eq!(stands(), Standing::Building { cursor: String::new(), percent: 0 });
}

#[test]
fn what_keeps_its_hour_to_itself_waits_for_the_hour_to_be_over() {
    let db = TestDb::new();
    let came = |key: &'static str, at: i64| {
        db.write_now(move |tx| wait(tx, "cases", key, Instant(at))).unwrap();
    };
    came("z", 10 * HOUR_MS + 5);
    came("a", 10 * HOUR_MS + 9);
    came("z", 10 * HOUR_MS + 99);
    came("later", 11 * HOUR_MS);
    let ripe_at = |at: i64| db.write_now(move |tx| ripe(tx, "cases", Instant(at))).unwrap();
    assert!(ripe_at(11 * HOUR_MS - 1).is_empty());
    assert!(db.read_now(|tx| waits(tx, "cases", "a")).unwrap());
    assert_eq!(ripe_at(11 * HOUR_MS + 1), ["a", "z"]);
    assert!(ripe_at(11 * HOUR_MS + 1).is_empty());
    assert!(!db.read_now(|tx| waits(tx, "cases", "a")).unwrap());
    let distinct: BTreeSet<i64> = db
        .read_now(|tx| tx.query_map("select at_ms from shelf_waiting", params![], |row| row.int(0)))
        .unwrap()
        .into_iter()
        .collect();
    assert_eq!(distinct, [11 * HOUR_MS].into());
}

#[test]
fn what_may_be_the_same_matter_is_listed_from_its_own_shelf_and_room() {
    let db = TestDb::new();
    let texts = [("三号楼空调不制冷", "只出热风"), ("食堂排队太长", "中午"), ("图书馆空调太冷", "自习区")];
    for (at, (title, body)) in texts.iter().enumerate() {
        lay(&db, Shelf::Public, &format!("p{at}"), title, body, &[]);
        lay(&db, Shelf::Store, &format!("s{at}"), title, body, &[]);
    }
    let listed = |shelf: Shelf, room: &'static str, title: &'static str| {
        db.read_now(move |tx| {
            let rarity = Rarity::default();
            shortlist(tx, shelf, room, &Compared::new(title, "", &rarity))
        })
        .unwrap()
    };
    assert_eq!(listed(Shelf::Public, "cases", "3號楼的空調不制冷"), ["p0", "p2"]);
    assert_eq!(listed(Shelf::Store, "cases", "排队"), ["s1"]);
    assert!(listed(Shelf::Store, "articles", "排队").is_empty(), "another room's entries are not this one's");
    assert!(listed(Shelf::Public, "cases", "\"' * 🙂").is_empty());
}

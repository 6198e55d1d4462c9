//! A saved copy is whole, and nothing is ever written over.

use super::insert;
use crate::db::backup::{Progress, restore, save};
use crate::db::{Db, DbError};
use crate::params;
use std::fs;

fn open_with_rows(path: &std::path::Path, rows: i64) -> Db {
    let db = Db::open_sqlite(path).unwrap();
    db.write_now(move |tx| {
        tx.batch("create table things (id bigint primary key, name text, kind text, body bytea);")?;
        (0..rows).try_for_each(|id| insert(tx, id, &"回音".repeat(200)).map(drop))
    })
    .unwrap();
    db
}

fn rows(db: &Db) -> i64 {
    db.read_now(|tx| tx.query_one("select count(*)\nfrom things", params![])?.int(0)).unwrap()
}

#[test]
fn a_copy_taken_while_others_write_can_be_put_back() {
    let place = tempfile::tempdir().unwrap();
    let at = |name: &str| place.path().join(name);
    let db = open_with_rows(&at("school.sqlite"), 5_000);
    assert_eq!(db.sqlite_path(), Some(at("school.sqlite").as_path()));
    let mut words: Vec<Progress> = Vec::new();
    save(&at("school.sqlite"), &at("saved.sqlite"), |progress| {
        let id = 10_000 + i64::try_from(words.len()).unwrap();
        db.write_now(move |tx| insert(tx, id, "meanwhile")).unwrap();
        words.push(progress);
    })
    .unwrap();
    assert!(words.len() > 1, "{words:?}");
    assert!(words.is_sorted_by_key(|progress| progress.done));
    assert!(words.last().is_some_and(|last| last.done == last.total && last.total > 1_000));
    assert_eq!(rows(&db), 5_000 + i64::try_from(words.len()).unwrap());

    restore(&at("saved.sqlite"), &at("again.sqlite"), |_| {}).unwrap();
    let again = Db::open_sqlite(at("again.sqlite")).unwrap();
    assert_eq!(rows(&again), 5_000);
    again.write_now(|tx| insert(tx, 6_000, "life goes on")).unwrap();
    let mut names: Vec<_> =
        fs::read_dir(place.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.retain(|name| name.to_string_lossy().contains("unfinished"));
    assert!(names.is_empty(), "{names:?}");
}

#[test]
fn nothing_is_written_over() {
    let place = tempfile::tempdir().unwrap();
    let at = |name: &str| place.path().join(name);
    open_with_rows(&at("school.sqlite"), 1).close();
    fs::write(at("precious"), "words").unwrap();
    let refused = save(&at("school.sqlite"), &at("precious"), |_| {});
    assert!(matches!(refused, Err(DbError::File { .. })), "{refused:?}");
    assert_eq!(fs::read_to_string(at("precious")).unwrap(), "words");
    fs::write(at("new.sqlite-wal"), "of an older database").unwrap();
    let refused = restore(&at("school.sqlite"), &at("new.sqlite"), |_| {});
    assert!(matches!(refused, Err(DbError::File { .. })), "{refused:?}");
}

#[test]
fn what_is_damaged_or_not_ours_is_not_put_back() {
    let place = tempfile::tempdir().unwrap();
    let at = |name: &str| place.path().join(name);
    open_with_rows(&at("school.sqlite"), 2_000).close();
    let mut bytes = fs::read(at("school.sqlite")).unwrap();
    let middle = bytes.len() / 2 / 4_096 * 4_096;
    bytes[middle..middle + 4_096].fill(0xa5);
    fs::write(at("damaged.sqlite"), bytes).unwrap();
    fs::write(at("letter.txt"), "no database at all, but long enough to be looked at".repeat(100)).unwrap();
    for bad in ["damaged.sqlite", "letter.txt", "nowhere.sqlite"] {
        let refused = restore(&at(bad), &at("target.sqlite"), |_| {});
        assert!(refused.is_err(), "{bad}");
        assert!(!at("target.sqlite").exists(), "{bad}");
    }
    let empty = rusqlite::Connection::open(at("other.sqlite")).unwrap();
    empty.execute_batch("create table letters (id integer)").unwrap();
    assert!(restore(&at("other.sqlite"), &at("target.sqlite"), |_| {}).is_err());
}

#[tokio::test]
async fn erased_words_are_gone_from_the_file_and_its_log() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("school.sqlite");
    let db = open_with_rows(&path, 10);
    db.write(|tx| insert(tx, 99, "a secret that was told by mistake")).await.unwrap();
    db.fold().await.unwrap();
    db.write(|tx| tx.execute("delete from things\nwhere id = 99", params![])).await.unwrap();
    db.fold().await.unwrap();
    for entry in fs::read_dir(place.path()).unwrap() {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        assert!(!bytes.windows(8).any(|window| window == b"a secret"));
    }
}

//! The numbered book of tables is applied once and never rewritten.

use super::TestDb;
use crate::db::migrate::{BOOK, Migration, bring_up_to_date};
use crate::db::{Db, DbError};
use crate::params;
use huiyin_domain::calendar::Instant;

const FIRST: &str = "
-- owner: db. Stands for the book's own table.
create table migrations (number smallint primary key, name text, checksum text, applied_at bigint);
";

fn page(number: u16, text: &'static str) -> Migration {
    Migration::same(number, "page", text)
}

fn book(pages: &[Migration]) -> &'static [Migration] {
    Box::leak(pages.to_vec().into_boxed_slice())
}

/// A database whose book is empty again.
fn blank() -> TestDb {
    let db = TestDb::new();
    db.write_now(|tx| tx.batch("drop table migrations")).unwrap();
    db
}

fn complaint(db: &Db, pages: &[Migration]) -> String {
    match bring_up_to_date(db, book(pages), Instant(1)) {
        Err(DbError::Schema { message }) => message,
        other => panic!("no complaint: {other:?}"),
    }
}

#[test]
fn each_page_is_applied_once() {
    let db = blank();
    let pages = [page(1, FIRST), page(2, "create table one (id bigint);\ncreate table two (id bigint);")];
    assert_eq!(bring_up_to_date(&db, book(&pages[..1]), Instant(5)), Ok(vec![1]));
    assert_eq!(bring_up_to_date(&db, book(&pages), Instant(6)), Ok(vec![2]));
    assert_eq!(bring_up_to_date(&db, book(&pages), Instant(7)), Ok(vec![]));
    let times = db.read_now(|tx| {
        tx.query_map("select applied_at\nfrom migrations\norder by number", params![], |row| row.int(0))
    });
    assert_eq!(times, Ok(vec![5, 6]));
}

#[test]
fn a_page_that_fails_leaves_nothing_behind() {
    let db = blank();
    let bad = page(2, "create table one (id bigint);\ncreate table one (id bigint);");
    assert!(bring_up_to_date(&db, book(&[page(1, FIRST), bad]), Instant(1)).is_err());
    let good = page(2, "create table one (id bigint);");
    assert_eq!(bring_up_to_date(&db, book(&[page(1, FIRST), good]), Instant(1)), Ok(vec![2]));
}

#[test]
fn a_page_that_was_changed_afterwards_is_refused_and_a_mended_comment_is_not() {
    let db = blank();
    let said = [page(1, FIRST), page(2, "-- a tabel\ncreate table one (id bigint);")];
    bring_up_to_date(&db, book(&said), Instant(1)).unwrap();
    let mended = [page(1, FIRST), page(2, "-- a table\n\ncreate  table one (id bigint);")];
    assert_eq!(bring_up_to_date(&db, book(&mended), Instant(1)), Ok(vec![]));
    let changed = [page(1, FIRST), page(2, "create table one (id text);")];
    assert!(complaint(&db, &changed).contains("0002-page was changed"));
}

#[test]
fn a_page_cannot_be_slipped_in_nor_torn_out() {
    let db = blank();
    let (one, three) = (page(1, FIRST), page(3, "create table three (id bigint);"));
    bring_up_to_date(&db, book(&[one, three]), Instant(1)).unwrap();
    let slipped_in = [one, page(2, "create table two (id bigint);"), three];
    assert!(complaint(&db, &slipped_in).contains("0002-page was never applied, and 0003 already is"));
    assert!(complaint(&db, &[one]).contains("a newer version has run here"));
}

#[test]
fn the_book_of_the_program_keeps_to_what_both_engines_can_do() {
    assert_eq!(BOOK.first().map(|page| (page.number, page.name)), Some((1, "foundation")));
    for page in BOOK {
        for engine in [crate::db::Engine::Sqlite, crate::db::Engine::Postgres] {
            let text = page.text(engine).to_lowercase();
            // A deferred check that fails would undo the neighbours in a group commit.
            assert!(!text.contains("deferr"), "{:04}-{} defers a constraint", page.number, page.name);
        }
    }
}

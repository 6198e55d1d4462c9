//! What goes in comes out, and a statement means the same on both engines.

use super::{insert, with_things};
use crate::db::{DbError, Filter, Value};
use crate::params;
use crate::testing::TestDb;

#[tokio::test]
async fn what_was_written_is_read_back_as_it_was() {
    let db = with_things();
    db.write(|tx| {
        tx.execute(
            "insert into things (id, name, kind, size, body)\nvalues ($1, $2, $3, $4, $5)",
            params![i64::MAX, "水房的灯坏了", None::<String>, 7_i64, vec![0_u8, 255, 10]],
        )
    })
    .await
    .unwrap();
    let row = db
        .read(|tx| tx.query_one("select id, name, kind, size, body\nfrom things", params![]))
        .await
        .unwrap();
    assert_eq!(row.int("id"), Ok(i64::MAX));
    assert_eq!(row.str("name"), Ok("水房的灯坏了"));
    assert_eq!(row.opt_text("kind"), Ok(None));
    assert_eq!(row.int("size"), Ok(7));
    assert_eq!(row.get::<u8>(3), Ok(7));
    assert_eq!(row.bytes("body"), Ok(vec![0, 255, 10]));
    assert!(matches!(row.text("kind"), Err(DbError::Mistaken { .. })));
    assert!(matches!(row.text("nowhere"), Err(DbError::Mistaken { .. })));
}

#[test]
fn parameters_are_taken_by_their_numbers() {
    let db = TestDb::new();
    let sentence = "select cast($2 as text) || cast($1 as text) || cast($2 as text) as words";
    let row = db.read_now(move |tx| tx.query_one(sentence, params!["a", "b"])).unwrap();
    assert_eq!(row.str("words"), Ok("bab"));
}

#[test]
fn sums_come_back_as_whole_numbers() {
    let db = with_things();
    let sums = db
        .write_now(|tx| {
            tx.execute("insert into things (id, size)\nvalues (1, 3), (2, 4)", params![])?;
            tx.query_one(
                "select cast(sum(id) as bigint) as ids, sum(size) as sizes, cast(avg(size) as double precision) as mean\nfrom things",
                params![],
            )
        })
        .unwrap();
    assert_eq!((sums.int("ids"), sums.int("sizes"), sums.real("mean")), (Ok(3), Ok(7), Ok(3.5)));
}

#[test]
fn a_filter_numbers_its_values_by_itself() {
    let db = with_things();
    db.write_now(|tx| (1..=5).try_for_each(|id| insert(tx, id, &format!("n{id}")).map(drop))).unwrap();
    let names = |filter: Filter| {
        let (sql, params) = filter.sql("\norder by id desc").finish();
        db.read_now(move |tx| tx.query_map(sql, &params, |row| row.text(0))).unwrap()
    };
    let start = || Filter::new("select name\nfrom things\nwhere id > ").value(1_i64);
    assert_eq!(names(start().sql(" and name in ").list(["n1", "n2", "n4"])), ["n4", "n2"]);
    assert_eq!(names(start().sql(" and name in ").list(Vec::<String>::new())), Vec::<String>::new());
}

#[test]
fn a_long_answer_can_be_left_in_the_middle() {
    let db = with_things();
    db.write_now(|tx| (0..500).try_for_each(|id| insert(tx, id, &format!("n{id}")).map(drop))).unwrap();
    let mut seen = 0;
    let stopped = db.read_now(move |tx| {
        let left = tx.query_each("select id\nfrom things\norder by id", params![], |_| {
            seen += 1;
            if seen < 10 { Ok(()) } else { Err(DbError::NoRow) }
        });
        // The connection is as good as before.
        let all = tx.query("select id\nfrom things", params![])?.len();
        Ok::<_, DbError>((left, all))
    });
    assert_eq!(stopped, Ok((Err(DbError::NoRow), 500)));
}

#[test]
fn a_text_that_one_engine_cannot_hold_is_refused_by_both() {
    let db = with_things();
    let refused = db.write_now(|tx| insert(tx, 1, "zero\0inside"));
    assert!(matches!(refused, Err(DbError::Mistaken { .. })), "{refused:?}");
}

#[test]
fn every_kind_of_value_says_what_it_is() {
    let values = params![1_i64, "a", vec![1_u8], 1.5, None::<i64>, true];
    assert_eq!(values.last(), Some(&Value::Int(1)));
    let kinds: Vec<&str> = values.iter().map(Value::kind).collect();
    assert_eq!(kinds, ["a whole number", "text", "bytes", "a real number", "null", "a whole number"]);
}

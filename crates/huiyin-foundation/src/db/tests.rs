//! The door does the same on both engines: run on SQLite, and again on PostgreSQL where a server is named.

use super::{Db, DbError, Engine, Filter, Tx, Value};
use crate::params;
use crate::testing::TestDb;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

fn with_things() -> TestDb {
    let db = TestDb::new();
    db.write_now(|tx| {
        tx.batch(
            "create table things (id bigint primary key, name text, kind text, size smallint, body bytea, unique (kind, name));",
        )
    })
    .unwrap();
    db
}

fn insert(tx: &mut Tx, id: i64, name: &str) -> Result<u64, DbError> {
    tx.execute("insert into things (id, name, kind)\nvalues ($1, $2, 'x')", params![id, name])
}

fn count(db: &Db) -> i64 {
    db.read_now(|tx| tx.query_one("select count(*)\nfrom things", params![])?.int(0)).unwrap()
}

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
fn a_unique_violation_names_the_columns() {
    let db = with_things();
    db.write_now(|tx| insert(tx, 1, "one")).unwrap();
    let by_id = db.write_now(|tx| insert(tx, 1, "two")).unwrap_err();
    assert_eq!(by_id, DbError::Conflict { constraint: "things.id".to_owned() });
    let by_name = db.write_now(|tx| insert(tx, 2, "one")).unwrap_err();
    assert_eq!(by_name, DbError::Conflict { constraint: "things.kind, things.name".to_owned() });
    assert!(by_name.is_conflict_on("things") && !by_name.is_conflict_on("thing"));
}

#[test]
fn an_error_undoes_everything_the_work_did() {
    let db = with_things();
    let refused: Result<(), DbError> = db.write_now(|tx| {
        insert(tx, 1, "one")?;
        Err(DbError::NoRow)
    });
    assert_eq!(refused, Err(DbError::NoRow));
    assert_eq!(count(&db), 0);
}

#[test]
fn a_failed_statement_spoils_the_work_even_if_it_goes_on() {
    let db = with_things();
    let outcome = db.write_now(|tx| {
        insert(tx, 1, "one")?;
        let _ = insert(tx, 1, "two");
        let _ = insert(tx, 3, "three");
        Ok::<_, DbError>("done")
    });
    assert!(matches!(outcome, Err(DbError::Conflict { .. })), "{outcome:?}");
    assert_eq!(count(&db), 0);
}

#[test]
fn an_attempt_may_fail_and_the_work_goes_on() {
    let db = with_things();
    db.write_now(|tx| {
        insert(tx, 1, "one")?;
        let tried: Result<u64, DbError> = tx.attempt(|tx| {
            insert(tx, 2, "two")?;
            tx.attempt(|tx| insert(tx, 3, "three"))?;
            insert(tx, 1, "again")
        });
        assert!(matches!(tried, Err(DbError::Conflict { .. })), "{tried:?}");
        insert(tx, 4, "four")
    })
    .unwrap();
    let ids =
        db.read_now(|tx| tx.query_map("select id\nfrom things\norder by id", params![], |row| row.int(0)));
    assert_eq!(ids, Ok(vec![1, 4]));
}

#[test]
fn a_panic_undoes_the_work_and_the_store_lives_on() {
    let db = with_things();
    for round in 0..3 {
        let outcome: Result<(), DbError> = db.write_now(move |tx| {
            insert(tx, 1, "one")?;
            assert!(round > 10, "round {round} goes wrong");
            Ok(())
        });
        assert_eq!(outcome, Err(DbError::Panicked { message: format!("round {round} goes wrong") }));
        let read: Result<(), DbError> = db.read_now(|_| panic!("reading goes wrong"));
        assert!(matches!(read, Err(DbError::Panicked { .. })));
    }
    db.write_now(|tx| insert(tx, 2, "two")).unwrap();
    assert_eq!(count(&db), 1);
}

#[tokio::test]
async fn two_hundred_writers_at_once_all_get_their_row() {
    let db = with_things();
    let mut writers = tokio::task::JoinSet::new();
    for id in 0..200_i64 {
        let db = db.db();
        writers.spawn(async move {
            // Every tenth fails after it has written, among neighbours that do not.
            db.write(move |tx| {
                insert(tx, id, &format!("n{id}"))?;
                if id % 10 == 0 { Err(DbError::NoRow) } else { Ok(id) }
            })
            .await
        });
    }
    let outcomes = writers.join_all().await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 180);
    assert!(outcomes.iter().all(|outcome| !matches!(outcome, Err(error) if *error != DbError::NoRow)));
    assert_eq!(count(&db), 180);
}

#[tokio::test]
async fn an_answer_is_given_only_when_the_row_can_be_seen_by_others() {
    let db = with_things();
    for id in 0..50 {
        db.write(move |tx| insert(tx, id, &format!("n{id}"))).await.unwrap();
        assert_eq!(count(&db), id + 1);
    }
}

#[tokio::test]
async fn a_reader_sees_one_state_however_long_it_looks() {
    let db = with_things();
    let (looked, has_looked) = crossbeam_channel::bounded(1);
    let (wrote, has_written) = crossbeam_channel::bounded(1);
    let reader = tokio::spawn({
        let db = db.db();
        async move {
            db.read(move |tx| {
                let many = |tx: &mut Tx| tx.query_one("select count(*)\nfrom things", params![])?.int(0);
                let before = many(tx)?;
                looked.send(()).unwrap();
                has_written.recv().unwrap();
                Ok::<_, DbError>((before, many(tx)?))
            })
            .await
        }
    });
    tokio::task::spawn_blocking(move || has_looked.recv().unwrap()).await.unwrap();
    db.write(|tx| insert(tx, 1, "one")).await.unwrap();
    wrote.send(()).unwrap();
    assert_eq!(reader.await.unwrap(), Ok((0, 0)));
    assert_eq!(count(&db), 1);
}

#[test]
fn a_reader_cannot_write() {
    let db = with_things();
    assert!(db.read_now(|tx| insert(tx, 1, "one")).is_err());
    db.write_now(|tx| insert(tx, 1, "one")).unwrap();
    assert_eq!(count(&db), 1);
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
fn dropping_the_future_does_not_stop_the_work() {
    let db = with_things();
    let started = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&started);
    let mut writing = Box::pin(db.write(move |tx| {
        flag.store(true, Ordering::SeqCst);
        insert(tx, 1, "one")
    }));
    let waker = std::task::Waker::noop();
    assert!(writing.as_mut().poll(&mut std::task::Context::from_waker(waker)).is_pending());
    drop(writing);
    // Work behind it in the queue ends after it; PostgreSQL has no queue, so it is asked until it is there.
    while !started.load(Ordering::SeqCst) || count(&db) == 0 {
        db.write_now(|tx| tx.execute("update things\nset size = 1\nwhere id = 2", params![])).unwrap();
    }
    assert_eq!(count(&db), 1);
}

#[test]
fn a_closed_store_refuses_later_work() {
    let db = with_things();
    if db.engine() == Engine::Sqlite {
        db.close();
        assert!(matches!(db.write_now(|tx| insert(tx, 1, "one")), Err(DbError::Unreachable { .. })));
        let read = db.read_now(|tx| tx.query_one("select 1", params![]));
        assert!(matches!(read, Err(DbError::Unreachable { .. })));
    }
}

#[test]
fn every_kind_of_value_says_what_it_is() {
    let values = params![1_i64, "a", vec![1_u8], 1.5, None::<i64>, true];
    assert_eq!(values.last(), Some(&Value::Int(1)));
    let kinds: Vec<&str> = values.iter().map(Value::kind).collect();
    assert_eq!(kinds, ["a whole number", "text", "bytes", "a real number", "null", "a whole number"]);
}

//! Many at once, and none at all any more.

use super::{count, insert, with_things};
use crate::db::{DbError, Engine};
use crate::params;

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

#[test]
fn dropping_the_future_does_not_stop_the_work() {
    let db = with_things();
    // The work is held inside its transaction until nobody waits for it any more.
    let (go, may_go) = crossbeam_channel::bounded(1);
    let (say_done, done) = crossbeam_channel::bounded(1);
    let mut writing = Box::pin(db.write(move |tx| {
        may_go.recv().unwrap();
        let inserted = insert(tx, 1, "one");
        say_done.send(()).unwrap();
        inserted
    }));
    let waker = std::task::Waker::noop();
    assert!(writing.as_mut().poll(&mut std::task::Context::from_waker(waker)).is_pending());
    drop(writing);
    go.send(()).unwrap();
    done.recv().unwrap();
    // The commit follows the work. Later work queues behind it on SQLite and asks until it is there on PostgreSQL.
    while count(&db) == 0 {
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
fn a_commit_that_fails_is_told_to_everyone_whose_work_was_in_it() {
    let db = with_things();
    db.write_now(|tx| {
        tx.batch(
            "create table links (id bigint primary key, thing bigint references things (id) deferrable initially deferred);",
        )
    })
    .unwrap();
    // While the first is held back, the others gather behind it and go into one transaction on SQLite.
    let (go, may_go) = crossbeam_channel::bounded(1);
    let write = |id: i64, is_bad: bool, wait: Option<crossbeam_channel::Receiver<()>>| {
        let db = db.db();
        std::thread::spawn(move || {
            db.write_now(move |tx| {
                if let Some(wait) = wait {
                    wait.recv().unwrap();
                }
                if is_bad {
                    tx.execute("insert into links (id, thing)\nvalues ($1, 999)", params![id])?;
                }
                insert(tx, id, &format!("n{id}"))
            })
        })
    };
    let mut writers = vec![write(0, false, Some(may_go))];
    writers.extend((1..6).map(|id| write(id, id == 3, None)));
    go.send(()).unwrap();
    for (id, writer) in (0_i64..).zip(writers) {
        let told = writer.join().unwrap();
        let is_there = db
            .read_now(move |tx| tx.query_opt("select id\nfrom things\nwhere id = $1", params![id]))
            .unwrap()
            .is_some();
        assert_eq!(told.is_ok(), is_there, "{id}: {told:?}");
        if id == 3 {
            assert!(matches!(told, Err(DbError::Violation { .. })), "{told:?}");
        }
    }
    db.write_now(|tx| insert(tx, 7, "after")).unwrap();
}

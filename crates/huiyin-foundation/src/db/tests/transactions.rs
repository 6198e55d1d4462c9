//! All or nothing, whatever goes wrong inside.

use super::{count, insert, with_things};
use crate::db::{DbError, Engine, Tx};
use crate::params;

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

#[test]
fn a_reader_cannot_write() {
    let db = with_things();
    assert!(db.read_now(|tx| insert(tx, 1, "one")).is_err());
    db.write_now(|tx| insert(tx, 1, "one")).unwrap();
    assert_eq!(count(&db), 1);
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
fn a_full_disk_is_told_as_such_and_the_store_lives_on() {
    let db = with_things();
    if db.engine() == Engine::Sqlite {
        // The engine's own limit on the file stands for the end of the disk.
        db.write_now(|tx| tx.batch("pragma max_page_count = 1")).unwrap();
        let full =
            db.write_now(|tx| (0..500).try_for_each(|id| insert(tx, id, &format!("{id:900}")).map(drop)));
        assert_eq!(full, Err(DbError::Full));
        assert_eq!(count(&db), 0);
        db.write_now(|tx| tx.batch("pragma max_page_count = 1000000")).unwrap();
        db.write_now(|tx| insert(tx, 1, "one")).unwrap();
        assert_eq!(count(&db), 1);
    }
}

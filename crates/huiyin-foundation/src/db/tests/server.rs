//! What can only go wrong where there is a server; on SQLite there is nothing to do.

use super::{count, insert, with_things};
use crate::db::{Db, DbError, Engine};
use crate::params;

#[test]
fn a_connection_cut_in_the_middle_leaves_nothing_and_the_next_one_works() {
    let db = with_things();
    if db.engine() == Engine::Postgres {
        let cut = db.write_now(|tx| {
            insert(tx, 1, "one")?;
            tx.query("select pg_terminate_backend(pg_backend_pid())", params![])
        });
        assert!(matches!(cut, Err(DbError::Unreachable { .. })), "{cut:?}");
        assert_eq!(count(&db), 0);
        db.write_now(|tx| insert(tx, 2, "two")).unwrap();
        assert_eq!(count(&db), 1);
    }
}

#[test]
fn work_that_stands_in_each_others_way_is_told_to_try_again() {
    let db = with_things();
    if db.engine() == Engine::Postgres {
        db.write_now(|tx| insert(tx, 1, "one").and_then(|_| insert(tx, 2, "two"))).unwrap();
        let barrier = std::sync::Arc::new(std::sync::Barrier::new(2));
        let crosswise = |first: i64, second: i64| {
            let (db, barrier) = (db.db(), barrier.clone());
            std::thread::spawn(move || {
                db.write_now(move |tx| {
                    let touch = "update things\nset size = 1\nwhere id = $1";
                    tx.execute(touch, params![first])?;
                    barrier.wait();
                    tx.execute(touch, params![second])
                })
            })
        };
        let outcomes = [crosswise(1, 2), crosswise(2, 1)].map(|thread| thread.join().unwrap());
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
        assert!(outcomes.iter().any(|outcome| matches!(outcome, Err(DbError::Busy { .. }))), "{outcomes:?}");
    }
}

#[test]
fn a_type_that_only_the_server_has_is_named() {
    let db = with_things();
    if db.engine() == Engine::Postgres {
        let refused = db.read_now(|tx| tx.query("select sum(id) as ids\nfrom things", params![]));
        let says = format!("{refused:?}");
        assert!(says.contains("column ids") && says.contains("cast(sum(x) as bigint)"), "{says}");
        let refused =
            db.write_now(|tx| tx.execute("delete from things\nwhere size = $1", params![1_000_000_i64]));
        assert!(matches!(refused, Err(DbError::Mistaken { .. })), "{refused:?}");
    }
}

#[test]
fn a_server_that_is_not_there_is_told_at_once() {
    let nobody = Db::connect_postgres("postgres://127.0.0.1:1/nothing?connect_timeout=1", "school");
    assert!(matches!(nobody.map(|_| ()), Err(DbError::Unreachable { .. })));
    for name in ["", "a\"b", "Großschule", "a b", "7th"] {
        let refused = Db::connect_postgres("postgres://127.0.0.1:1/nothing", name);
        assert!(matches!(refused.map(|_| ()), Err(DbError::Schema { .. })), "{name}");
    }
}

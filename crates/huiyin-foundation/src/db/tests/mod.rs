//! The door does the same on both engines: run on SQLite, and again on PostgreSQL where a server is named.

mod book;
mod copies;
mod crowds;
mod server;
mod transactions;
mod values;

use super::{Db, DbError, Tx};
use crate::params;
use crate::testing::TestDb;

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

//! What administrators changed about duties and accounts, as it was and as it is (10.3). Kept for good; a table and not a
//! log, because logs never name a person.

use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::PersonId;
use huiyin_foundation::db::{DbError, Filter, Tx};
use huiyin_foundation::keys::Keys;
use huiyin_foundation::params;

/// A change of somebody's duties or account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountChange {
    /// Whose.
    pub person: PersonId,
    /// By whom.
    pub by: PersonId,
    /// `duties` or `account`.
    pub what: &'static str,
    /// As it was.
    pub before: String,
    /// As it is.
    pub after: String,
}

/// Keeps a change, in the transaction that makes it.
pub fn note_change(tx: &mut Tx, keys: &Keys, change: &AccountChange, now: Instant) -> Result<(), DbError> {
    // One more change.
    tx.execute(
        "insert into account_changes (id, person_id, by_person, at_ms, what, before, after)
         values ($1, $2, $3, $4, $5, $6, $7)",
        params![
            keys.uuid_v7(now),
            &change.person,
            &change.by,
            now,
            change.what,
            &change.before,
            &change.after
        ],
    )?;
    Ok(())
}

/// A change that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Its id, which grows with time.
    pub id: String,
    /// When.
    pub at: Instant,
    /// Whose.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// The name of who changed it.
    pub by: String,
    /// `duties` or `account`.
    pub what: String,
    /// As it was.
    pub before: String,
    /// As it is.
    pub after: String,
}

/// Changes before this moment and id, the newest first; of everybody, or of one person.
pub fn changes_before(
    tx: &mut Tx,
    person: Option<&PersonId>,
    (at, id): &(Instant, String),
    rows_max: usize,
) -> Result<Vec<Changed>, DbError> {
    let filter = Filter::new(
        "select c.id, c.at_ms, c.person_id, c.what, c.before, c.after, whose.name, maker.name as maker
           from account_changes c
           join people whose on whose.id = c.person_id
           join people maker on maker.id = c.by_person
          where (c.at_ms, c.id) < (",
    );
    let filter = filter.value(*at).sql(", ").value(id.as_str()).sql(")");
    let filter = match person {
        Some(person) => filter.sql("\n and c.person_id = ").value(person),
        None => filter,
    };
    let (sql, values) = filter.sql("\n order by c.at_ms desc, c.id desc\n limit ").value(rows_max).finish();
    // Who changed whose account or duties?
    tx.query_map(sql, &values, |row| {
        Ok(Changed {
            id: row.get("id")?,
            at: row.instant("at_ms")?,
            person: row.get("person_id")?,
            name: row.get("name")?,
            by: row.get("maker")?,
            what: row.get("what")?,
            before: row.get("before")?,
            after: row.get("after")?,
        })
    })
}

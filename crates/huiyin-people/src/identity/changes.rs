//! What administrators changed about duties and accounts, as it was and as it is (10.3). Kept for good; a table and not a
//! log, because logs never name a person.

use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::PersonId;
use huiyin_foundation::db::{DbError, Tx};
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

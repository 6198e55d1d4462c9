//! The list of a person's messages: one function a question.
//!
//! When a message was read is not kept, only that it was (`read_ms` repeats the message's own time): messages about an
//! open and about a sealed case, read in the same moment, would otherwise lead from the one to the other.

use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::{CaseNo, PersonId};
use huiyin_foundation::db::{DbError, Row, Tx};
use huiyin_foundation::keys::Keys;
use huiyin_foundation::params;

/// A message, as its reader finds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: String,
    /// When it was written.
    pub at: Instant,
    /// The stored word of its kind.
    pub kind: String,
    /// The case it is about.
    pub case_no: CaseNo,
    /// What it says.
    pub words: String,
    /// Whether it was read.
    pub is_read: bool,
}

/// How many messages a person has, and how many of them they have not read.
pub(super) fn counts(tx: &mut Tx, keys: &Keys, person: &PersonId) -> Result<(u64, u64), DbError> {
    let [open, sealed, echo] = keys.letter_refs(person);
    // How many messages has this person, read and unread?
    let row = tx.query_one(
        "select count(*) as messages,
                count(*) filter (where read_ms is null) as unread
           from messages
          where person_key in ($1, $2, $3)",
        params![open, sealed, echo],
    )?;
    Ok((row.get("messages")?, row.get("unread")?))
}

/// A page of a person's messages, the newest first.
pub(super) fn newest(
    tx: &mut Tx,
    keys: &Keys,
    person: &PersonId,
    limit: u32,
    offset: u64,
) -> Result<Vec<Message>, DbError> {
    let offset = i64::try_from(offset).unwrap_or(i64::MAX);
    let [open, sealed, echo] = keys.letter_refs(person);
    // Which messages has this person?
    tx.query_map(
        "select id, at_ms, kind, case_no, words, read_ms
           from messages
          where person_key in ($1, $2, $3)
          order by at_ms desc, id desc
          limit $4 offset $5",
        params![open, sealed, echo, limit, offset],
        message,
    )
}

/// Marks one message as read and gives it; nothing if it is not this person's.
pub(super) fn open(
    tx: &mut Tx,
    keys: &Keys,
    person: &PersonId,
    id: &str,
) -> Result<Option<Message>, DbError> {
    let [open, sealed, echo] = keys.letter_refs(person);
    // Note that a person has read a message of theirs.
    let row = tx.query(
        "update messages
            set read_ms = at_ms
          where id = $1
            and person_key in ($2, $3, $4)
      returning id, at_ms, kind, case_no, words, read_ms",
        params![id, open, sealed, echo],
    )?;
    row.first().map(message).transpose()
}

/// Marks all messages of a person as read.
pub(super) fn read_all(tx: &mut Tx, keys: &Keys, person: &PersonId) -> Result<u64, DbError> {
    let [open, sealed, echo] = keys.letter_refs(person);
    // Note that a person has seen everything.
    tx.execute(
        "update messages
            set read_ms = at_ms
          where person_key in ($1, $2, $3)
            and read_ms is null",
        params![open, sealed, echo],
    )
}

/// Marks everything that was told to anybody before a moment as read then: the demonstration begins with old letters opened.
pub fn read_before(tx: &mut Tx, before: Instant) -> Result<u64, DbError> {
    // Close everything old.
    tx.execute(
        "update messages
            set read_ms = at_ms
          where at_ms < $1
            and read_ms is null",
        params![before],
    )
}

fn message(row: &Row) -> Result<Message, DbError> {
    Ok(Message {
        id: row.get("id")?,
        at: row.get("at_ms")?,
        kind: row.get("kind")?,
        case_no: row.get("case_no")?,
        words: row.get("words")?,
        is_read: row.opt_instant("read_ms")?.is_some(),
    })
}

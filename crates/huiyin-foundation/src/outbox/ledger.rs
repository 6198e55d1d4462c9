//! The rows of the outbox: put down, sorted, taken, settled; one function a step.

use super::{Batch, Letter, NewLetter, Outcome, Sorted, TRIES_MAX, wait_ms};
use crate::db::{DbError, Filter, Row, Tx};
use crate::keys::Keys;
use crate::params;
use huiyin_domain::calendar::{Day, Instant};
use huiyin_domain::ids::CaseNo;

/// Whoever took a letter has so long to say how it went; then it is taken again.
const TAKEN_FOR_MS: i64 = 180_000;

/// The ledger is kept this long: a school must be able to show for six months whom it told.
const KEPT_MS: i64 = 190 * 24 * 3_600_000;

/// Puts a letter down; it leaves when the transaction is kept. A personal one is sorted by its person's wishes first.
pub fn put(tx: &mut Tx, keys: &Keys, letter: &NewLetter<'_>) -> Result<(), DbError> {
    let state = if letter.recipient.is_empty() { "waiting" } else { "unsorted" };
    // One more letter for this recipient by this channel.
    tx.execute(
        "insert into outbox (id, channel, recipient, kind, topic, case_no, words, urgent, created_ms, state, batch,
                             tries, next_try_ms, last_reason, done_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '', 0, $11, '', null)",
        params![
            keys.uuid_v7(letter.at),
            letter.channel,
            letter.recipient,
            letter.kind,
            letter.topic,
            letter.case_no,
            letter.words,
            letter.is_urgent,
            letter.at,
            state,
            letter.not_before,
        ],
    )?;
    Ok(())
}

/// Letters that nobody has looked at yet, the oldest first.
pub fn unsorted(tx: &mut Tx, limit: u32) -> Result<Vec<Letter>, DbError> {
    // Which letters were put down and not sorted yet?
    tx.query_map(
        "select id, channel, recipient, kind, topic, case_no, words, urgent, created_ms, next_try_ms
           from outbox
          where state = 'unsorted'
          order by created_ms, id
          limit $1",
        params![limit],
        letter,
    )
}

/// Notes what its person's wishes make of a letter.
pub fn sort(tx: &mut Tx, id: &str, sorted: &Sorted, today: Day) -> Result<(), DbError> {
    match sorted {
        // It leaves then.
        Sorted::At(at) => tx.execute(
            "update outbox
                set state = 'waiting',
                    next_try_ms = $2
              where id = $1
                and state = 'unsorted'",
            params![id, *at],
        )?,
        // It stays, and its words go.
        Sorted::Unwanted(reason) => tx.execute(
            "update outbox
                set state = 'unwanted',
                    words = '',
                    last_reason = $2,
                    done_on = $3
              where id = $1
                and state = 'unsorted'",
            params![id, *reason, today],
        )?,
    };
    Ok(())
}

/// Takes what is due, for at most so many recipients. Nobody else takes it for some minutes.
pub fn claim(tx: &mut Tx, now: Instant, recipients_max: u32) -> Result<Vec<Batch>, DbError> {
    // For whom is something due, those first who wait longest?
    let due = tx.query_map(
        "select channel, recipient, min(next_try_ms) as since
           from outbox
          where state = 'waiting'
            and next_try_ms <= $1
          group by channel, recipient
          order by since, channel, recipient
          limit $2",
        params![now, recipients_max],
        |row| Ok::<_, DbError>((row.text("channel")?, row.text("recipient")?)),
    )?;
    let mut batches = Vec::new();
    for (channel, recipient) in due {
        batches.extend(claim_of(tx, now, &channel, &recipient)?);
    }
    Ok(batches)
}

/// Everything due for one recipient: what was tried together stays together, what is new leaves as one.
fn claim_of(tx: &mut Tx, now: Instant, channel: &str, recipient: &str) -> Result<Vec<Batch>, DbError> {
    // Bind what is due and belongs to no batch yet into one, named after its oldest letter. A webhook hears of each
    // event by itself.
    let bound = "update outbox
            set batch = (select min(id)
                           from outbox
                          where channel = $1
                            and recipient = $2
                            and state = 'waiting'
                            and next_try_ms <= $3
                            and batch = '')
          where channel = $1
            and recipient = $2
            and state = 'waiting'
            and next_try_ms <= $3
            and batch = ''";
    let alone = "update outbox
            set batch = id
          where channel = $1
            and recipient = $2
            and state = 'waiting'
            and next_try_ms <= $3
            and batch = ''";
    let sql = if channel.starts_with(super::HOOK) { alone } else { bound };
    tx.execute(sql, params![channel, recipient, now])?;
    // Take all that is due, until this moment.
    let mut taken = tx.query_map(
        "update outbox
            set next_try_ms = $4
          where channel = $1
            and recipient = $2
            and state = 'waiting'
            and next_try_ms <= $3
      returning id, channel, recipient, kind, topic, case_no, words, urgent, created_ms, next_try_ms, batch, tries",
        params![channel, recipient, now, now.plus_ms(TAKEN_FOR_MS)],
        |row| Ok::<_, DbError>((row.text("batch")?, row.get::<u32>("tries")?, letter(row)?)),
    )?;
    taken.sort_by(|(batch, _, letter), (other, _, another)| (batch, &letter.id).cmp(&(other, &another.id)));
    let mut batches: Vec<Batch> = Vec::new();
    for (id, tries, letter) in taken {
        match batches.last_mut().filter(|batch| batch.id == id) {
            Some(batch) => batch.letters.push(letter),
            None => batches.push(Batch { id, tries, letters: vec![letter] }),
        }
    }
    Ok(batches)
}

/// Notes how a try ended. `chance` spreads the next tries of what failed together.
pub fn settle(
    tx: &mut Tx,
    batch: &Batch,
    outcome: &Outcome,
    now: Instant,
    chance: u16,
) -> Result<(), DbError> {
    let tries = batch.tries + 1;
    let (state, reason) = match outcome {
        Outcome::Sent => ("sent", ""),
        Outcome::Later(reason) if tries < TRIES_MAX => ("waiting", reason.as_str()),
        Outcome::Later(reason) | Outcome::Never(reason) => ("given_up", reason.as_str()),
    };
    let done_on = (state != "waiting").then(|| now.day().to_string());
    // How did the try of this batch end? What was sent needs its words no more.
    tx.execute(
        "update outbox
            set state = $3,
                tries = $4,
                next_try_ms = $5,
                last_reason = $6,
                done_on = $7,
                words = case when $3 = 'sent' then '' else words end
          where channel = $1
            and recipient = $2
            and batch = $8
            and state = 'waiting'",
        params![
            batch.channel(),
            batch.recipient(),
            state,
            tries,
            now.plus_ms(wait_ms(tries, chance)),
            reason,
            done_on,
            batch.id.as_str(),
        ],
    )?;
    Ok(())
}

/// Lays a batch that was not tried back until a moment: its channel answers nobody.
pub fn release(tx: &mut Tx, batch: &Batch, until: Instant, reason: &str) -> Result<(), DbError> {
    // Not tried; it comes again then.
    tx.execute(
        "update outbox
            set next_try_ms = $4,
                last_reason = $5
          where channel = $1
            and recipient = $2
            and batch = $3
            and state = 'waiting'",
        params![batch.channel(), batch.recipient(), batch.id.as_str(), until, reason],
    )?;
    Ok(())
}

/// Takes back what was put down for a recipient about a case and has not left yet.
pub fn take_back(tx: &mut Tx, no: &CaseNo, recipient: &str) -> Result<(), DbError> {
    // What has not left does not leave.
    tx.execute(
        "delete from outbox
          where case_no = $1
            and recipient = $2
            and state in ('unsorted', 'waiting')",
        params![no, recipient],
    )?;
    Ok(())
}

/// Takes back what was put down for a channel about a case and has not left yet: of letters that name no recipient.
pub fn take_back_from(tx: &mut Tx, no: &CaseNo, channel: &str) -> Result<(), DbError> {
    // What this group has not heard yet it does not hear.
    tx.execute(
        "delete from outbox
          where case_no = $1
            and channel = $2
            and recipient = ''
            and state in ('unsorted', 'waiting')",
        params![no, channel],
    )?;
    Ok(())
}

/// Forgets to whom anything was told about these cases; what has not left does not leave.
pub fn forget_recipients(tx: &mut Tx, cases: &[CaseNo]) -> Result<(), DbError> {
    if cases.is_empty() {
        return Ok(());
    }
    let (sql, values) =
        Filter::new("delete from outbox\n where state in ('unsorted', 'waiting')\n and case_no in ")
            .list(cases)
            .finish();
    // What still waits about them?
    tx.execute(sql, &values)?;
    let (sql, values) =
        Filter::new("update outbox\n set recipient = ''\n where case_no in ").list(cases).finish();
    // Who was told?
    tx.execute(sql, &values)?;
    Ok(())
}

/// Forgets what was settled long ago; called by the timetable.
pub fn forget(tx: &mut Tx, now: Instant) -> Result<u64, DbError> {
    // Forget what is older than the law asks us to keep.
    tx.execute(
        "delete from outbox
          where created_ms < $1
            and state in ('sent', 'unwanted', 'given_up')",
        params![now.plus_ms(-KEPT_MS)],
    )
}

fn letter(row: &Row) -> Result<Letter, DbError> {
    Ok(Letter {
        id: row.get("id")?,
        channel: row.get("channel")?,
        recipient: row.get("recipient")?,
        kind: row.get("kind")?,
        topic: row.get("topic")?,
        case_no: row.get("case_no")?,
        words: row.get("words")?,
        is_urgent: row.get("urgent")?,
        at: row.get("created_ms")?,
        not_before: row.get("next_try_ms")?,
    })
}

/// Notes that a letter which had left came back; says whether there was such a letter.
pub fn came_back(tx: &mut Tx, batch: &str, today: Day) -> Result<bool, DbError> {
    // What left under this name did not arrive.
    let changed = tx.execute(
        "update outbox
            set state = 'given_up',
                last_reason = '对方邮箱退信',
                done_on = $2
          where batch = $1
            and channel = 'mail'
            and state = 'sent'",
        params![batch, today],
    )?;
    Ok(changed > 0)
}

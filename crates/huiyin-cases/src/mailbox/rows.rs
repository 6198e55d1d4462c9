//! What is kept of letters that were looked at, and how the mailbox stands.

use super::fate::Fate;
use huiyin_domain::calendar::{Day, Instant};
use huiyin_foundation::db::{DbError, Tx};
use huiyin_foundation::params;

/// A sender is known again for so long.
const SENDER_KEPT_MS: i64 = 24 * 3_600_000;

/// A letter is known again for so long: as long as our own letters are in the ledger, and longer than mail servers keep
/// backups of themselves. One that is brought back shows as unread again what was taken long ago.
const LETTER_KEPT_MS: i64 = 190 * 24 * 3_600_000;

/// What became of a letter so far, and how often it was tried in vain.
pub(super) fn known(tx: &mut Tx, letter: &str) -> Result<Option<(Fate, u32)>, DbError> {
    // Was this letter looked at before?
    let row = tx.query_opt("select fate, tries from mailbox_letters where letter = $1", params![letter])?;
    let Some(row) = row else { return Ok(None) };
    Ok(Fate::from_word(row.str("fate")?).map(|fate| (fate, row.get("tries").unwrap_or(0))))
}

/// Notes what became of a letter.
pub(super) fn note(
    tx: &mut Tx,
    letter: &str,
    sender: &str,
    fate: Fate,
    tries: u32,
    now: Instant,
) -> Result<(), DbError> {
    // This became of the letter.
    tx.execute(
        "insert into mailbox_letters (letter, sender, fate, tries, taken_ms)
         values ($1, $2, $3, $4, $5)
         on conflict (letter) do update
            set fate = excluded.fate,
                tries = excluded.tries,
                taken_ms = excluded.taken_ms",
        params![letter, sender, fate.word(), tries, now],
    )?;
    Ok(())
}

/// How many letters of one sender were taken since a moment.
pub(super) fn taken_of(tx: &mut Tx, sender: &str, since: Instant) -> Result<i64, DbError> {
    // How many of this sender were taken?
    let row = tx.query_one(
        "select count(*) as letters
           from mailbox_letters
          where sender = $1
            and sender <> ''
            and taken_ms > $2
            and fate in ('case', 'reply')",
        params![sender, since],
    )?;
    row.int("letters")
}

/// How many letters of anybody were taken since a moment.
pub(super) fn taken(tx: &mut Tx, since: Instant) -> Result<i64, DbError> {
    // How many were taken at all?
    let row = tx.query_one(
        "select count(*) as letters
           from mailbox_letters
          where taken_ms > $1
            and fate in ('case', 'reply')",
        params![since],
    )?;
    row.int("letters")
}

/// When the mailbox was looked into last, and whether what was laid aside is to be tried again.
pub(super) fn last_look(tx: &mut Tx) -> Result<Option<(Instant, bool)>, DbError> {
    // When was the mailbox looked into?
    let row = tx.query_opt("select looked_ms, wants_again from mailbox_state where id = 1", &[])?;
    row.map(|row| Ok((row.get("looked_ms")?, row.get("wants_again")?))).transpose()
}

/// Notes how a look into the mailbox ended: how many are laid aside in it, or why it could not be read.
pub(super) fn looked(tx: &mut Tx, now: Instant, ended: Result<usize, &str>) -> Result<(), DbError> {
    // So it stood.
    tx.execute(
        "insert into mailbox_state (id, looked_ms, opened_ms, trouble, laid_aside, wants_again)
         values (1, $1, $2, $3, $4, 0)
         on conflict (id) do update
            set looked_ms = excluded.looked_ms,
                opened_ms = coalesce(excluded.opened_ms, mailbox_state.opened_ms),
                trouble = excluded.trouble,
                laid_aside = case when excluded.opened_ms is null then mailbox_state.laid_aside
                                  else excluded.laid_aside end,
                wants_again = case when excluded.opened_ms is null then mailbox_state.wants_again else 0 end",
        params![
            now,
            ended.is_ok().then_some(now),
            ended.err().unwrap_or_default(),
            ended.unwrap_or_default() as i64,
        ],
    )?;
    // Senders are known again for a day.
    tx.execute(
        "update mailbox_letters
            set sender = ''
          where sender <> ''
            and taken_ms < $1",
        params![now.plus_ms(-SENDER_KEPT_MS)],
    )?;
    Ok(())
}

/// Forgets letters that will not be seen again; called by the timetable.
pub fn forget(tx: &mut Tx, now: Instant) -> Result<u64, DbError> {
    // Which were taken, or laid aside, too long ago to come once more?
    tx.execute("delete from mailbox_letters where taken_ms < $1", params![now.plus_ms(-LETTER_KEPT_MS)])
}

/// Asks that what was laid aside be tried again at the next look.
pub fn try_again(tx: &mut Tx) -> Result<(), DbError> {
    // Once more.
    tx.execute("update mailbox_state set wants_again = 1 where id = 1", &[])?;
    Ok(())
}

/// How the mailbox stands, for the page of the administrator: counts and reasons, never a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// When it was looked into last; none if never.
    pub looked: Option<Instant>,
    /// When it could last be opened.
    pub opened: Option<Instant>,
    /// Why not; empty when it could.
    pub trouble: String,
    /// How many letters are laid aside in it.
    pub laid_aside: i64,
    /// Whether they are tried again at the next look.
    pub wants_again: bool,
    /// How many became cases since a day.
    pub cases: i64,
    /// How many were added to cases.
    pub replies: i64,
    /// How many nobody wrote: answering machines, letters that came back, our own.
    pub by_machines: i64,
    /// Why letters were laid aside, and how many.
    pub reasons: Vec<(&'static str, i64)>,
}

/// How the mailbox stands; letters are counted since a day.
pub fn standing(tx: &mut Tx, since: Day) -> Result<Standing, DbError> {
    // How did it stand when it was looked into last?
    let row = tx.query_opt(
        "select looked_ms, opened_ms, trouble, laid_aside, wants_again
           from mailbox_state
          where id = 1",
        &[],
    )?;
    let Some(row) = row else { return Ok(Standing::default()) };
    // What became of letters?
    let counts = tx.query_map(
        "select fate, count(*) as letters
           from mailbox_letters
          where taken_ms >= $1
          group by fate",
        params![since.start()],
        |row| Ok::<_, DbError>((Fate::from_word(row.str("fate")?), row.int("letters")?)),
    )?;
    let of = |fates: &[Fate]| -> i64 {
        let wanted = counts.iter().filter(|(fate, _)| fate.is_some_and(|fate| fates.contains(&fate)));
        wanted.map(|(_, count)| count).sum()
    };
    let aside = Fate::KEPT.into_iter().filter(|fate| fate.is_aside());
    Ok(Standing {
        looked: row.get("looked_ms")?,
        opened: row.get("opened_ms")?,
        trouble: row.text("trouble")?,
        laid_aside: row.int("laid_aside")?,
        wants_again: row.get("wants_again")?,
        cases: of(&[Fate::Case]),
        replies: of(&[Fate::Reply]),
        by_machines: of(&[Fate::Automatic, Fate::Bounce, Fate::Own]),
        reasons: aside.map(|fate| (fate.shown(), of(&[fate]))).filter(|(_, count)| *count > 0).collect(),
    })
}

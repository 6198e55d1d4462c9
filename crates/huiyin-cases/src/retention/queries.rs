//! The tables of this room, one function a question.

use super::due::Due;
use crate::cases::sight::not_about;
use huiyin_domain::calendar::{Day, Instant};
use huiyin_domain::case::Removal;
use huiyin_domain::ids::{CaseNo, KindId, PersonId, UnitId};
use huiyin_foundation::db::{DbError, Filter, Row, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::params;

/// How far a list has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// Made; somebody else is to confirm it.
    Listed,
    /// Confirmed and announced.
    Confirmed,
    /// Carried out to its end.
    Done,
    /// Called off.
    CalledOff,
}

impl State {
    pub fn word(self) -> &'static str {
        match self {
            State::Listed => "listed",
            State::Confirmed => "confirmed",
            State::Done => "done",
            State::CalledOff => "called_off",
        }
    }

    fn from_word(word: &str) -> State {
        let all = [State::Listed, State::Confirmed, State::Done];
        all.into_iter().find(|state| state.word() == word).unwrap_or(State::CalledOff)
    }
}

/// A list, without its cases.
#[derive(Clone, Debug)]
pub(super) struct List {
    pub id: String,
    pub state: State,
    pub made_at: Instant,
    pub made_by: PersonId,
    pub confirmed: Option<(Instant, PersonId)>,
    /// The first day on which it is carried out.
    pub from_day: Option<String>,
    pub ended_at: Option<Instant>,
    pub ended_by: Option<PersonId>,
}

/// What became of a case on a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Still to come.
    Listed,
    /// Somebody wants it kept.
    LeftOut,
    /// Taken away.
    Done,
    /// When its turn came the rules said that it is to be kept.
    Kept,
    /// Something went wrong; it is as it was.
    Failed,
}

impl Fate {
    pub fn word(self) -> &'static str {
        match self {
            Fate::Listed => "listed",
            Fate::LeftOut => "left_out",
            Fate::Done => "done",
            Fate::Kept => "kept",
            Fate::Failed => "failed",
        }
    }

    fn from_word(word: &str) -> Fate {
        let all = [Fate::LeftOut, Fate::Done, Fate::Kept, Fate::Failed];
        all.into_iter().find(|fate| fate.word() == word).unwrap_or(Fate::Listed)
    }
}

/// A case on a list.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub no: CaseNo,
    pub kind: KindId,
    pub step: Removal,
    pub ended_at: Instant,
    pub fate: Fate,
    /// Who wanted it kept, and why.
    pub left_out: Option<(PersonId, String)>,
}

/// Keeps a new list.
pub(super) fn make(tx: &mut Tx, id: &str, by: &PersonId, now: Instant, due: &[Due]) -> Result<(), DbError> {
    // A new list.
    tx.execute(
        "insert into retention_lists (id, state, made_ms, made_by) values ($1, 'listed', $2, $3)",
        params![id, now, by],
    )?;
    for one in due {
        // One case on it.
        tx.execute(
            "insert into retention_items (list_id, case_no, step, ended_at, state)
             values ($1, $2, $3, $4, 'listed')",
            params![id, &one.no, one.step.word(), one.ended_at],
        )?;
    }
    Ok(())
}

/// The lists, the newest first.
pub(super) fn lists(tx: &mut Tx) -> Result<Vec<List>, Error> {
    // Which lists were made last?
    tx.query_map("select * from retention_lists order by made_ms desc, id desc limit 50", params![], list)
}

/// One list.
pub(super) fn find(tx: &mut Tx, id: &str) -> Result<Option<List>, Error> {
    // Which list has this id?
    let row = tx.query_opt("select * from retention_lists where id = $1", params![id])?;
    row.as_ref().map(list).transpose()
}

/// The list that is not ended yet, if there is one.
pub(super) fn open(tx: &mut Tx) -> Result<Option<List>, Error> {
    // Which list still waits?
    let row = tx.query_opt(
        "select * from retention_lists where state in ('listed', 'confirmed') order by made_ms limit 1",
        params![],
    )?;
    row.as_ref().map(list).transpose()
}

fn list(row: &Row) -> Result<List, Error> {
    let confirmed_by: Option<PersonId> = row.get("confirmed_by")?;
    Ok(List {
        id: row.text("id")?,
        state: State::from_word(row.str("state")?),
        made_at: row.instant("made_ms")?,
        made_by: row.get("made_by")?,
        confirmed: row.opt_instant("confirmed_ms")?.zip(confirmed_by),
        from_day: row.opt_text("from_day")?,
        ended_at: row.opt_instant("ended_ms")?,
        ended_by: row.get("ended_by")?,
    })
}

/// The cases of a list behind this number, without those about units near the reader.
pub(super) fn items(
    tx: &mut Tx,
    id: &str,
    away: &[UnitId],
    after: &str,
    limit: usize,
) -> Result<Vec<Item>, Error> {
    // Which cases come next on this list?
    let filter = Filter::new(
        "select retention_items.case_no, cases.kind, retention_items.step, retention_items.ended_at,
           retention_items.state, left_out_by, left_out_reason
         from retention_items
         join cases on cases.case_no = retention_items.case_no
         where ",
    );
    let (sql, values) = not_about(filter, away)
        .sql("list_id = ")
        .value(id)
        .sql("\n and retention_items.case_no > ")
        .value(after)
        .sql("\n order by retention_items.case_no\n limit ")
        .value(limit)
        .finish();
    tx.query_map(sql, &values, |row| {
        Ok(Item {
            no: row.get("case_no")?,
            kind: row.get("kind")?,
            step: Removal::from_word(row.str("step")?).ok_or_else(|| Error::internal("an unknown step"))?,
            ended_at: row.instant("ended_at")?,
            fate: Fate::from_word(row.str("state")?),
            left_out: row.get::<Option<PersonId>>("left_out_by")?.zip(row.opt_text("left_out_reason")?),
        })
    })
}

/// How many cases of a list have which step before them, and what became of them; without those about units near the reader.
pub(super) fn totals(tx: &mut Tx, id: &str, away: &[UnitId]) -> Result<Vec<(Removal, Fate, u64)>, Error> {
    // How many cases of each sort are on this list?
    let filter = Filter::new(
        "select retention_items.step, retention_items.state, count(*) as cases
         from retention_items
         join cases on cases.case_no = retention_items.case_no
         where ",
    );
    let (sql, values) = not_about(filter, away)
        .sql("list_id = ")
        .value(id)
        .sql("\n group by retention_items.step, retention_items.state")
        .finish();
    tx.query_map(sql, &values, |row| {
        let step = Removal::from_word(row.str("step")?).ok_or_else(|| Error::internal("an unknown step"))?;
        Ok((step, Fate::from_word(row.str("state")?), row.get("cases")?))
    })
}

/// Whether cases of a list are about units near this reader, who then cannot look through it.
pub(super) fn has_hidden(tx: &mut Tx, id: &str, away: &[UnitId]) -> Result<bool, Error> {
    let seen: u64 = totals(tx, id, away)?.iter().map(|one| one.2).sum();
    let all: u64 = totals(tx, id, &[])?.iter().map(|one| one.2).sum();
    Ok(seen < all)
}

/// Confirms a list; false when somebody was quicker, or made it themselves.
pub(super) fn confirm(
    tx: &mut Tx,
    id: &str,
    by: &PersonId,
    now: Instant,
    from: Day,
) -> Result<bool, DbError> {
    // A second person says yes.
    let changed = tx.execute(
        "update retention_lists
         set state = 'confirmed', confirmed_ms = $2, confirmed_by = $3, from_day = $4
         where id = $1
           and state = 'listed'
           and made_by <> $3",
        params![id, now, by, from.to_string()],
    )?;
    Ok(changed > 0)
}

/// Ends a list that is not ended yet; false when it was.
pub(super) fn end(
    tx: &mut Tx,
    id: &str,
    state: State,
    by: Option<&PersonId>,
    now: Instant,
) -> Result<bool, DbError> {
    // Nothing more comes of it.
    let changed = tx.execute(
        "update retention_lists
         set state = $2, ended_ms = $3, ended_by = $4
         where id = $1
           and state in ('listed', 'confirmed')",
        params![id, state.word(), now, by],
    )?;
    Ok(changed > 0)
}

/// A requester of whom something on a list leads away.
pub(super) struct Concerned {
    /// As a keyed reference.
    pub key: String,
    /// How many cases of theirs.
    pub count: usize,
    /// One of them.
    pub no: CaseNo,
}

/// The cases of a list of which nothing has been taken away, without those that were left out of it.
pub(super) fn not_done(tx: &mut Tx, id: &str) -> Result<Vec<(CaseNo, Removal)>, Error> {
    // Which cases stand, or stood, on this list, and are as they were?
    tx.query_map(
        "select case_no, step
         from retention_items
         where list_id = $1
           and state in ('listed', 'kept', 'failed')
         order by case_no",
        params![id],
        |row| {
            let step = Removal::from_word(row.str("step")?);
            Ok((row.get("case_no")?, step.ok_or_else(|| Error::internal("an unknown step"))?))
        },
    )
}

/// Whom a list concerns as far as anybody knows, each once; what was taken away concerns nobody.
pub(super) fn concerned(tx: &mut Tx, id: &str) -> Result<Vec<Concerned>, Error> {
    // Whose cases will lead back to them no longer?
    tx.query_map(
        "select cases.requester_key as person, count(*) as found, min(cases.case_no) as first
         from retention_items
         join cases on cases.case_no = retention_items.case_no
         where list_id = $1
           and retention_items.state in ('listed', 'kept', 'failed')
           and retention_items.step <> 'contact'
           and cases.requester_key is not null
         group by cases.requester_key",
        params![id],
        |row| Ok(Concerned { key: row.text("person")?, count: row.get("found")?, no: row.get("first")? }),
    )
}

/// A confirmed list whose day has come.
pub(super) fn ripe(tx: &mut Tx, today: Day) -> Result<Option<String>, Error> {
    // Which list is to be carried out now?
    let row = tx.query_opt(
        "select id from retention_lists where state = 'confirmed' and from_day <= $1 order by from_day limit 1",
        params![today.to_string()],
    )?;
    Ok(row.map(|row| row.text("id")).transpose()?)
}

/// Whether a list is still to be carried out; nobody calls it off until this is committed.
pub(super) fn holds(tx: &mut Tx, id: &str) -> Result<bool, DbError> {
    // Is it confirmed, and stays so while we work?
    let found = tx.execute(
        "update retention_lists set state = state where id = $1 and state = 'confirmed'",
        params![id],
    )?;
    Ok(found > 0)
}

/// Those of these cases that lead back to nobody now.
pub(super) fn nobodys(tx: &mut Tx, id: &str, cases: &[CaseNo]) -> Result<Vec<CaseNo>, Error> {
    let (Some(first), Some(last)) = (cases.first(), cases.last()) else { return Ok(Vec::new()) };
    // From which of them was the requester taken away?
    tx.query_map(
        "select case_no
         from retention_items
         where list_id = $1
           and state = 'done'
           and step <> 'contact'
           and case_no >= $2
           and case_no <= $3",
        params![id, first, last],
        |row| Ok(row.get("case_no")?),
    )
}

/// Some cases of a list that still wait for their turn.
pub(super) fn waiting(tx: &mut Tx, id: &str) -> Result<Vec<(CaseNo, Removal)>, Error> {
    // Which cases are next?
    tx.query_map(
        "select case_no, step
         from retention_items
         where list_id = $1
           and state = 'listed'
           and exists (select 1 from retention_lists where id = $1 and state = 'confirmed')
         order by case_no
         limit 100",
        params![id],
        |row| {
            let step = Removal::from_word(row.str("step")?);
            Ok((row.get("case_no")?, step.ok_or_else(|| Error::internal("an unknown step"))?))
        },
    )
}

/// Notes what became of a case on a list.
pub(super) fn settle(tx: &mut Tx, id: &str, no: &CaseNo, fate: Fate) -> Result<(), DbError> {
    // What became of it?
    tx.execute(
        "update retention_items set state = $3 where list_id = $1 and case_no = $2 and state = 'listed'",
        params![id, no, fate.word()],
    )?;
    Ok(())
}

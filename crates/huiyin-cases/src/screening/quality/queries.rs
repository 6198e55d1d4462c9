//! The tables of this part, one function a question, and what it reads of answers.

use super::super::hits::Reach;
use super::check::Check;
use super::look::Looked;
use crate::cases::log::Standing;
use crate::overseeing::Line;
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::{CaseNo, PersonId, UnitId};
use huiyin_foundation::db::{Filter, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use std::collections::BTreeMap;

/// An answer that is to be looked at.
pub(super) struct Answer {
    pub no: CaseNo,
    pub at: Instant,
}

/// Until when the answers of a unit were looked at.
pub(super) fn looked_until(tx: &mut Tx, unit: &UnitId) -> Result<Option<Instant>, Error> {
    // How far was this unit looked at?
    let row = tx.query_opt("select until_ms from screening_looks where unit = $1", params![unit])?;
    Ok(row.map(|row| row.instant("until_ms")).transpose()?)
}

/// Until when the next answers of a unit reach; all of one moment belong together, so that none is left behind.
pub(super) fn next_until(
    tx: &mut Tx,
    unit: &UnitId,
    since: Instant,
    step: usize,
) -> Result<Option<Instant>, Error> {
    // When was the last of the next answers given?
    let row = tx.query_one(
        "select max(replied_at) as until
         from (
           select replied_at
           from cases
           where unit = $1
             and replied_at > $2
           order by replied_at
           limit $3) as next",
        params![unit, since, step],
    )?;
    Ok(row.opt_instant("until")?)
}

/// The answers of a unit between these moments, the earliest first.
pub(super) fn answers(
    tx: &mut Tx,
    unit: &UnitId,
    since: Instant,
    until: Instant,
) -> Result<Vec<Answer>, Error> {
    // What did this unit answer since?
    tx.query_map(
        "select case_no, replied_at
         from cases
         where unit = $1
           and replied_at > $2
           and replied_at <= $3
           and restricted = 0
           and coalesce(removed, '') <> 'words'
         order by replied_at",
        params![unit, since, until],
        |row| Ok(Answer { no: row.get("case_no")?, at: row.instant("replied_at")? }),
    )
}

/// What was asked and what was answered.
pub(super) struct Words {
    pub no: CaseNo,
    pub title: String,
    pub body: String,
    /// Both in one.
    pub question: String,
    pub words: String,
}

const WORDS: &str = "select cases.case_no, cases.title,
           coalesce((select case_texts.words
             from case_texts
             where case_texts.case_no = cases.case_no and case_texts.seq = 1 and case_texts.kind = 'body'), '') as body,
           coalesce((select case_texts.words
             from case_texts
             where case_texts.case_no = cases.case_no
               and case_texts.kind = 'words'
               and case_texts.seq = (select max(case_events.seq)
                 from case_events
                 where case_events.case_no = cases.case_no and case_events.name = 'replied')), '') as words
         from cases
         where ";

fn read_words(tx: &mut Tx, filter: Filter) -> Result<Vec<Words>, Error> {
    let (sql, values) = filter.finish();
    // What was asked and answered?
    tx.query_map(sql, &values, |row| {
        let (title, body) = (row.text("title")?, row.text("body")?);
        let question = format!("{title} {body}");
        Ok(Words { no: row.get("case_no")?, title, body, question, words: row.text("words")? })
    })
}

/// What was asked and answered in one case.
pub(super) fn words_of(tx: &mut Tx, no: &CaseNo) -> Result<Option<Words>, Error> {
    Ok(read_words(tx, Filter::new(WORDS).sql("cases.case_no = ").value(no))?.into_iter().next())
}

/// The latest answers of a unit since then.
pub(super) fn others(tx: &mut Tx, unit: &UnitId, since: Instant, limit: usize) -> Result<Vec<Words>, Error> {
    let filter = Filter::new(WORDS).sql("unit = ").value(unit).sql(" and replied_at > ").value(since);
    let filter = filter.sql(" and restricted = 0 order by replied_at desc limit ").value(limit);
    read_words(tx, filter)
}

/// Keeps what was found, and until when the unit was looked at.
pub(super) fn keep(tx: &mut Tx, unit: &UnitId, looked: &[Looked], until: Instant) -> Result<(), Error> {
    for one in looked {
        // This answer was looked at.
        tx.execute(
            "insert into screening_looked (case_no, seq, unit, replied_ms)
             values ($1, $2, $3, $4)
             on conflict (case_no, seq) do nothing",
            params![&one.no, one.seq, unit, one.at],
        )?;
        for (check, other) in &one.found {
            // And this was found; what somebody has settled stays settled.
            tx.execute(
                "insert into screening_marks (case_no, seq, quality, unit, replied_ms, other_no, state, reason)
                 values ($1, $2, $3, $4, $5, $6, 'open', '')
                 on conflict (case_no, seq, quality) do nothing",
                params![&one.no, one.seq, check.word(), unit, one.at, other.as_ref()],
            )?;
        }
    }
    // So far this unit was looked at.
    tx.execute(
        "insert into screening_looks (unit, until_ms)
         values ($1, $2)
         on conflict (unit) do update
         set until_ms = excluded.until_ms",
        params![unit, until],
    )?;
    Ok(())
}

/// How many answers since then were looked at, as far as the reader sees.
pub(super) fn looked(tx: &mut Tx, reach: &Reach, since: Instant) -> Result<u64, Error> {
    let filter = match reach.is_all() {
        true => Filter::new("select count(*) as n\n from screening_looked\n where "),
        false => reach.narrow(Filter::new(
            "select count(*) as n
             from screening_looked
             join cases on cases.case_no = screening_looked.case_no
             where ",
        )),
    };
    let (sql, values) = filter.sql("replied_ms > ").value(since).finish();
    // Of how many answers was it asked?
    Ok(tx.query_one(sql, &values)?.get("n")?)
}

/// Of the answers since then: how many each check found in all, and how many of them nobody has settled.
pub(super) fn counts(
    tx: &mut Tx,
    reach: &Reach,
    since: Instant,
) -> Result<BTreeMap<Check, (u64, u64)>, Error> {
    let filter = reach.narrow(Filter::new(
        "select quality, count(*) as n, sum(case when state = 'open' then 1 else 0 end) as waiting
         from screening_marks
         join cases on cases.case_no = screening_marks.case_no
         where ",
    ));
    let filter = filter.sql("screening_marks.replied_ms > ").value(since);
    let (sql, values) = filter.sql("\n group by quality").finish();
    // What was found how often?
    let rows = tx.query(sql, &values)?;
    let mut counts = BTreeMap::new();
    for row in &rows {
        if let Some(check) = Check::from_word(row.str("quality")?) {
            counts.insert(check, (row.get("n")?, row.get::<i64>("waiting")?.unsigned_abs()));
        }
    }
    Ok(counts)
}

/// A case that a check found.
pub(super) struct Marked {
    pub line: Line,
    /// The answer; nothing where a reading is kept, which is that of the page of the case.
    pub words: Option<String>,
    /// What it was copied from.
    pub other: Option<CaseNo>,
    pub state: String,
    pub reason: String,
    pub by: Option<PersonId>,
}

/// The cases that a check found since then: those that nobody has settled first, the latest in front.
pub(super) fn marked(
    tx: &mut Tx,
    reach: &Reach,
    standing: &Standing,
    check: Check,
    since: Instant,
    limit: usize,
) -> Result<Vec<Marked>, Error> {
    let filter = reach.narrow(Filter::new(
        "select cases.case_no, title, cases.kind, cases.unit, stage, signed_at, round, solved,
           screening_marks.replied_ms as at, other_no, state, reason, by_person,
           case when identity = 'sealed' or restricted = 1 then 1 else 0 end as is_closed,
           coalesce((select case_texts.words
             from case_texts
             where case_texts.case_no = cases.case_no
               and case_texts.kind = 'words'
               and case_texts.seq = screening_marks.seq), '') as words
         from screening_marks
         join cases on cases.case_no = screening_marks.case_no
         where ",
    ));
    let filter =
        filter.sql("quality = ").value(check.word()).sql(" and screening_marks.replied_ms > ").value(since);
    let order = "\n order by case when state = 'open' then 0 else 1 end, screening_marks.replied_ms desc, cases.case_no\n limit ";
    let (sql, values) = filter.sql(order).value(limit).finish();
    // Which cases did this check find?
    tx.query_map(sql, &values, |row| {
        Ok(Marked {
            line: Line::of(row, standing)?,
            words: Some(row.text("words")?)
                .filter(|_| row.flag("is_closed").is_ok_and(|is_closed| !is_closed)),
            other: row.get("other_no")?,
            state: row.text("state")?,
            reason: row.text("reason")?,
            by: row.get("by_person")?,
        })
    })
}

/// Says that nothing is wrong with what a check found in a case; false where nothing is open.
pub(super) fn settle(
    tx: &mut Tx,
    no: &CaseNo,
    check: Check,
    by: &PersonId,
    reason: &str,
    now: Instant,
) -> Result<bool, Error> {
    // Nothing is wrong here, and why.
    let changed = tx.execute(
        "update screening_marks
         set state = 'fine', by_person = $3, at_ms = $4, reason = $5
         where case_no = $1
           and quality = $2
           and state = 'open'",
        params![no, check.word(), by, now, reason],
    )?;
    Ok(changed > 0)
}

/// Notes that the unit was asked to mend what a check found.
pub(in crate::screening) fn asked(
    tx: &mut Tx,
    no: &CaseNo,
    check: Check,
    by: &PersonId,
    now: Instant,
) -> Result<(), Error> {
    // The unit is to mend it.
    tx.execute(
        "update screening_marks
         set state = 'asked', by_person = $3, at_ms = $4
         where case_no = $1
           and quality = $2
           and state = 'open'",
        params![no, check.word(), by, now],
    )?;
    Ok(())
}

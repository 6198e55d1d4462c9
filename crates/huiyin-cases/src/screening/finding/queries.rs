//! The tables of findings and their steps, one function a question.

use super::super::hits::Reach;
use super::state::{State, Step};
use huiyin_domain::calendar::{Day, Instant};
use huiyin_domain::ids::{CaseNo, PersonId, UnitId};
use huiyin_foundation::db::{Filter, Row, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use std::collections::BTreeMap;

/// A finding as it stands.
#[derive(Clone, Debug)]
pub(in crate::screening) struct Finding {
    pub id: String,
    pub no: CaseNo,
    /// The unit that it was given to.
    pub unit: UnitId,
    /// Where it came from: `list:…`, `check:…` or `sample:…`.
    pub source: String,
    pub state: State,
    /// The day by which the unit is to have done its part.
    pub due_on: Day,
    /// Who of the unit is to put it right.
    pub responsible: Option<PersonId>,
    /// Who of the office gave it to the unit last.
    pub asked_by: PersonId,
}

impl Finding {
    fn of(row: &Row) -> Result<Finding, Error> {
        let state = State::from_word(row.str("state")?);
        Ok(Finding {
            id: row.text("id")?,
            no: row.get("case_no")?,
            unit: row.get("unit")?,
            source: row.text("source")?,
            state: state.ok_or_else(|| Error::internal("an unknown state of a finding"))?,
            due_on: row.day("due_on")?,
            responsible: row.get("responsible")?,
            asked_by: row.get("asked_by")?,
        })
    }

    /// Whether the unit is late.
    pub fn is_late(&self, today: Day) -> bool {
        self.state.is_with_the_unit() && self.due_on < today
    }
}

/// One step as it was taken.
#[derive(Clone, Debug)]
pub(super) struct Taken {
    pub step: Step,
    pub at: Instant,
    pub by: PersonId,
    pub words: String,
    pub due_on: Option<Day>,
    pub responsible: Option<PersonId>,
}

/// Every finding about a case, the newest first.
pub(super) fn of_case(tx: &mut Tx, no: &CaseNo) -> Result<Vec<Finding>, Error> {
    // What was found about this case, and how far has it come?
    tx.query_map(
        "select id, case_no, unit, source, state, due_on, responsible, asked_by
         from screening_findings
         where case_no = $1
         order by opened_ms desc, id desc",
        params![no],
        Finding::of,
    )
}

/// The finding about a case that is not closed, if there is one.
pub(super) fn open(tx: &mut Tx, no: &CaseNo) -> Result<Option<Finding>, Error> {
    Ok(of_case(tx, no)?.into_iter().find(|finding| finding.state != State::Closed))
}

/// Of these cases, how far what is found about them has come, where it is not closed.
pub(in crate::screening) fn open_among(
    tx: &mut Tx,
    cases: &[CaseNo],
) -> Result<BTreeMap<CaseNo, State>, Error> {
    if cases.is_empty() {
        return Ok(BTreeMap::new());
    }
    let filter = Filter::new(
        "select case_no, state\n from screening_findings\n where state <> 'closed' and case_no in ",
    );
    let (sql, values) = filter.list(cases).finish();
    // About which of these is something open?
    let rows = tx.query(sql, &values)?;
    let known = rows.iter().map(|row| Ok((row.get("case_no")?, State::from_word(row.str("state")?))));
    let known: Vec<(CaseNo, Option<State>)> = known.collect::<Result<_, Error>>()?;
    Ok(known.into_iter().filter_map(|(no, state)| Some((no, state?))).collect())
}

/// The steps of a finding in their order.
pub(super) fn steps(tx: &mut Tx, id: &str) -> Result<Vec<Taken>, Error> {
    // What was done about it?
    let rows = tx.query(
        "select step, at_ms, by_person, words, due_on, responsible
         from screening_steps
         where finding_id = $1
         order by seq",
        params![id],
    )?;
    let read = |row: &Row| {
        let step = Step::from_word(row.str("step")?);
        Ok::<_, Error>(Taken {
            step: step.ok_or_else(|| Error::internal("an unknown step of a finding"))?,
            at: row.instant("at_ms")?,
            by: row.get("by_person")?,
            words: row.text("words")?,
            due_on: row.get("due_on")?,
            responsible: row.get("responsible")?,
        })
    };
    rows.iter().map(read).collect()
}

/// Writes how a finding stands after a step.
pub(super) fn write(tx: &mut Tx, finding: &Finding, now: Instant) -> Result<(), Error> {
    // How far has it come?
    tx.execute(
        "insert into screening_findings
           (id, case_no, unit, source, state, due_on, responsible, asked_by, opened_ms, last_ms)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
         on conflict (id) do update
         set unit = excluded.unit, state = excluded.state, due_on = excluded.due_on,
           responsible = excluded.responsible, asked_by = excluded.asked_by, last_ms = excluded.last_ms",
        params![
            finding.id.as_str(),
            &finding.no,
            &finding.unit,
            finding.source.as_str(),
            finding.state.word(),
            finding.due_on,
            finding.responsible.as_ref(),
            &finding.asked_by,
            now
        ],
    )?;
    Ok(())
}

/// Appends a step.
pub(super) fn add(tx: &mut Tx, finding: &Finding, taken: &Taken) -> Result<(), Error> {
    // What was done, by whom, with which words?
    tx.execute(
        "insert into screening_steps (finding_id, seq, case_no, step, at_ms, by_person, words, due_on, responsible)
         values ($1, (select coalesce(max(seq), 0) + 1 from screening_steps where finding_id = $1),
           $2, $3, $4, $5, $6, $7, $8)",
        params![
            finding.id.as_str(),
            &finding.no,
            taken.step.word(),
            taken.at,
            &taken.by,
            taken.words.as_str(),
            taken.due_on,
            taken.responsible.as_ref()
        ],
    )?;
    Ok(())
}

/// Takes away what was written about cases whose own words are no longer kept.
pub(in crate::screening) fn forget(tx: &mut Tx) -> Result<u64, Error> {
    // What speaks of words that are gone?
    Ok(tx.execute(
        "update screening_steps
         set words = ''
         where words <> ''
           and exists (
             select 1
             from cases
             where cases.case_no = screening_steps.case_no
               and cases.removed = 'words')",
        params![],
    )?)
}

/// A finding with the case it is about, for a list.
pub(super) struct OfCase {
    pub finding: Finding,
    pub title: String,
}

const LINE: &str =
    "select screening_findings.id, screening_findings.case_no, screening_findings.unit, source,
           screening_findings.state, due_on, responsible, asked_by, cases.title
         from screening_findings
         join cases on cases.case_no = screening_findings.case_no
         where ";

/// How many findings of each state this reader may see, but for those that are closed.
pub(super) fn counts(tx: &mut Tx, reach: &Reach) -> Result<BTreeMap<State, u64>, Error> {
    let filter = reach.narrow(Filter::new(
        "select screening_findings.state, count(*) as n
         from screening_findings
         join cases on cases.case_no = screening_findings.case_no
         where ",
    ));
    let open = ["asked", "verified", "not_so", "ordered", "reported"];
    let filter = filter.sql("screening_findings.state in ").list(open);
    let (sql, values) = filter.sql("\n group by screening_findings.state").finish();
    // How far has how much come?
    let rows = tx.query(sql, &values)?;
    let known = rows.iter().map(|row| Ok((State::from_word(row.str("state")?), row.get("n")?)));
    let known: Vec<(Option<State>, u64)> = known.collect::<Result<_, Error>>()?;
    Ok(known.into_iter().filter_map(|(state, n)| Some((state?, n))).collect())
}

/// The findings of these states that this reader may see: what is due first in front, of the closed ones the latest.
pub(super) fn page(tx: &mut Tx, reach: &Reach, states: &[State], limit: usize) -> Result<Vec<OfCase>, Error> {
    let filter = reach.narrow(Filter::new(LINE)).sql("screening_findings.state in ");
    let filter = filter.list(states.iter().map(|state| state.word()));
    let order = match states {
        [State::Closed] => "\n order by due_on desc, screening_findings.case_no desc\n limit ",
        _ => "\n order by due_on, screening_findings.case_no\n limit ",
    };
    read(tx, filter.sql(order).value(limit))
}

/// What these units were given and still have in hand, and lately had.
pub(super) fn of_units(
    tx: &mut Tx,
    units: &[UnitId],
    away: &[UnitId],
    limit: usize,
) -> Result<Vec<OfCase>, Error> {
    let filter = crate::cases::sight::not_about(Filter::new(LINE), away);
    let filter = filter.sql("screening_findings.unit in ").list(units);
    let filter = filter.sql("\n and cases.unit in ").list(units);
    let order = "\n order by case when screening_findings.state in ('asked', 'ordered') then 0
           when screening_findings.state = 'closed' then 2 else 1 end, due_on, screening_findings.case_no\n limit ";
    read(tx, filter.sql(order).value(limit))
}

fn read(tx: &mut Tx, filter: Filter) -> Result<Vec<OfCase>, Error> {
    let (sql, values) = filter.finish();
    // Which findings are these?
    tx.query_map(sql, &values, |row| Ok(OfCase { finding: Finding::of(row)?, title: row.text("title")? }))
}

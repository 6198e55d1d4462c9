//! What was proposed for a case and what somebody chose, so that agreement can be counted. Ids and moments, no words.

use super::known::known;
use super::propose::{Hints, hints};
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::Case;
use huiyin_domain::ids::{CaseNo, CategoryId, KindId, UnitId};
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;

/// What became of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// The first proposal was taken.
    Accepted,
    /// Somebody chose otherwise.
    Otherwise,
    /// It was taken by the rule of the school; what becomes of it later is told by its word.
    Automatic,
}

impl Outcome {
    fn word(self) -> &'static str {
        match self {
            Outcome::Accepted => "accepted",
            Outcome::Otherwise => "otherwise",
            Outcome::Automatic => "automatic",
        }
    }
}

/// How often people agreed with what was proposed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    /// Cases that a person gave to a unit where something was proposed.
    pub asked: u64,
    /// Of these, as the first proposal said, and not changed since.
    pub accepted: u64,
    /// Cases that went out by the rule of the school.
    pub automatic: u64,
    /// Of these, handed back or put under another category afterwards.
    pub undone: u64,
}

/// How often people agreed since a moment.
pub fn agreement(tx: &mut Tx, since: Instant) -> Result<Agreement, Error> {
    // What became of the proposals since then?
    let rows = tx.query(
        "select case when proposals.outcome = 'automatic' and cases.send_backs > 0 then 'undone'
                  else proposals.outcome end as outcome, count(*) as n
         from proposals
         join cases on cases.case_no = proposals.case_no
         where proposals.at_ms >= $1
         group by 1",
        params![since],
    )?;
    let mut found = Agreement::default();
    for row in rows {
        let count: u64 = row.get("n")?;
        match row.str("outcome")? {
            "accepted" => {
                found.asked += count;
                found.accepted += count;
            }
            "otherwise" => found.asked += count,
            "automatic" => found.automatic += count,
            _ => {
                found.automatic += count;
                found.undone += count;
            }
        }
    }
    Ok(found)
}

/// What is proposed for a case that has no unit yet; nothing for any other.
pub(crate) fn proposed_for(tx: &mut Tx, policy: &Policy, no: &CaseNo) -> Result<Option<Hints>, Error> {
    // What was written in this case, if it still waits for a unit?
    let found = tx.query_opt(
        "select cases.kind, cases.title, coalesce(case_texts.words, '') as body
         from cases
         left join case_texts on case_texts.case_no = cases.case_no
           and case_texts.seq = 1
           and case_texts.kind = 'body'
         where cases.case_no = $1
           and cases.unit is null
           and cases.stage in ('submitted', 'accepted')",
        params![no],
    )?;
    let Some(row) = found else { return Ok(None) };
    let kind: KindId = row.get("kind")?;
    let known = known(tx)?;
    Ok(Some(hints(policy, known.as_deref(), &kind, row.str("title")?, row.str("body")?)))
}

/// Notes what a person chose where this was proposed. The first choice counts; `after` is the case once it is carried out.
pub(crate) fn note_choice(
    tx: &mut Tx,
    policy: &Policy,
    no: &CaseNo,
    hints: &Hints,
    after: &Case,
    at: Instant,
) -> Result<(), Error> {
    let (Some(first), Some(unit)) = (hints.best.first(), &after.unit) else { return Ok(()) };
    let proposed = policy.unit_for(&first.category, after.place.as_ref(), at.day());
    let is_same = after.category.as_ref().is_none_or(|category| *category == first.category);
    let is_taken = is_same && proposed.as_ref() == Some(unit);
    let outcome = if is_taken { Outcome::Accepted } else { Outcome::Otherwise };
    note(tx, no, hints, (after.category.as_ref(), unit), outcome, at)
}

/// Notes that a case went out by the rule of the school.
pub(super) fn note_automatic(
    tx: &mut Tx,
    no: &CaseNo,
    hints: &Hints,
    after: &Case,
    at: Instant,
) -> Result<(), Error> {
    let Some(unit) = &after.unit else { return Ok(()) };
    note(tx, no, hints, (after.category.as_ref(), unit), Outcome::Automatic, at)
}

fn note(
    tx: &mut Tx,
    no: &CaseNo,
    hints: &Hints,
    (category, unit): (Option<&CategoryId>, &UnitId),
    outcome: Outcome,
    at: Instant,
) -> Result<(), Error> {
    let proposed: Vec<&str> = hints.best.iter().map(|hint| hint.category.as_str()).collect();
    // Note what was proposed and what was chosen; the first choice stands.
    tx.execute(
        "insert into proposals (case_no, at_ms, model, proposed, category, unit, outcome)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (case_no) do nothing",
        params![
            no,
            at,
            hints.model.unwrap_or_default(),
            proposed.join(" "),
            category.map(CategoryId::as_str),
            unit,
            outcome.word()
        ],
    )?;
    Ok(())
}

/// Somebody has put the case under another category, or handed it back: what was taken before was not right after all.
pub(crate) fn note_change(tx: &mut Tx, no: &CaseNo, category: Option<&CategoryId>) -> Result<(), Error> {
    // What was taken is taken no longer, unless the category is the one that was proposed.
    tx.execute(
        "update proposals
         set outcome = case when outcome = 'accepted' then 'otherwise' else 'undone' end
         where case_no = $1
           and outcome in ('accepted', 'automatic')
           and ($2 = '' or coalesce(category, '') <> $2)",
        params![no, category.map_or("", CategoryId::as_str)],
    )?;
    Ok(())
}

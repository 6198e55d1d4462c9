//! Checking a whole school: every record is refolded and compared with its row, its chain, its texts and the counts (8.9).
//!
//! Says nothing when all is well; otherwise names the first difference: which case, which event, what differs. It can
//! show that something was changed after the fact; it cannot show that an event was true when it was written.

use super::beside;
use super::chain::{self, Hash};
use super::{opinions, row, shelves};
use huiyin_domain::case::{
    Added, Case, Event, Removal, TextKind, apply, is_for_everybody, moved_away, next_check, tally,
};
use huiyin_domain::ids::CaseNo;
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::{Row, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use std::collections::{BTreeMap, BTreeSet};

/// Something that does not agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which case; none when the counts differ.
    pub case_no: Option<CaseNo>,
    /// Which event.
    pub seq: Option<u32>,
    /// What differs, in words.
    pub what: String,
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.case_no, self.seq) {
            (Some(no), Some(seq)) => write!(f, "{no}, event {seq}: {}", self.what),
            (Some(no), None) => write!(f, "{no}: {}", self.what),
            _ => write!(f, "{}", self.what),
        }
    }
}

/// How much was checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Cases.
    pub cases: u64,
    /// Events.
    pub events: u64,
}

type Counts = BTreeMap<[String; 5], i64>;

/// Checks everything inside one consistent view; `progress` hears how many cases are done.
pub fn verify(
    tx: &mut Tx,
    policy: &Policy,
    mut progress: impl FnMut(u64),
) -> Result<Result<Checked, Difference>, Error> {
    let mut checked = Checked::default();
    let mut counts = Counts::new();
    let mut after = String::new();
    let shelves = shelves::open(tx)?;
    loop {
        // Which cases come next, in the order of their numbers?
        let rows = tx.query(
            "select * from cases where case_no > $1 order by case_no limit 500",
            params![after.as_str()],
        )?;
        let Some(last) = rows.last() else { break };
        after = last.text("case_no")?;
        for row in &rows {
            match check_case(tx, policy, row, &mut counts, shelves)? {
                Ok(events) => checked.events += events,
                Err(difference) => return Ok(Err(difference)),
            }
            checked.cases += 1;
        }
        progress(checked.cases);
    }
    if let Some(difference) = orphan(tx)? {
        return Ok(Err(difference));
    }
    if let Some(difference) = beside::missing_number(tx)? {
        return Ok(Err(difference));
    }
    if let Some(no) = opinions::stray(tx)? {
        let what = "something is wanted of a unit that does not assist".into();
        return Ok(Err(Difference { case_no: Some(no), seq: None, what }));
    }
    if let Some((no, what)) = shelves::stray(tx, shelves)? {
        return Ok(Err(Difference { case_no: Some(no), seq: None, what: what.into() }));
    }
    Ok(check_counts(tx, counts)?.map_or(Ok(checked), Err))
}

fn check_case(
    tx: &mut Tx,
    policy: &Policy,
    row: &Row,
    counts: &mut Counts,
    shelves: shelves::Open,
) -> Result<Result<u64, Difference>, Error> {
    let no: CaseNo = row.get("case_no")?;
    let differs = |seq: Option<u32>, what: &str| {
        Ok(Err(Difference { case_no: Some(no.clone()), seq, what: what.to_owned() }))
    };
    // What happened to this case?
    let lines = tx.query(
        "select seq, at_ms, name, body, prev, hash
         from case_events
         where case_no = $1
         order by seq",
        params![&no],
    )?;
    let kept = texts_of(tx, &no)?;
    let (mut committed_to, mut removals, mut hidden_at) = (BTreeSet::new(), Vec::new(), 0);
    let mut prev = Hash::ZERO;
    let mut case: Option<Case> = None;
    let mut record = Vec::with_capacity(lines.len());
    for (place, line) in lines.iter().enumerate() {
        let seq: u32 = line.get("seq")?;
        if seq as usize != place + 1 {
            return differs(Some(place as u32 + 1), "this event is missing from the record");
        }
        let (at, body) = (line.instant("at_ms")?, line.str("body")?);
        if line.bytes("prev")? != prev.bytes() {
            return differs(Some(seq), "it does not follow the event before it");
        }
        let hash = chain::hash(prev, &no, seq, at, body);
        if line.bytes("hash")? != hash.bytes() {
            return differs(Some(seq), "its content does not fit its hash");
        }
        let Ok(recorded) = chain::read(i64::from(seq), at.0, body) else {
            return differs(Some(seq), "it cannot be read");
        };
        if line.str("name")? != chain::name_of(body)? {
            return differs(Some(seq), "its name is not that of the event in the record");
        }
        let committed = chain::commitments(body)?;
        for ((_, kind), found) in kept.iter().filter(|((of, _), _)| *of == seq) {
            let recorded = committed.get(kind);
            if recorded.is_none() || found.as_ref().is_some_and(|found| Some(found) != recorded) {
                return differs(Some(seq), "a text beside it is not the one that was recorded");
            }
        }
        committed_to.extend(committed.into_keys().map(|kind| (place, kind)));
        let Some(next) = apply(case.clone(), &recorded) else {
            return differs(Some(seq), "the record does not begin with a submission");
        };
        if let Event::Removed { what } = recorded.event {
            removals.push((seq, what, next.is_published));
        }
        if recorded.event == (Event::Unpublished {}) && next.removed == Some(Removal::Words) {
            hidden_at = seq;
        }
        let added = tally(case.as_ref(), &next, &recorded);
        record.push(recorded);
        for Added { day, tally: one, n } in added.into_iter().chain(moved_away(&record)) {
            let unit = one.unit.map(|id| id.0).unwrap_or_default();
            let category = one.category.map(|id| id.0).unwrap_or_default();
            let key = [day.to_string(), unit, one.kind.0, category, one.measure.word().to_owned()];
            *counts.entry(key).or_default() += n;
        }
        case = Some(next);
        prev = hash;
    }
    let Some(case) = case else { return differs(None, "it has a row and no record") };
    if row.bytes("last_hash")? != prev.bytes() {
        return differs(
            None,
            "the row names another last event than the record: events were cut off its end",
        );
    }
    for (place, kind) in committed_to {
        let line = &record[place];
        let (seq, kind_of) = (line.seq, TextKind::from_word(&kind));
        let is_removed = removals.iter().any(|(at, step, is_published)| {
            *at > seq && kind_of.is_some_and(|it| step.takes(&line.event, it, *is_published))
        });
        let is_hidden = seq < hidden_at && kind_of.is_some_and(|it| is_for_everybody(&line.event, it));
        match (kept.contains_key(&(seq, kind)), is_removed || is_hidden) {
            (false, false) => {
                return differs(Some(seq), "a text beside it is gone, and no removal is on the record");
            }
            (true, true) => return differs(Some(seq), "a text that was removed is still beside it"),
            _ => {}
        }
    }
    if let Some(column) = first_unequal(row, &case, policy)? {
        return differs(None, &format!("column {column} of the row is not what the record folds to"));
    }
    if opinions::differ(tx, &no, &case)? {
        return differs(None, "what is wanted of units that assist is not what the record folds to");
    }
    if let Some(what) = beside::differs(tx, &no, row, &case, &record)? {
        return differs(None, &what);
    }
    if let Some(what) = shelves::differs(tx, row, shelves)? {
        return differs(None, &what);
    }
    Ok(Ok(lines.len() as u64))
}

/// The texts that are still there, with their commitments recomputed. A sealed text is committed in the clear and stored
/// encrypted, so that its commitment cannot be recomputed here without its key.
fn texts_of(tx: &mut Tx, no: &CaseNo) -> Result<BTreeMap<(u32, String), Option<String>>, Error> {
    // What was written beside this case's events?
    let rows = tx.query(
        "select seq, kind, salt, words, sealed
         from case_texts
         where case_no = $1",
        params![no],
    )?;
    rows.iter()
        .map(|row| {
            let kind = row.text("kind")?;
            let is_sealed = row.flag("sealed")?;
            let (salt, words) = (row.bytes("salt")?, row.str("words")?);
            let found = (!is_sealed).then(|| chain::commitment(&kind, &salt, words));
            Ok(((row.get("seq")?, kind), found))
        })
        .collect()
}

/// The first column that is not what the record folds to. When the settings changed since, only the next look may differ.
fn first_unequal(row: &Row, case: &Case, policy: &Policy) -> Result<Option<&'static str>, Error> {
    let folded = row::values(case, next_check(case, policy));
    for (column, value) in row::COLUMNS.iter().zip(folded) {
        if *column != "next_check" && *row.value(*column)? != value {
            return Ok(Some(column));
        }
    }
    Ok(None)
}

fn orphan(tx: &mut Tx) -> Result<Option<Difference>, Error> {
    // Is there a record whose case is gone?
    let row = tx.query_opt(
        "select case_no
         from case_events
         where seq = 1
           and not exists (select 1 from cases where cases.case_no = case_events.case_no)
         limit 1",
        params![],
    )?;
    let Some(row) = row else { return Ok(None) };
    let case_no = Some(row.get("case_no")?);
    Ok(Some(Difference { case_no, seq: None, what: "it has a record and no row".into() }))
}

fn check_counts(tx: &mut Tx, mut counted: Counts) -> Result<Option<Difference>, Error> {
    // What do the counts say?
    let rows = tx.query("select day, unit, kind, category, measure, n from case_counts", params![])?;
    let differs = |key: &[String; 5], kept: i64, found: i64| {
        let what = format!("the count {} says {kept}, the record says {found}", key.join(" / "));
        Some(Difference { case_no: None, seq: None, what })
    };
    for row in rows {
        let key = [row.text(0)?, row.text(1)?, row.text(2)?, row.text(3)?, row.text(4)?];
        let (kept, found) = (row.int(5)?, counted.remove(&key).unwrap_or_default());
        if kept != found {
            return Ok(differs(&key, kept, found));
        }
    }
    Ok(counted.first_key_value().and_then(|(key, found)| differs(key, 0, *found)))
}

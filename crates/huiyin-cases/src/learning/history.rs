//! The confirmed cases of a school, read some at a time, so that neither a reader nor the memory is held for long.

use super::labels::{Confirmed, confirmed};
use crate::cases::chain;
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::Recorded;
use huiyin_domain::ids::{CaseNo, CategoryId, KindId};
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::{Filter, Tx};
use huiyin_foundation::error::Error;
use std::collections::BTreeMap;

/// So many cases are read at once.
pub(super) const ROWS: usize = 400;
/// So many of the newest confirmed cases are learned from: what was said longer ago says less, and memory is bounded.
pub(super) const LESSONS_MAX: usize = 8_000;
/// So much of a long text is learned from.
const CHARS_MAX: usize = 1_500;

/// A confirmed case, before its words are read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Marked {
    /// When somebody confirmed it.
    pub at: Instant,
    /// Which case.
    pub no: CaseNo,
    /// Its category.
    pub category: CategoryId,
}

/// A confirmed case with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lesson {
    pub marked: Marked,
    pub title: String,
    pub body: String,
}

/// The confirmed cases among the next so many from this number on, and the last number looked at; none when there are no more.
pub(super) fn marked(
    tx: &mut Tx,
    policy: &Policy,
    after: &str,
) -> Result<(Vec<Marked>, Option<String>), Error> {
    // Which cases may be learned from? What is protected, sealed, about somebody of the school or taken away may not; what was
    // taken over from another system is nobody's here, and seals nobody.
    let rows = tx.query(
        "select case_no, kind
         from cases
         where case_no > $1
           and category is not null
           and accepted_at is not null
           and restricted = 0
           and (identity <> 'sealed' or (requester_key is null and receipt_hash is null and removed is null))
           and recused = ''
           and coalesce(removed, '') <> 'words'
           and stage not in ('declined', 'merged')
         order by case_no
         limit $2",
        huiyin_foundation::params![after, ROWS],
    )?;
    let Some(last) = rows.last() else { return Ok((Vec::new(), None)) };
    let last = last.text("case_no")?;
    let mut nos = Vec::with_capacity(rows.len());
    for row in &rows {
        let kind: KindId = row.get("kind")?;
        if policy.kind(&kind).is_some_and(|kind| !kind.restricted) {
            nos.push(row.text("case_no")?);
        }
    }
    let mut found = Vec::new();
    for (no, record) in records(tx, &nos)? {
        let Some(Confirmed { category, at }) = confirmed(&record, policy) else { continue };
        if is_learned(policy, &category) {
            found.push(Marked { at, no, category });
        }
    }
    Ok((found, Some(last)))
}

/// Whether there is something to learn about this category: one of the catalogue that is no protected one.
pub(super) fn is_learned(policy: &Policy, category: &CategoryId) -> bool {
    policy.category(category).is_some_and(|category| !category.restricted)
}

/// The lines of these cases that bear on their category.
fn records(tx: &mut Tx, nos: &[String]) -> Result<BTreeMap<CaseNo, Vec<Recorded>>, Error> {
    let mut records: BTreeMap<CaseNo, Vec<Recorded>> = BTreeMap::new();
    if nos.is_empty() {
        return Ok(records);
    }
    // Who said what of the category of these cases?
    let (sql, values) = Filter::new(
        "select case_no, seq, at_ms, body
         from case_events
         where name in ('submitted', 'corrected', 'classified', 'assigned', 'transferred', 'sent_back', 'taken_back')
           and case_no in ",
    )
    .list(nos.iter().map(String::as_str))
    .sql(" order by case_no, seq")
    .finish();
    for row in tx.query(sql, &values)? {
        let line = chain::read(row.int("seq")?, row.int("at_ms")?, row.str("body")?)?;
        records.entry(row.get("case_no")?).or_default().push(line);
    }
    Ok(records)
}

/// These cases with their words; one whose words are gone meanwhile is left out.
pub(super) fn lessons(tx: &mut Tx, marked: &[Marked]) -> Result<Vec<Lesson>, Error> {
    // What was written when these cases came in?
    let (sql, values) = Filter::new(
        "select case_no, kind, words
         from case_texts
         where seq = 1
           and kind in ('title', 'body')
           and sealed = 0
           and case_no in ",
    )
    .list(marked.iter().map(|one| one.no.as_str()))
    .finish();
    let mut words: BTreeMap<CaseNo, (String, String)> = BTreeMap::new();
    for row in tx.query(sql, &values)? {
        let (title, body) = words.entry(row.get("case_no")?).or_default();
        let told: String = row.str("words")?.chars().take(CHARS_MAX).collect();
        if row.str("kind")? == "title" { *title = told } else { *body = told }
    }
    let told = marked.iter().filter_map(|one| {
        let (title, body) = words.remove(&one.no)?;
        Some(Lesson { marked: one.clone(), title, body })
    });
    Ok(told.filter(|one| !one.title.is_empty()).collect())
}

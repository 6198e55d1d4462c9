//! A case as it is laid out.

use super::ROOM;
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{Identity, Removal, Stage};
use huiyin_domain::ids::{CaseNo, KindId, PlaceId, UnitId};
use huiyin_foundation::db::{Row, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::index::{Entry, Mark};
use huiyin_foundation::params;

/// All that is needed to lay a case out.
pub(super) struct Laid {
    pub no: CaseNo,
    pub is_anonymous: bool,
    pub submitted_at: Instant,
    /// Whether something of it was shown to everybody once.
    pub was_public: bool,
    title: String,
    rest: String,
    store_marks: Vec<Mark>,
    shown: Option<Shown>,
}

/// What everybody may read of it.
struct Shown {
    title: String,
    rest: String,
    at: Instant,
    marks: Vec<Mark>,
}

impl Laid {
    /// For whoever may read the case.
    pub fn store(&self) -> Entry<'_> {
        Entry {
            room: ROOM,
            key: self.no.as_str(),
            title: &self.title,
            body: &self.rest,
            at: self.submitted_at,
            marks: &self.store_marks,
        }
    }

    /// For everybody, while it is published.
    pub fn public(&self) -> Option<Entry<'_>> {
        self.shown.as_ref().map(|shown| Entry {
            room: ROOM,
            key: self.no.as_str(),
            title: &shown.title,
            body: &shown.rest,
            at: shown.at,
            marks: &shown.marks,
        })
    }
}

/// The month of a moment, as filters name it: `2026-11`.
pub(super) fn month(at: Instant) -> String {
    at.day().to_string().chars().take(7).collect()
}

/// A case by its number.
pub(super) fn laid(tx: &mut Tx, no: &CaseNo) -> Result<Option<Laid>, Error> {
    // What stands in its row?
    let row = tx.query_opt(
        "select case_no, kind, place, room, title, identity, stage, unit, requester_key, submitted_at,
           is_published, published_at, public_title, public_body, removed
         from cases
         where case_no = $1",
        params![no],
    )?;
    row.map_or(Ok(None), |row| laid_of(tx, &row))
}

/// A case by its row.
pub(super) fn laid_of(tx: &mut Tx, row: &Row) -> Result<Option<Laid>, Error> {
    let no: CaseNo = row.get("case_no")?;
    let kind: KindId = row.get("kind")?;
    let submitted_at = row.instant("submitted_at")?;
    let mut store_marks = vec![Mark::new('k', kind.as_str()), Mark::new('m', month(submitted_at))];
    store_marks.extend(row.get::<Option<PlaceId>>("place")?.map(|place| Mark::new('p', place.0)));
    store_marks.extend(row.opt_text("requester_key")?.map(|key| Mark::new('w', key)));
    let are_removed = row.opt_text("removed")?.as_deref() == Some(Removal::Words.word());
    let (title, body) =
        if are_removed { Default::default() } else { (row.text("title")?, body_of(tx, &no)?) };
    let published_at = row.opt_instant("published_at")?;
    let shown = match published_at {
        Some(at) if row.flag("is_published")? => Some(Shown {
            title: row.opt_text("public_title")?.unwrap_or_default(),
            rest: lines(&[&row.opt_text("public_body")?.unwrap_or_default(), no.as_str()]),
            at,
            marks: public_marks(row, &kind, at)?,
        }),
        _ => None,
    };
    Ok(Some(Laid {
        is_anonymous: row.str("identity")? == super::super::row::word(&Identity::Anonymous),
        submitted_at,
        was_public: published_at.is_some(),
        rest: lines(&[&body, row.str("room")?, no.as_str()]),
        title,
        store_marks,
        shown,
        no,
    }))
}

fn public_marks(row: &Row, kind: &KindId, at: Instant) -> Result<Vec<Mark>, Error> {
    let stage = row.text("stage")?;
    let is_open = Stage::ALL.into_iter().any(|known| known.is_open() && known.word() == stage);
    let group = if is_open { "open" } else { "done" };
    let mut marks = vec![Mark::new('g', group), Mark::new('k', kind.as_str()), Mark::new('m', month(at))];
    marks.extend(row.get::<Option<UnitId>>("unit")?.map(|unit| Mark::new('u', unit.0)));
    Ok(marks)
}

/// What the requester wrote when it came in.
fn body_of(tx: &mut Tx, no: &CaseNo) -> Result<String, Error> {
    // In detail?
    let row = tx.query_opt(
        "select words
         from case_texts
         where case_no = $1
           and seq = 1
           and kind = 'body'
           and sealed = 0",
        params![no],
    )?;
    row.map_or(Ok(String::new()), |row| Ok(row.text("words")?))
}

fn lines(parts: &[&str]) -> String {
    parts.join("\n")
}

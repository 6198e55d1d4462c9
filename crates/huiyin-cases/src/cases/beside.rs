//! What lies beside the records: a case's shown words, its requester columns, its files, and the numbers that were given.
//!
//! None of it is folded from the record alone, so `verify` asks here whether it agrees with what the record commits to.

use super::verify::Difference;
use huiyin_domain::case::{Case, Event, Identity, Recorded, Removal, TextKind};
use huiyin_domain::ids::{CaseNo, FileId};
use huiyin_foundation::db::{Row, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::files::{self, StoredFile};
use huiyin_foundation::{params, say};
use std::collections::{BTreeMap, BTreeSet};

/// The first thing beside a case that does not agree with its record.
pub(super) fn differs(
    tx: &mut Tx,
    no: &CaseNo,
    row: &Row,
    case: &Case,
    record: &[Recorded],
) -> Result<Option<String>, Error> {
    if let Some(column) = known_after_removal(row, case)? {
        return Ok(Some(format!("column {column} of the row still leads to the requester, who was removed")));
    }
    if let Some(column) = wrong_requester(row, case)? {
        return Ok(Some(format!("column {column} of the row does not go with a case of this identity")));
    }
    let words = words_of(tx, no)?;
    let said = |seq: u32, kind: TextKind| words.get(&(seq, kind.word().to_owned())).map(String::as_str);
    let published = record.iter().rev().find(|line| matches!(line.event, Event::Published {}));
    let shown = |kind| published.map(|line| said(line.seq, kind).unwrap_or_default());
    let is_emptied = case.removed == Some(Removal::Words);
    let title = if is_emptied { say::REMOVED_TITLE } else { said(1, TextKind::Title).unwrap_or_default() };
    let columns = [
        ("title", Some(title)),
        ("room", Some(said(1, TextKind::Room).unwrap_or_default())),
        ("public_title", shown(TextKind::PublicTitle)),
        ("public_body", shown(TextKind::PublicBody)),
    ];
    for (column, wanted) in columns {
        if row.opt_text(column)?.as_deref() != wanted {
            return Ok(Some(format!("column {column} of the row is not the text of the record")));
        }
    }
    if row.opt_instant("published_at")? != published.map(|line| line.at) {
        return Ok(Some("column published_at of the row is not when the record says".into()));
    }
    // What the answer of a lead case brought along lies with that one.
    let is_borrowed = |line: &&Recorded| matches!(line.event, Event::Replied { through: Some(_), .. });
    let of_record = record.iter().filter(|line| !is_emptied && !is_borrowed(line));
    let named: BTreeSet<&FileId> = of_record.flat_map(|line| line.event.files()).collect();
    let kept = files::stored_of_case(tx, no)?;
    let kept: BTreeSet<&FileId> = kept.iter().map(|file| &file.id).collect();
    Ok(match (named.difference(&kept).next(), kept.difference(&named).next()) {
        (Some(file), _) => Some(format!("the record names file {file}, which is not kept")),
        (_, Some(file)) => Some(format!("file {file} lies with it, which the record does not name")),
        _ => None,
    })
}

/// A column that leads back to a requester who was removed.
fn known_after_removal(row: &Row, case: &Case) -> Result<Option<&'static str>, Error> {
    let columns = ["requester_id", "requester_key", "receipt_hash"];
    let is_removed = case.removed >= Some(Removal::Requester);
    for column in columns.into_iter().filter(|_| is_removed) {
        if row.opt_text(column)?.is_some() {
            return Ok(Some(column));
        }
    }
    Ok(None)
}

/// A column of the requester that a case of this identity cannot have.
fn wrong_requester(row: &Row, case: &Case) -> Result<Option<&'static str>, Error> {
    let (id, key) = (row.opt_text("requester_id")?, row.opt_text("requester_key")?);
    let receipt = row.opt_text("receipt_hash")?;
    Ok(match case.identity {
        Identity::Anonymous if id.is_some() => Some("requester_id"),
        Identity::Anonymous if key.is_some() => Some("requester_key"),
        Identity::Sealed if id.is_some() => Some("requester_id"),
        Identity::Open if id.is_some() != key.is_some() => Some("requester_key"),
        _ if key.is_some() && receipt.is_some() => Some("receipt_hash"),
        _ => None,
    })
}

fn words_of(tx: &mut Tx, no: &CaseNo) -> Result<BTreeMap<(u32, String), String>, Error> {
    // Which texts are shown in the row?
    let rows = tx.query(
        "select seq, kind, words
         from case_texts
         where case_no = $1
           and kind in ('title', 'room', 'public_title', 'public_body')",
        params![no],
    )?;
    rows.iter().map(|row| Ok(((row.get("seq")?, row.text("kind")?), row.text("words")?))).collect()
}

/// A number that was given and whose case is gone, row and record and all.
pub(super) fn missing_number(tx: &mut Tx) -> Result<Option<Difference>, Error> {
    // Which forms made a case that is not there?
    let row = tx.query_opt(
        "select case_no
         from case_forms
         where not exists (select 1 from cases where cases.case_no = case_forms.case_no)
         limit 1",
        params![],
    )?;
    if let Some(row) = row {
        let what = "a form was carried out on it, and neither its row nor its record is there".into();
        return Ok(Some(Difference { case_no: Some(row.get("case_no")?), seq: None, what }));
    }
    // On which day were more numbers given than there are cases?
    let row = tx.query_opt(
        "select day, last, found
         from (
           select day, last,
             (select count(*) from cases
               where case_no like 'HY-' || replace(day, '-', '') || '-%') as found
           from case_serials
         ) as days
         where found <> last
         order by day
         limit 1",
        params![],
    )?;
    let Some(row) = row else { return Ok(None) };
    let (day, last, found) = (row.text("day")?, row.int("last")?, row.int("found")?);
    let what =
        format!("on {day} the numbers up to {last} were given, and {found} cases of that day are there");
    Ok(Some(Difference { case_no: None, seq: None, what }))
}

/// Files kept for cases, in the order of their ids, behind this one.
pub fn some_files(tx: &mut Tx, after: &str) -> Result<Vec<StoredFile>, Error> {
    // Which files of cases come next?
    let ids: Vec<FileId> = tx.query_map(
        "select id
         from files
         where case_no is not null
           and id > $1
         order by id
         limit 200",
        params![after],
        |row| row.get("id"),
    )?;
    let mut kept = Vec::with_capacity(ids.len());
    for id in ids {
        kept.extend(files::stored(tx, &id)?);
    }
    Ok(kept)
}

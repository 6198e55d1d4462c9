//! Taking away what need not be kept any longer (5.6): the texts beside the record, the files, the way back to the requester.
//! The record itself keeps that it was done, so that `verify` knows what was removed from what is missing.
//!
//! The chain holds salted commitments; without words and salts they say nothing any more.

use super::log::{Bench, Folded, Loaded, carry_out, load};
use super::{cosigning, shelves};
use huiyin_domain::case::{Actor, Case, Command, Event, Recorded, Removal, TextKind, is_for_everybody};
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::files::{self, StoredFile};
use huiyin_foundation::{params, say};
use huiyin_people::notices;

/// Takes a step for a case whose time is over, and gives back the files that are to be discarded once this is committed.
///
/// # Errors
/// `Refused` while the case is to be kept.
pub fn remove(tx: &mut Tx, bench: &Bench<'_>, no: &CaseNo, step: Removal) -> Result<Vec<StoredFile>, Error> {
    carry_out(tx, bench, &Actor::Clock, None, no, Command::Remove { what: step })?;
    let loaded = load(tx, no)?.ok_or(Error::Hidden)?;
    strike(tx, no, loaded.record.iter(), |event, kind| step.takes(event, kind, loaded.case.is_published))?;
    // A case that came as a letter: the address is how its requester is reached.
    notices::write_no_more(tx, no)?;
    if step >= Removal::Requester {
        forget_requester(tx, bench, no)?;
    }
    let files = if step == Removal::Words { empty(tx, no, loaded.case.is_published)? } else { Vec::new() };
    shelves::erase(tx, no)?;
    Ok(files)
}

/// What was still shown when the words of a case were removed is shown no longer: now it goes too.
pub(super) fn after_unpublishing(tx: &mut Tx, no: &CaseNo, folded: &Folded) -> Result<(), Error> {
    let is_hidden = folded.lines.iter().any(|(line, _)| line.event == Event::Unpublished {});
    if !is_hidden || folded.case.removed != Some(Removal::Words) {
        return Ok(());
    }
    let loaded = load(tx, no)?.ok_or(Error::Hidden)?;
    clear_what_was_public(tx, no, &loaded, folded.case.last_seq)?;
    shelves::erase(tx, no)
}

/// Whether nothing that was written for everybody is kept from this line on; `after` is how the case stands then.
pub(super) fn hides_for_good(line: &Recorded, after: &Case) -> bool {
    let is_step = matches!(line.event, Event::Unpublished {} | Event::Removed { what: Removal::Words });
    is_step && after.removed == Some(Removal::Words) && !after.is_published
}

/// Takes away what was written for everybody before this line.
pub(super) fn clear_what_was_public(
    tx: &mut Tx,
    no: &CaseNo,
    loaded: &Loaded,
    seq: u32,
) -> Result<(), Error> {
    let before = loaded.record.iter().filter(|line| line.seq < seq);
    strike(tx, no, before, is_for_everybody)?;
    if loaded.case.is_published { Ok(()) } else { empty_public(tx, no) }
}

/// Deletes the texts beside the record that are to go.
fn strike<'a>(
    tx: &mut Tx,
    no: &CaseNo,
    lines: impl Iterator<Item = &'a Recorded>,
    goes: impl Fn(&Event, TextKind) -> bool,
) -> Result<(), Error> {
    for line in lines {
        for kind in TextKind::ALL.into_iter().filter(|kind| goes(&line.event, *kind)) {
            // One text, and the salt without which its commitment says nothing.
            tx.execute(
                "delete from case_texts where case_no = $1 and seq = $2 and kind = $3",
                params![no, line.seq, kind.word()],
            )?;
        }
    }
    Ok(())
}

/// Nobody's case from now on, and nobody's echo; how many met the same matter stays.
fn forget_requester(tx: &mut Tx, bench: &Bench<'_>, no: &CaseNo) -> Result<(), Error> {
    // Who brought it in?
    let row = tx.query_opt("select requester_key from cases where case_no = $1", params![no])?;
    if let Some(key) = row.and_then(|row| row.opt_text("requester_key").transpose()).transpose()? {
        notices::forget(tx, no, &key)?;
    }
    // It leads back to nobody.
    tx.execute(
        "update cases
         set requester_id = null, requester_key = null, receipt_hash = null
         where case_no = $1",
        params![no],
    )?;
    for person in cosigning::who_was_asked(tx, no)? {
        notices::forget(tx, no, &person)?;
    }
    // Who was asked to co-sign is not known any longer; the record keeps how many, and what they said.
    tx.execute("delete from case_cosigners where case_no = $1", params![no])?;
    let people: Vec<String> =
        tx.query_map("select person from case_echoes where case_no = $1", params![no], |row| {
            row.get("person")
        })?;
    for person in people {
        notices::forget(tx, no, &person)?;
        let nobody = format!("nobody {}", bench.keys.uuid_v7(bench.now));
        // Somebody met the same matter; who, is not known any longer.
        tx.execute(
            "update case_echoes set person = $3 where case_no = $1 and person = $2",
            params![no, person, nobody],
        )?;
    }
    Ok(())
}

/// The words that stand in the row, and the files.
fn empty(tx: &mut Tx, no: &CaseNo, is_published: bool) -> Result<Vec<StoredFile>, Error> {
    // What lists show of it.
    tx.execute("update cases set title = $2, room = '' where case_no = $1", params![no, say::REMOVED_TITLE])?;
    if !is_published {
        empty_public(tx, no)?;
    }
    Ok(files::forget(tx, no)?)
}

fn empty_public(tx: &mut Tx, no: &CaseNo) -> Result<(), Error> {
    // What was shown to everybody once, and is no longer.
    tx.execute(
        "update cases set public_title = '', public_body = '' where case_no = $1 and public_title is not null",
        params![no],
    )?;
    Ok(())
}

//! What is wanted of the units that assist, folded from the record beside the row: until when each is to give its opinion, so
//! that a unit finds first what it owes next (3.3).
//!
//! A cache like the row; `verify` makes it anew and compares. Not here: reminding them, which the clock does.

use huiyin_domain::calendar::Instant;
use huiyin_domain::case::Case;
use huiyin_domain::ids::{CaseNo, UnitId};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use std::collections::BTreeMap;

/// Where an opinion that was given stands among those that are owed: behind all of them.
pub(crate) const GIVEN: Instant = Instant(253_402_300_799_000);
/// Behind these again: where none was asked for in the present round.
pub(crate) const NOT_ASKED: Instant = Instant(253_402_300_799_001);

/// Until when the opinion of a unit that assists is wanted, or one of the far moments above.
pub(crate) fn wanted_by(case: &Case, unit: &UnitId) -> Instant {
    match case.assistance.iter().find(|assistance| assistance.unit == *unit) {
        Some(assistance) if assistance.answered_at.is_some() => GIVEN,
        Some(assistance) => assistance.due,
        None => NOT_ASKED,
    }
}

/// The same for every unit that assists.
pub(super) fn of(case: &Case) -> BTreeMap<&UnitId, Instant> {
    case.assisting.iter().map(|unit| (unit, wanted_by(case, unit))).collect()
}

/// Writes what is wanted of the units of a case.
pub(super) fn write(tx: &mut Tx, no: &CaseNo, case: &Case) -> Result<(), Error> {
    // What was wanted until now may be wanted no longer.
    tx.execute("delete from case_opinions where case_no = $1", params![no])?;
    for (unit, at) in of(case) {
        // The opinion of this unit, until then.
        tx.execute(
            "insert into case_opinions (case_no, unit, wanted_by)
             values ($1, $2, $3)",
            params![no, unit, at],
        )?;
    }
    Ok(())
}

/// Whether what is kept of a case is not what its record folds to.
pub(super) fn differ(tx: &mut Tx, no: &CaseNo, case: &Case) -> Result<bool, Error> {
    if case.assisting.is_empty() {
        return Ok(false);
    }
    // What is said to be wanted, and of whom?
    let kept = tx.query_map(
        "select unit, wanted_by
         from case_opinions
         where case_no = $1",
        params![no],
        |row| Ok::<_, Error>((UnitId(row.text("unit")?), row.instant("wanted_by")?)),
    )?;
    let folded = of(case);
    let is_alike = |(unit, at): &(UnitId, Instant)| folded.get(unit) == Some(at);
    Ok(kept.len() != folded.len() || !kept.iter().all(is_alike))
}

/// A case of which an opinion is said to be wanted although nobody assists.
pub(super) fn stray(tx: &mut Tx) -> Result<Option<CaseNo>, Error> {
    // Of which case that nobody assists in is something wanted?
    let row = tx.query_opt(
        "select case_no
         from case_opinions
         where not exists (
           select 1 from cases
           where cases.case_no = case_opinions.case_no
             and assisting <> '')
         limit 1",
        params![],
    )?;
    Ok(row.map(|row| row.get("case_no")).transpose()?)
}

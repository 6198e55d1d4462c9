//! Who stands behind the places of the record: one function a question.

use huiyin_domain::ids::CaseNo;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;

/// Puts somebody at a place; false if they have one already.
pub(super) fn put(tx: &mut Tx, no: &CaseNo, place: u16, person: &str) -> Result<bool, Error> {
    // Ask this person to co-sign.
    let added = tx.execute(
        "insert into case_cosigners (case_no, place, person)
         values ($1, $2, $3)
         on conflict (person, case_no) do nothing",
        params![no, place, person],
    )?;
    Ok(added > 0)
}

/// At which place somebody was asked; none if they were not.
pub(crate) fn place_of(tx: &mut Tx, no: &CaseNo, person: &str) -> Result<Option<u16>, Error> {
    // Was this person asked to co-sign?
    let row = tx.query_opt(
        "select place
         from case_cosigners
         where case_no = $1
           and person = $2",
        params![no, person],
    )?;
    row.map(|row| Ok(row.get("place")?)).transpose()
}

/// What this person was asked to co-sign, the newest first.
pub(super) fn of_person(tx: &mut Tx, person: &str, rows_max: usize) -> Result<Vec<CaseNo>, Error> {
    // Which proposals was this person asked to co-sign?
    let rows = tx.query(
        "select cases.case_no as case_no
         from case_cosigners
         join cases on cases.case_no = case_cosigners.case_no
         where case_cosigners.person = $1
         order by cases.submitted_at desc, cases.case_no
         limit $2",
        params![person, rows_max as i64],
    )?;
    rows.iter().map(|row| Ok(row.get("case_no")?)).collect()
}

/// Everybody who was asked, with their places.
pub(super) fn all(tx: &mut Tx, no: &CaseNo) -> Result<Vec<(u16, String)>, Error> {
    // Who was asked to co-sign?
    let rows = tx.query(
        "select place, person
         from case_cosigners
         where case_no = $1
         order by place",
        params![no],
    )?;
    rows.iter().map(|row| Ok((row.get("place")?, row.text("person")?))).collect()
}

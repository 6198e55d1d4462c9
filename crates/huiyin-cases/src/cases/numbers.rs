//! Case numbers: the day and a serial. Random for an anonymous case, so that the number tells nothing of the time, and for one
//! that says whom it is about, so that no gap in the serials tells those of it.

use huiyin_domain::calendar::Day;
use huiyin_domain::case::{Identity, Submission};
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::keys::Keys;
use huiyin_foundation::params;

const RANDOM_LENGTH: usize = 8;

/// Whether the number of this matter has to be random.
pub fn tells_nothing(submission: &Submission) -> bool {
    submission.identity == Identity::Anonymous || !submission.about.is_empty()
}

/// The number of a new case.
pub fn next(tx: &mut Tx, tells_nothing: bool, day: Day, keys: &Keys) -> Result<CaseNo, Error> {
    if tells_nothing {
        // Among a million cases a clash of eight such letters is a one in a million matter; then the insert fails on
        // the primary key and the form is sent again.
        return Ok(CaseNo(format!("HY-{}", keys.random_letters(RANDOM_LENGTH))));
    }
    // Which serial comes next on this day?
    let row = tx.query_one(
        "insert into case_serials (day, last)
         values ($1, 1)
         on conflict (day) do update
         set last = case_serials.last + 1
         returning last",
        params![day],
    )?;
    let digits = day.to_string().replace('-', "");
    Ok(CaseNo(format!("HY-{digits}-{:04}", row.int("last")?)))
}

/// The case a form has already made.
pub fn of_form(tx: &mut Tx, form: &str) -> Result<Option<CaseNo>, Error> {
    // Has this form been sent before?
    let row = tx.query_opt("select case_no from case_forms where form = $1", params![form])?;
    row.map(|row| Ok(CaseNo(row.text("case_no")?))).transpose()
}

/// Remembers which case a form made.
pub fn remember_form(tx: &mut Tx, form: &str, no: &CaseNo, day: Day) -> Result<(), Error> {
    tx.execute(
        "insert into case_forms (form, case_no, day)
         values ($1, $2, $3)",
        params![form, no, day],
    )?;
    Ok(())
}

/// Whether a text has the shape of a case number; anything else need not be looked up.
pub fn is_number(text: &str) -> bool {
    let body = text.strip_prefix("HY-").unwrap_or_default();
    (RANDOM_LENGTH..=20).contains(&body.len()) && body.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

//! The last word on cases of a list: the plan of what cannot be done yet, or what its last review found (挂账); why a unit
//! asks for more time (4.4).

use huiyin_domain::ids::CaseNo;
use huiyin_foundation::db::{Filter, Tx};
use huiyin_foundation::error::Error;
use std::collections::BTreeMap;

const SAID: &str = "select case_events.case_no as case_no, words
     from case_events
     join case_texts on case_texts.case_no = case_events.case_no
       and case_texts.seq = case_events.seq
     where ";

/// The plan, or how the last review found it, of each of these.
pub fn of_shelved(tx: &mut Tx, cases: &[CaseNo]) -> Result<BTreeMap<CaseNo, String>, Error> {
    // What was planned for these, and found at their reviews?
    let said = "((name = 'shelved' and kind = 'plan') or (name in ('shelved_reviewed', 'strike_off_asked') and kind = 'words'))";
    last(tx, Filter::new(SAID).sql(said), cases)
}

/// Why more time is asked for in each of these.
pub fn of_extensions(tx: &mut Tx, cases: &[CaseNo]) -> Result<BTreeMap<CaseNo, String>, Error> {
    // For what reasons was more time asked for in these?
    last(tx, Filter::new(SAID).sql("name = 'extension_asked' and kind = 'reason'"), cases)
}

/// What is wrong with the handling of each of these, as its requester says.
pub fn of_complaints(tx: &mut Tx, cases: &[CaseNo]) -> Result<BTreeMap<CaseNo, String>, Error> {
    // What do the requesters of these complain of?
    last(tx, Filter::new(SAID).sql("name = 'handling_complained' and kind = 'words'"), cases)
}

/// In the order of the record, so that the last one stands.
fn last(tx: &mut Tx, filter: Filter, cases: &[CaseNo]) -> Result<BTreeMap<CaseNo, String>, Error> {
    if cases.is_empty() {
        return Ok(BTreeMap::new());
    }
    let filter = filter.sql("\n and case_events.case_no in ").list(cases);
    let (sql, values) = filter.sql("\n order by case_events.case_no, case_events.seq").finish();
    let rows = tx.query(sql, &values)?;
    rows.iter().map(|row| Ok((row.get("case_no")?, row.text("words")?))).collect()
}

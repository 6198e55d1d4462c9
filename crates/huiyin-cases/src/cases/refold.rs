//! Folding every case anew, once, when the program that opens a school folds otherwise than the one before it: rows and
//! counts are caches of the record and follow the rules of today (8.9). The record itself is never touched.

use super::counts::Counts;
use super::{log, opinions, removal, row, shelves};
use huiyin_domain::case::{Case, apply, moved_away, tally};
use huiyin_domain::ids::CaseNo;
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;

/// The way of folding of this program; to be raised whenever `apply`, `tally` or the row changes its meaning.
const FOLDING: i64 = 8;
const BATCH: i64 = 500;

/// Folds all cases anew if an older program made the rows; says how many.
pub fn bring_up_to_date(tx: &mut Tx, policy: &Policy) -> Result<u64, Error> {
    // Were the rows made in an older way? Whoever changes the answer does the work; others wait here.
    let is_older = tx.execute("update case_folding set version = $1 where version < $1", params![FOLDING])?;
    if is_older == 0 {
        return Ok(0);
    }
    // The counts are made from the record, all of them.
    tx.execute("delete from case_counts", params![])?;
    // So is what is wanted of units that assist.
    tx.execute("delete from case_opinions", params![])?;
    let mut counts = Counts::default();
    let (mut folded, mut after) = (0, String::new());
    loop {
        // Which cases come next, in the order of their numbers?
        let rows = tx.query(
            "select case_no
             from cases
             where case_no > $1
             order by case_no
             limit $2",
            params![after.as_str(), BATCH],
        )?;
        let Some(last) = rows.last() else { break };
        after = last.text("case_no")?;
        for row in &rows {
            refold(tx, policy, &row.get("case_no")?, &mut counts)?;
            folded += 1;
        }
    }
    counts.write(tx)?;
    shelves::renew(tx)?;
    Ok(folded)
}

fn refold(tx: &mut Tx, policy: &Policy, no: &CaseNo, counts: &mut Counts) -> Result<(), Error> {
    let Some(loaded) = log::load(tx, no)? else { return Ok(()) };
    let mut case: Option<Case> = None;
    let mut gone_at = None;
    for (place, line) in loaded.record.iter().enumerate() {
        let before = case.clone();
        case = apply(case, line);
        let added = case.iter().flat_map(|after| tally(before.as_ref(), after, line));
        for one in added.chain(moved_away(&loaded.record[..=place])) {
            counts.add(one);
        }
        if case.as_ref().is_some_and(|case| removal::hides_for_good(line, case)) {
            gone_at = Some(line.seq);
        }
    }
    // An older program left standing what was shown no longer.
    if let Some(seq) = gone_at {
        removal::clear_what_was_public(tx, no, &loaded, seq)?;
    }
    counts.lies_at(&loaded.case);
    opinions::write(tx, no, &loaded.case)?;
    row::rewrite(tx, policy, no, &loaded.case, loaded.last_hash)
}

//! `huiyin verify`: every record is refolded and compared with its row, the counts and the chain of hashes (8.9).
//!
//! Reads only, beside a running school if need be. Exit 0 when all agrees; exit 1 names the first difference.

use super::{progress, say};
use crate::cli;
use crate::school;
use crate::stop::Stop;
use huiyin_cases::cases::verify::{Checked, Difference, verify};
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use serde_json::json;

/// Checks.
pub fn run(options: cli::Verify) -> Result<(), Stop> {
    let school = school::open(options.place.config()?)?;
    let policy = school.policy_in_force();
    let total = school.db.read_now(|tx| -> Result<i64, Error> {
        // How many cases are there?
        Ok(tx.query_one("select count(*) from cases", params![])?.int(0)?)
    })?;
    let bar = progress::bar(total.unsigned_abs(), "verify");
    let shown = bar.clone();
    let found = school.db.read_now(move |tx| verify(tx, &policy.policy, |done| shown.set_position(done)))?;
    bar.finish_and_clear();
    if options.json {
        say(as_json(&found))?;
    }
    match found {
        Ok(_) if options.json => Ok(()),
        Ok(Checked { cases, events }) => say(format!("ok: {cases} cases, {events} events")),
        Err(_) if options.json => Err(Stop::Silently),
        Err(difference) => Err(Stop::failed(difference)),
    }
}

fn as_json(found: &Result<Checked, Difference>) -> serde_json::Value {
    match found {
        Ok(checked) => json!({ "ok": true, "cases": checked.cases, "events": checked.events }),
        Err(Difference { case_no, seq, what }) => {
            json!({ "ok": false, "case_no": case_no, "seq": seq, "what": what })
        }
    }
}

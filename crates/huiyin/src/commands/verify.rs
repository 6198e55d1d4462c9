//! `huiyin verify`: every record is refolded and compared with its row, the counts and the chain of hashes (8.9), and every
//! photo and paper with the hash it was handed in under.
//!
//! Reads only, beside a running school if need be. Exit 0 when all agrees; exit 1 names the first difference.

use super::{progress, say};
use crate::cli;
use crate::school;
use crate::stop::Stop;
use huiyin_cases::cases::beside::some_files;
use huiyin_cases::cases::verify::{Checked, Difference, verify};
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::school::App;
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
    let found = match found {
        Ok(checked) => damaged_file(&school)?.map_or(Ok(checked), Err),
        Err(difference) => Err(difference),
    };
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

/// The first file of a case whose bytes are not those that were handed in.
fn damaged_file(school: &App) -> Result<Option<Difference>, Stop> {
    let bar = progress::bar(0, "files");
    let mut after = String::new();
    loop {
        let from = after.clone();
        let some = school.db.read_now(move |tx| some_files(tx, &from))?;
        let Some(last) = some.last() else { break };
        after = last.id.to_string();
        for file in &some {
            if !school.files.is_intact(file) {
                let what = format!(
                    "file {} (files/{}) is missing or not what was handed in",
                    file.shown_name(),
                    school.files.place_of(file)
                );
                return Ok(Some(Difference { case_no: file.case_no.clone(), seq: None, what }));
            }
            bar.inc(1);
        }
    }
    bar.finish_and_clear();
    Ok(None)
}

fn as_json(found: &Result<Checked, Difference>) -> serde_json::Value {
    match found {
        Ok(checked) => json!({ "ok": true, "cases": checked.cases, "events": checked.events }),
        Err(Difference { case_no, seq, what }) => {
            json!({ "ok": false, "case_no": case_no, "seq": seq, "what": what })
        }
    }
}

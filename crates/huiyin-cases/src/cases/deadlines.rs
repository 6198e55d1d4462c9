//! The sweep: reminders, missed promises, supervision and closing, when their time has come (4.6, 5.3).
//!
//! One select finds the cases whose next look is due; each is carried out in its own transaction with the clock as
//! actor. Running twice changes nothing; a server that slept all night catches up at start. The cost grows with what
//! is due, not with what exists.

use super::log::{Standing, carry_out};
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{Actor, Command};
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::school::App;

/// How many cases are looked up at a time.
const BATCH: i64 = 500;

/// Looks at every case whose time has come; says at how many.
pub async fn sweep(app: &App) -> Result<u64, Error> {
    let mut looked_at = 0;
    loop {
        let now = app.clock.now();
        let due = app.db.read(move |tx| due(tx, now)).await?;
        if due.is_empty() {
            return Ok(looked_at);
        }
        let before = looked_at;
        for no in due {
            let school = app.clone();
            let is_changed = app.db.write(move |tx| look_at(tx, &school, &no)).await?;
            looked_at += u64::from(is_changed);
        }
        if looked_at == before {
            // Nothing moved: looking again at once would find the same cases.
            tracing::warn!(cases_max = BATCH, "the sweep found cases that are due and changed none of them");
            return Ok(looked_at);
        }
    }
}

fn look_at(tx: &mut Tx, school: &App, no: &CaseNo) -> Result<bool, Error> {
    let standing = Standing::of(school);
    let bench = standing.bench(&school.keys);
    let before = super::log::load(tx, no)?.ok_or(Error::Hidden)?.case.last_seq;
    let case = carry_out(tx, &bench, &Actor::Clock, None, no, Command::NoteTime)?;
    if case.last_seq == before {
        // The settings have changed since the row was written: look when they say so now.
        super::row::look_again(tx, &bench, no, &case)?;
    }
    Ok(case.last_seq != before)
}

fn due(tx: &mut Tx, now: Instant) -> Result<Vec<CaseNo>, Error> {
    // Which cases has time caught up with?
    let rows = tx.query(
        "select case_no
         from cases
         where next_check <= $1
         order by next_check
         limit $2",
        params![now, BATCH],
    )?;
    rows.iter().map(|row| Ok(row.get("case_no")?)).collect()
}

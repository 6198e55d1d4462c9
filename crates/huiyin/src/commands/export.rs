//! `huiyin export`: gives out cases or the whole school, one JSON object a line; the term's ledger has a file of its own.
//!
//! Everything of one kind comes from one unmoving state of the database. Who brought a case is left out unless asked for;
//! who brought a sealed or anonymous one is known to nobody here.

use crate::cli;
use crate::export::{self, Given};
use crate::school;
use crate::stop::Stop;
use huiyin_cases::cases::log::Standing;
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::school::App;
use serde_json::Value;
use std::io::{BufWriter, Write, stdout};

/// Exports.
pub fn run(options: cli::Export) -> Result<(), Stop> {
    match options {
        cli::Export::Cases(options) => {
            let app = school::open(options.place.config()?)?;
            let given = Given { requesters: options.with_requesters };
            out(&app, move |tx, app, line| cases(tx, app, given, line))
        }
        cli::Export::Ledger(options) => super::ledger::run(options),
        cli::Export::School(options) => {
            let app = school::open(options.place.config()?)?;
            out(&app, |tx, app, line| {
                export::school(tx, app, line)?;
                cases(tx, app, Given { requesters: true }, &mut |case| line(marked(case)))
            })
        }
    }
}

/// Takes one line; false when nobody reads any longer.
type Line<'a> = &'a mut dyn FnMut(Value) -> bool;

/// Writes the lines of some work over one state of the database.
fn out(
    app: &App,
    work: impl FnOnce(&mut Tx, &App, Line<'_>) -> Result<(), Error> + Send + 'static,
) -> Result<(), Stop> {
    let school = app.clone();
    app.db.read_now(move |tx| {
        let mut out = BufWriter::new(stdout());
        work(tx, &school, &mut |line| writeln!(out, "{line}").is_ok())?;
        // A reader who has gone has seen enough.
        let _ = out.flush();
        Ok::<(), Error>(())
    })?;
    Ok(())
}

fn cases(tx: &mut Tx, app: &App, given: Given, line: Line<'_>) -> Result<(), Error> {
    let standing = Standing::of(app);
    let mut after = CaseNo::from("");
    loop {
        // Which cases come next, in the order of their numbers?
        let rows = tx.query(
            "select case_no from cases where case_no > $1 order by case_no limit 500",
            params![&after],
        )?;
        let numbers: Vec<CaseNo> = rows.iter().map(|row| row.get(0)).collect::<Result<_, _>>()?;
        let Some(last) = numbers.last() else { return Ok(()) };
        after = last.clone();
        for no in &numbers {
            if !line(export::case(tx, &standing.bench(&app.keys), no, given)?) {
                return Ok(());
            }
        }
    }
}

fn marked(mut case: Value) -> Value {
    if let Value::Object(fields) = &mut case {
        fields.insert("what".to_owned(), Value::from("case"));
    }
    case
}

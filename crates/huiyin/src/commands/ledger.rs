//! `huiyin export ledger`: the term's table 序号、反映问题、反映渠道、办理情况、原因 (8.4), complete to the last row.
//!
//! CSV begins with the mark by which spreadsheets know UTF-8, and no cell of it is read as a formula: whoever brought a
//! case chose its title. Names of requesters are not in it.

use crate::cli;
use crate::school;
use crate::stop::Stop;
use huiyin_domain::policy::Policy;
use huiyin_reports::ledger::{GIVEN_HEADS, Given, given, given_workbook};
use std::io::{Write, stdout};
use std::path::Path;

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// How it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Csv,
    Workbook,
    Json,
}

/// Exports.
pub fn run(options: cli::ExportLedger) -> Result<(), Stop> {
    let form = form(options.out.as_deref(), options.json)?;
    let app = school::open(options.place.config()?)?;
    let (in_force, now, term) = (app.policy_in_force(), app.now(), options.term.clone());
    let policy = in_force.clone();
    let found = app.db.read_now(move |tx| given(tx, &policy.policy, &term, now))?;
    let ledger = found.ok_or_else(|| no_such_term(&options.term, &in_force.policy))?;
    let bytes = match form {
        Form::Csv => csv(&ledger)?,
        Form::Workbook => given_workbook(&ledger, &in_force.policy.school.name)?,
        Form::Json => json(&ledger)?,
    };
    match options.out {
        Some(file) => std::fs::write(&file, bytes).map_err(Stop::about(&file)),
        // A closed pipe ends the command quietly: its reader has seen enough.
        None => stdout().write_all(&bytes).map_err(|_| Stop::Silently),
    }
}

fn no_such_term(asked: &str, policy: &Policy) -> Stop {
    let known: Vec<&str> = policy.terms.iter().map(|term| term.id.as_str()).collect();
    match known.as_slice() {
        [] => Stop::failed("the settings name no term; an administrator adds one under /admin/limits"),
        known => Stop::wrong_use(format!("--term {asked}: the settings name {}", known.join(", "))),
    }
}

fn form(out: Option<&Path>, is_json: bool) -> Result<Form, Stop> {
    let Some(out) = out else { return Ok(if is_json { Form::Json } else { Form::Csv }) };
    let by_name = match out.extension().and_then(|name| name.to_str()) {
        Some("csv") => Form::Csv,
        Some("xlsx") => Form::Workbook,
        Some("jsonl" | "json") => Form::Json,
        _ => return Err(Stop::wrong_use(format!("--out {}: write .csv, .xlsx or .jsonl", out.display()))),
    };
    if is_json && by_name != Form::Json {
        return Err(Stop::wrong_use(format!(
            "--json --out {}: the name asks for another form",
            out.display()
        )));
    }
    Ok(by_name)
}

fn csv(ledger: &Given) -> Result<Vec<u8>, Stop> {
    let mut sheet = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    sheet.write_record(GIVEN_HEADS).map_err(Stop::failed)?;
    for line in &ledger.lines {
        sheet.write_record(line.cells().map(harmless)).map_err(Stop::failed)?;
    }
    sheet.into_inner().map_err(Stop::failed)
}

fn json(ledger: &Given) -> Result<Vec<u8>, Stop> {
    let mut out = Vec::new();
    for line in &ledger.lines {
        serde_json::to_writer(&mut out, line).map_err(Stop::failed)?;
        out.push(b'\n');
    }
    Ok(out)
}

/// Words a spreadsheet would run as a formula get the apostrophe that keeps them words.
fn harmless(cell: String) -> String {
    let is_formula = cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || cell.starts_with(['\t', '\r', '\n']);
    if is_formula { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::{Form, form, harmless};
    use std::path::Path;

    #[test]
    fn cells_that_begin_like_a_formula_stay_words() {
        for cell in ["=1+1", "+86 打不通", "-1 楼漏水", "@全体", " =1", "\t=1", "＝1+1"] {
            assert_eq!(harmless(cell.to_owned()), format!("'{cell}"));
        }
        assert_eq!(harmless("三楼=没有热水".to_owned()), "三楼=没有热水");
    }

    #[test]
    fn the_name_of_the_file_says_the_form() {
        assert_eq!(form(None, false).unwrap(), Form::Csv);
        assert_eq!(form(None, true).unwrap(), Form::Json);
        assert_eq!(form(Some(Path::new("a.xlsx")), false).unwrap(), Form::Workbook);
        assert_eq!(form(Some(Path::new("a.jsonl")), true).unwrap(), Form::Json);
        assert!(form(Some(Path::new("a.pdf")), false).is_err());
        assert!(form(Some(Path::new("a.csv")), true).is_err());
    }
}

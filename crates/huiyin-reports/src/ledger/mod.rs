//! The term's ledger (学期汇总表, 8.4; page H12): every case of a unit or of the school in the form the rule asks for, to
//! print or as a workbook, complete to the last row.
//!
//! Officers and heads see their own units, leaders those in their charge, the coordinating office, supervision and
//! auditors all. Whoever may not is told there is nothing here. Names of requesters are not on it.

mod check;
mod given;
mod queries;
mod reach;
mod row;
mod sheet;
#[cfg(test)]
mod tests;

pub use given::{GIVEN_HEADS, Given, GivenLine, given, given_workbook};

use crate::figures::{Rate, apart};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use huiyin_domain::access::units_near;
use huiyin_domain::calendar::{Instant, Term};
use huiyin_domain::ids::UnitId;
use huiyin_domain::policy::Policy;
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Door, Page, Routes, Visitor, html};
use reach::Reach;
use row::Line;
use serde::Deserialize;

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new("ledger").get("/ledger/term", Door::SignedIn, show).get(
        "/ledger/term.xlsx",
        Door::SignedIn,
        download,
    )
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    unit: String,
    #[serde(default)]
    term: String,
    /// The check code of a printed sheet that is compared with the records.
    #[serde(default)]
    code: String,
}

/// The ledger that was asked for, ready to be put on paper or into a workbook.
struct Ledger {
    whose: String,
    unit: Option<UnitId>,
    term: Term,
    lines: Vec<Line>,
    choices: Vec<Choice>,
    terms: Vec<Choice>,
    covers_school: bool,
}

#[derive(Template)]
#[template(path = "ledger/term.html")]
struct Paper {
    page: Page,
    ledger: Ledger,
    as_of: String,
    sum: String,
    /// Open cases for which nobody has said why, by unit.
    lacking: Vec<(String, Vec<String>)>,
    lacking_total: usize,
    workbook: String,
    unit: String,
    code: String,
    /// Whether the code that was typed is the one of this sheet; nothing if none was.
    checked: Option<bool>,
}

async fn show(State(app): State<App>, page: Page, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let typed = check::typed(&asked.code);
    let ledger = ledger(&app, &page.visitor, asked).await?;
    let today = app.now().day();
    let unit = ledger.unit.as_ref().map(|unit| unit.to_string()).unwrap_or_default();
    let lacking = lacking(&ledger.lines);
    let code = check::code(&app.keys, &ledger.whose, &ledger.term.id, &ledger.lines);
    html(Paper {
        page: page.titled("问题办理情况汇总表").back_to("/"),
        as_of: format!("{} 年 {} 月 {} 日", today.year(), today.0.month(), today.0.day()),
        sum: sum(&ledger.lines),
        lacking_total: lacking.iter().map(|(_, numbers)| numbers.len()).sum(),
        lacking,
        checked: (!typed.is_empty()).then(|| typed == check::typed(&code)),
        code,
        workbook: format!("/ledger/term.xlsx?unit={unit}&term={}", ledger.term.id),
        unit,
        ledger,
    })
}

/// The open cases without a reason, unit by unit in the order of the sheet; those that nobody has yet under their own name.
fn lacking(lines: &[Line]) -> Vec<(String, Vec<String>)> {
    let mut units: Vec<(String, Vec<String>)> = Vec::new();
    for line in lines.iter().filter(|line| line.lacks_reason()) {
        let unit = if line.unit.is_empty() { "还没有单位" } else { &line.unit };
        match units.iter_mut().find(|(known, _)| known == unit) {
            Some((_, numbers)) => numbers.push(line.no.clone()),
            None => units.push((unit.to_owned(), vec![line.no.clone()])),
        }
    }
    units
}

async fn download(State(app): State<App>, page: Page, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let ledger = ledger(&app, &page.visitor, asked).await?;
    let unit = ledger.unit.as_ref().map_or("school", UnitId::as_str);
    let name: String = format!("ledger-{}-{unit}.xlsx", ledger.term.id)
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' })
        .collect();
    let title = format!("问题办理情况汇总表　{}　{}", ledger.whose, ledger.term.name);
    let lines = ledger.lines;
    let made = tokio::task::spawn_blocking(move || sheet::workbook(&title, &lines, &sum(&lines)));
    let bytes = made.await.map_err(Error::internal)?.map_err(Error::internal)?;
    let headers = [
        (
            header::CONTENT_TYPE,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned(),
        ),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, bytes).into_response())
}

async fn ledger(app: &App, visitor: &Visitor, asked: Asked) -> Result<Ledger, Error> {
    let in_force = app.policy_in_force();
    let policy = &in_force.policy;
    let now = app.now();
    let reach = Reach::of(visitor, policy);
    let unit = reach.unit_asked(&asked.unit, policy)?;
    let term = term_asked(&asked.term, policy, now).cloned().ok_or(Error::Hidden)?;
    let (wanted, from, until) = (unit.clone(), term.from.start(), term.until.next().start());
    let mut found = app.db.read(move |tx| queries::of_term(tx, wanted.as_ref(), from, until)).await?;
    // What is about a unit near the reader is not on their sheet, and counts in none of its sums.
    let away = units_near(&visitor.duties, policy);
    found.retain(|case| !case.recused.iter().any(|unit| away.contains(unit)));
    let whose = unit.as_ref().and_then(|id| policy.unit(id));
    Ok(Ledger {
        whose: whose.map_or_else(|| "全校".to_owned(), |unit| unit.name.clone()),
        lines: found.into_iter().zip(1..).map(|(case, serial)| Line::of(case, serial, policy, now)).collect(),
        choices: reach.choices(policy),
        terms: policy.terms.iter().map(|term| Choice::new(&term.id, &term.name)).collect(),
        covers_school: reach == Reach::School,
        unit,
        term,
    })
}

/// The term of this id; without one the term we are in, or the last before a holiday.
fn term_asked<'a>(id: &str, policy: &'a Policy, now: Instant) -> Option<&'a Term> {
    if !id.is_empty() {
        return policy.terms.iter().find(|term| term.id == id);
    }
    let begun = policy.terms.iter().filter(|term| term.from <= now.day());
    begun.max_by_key(|term| term.from).or(policy.terms.first())
}

/// 「共 7 件：已办结 4 件，未办结 3 件；按期办结率 75%（3 / 4，其中延期 1 件，超期 1 件）。」 Of what is done or should be.
fn sum(lines: &[Line]) -> String {
    let done = lines.iter().filter(|line| line.is_done).count();
    let open = lines.iter().filter(|line| line.is_open).count();
    let other = match lines.len() - done - open {
        0 => String::new(),
        n => format!("，撤回、不予受理或并案 {n} 件"),
    };
    let rated = || lines.iter().filter(|line| line.is_rated);
    let on_time = rated().filter(|line| line.is_on_time).count();
    let extended = rated().filter(|line| line.is_on_time && line.is_extended).count();
    let rate = Rate { part: on_time as i64, whole: rated().count() as i64 };
    let rate = match rate.whole {
        0 => String::new(),
        _ => {
            let apart = apart(extended as i64, rate);
            format!("；按期办结率 {}%（{}{apart}）", rate.shown(), rate.fraction())
        }
    };
    format!("共 {} 件：已办结 {done} 件，未办结 {open} 件{other}{rate}。", lines.len())
}

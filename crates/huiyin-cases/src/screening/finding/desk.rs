//! The unit's side: what it was given to check and to put right, until when, and what it answers.

use super::entry::read;
use super::list::{Line, lines};
use super::page::{Ear, Told, told};
use super::queries;
use super::record::take;
use super::state::{State as How, Step};
use crate::cases::log::{Bench, Standing};
use crate::cases::once::SentForm;
use crate::cases::sight::Seen;
use crate::desk::{self, Seat};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::access::{Hat, units_near};
use huiyin_domain::ids::{CaseNo, UnitId};
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Filled, Form, Page, html};

const ROWS: usize = 100;

#[derive(Template)]
#[template(path = "screening/finding/desk.html")]
struct List {
    page: Page,
    base: String,
    desk: String,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "screening/finding/of_unit.html")]
struct One {
    page: Page,
    base: String,
    href: String,
    no: CaseNo,
    title: String,
    told: Vec<Told>,
    may_answer: bool,
    may_report: bool,
    form: Filled,
    notice: String,
}

/// The unit, and those it took over from.
fn units_of(policy: &Policy, unit: &UnitId) -> Vec<UnitId> {
    let dissolved = policy.units.iter().filter(|other| policy.heir_of(&other.id) == Some(unit));
    std::iter::once(unit.clone()).chain(dissolved.map(|other| other.id.clone())).collect()
}

/// GET /desk/{unit}/findings
pub(super) async fn list(
    State(app): State<App>,
    page: Page,
    Path(unit): Path<String>,
) -> Result<Response, Error> {
    let seat = Seat::take(&page.visitor, &unit)?;
    let (school, visitor, at) = (app.clone(), page.visitor.clone(), seat.clone());
    let (side, lines) = app
        .db
        .read(move |tx| {
            let standing = Standing::of(&school);
            let policy = &standing.policy.policy;
            let side = desk::side(tx, policy, standing.now, &visitor, &at.unit)?;
            let away = units_near(&visitor.duties, policy);
            let found = queries::of_units(tx, &units_of(policy, &at.unit), &away, ROWS)?;
            Ok::<_, Error>((side, lines(tx, &standing, found)?))
        })
        .await?;
    let desk = seat.desk();
    html(List {
        base: format!("{desk}/findings"), desk, lines, page: page.titled("核实整改").beside(side)
    })
}

/// GET /desk/{unit}/findings/{no}
pub(super) async fn show(
    State(app): State<App>,
    page: Page,
    Path((unit, no)): Path<(String, String)>,
) -> Result<Response, Error> {
    let seat = Seat::take(&page.visitor, &unit)?;
    render(app, page, seat, CaseNo(no), None, String::new(), StatusCode::OK).await
}

/// The case as whoever handles it at this desk may see it.
fn seen(tx: &mut Tx, bench: &Bench<'_>, seat: &Seat, no: &CaseNo) -> Result<Seen, Error> {
    let seen = seat.see(tx, bench, no)?;
    let handles = seen.hats.iter().any(|hat| matches!(hat, Hat::Officer | Hat::UnitHead));
    let units = units_of(bench.policy, &seat.unit);
    let is_given = queries::of_case(tx, no)?.iter().any(|finding| units.contains(&finding.unit));
    if handles && is_given { Ok(seen) } else { Err(Error::Hidden) }
}

/// POST /desk/{unit}/findings/{no}/…
pub(super) async fn act(
    State(app): State<App>,
    page: Page,
    Path((unit, no)): Path<(String, String)>,
    form: Form,
) -> Result<Response, Error> {
    let (seat, no) = (Seat::take(&page.visitor, &unit)?, CaseNo(no));
    let step = match (page.path.ends_with("/report"), form.text("is_so").as_str()) {
        (true, _) => Step::Report,
        (false, "no") => Step::Deny,
        (false, _) => Step::Verify,
    };
    let standing = Standing::of(&app);
    let mut entry = read(&form, step, &standing.calendar, standing.now.day());
    if step == Step::Verify && form.text("is_so") != "yes" {
        let mut errors = entry.err().unwrap_or_default();
        errors.add("is_so", "请选属实还是不属实");
        entry = Err(errors);
    }
    let entry = match form.taken(entry) {
        Ok(entry) => entry,
        Err((filled, notice)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return render(app, page, seat, no, Some(filled), notice, status).await;
        }
    };
    let sent = SentForm::of(&app.keys, &no, step.word(), &form);
    let (school, at, case_no) = (app.clone(), seat.clone(), no.clone());
    let done = app.db.write(move |tx| {
        let bench = standing.bench(&school.keys);
        let seen = seen(tx, &bench, &at, &case_no)?;
        if !sent.is_first(tx, &case_no, bench.now.day())? {
            return Ok(());
        }
        take(tx, &bench, &seen, &at.person, "", entry)
    });
    match done.await {
        Ok(()) => Ok(Redirect::to(&format!("{}/findings/{no}", seat.desk())).into_response()),
        Err(Error::Refused { sentence, .. } | Error::Conflict { sentence }) => {
            let filled = form.filled(form.errors());
            render(app, page, seat, no, Some(filled), sentence, StatusCode::CONFLICT).await
        }
        Err(other) => Err(other),
    }
}

async fn render(
    app: App,
    page: Page,
    seat: Seat,
    no: CaseNo,
    form: Option<Filled>,
    notice: String,
    status: StatusCode,
) -> Result<Response, Error> {
    let (school, visitor, at) = (app.clone(), page.visitor.clone(), seat.clone());
    let (side, seen, all, state) = app
        .db
        .read(move |tx| {
            let standing = Standing::of(&school);
            let bench = standing.bench(&school.keys);
            let seen = seen(tx, &bench, &at, &no)?;
            let side = desk::side(tx, bench.policy, bench.now, &visitor, &at.unit)?;
            let units = units_of(bench.policy, &at.unit);
            let open = queries::open(tx, &no)?.filter(|finding| units.contains(&finding.unit));
            let told = told(tx, &standing, &no, Ear::Unit)?;
            Ok::<_, Error>((side, seen, told, open.map(|finding| finding.state)))
        })
        .await?;
    let form = form.unwrap_or_default();
    let base = format!("{}/findings", seat.desk());
    let has_errors = !form.errors.is_empty() || !notice.is_empty();
    let answer = html(One {
        page: page.titled("核实整改").back_to(base.clone()).with_errors(has_errors).beside(side),
        href: format!("{}/cases/{}", seat.desk(), seen.no),
        title: seen.texts.title().to_owned(),
        may_answer: state == Some(How::Asked),
        may_report: state == Some(How::Ordered),
        told: all,
        no: seen.no,
        base,
        form,
        notice,
    })?;
    Ok((status, answer).into_response())
}

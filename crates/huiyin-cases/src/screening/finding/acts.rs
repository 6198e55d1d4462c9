//! The steps of the office: giving a case, or a whole list at this moment, to its unit; ordering it put right; closing it.

use super::entry::{Entry, read};
use super::page::{Shown, render, works};
use super::queries;
use super::record::take;
use super::state::Step;
use crate::cases::log::{Bench, Standing};
use crate::cases::once::SentForm;
use crate::cases::sight;
use crate::dossier::actor_of;
use crate::screening::hits::{self, Reach};
use crate::screening::saved;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::ids::{CaseNo, PersonId};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Form, Page};
use huiyin_people::units;

/// As many cases of a list are given out at once.
const TOGETHER_MAX: usize = 100;
const SOURCE_CHARS_MAX: usize = 60;

/// POST /staff/findings/{no}/…
pub(super) async fn act(
    State(app): State<App>,
    page: Page,
    Path(no): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let step = match page.path.rsplit('/').next() {
        Some("asking") => Step::Ask,
        Some("order") => Step::Order,
        _ => Step::Close,
    };
    let no = CaseNo(no);
    let standing = Standing::of(&app);
    let entry = read(&form, step, &standing.calendar, standing.now.day());
    let again = |filled, notice, status| Shown { form: Some(filled), notice, status, ..Shown::default() };
    let entry = match form.taken(entry) {
        Ok(entry) => entry,
        Err((filled, notice)) => {
            let shown = again(filled, notice, StatusCode::UNPROCESSABLE_ENTITY);
            return render(app, page, no, shown).await;
        }
    };
    let by = page.visitor.person.clone().ok_or(Error::SignIn)?;
    let sent = SentForm::of(&app.keys, &no, step.word(), &form);
    let (school, actor, case_no) = (app.clone(), actor_of(&page.visitor)?, no.clone());
    let source: String = form.text("from").chars().take(SOURCE_CHARS_MAX).collect();
    let done = app.db.write(move |tx| {
        let bench = standing.bench(&school.keys);
        let seen = sight::by_staff(tx, &bench, &actor, &case_no)?;
        if !works(&seen) {
            return Err(Error::Hidden);
        }
        if !sent.is_first(tx, &case_no, bench.now.day())? {
            return Ok(());
        }
        expect_of_the_unit(tx, seen.case().unit.as_ref(), &entry)?;
        take(tx, &bench, &seen, &by, &source, entry)
    });
    match done.await {
        Ok(()) => Ok(Redirect::to(&format!("/staff/findings/{no}")).into_response()),
        Err(Error::Refused { sentence, .. } | Error::Conflict { sentence }) => {
            let shown = again(form.filled(form.errors()), sentence, StatusCode::CONFLICT);
            render(app, page, no, shown).await
        }
        Err(Error::Invalid(errors)) => {
            let shown = again(form.filled(errors), String::new(), StatusCode::UNPROCESSABLE_ENTITY);
            render(app, page, no, shown).await
        }
        Err(other) => Err(other),
    }
}

/// Whoever is to put it right works in the unit that has the case.
fn expect_of_the_unit(
    tx: &mut Tx,
    unit: Option<&huiyin_domain::ids::UnitId>,
    entry: &Entry,
) -> Result<(), Error> {
    let (Some(person), Some(unit)) = (&entry.responsible, unit) else { return Ok(()) };
    let mut errors = FieldErrors::new();
    let works_there = units::officers_of(tx, unit)?.iter().any(|holder| holder.person == *person);
    errors.expect(works_there, "responsible", "请重新选一位，原来的已不在这个单位");
    if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
}

/// POST /staff/lists/{id}/asking: everything on a list that no unit is asked about yet.
pub(in crate::screening) async fn ask_all(
    State(app): State<App>,
    page: Page,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let standing = Standing::of(&app);
    let entry = read(&form, Step::Ask, &standing.calendar, standing.now.day());
    let entry = match form.taken(entry) {
        Ok(entry) => entry,
        Err((filled, notice)) => return crate::screening::one::again(app, page, id, filled, notice).await,
    };
    let by = page.visitor.person.clone().ok_or(Error::SignIn)?;
    let (school, visitor, list) = (app.clone(), page.visitor.clone(), id.clone());
    app.db
        .write(move |tx| {
            let bench = standing.bench(&school.keys);
            let reach = Reach::of(tx, bench.policy, &visitor)?;
            let list = saved::find(tx, &list)?.ok_or(Error::Hidden)?;
            let hits = hits::page(tx, &reach, &standing, &list, 0, i32::MAX as usize)?;
            let cases: Vec<CaseNo> = hits.into_iter().map(|hit| hit.line.no).collect();
            ask_about(tx, &bench, &actor_of(&visitor)?, &by, &cases, &format!("list:{}", list.id), &entry)
        })
        .await?;
    Ok(Redirect::to(&format!("/staff/lists/{id}")).into_response())
}

/// Gives these cases to their units, but for those that are with no unit or about which something is open.
fn ask_about(
    tx: &mut Tx,
    bench: &Bench<'_>,
    actor: &huiyin_domain::case::Actor,
    by: &PersonId,
    cases: &[CaseNo],
    source: &str,
    entry: &Entry,
) -> Result<(), Error> {
    let open = queries::open_among(tx, cases)?;
    for no in cases.iter().filter(|no| !open.contains_key(*no)).take(TOGETHER_MAX) {
        let seen = sight::by_staff(tx, bench, actor, no)?;
        if works(&seen) && seen.case().unit.is_some() {
            take(tx, bench, &seen, by, source, entry.clone())?;
        }
    }
    Ok(())
}

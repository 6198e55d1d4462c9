//! Who is in a squad: added by number, let go with one button. Both are kept in the list of changes of the person.

use super::edit::{filled, render};
use crate::admin::people::keep_duties;
use crate::admin::saving::{self, Again};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::access::{Duty, Role};
use huiyin_domain::ids::{PersonId, SquadId};
use huiyin_foundation::db::DbError;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Form, Page};
use huiyin_people::identity;

/// Makes somebody a member, whatever else they are there for.
pub(super) async fn join(
    State(app): State<App>,
    Path(id): Path<String>,
    page: Page,
    form: Form,
) -> Result<Response, Error> {
    let id = SquadId(id);
    if app.policy_in_force().policy.squad(&id).is_none() {
        return Err(Error::Hidden);
    }
    if let Err(told) = saving::judge(&form) {
        return again(&app, page, id, &form, told).await;
    }
    let by = page.visitor.person.clone().ok_or(Error::SignIn)?;
    let (school, number, membership) = (app.clone(), form.text("number"), of(&id));
    let found = app
        .db
        .write(move |tx| {
            let Some(person) = identity::person_by_number(tx, &number)? else { return Ok(None) };
            if !person.is_disabled {
                let mut wanted = person.duties.clone();
                wanted.push(membership);
                keep_duties(tx, &school, &by, &person, &wanted)?;
            }
            Ok::<_, DbError>(Some(person.is_disabled))
        })
        .await?;
    let mut errors = FieldErrors::new();
    match found {
        Some(false) => return Ok(way_back(&id)),
        Some(true) => errors.add("number", "这个账号已停用，先在人员里恢复它"),
        None => errors.add("number", "没有这个学工号的账号，请核对；新来的先在人员里建账号"),
    }
    again(&app, page, id, &form, Again::wrong(&form, errors)).await
}

/// Lets a member go; their other duties stay.
pub(super) async fn leave(
    State(app): State<App>,
    Path(id): Path<String>,
    page: Page,
    form: Form,
) -> Result<Response, Error> {
    let id = SquadId(id);
    if app.policy_in_force().policy.squad(&id).is_none() {
        return Err(Error::Hidden);
    }
    if let Err(told) = saving::judge(&form) {
        return again(&app, page, id, &form, told).await;
    }
    let by = page.visitor.person.clone().ok_or(Error::SignIn)?;
    let (school, whose, membership) = (app.clone(), PersonId(form.text("person")), of(&id));
    app.db
        .write(move |tx| {
            let Some(person) = identity::person(tx, &whose)? else { return Ok(()) };
            let others = person.duties.iter().filter(|duty| **duty != membership);
            let others: Vec<Duty> = others.cloned().collect();
            keep_duties(tx, &school, &by, &person, &others)
        })
        .await?;
    Ok(way_back(&id))
}

fn of(id: &SquadId) -> Duty {
    Duty { role: Role::Volunteer, unit: None, post: Some(id.0.clone()) }
}

fn way_back(id: &SquadId) -> Response {
    Redirect::to(&format!("/admin/squads/{id}")).into_response()
}

/// The page of the squad as it stands, with the number that was typed and what is wrong with it.
async fn again(app: &App, page: Page, id: SquadId, form: &Form, told: Again) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let mut shown =
        filled(in_force.policy.squad(&id).ok_or(Error::Hidden)?).with("number", form.text("number"));
    shown.errors = told.form.errors.clone();
    render(app, page, Some(id), Again { form: shown, ..told }, String::new()).await
}

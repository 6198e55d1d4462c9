//! “I met this too” (我也遇到): said once by whoever signed in, about a case that everybody may read (8.1).
//!
//! The person is kept only as a keyed reference, so that they can be told of the answer; the count is all that is shown.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::Removal;
use huiyin_domain::ids::{CaseNo, PersonId};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::keys::Keys;
use huiyin_foundation::limits::{LimitedAction, Who};
use huiyin_foundation::params;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Door, Form, Page, Routes, Token};

/// The routes of this act.
pub fn routes() -> Routes {
    Routes::new("cases").post("/public/{no}/echo", Door::SignedIn, say_so)
}

async fn say_so(
    State(app): State<App>,
    Path(no): Path<String>,
    page: Page,
    form: Form,
) -> Result<Response, Error> {
    let person = page.visitor.person.ok_or(Error::SignIn)?;
    let now = app.now();
    app.limits.pass(LimitedAction::ActOnOwnCase, Who::Person(&person), &app.keys, now)?;
    let (school, no) = (app.clone(), CaseNo(no));
    let is_meant = matches!(form.token(), Token::Valid(_));
    let case_no = no.clone();
    app.db.write(move |tx| note(tx, &school.keys, &case_no, &person, now, is_meant)).await?;
    let mark = if is_meant { "" } else { "?stale=1" };
    Ok(Redirect::to(&format!("/public/{no}{mark}")).into_response())
}

/// Notes that a person met it too; of their own case, said again, or not meant, it changes nothing.
pub fn note(
    tx: &mut Tx,
    keys: &Keys,
    no: &CaseNo,
    person: &PersonId,
    now: Instant,
    is_meant: bool,
) -> Result<(), Error> {
    // May everybody read this case, and whose is it?
    let row = tx.query_opt(
        "select requester_key, removed
         from cases
         where case_no = $1
           and is_published = 1",
        params![no],
    )?;
    let row = row.ok_or(Error::Hidden)?;
    let requester = row.opt_text("requester_key")?;
    // What leads back to nobody any longer takes nobody's name anew.
    let is_nobodys = row.opt_text("removed")?.is_some_and(|step| step != Removal::Contact.word());
    if is_nobodys || !is_meant || requester.is_some_and(|key| keys.own_refs(person).contains(&key)) {
        return Ok(());
    }
    // One more who met it.
    tx.execute(
        "insert into case_echoes (case_no, person, at_ms)
         values ($1, $2, $3)
         on conflict (case_no, person) do nothing",
        params![no, keys.echo_ref(person), now],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests;

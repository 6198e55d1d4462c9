//! Signing for a case (H3), from the list or from the workbench. Whoever signs twice has signed once.

use super::seat::Seat;
use super::view::View;
use super::workbench::acts::{Attempt, Carried};
use super::workbench::tab::Tab;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::case::Command;
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Form, Page};

/// Signs for the case; from the list the officer stays in the list.
pub(super) async fn sign_for(
    State(app): State<App>,
    Path((unit, no)): Path<(String, String)>,
    page: Page,
    form: Form,
) -> Result<Response, Error> {
    let seat = Seat::take(&page.visitor, &unit)?;
    let is_from_list = form.text("from") == "list";
    let view = View::carried(&form.text("list"), &app.policy_in_force().policy);
    let to_list = view.on_with(&seat.desk(), "done", "signature");
    let errors = form.errors();
    let attempt = Attempt::new(app, seat, no, page, form, Tab::Signature);
    match attempt.carry(errors, |_| Command::SignFor).await? {
        Carried::Done(_) if is_from_list => Ok(Redirect::to(&to_list).into_response()),
        Carried::Done(to) => Ok(Redirect::to(&to).into_response()),
        Carried::Shown(response) => Ok(response),
    }
}

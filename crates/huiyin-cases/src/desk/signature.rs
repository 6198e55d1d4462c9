//! Signing for a case (H3), from the list or from the workbench. Whoever signs twice has signed once.

use super::workbench::attempt::{Carried, FromDesk};
use super::workbench::tab::Tab;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::case::Command;
use huiyin_foundation::error::Error;

/// Signs for the case; from the list the officer stays in the list.
pub(super) async fn sign_for(sent: FromDesk) -> Result<Response, Error> {
    let is_from_list = sent.form.text("from") == "list";
    let to_list = sent.view().on_with(&sent.seat()?.desk(), "done", "signature");
    let errors = sent.form.errors();
    match sent.attempt(Tab::Signature)?.carry(errors, |_| Command::SignFor).await? {
        Carried::Done(_) if is_from_list => Ok(Redirect::to(&to_list).into_response()),
        Carried::Done(to) => Ok(Redirect::to(&to).into_response()),
        Carried::Shown(response) => Ok(response),
    }
}

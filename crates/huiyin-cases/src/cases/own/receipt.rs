//! The road without an account: the holder of a receipt code follows the case and acts on it (2.1).
//!
//! No session, address or agent is read or kept here. The code comes in the body of a form and goes back into the forms
//! of the answer; a wrong code gets the same answer as a closed or erased one. The answer to an act is the case itself, since
//! a redirect could not carry the code; loaded again it does nothing more.

use super::acts::{again, carry, is_done};
use super::ask::{self, Noun, Road};
use super::show;
use crate::cases::log::Standing;
use crate::cases::sight::{self, Seen};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use huiyin_foundation::caller::Caller;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::keys::ReceiptCode;
use huiyin_foundation::limits::{LimitedAction, Who};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Filled, Form, Page};

/// The case of a receipt code, as a page.
///
/// # Errors
/// `Hidden` when no case has this code.
pub(crate) async fn receipt_page(app: &App, page: Page, code: &ReceiptCode) -> Result<Response, Error> {
    let (school, standing, code) = (app.clone(), Standing::of(app), code.clone());
    let told = app.db.read(move |tx| {
        let bench = standing.bench(&school.keys);
        let seen = sight::by_receipt(tx, &bench, &school.keys.receipt_code_hash(&code))?;
        show::tell(tx, &bench, &seen, &code.grouped())
    });
    show::answer(page.at("receipt").back_to("/receipt"), told.await?)
}

/// POST /receipt/{act}: the form of an act when `ask` comes with it, else the act.
pub(super) async fn act(
    State(app): State<App>,
    Path(word): Path<String>,
    caller: Caller,
    page: Page,
    mut form: Form,
) -> Result<Response, Error> {
    let noun = Noun::of(&word)?;
    // Guessing codes is no quicker here than on the page that asks for them.
    app.limits.pass(LimitedAction::ReceiptLookup, Who::Address(caller.0), &app.keys, app.now())?;
    for _ in form.files("photo") {
        app.limits.pass(LimitedAction::Upload, Who::Address(caller.0), &app.keys, app.now())?;
    }
    let code = ReceiptCode::parse(&form.text("code")).map_err(|_| Error::Hidden)?;
    let seen = seen(&app, &code).await?;
    let road = Road::Receipt(code.grouped());
    if form.has("ask") {
        return ask::form_page(&app, page, noun, &road, &seen, Filled::new(), "");
    }
    if is_done(&app, noun, &seen.no, &form).await? {
        return receipt_page(&app, page, &code).await;
    }
    if let Some(sentence) = form.token().sentence() {
        let shown =
            ask::form_page(&app, page, noun, &road, &seen, form.filled(FieldErrors::new()), sentence)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    }
    match carry(&app, noun, &seen.no, &mut form, true).await {
        Ok(()) => receipt_page(&app, page, &code).await,
        Err(error) => again(&app, page, noun, &road, &seen, &form, error),
    }
}

async fn seen(app: &App, code: &ReceiptCode) -> Result<Seen, Error> {
    let (school, standing, hash) = (app.clone(), Standing::of(app), app.keys.receipt_code_hash(code));
    app.db.read(move |tx| sight::by_receipt(tx, &standing.bench(&school.keys), &hash)).await
}

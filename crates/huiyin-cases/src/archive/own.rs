//! The requester's own file of a case: their page and the attachments they see, by account or by receipt code (5.4).
//!
//! The record with its hashes holds what is written inside the house, so it is not in here.

use super::contents::Contents;
use super::sent;
use crate::cases::log::{Bench, Standing};
use crate::cases::sight::{self, Seen};
use crate::cases::{photos, timeline};
use crate::dossier::names;
use axum::extract::{Path, State};
use axum::response::Response;
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::caller::Caller;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::keys::ReceiptCode;
use huiyin_foundation::limits::{LimitedAction, Who};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Form, Page};

/// GET /cases/{no}/archive.zip
pub(super) async fn by_account(
    State(app): State<App>,
    page: Page,
    Path(no): Path<String>,
) -> Result<Response, Error> {
    let person = page.visitor.person.clone().ok_or(Error::SignIn)?;
    taken(app, move |tx, bench| sight::by_account(tx, bench, &person, &CaseNo(no.clone()))).await
}

/// POST /receipt/archive
pub(super) async fn by_receipt(
    State(app): State<App>,
    caller: Caller,
    form: Form,
) -> Result<Response, Error> {
    // Guessing codes is no quicker here than on the page that asks for them.
    app.limits.pass(LimitedAction::ReceiptLookup, Who::Address(caller.0), &app.keys, app.now())?;
    let code = ReceiptCode::parse(&form.text("code")).map_err(|_| Error::Hidden)?;
    let hash = app.keys.receipt_code_hash(&code);
    taken(app, move |tx, bench| sight::by_receipt(tx, bench, &hash)).await
}

async fn taken(
    app: App,
    look: impl Fn(&mut Tx, &Bench<'_>) -> Result<Seen, Error> + Send + 'static,
) -> Result<Response, Error> {
    let school = app.clone();
    let (no, contents) = app
        .db
        .read(move |tx| {
            let standing = Standing::of(&school);
            let seen = look(tx, &standing.bench(&school.keys))?;
            let names = names(tx, &timeline::staff_in(&seen.loaded))?;
            let files = photos::of_case(tx, &seen.no, &seen.loaded.record)?;
            let contents = Contents::of_requester(&seen, &standing, &names, files)?;
            Ok::<_, Error>((seen.no, contents))
        })
        .await?;
    Ok(sent(&app, &no, contents))
}

//! Carrying out the requester's acts: once for each form, however often it is sent.

use super::ask::{self, Noun, Road};
use crate::cases::log::{Standing, carry_out};
use crate::cases::once::SentForm;
use crate::cases::{sight, together};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::case::Actor;
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::files::{FileLimits, KeepTrouble, StoredFile, remember};
use huiyin_foundation::limits::{LimitedAction, Who};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Form, Page};

/// POST /cases/{no}/{act}
pub(super) async fn act(
    State(app): State<App>,
    Path((no, word)): Path<(String, String)>,
    page: Page,
    mut form: Form,
) -> Result<Response, Error> {
    let (noun, no) = (Noun::of(&word)?, CaseNo(no));
    let person = page.visitor.person.clone().ok_or(Error::SignIn)?;
    app.limits.pass(LimitedAction::ActOnOwnCase, Who::Person(&person), &app.keys, app.now())?;
    for _ in form.files("photo") {
        app.limits.pass(LimitedAction::Upload, Who::Person(&person), &app.keys, app.now())?;
    }
    let (school, standing, key_person, key_no) =
        (app.clone(), Standing::of(&app), person.clone(), no.clone());
    let seen = app
        .db
        .read(move |tx| sight::by_account(tx, &standing.bench(&school.keys), &key_person, &key_no))
        .await?;
    let shown = || Redirect::to(&format!("/cases/{no}")).into_response();
    if is_done(&app, noun, &no, &form).await? {
        return Ok(shown());
    }
    if let Some(sentence) = form.token().sentence() {
        let filled = form.filled(FieldErrors::new());
        let shown = ask::form_page(&app, page, noun, &Road::Account, &seen, filled, sentence)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    }
    match carry(&app, noun, &no, &mut form, false).await {
        Ok(()) => Ok(shown()),
        Err(error) => again(&app, page, noun, &Road::Account, &seen, &form, error),
    }
}

/// Whether this very form was carried out before: tapped twice, or its answer loaded again, even days later.
pub(super) async fn is_done(app: &App, noun: Noun, no: &CaseNo, form: &Form) -> Result<bool, Error> {
    let sent = SentForm::of(&app.keys, no, noun.word(), form);
    app.db.read(move |tx| sent.is_done(tx)).await
}

/// Keeps what came with the form, makes the command and carries it out, all or nothing.
pub(super) async fn carry(
    app: &App,
    noun: Noun,
    no: &CaseNo,
    form: &mut Form,
    pictures_only: bool,
) -> Result<(), Error> {
    let sent = SentForm::of(&app.keys, no, noun.word(), form);
    let files = keep(app, form, pictures_only).await?;
    let outcome = carry_with(app, noun, no, form, &sent, files.clone()).await;
    if outcome.is_err() {
        discard(app, &files);
    }
    outcome
}

/// Nothing of an act that was refused stays on the disk; what cannot be removed now is swept later.
fn discard(app: &App, files: &[StoredFile]) {
    for file in files {
        let _ = app.files.discard(file);
    }
}

async fn carry_with(
    app: &App,
    noun: Noun,
    no: &CaseNo,
    form: &Form,
    sent: &SentForm,
    files: Vec<StoredFile>,
) -> Result<(), Error> {
    let ids = files.iter().map(|file| file.id.clone()).collect();
    let standing = Standing::of(app);
    let command = ask::command(noun, form, &standing.policy.policy, ids)?;
    let attempt = || {
        let (school, standing, no) = (app.clone(), standing.clone(), no.clone());
        let (sent, files, command) = (sent.clone(), files.clone(), command.clone());
        app.db.write(move |tx| {
            for file in &files {
                remember(tx, file)?;
            }
            if !sent.is_first(tx, &no, standing.now.day())? {
                return Ok(());
            }
            let bench = standing.bench(&school.keys);
            let command = together::past_the_lead(tx, &bench, &no, command)?;
            carry_out(tx, &bench, &Actor::Requester, None, &no, command).map(|_| ())
        })
    };
    match attempt().await {
        // The same form at the same moment: once more finds it done.
        Err(Error::Conflict { .. }) => attempt().await,
        outcome => outcome,
    }
}

/// Judges and writes the files of a form; what is refused is said by its place.
async fn keep(app: &App, form: &mut Form, pictures_only: bool) -> Result<Vec<StoredFile>, Error> {
    let limits = FileLimits::from_policy(&app.policy_in_force().policy.attachments);
    let limits = if pictures_only { limits.pictures_only() } else { limits };
    let (mut kept, mut errors) = (Vec::new(), form.errors());
    for (place, file) in (1..).zip(form.take_files("photo")) {
        match app.files.keep(&app.keys, file.bytes.clone(), limits, app.now()).await {
            Ok(file) => kept.push(file),
            Err(KeepTrouble::Refused(refusal)) => errors.add("photo", refusal.sentence(place)),
            Err(trouble) => {
                discard(app, &kept);
                return Err(trouble.into());
            }
        }
    }
    if !errors.is_empty() {
        discard(app, &kept);
    }
    errors.or(kept).map_err(Error::from)
}

/// The form again with what was typed: what is wrong with it, or what the rule says.
pub(super) fn again(
    app: &App,
    page: Page,
    noun: Noun,
    road: &Road,
    seen: &sight::Seen,
    form: &Form,
    error: Error,
) -> Result<Response, Error> {
    let (status, errors, refusal) = match error {
        Error::Invalid(errors) => (422, errors, String::new()),
        Error::Refused { sentence, clause } => (409, FieldErrors::new(), format!("{sentence}{clause}")),
        Error::Conflict { sentence } => (409, FieldErrors::new(), sentence),
        other => return Err(other),
    };
    let mut response = ask::form_page(app, page, noun, road, seen, form.filled(errors), &refusal)?;
    *response.status_mut() = axum::http::StatusCode::from_u16(status).map_err(Error::internal)?;
    Ok(response)
}

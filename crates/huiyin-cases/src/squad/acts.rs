//! What a volunteer does at the place; a form sent twice is one act.

use super::Member;
use super::order::{Showing, show};
use crate::cases::log::{Standing, carry_out};
use crate::cases::once::SentForm;
use crate::desk::{keep_files, moment_of, with_files};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::case::Command;
use huiyin_domain::ids::{CaseNo, FileId};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::files::FileLimits;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Form, Page};

const WORDS_CHARS_MAX: usize = 500;

/// What is said of an act that was done.
pub(super) fn done(noun: &str) -> &'static str {
    match noun {
        "arrival" => "到场已记下",
        "photos" => "照片已存下",
        "report" => "已报给承办单位，谢谢",
        _ => "",
    }
}

/// POST /squad/{no}/arrival
pub(super) async fn arrive(
    State(app): State<App>,
    Path(no): Path<String>,
    page: Page,
    form: Form,
) -> Result<Response, Error> {
    let errors = form.errors();
    carry(app, page, CaseNo(no), form, errors, "arrival", |_| Command::Arrive).await
}

/// POST /squad/{no}/photos
pub(super) async fn picture(
    State(app): State<App>,
    Path(no): Path<String>,
    page: Page,
    form: Form,
) -> Result<Response, Error> {
    let mut errors = form.errors();
    let moment = moment_of(&form, &mut errors);
    carry(app, page, CaseNo(no), form, errors, "photos", |files| Command::Picture { moment, files }).await
}

/// POST /squad/{no}/report
pub(super) async fn report(
    State(app): State<App>,
    Path(no): Path<String>,
    page: Page,
    form: Form,
) -> Result<Response, Error> {
    let mut errors = form.errors();
    let is_done = form.text("is_done") == "yes";
    let words = form.words("words");
    errors.expect(form.has("is_done"), "is_done", "请选修好了还是办不了");
    errors.expect(!words.is_empty(), "words", "请写做了什么，或为什么办不了");
    form.expect_at_most(&mut errors, "words", "说明", WORDS_CHARS_MAX);
    let command = |files| Command::ReportWork { is_done, words, files };
    carry(app, page, CaseNo(no), form, errors, "report", command).await
}

async fn carry(
    app: App,
    page: Page,
    no: CaseNo,
    mut form: Form,
    mut errors: FieldErrors,
    noun: &'static str,
    command: impl FnOnce(Vec<FileId>) -> Command,
) -> Result<Response, Error> {
    let member = Member::of(&page.visitor)?;
    let sent = SentForm::of(&app.keys, &no, &format!("squad {noun}"), &form);
    let to =
        if noun == "report" { "/squad?done=report".to_owned() } else { format!("/squad/{no}?done={noun}") };
    let way_on = || Redirect::to(&to).into_response();
    let known = sent.clone();
    if app.db.read(move |tx| known.is_done(tx)).await? {
        return Ok(way_on());
    }
    // Nothing is kept for somebody who may not see the order.
    let (school, seer, case_no) = (app.clone(), member.clone(), no.clone());
    app.db
        .read(move |tx| seer.see(tx, &Standing::of(&school).bench(&school.keys), &case_no).map(|_| ()))
        .await?;
    let stale = form.token().sentence().unwrap_or_default();
    let files = match errors.is_empty() && stale.is_empty() {
        true => keep_files(&app, &member.person, &mut form, FileLimits::pictures_only, &mut errors).await?,
        false => Vec::new(),
    };
    let again = |errors: FieldErrors, notice: String, status: StatusCode| {
        let filled = with_files(&form, &files, &app.keys, errors);
        let showing = Showing { open: noun, form: filled, notice, status, done: "" };
        show(&app, page.clone(), member.clone(), no.clone(), showing)
    };
    if !errors.is_empty() || !stale.is_empty() {
        return again(errors, stale.to_owned(), StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let command = command(files.iter().map(|ticket| ticket.id.clone()).collect());
    let attempt = || {
        let (school, member, no) = (app.clone(), member.clone(), no.clone());
        let (sent, command) = (sent.clone(), command.clone());
        app.db.write(move |tx: &mut Tx| {
            let standing = Standing::of(&school);
            if !sent.is_first(tx, &no, standing.now.day())? {
                return Ok(());
            }
            let bench = standing.bench(&school.keys);
            member.see(tx, &bench, &no)?;
            carry_out(tx, &bench, &member.actor(), None, &no, command).map(|_| ())
        })
    };
    let outcome = match attempt().await {
        // The same form at the same moment: once more finds it done.
        Err(Error::Conflict { .. }) => attempt().await,
        outcome => outcome,
    };
    match outcome {
        Ok(()) => Ok(way_on()),
        Err(Error::Refused { sentence, clause }) => {
            again(FieldErrors::new(), format!("{sentence}{clause}"), StatusCode::CONFLICT).await
        }
        Err(Error::Invalid(errors)) => again(errors, String::new(), StatusCode::UNPROCESSABLE_ENTITY).await,
        Err(other) => Err(other),
    }
}

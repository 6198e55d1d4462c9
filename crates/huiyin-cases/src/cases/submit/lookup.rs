//! P16: asking after a case with its receipt code, without an account. No session is read, no address kept; the code travels
//! in the body. A code that is mistyped, unknown or no longer good gets the same answer.

use crate::cases::own;
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use huiyin_foundation::caller::Caller;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::keys::ReceiptCode;
use huiyin_foundation::limits::{LimitedAction, Who};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Filled, Form, Page, html};

const NOT_FOUND: &str = "查询码不对，请核对后再试";

#[derive(Template)]
#[template(path = "cases/submit/lookup.html")]
struct LookupPage {
    page: Page,
    form: Filled,
    notice: String,
}

/// `GET /receipt`
pub(super) async fn ask(page: Page) -> Result<Response, Error> {
    show_form(page, Filled::new(), String::new())
}

/// `POST /receipt`
pub(super) async fn look_up(
    State(app): State<App>,
    caller: Caller,
    page: Page,
    form: Form,
) -> Result<Response, Error> {
    let limited = app.limits.pass(LimitedAction::ReceiptLookup, Who::Address(caller.0), &app.keys, app.now());
    if let Err(too_many) = limited {
        let filled = form.filled(FieldErrors::new());
        let mut response =
            (StatusCode::TOO_MANY_REQUESTS, show_form(page, filled, too_many.sentence())?).into_response();
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(too_many.wait_seconds.max(1)));
        return Ok(response);
    }
    if let Some(sentence) = form.token().sentence() {
        return again(page, form.filled(FieldErrors::new()), sentence.to_owned());
    }
    let found = match ReceiptCode::parse(&form.text("code")) {
        Ok(code) => own::receipt_page(&app, page.clone(), &code).await,
        Err(_) => Err(Error::Hidden),
    };
    match found {
        Err(Error::Hidden) => {
            let mut errors = FieldErrors::new();
            errors.add("code", if form.has("code") { NOT_FOUND } else { "请填写查询码" });
            again(page.with_errors(true), form.filled(errors), String::new())
        }
        other => other,
    }
}

fn again(page: Page, form: Filled, notice: String) -> Result<Response, Error> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, show_form(page, form, notice)?).into_response())
}

fn show_form(page: Page, form: Filled, notice: String) -> Result<Response, Error> {
    html(LookupPage { page: page.titled("凭码查询").at("receipt"), form, notice })
}

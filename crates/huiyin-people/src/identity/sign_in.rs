//! Signing in with number and password (S21). Every sign-in opens a new session; an older cookie of the browser ends.

use super::demo::{Figure, cast};
use super::{onward, queries, sessions};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use huiyin_domain::ids::PersonId;
use huiyin_foundation::caller::Caller;
use huiyin_foundation::db::DbError;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::limits::{LimitedAction, Who};
use huiyin_foundation::passwords::Verdict;
use huiyin_foundation::school::{App, School};
use huiyin_foundation::web::{Filled, Form, Page, Visitor, cookie_value, home_of, html, set_cookie};
use serde::Deserialize;

/// The same words for a wrong name, a wrong password and a closed account.
const WRONG: &str = "账号或密码不对，请核对后再试";

#[derive(Template)]
#[template(path = "identity/sign_in.html")]
struct SignIn {
    page: Page,
    form: Filled,
    notice: String,
    cast: Vec<Figure>,
}

/// Where to go afterwards.
#[derive(Deserialize)]
pub(super) struct Onward {
    #[serde(default)]
    next: String,
}

/// The page with its empty form.
pub(super) async fn show(
    State(app): State<App>,
    page: Page,
    Query(onward): Query<Onward>,
) -> Result<Response, Error> {
    let form = Filled::new().with("next", own_path(&onward.next).unwrap_or_default());
    again(&app, page, form, String::new()).await
}

/// Compares number and password and opens a session.
pub(super) async fn act(
    State(app): State<App>,
    Caller(address): Caller,
    headers: HeaderMap,
    page: Page,
    form: Form,
) -> Result<Response, Error> {
    let (number, password) = (form.text("number"), form.text("password"));
    let mut errors = FieldErrors::new();
    errors.expect(!number.is_empty(), "number", "请填学工号");
    errors.expect(!password.is_empty(), "password", "请填密码");
    let is_empty = !errors.is_empty();
    let filled = form.filled(errors);
    if let Some(sentence) = form.token().sentence() {
        return refused(&app, page, filled, sentence).await;
    }
    if is_empty {
        return refused(&app, page.with_errors(true), filled, "").await;
    }
    let now = app.now();
    app.limits.pass(LimitedAction::SignInFromAddress, Who::Address(address), &app.keys, now)?;
    app.limits.pass(LimitedAction::SignIn, Who::Name(&number, address), &app.keys, now)?;

    let account = app.db.read(move |tx| queries::account(tx, &number)).await?;
    let (person, stored) = account.map_or((None, None), |(person, hash)| (Some(person), hash));
    let verdict = app.passwords.verify(&password, stored.as_deref()).await;
    let (Some(person), Verdict::Right { needs_rehash }) = (person, verdict) else {
        return refused(&app, page.with_errors(true), filled, WRONG).await;
    };
    let rehashed = if needs_rehash { Some(app.passwords.hash(&app.keys, &password).await) } else { None };
    let next = own_path(&form.text("next"));
    welcome(&app, &headers, person, rehashed, next).await
}

/// Opens a session in place of the browser's older one, and leads on.
pub(super) async fn welcome(
    app: &App,
    headers: &HeaderMap,
    person: PersonId,
    new_hash: Option<String>,
    next: Option<String>,
) -> Result<Response, Error> {
    let older = cookie_value(&app.config, headers);
    let (keys, now) = (app.keys.clone(), app.now());
    let (token, duties) = app
        .db
        .write(move |tx| {
            if let Some(older) = &older {
                sessions::end(tx, &keys, older)?;
            }
            if let Some(hash) = &new_hash {
                queries::set_password(tx, &person, hash)?;
            }
            let token = sessions::open(tx, &keys, &person, now)?;
            Ok::<_, DbError>((token, queries::duties_of(tx, &person)?))
        })
        .await?;
    let arrived = Visitor { duties, ..Visitor::stranger() };
    let next = next.unwrap_or_else(|| home_of(&arrived, &app.policy_in_force().policy));
    Ok(onward(&next, set_cookie(&app.config, &token)))
}

async fn refused(app: &School, page: Page, form: Filled, notice: &str) -> Result<Response, Error> {
    let page = again(app, page, form, notice.to_owned()).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn again(app: &School, page: Page, form: Filled, notice: String) -> Result<Response, Error> {
    let cast = if app.is_demo { cast(app).await? } else { Vec::new() };
    html(SignIn { page: page.titled("登录").back_to("/"), form, notice, cast })
}

/// A path of this site, and nothing that a browser could take for another one.
pub(super) fn own_path(next: &str) -> Option<String> {
    let is_own = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains(['\\', '\n', '\r', '\t'])
        && next.is_ascii()
        && next.len() < 500;
    is_own.then(|| next.to_owned())
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn one_is_led_on_within_this_site_only() {
        for path in ["/", "/cases/HY-20261124-0042?tab=mine", "/desk/logistics"] {
            assert_eq!(own_path(path).as_deref(), Some(path));
        }
        for path in [
            "",
            "https://elsewhere.example",
            "//elsewhere.example",
            "/\\elsewhere.example",
            "cases",
            "/a\r\nb",
        ] {
            assert_eq!(own_path(path), None, "{path}");
        }
    }
}

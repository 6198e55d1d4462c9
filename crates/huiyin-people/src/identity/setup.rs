//! One-time links that set a password: for the first administrator (`huiyin init` prints one) and for everybody an
//! administrator gives one to. A link works once and for two days; a new one for the same person ends the older.

use super::password::{LABELS, chosen};
use super::{queries, sign_in};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::PersonId;
use huiyin_foundation::caller::Caller;
use huiyin_foundation::db::{DbError, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::keys::{Keys, Label};
use huiyin_foundation::limits::{LimitedAction, Who};
use huiyin_foundation::params;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Filled, Form, Page, html};

/// How long a link works.
pub const SETUP_LINK_HOURS: u32 = 48;

#[derive(Template)]
#[template(path = "identity/setup.html")]
struct Setup {
    page: Page,
    form: Filled,
    notice: String,
    /// Whose password is set; nobody's if the link does not work any more.
    holder: Option<Holder>,
}

struct Holder {
    name: String,
    number: String,
    action: String,
}

/// Makes a link for a person, and gives its path; what stands in it is stored only as a keyed hash.
pub fn offer_setup(tx: &mut Tx, keys: &Keys, person: &PersonId, now: Instant) -> Result<String, DbError> {
    let token = keys.random_token();
    // Give a person a link in place of an older one.
    tx.execute(
        "insert into setup_links (token_hash, person_id, expires_ms)
         values ($1, $2, $3)
             on conflict (person_id) do update
            set token_hash = excluded.token_hash, expires_ms = excluded.expires_ms",
        params![hash(keys, &token), person, now.plus_hours(SETUP_LINK_HOURS)],
    )?;
    Ok(format!("/setup/{token}"))
}

/// The page with two empty boxes.
pub(super) async fn show(
    State(app): State<App>,
    Path(token): Path<String>,
    page: Page,
) -> Result<Response, Error> {
    let holder = holder(&app, &token).await?.map(|(_, holder)| holder);
    answer(page, Filled::new(), "", holder)
}

/// Sets the password, uses the link up, and signs in.
pub(super) async fn act(
    State(app): State<App>,
    Caller(address): Caller,
    Path(token): Path<String>,
    headers: HeaderMap,
    page: Page,
    form: Form,
) -> Result<Response, Error> {
    app.limits.pass(LimitedAction::SignInFromAddress, Who::Address(address), &app.keys, app.now())?;
    let Some((person, holder)) = holder(&app, &token).await? else {
        return answer(page, Filled::new(), "", None);
    };
    if let Some(sentence) = form.token().sentence() {
        return answer(page, form.filled(form.errors()), sentence, Some(holder));
    }
    let password = match chosen(&form) {
        Ok(password) => password,
        Err(errors) => return answer(page.with_errors(true), form.filled(errors), "", Some(holder)),
    };
    let new_hash = app.passwords.hash(&app.keys, &password).await;
    let (keys, now, whose) = (app.keys.clone(), app.now(), person.clone());
    let is_used = app
        .db
        .write(move |tx| {
            // Use the link up, if nobody did in the meantime.
            let used = tx.execute(
                "delete from setup_links
                  where token_hash = $1
                    and expires_ms > $2",
                params![hash(&keys, &token), now],
            )?;
            if used == 1 {
                queries::set_password(tx, &whose, &new_hash)?;
                super::sessions::end_all(tx, &whose, None)?;
            }
            Ok::<_, DbError>(used == 1)
        })
        .await?;
    if !is_used {
        return answer(page, Filled::new(), "", None);
    }
    sign_in::welcome(&app, &headers, person, None, None).await
}

async fn holder(app: &App, token: &str) -> Result<Option<(PersonId, Holder)>, Error> {
    let (token_hash, now) = (hash(&app.keys, token), app.now());
    let action = format!("/setup/{token}");
    let found = app
        .db
        .read(move |tx| {
            // Whose password may this link set?
            tx.query_opt(
                "select p.id, p.name, p.number
                   from setup_links l
                   join people p on p.id = l.person_id
                  where l.token_hash = $1
                    and l.expires_ms > $2
                    and p.disabled = 0",
                params![token_hash, now],
            )
        })
        .await?;
    let Some(row) = found else { return Ok(None) };
    Ok(Some((row.get("id")?, Holder { name: row.get("name")?, number: row.get("number")?, action })))
}

fn hash(keys: &Keys, token: &str) -> String {
    keys.hmac_text(Label::SetupLinks, token.as_bytes())
}

fn answer(page: Page, form: Filled, notice: &str, holder: Option<Holder>) -> Result<Response, Error> {
    let status = match &holder {
        None => StatusCode::GONE,
        Some(_) if form.errors.is_empty() && notice.is_empty() => StatusCode::OK,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = page.titled("设置密码");
    let setup = html(Setup { page, form, notice: notice.to_owned(), holder })?;
    Ok((status, setup).into_response())
}

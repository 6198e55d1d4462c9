//! Judging an answer by the link of the letter that told of it, without signing in (5.3).
//!
//! Looking shows the number and the questions, and keeps nothing: mail programs open links by themselves. Only what is
//! sent is kept, once. The link is about one answer: judged, answered anew or out of time, it shows why it does not work.
//! Protected cases have no such link, and one that became protected is not found by it.

use super::acts::{again, carry, is_done};
use super::ask::{self, Noun, Road};
use crate::cases::log::Standing;
use crate::cases::offers::offers;
use crate::cases::sight::{self, Seen};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use huiyin_foundation::caller::Caller;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::limits::{LimitedAction, Who};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Filled, Form, Page, html};
use huiyin_people::notices::read_follow_up;

#[derive(Template)]
#[template(path = "cases/own/follow_up.html")]
struct EndPage {
    page: Page,
    no: String,
    title: &'static str,
    is_over: bool,
}

/// GET /follow-up/{link}
pub(super) async fn show(
    State(app): State<App>,
    Path(link): Path<String>,
    caller: Caller,
    page: Page,
) -> Result<Response, Error> {
    let (seen, is_current) = seen(&app, &link, &caller).await?;
    if !is_current {
        return answer(page, &seen, true);
    }
    ask::form_page(&app, page, Noun::Rating, &Road::Letter(link), &seen, Filled::new(), "")
}

/// POST /follow-up/{link}
pub(super) async fn judge(
    State(app): State<App>,
    Path(link): Path<String>,
    caller: Caller,
    page: Page,
    mut form: Form,
) -> Result<Response, Error> {
    let (seen, is_current) = seen(&app, &link, &caller).await?;
    let road = Road::Letter(link);
    if is_done(&app, Noun::Rating, &seen.no, &form).await? {
        return answer(page, &seen, false);
    }
    if !is_current {
        return answer(page, &seen, true);
    }
    if let Some(sentence) = form.token().sentence() {
        let filled = form.filled(FieldErrors::new());
        let shown = ask::form_page(&app, page, Noun::Rating, &road, &seen, filled, sentence)?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, shown).into_response());
    }
    match carry(&app, Noun::Rating, &seen.no, &mut form, true).await {
        Ok(()) => answer(page, &seen, false),
        Err(error) => again(&app, page, Noun::Rating, &road, &seen, &form, error),
    }
}

/// The case of a link, and whether the answer it is about still waits to be judged.
async fn seen(app: &App, link: &str, caller: &Caller) -> Result<(Seen, bool), Error> {
    app.limits.pass(LimitedAction::ReceiptLookup, Who::Address(caller.0), &app.keys, app.now())?;
    let (no, answered) = read_follow_up(&app.keys, link).ok_or(Error::Hidden)?;
    let (school, standing) = (app.clone(), Standing::of(app));
    let asked = app.db.read(move |tx| {
        let bench = standing.bench(&school.keys);
        let seen = sight::by_letter(tx, &bench, &no)?;
        let is_current =
            seen.case().round().replied_at == Some(answered) && offers(&seen, &bench).has(Noun::Rating.act());
        Ok::<_, Error>((seen, is_current))
    });
    asked.await
}

fn answer(page: Page, seen: &Seen, is_over: bool) -> Result<Response, Error> {
    let title =
        if is_over { "这个链接用过了，或者过期了" } else { "评价已收到，谢谢您" };
    let page = page.titled(title).at("receipt");
    let response = html(EndPage { page, no: seen.no.to_string(), title, is_over })?;
    let status = if is_over { StatusCode::GONE } else { StatusCode::OK };
    Ok((status, response).into_response())
}

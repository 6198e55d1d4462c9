//! How somebody likes their pages (S20): text size, light or dark; and changing the password.

use super::password::LABELS;
use super::person::Person;
use super::queries;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_foundation::error::Error;
use huiyin_foundation::school::{App, School};
use huiyin_foundation::web::{Choice, Filled, Form, Page, TextSize, Theme, html};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "identity/preferences.html")]
struct Preferences {
    page: Page,
    form: Filled,
    notice: String,
    saved: &'static str,
    person: Person,
    sizes: Vec<Choice>,
    themes: Vec<Choice>,
}

/// What was saved a moment ago.
#[derive(Deserialize)]
pub(super) struct Saved {
    #[serde(default)]
    saved: String,
}

/// The page as things stand.
pub(super) async fn show(
    State(app): State<App>,
    page: Page,
    Query(saved): Query<Saved>,
) -> Result<Response, Error> {
    let form = Filled::new().with("size", page.size.word()).with("theme", page.theme.word());
    let saved = match saved.saved.as_str() {
        "looks" => "已保存，马上生效。",
        "password" => "密码改好了。其他设备上的登录已经退出。",
        _ => "",
    };
    render(&app, page, form, "", saved).await
}

/// Keeps text size and theme.
pub(super) async fn act(State(app): State<App>, page: Page, form: Form) -> Result<Response, Error> {
    if let Some(sentence) = form.token().sentence() {
        return again(&app, page, form.filled(form.errors()), sentence).await;
    }
    let person = page.visitor.person.ok_or(Error::SignIn)?;
    let (theme, size) = (Theme::from_word(&form.text("theme")), TextSize::from_word(&form.text("size")));
    app.db.write(move |tx| queries::set_looks(tx, &person, theme.word(), size.word())).await?;
    Ok(Redirect::to("/settings?saved=looks").into_response())
}

/// The page again with what was typed and what is wrong.
pub(super) async fn again(app: &School, page: Page, form: Filled, notice: &str) -> Result<Response, Error> {
    let form = form.with("size", page.size.word()).with("theme", page.theme.word());
    let page = render(app, page, form, notice, "").await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn render(
    app: &School,
    page: Page,
    form: Filled,
    notice: &str,
    saved: &'static str,
) -> Result<Response, Error> {
    let id = page.visitor.person.clone().ok_or(Error::SignIn)?;
    let person = app.db.read(move |tx| queries::person(tx, &id)).await?.ok_or(Error::SignIn)?;
    let sizes = vec![Choice::new("", "标准"), Choice::new("large", "大"), Choice::new("huge", "特大")];
    let themes =
        vec![Choice::new("", "跟随手机或电脑"), Choice::new("light", "浅色"), Choice::new("dark", "深色")];
    let page = page.titled("设置").back_to("/");
    html(Preferences { page, form, notice: notice.to_owned(), saved, person, sizes, themes })
}

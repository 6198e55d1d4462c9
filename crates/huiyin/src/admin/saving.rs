//! Keeping a change of the settings, or showing the form again: one road for every page of these rooms.
//!
//! The form names the version it was filled in against. If somebody was quicker, what was typed is shown again over the
//! newer settings; if the whole no longer holds together, every complaint is.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_cases::cases::deadlines;
use huiyin_domain::policy::Policy;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Filled, Form, Page, Side};
use huiyin_people::settings;
use serde::Deserialize;

/// The longest box of one line.
pub(super) const LINE_MAX: usize = 60;
/// The longest clause.
pub(super) const CLAUSE_MAX: usize = 200;

/// Which version a change has just made.
#[derive(Deserialize)]
pub(super) struct Just {
    #[serde(default)]
    saved: u32,
}

impl Just {
    /// The sentence on top of the page; empty if nothing was changed.
    pub fn sentence(&self) -> String {
        match self.saved {
            0 => String::new(),
            version => format!("已保存，第 {version} 版设置马上生效。"),
        }
    }
}

/// Why a form is shown again.
pub(super) struct Again {
    /// 422, or 409 if somebody was quicker.
    pub status: StatusCode,
    /// What was typed, with what is wrong.
    pub form: Filled,
    /// A sentence on top; may be empty.
    pub notice: String,
}

impl Again {
    /// The first time: as things stand, and nothing wrong.
    pub fn unchanged(form: Filled) -> Again {
        Again { status: StatusCode::OK, form, notice: String::new() }
    }

    /// Because of what was typed.
    pub fn wrong(form: &Form, errors: FieldErrors) -> Again {
        Again { status: StatusCode::UNPROCESSABLE_ENTITY, form: form.filled(errors), notice: String::new() }
    }

    /// Because of the form itself.
    pub fn told(form: &Form, notice: &str) -> Again {
        Again { notice: notice.to_owned(), ..Again::wrong(form, form.errors()) }
    }
}

/// How a change of the settings ended.
pub(super) enum Outcome {
    /// On to the next page.
    Done(Response),
    /// The form again.
    Again(Again),
}

/// A page of these rooms around a form, with the way back to the list it belongs to.
pub(super) fn sheet(page: Page, title: impl Into<String>, back: &str, again: &Again) -> Page {
    let page = page.titled(title).beside(Side::admin()).back_to(back);
    page.with_errors(!again.form.errors.is_empty())
}

/// Whether this form may change anything: a fresh token, text that could be read.
pub(super) fn judge(form: &Form) -> Result<(), Again> {
    if let Some(sentence) = form.token().sentence() {
        return Err(Again::told(form, sentence));
    }
    if form.errors().is_empty() { Ok(()) } else { Err(Again::wrong(form, form.errors())) }
}

/// Makes the changed policy the next version and leads on to `next`, where it is said.
pub(super) async fn keep(
    app: &App,
    page: &Page,
    form: &Form,
    note: Option<String>,
    policy: Policy,
    next: &str,
) -> Result<Outcome, Error> {
    let Some(note) = note else {
        return Ok(Outcome::Done(Redirect::to(next).into_response()));
    };
    let by = page.visitor.person.clone().ok_or(Error::SignIn)?;
    let based_on = form.text("based_on").parse().unwrap_or(0);
    match settings::change(app, &by, &note, based_on, policy).await {
        Ok(version) => {
            tracing::info!(version, by = %by, "the settings were changed");
            deadlines::look_at_all(app).await?;
            Ok(Outcome::Done(Redirect::to(&format!("{next}?saved={version}")).into_response()))
        }
        Err(Error::Invalid(errors)) => Ok(Outcome::Again(Again::wrong(form, errors))),
        Err(Error::Conflict { .. }) => {
            settings::refresh(app).await?;
            let newest = app.policy_in_force().version;
            let notice = format!(
                "刚才有人改过设置，现在是第 {newest} 版。您填的都还在，请对照最新设置看一遍，再点一次保存。"
            );
            Ok(Outcome::Again(Again { status: StatusCode::CONFLICT, ..Again::told(form, &notice) }))
        }
        Err(error) => Err(error),
    }
}

/// What is wrong with the id of something new; ids stand in addresses and are never changed.
pub(super) fn complaint_about_id(id: &str, is_taken: bool) -> Option<String> {
    let is_plain = id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if id.is_empty() || id.len() > 40 || !is_plain || id.starts_with('-') {
        return Some("代号请用小写字母、数字和短横，最多 40 个，例如 sports-center".to_owned());
    }
    // These are pages of their own.
    (is_taken || ["new", "test", "terms", "hours"].contains(&id))
        .then(|| format!("代号“{id}”已经用了，请换一个"))
}

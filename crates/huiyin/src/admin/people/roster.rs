//! The roster as a file: people and their duties in one table, with a report of every line that was not taken.

use crate::admin::saving::{self, Again};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Filled, Form, Page, Side, html};
use huiyin_people::roster::{self, Report};

#[derive(Template)]
#[template(path = "admin/people/roster.html")]
struct Roster {
    page: Page,
    form: Filled,
    notice: String,
    report: Option<Report>,
}

/// The form.
pub(super) async fn page(page: Page) -> Result<Response, Error> {
    render(page, Again::unchanged(Filled::new()), None)
}

/// Takes over what can be taken, and says which lines were not.
pub(super) async fn take_over(State(app): State<App>, page: Page, mut form: Form) -> Result<Response, Error> {
    if let Err(again) = saving::judge(&form) {
        return render(page, again, None);
    }
    let Some(file) = form.take_files("roster").into_iter().next().filter(|file| !file.bytes.is_empty())
    else {
        let mut errors = FieldErrors::new();
        errors.add("roster", "请选一个名册文件");
        return render(page, Again::wrong(&form, errors), None);
    };
    match roster::import(&app, &file.bytes, &file.name, &[], |_, _| {}).await? {
        Ok(report) => {
            let (added, changed, bad) = (report.added, report.changed, report.complaints.len());
            tracing::info!(by = ?page.visitor.person, added, changed, bad, "a roster was taken over");
            let done = Again::unchanged(Filled::new());
            render(page, done, Some(report))
        }
        Err(trouble) => {
            let mut errors = FieldErrors::new();
            errors.add("roster", trouble.to_string());
            render(page, Again::wrong(&form, errors), None)
        }
    }
}

fn render(page: Page, again: Again, report: Option<Report>) -> Result<Response, Error> {
    let page = page.titled("导入名册").beside(Side::admin()).back_to("/admin/people");
    let page = page.with_errors(!again.form.errors.is_empty());
    let body = html(Roster { page, form: again.form, notice: again.notice, report })?;
    Ok((again.status, body).into_response())
}

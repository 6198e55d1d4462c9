//! The school's name, the line under it and the duty telephone: what everybody reads on every page.

use super::changes::Changes;
use super::saving::{self, Again, LINE_MAX, Outcome};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use huiyin_domain::policy::can_be_dialled;
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Filled, Form, Page, html};

#[derive(Template)]
#[template(path = "admin/school.html")]
struct SchoolPage {
    page: Page,
    form: Filled,
    notice: String,
    version: u32,
}

/// The form as things stand.
pub(super) async fn page(State(app): State<App>, page: Page) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let school = &in_force.policy.school;
    let form = Filled::new()
        .with("name", school.name.clone())
        .with("promise", school.promise.clone())
        .with("duty_phone", school.duty_phone.clone());
    render(&app, page, Again::unchanged(form))
}

/// Keeps them.
pub(super) async fn save(State(app): State<App>, page: Page, form: Form) -> Result<Response, Error> {
    if let Err(again) = saving::judge(&form) {
        return render(&app, page, again);
    }
    let mut errors = form.errors();
    errors.expect(form.has("name"), "name", "请填写校名");
    errors.expect(form.has("promise"), "promise", "请写一句首页上对师生的承诺");
    let is_phone = !form.has("duty_phone") || can_be_dialled(&form.text("duty_phone"));
    errors.expect(is_phone, "duty_phone", "值班电话只写数字和短横，例如 0531-12345678，要能直接拨通");
    form.expect_at_most(&mut errors, "name", "校名", LINE_MAX);
    form.expect_at_most(&mut errors, "promise", "校名下的一句话", LINE_MAX);
    form.expect_at_most(&mut errors, "duty_phone", "值班电话", LINE_MAX);
    if !errors.is_empty() {
        return render(&app, page, Again::wrong(&form, errors));
    }
    let mut policy = app.policy_in_force().policy.clone();
    let mut changes = Changes::default();
    changes.text("校名", &mut policy.school.name, form.text("name"));
    changes.text("校名下的一句话", &mut policy.school.promise, form.text("promise"));
    changes.text("值班电话", &mut policy.school.duty_phone, form.text("duty_phone"));
    match saving::keep(&app, &page, &form, changes.about("学校"), policy, "/admin").await? {
        Outcome::Done(response) => Ok(response),
        Outcome::Again(again) => render(&app, page, again),
    }
}

fn render(app: &App, page: Page, again: Again) -> Result<Response, Error> {
    let page = saving::sheet(page, "校名与电话", "/admin", &again);
    let version = app.policy_in_force().version;
    let body = html(SchoolPage { page, form: again.form, notice: again.notice, version })?;
    Ok((again.status, body).into_response())
}

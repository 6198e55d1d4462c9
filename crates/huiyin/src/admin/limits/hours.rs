//! Office hours: a limit in working days ends at their close.

use crate::admin::changes::Changes;
use crate::admin::saving::{self, Again, Outcome};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use huiyin_domain::calendar::TimeOfDay;
use huiyin_domain::policy::Office;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Filled, Form, Page, html};

#[derive(Template)]
#[template(path = "admin/limits/hours.html")]
struct Hours {
    page: Page,
    form: Filled,
    notice: String,
    version: u32,
}

/// The hours as they stand.
pub(super) async fn page(State(app): State<App>, page: Page) -> Result<Response, Error> {
    let office = app.policy_in_force().policy.office.clone();
    let form =
        Filled::new().with("opens", office.opens.to_string()).with("closes", office.closes.to_string());
    render(&app, page, Again::unchanged(form))
}

/// Keeps them.
pub(super) async fn save(State(app): State<App>, page: Page, form: Form) -> Result<Response, Error> {
    if let Err(again) = saving::judge(&form) {
        return render(&app, page, again);
    }
    let office = match read(&form) {
        Ok(office) => office,
        Err(errors) => return render(&app, page, Again::wrong(&form, errors)),
    };
    let mut policy = app.policy_in_force().policy.clone();
    let mut changes = Changes::default();
    if policy.office != office {
        changes.note("起止", &in_words(&policy.office), &in_words(&office));
    }
    policy.office = office;
    match saving::keep(&app, &page, &form, changes.about("工作时间"), policy, "/admin/limits").await? {
        Outcome::Done(response) => Ok(response),
        Outcome::Again(again) => render(&app, page, again),
    }
}

fn read(form: &Form) -> Result<Office, FieldErrors> {
    let mut errors = form.errors();
    let mut time = |name: &'static str| {
        let typed = form.text(name);
        let read = typed.parse::<TimeOfDay>().ok();
        errors.expect(read.is_some(), name, format!("请写成 08:30 的样子，现在是「{typed}」"));
        read
    };
    let (opens, closes) = (time("opens"), time("closes"));
    if let (Some(opens), Some(closes)) = (opens, closes) {
        errors.expect(opens < closes, "closes", "下班时间要晚于上班时间");
        return errors.or(Office { opens, closes });
    }
    Err(errors)
}

fn in_words(office: &Office) -> String {
    format!("{}—{}", office.opens, office.closes)
}

fn render(app: &App, page: Page, again: Again) -> Result<Response, Error> {
    let hours = Hours {
        page: saving::sheet(page, "改工作时间", "/admin/limits", &again),
        form: again.form,
        notice: again.notice,
        version: app.policy_in_force().version,
    };
    Ok((again.status, html(hours)?).into_response())
}

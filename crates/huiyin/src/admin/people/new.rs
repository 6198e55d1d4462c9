//! One new account; many come with the roster.

use super::one::Notes;
use crate::admin::saving::{self, Again, LINE_MAX};
use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::ids::PersonId;
use huiyin_foundation::db::DbError;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Filled, Form, Page, Side, html};
use huiyin_people::identity::{self, PersonEntry, PersonKind};

#[derive(Template)]
#[template(path = "admin/people/new.html")]
struct New {
    page: Page,
    form: Filled,
    notice: String,
    kinds: Vec<Choice>,
}

/// The empty form.
pub(super) async fn page(page: Page) -> Result<Response, Error> {
    let form = Filled::new().with("kind", PersonKind::Staff.word());
    render(page, Again::unchanged(form))
}

/// Adds the person.
pub(super) async fn add(State(app): State<App>, page: Page, form: Form) -> Result<Response, Error> {
    if let Err(again) = saving::judge(&form) {
        return render(page, again);
    }
    let entry = match entry(&form) {
        Ok(entry) => entry,
        Err(errors) => return render(page, Again::wrong(&form, errors)),
    };
    let (new_id, now) = (PersonId(app.keys.uuid_v7(app.now())), app.now());
    let id = app
        .db
        .write(move |tx| {
            if identity::person_by_number(tx, &entry.number)?.is_some() {
                return Ok(None);
            }
            identity::upsert(tx, &new_id, &entry, now).map(|(id, _)| Some(id))
        })
        .await
        .map_err(|error: DbError| Error::from(error))?;
    let Some(id) = id else {
        let mut errors = FieldErrors::new();
        errors.add("number", format!("学工号 {} 已有账号，请到人员列表里找", form.text("number")));
        return render(page, Again::wrong(&form, errors));
    };
    tracing::info!(by = ?page.visitor.person, person = %id, "an account was made");
    Ok(Redirect::to(&format!("/admin/people/{id}?done={}", Notes::ADDED)).into_response())
}

fn entry(form: &Form) -> Result<PersonEntry, FieldErrors> {
    let mut errors = form.errors();
    let number = form.text("number");
    let is_number =
        !number.is_empty() && number.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
    errors.expect(is_number, "number", "请填写学工号，只用字母、数字和短横");
    errors.expect(form.has("name"), "name", "请填写姓名");
    let kind = PersonKind::from_word(&form.text("kind"));
    errors.expect(kind.is_some(), "kind", "请选是学生还是教职工");
    let labels = [
        ("number", "学工号"),
        ("name", "姓名"),
        ("department", "学院或单位"),
        ("phone", "电话"),
        ("email", "邮箱"),
    ];
    for (name, label) in labels {
        form.expect_at_most(&mut errors, name, label, LINE_MAX);
    }
    errors.or(PersonEntry {
        number,
        name: form.text("name"),
        kind: kind.unwrap_or(PersonKind::Staff),
        department: form.text("department"),
        email: form.text("email"),
        phone: form.text("phone"),
    })
}

fn render(page: Page, again: Again) -> Result<Response, Error> {
    let kinds = [PersonKind::Staff, PersonKind::Student].map(|kind| Choice::new(kind.word(), kind.shown()));
    let page = page.titled("加一个人").beside(Side::admin()).back_to("/admin/people");
    let page = page.with_errors(!again.form.errors.is_empty());
    let body = html(New { page, form: again.form, notice: again.notice, kinds: kinds.into() })?;
    Ok((again.status, body).into_response())
}

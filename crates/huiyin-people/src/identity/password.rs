//! Choosing a password: long enough, the same twice, and nothing else is asked of it (ASVS 6.2).

use super::{onward, preferences, queries, sessions};
use axum::extract::State;
use axum::response::Response;
use huiyin_foundation::db::DbError;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::limits::{LimitedAction, Who};
use huiyin_foundation::passwords::{LENGTH_MAX, LENGTH_MIN, Verdict};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Form, Page, set_cookie};

/// The words beside the two boxes.
pub(super) const LABELS: (&str, &str) = ("新密码", "再填一次");

/// The password of the boxes `new` and `again`, or what is wrong with it.
pub(super) fn chosen(form: &Form) -> Result<String, FieldErrors> {
    let (new, again) = (form.text("new"), form.text("again"));
    let length = new.chars().count();
    let mut errors = FieldErrors::new();
    errors.expect(length >= LENGTH_MIN, "new", format!("密码至少 {LENGTH_MIN} 个字，现在是 {length} 个"));
    errors.expect(length <= LENGTH_MAX, "new", format!("密码最多 {LENGTH_MAX} 个字"));
    errors.expect(again == new || length < LENGTH_MIN, "again", "两次填的不一样，请再填一次");
    errors.or(new)
}

/// Changes the password: the old one once, the new one twice. Other devices are signed out, this one gets a new session.
pub(super) async fn act(State(app): State<App>, page: Page, form: Form) -> Result<Response, Error> {
    let person = page.visitor.person.clone().ok_or(Error::SignIn)?;
    if let Some(sentence) = form.token().sentence() {
        return preferences::again(&app, page, form.filled(form.errors()), sentence).await;
    }
    app.limits.pass(LimitedAction::SignIn, Who::Person(&person), &app.keys, app.now())?;
    let whose = person.clone();
    let stored = app.db.read(move |tx| queries::password_hash(tx, &whose)).await?;
    let mut errors = chosen(&form).err().unwrap_or_default();
    if errors.is_empty()
        && app.passwords.verify(&form.text("current"), stored.as_deref()).await == Verdict::Wrong
    {
        errors.add("current", "现在的密码不对，请核对后再填");
    }
    if !errors.is_empty() {
        return preferences::again(&app, page.with_errors(true), form.filled(errors), "").await;
    }
    let hash = app.passwords.hash(&app.keys, &form.text("new")).await;
    let (keys, now) = (app.keys.clone(), app.now());
    let token = app
        .db
        .write(move |tx| {
            queries::set_password(tx, &person, &hash)?;
            sessions::end_all(tx, &person, None)?;
            sessions::open(tx, &keys, &person, now)
        })
        .await
        .map_err(|error: DbError| Error::from(error))?;
    Ok(onward("/settings?saved=password", set_cookie(&app.config, &token)))
}

//! What a person is there for: a role with its unit or post. Nobody takes the administration from themselves.

use super::one::{self, Notes};
use crate::admin::saving;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::access::{Duty, Role};
use huiyin_domain::ids::{PersonId, UnitId};
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::{DbError, Tx};
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Form, Page};
use huiyin_people::identity::{self, AccountChange, Person};

/// 「后勤管理处 承办员」
pub(super) fn duty_in_words(policy: &Policy, duty: &Duty) -> String {
    let unit = duty.unit.as_ref().and_then(|id| policy.unit(id)).map(|unit| unit.name.as_str());
    let post = duty.post.as_deref().and_then(|id| policy.leader(id)).map(|post| post.name.as_str());
    let squad = duty.post.as_deref().and_then(|id| policy.squad(&id.into())).map(|squad| squad.name.as_str());
    match unit.or(post).or(squad) {
        Some(place) => format!("{place} {}", say::role(duty.role)),
        None => say::role(duty.role).to_owned(),
    }
}

/// The word of a duty in a form: role, unit, post.
pub(super) fn duty_word(duty: &Duty) -> String {
    let unit = duty.unit.as_ref().map_or("", UnitId::as_str);
    format!("{}|{unit}|{}", duty.role.word(), duty.post.as_deref().unwrap_or_default())
}

/// The duty of such a word; none for a word of a role that is gone.
pub(super) fn duty_of_word(word: &str) -> Option<Duty> {
    let mut parts = word.split('|');
    let role = Role::from_word(parts.next()?)?;
    let mut place = || parts.next().filter(|place| !place.is_empty()).map(str::to_owned);
    Some(Duty { role, unit: place().map(UnitId), post: place() })
}

/// Keeps the ticked duties and adds the new one.
pub(super) async fn save(
    State(app): State<App>,
    Path(id): Path<String>,
    page: Page,
    form: Form,
) -> Result<Response, Error> {
    let id = PersonId(id);
    if let Err(again) = saving::judge(&form) {
        return one::again(&app, page, id, again).await;
    }
    let known = {
        let id = id.clone();
        app.db.read(move |tx| identity::person(tx, &id)).await?.ok_or(Error::Hidden)?
    };
    let kept = form.all("duty");
    let mut wanted: Vec<Duty> =
        known.duties.iter().filter(|duty| kept.contains(&duty_word(duty))).cloned().collect();
    let mut errors = FieldErrors::new();
    let is_self = page.visitor.person.as_ref() == Some(&id);
    let loses_admin = known.duties.iter().any(|duty| duty.role == Role::Admin)
        && wanted.iter().all(|duty| duty.role != Role::Admin);
    errors.expect(!(is_self && loses_admin), "role", "不能撤掉自己的系统管理，请另一位管理员来撤");
    if form.has("role") {
        match added(&app.policy_in_force().policy, &form) {
            Ok(duty) => wanted.push(duty),
            Err((field, sentence)) => errors.add(field, sentence),
        }
    }
    if !errors.is_empty() {
        return one::again(&app, page, id, saving::Again::wrong(&form, errors)).await;
    }
    let by = page.visitor.person.clone().ok_or(Error::SignIn)?;
    let school = app.clone();
    app.db.write(move |tx| keep(tx, &school, &by, &known, &wanted)).await?;
    Ok(Redirect::to(&format!("/admin/people/{id}?done={}", Notes::DUTIES)).into_response())
}

/// Replaces what a person is there for, and keeps by whom that was done.
pub(in crate::admin) fn keep(
    tx: &mut Tx,
    app: &App,
    by: &PersonId,
    known: &Person,
    wanted: &[Duty],
) -> Result<(), DbError> {
    let words = |duties: &[Duty]| duties.iter().map(duty_word).collect::<Vec<_>>().join(" ");
    let (before, after) = (words(&known.duties), words(wanted));
    if identity::set_duties(tx, &known.id, wanted)? {
        let change =
            AccountChange { person: known.id.clone(), by: by.clone(), what: "duties", before, after };
        identity::note_change(tx, &app.keys, &change, app.now())?;
    }
    Ok(())
}

/// The duty that the last row of the form adds.
fn added(policy: &Policy, form: &Form) -> Result<Duty, (&'static str, &'static str)> {
    let role = Role::from_word(&form.text("role")).ok_or(("role", "请从列表里选一个角色"))?;
    let (mut unit, mut post) = (None, None);
    match role {
        Role::Officer | Role::UnitHead => {
            let id = UnitId(form.text("unit"));
            let known = policy.unit(&id).ok_or(("unit", "承办员和单位负责人要选是哪个单位的"))?;
            if known.closed {
                return Err(("unit", "这个单位已停用，请选接手的单位"));
            }
            unit = Some(id);
        }
        Role::Leader => {
            let id = form.text("post");
            policy.leader(&id).ok_or(("post", "校领导要选是哪个岗位"))?;
            post = Some(id);
        }
        Role::Volunteer => {
            let id = form.text("squad");
            policy.squad(&id.as_str().into()).ok_or(("squad", "服务队队员要选是哪个队"))?;
            post = Some(id);
        }
        Role::Clerk => unit = Some(policy.school.coordinator.clone()),
        Role::Supervisor | Role::Publisher | Role::Auditor | Role::Admin => {}
    }
    Ok(Duty { role, unit, post })
}

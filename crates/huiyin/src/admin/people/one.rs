//! One person: who they are, their duties, whether the account is open, the link by which they set a password.

use super::duties::{duty_in_words, duty_word};
use crate::admin::saving::{self, Again};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::access::Role;
use huiyin_domain::ids::PersonId;
use huiyin_foundation::db::DbError;
use huiyin_foundation::error::Error;
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Filled, Form, Page, Side, html};
use huiyin_people::identity::{self, AccountChange, Person, SETUP_LINK_HOURS};
use serde::Deserialize;

/// What was done a moment ago.
#[derive(Deserialize)]
pub(super) struct Notes {
    #[serde(default)]
    done: String,
}

impl Notes {
    /// The duties were saved.
    pub const DUTIES: &str = "duties";
    /// A new account.
    pub const ADDED: &str = "added";

    fn sentence(&self) -> &'static str {
        match self.done.as_str() {
            Notes::DUTIES => "角色已保存，马上生效。",
            Notes::ADDED => "账号已建好。给本人一个设密码的链接，就能登录了。",
            "closed" => "账号已停用，已登录的也退出了。",
            "opened" => "账号已恢复。",
            _ => "",
        }
    }
}

#[derive(Template)]
#[template(path = "admin/people/one.html")]
struct One {
    page: Page,
    form: Filled,
    notice: String,
    saved: String,
    person: Person,
    duties: Vec<Choice>,
    roles: Vec<Choice>,
    units: Vec<Choice>,
    posts: Vec<Choice>,
    squads: Vec<Choice>,
    /// Shown this once; empty otherwise.
    link: String,
    /// Until when it works.
    link_until: String,
    is_self: bool,
}

/// The page as things stand.
pub(super) async fn page(
    State(app): State<App>,
    Path(id): Path<String>,
    Query(notes): Query<Notes>,
    page: Page,
) -> Result<Response, Error> {
    let again = Again::unchanged(Filled::new());
    render(&app, page, PersonId(id), again, notes.sentence(), String::new()).await
}

/// The page with what was typed and what is wrong.
pub(super) async fn again(app: &App, page: Page, id: PersonId, again: Again) -> Result<Response, Error> {
    render(app, page, id, again, "", String::new()).await
}

/// Closes an account, or opens it again. Nobody closes their own.
pub(super) async fn open_or_close(
    State(app): State<App>,
    Path(id): Path<String>,
    page: Page,
    form: Form,
) -> Result<Response, Error> {
    let id = PersonId(id);
    if let Err(told) = saving::judge(&form) {
        return again(&app, page, id, told).await;
    }
    let closes = form.text("account") == "closed";
    if closes && page.visitor.person.as_ref() == Some(&id) {
        return again(&app, page, id, Again::told(&form, "不能停用自己的账号，请另一位管理员来停。")).await;
    }
    let (whose, keys, now) = (id.clone(), app.keys.clone(), app.now());
    let by = page.visitor.person.clone().ok_or(Error::SignIn)?;
    let is_known = app
        .db
        .write(move |tx| {
            let Some(person) = identity::person(tx, &whose)? else { return Ok(false) };
            if closes {
                identity::disable(tx, &whose)?
            } else {
                identity::enable(tx, &whose)?
            }
            let word = |is_closed: bool| if is_closed { "closed" } else { "open" }.to_owned();
            let (before, after) = (word(person.is_disabled), word(closes));
            if before != after {
                let change = AccountChange { person: whose, by, what: "account", before, after };
                identity::note_change(tx, &keys, &change, now)?;
            }
            Ok::<_, DbError>(true)
        })
        .await?;
    if !is_known {
        return Err(Error::Hidden);
    }
    let done = if closes { "closed" } else { "opened" };
    Ok(Redirect::to(&format!("/admin/people/{id}?done={done}")).into_response())
}

/// Makes a link by which the person sets a password, and shows it this once.
pub(super) async fn offer_link(
    State(app): State<App>,
    Path(id): Path<String>,
    page: Page,
    form: Form,
) -> Result<Response, Error> {
    let id = PersonId(id);
    if let Err(told) = saving::judge(&form) {
        return again(&app, page, id, told).await;
    }
    let (whose, keys, now) = (id.clone(), app.keys.clone(), app.now());
    let path = app
        .db
        .write(move |tx| match identity::person(tx, &whose)? {
            Some(person) if !person.is_disabled => identity::offer_setup(tx, &keys, &whose, now).map(Some),
            Some(_) => Ok::<_, DbError>(None),
            None => Ok(None),
        })
        .await?;
    let Some(path) = path else {
        return again(&app, page, id, Again::told(&form, "账号已停用，请先恢复，再给链接。")).await;
    };
    tracing::info!("a link to set a password was made");
    let base = app.config.base_url.clone().unwrap_or_default();
    let link = format!("{}{path}", base.trim_end_matches('/'));
    let plain = Again::unchanged(Filled::new());
    render(&app, page, id, plain, "", link).await
}

async fn render(
    app: &App,
    page: Page,
    id: PersonId,
    again: Again,
    saved: &str,
    link: String,
) -> Result<Response, Error> {
    let is_self = page.visitor.person.as_ref() == Some(&id);
    let person = app.db.read(move |tx| identity::person(tx, &id)).await?.ok_or(Error::Hidden)?;
    let policy = &app.policy_in_force().policy;
    let duty = |duty| Choice::new(duty_word(duty), duty_in_words(policy, duty));
    let duties: Vec<Choice> = person.duties.iter().map(duty).collect();
    let mut form = again.form;
    // Shown the first time, every duty stays.
    if again.status == StatusCode::OK {
        form = duties.iter().fold(form, |form, duty| form.with("duty", duty.value.clone()));
    }
    let open = policy.units.iter().filter(|unit| !unit.closed);
    let one = One {
        page: page
            .titled(person.name.clone())
            .beside(Side::admin())
            .back_to("/admin/people")
            .with_errors(!form.errors.is_empty()),
        form,
        notice: again.notice,
        saved: saved.to_owned(),
        duties,
        roles: Role::ALL.into_iter().map(|role| Choice::new(role.word(), say::role(role))).collect(),
        units: open.map(|unit| Choice::new(unit.id.as_str(), &unit.name)).collect(),
        squads: policy.squads.iter().map(|squad| Choice::new(squad.id.as_str(), &squad.name)).collect(),
        posts: policy.leaders.iter().map(|post| Choice::new(&post.id, &post.name)).collect(),
        person,
        link,
        link_until: say::moment_long(app.now(), app.now().plus_hours(SETUP_LINK_HOURS)),
        is_self,
    };
    Ok((again.status, html(one)?).into_response())
}

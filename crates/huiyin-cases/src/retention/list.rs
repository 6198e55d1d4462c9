//! The rules in words, the lists that were made, and the button that makes one.

use super::due::{Due, due};
use super::queries::{self, List, State};
use crate::cases::log::{Bench, Standing};
use askama::Template;
use axum::extract::State as Of;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::access::{Role, units_near};
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::Removal;
use huiyin_domain::ids::{CaseNo, PersonId};
use huiyin_domain::policy::{Policy, RetentionRule, long_time, retention_whose};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::say::{self, Tag};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Door, Form, Page, Side, html};
use huiyin_people::notices::{self, InPlace, Notice, Recipient, Teller};
use huiyin_people::{identity, units};
use std::collections::BTreeSet;

/// A rule as a row of the table.
struct Rule {
    whose: String,
    /// For each step what it takes, and after how long; or that it is kept for good.
    steps: [(&'static str, String); 3],
    clause: String,
}

/// A list as a line.
struct Line {
    id: String,
    made: String,
    by: String,
    tag: Tag,
}

#[derive(Template)]
#[template(path = "retention/list.html")]
struct Lists {
    page: Page,
    rules: Vec<Rule>,
    keeps_the_rest: bool,
    notice_days: u16,
    clause: String,
    lines: Vec<Line>,
    has_open: bool,
    may_change: bool,
    notice: String,
}

/// The bar beside these pages.
pub(super) fn side(page: &Page, policy: &Policy) -> Side {
    let office = policy.unit(&policy.school.coordinator).map_or("", |unit| unit.name.as_str());
    if page.visitor.has(Role::Admin) { Side::admin() } else { Side::auditor(office) }
}

/// How far a list has come, as a tag.
pub(super) fn tag(state: State) -> Tag {
    let (word, class, icon) = match state {
        State::Listed => ("等另一人确认", "warn", "clock"),
        State::Confirmed => ("已确认，到日子删", "info", "calendar"),
        State::Done => ("已删去", "ok", "check"),
        State::CalledOff => ("已作罢", "mute", "ban"),
    };
    Tag { word, class, icon }
}

/// GET /retention
pub(super) async fn show(Of(app): Of<App>, page: Page) -> Result<Response, Error> {
    render(app, page, String::new(), StatusCode::OK).await
}

/// POST /retention
pub(super) async fn make(Of(app): Of<App>, page: Page, form: Form) -> Result<Response, Error> {
    if let Some(sentence) = form.token().sentence() {
        return render(app, page, sentence.to_owned(), StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let by = page.visitor.person.clone().ok_or(Error::SignIn)?;
    let (standing, school, in_force) = (Standing::of(&app), app.clone(), app.policy_in_force());
    let now = standing.now;
    let id = app.keys.uuid_v7(now);
    let found = app.db.read(move |tx| due(tx, &in_force.policy, now.day())).await?;
    let write = move |tx: &mut Tx| keep(tx, &standing.bench(&school.keys), id.clone(), &by, now, &found);
    match app.db.write(write).await? {
        Some(id) => Ok(Redirect::to(&format!("/retention/{id}")).into_response()),
        None => render(app, page, "今天没有保存期满的件。".to_owned(), StatusCode::OK).await,
    }
}

/// Lists what is due on the day of `at`, as `by`, for somebody else to confirm; the list that is open already, or none if nothing
/// is due.
pub fn list_due(
    tx: &mut Tx,
    bench: &Bench<'_>,
    id: String,
    by: &PersonId,
    at: Instant,
) -> Result<Option<String>, Error> {
    let found = due(tx, bench.policy, at.day())?;
    keep(tx, bench, id, by, at, &found)
}

fn keep(
    tx: &mut Tx,
    bench: &Bench<'_>,
    id: String,
    by: &PersonId,
    at: Instant,
    found: &[Due],
) -> Result<Option<String>, Error> {
    if let Some(open) = queries::open(tx)? {
        return Ok(Some(open.id));
    }
    if found.is_empty() {
        return Ok(None);
    }
    queries::make(tx, &id, by, at, found)?;
    ask_to_confirm(tx, bench, &id, by, at)?;
    Ok(Some(id))
}

/// Tells those who may confirm the list that it waits: every keeper but whoever made it, and nobody who cannot look through all
/// of it.
fn ask_to_confirm(
    tx: &mut Tx,
    bench: &Bench<'_>,
    id: &str,
    made_by: &PersonId,
    at: Instant,
) -> Result<(), Error> {
    let (keys, outlets, coordinator) = (bench.keys, bench.outlets, &bench.policy.school.coordinator);
    let in_place = InPlace::Clerks;
    let teller = Teller { keys, outlets, coordinator, in_place, at, not_before: at };
    let mut keepers = BTreeSet::new();
    for role in Door::Keeper.roles() {
        keepers.extend(units::all_with(tx, *role)?.into_iter().map(|holder| holder.person));
    }
    keepers.remove(made_by);
    for person in keepers {
        let near = units_near(&identity::duties_of(tx, &person)?, bench.policy);
        if !queries::has_hidden(tx, id, &near)? {
            // It is about a list and about no case.
            let (whom, none) = (Recipient::Person(person), CaseNo::from(""));
            notices::tell(tx, &teller, &whom, &none, &Notice::RemovalToConfirm)?;
        }
    }
    Ok(())
}

async fn render(app: App, page: Page, notice: String, status: StatusCode) -> Result<Response, Error> {
    let (lists, names) = app
        .db
        .read(|tx| {
            let lists = queries::lists(tx)?;
            let people: Vec<_> = lists.iter().map(|list| list.made_by.clone()).collect();
            let names = identity::names_of(tx, &people)?;
            Ok::<_, Error>((lists, names))
        })
        .await?;
    let in_force = app.policy_in_force();
    let (policy, now) = (&in_force.policy, app.now());
    let line = |list: &List| Line {
        id: list.id.clone(),
        made: say::moment_long(now, list.made_at),
        by: names.get(&list.made_by).cloned().unwrap_or_else(|| "已不在名册的人".to_owned()),
        tag: tag(list.state),
    };
    let rules = &policy.retention.rules;
    let lists = Lists {
        rules: rules.iter().map(|rule| shown(policy, rule)).collect(),
        keeps_the_rest: !rules.iter().any(|rule| rule.kinds.is_empty() && rule.categories.is_empty()),
        notice_days: policy.retention.notice_days,
        clause: policy.retention.clause.clone(),
        has_open: lists.iter().any(|list| matches!(list.state, State::Listed | State::Confirmed)),
        lines: lists.iter().map(line).collect(),
        may_change: page.visitor.has(Role::Admin),
        notice,
        page: {
            let side = side(&page, policy);
            page.titled("保存期限").beside(side)
        },
    };
    Ok((status, html(lists)?).into_response())
}

fn shown(policy: &Policy, rule: &RetentionRule) -> Rule {
    let whose = retention_whose(policy, rule);
    let kept = |step| (say::removal(step), rule.days(step).map_or_else(|| "长期".to_owned(), long_time));
    Rule {
        whose: if whose.is_empty() { "其余的".to_owned() } else { whose },
        steps: Removal::ALL.map(kept),
        clause: rule.clause.clone(),
    }
}

//! One task: what, by when, how far, what came before and after, and every step.

use super::super::effect::{Counted, Effect};
use super::super::list::subject;
use super::super::scope::Scope;
use super::super::side::beside;
use super::super::steps::{Told, told};
use super::super::topics;
use super::rows::{self, State as TaskState};
use super::sees;
use crate::stored::unit_name;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use huiyin_domain::access::Role;
use huiyin_foundation::error::Error;
use huiyin_foundation::say::{self, Tag};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, html};

#[derive(Template)]
#[template(path = "insight/tasks/one.html")]
struct One {
    page: Page,
    id: String,
    what: String,
    tag: Tag,
    unit: String,
    lead: String,
    due: String,
    plan: String,
    /// What it is about, and where that stands.
    about: String,
    about_href: String,
    before: String,
    after: String,
    steps: Vec<Told>,
    may_report: bool,
    may_judge: bool,
    may_call_off: bool,
    notice: String,
}

/// GET /staff/tasks/{id}
pub(super) async fn show(
    State(app): State<App>,
    page: Page,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    render(app, page, id, String::new(), StatusCode::OK).await
}

/// The page of a task, with what stood in the way of an act.
pub(super) async fn render(
    app: App,
    page: Page,
    id: String,
    notice: String,
    status: StatusCode,
) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let now = app.now();
    let scope = Scope::of(&page.visitor, &in_force.policy);
    let (reads, settings) = (scope.clone(), in_force.clone());
    let (task, steps, effect, topic) = app
        .db
        .read(move |tx| {
            let policy = &settings.policy;
            let task = rows::find(tx, &id)?.filter(|task| sees(&reads, task)).ok_or(Error::Hidden)?;
            let steps = rows::steps(tx, &task.id)?;
            let steps = told(tx, steps, now)?;
            let into = topics::merged(tx)?;
            let topic_id = into.get(&task.topic).unwrap_or(&task.topic).clone();
            let counted = Counted { topic: &topic_id, category: &task.category, place: &task.place };
            let effect = Effect::of(tx, policy, &reads, counted, (task.opened_at, task.done_at), now)?;
            let topic = topics::one(tx, policy, &reads, &topic_id, now)?;
            Ok::<_, Error>((task, steps, effect, topic))
        })
        .await?;
    let policy = &in_force.policy;
    let is_theirs = page.visitor.has_at(Role::Officer, task.unit.as_str())
        || page.visitor.has_at(Role::UnitHead, task.unit.as_str());
    let is_clerk = page.visitor.has(Role::Clerk);
    let reads_topics = scope == Scope::School || page.visitor.has(Role::Leader);
    let (about, about_href) = match &topic {
        Some(topic) if reads_topics => (topic.name.clone(), format!("/staff/topics/{}", topic.id)),
        Some(topic) => (topic.name.clone(), String::new()),
        None if task.category.is_empty() => (String::new(), String::new()),
        None => (subject(policy, &task.category, &task.place), String::new()),
    };
    let one = One {
        tag: task.state.tag(task.due < now),
        unit: unit_name(policy, &task.unit),
        due: say::moment_long(now, task.due),
        about,
        about_href,
        before: effect.before_said(),
        after: effect.after_said(),
        steps,
        may_report: is_theirs && task.state == TaskState::Open,
        may_judge: is_clerk && task.state == TaskState::Done,
        may_call_off: is_clerk && matches!(task.state, TaskState::Open | TaskState::Done),
        notice,
        page: beside(page.titled("未诉先办单"), policy).back_to("/staff/tasks"),
        id: task.id,
        what: task.what,
        lead: task.lead,
        plan: task.plan,
    };
    Ok((status, html(one)?).into_response())
}

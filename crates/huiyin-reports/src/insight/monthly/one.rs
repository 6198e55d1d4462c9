//! One monthly topic for those whom it concerns: plan, tasks, progress, before and after.

use super::super::effect::{Counted, Effect};
use super::super::scope::Scope;
use super::super::side::beside;
use super::super::steps::{Told, told};
use super::super::tasks::{self, Line, line};
use super::super::topics;
use super::{month_said, rows, sees};
use crate::stored::unit_name;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use huiyin_domain::access::Role;
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, html};

#[derive(Template)]
#[template(path = "insight/monthly/one.html")]
struct One {
    page: Page,
    id: String,
    title: String,
    month: String,
    unit: String,
    plan: String,
    topic: String,
    topic_name: String,
    before: String,
    after: String,
    tasks: Vec<Line>,
    done: usize,
    steps: Vec<Told>,
    is_closed: bool,
    is_public: bool,
    public_words: String,
    may_act: bool,
    may_report: bool,
    notice: String,
}

/// GET /staff/monthly/{id}
pub(super) async fn show(
    State(app): State<App>,
    page: Page,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    render(app, page, id, String::new(), StatusCode::OK).await
}

/// The page, with what stood in the way of an act.
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
    let (monthly, steps, effect, topic, asked) = app
        .db
        .read(move |tx| {
            let policy = &settings.policy;
            let monthly = rows::find(tx, &id)?.filter(|one| sees(&reads, one)).ok_or(Error::Hidden)?;
            let steps = tasks::rows::steps(tx, &monthly.id)?;
            let steps = told(tx, steps, now)?;
            let into = topics::merged(tx)?;
            let topic_id = into.get(&monthly.topic).unwrap_or(&monthly.topic).clone();
            let counted = Counted { topic: &topic_id, category: &monthly.category, place: &monthly.place };
            let effect =
                Effect::of(tx, policy, &reads, counted, (monthly.opened_at, monthly.closed_at), now)?;
            let topic = topics::one(tx, policy, &reads, &topic_id, now)?;
            let asked = tasks::rows::about(tx, "", &monthly.id)?;
            Ok::<_, Error>((monthly, steps, effect, topic, asked))
        })
        .await?;
    let policy = &in_force.policy;
    let seen = asked.iter().filter(|task| tasks::sees(&scope, task));
    let lines: Vec<Line> = seen.map(|task| line(task, policy, now)).collect();
    let unit = monthly.unit.as_str();
    let is_theirs = page.visitor.has_at(Role::Officer, unit) || page.visitor.has_at(Role::UnitHead, unit);
    let reads_topics = scope == Scope::School || page.visitor.has(Role::Leader);
    let one = One {
        month: month_said(&monthly.month),
        unit: unit_name(policy, &monthly.unit),
        topic: topic.as_ref().filter(|_| reads_topics).map_or_else(String::new, |topic| topic.id.clone()),
        topic_name: topic.map_or_else(String::new, |topic| topic.name),
        before: effect.before_said(),
        after: effect.after_said(),
        done: lines.iter().filter(|line| line.is_over).count(),
        tasks: lines,
        steps,
        is_closed: monthly.closed_at.is_some(),
        is_public: monthly.public_at.is_some(),
        public_words: monthly.public_words,
        may_act: page.visitor.has(Role::Clerk),
        may_report: is_theirs && monthly.closed_at.is_none(),
        notice,
        page: beside(page.titled("每月一题"), policy).back_to("/staff/monthly"),
        id: monthly.id,
        title: monthly.title,
        plan: monthly.plan,
    };
    Ok((status, html(one)?).into_response())
}

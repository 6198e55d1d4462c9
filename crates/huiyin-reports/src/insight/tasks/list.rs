//! The tasks somebody sees: what is under way first, by when it is due.

use super::super::scope::Scope;
use super::super::side::beside;
use super::rows::{self, State as TaskState, Task};
use crate::stored::unit_name;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use huiyin_domain::access::Role;
use huiyin_domain::calendar::Instant;
use huiyin_domain::policy::Policy;
use huiyin_foundation::error::Error;
use huiyin_foundation::say::{self, Tag};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, html};

/// A task as a line.
pub(in crate::insight) struct Line {
    pub id: String,
    pub what: String,
    pub unit: String,
    pub lead: String,
    pub due: String,
    pub tag: Tag,
    pub is_over: bool,
}

/// A task as a line.
pub(in crate::insight) fn line(task: &Task, policy: &Policy, now: Instant) -> Line {
    Line {
        id: task.id.clone(),
        what: task.what.clone(),
        unit: unit_name(policy, &task.unit),
        lead: task.lead.clone(),
        due: say::moment_long(now, task.due),
        tag: task.state.tag(task.due < now),
        is_over: matches!(task.state, TaskState::Confirmed | TaskState::CalledOff),
    }
}

#[derive(Template)]
#[template(path = "insight/tasks/list.html")]
struct List {
    page: Page,
    open: Vec<Line>,
    over: Vec<Line>,
    may_open: bool,
}

/// GET /staff/tasks
pub(super) async fn show(State(app): State<App>, page: Page) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let scope = Scope::of(&page.visitor, &in_force.policy);
    let tasks = app
        .db
        .read(move |tx| match &scope {
            Scope::School => rows::of_units(tx, None),
            Scope::Of { units, .. } => rows::of_units(tx, Some(units)),
        })
        .await?;
    let lines = tasks.iter().map(|task| line(task, &in_force.policy, app.now()));
    let (over, open): (Vec<Line>, Vec<Line>) = lines.partition(|line| line.is_over);
    html(List {
        open,
        over,
        may_open: page.visitor.has(Role::Clerk),
        page: beside(page.titled("未诉先办"), &in_force.policy),
    })
}

//! What is done on a task: the unit reports, the office judges; each only at its time, by whom it concerns, and kept.

use super::super::scope::Scope;
use super::super::warnings::tell;
use super::one::render;
use super::rows::{self, State as TaskState, Task};
use super::sees;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::access::Role;
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Form, Page};
use huiyin_people::notices::{Notice, Recipient};

const WORDS_CHARS: usize = 500;

/// An act with what it takes and what follows.
#[derive(Clone, Copy)]
struct Act {
    step: &'static str,
    /// The state it is done in, and the one it leads to.
    from: &'static [TaskState],
    to: Option<TaskState>,
    by_unit: bool,
    /// What is asked for where nothing was written; empty where nothing need be.
    wants: &'static str,
    /// What is said where it is not its time.
    refusal: &'static str,
}

const PROGRESS: Act = Act {
    step: "progress",
    from: &[TaskState::Open],
    to: None,
    by_unit: true,
    wants: "请写明做到哪一步了",
    refusal: "这项任务已经报告办完或结束，不能再报进展。",
};

const DONE: Act = Act {
    step: "done",
    from: &[TaskState::Open],
    to: Some(TaskState::Done),
    by_unit: true,
    wants: "请写明做了什么、结果怎样",
    refusal: "这项任务已经报告办完或结束。",
};

const CONFIRM: Act = Act {
    step: "confirmed",
    from: &[TaskState::Done],
    to: Some(TaskState::Confirmed),
    by_unit: false,
    wants: "",
    refusal: "单位报告办完以后才能确认。",
};

const GIVE_BACK: Act = Act {
    step: "returned",
    from: &[TaskState::Done],
    to: Some(TaskState::Open),
    by_unit: false,
    wants: "请写明还差什么",
    refusal: "单位报告办完以后才能退回。",
};

const CALL_OFF: Act = Act {
    step: "called_off",
    from: &[TaskState::Open, TaskState::Done],
    to: Some(TaskState::CalledOff),
    by_unit: false,
    wants: "请写明为什么作罢",
    refusal: "这项任务已经结束。",
};

/// POST /staff/tasks/{id}/progress
pub(super) async fn progress(
    state: State<App>,
    page: Page,
    id: Path<String>,
    form: Form,
) -> Result<Response, Error> {
    carry_out(state, page, id, form, PROGRESS).await
}

/// POST /staff/tasks/{id}/done
pub(super) async fn done(
    state: State<App>,
    page: Page,
    id: Path<String>,
    form: Form,
) -> Result<Response, Error> {
    carry_out(state, page, id, form, DONE).await
}

/// POST /staff/tasks/{id}/confirm
pub(super) async fn confirm(
    state: State<App>,
    page: Page,
    id: Path<String>,
    form: Form,
) -> Result<Response, Error> {
    carry_out(state, page, id, form, CONFIRM).await
}

/// POST /staff/tasks/{id}/return
pub(super) async fn give_back(
    state: State<App>,
    page: Page,
    id: Path<String>,
    form: Form,
) -> Result<Response, Error> {
    carry_out(state, page, id, form, GIVE_BACK).await
}

/// POST /staff/tasks/{id}/call-off
pub(super) async fn call_off(
    state: State<App>,
    page: Page,
    id: Path<String>,
    form: Form,
) -> Result<Response, Error> {
    carry_out(state, page, id, form, CALL_OFF).await
}

async fn carry_out(
    State(app): State<App>,
    page: Page,
    Path(id): Path<String>,
    form: Form,
    act: Act,
) -> Result<Response, Error> {
    let mut errors = form.errors();
    form.expect_at_most(&mut errors, "words", "说明", WORDS_CHARS);
    let words = form.words("words");
    if words.is_empty() && !act.wants.is_empty() {
        errors.add("words", act.wants);
    }
    let wrong = errors.iter().next().map(|(_, sentence)| sentence.to_owned());
    if let Some(sentence) = form.token().sentence().map(str::to_owned).or(wrong) {
        return render(app, page, id, sentence, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let by = page.visitor.person.clone().ok_or(Error::SignIn)?;
    let (school, visitor, task_id) = (app.clone(), page.visitor.clone(), id.clone());
    let written = app
        .db
        .write(move |tx| {
            let in_force = school.policy_in_force();
            let (policy, now) = (&in_force.policy, school.now());
            let scope = Scope::of(&visitor, policy);
            let is_theirs = |task: &Task| {
                let unit = task.unit.as_str();
                visitor.has_at(Role::Officer, unit) || visitor.has_at(Role::UnitHead, unit)
            };
            let task = rows::find(tx, &task_id)?.filter(|task| sees(&scope, task)).ok_or(Error::Hidden)?;
            if act.by_unit && !is_theirs(&task) {
                return Err(Error::Hidden);
            }
            let refused = || Error::refused(act.refusal, policy.warnings.clause.clone());
            if !act.from.contains(&task.state) {
                return Err(refused());
            }
            if let Some(to) = act.to
                && !rows::turn(tx, &task, to, now)?
            {
                return Err(refused());
            }
            rows::note(tx, &task.id, now, &by, act.step, &words)?;
            let (whom, notice) = if act.by_unit {
                (Recipient::Clerks, Notice::ForewarningReported)
            } else {
                (Recipient::Unit(task.unit.clone()), Notice::ForewarningTask { until: String::new() })
            };
            tell(tx, &school, &policy.school.coordinator, &whom, &notice)
        })
        .await;
    match written {
        Ok(()) => Ok(Redirect::to(&format!("/staff/tasks/{id}")).into_response()),
        Err(Error::Refused { sentence, .. }) => render(app, page, id, sentence, StatusCode::CONFLICT).await,
        Err(other) => Err(other),
    }
}

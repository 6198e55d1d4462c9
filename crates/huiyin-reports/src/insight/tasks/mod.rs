//! 未诉先办 (7.2): the office asks a unit to act before more complain; the unit reports and says that it is done; the office
//! confirms or returns it. Every step is kept with who and when.
//!
//! A task is seen by the office, supervision, the leader in charge and the unit that has it; for everybody else it does not
//! exist. What this room deliberately does not do: count a task as a case, or set one by itself.

mod acts;
mod list;
mod new;
mod one;
pub(in crate::insight) mod rows;
#[cfg(test)]
mod tests;

pub(in crate::insight) use list::{Line, line};

use super::scope::Scope;
use huiyin_foundation::web::{Door, Routes};
use rows::Task;

/// The routes of tasks.
pub(super) fn routes() -> Routes {
    Routes::new("insight")
        .get("/staff/tasks", Door::Staff, list::show)
        .get("/staff/tasks/new", Door::Clerk, new::show)
        .post("/staff/tasks", Door::Clerk, new::make)
        .get("/staff/tasks/{id}", Door::Staff, one::show)
        .post("/staff/tasks/{id}/progress", Door::Officer, acts::progress)
        .post("/staff/tasks/{id}/done", Door::Officer, acts::done)
        .post("/staff/tasks/{id}/confirm", Door::Clerk, acts::confirm)
        .post("/staff/tasks/{id}/return", Door::Clerk, acts::give_back)
        .post("/staff/tasks/{id}/call-off", Door::Clerk, acts::call_off)
}

/// Whether somebody who looks over this sees the task.
pub(super) fn sees(scope: &Scope, task: &Task) -> bool {
    match scope {
        Scope::School => true,
        Scope::Of { units, .. } => units.contains(&task.unit),
    }
}

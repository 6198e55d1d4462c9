//! Noticing early (热点预警, 7.1, 7.2): what many speak of is grouped as it comes in; a crowd, or more than usual, raises a
//! warning with its numbers; from a warning the office asks a unit to act before more complain.
//!
//! Everything that is shown is read from the cases as they stand now and as far as the reader may see them; of fewer than
//! three people nothing is shown. What this room deliberately does not do: close, answer or change a case, or name anybody.

mod bursts;
mod chance;
mod crowd;
mod decisions;
mod effect;
mod entering;
mod follow;
mod forecast;
mod history;
mod hot;
mod list;
mod monthly;
mod naming;
mod scope;
mod side;
mod state;
mod steps;
mod tasks;
#[cfg(test)]
mod tests;
mod topic;
mod topics;
mod warnings;
mod window;

pub(crate) use hot::{HotLine, as_seen_by, hot_lines};

pub use bursts::look_for_rises;
pub use follow::{follow, forget, look_behind};

use huiyin_foundation::web::{Door, Routes};

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new("insight")
        .get("/staff/warnings", Door::Supervisor, list::show)
        .get("/staff/forecast", Door::Supervisor, forecast::show)
        .get("/staff/topics/{id}", Door::Overseer, topic::show)
        .post("/staff/topics/{id}/rename", Door::Clerk, topic::rename)
        .post("/staff/topics/{id}/merge", Door::Clerk, topic::merge)
        .post("/staff/topics/{id}/split", Door::Clerk, topic::split)
        .post("/staff/topics/{id}/close", Door::Clerk, topic::close)
        .merge(tasks::routes())
        .merge(monthly::routes())
}

//! The lists of those who have a say over cases without handling them: what waits to be shown to everybody, for whoever
//! checks that (7.4), and any case by its number or title, for auditors (9.4) and for those who dispatch, supervise and lead.
//!
//! Reading and publishing happen on the page of the case; these rooms only lead there. Every search of an auditor and every
//! case they open is kept. What they deliberately do not do: publish many at once, or show who a requester is.

mod asked;
mod audit;
mod finding;
mod line;
mod publishing;
#[cfg(test)]
mod tests;

pub(crate) use line::Line;

use huiyin_foundation::web::{Door, Routes};

/// The routes of these rooms.
pub fn routes() -> Routes {
    Routes::new("overseeing")
        .get("/publishing", Door::Publisher, publishing::show)
        .get("/audit", Door::Auditor, audit::show)
        .get("/staff/search", Door::Overseer, finding::show)
}

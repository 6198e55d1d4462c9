//! What the school promises and how it keeps it (P17): by when, who sees what, how every rate is reckoned, and for whom
//! the pages work.
//!
//! The limits are read from the settings in force with the clause each of them quotes. What is said about privacy is what
//! the program does, and where its power ends is said too.

mod limits;
#[cfg(test)]
mod tests;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use huiyin_domain::calendar::TimeOfDay;
use huiyin_domain::policy::Phone;
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Door, Page, Routes, html};
use limits::{Promised, rungs, table};

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new("promise").get("/promise", Door::Anyone, show)
}

#[derive(Template)]
#[template(path = "promise/promise.html")]
struct PromisePage {
    page: Page,
    promise: String,
    practice: String,
    opens: TimeOfDay,
    closes: TimeOfDay,
    limits: Vec<Promised>,
    rungs: Vec<String>,
    supervision_clause: String,
    rating_days: u16,
    reopen_days: u16,
    rating_clause: String,
    never_public: String,
    sample_min: u16,
    phones: Vec<Phone>,
}

async fn show(State(app): State<App>, page: Page) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let policy = &in_force.policy;
    let kinds = policy.kinds.iter().filter(|kind| kind.restricted).map(|kind| kind.name.as_str());
    let categories = policy
        .categories
        .iter()
        .filter(|category| category.restricted)
        .map(|category| category.name.as_str());
    html(PromisePage {
        page: page.titled("服务承诺").at("promise").back_to("/"),
        promise: policy.school.promise.clone(),
        practice: policy.school.practice.clone(),
        opens: policy.office.opens,
        closes: policy.office.closes,
        limits: table(policy),
        rungs: rungs(policy),
        supervision_clause: policy.supervision.clause.clone(),
        rating_days: policy.rating.days,
        reopen_days: policy.rating.reopen_days,
        rating_clause: policy.rating.clause.clone(),
        never_public: kinds.chain(categories).collect::<Vec<_>>().join("、"),
        sample_min: policy.board.sample_min,
        phones: policy.phones(),
    })
}

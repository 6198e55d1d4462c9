//! Whether the school is ready to be used, and how it stands (A15, 10.1): what is missing with the way to mend it, then
//! plain facts. Shows counts only, never a case.

mod facts;
mod lacks;

use super::saving::Just;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use facts::Facts;
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, Side, html};
use lacks::Lack;

#[derive(Template)]
#[template(path = "admin/status/page.html")]
struct Status {
    page: Page,
    saved: String,
    lacks: Vec<Lack>,
    facts: Facts,
}

/// The page.
pub(super) async fn page(
    State(app): State<App>,
    Query(just): Query<Just>,
    page: Page,
) -> Result<Response, Error> {
    let (in_force, calendar, now) = (app.policy_in_force(), app.calendar.load_full(), app.now());
    let keeps_demo_name = app.is_demo;
    let load = move |tx: &mut huiyin_foundation::db::Tx| {
        let lacks = lacks::find(tx, &in_force.policy, &calendar, now.day(), keeps_demo_name)?;
        Ok::<_, Error>((lacks, facts::read(tx, in_force.version, now)?))
    };
    let (lacks, facts) = app.db.read(load).await?;
    html(Status {
        page: page.titled("系统状态").beside(Side::admin()), saved: just.sentence(), lacks, facts
    })
}

//! 每月一题 (7.2): of what many speak the office makes the topic of a month: a unit leads, a plan, tasks, what came before and
//! after; and where the office publishes it, a page that everybody can read.
//!
//! Who looks over the school sees all; a leader and a unit those that they lead. What is public is what the office wrote for
//! it, the unit, the plan and counts of days that are over, and no case.

mod acts;
mod new;
mod one;
mod public;
mod rows;
#[cfg(test)]
mod tests;

pub(in crate::insight) use rows::open_one;

use super::scope::Scope;
use super::side::beside;
use crate::stored::unit_name;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use huiyin_domain::access::Role;
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Door, Page, Routes, html};
use rows::Monthly;

/// The routes of monthly topics.
pub(super) fn routes() -> Routes {
    Routes::new("insight")
        .get("/staff/monthly", Door::Staff, show)
        .get("/staff/monthly/new", Door::Clerk, new::show)
        .post("/staff/monthly", Door::Clerk, new::make)
        .get("/staff/monthly/{id}", Door::Staff, one::show)
        .post("/staff/monthly/{id}/progress", Door::Officer, acts::progress)
        .post("/staff/monthly/{id}/publish", Door::Clerk, acts::publish)
        .post("/staff/monthly/{id}/unpublish", Door::Clerk, acts::unpublish)
        .post("/staff/monthly/{id}/close", Door::Clerk, acts::close)
        .get("/monthly", Door::Anyone, public::list)
        .get("/monthly/{id}", Door::Anyone, public::one)
}

/// Whether somebody who looks over this sees the monthly topic.
fn sees(scope: &Scope, monthly: &Monthly) -> bool {
    match scope {
        Scope::School => true,
        Scope::Of { units, .. } => units.contains(&monthly.unit),
    }
}

/// 「2026 年 11 月」
fn month_said(month: &str) -> String {
    match month.split_once('-') {
        Some((year, month)) => format!("{year} 年 {} 月", month.trim_start_matches('0')),
        None => month.to_owned(),
    }
}

struct Line {
    id: String,
    month: String,
    title: String,
    unit: String,
    is_closed: bool,
    is_public: bool,
}

#[derive(Template)]
#[template(path = "insight/monthly/list.html")]
struct List {
    page: Page,
    lines: Vec<Line>,
    may_open: bool,
}

/// GET /staff/monthly
async fn show(State(app): State<App>, page: Page) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let scope = Scope::of(&page.visitor, &in_force.policy);
    let all = app.db.read(rows::all).await?;
    let seen = all.into_iter().filter(|monthly| sees(&scope, monthly));
    let lines = seen.map(|monthly| Line {
        month: month_said(&monthly.month),
        unit: unit_name(&in_force.policy, &monthly.unit),
        is_closed: monthly.closed_at.is_some(),
        is_public: monthly.public_at.is_some(),
        title: monthly.title,
        id: monthly.id,
    });
    html(List {
        lines: lines.collect(),
        may_open: page.visitor.has(Role::Clerk),
        page: beside(page.titled("每月一题"), &in_force.policy),
    })
}

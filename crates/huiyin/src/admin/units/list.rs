//! All units as a tree, each with the people who open its cases.

use crate::admin::saving::Just;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use huiyin_domain::access::Role;
use huiyin_domain::ids::UnitId;
use huiyin_domain::policy::{Policy, Unit};
use huiyin_foundation::db::DbError;
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, Side, html};
use huiyin_people::units::{self, Holder};

/// Deeper trees are drawn no further to the right.
const DEPTH_MAX: usize = 2;

struct Line {
    unit: Unit,
    depth: usize,
    leader: String,
    officers: String,
}

#[derive(Template)]
#[template(path = "admin/units/list.html")]
struct List {
    page: Page,
    saved: String,
    lines: Vec<Line>,
}

/// The tree.
pub(super) async fn page(
    State(app): State<App>,
    Query(just): Query<Just>,
    page: Page,
) -> Result<Response, Error> {
    let holders = app
        .db
        .read(|tx| {
            let mut holders = units::all_with(tx, Role::Officer)?;
            holders.extend(units::all_with(tx, Role::UnitHead)?);
            Ok::<_, DbError>(holders)
        })
        .await?;
    let policy = &app.policy_in_force().policy;
    let mut lines = Vec::new();
    branch(policy, &holders, None, 0, &mut lines);
    html(List { page: page.titled("单位").beside(Side::admin()), saved: just.sentence(), lines })
}

/// The units under one, each followed by those under it. The policy was checked: no unit stands above itself.
fn branch(policy: &Policy, holders: &[Holder], above: Option<&UnitId>, depth: usize, lines: &mut Vec<Line>) {
    for unit in policy.units.iter().filter(|unit| unit.parent.as_ref() == above) {
        let here: Vec<&str> = holders
            .iter()
            .filter(|holder| holder.unit == unit.id.as_str())
            .map(|holder| holder.name.as_str())
            .collect();
        lines.push(Line {
            unit: unit.clone(),
            depth: depth.min(DEPTH_MAX),
            leader: policy.leader_of(&unit.id).map(|leader| leader.name.clone()).unwrap_or_default(),
            officers: here.join("、"),
        });
        branch(policy, holders, Some(&unit.id), depth + 1, lines);
    }
}

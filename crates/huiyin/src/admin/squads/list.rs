//! All squads, each with its unit, its work and how many are in it.

use crate::admin::choices;
use crate::admin::saving::Just;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use huiyin_domain::access::Role;
use huiyin_domain::policy::{Policy, Squad};
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, Side, html};
use huiyin_people::units::{self, Holder};

struct Line {
    squad: Squad,
    unit: String,
    work: String,
    members: usize,
}

#[derive(Template)]
#[template(path = "admin/squads/list.html")]
struct List {
    page: Page,
    saved: String,
    lines: Vec<Line>,
}

/// The list.
pub(super) async fn page(
    State(app): State<App>,
    Query(just): Query<Just>,
    page: Page,
) -> Result<Response, Error> {
    let volunteers = app.db.read(|tx| units::all_with(tx, Role::Volunteer)).await?;
    let policy = &app.policy_in_force().policy;
    let lines = policy.squads.iter().map(|squad| line(policy, squad, &volunteers)).collect();
    html(List { page: page.titled("服务队").beside(Side::admin()), saved: just.sentence(), lines })
}

/// 「报修，只接水电维修、门窗家具」
pub(super) fn work(policy: &Policy, squad: &Squad) -> String {
    let kinds = match squad.kinds.as_slice() {
        [] => "各类诉求里简单的活".to_owned(),
        kinds => choices::kind_names(policy, kinds),
    };
    match squad.categories.as_slice() {
        [] => kinds,
        categories => format!("{kinds}，只接{}", choices::category_names(policy, categories)),
    }
}

fn line(policy: &Policy, squad: &Squad, volunteers: &[Holder]) -> Line {
    Line {
        unit: choices::unit_names(policy, std::slice::from_ref(&squad.unit)),
        work: work(policy, squad),
        members: volunteers.iter().filter(|holder| holder.post == squad.id.as_str()).count(),
        squad: squad.clone(),
    }
}

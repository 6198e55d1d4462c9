//! All limits, terms, calendars and changes on one page.

use super::early;
use crate::admin::saving::Just;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use huiyin_domain::calendar::Term;
use huiyin_domain::ids::PersonId;
use huiyin_domain::policy::{Limit, Policy, Statutory};
use huiyin_foundation::error::Error;
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, Side, html};
use huiyin_people::{identity, settings};

/// So many changes are shown.
const CHANGES_SHOWN: usize = 50;

struct Line {
    id: String,
    clock: &'static str,
    span: String,
    fits: String,
    clause: String,
}

/// A road of the law as the page tells it.
struct Statute {
    name: String,
    whose: String,
    span: String,
    rights: String,
    clause: String,
}

struct Year {
    year: i16,
    source: String,
}

struct Change {
    version: u32,
    at: String,
    by: String,
    note: String,
}

#[derive(Template)]
#[template(path = "admin/limits/list.html")]
struct List {
    page: Page,
    saved: String,
    hours: String,
    early: String,
    turns: String,
    lines: Vec<Line>,
    statutes: Vec<Statute>,
    terms: Vec<Term>,
    years: Vec<Year>,
    missing: Option<i16>,
    changes: Vec<Change>,
}

/// The page.
pub(super) async fn page(
    State(app): State<App>,
    Query(just): Query<Just>,
    page: Page,
) -> Result<Response, Error> {
    let (in_force, calendar, now) = (app.policy_in_force(), app.calendar.load_full(), app.now());
    let changes = app.db.read(move |tx| {
        let mut lines = settings::history(tx)?;
        lines.truncate(CHANGES_SHOWN);
        let people: Vec<PersonId> = lines.iter().filter_map(|line| line.made_by.clone()).collect();
        let names = identity::names_of(tx, &people)?;
        let change = |line: settings::VersionLine| Change {
            version: line.version,
            at: say::moment(now, line.made_at),
            by: match line.made_by {
                Some(id) => names.get(&id).cloned().unwrap_or_else(|| "已不在名册的管理员".to_owned()),
                None => "安装时".to_owned(),
            },
            note: line.note,
        };
        Ok::<_, Error>(lines.into_iter().map(change).collect::<Vec<_>>())
    });
    let policy = &in_force.policy;
    let mut years: Vec<Year> =
        calendar.years().map(|(year, source)| Year { year, source: source.to_owned() }).collect();
    years.reverse();
    let list = List {
        saved: just.sentence(),
        hours: format!("{}—{}", policy.office.opens, policy.office.closes),
        early: early::in_words(&policy.warnings),
        turns: format!(
            "每件最多延 {} 次，每次最多 {} 个工作日；请反映人补充每轮最多停 {} 次，每次最多等 {} 天；挂账的 {} 天以内复核。",
            policy.extension.times,
            policy.extension.working_days_max,
            policy.asking.times,
            policy.asking.days,
            policy.shelving.review_days_max
        ),
        lines: policy.limits.iter().map(|limit| line(policy, limit)).collect(),
        statutes: policy.statutory.iter().map(|procedure| statute(policy, procedure)).collect(),
        terms: policy.terms.clone(),
        years,
        missing: calendar.missing_year(now.day()),
        changes: changes.await?,
        page: page.titled("时限与日历").beside(Side::admin()),
    };
    html(list)
}

fn statute(policy: &Policy, procedure: &Statutory) -> Statute {
    let kinds = procedure.kinds.iter().filter_map(|id| policy.kind(id)).map(|kind| kind.name.as_str());
    let categories = procedure.categories.iter().filter_map(|id| policy.category(id));
    let whose: Vec<&str> = kinds.chain(categories.map(|category| category.name.as_str())).collect();
    let body = policy.unit(&procedure.unit).map_or("", |unit| unit.name.as_str());
    let more = procedure.extension_days.map_or_else(String::new, |days| {
        format!("，可延一次 {days} 天，由{}批", procedure.extension_by.words())
    });
    Statute {
        name: procedure.name.clone(),
        whose: format!("{}，交{body}", whose.join(" · ")),
        span: format!("{} 天{more}", procedure.days),
        rights: procedure.rights.clone(),
        clause: procedure.clause.clone(),
    }
}

fn line(policy: &Policy, limit: &Limit) -> Line {
    Line {
        id: limit.id.clone(),
        clock: say::clock(limit.clock),
        span: say::limit_span(limit),
        fits: circumstances(policy, limit),
        clause: limit.clause.clone(),
    }
}

/// 「投诉；转办；加急」, or that it holds for everything else.
pub(super) fn circumstances(policy: &Policy, limit: &Limit) -> String {
    let kinds = limit.kinds.iter().filter_map(|id| policy.kind(id)).map(|kind| kind.name.as_str());
    let parts = [
        kinds.collect::<Vec<_>>().join("、"),
        limit.routes.iter().map(|route| say::route(*route)).collect::<Vec<_>>().join("、"),
        limit.urgencies.iter().map(|urgency| say::urgency(*urgency)).collect::<Vec<_>>().join("、"),
        if limit.reopened { "第二轮起".to_owned() } else { String::new() },
    ];
    let said: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if said.is_empty() { "其余情况".to_owned() } else { said.join("，") }
}

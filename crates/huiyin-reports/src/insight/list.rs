//! 热点预警 (C9): what more people than usual speak of, each with its numbers, and the rules by which it is noticed.

use super::bursts::{self, Tried};
use super::scope::Scope;
use super::side::beside;
use super::topics::{self, Topic, category_name, times};
use super::warnings::{self, Kind, Warning};
use super::window::DAY_MS;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use huiyin_domain::access::Role;
use huiyin_domain::calendar::Instant;
use huiyin_domain::policy::{Policy, Warnings};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, html};
use std::collections::HashMap;

/// A warning is on this page for so many days.
const SHOWN_DAYS: i64 = 14;
const TOPICS_MAX: usize = 12;

/// A topic as a line.
pub(super) struct Line {
    pub id: String,
    pub name: String,
    pub level: Option<Kind>,
    pub noticed: String,
    pub this_week: usize,
    pub people: usize,
    pub usual: String,
    pub times: Option<String>,
    /// Nobody spoke of it before this week.
    pub is_new: bool,
    pub percent: usize,
    pub places: String,
    pub units: String,
}

/// A rise over what is usual, as a line.
pub(super) struct Rise {
    pub category: String,
    pub place: String,
    pub name: String,
    pub at: String,
    pub observed: i64,
    pub people: i64,
    pub expected: String,
    pub window_days: i64,
    pub times: Option<String>,
    pub chance: String,
}

#[derive(Template)]
#[template(path = "insight/list.html")]
struct List {
    page: Page,
    warned: Vec<Line>,
    others: Vec<Line>,
    rises: Vec<Rise>,
    rules: Warnings,
    tried: Option<Tried>,
    may_act: bool,
}

/// GET /staff/warnings
pub(super) async fn show(State(app): State<App>, page: Page) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let now = app.now();
    let scope = Scope::of(&page.visitor, &in_force.policy);
    let (policy, reads) = (in_force.clone(), scope.clone());
    let (lines, rises, tried) = app
        .db
        .read(move |tx| {
            let policy = &policy.policy;
            let warnings = warnings::since(tx, Instant(now.0 - SHOWN_DAYS * DAY_MS))?;
            let lines = lines(tx, policy, &reads, &warnings, now)?;
            let tried = bursts::as_tried(tx)?.filter(|tried| tried.days > 0);
            Ok::<_, Error>((lines, rises(tx, policy, &warnings, now)?, tried))
        })
        .await?;
    let (warned, others): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(|line| line.level.is_some());
    html(List {
        warned,
        others: others.into_iter().filter(|line| line.this_week > 0).take(TOPICS_MAX).collect(),
        rises,
        tried,
        may_act: page.visitor.has(Role::Clerk),
        rules: in_force.policy.warnings.clone(),
        page: beside(page.titled("热点预警"), &in_force.policy),
    })
}

/// The topics this reader sees enough of, those that were warned of lately with what was said of them.
pub(super) fn lines(
    tx: &mut Tx,
    policy: &Policy,
    scope: &Scope,
    warnings: &[Warning],
    now: Instant,
) -> Result<Vec<Line>, Error> {
    let into = topics::merged(tx)?;
    let mut said: HashMap<&str, &Warning> = HashMap::new();
    // What was counted rests on cases that only those who look over the school see.
    let warnings = if *scope == Scope::School { warnings } else { &[] };
    for warning in warnings.iter().filter(|warning| warning.kind != Kind::Burst) {
        let subject = into.get(&warning.subject).unwrap_or(&warning.subject);
        let known = said.entry(subject).or_insert(warning);
        if warning.kind == Kind::Crowd && known.kind != Kind::Crowd {
            *known = warning;
        }
    }
    let topics = topics::lately(tx, policy, scope, now)?;
    let open: Vec<&Topic> = topics.iter().filter(|topic| topic.closed.is_none()).collect();
    let most = open.iter().map(|topic| topic.this_week).max().unwrap_or_default().max(1);
    let mut lines: Vec<Line> =
        open.into_iter().map(|topic| line(topic, said.get(topic.id.as_str()), policy, most, now)).collect();
    // What somebody should act on stands first, then what is worth a look.
    lines.sort_by_key(|line| match line.level {
        Some(Kind::Crowd | Kind::Burst) => 0,
        Some(Kind::Notice) => 1,
        None => 2,
    });
    Ok(lines)
}

fn line(topic: &Topic, said: Option<&&Warning>, policy: &Policy, most: usize, now: Instant) -> Line {
    Line {
        id: topic.id.clone(),
        name: topic.name.clone(),
        level: said.map(|warning| warning.kind),
        noticed: said.map_or_else(String::new, |warning| say::moment(now, warning.at)),
        this_week: topic.this_week,
        people: topic.people_this_week,
        usual: number(topic.usual),
        times: topic.times(),
        is_new: topic.cases.len() == topic.this_week,
        percent: topic.this_week * 100 / most,
        places: listed(&topic.places(policy)),
        units: listed(&topic.units(policy)),
    }
}

/// What rose, with the numbers as they stand now: a case that has become protected counts no longer.
fn rises(tx: &mut Tx, policy: &Policy, warnings: &[Warning], now: Instant) -> Result<Vec<Rise>, Error> {
    let mut rises = Vec::new();
    for warning in warnings.iter().filter(|warning| warning.kind == Kind::Burst) {
        let subject_of = (warning.category.as_str(), warning.place.as_str());
        let (observed, people) = bursts::behind(tx, policy, subject_of, warning.at)?;
        if people < i64::from(bursts::FEWEST) {
            continue;
        }
        rises.push(Rise {
            category: warning.category.clone(),
            place: warning.place.clone(),
            name: subject(policy, &warning.category, &warning.place),
            at: say::moment(now, warning.at),
            observed,
            people,
            expected: number(warning.expected),
            window_days: warning.window_days,
            times: times(observed as f64, warning.expected),
            chance: chance(warning.chance),
        });
    }
    Ok(rises)
}

/// 「三号公寓 报修」: a category at a place, by the catalogue's names.
pub(super) fn subject(policy: &Policy, category: &str, place: &str) -> String {
    let place = policy.places.iter().find(|one| one.id.as_str() == place).map(|one| one.name.clone());
    let category = category_name(policy, category).unwrap_or_else(|| "没有分类的".to_owned());
    place.map_or_else(|| category.clone(), |place| format!("{place} {category}"))
}

/// 「2.5」「3」
pub(super) fn number(number: f64) -> String {
    let rounded = (number * 10.0).round() / 10.0;
    if (rounded - rounded.round()).abs() < 0.05 { format!("{rounded:.0}") } else { format!("{rounded:.1}") }
}

/// 「约 2000 次里 1 次」「约 10 万次里 1 次」
fn chance(chance: f64) -> String {
    if chance <= 0.0 || chance < 1e-6 {
        return "百万次里不到 1 次".to_owned();
    }
    let times = 1.0 / chance;
    let scale = 10_f64.powf(times.log10().floor());
    let times = (times / scale).round() * scale;
    if times >= 10_000.0 {
        format!("约 {:.0} 万次里 1 次", times / 10_000.0)
    } else {
        format!("约 {times:.0} 次里 1 次")
    }
}

/// 「三号公寓 4，图书馆 2」
pub(super) fn listed(named: &[(String, usize)]) -> String {
    named.iter().map(|(name, n)| format!("{name} {n}")).collect::<Vec<_>>().join("，")
}

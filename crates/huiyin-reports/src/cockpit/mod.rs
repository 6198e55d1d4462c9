//! The leader's figures (L5): what came in and how promises were kept at the units in their charge, by unit and kind, where,
//! and what many speak of there. The head of the school reads all units.
//!
//! Shares stand beside numerator and denominator; numbers lead to the ledger of the unit, which lists every case behind them.
//! Only days that are over are counted, for the reason the board gives. Nothing is written.

mod queries;
#[cfg(test)]
mod tests;

use crate::board::{Chart, Period, Span, last_whole_day};
use crate::figures::{Counts, OPINIONS_MIN, Rate, apart, change};
use crate::insight::{self, HotLine};
use crate::stored::unit_name;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use huiyin_domain::access::Role;
use huiyin_domain::case::Measure;
use huiyin_domain::ids::UnitId;
use huiyin_domain::policy::Policy;
use huiyin_foundation::error::Error;
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Door, Page, Routes, Side, Tab, Visitor, html};
use queries::Heat;
use serde::Deserialize;
use std::collections::BTreeMap;

const HOT_MAX: usize = 6;

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new("cockpit").get("/leader/data", Door::Leader, show)
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    span: String,
}

struct Figure {
    words: &'static str,
    shown: String,
    unit: &'static str,
    of: String,
    change: Option<String>,
    href: &'static str,
}

/// A unit with how many of each kind it was given.
struct Row {
    id: String,
    unit: String,
    cells: Vec<i64>,
    sum: i64,
}

#[derive(Template)]
#[template(path = "cockpit/page.html")]
struct Cockpit {
    page: Page,
    period: Period,
    as_of: String,
    spans: Vec<Tab>,
    units: usize,
    figures: Vec<Figure>,
    chart: Chart,
    kinds: Vec<String>,
    rows: Vec<Row>,
    hot: Vec<HotLine>,
    heat: Heat,
    outside: Vec<(String, i64)>,
}

/// The units that somebody leads: all for the head of the school.
fn units_led(visitor: &Visitor, policy: &Policy) -> Vec<UnitId> {
    let posts: Vec<&String> = visitor
        .duties
        .iter()
        .filter(|duty| duty.role == Role::Leader)
        .filter_map(|duty| duty.post.as_ref())
        .collect();
    let is_head = policy.head().is_some_and(|head| posts.contains(&&head.id));
    let leads =
        |unit: &&UnitId| is_head || policy.leader_of(unit).is_some_and(|leader| posts.contains(&&leader.id));
    policy.units.iter().map(|unit| &unit.id).filter(leads).cloned().collect()
}

/// GET /leader/data
async fn show(State(app): State<App>, page: Page, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let policy = &in_force.policy;
    let now = app.now();
    let period = Period::of(Span::from_word(&asked.span), last_whole_day(now), &policy.terms);
    let (this, before) = ((period.from, period.until), period.before);
    let units = units_led(&page.visitor, policy);
    let (led, settings, visitor) = (units.clone(), in_force.clone(), page.visitor.clone());
    let (counts, counts_before, days, kinds, hot, heat, outside) = app
        .db
        .read(move |tx| {
            let policy = &settings.policy;
            let earlier = before.map_or(Ok(Counts::default()), |before| queries::totals(tx, &led, before))?;
            Ok::<_, Error>((
                queries::totals(tx, &led, this)?,
                earlier,
                queries::by_day(tx, &led, this)?,
                queries::by_kind(tx, &led, this)?,
                insight::hot_lines(tx, policy, &visitor, now)?,
                queries::heat(tx, policy, &visitor, now)?,
                queries::outside(tx, policy, &visitor, this)?,
            ))
        })
        .await?;
    let posts = page.visitor.duties.iter().find_map(|duty| duty.post.clone()).unwrap_or_default();
    let post = policy.leaders.iter().find(|leader| leader.id == posts);
    let side = Side::leader(post.map_or("", |leader| leader.name.as_str()));
    html(Cockpit {
        as_of: say::day_long(now, last_whole_day(now)),
        spans: Span::ALL.map(|span| tab(span, period.span)).to_vec(),
        units: units.len(),
        figures: figures(&counts, &counts_before),
        chart: Chart::of(&period, &days),
        kinds: policy.kinds.iter().map(|kind| kind.name.clone()).collect(),
        rows: matrix(policy, &kinds),
        hot: hot.into_iter().take(HOT_MAX).collect(),
        heat,
        outside,
        period,
        page: page.titled("数据").beside(side).back_to("/leader"),
    })
}

fn tab(span: Span, current: Span) -> Tab {
    let href = format!("/leader/data?span={}", span.word());
    Tab { href, words: span.shown().to_owned(), is_current: span == current, ..Tab::default() }
}

fn figures(counts: &Counts, before: &Counts) -> Vec<Figure> {
    let had_cases = !before.is_empty();
    let assigned = counts.of(Measure::Assigned);
    let share = |words, rate: Rate, earlier: Rate, of: &str| Figure {
        words,
        shown: rate.shown(),
        unit: rate.unit(),
        of: format!("{of} {}", rate.fraction()),
        change: rate.change_on(earlier),
        href: "/ledger/term",
    };
    let mut on_time = share("按期办结率", counts.on_time(), before.on_time(), "按期 / 到期");
    on_time.of.push_str(&apart(counts.of(Measure::RepliedInExtendedTime), counts.on_time()));
    let (satisfaction, earlier) = (counts.satisfaction(), before.satisfaction());
    let satisfied = if satisfaction.is_of_few() {
        let of = format!("评价不足 {OPINIONS_MIN} 份");
        Figure {
            words: "满意率", shown: "—".to_owned(), unit: "", of, change: None, href: "/ledger/term"
        }
    } else {
        let told = if earlier.is_of_few() { Rate { part: 0, whole: 0 } } else { earlier };
        share("满意率", satisfaction, told, "满意 / 评价")
    };
    vec![
        Figure {
            words: "交办",
            shown: assigned.to_string(),
            unit: "件",
            of: format!("已答复 {} 件", counts.of(Measure::Replied)),
            change: had_cases.then(|| change(assigned, before.of(Measure::Assigned), "件")),
            href: "/ledger/term",
        },
        share("按时回应率", counts.response(), before.response(), "按时 / 到期"),
        on_time,
        satisfied,
        share("评价回收率", counts.returned(), before.returned(), "评价 / 应评"),
    ]
}

fn matrix(policy: &Policy, counted: &BTreeMap<(String, String), i64>) -> Vec<Row> {
    let mut units: Vec<&String> = counted.keys().map(|(unit, _)| unit).collect();
    units.dedup();
    let row = |unit: &String| {
        let of_kind = |kind: &str| counted.get(&(unit.clone(), kind.to_owned())).copied().unwrap_or_default();
        let cells: Vec<i64> = policy.kinds.iter().map(|kind| of_kind(kind.id.as_str())).collect();
        Row {
            id: unit.clone(),
            unit: unit_name(policy, &UnitId::from(unit.as_str())),
            sum: cells.iter().sum(),
            cells,
        }
    };
    let mut rows: Vec<Row> = units.into_iter().map(row).collect();
    rows.sort_by(|one, other| other.sum.cmp(&one.sum).then(one.id.cmp(&other.id)));
    rows
}

//! The open board (晒单榜): how fast and how well, for the school and unit by unit (8.2, 8.3; page P4).
//!
//! Everything is read from the kept counts; every share stands beside its numerator and denominator. Units are compared
//! within their class, and only with enough answers. Yellow and red cards are not there yet, so none is drawn.
//!
//! Only days that are over are counted. A board that ticked would tell whoever watches it the minute in which a protected
//! matter went to a unit (7.6), or a case about a unit was taken from it (2.4); within a whole day it is one of many.

mod chart;
mod period;
mod queries;
mod ranking;
#[cfg(test)]
mod tests;

use crate::figures::{Counts, OPINIONS_MIN, Rate, apart, change};
use crate::public::Card;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
pub(crate) use chart::Chart;
use huiyin_domain::calendar::{Day, Instant};
use huiyin_domain::case::{Clock, Measure};
use huiyin_domain::policy::Policy;
use huiyin_foundation::error::Error;
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Door, Page, Routes, Tab, html};
pub(crate) use period::{Days, Period, Span};
use ranking::{Class, classes};
use serde::Deserialize;

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new("board").get("/board", Door::Anyone, show)
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    span: String,
}

/// A figure at the top.
struct Figure {
    words: String,
    shown: String,
    unit: &'static str,
    of: String,
    change: Option<String>,
}

#[derive(Template)]
#[template(path = "board/board.html")]
struct Board {
    page: Page,
    period: Period,
    as_of: String,
    spans: Vec<Tab>,
    figures: Vec<Figure>,
    classes: Vec<Class>,
    sample_min: u16,
    chart: Chart,
    just_answered: Vec<Card>,
}

async fn show(State(app): State<App>, page: Page, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let policy = &in_force.policy;
    let now = app.now();
    let period = Period::of(Span::from_word(&asked.span), last_whole_day(now), &policy.terms);
    let (this, before) = ((period.from, period.until), period.before);
    let (counts, counts_before, units, days, just_answered) = app
        .db
        .read(move |tx| {
            let earlier = before.map_or(Ok(Counts::default()), |before| queries::totals(tx, before))?;
            Ok::<_, Error>((
                queries::totals(tx, this)?,
                earlier,
                queries::by_unit(tx, this)?,
                queries::by_day(tx, this)?,
                queries::just_answered(tx)?,
            ))
        })
        .await?;
    html(Board {
        page: page.titled("晒单榜").at("board"),
        as_of: say::day_long(now, last_whole_day(now)),
        spans: Span::ALL.map(|span| tab(span, period.span)).to_vec(),
        figures: figures(&counts, &counts_before, policy),
        classes: classes(units, policy),
        sample_min: policy.board.sample_min,
        chart: Chart::of(&period, &days),
        just_answered: just_answered.iter().map(|case| case.card(policy)).collect(),
        period,
    })
}

/// What happens today is told tomorrow.
pub(crate) fn last_whole_day(now: Instant) -> Day {
    now.day().start().plus_ms(-1).day()
}

fn tab(span: Span, current: Span) -> Tab {
    let href = format!("/board?span={}", span.word());
    Tab { href, words: span.shown().to_owned(), is_current: span == current, ..Tab::default() }
}

fn figures(counts: &Counts, before: &Counts, policy: &Policy) -> Vec<Figure> {
    let received = counts.of(Measure::Received);
    let had_cases = !before.is_empty();
    let first = Figure {
        words: "受理".to_owned(),
        shown: received.to_string(),
        unit: "件",
        of: format!("已答复 {} 件", counts.of(Measure::Replied)),
        change: had_cases.then(|| change(received, before.of(Measure::Received), "件")),
    };
    let share = |words: String, rate: Rate, earlier: Rate, of: &str| Figure {
        words,
        shown: rate.shown(),
        unit: rate.unit(),
        of: format!("{of} {}", rate.fraction()),
        change: rate.change_on(earlier),
    };
    let satisfaction = counts.satisfaction();
    let satisfied = if satisfaction.is_of_few() {
        Figure {
            words: "满意率".to_owned(),
            shown: "—".to_owned(),
            unit: "",
            of: format!("评价不足 {OPINIONS_MIN} 份"),
            change: None,
        }
    } else {
        // Beside a share that was not told, a change would tell it.
        let earlier = Some(before.satisfaction()).filter(|earlier| !earlier.is_of_few());
        let told = earlier.unwrap_or(Rate { part: 0, whole: 0 });
        share("满意率".to_owned(), satisfaction, told, "满意 / 评价")
    };
    let response = format!("{}回应率", first_reply_span(policy));
    let mut on_time = share("按期办结率".to_owned(), counts.on_time(), before.on_time(), "按期 / 到期");
    on_time.of.push_str(&apart(counts.of(Measure::RepliedInExtendedTime), counts.on_time()));
    vec![
        first,
        share(response, counts.response(), before.response(), "按时 / 到期"),
        on_time,
        satisfied,
        share("评价回收率".to_owned(), counts.returned(), before.returned(), "评价 / 应评"),
    ]
}

/// 「24 小时」 when the ordinary limit is one of hours, else 「按时」.
fn first_reply_span(policy: &Policy) -> String {
    let ordinary = policy.limits.iter().find(|limit| {
        limit.clock == Clock::FirstReply && limit.kinds.is_empty() && limit.urgencies.is_empty()
    });
    match ordinary.and_then(|limit| limit.hours) {
        Some(hours) => format!("{hours} 小时"),
        None => "按时".to_owned(),
    }
}

//! The first page: find an answer or start a case (P1); whoever signed in sees first what waits for them (S1).
//!
//! Everything on it comes from the book: a school that has just opened sees an invitation and no made-up example.

mod figures;
mod queries;
#[cfg(test)]
mod tests;

use crate::public::Card;
use crate::stored;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use figures::{Yesterday, yesterday};
use huiyin_domain::calendar::{Calendar, Instant};
use huiyin_domain::case::{Clock, Stage};
use huiyin_domain::policy::{Kind, Policy};
use huiyin_foundation::error::Error;
use huiyin_foundation::say::{self, Tag};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Door, Page, Routes, html};
use queries::{Mine, Own};

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new("home").get("/", Door::Anyone, show)
}

#[derive(Template)]
#[template(path = "home/home.html")]
struct Home {
    page: Page,
    promise: String,
    entrances: Vec<Kind>,
    mine: Vec<OwnLine>,
    mine_total: i64,
    hot: Vec<Card>,
    yesterday: Option<Yesterday>,
}

/// One of the reader's own cases.
struct OwnLine {
    href: String,
    title: String,
    tag: Tag,
    facts: String,
    due: Option<(&'static str, &'static str, String)>,
    asks_to_rate: bool,
}

async fn show(State(app): State<App>, page: Page) -> Result<Response, Error> {
    let in_force = app.policy_in_force();
    let policy = &in_force.policy;
    let (now, calendar) = (app.now(), app.calendar.load_full());
    let reader = page.visitor.person.as_ref().map(|person| app.keys.own_refs(person));
    let (mine, hot, counts) = app
        .db
        .read(move |tx| {
            let mine = reader.map_or(Ok(Mine::default()), |reader| queries::mine(tx, &reader))?;
            Ok::<_, Error>((mine, queries::hot(tx, now)?, queries::counts_of_day_before(tx, now)?))
        })
        .await?;
    let own_line = |own: Own| own_line(own, policy, now, &calendar);
    html(Home {
        page: page.titled("首页").at("home"),
        promise: policy.school.promise.clone(),
        entrances: policy.kinds.iter().filter(|kind| kind.on_home).cloned().collect(),
        mine_total: mine.total,
        mine: mine.cases.into_iter().map(own_line).collect(),
        hot: hot.iter().map(|case| case.card(policy)).collect(),
        yesterday: yesterday(&counts),
    })
}

fn own_line(own: Own, policy: &Policy, now: Instant, calendar: &Calendar) -> OwnLine {
    let unit = own.unit.as_ref().map(|unit| stored::unit_name(policy, unit));
    let asks_to_rate = own.stage == Stage::Replied && !own.is_crisis;
    let tag = if asks_to_rate { Tag { word: "已答复，等您评价", ..own.tag } } else { own.tag };
    let moment = say::moment(now, own.last_at);
    let due = own.due.filter(|_| own.stage.is_open()).map(|(clock, at, counted_on)| {
        let due = say::due(now, at, counted_on, calendar);
        let words = if at <= now { due.left } else { format!("{} 前{}", due.at, by_then(clock)) };
        (due.tone.class(), due.tone.icon(), words)
    });
    OwnLine {
        href: format!("/cases/{}", own.no),
        title: own.title,
        tag,
        facts: unit.map_or_else(|| moment.clone(), |unit| format!("{unit} · {moment}")),
        due,
        asks_to_rate,
    }
}

/// What happens by the hour that a clock ends.
fn by_then(clock: Clock) -> &'static str {
    match clock {
        Clock::Acknowledge => "受理",
        Clock::FirstReply => "回应您",
        Clock::Result => "反馈结果",
    }
}

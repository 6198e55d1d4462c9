//! 批示件: what the leader has instructed, late ones first, each with a way to ask after it (L3).

use super::queries;
use crate::cases::log::Standing;
use crate::cases::numbers::is_number;
use crate::coordination::{posts_of, side};
use crate::dossier::{Line, Noun, Sent, carry};
use crate::supervision::Light;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use huiyin_domain::access::units_near;
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Form, Page, Tab, html};
use serde::Deserialize;

const ROWS: usize = 25;
const ANSWERED: &str = "answered";

/// What the address may ask for.
#[derive(Default, Deserialize)]
pub(super) struct Ask {
    #[serde(default)]
    show: String,
    #[serde(default)]
    after: String,
    #[serde(default)]
    done: String,
}

#[derive(Template)]
#[template(path = "leaders/instructions.html")]
struct Instructions {
    page: Page,
    tabs: Vec<Tab>,
    lines: Vec<Line>,
    is_running: bool,
    next: String,
    done: String,
}

/// GET /leader/instructions
pub(super) async fn show(
    State(app): State<App>,
    page: Page,
    Query(ask): Query<Ask>,
) -> Result<Response, Error> {
    let is_running = ask.show != ANSWERED;
    let (school, visitor, cursor) = (app.clone(), page.visitor.clone(), ask.after);
    let (side, mut lines, (running, answered)) = app
        .db
        .read(move |tx| {
            let standing = Standing::of(&school);
            let policy = &standing.policy.policy;
            let away = units_near(&visitor.duties, policy);
            let light = Light { policy, calendar: &standing.calendar, now: standing.now, away: &away };
            let posts = posts_of(&visitor);
            let side = side(tx, policy, &visitor, standing.now)?;
            let lines = queries::instructed(tx, light, &posts, is_running, &cursor, ROWS + 1)?;
            Ok::<_, Error>((side, lines, queries::instructed_counts(tx, light, &posts)?))
        })
        .await?;
    let has_more = lines.len() > ROWS;
    lines.truncate(ROWS);
    let shelf = if is_running { "running" } else { ANSWERED };
    let next = lines
        .last()
        .filter(|_| has_more)
        .map_or_else(String::new, |last| format!("/leader/instructions?show={shelf}&after={}", last.cursor));
    let tab = |word: &str, words: &str, count, is_current| Tab {
        href: format!("/leader/instructions?show={word}"),
        words: words.to_owned(),
        count: Some(count),
        tone: "mute",
        is_current,
    };
    let tabs =
        vec![tab("running", "在办", running, is_running), tab(ANSWERED, "已答复", answered, !is_running)];
    let page = page.titled("批示件").beside_any(side);
    let done = if is_number(&ask.done) { ask.done } else { String::new() };
    html(Instructions { page, tabs, lines, is_running, next, done })
}

/// POST /leader/cases/{no}/reminder
pub(super) async fn remind(
    State(app): State<App>,
    page: Page,
    Path(no): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let back = format!("/leader/instructions?done={no}");
    carry(app, page, Sent { no: CaseNo(no), noun: Noun::Reminder, form, back }).await
}

//! The list of those who may be called: without an account first, because nobody else will ask them.

use super::queries::{self, Line, Part};
use crate::cases::log::Standing;
use crate::coordination;
use crate::dossier::after;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, Tab, html};
use serde::Deserialize;

const ROWS: usize = 25;

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
#[template(path = "follow_up/list.html")]
struct List {
    page: Page,
    tabs: Vec<Tab>,
    lines: Vec<Line>,
    next: String,
    done: String,
    calls_max: u16,
}

/// GET /follow-ups
pub(super) async fn show(
    State(app): State<App>,
    page: Page,
    Query(ask): Query<Ask>,
) -> Result<Response, Error> {
    let part = if ask.show == Part::WithAccount.word() { Part::WithAccount } else { Part::default() };
    let (school, visitor, cursor) = (app.clone(), page.visitor.clone(), after(&ask.after));
    let (side, counts, mut lines) = app
        .db
        .read(move |tx| {
            let standing = Standing::of(&school);
            let side = coordination::side(tx, &standing.policy.policy, &visitor, standing.now)?;
            let without = queries::count(tx, &standing, &visitor, Part::WithoutAccount)?;
            let with = queries::count(tx, &standing, &visitor, Part::WithAccount)?;
            let lines = queries::lines(tx, &standing, &visitor, part, cursor, ROWS + 1)?;
            Ok::<_, Error>((side, (without, with), lines))
        })
        .await?;
    let has_more = lines.len() > ROWS;
    lines.truncate(ROWS);
    let address = |part: Part| format!("/follow-ups?show={}", part.word());
    let last = lines.last().filter(|_| has_more);
    let next = last.map_or_else(String::new, |last| format!("{}&after={}", address(part), last.cursor));
    let tab = |of: Part, words: &str, count: u64| Tab {
        href: address(of),
        words: words.into(),
        count: Some(count),
        tone: "mute",
        is_current: of == part,
    };
    html(List {
        tabs: vec![
            tab(Part::WithoutAccount, "电话、来访登记的", counts.0),
            tab(Part::WithAccount, "网上没有评价的", counts.1),
        ],
        lines,
        next,
        // Only a number of ours is repeated on the page.
        done: Some(ask.done).filter(|no| crate::cases::numbers::is_number(no)).unwrap_or_default(),
        calls_max: app.policy_in_force().policy.rating.follow_up_calls,
        page: page.titled("电话回访").beside_any(side),
    })
}

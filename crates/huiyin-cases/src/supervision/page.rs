//! 督办台: eight lists, each line with how late it is, how often it was reminded of, and what to press (C3).

use super::queries::{self, Light, Shelf};
use super::resting;
use crate::cases::log::Standing;
use crate::coordination;
use crate::dossier::{Line, MEANS, Noun, Sent, carry, stored};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use huiyin_domain::access::{Role, units_near};
use huiyin_domain::case::Means;
use huiyin_domain::ids::CaseNo;
use huiyin_domain::policy::Policy;
use huiyin_foundation::error::Error;
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Form, Page, Tab, html};
use serde::Deserialize;
use std::collections::BTreeSet;

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
#[template(path = "supervision/supervision.html")]
struct Supervision {
    page: Page,
    shelf: Shelf,
    tabs: Vec<Tab>,
    lines: Vec<Line>,
    means: Vec<Choice>,
    is_clerk: bool,
    total: u64,
    next: String,
    done: String,
    clause: String,
    decided_by_the_body: BTreeSet<CaseNo>,
}

impl Supervision {
    /// More time that a law gives: the office reads of it and decides nothing.
    fn body_decides(&self, line: &Line) -> bool {
        self.decided_by_the_body.contains(&line.no)
    }
}

/// GET /supervision
pub(super) async fn show(
    State(app): State<App>,
    page: Page,
    Query(ask): Query<Ask>,
) -> Result<Response, Error> {
    let shelf = Shelf::from_word(&ask.show);
    let (school, visitor, cursor) = (app.clone(), page.visitor.clone(), ask.after);
    let (side, counts, mut lines, clause, decided_by_the_body) = app
        .db
        .read(move |tx| {
            let standing = Standing::of(&school);
            let policy = &standing.policy.policy;
            let away = units_near(&visitor.duties, policy);
            let light = Light { policy, calendar: &standing.calendar, now: standing.now, away: &away };
            let side = coordination::side(tx, policy, &visitor, standing.now)?;
            let counts = queries::counts(tx, light)?;
            let lines = queries::lines(tx, light, shelf, &cursor, ROWS + 1)?;
            let decided_by_the_body = match shelf {
                Shelf::Extension => resting::decided_by_the_body(tx, &lines)?,
                _ => BTreeSet::new(),
            };
            Ok::<_, Error>((side, counts, lines, clause(policy, shelf), decided_by_the_body))
        })
        .await?;
    let has_more = lines.len() > ROWS;
    lines.truncate(ROWS);
    let next = lines
        .last()
        .filter(|_| has_more)
        .map_or_else(String::new, |last| format!("/supervision?show={}&after={}", shelf.word(), last.cursor));
    let tabs = Shelf::ALL.map(|known| Tab {
        href: format!("/supervision?show={}", known.word()),
        words: known.title().into(),
        count: Some(counts.of(known)),
        tone: if known == Shelf::Late && counts.late > 0 { "bad" } else { "mute" },
        is_current: known == shelf,
    });
    let is_clerk = page.visitor.has(Role::Clerk);
    let page = page.titled("督办").beside_any(side);
    let (tabs, total) = (tabs.to_vec(), counts.of(shelf));
    // Only a number of ours is repeated on the page.
    let done = if crate::cases::numbers::is_number(&ask.done) { ask.done } else { String::new() };
    // A talk wants words, and is written down on the page of the case.
    let means = MEANS.into_iter().filter(|means| *means != Means::Talk);
    let means = means.map(|means| Choice::new(stored(&means), say::means(means))).collect();
    html(Supervision {
        page,
        shelf,
        tabs,
        lines,
        total,
        next,
        done,
        clause,
        is_clerk,
        means,
        decided_by_the_body,
    })
}

/// The rule behind a list.
fn clause(policy: &Policy, shelf: Shelf) -> String {
    match shelf {
        Shelf::Waiting => policy.asking.clause.clone(),
        Shelf::Extension => policy.extension.clause.clone(),
        Shelf::Unsolved => policy.rating.clause.clone(),
        Shelf::Shelved => policy.shelving.clause.clone(),
        Shelf::Complaints => policy.handling_complaints.clause.clone(),
        _ => policy.supervision.clause.clone(),
    }
}

/// POST /supervision/{no}/…
pub(super) async fn act(
    State(app): State<App>,
    page: Page,
    Path(no): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let noun = Noun::of_path(&page.path)?;
    let back = format!("/supervision?show={}&done={no}", Shelf::from_word(&form.text("show")).word());
    carry(app, page, Sent { no: CaseNo(no), noun, form, back }).await
}

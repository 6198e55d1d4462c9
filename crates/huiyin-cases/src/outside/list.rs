//! The list of what came from outside in a term, and its figures by cause and by unit.

use super::queries::{self, Line, Part, Report, Span};
use crate::cases::log::Standing;
use crate::coordination;
use crate::dossier::{after, read, stored, unit_name};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use huiyin_domain::access::units_near;
use huiyin_domain::calendar::{Instant, Term};
use huiyin_domain::case::LeakCause;
use huiyin_domain::policy::Policy;
use huiyin_foundation::error::Error;
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Choice, Page, Tab, html};
use serde::Deserialize;

const ROWS: usize = 25;
const YEAR_MS: i64 = 365 * 86_400_000;

/// What the address may ask for.
#[derive(Default, Deserialize)]
pub(super) struct Ask {
    #[serde(default)]
    term: String,
    #[serde(default)]
    show: String,
    #[serde(default)]
    after: String,
    #[serde(default)]
    done: String,
}

/// A reason with its count and where its cases are listed.
struct Cause {
    words: &'static str,
    count: u64,
    href: String,
    is_inside: bool,
}

/// A unit with what came from outside about its matters.
struct OfUnit {
    name: String,
    all: u64,
    earlier: u64,
}

#[derive(Template)]
#[template(path = "outside/list.html")]
struct List {
    page: Page,
    terms: Vec<Choice>,
    term: String,
    span: String,
    total: u64,
    had_earlier: u64,
    causes: Vec<Cause>,
    units: Vec<OfUnit>,
    tabs: Vec<Tab>,
    heading: &'static str,
    lines: Vec<Line>,
    next: String,
    done: String,
}

impl List {
    fn cause(&self, line: &Line) -> &'static str {
        line.cause.map_or("", say::leak_cause)
    }

    fn chose(&self, choice: &Choice) -> bool {
        choice.value == self.term
    }
}

/// GET /outside
pub(super) async fn show(
    State(app): State<App>,
    page: Page,
    Query(ask): Query<Ask>,
) -> Result<Response, Error> {
    let part = match ask.show.as_str() {
        "compared" => Part::Compared,
        word => read::<LeakCause>(word).map_or(Part::Waiting, Part::Because),
    };
    let (school, visitor) = (app.clone(), page.visitor.clone());
    let (asked, cursor) = (ask.term, after(&ask.after));
    let (standing, term, span, side, report, mut lines) = app
        .db
        .read(move |tx| {
            let standing = Standing::of(&school);
            let policy = &standing.policy.policy;
            let side = coordination::side(tx, policy, &visitor, standing.now)?;
            let away = units_near(&visitor.duties, policy);
            let (term, span) = span_of(policy, &asked, standing.now);
            let report = queries::report(tx, &standing, &away, span)?;
            let lines = queries::lines(tx, &standing, &away, span, part, cursor, ROWS + 1)?;
            Ok::<_, Error>((standing, term, span, side, report, lines))
        })
        .await?;
    let policy = &standing.policy.policy;
    let has_more = lines.len() > ROWS;
    lines.truncate(ROWS);
    let address = |show: &str| format!("/outside?term={term}&show={show}");
    let show_word = match part {
        Part::Waiting => "waiting".to_owned(),
        Part::Compared => "compared".to_owned(),
        Part::Because(cause) => stored(&cause),
    };
    let last = lines.last().filter(|_| has_more);
    let next = last.map_or_else(String::new, |last| format!("{}&after={}", address(&show_word), last.cursor));
    let tab = |word: &str, words: &str, count: u64, tone| Tab {
        href: address(word),
        words: words.into(),
        count: Some(count),
        tone,
        is_current: word == show_word,
    };
    let compared = report.total() - report.waiting;
    let tabs = vec![
        tab("waiting", "待比对", report.waiting, if report.waiting > 0 { "bad" } else { "mute" }),
        tab("compared", "已比对", compared, "mute"),
    ];
    html(List {
        terms: policy.terms.iter().rev().map(|term| Choice::new(&term.id, &term.name)).collect(),
        span: format!("{} 至 {}", span.from.day(), Instant(span.until.0 - 1).day()),
        total: report.total(),
        had_earlier: report.had_earlier(),
        causes: LeakCause::ALL
            .map(|cause| Cause {
                words: say::leak_cause(cause),
                count: report.of(cause),
                href: address(&stored(&cause)),
                is_inside: cause.has_earlier(),
            })
            .into(),
        units: units(policy, &report),
        tabs,
        heading: match part {
            Part::Waiting => "待比对",
            Part::Compared => "已比对",
            Part::Because(cause) => say::leak_cause(cause),
        },
        lines,
        next,
        // Only a number of ours is repeated on the page.
        done: Some(ask.done).filter(|no| crate::cases::numbers::is_number(no)).unwrap_or_default(),
        term,
        page: page.titled("校外来件").beside_any(side),
    })
}

fn units(policy: &Policy, report: &Report) -> Vec<OfUnit> {
    let name =
        |unit: &Option<_>| unit.as_ref().map_or("待转办".to_owned(), |unit| unit_name(policy, unit));
    let units = report.units.iter();
    units.map(|(unit, all, earlier)| OfUnit { name: name(unit), all: *all, earlier: *earlier }).collect()
}

/// The term asked for, the one that runs, or the last that began; without terms the year up to today.
fn span_of(policy: &Policy, asked: &str, now: Instant) -> (String, Span) {
    let today = now.day();
    let begun = policy.terms.iter().filter(|term| term.from <= today).max_by_key(|term| term.from);
    let term: Option<&Term> = policy.terms.iter().find(|term| term.id == asked).or(begun);
    match term {
        Some(term) => {
            // What comes in the holidays after a term is counted with it.
            let next = policy.terms.iter().map(|other| other.from).filter(|from| *from > term.until).min();
            let until = next.unwrap_or_else(|| today.max(term.until).next());
            (term.id.clone(), Span { from: term.from.start(), until: until.start() })
        }
        None => (String::new(), Span { from: Instant(now.0 - YEAR_MS), until: today.next().start() }),
    }
}

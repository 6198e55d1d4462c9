//! 核实整改: what was found, by how far it has come: what the office is to decide, and what lies with the units until when.

use super::page::source_words;
use super::queries::{self, OfCase};
use super::state::State;
use crate::cases::log::Standing;
use crate::coordination;
use crate::dossier::{names, unit_name};
use crate::screening::hits::Reach;
use askama::Template;
use axum::extract::{Query, State as Of};
use axum::response::Response;
use huiyin_domain::ids::{CaseNo, PersonId};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::say::{self, Tag};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, Tab, html};
use serde::Deserialize;

const ROWS: usize = 100;

/// Which part of the list is looked at, the word in the address, and the states that belong to it.
const PARTS: [(&str, &str, &[State]); 5] = [
    ("decide", "等协调督办定", &[State::Verified, State::NotSo]),
    ("reported", "等验收", &[State::Reported]),
    ("asked", "核实中", &[State::Asked]),
    ("ordered", "整改中", &[State::Ordered]),
    ("closed", "已了结", &[State::Closed]),
];

/// What the address may ask for.
#[derive(Default, Deserialize)]
pub(super) struct Ask {
    #[serde(default)]
    show: String,
}

/// A finding as a line.
pub(super) struct Line {
    pub no: CaseNo,
    pub title: String,
    pub unit: String,
    pub source: String,
    pub until: String,
    pub is_late: bool,
    pub responsible: String,
    pub tag: Tag,
}

#[derive(Template)]
#[template(path = "screening/finding/list.html")]
struct List {
    page: Page,
    tabs: Vec<Tab>,
    lines: Vec<Line>,
    is_full: bool,
}

/// GET /staff/findings
pub(super) async fn show(Of(app): Of<App>, page: Page, Query(ask): Query<Ask>) -> Result<Response, Error> {
    let part = PARTS.into_iter().find(|part| part.0 == ask.show).unwrap_or(PARTS[0]);
    let (school, visitor) = (app.clone(), page.visitor.clone());
    let (side, counts, lines) = app
        .db
        .read(move |tx| {
            let standing = Standing::of(&school);
            let policy = &standing.policy.policy;
            let side = coordination::side(tx, policy, &visitor, standing.now)?;
            let reach = Reach::of(tx, policy, &visitor)?;
            let counts = queries::counts(tx, &reach)?;
            let found = queries::page(tx, &reach, part.2, ROWS)?;
            Ok::<_, Error>((side, counts, lines(tx, &standing, found)?))
        })
        .await?;
    let count = |states: &[State]| states.iter().filter_map(|state| counts.get(state)).sum::<u64>();
    let tab = |(word, words, states): (&str, &str, &[State])| Tab {
        href: format!("/staff/findings?show={word}"),
        words: words.to_owned(),
        count: (states != [State::Closed]).then(|| count(states)),
        tone: "mute",
        is_current: word == part.0,
    };
    html(List {
        tabs: PARTS.map(tab).into(),
        is_full: lines.len() == ROWS,
        lines,
        page: page.titled("核实整改").beside_any(side),
    })
}

/// Findings as lines.
pub(super) fn lines(tx: &mut Tx, standing: &Standing, found: Vec<OfCase>) -> Result<Vec<Line>, Error> {
    let people: Vec<PersonId> = found.iter().filter_map(|one| one.finding.responsible.clone()).collect();
    let names = names(tx, &people)?;
    let (policy, now) = (&standing.policy.policy, standing.now);
    let mut lines = Vec::with_capacity(found.len());
    for OfCase { finding, title } in found {
        let responsible = finding.responsible.as_ref().and_then(|person| names.get(person));
        lines.push(Line {
            title,
            unit: unit_name(policy, &finding.unit),
            source: source_words(tx, &finding.source)?,
            until: match finding.state.is_with_the_unit() {
                true => format!("{}前", say::day_long(now, finding.due_on)),
                false => String::new(),
            },
            is_late: finding.is_late(now.day()),
            responsible: responsible.cloned().unwrap_or_default(),
            tag: finding.state.tag(),
            no: finding.no,
        });
    }
    Ok(lines)
}

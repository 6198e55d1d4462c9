//! Finding people by number, name or unit; those with duties come first.

use super::duties::duty_in_words;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, Side, html};
use huiyin_people::identity::{self, Person};
use serde::Deserialize;

const ROWS: u32 = 25;
const TYPED_MAX: usize = 60;

/// What is looked for, and from which row on.
#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    from: u32,
}

struct Line {
    person: Person,
    duties: Vec<String>,
}

#[derive(Template)]
#[template(path = "admin/people/list.html")]
struct List {
    page: Page,
    typed: String,
    lines: Vec<Line>,
    is_later: bool,
    next: Option<u32>,
}

/// The list.
pub(super) async fn page(
    State(app): State<App>,
    Query(asked): Query<Asked>,
    page: Page,
) -> Result<Response, Error> {
    let typed: String = asked.q.trim().chars().take(TYPED_MAX).collect();
    let looked_for = typed.clone();
    // One row more than shown tells whether there is a next page.
    let mut found = app.db.read(move |tx| identity::search(tx, &looked_for, ROWS + 1, asked.from)).await?;
    let next = (found.len() > ROWS as usize).then(|| asked.from.saturating_add(ROWS));
    found.truncate(ROWS as usize);
    let policy = &app.policy_in_force().policy;
    let line = |person: Person| Line {
        duties: person.duties.iter().map(|duty| duty_in_words(policy, duty)).collect(),
        person,
    };
    let lines = found.into_iter().map(line).collect();
    let page = page.titled("人员与角色").beside(Side::admin());
    html(List { page, typed, lines, is_later: asked.from > 0, next })
}

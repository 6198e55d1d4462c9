//! Finding any case of the unit by number, words or place (H8). That somebody searched is logged with how much was found,
//! never what was typed: it may be a name.

use super::line::{self, Line};
use super::queries;
use super::seat::{self, Seat};
use super::view::{Asked, Cursor};
use crate::cases::log::Standing;
use crate::cases::shelves::Typed;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::index::{self, Shelf};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, html};

const TYPED_MAX: usize = 60;
/// So much of a title is shown.
const TITLE_MAX: usize = 200;

#[derive(Template)]
#[template(path = "desk/search.html")]
struct Search {
    page: Page,
    seat: Seat,
    typed: String,
    lines: Vec<Line>,
    notes: Vec<String>,
    next: Option<String>,
    is_later: bool,
}

/// What fits the words.
pub(super) async fn page(
    State(app): State<App>,
    Path(unit): Path<String>,
    Query(asked): Query<Asked>,
    page: Page,
) -> Result<Response, Error> {
    let seat = Seat::take(&page.visitor, &unit)?;
    let standing = Standing::of(&app);
    let typed: String =
        asked.get("q").map(|q| q.trim().chars().take(TYPED_MAX).collect()).unwrap_or_default();
    let after = asked.get("after").and_then(|word| Cursor::read(word));
    let is_later = after.is_some();
    let (unit, moment, visitor) = (seat.unit.clone(), standing.clone(), page.visitor.clone());
    let side =
        app.db.read(move |tx| seat::side(tx, &moment.policy.policy, moment.now, &visitor, &unit)).await?;
    let (desk, moment, letters) = (seat.clone(), standing.clone(), typed.clone());
    let found = app.db.read(move |tx| found(tx, &desk, &moment, &letters, after.as_ref())).await;
    let is_torn_note = "正在重建搜索，已完成 0 %，过几分钟再查；抄全编号现在就能查到。";
    let found = index::or_torn(&app.db, found).await?;
    let Found { lines, next, notes } =
        found.unwrap_or_else(|| Found { notes: vec![is_torn_note.to_owned()], ..Found::default() });
    if !typed.is_empty() {
        tracing::info!(unit = %seat.unit, found = lines.len(), "a unit's cases were searched");
    }
    let next = next.map(|after| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("q", &typed).append_pair("after", &after.word());
        format!("{}/search?{}", seat.desk(), query.finish())
    });
    html(Search { page: page.titled("查询").beside(side), seat, typed, lines, notes, next, is_later })
}

/// What was found, and how.
#[derive(Default)]
struct Found {
    lines: Vec<Line>,
    next: Option<Cursor>,
    notes: Vec<String>,
}

fn found(
    tx: &mut Tx,
    seat: &Seat,
    standing: &Standing,
    letters: &str,
    after: Option<&Cursor>,
) -> Result<Found, Error> {
    let policy = &standing.policy.policy;
    let mut typed = Typed::read(letters, policy);
    if typed.is_empty() {
        return Ok(Found::default());
    }
    let mut notes = Vec::new();
    if let Some(percent) = index::percent_of(tx, Shelf::Store)? {
        notes.push(format!("正在重建搜索，已完成 {percent} %，这几分钟里可能查不全。"));
    }
    let near = seat.near(policy);
    let mut rows = queries::search(tx, seat.reads(&near), &typed, after)?;
    if rows.is_empty()
        && let Some(by_sound) = typed.by_sound()
    {
        rows = queries::search(tx, seat.reads(&near), &by_sound, after)?;
        if !rows.is_empty() {
            notes.push("字面上没有，下面是读音相同的。".to_owned());
            typed = by_sound;
        }
    }
    notes.extend(typed.others().filter(|_| !rows.is_empty()));
    let (mut lines, next) = line::page_of(tx, rows, standing, "submitted_at")?;
    for line in &mut lines {
        line.marked = typed.question().excerpt(&line.title, TITLE_MAX, true);
    }
    Ok(Found { lines, next, notes })
}

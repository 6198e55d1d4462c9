//! Finding any case of the unit by number, title or place (H8). That somebody searched is logged with how much was found,
//! never what was typed: it may be a name.

use super::line::{self, Line};
use super::queries;
use super::seat::{self, Seat};
use super::view::{Asked, Cursor};
use crate::cases::log::Standing;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use huiyin_domain::policy::Policy;
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, html};

const TYPED_MAX: usize = 60;

#[derive(Template)]
#[template(path = "desk/search.html")]
struct Search {
    page: Page,
    seat: Seat,
    typed: String,
    lines: Vec<Line>,
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
    let loaded = {
        let (seat, standing, typed, visitor) =
            (seat.clone(), standing.clone(), typed.clone(), page.visitor.clone());
        app.db.read(move |tx| {
            let policy = &standing.policy.policy;
            let side = seat::side(tx, policy, standing.now, &visitor, &seat.unit)?;
            if typed.is_empty() {
                return Ok::<_, Error>((Vec::new(), None, side));
            }
            let places = places_called(policy, &typed);
            let near = seat.near(&standing.policy.policy);
            let rows = queries::search(tx, seat.reads(&near), &typed, &places, after.as_ref())?;
            let (lines, next) = line::page_of(tx, rows, &standing, "submitted_at")?;
            Ok((lines, next, side))
        })
    };
    let (lines, next, side) = loaded.await?;
    if !typed.is_empty() {
        tracing::info!(unit = %seat.unit, found = lines.len(), "a unit's cases were searched");
    }
    let next = next.map(|after| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("q", &typed).append_pair("after", &after.word());
        format!("{}/search?{}", seat.desk(), query.finish())
    });
    html(Search { page: page.titled("查询").beside(side), seat, typed, lines, next, is_later })
}

/// Places whose name holds what was typed.
fn places_called<'a>(policy: &'a Policy, typed: &str) -> Vec<&'a str> {
    let named = policy.places.iter().filter(|place| place.name.contains(typed));
    named.map(|place| place.id.as_str()).collect()
}

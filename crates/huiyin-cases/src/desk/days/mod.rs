//! The board of days (日清零, 4.6): for each working day what came to the unit, what was answered and what was left over in the
//! evening, as a chart and a table; every number leads to its cases.
//!
//! It is read from the cases as they stand: one that another unit has now is on that unit's board, and one in a further round
//! counts as left over until that round is answered. What this deliberately does not do: compare units.

mod board;
mod queries;

use super::seat::{self, Seat};
use super::view::Asked;
use crate::cases::log::Standing;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use board::{Board, Heap};
use huiyin_domain::calendar::Day;
use huiyin_foundation::error::Error;
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, html};
use queries::Moment;

/// A case behind a number.
struct Behind {
    href: String,
    title: String,
    no: String,
}

/// The cases behind the number that was asked for.
struct Opened {
    title: String,
    behind: Vec<Behind>,
}

#[derive(Template)]
#[template(path = "desk/days/page.html")]
struct Days {
    page: Page,
    seat: Seat,
    board: Board,
    opened: Option<Opened>,
}

/// GET /desk/{unit}/days
pub(super) async fn page(
    State(app): State<App>,
    Path(unit): Path<String>,
    Query(asked): Query<Asked>,
    page: Page,
) -> Result<Response, Error> {
    let seat = Seat::take(&page.visitor, &unit)?;
    let standing = Standing::of(&app);
    let days = board::days(&standing.calendar, standing.now);
    let since = days.first().copied().unwrap_or(standing.now.day());
    let loaded = {
        let (seat, standing, visitor) = (seat.clone(), standing.clone(), page.visitor.clone());
        app.db.read(move |tx| {
            let side = seat::side(tx, &standing.policy.policy, standing.now, &visitor, &seat.unit)?;
            Ok::<_, Error>((queries::moments(tx, &seat.unit, since.start())?, side))
        })
    };
    let (moments, side) = loaded.await?;
    let day: Option<Day> = asked.get("day").and_then(|day| day.parse().ok());
    let heap = asked.get("show").and_then(|word| Heap::from_word(word));
    let opened = day.zip(heap).map(|(day, heap)| opened(&moments, day, heap, &seat, &standing));
    let board = Board::of(&days, &moments, standing.now);
    html(Days { page: page.titled("日清零").beside(side), seat, board, opened })
}

fn opened(moments: &[Moment], day: Day, heap: Heap, seat: &Seat, standing: &Standing) -> Opened {
    let behind = moments.iter().filter(|moment| heap.holds(moment, day)).map(|moment| Behind {
        href: format!("{}/cases/{}", seat.desk(), moment.no),
        title: moment.title.clone(),
        no: moment.no.to_string(),
    });
    let title = format!("{}{}", say::day_long(standing.now, day), heap.words());
    Opened { title, behind: behind.collect() }
}

#[cfg(test)]
mod tests;

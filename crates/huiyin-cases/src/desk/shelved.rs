//! What the unit cannot do yet (挂账, 4.4, 7.3): each with its plan and the day by which it is looked at again, until it is
//! struck off (销账). A closed case stays here too. The school's own list stands with supervision.

use super::line::{self, Line};
use super::queries::{self, PAGE_ROWS};
use super::seat::{self, Seat};
use super::view::Asked;
use crate::cases::last_words;
use crate::cases::log::Standing;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use huiyin_domain::calendar::Day;
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::db::Row;
use huiyin_foundation::error::Error;
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, html};

/// A case on the list.
struct Shelved {
    line: Line,
    review_on: String,
    is_over: bool,
    since: String,
    plan: String,
}

#[derive(Template)]
#[template(path = "desk/shelved.html")]
struct List {
    page: Page,
    seat: Seat,
    shelved: Vec<Shelved>,
    next: Option<String>,
    clause: String,
}

/// The list of a unit.
pub(super) async fn page(
    State(app): State<App>,
    Path(unit): Path<String>,
    Query(asked): Query<Asked>,
    page: Page,
) -> Result<Response, Error> {
    let seat = Seat::take(&page.visitor, &unit)?;
    let standing = Standing::of(&app);
    let after = asked.get("after").and_then(|word| queries::after_day(word));
    let loaded = {
        let (seat, standing, visitor) = (seat.clone(), standing.clone(), page.visitor.clone());
        app.db.read(move |tx| {
            let side = seat::side(tx, &standing.policy.policy, standing.now, &visitor, &seat.unit)?;
            let near = seat.near(&standing.policy.policy);
            let mut rows = queries::shelved(tx, seat.reads(&near), after)?;
            let has_more = rows.len() > PAGE_ROWS;
            rows.truncate(PAGE_ROWS);
            let next = match rows.last() {
                Some(last) if has_more => {
                    Some(format!("{}.{}", last.str("review_on")?, last.str("case_no")?))
                }
                _ => None,
            };
            let numbers = rows.iter().map(|row| row.get("case_no"));
            let plans = last_words::of_shelved(tx, &numbers.collect::<Result<Vec<CaseNo>, _>>()?)?;
            let days = rows.iter().map(|row| days(row, &standing)).collect::<Result<Vec<_>, _>>()?;
            let (lines, _) = line::page_of(tx, rows, &standing, "shelved_at")?;
            let shelved = lines.into_iter().zip(days).map(|(line, (review_on, is_over, since))| Shelved {
                plan: plans.get(&line.no).cloned().unwrap_or_default(),
                line,
                review_on,
                is_over,
                since,
            });
            Ok::<_, Error>((shelved.collect(), next, side))
        })
    };
    let (shelved, next, side) = loaded.await?;
    let next = next.map(|after| format!("{}/shelved?after={after}", seat.desk()));
    let clause = standing.policy.policy.shelving.clause.clone();
    html(List { page: page.titled("挂账").beside(side), seat, shelved, next, clause })
}

/// The day of review, whether it is over, and since when it is on the list.
fn days(row: &Row, standing: &Standing) -> Result<(String, bool, String), Error> {
    let review_on: Day = row.str("review_on")?.parse().map_err(Error::internal)?;
    let is_over = review_on.at(standing.policy.policy.office.closes) <= standing.now;
    let since = say::day_long(standing.now, row.instant("shelved_at")?.day());
    Ok((say::day_long(standing.now, review_on), is_over, since))
}

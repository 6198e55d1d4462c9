//! What the unit has answered, the newest first, with its own result beside the requester's judgement. The two are never
//! mixed: answered is not solved (5.3).

use super::line::{self, Line};
use super::queries::{self, PAGE_ROWS};
use super::seat::{self, Seat};
use super::view::{Asked, Cursor};
use super::workbench::{outcome_words, satisfaction_words};
use crate::cases::log::Standing;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use huiyin_domain::ids::{CategoryId, KindId};
use huiyin_foundation::db::Row;
use huiyin_foundation::error::Error;
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, html};

/// An answered case.
struct Answered {
    line: Line,
    when: String,
    is_in_time: bool,
    outcome: String,
    rating: &'static str,
}

#[derive(Template)]
#[template(path = "desk/done.html")]
struct Done {
    page: Page,
    seat: Seat,
    answered: Vec<Answered>,
    next: Option<String>,
    is_later: bool,
}

/// The answered cases of a unit.
pub(super) async fn page(
    State(app): State<App>,
    Path(unit): Path<String>,
    Query(asked): Query<Asked>,
    page: Page,
) -> Result<Response, Error> {
    let seat = Seat::take(&page.visitor, &unit)?;
    let standing = Standing::of(&app);
    let after = asked.get("after").and_then(|word| Cursor::read(word));
    let is_later = after.is_some();
    let loaded = {
        let (seat, standing, visitor) = (seat.clone(), standing.clone(), page.visitor.clone());
        app.db.read(move |tx| {
            let side = seat::side(tx, &standing.policy.policy, standing.now, &visitor, &seat.unit)?;
            let near = seat.near(&standing.policy.policy);
            let rows = queries::answered(tx, seat.reads(&near), after.as_ref())?;
            let facts = rows.iter().take(PAGE_ROWS).map(|row| facts(row, &standing));
            let facts = facts.collect::<Result<Vec<_>, _>>()?;
            let (lines, next) = line::page_of(tx, rows, &standing, "replied_at")?;
            let answered = lines.into_iter().zip(facts);
            let answered = answered.map(|(line, (when, is_in_time, outcome, rating))| Answered {
                line,
                when,
                is_in_time,
                outcome,
                rating,
            });
            Ok::<_, Error>((answered.collect(), next, side))
        })
    };
    let (answered, next, side) = loaded.await?;
    let next = next.map(|after| format!("{}/done?after={}", seat.desk(), after.word()));
    html(Done { page: page.titled("已办结").beside(side), seat, answered, next, is_later })
}

fn facts(row: &Row, standing: &Standing) -> Result<(String, bool, String, &'static str), Error> {
    let (kind, category): (KindId, Option<CategoryId>) = (row.get("kind")?, row.get("category")?);
    let policy = &standing.policy.policy;
    let law = policy.law_in_row(&kind, category.as_ref(), row.flag("is_on_statute")?);
    let replied_at = row.instant("replied_at")?;
    let is_in_time = row.opt_instant("result_due")?.is_none_or(|due| replied_at < due);
    let outcome = outcome_words(law, row.opt_text("outcome")?.as_deref()).to_owned();
    let rating = satisfaction_words(row.opt_text("satisfaction")?.as_deref());
    Ok((say::moment(standing.now, replied_at), is_in_time, outcome, rating))
}

//! Running through the lists: by night all of them, and one when its question was changed or somebody wants to know now.

use super::finding;
use super::sample;
use super::saved::{self, List};
use super::sift::{Found, sift};
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Form, Page};
use std::collections::BTreeMap;

/// For so long it is known what stood on a list before: the change since last week, and a little more.
const KEPT_MS: i64 = 60 * 86_400_000;

/// Runs through every list; says on how many lists a case came or went.
pub async fn screen(app: &App) -> Result<u64, Error> {
    let lists = app.db.read(saved::all).await?;
    let mut changed = 0;
    for list in lists.into_iter().filter(|list| !list.is_set_aside) {
        changed += run_through(app, list).await?;
    }
    let over = Instant(app.now().0 - KEPT_MS);
    app.db.write(move |tx| sweep(tx, over)).await?;
    Ok(changed)
}

/// Runs through one list; says how many cases came or went.
pub(super) async fn run_through(app: &App, list: List) -> Result<u64, Error> {
    let (now, question) = (app.now(), list.question.clone());
    let found = app.db.read(move |tx| sift(tx, &question, now)).await?;
    app.db.write(move |tx| settle(tx, &list, &found, now)).await
}

/// POST /staff/lists/{id}/run
pub(super) async fn now(
    State(app): State<App>,
    _page: Page,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let wanted = id.clone();
    let list = app.db.read(move |tx| saved::find(tx, &wanted)).await?.ok_or(Error::Hidden)?;
    if form.token().sentence().is_none() {
        run_through(&app, list).await?;
    }
    Ok(Redirect::to(&format!("/staff/lists/{id}")).into_response())
}

/// Writes down who came and who went, if the question is still the one that was asked.
pub(super) fn settle(tx: &mut Tx, list: &List, found: &Found, now: Instant) -> Result<u64, Error> {
    if saved::find(tx, &list.id)?.is_none_or(|in_force| in_force.version != list.version) {
        return Ok(0);
    }
    // What stands on this list?
    let standing: BTreeMap<CaseNo, String> = tx
        .query_map(
            "select case_no, topic from screening_hits where list_id = $1 and until_ms is null",
            params![list.id.as_str()],
            |row| Ok::<_, Error>((row.get("case_no")?, row.text("topic")?)),
        )?
        .into_iter()
        .collect();
    let mut changed = 0;
    for no in standing.keys().filter(|no| !found.contains_key(no)) {
        // It answers to the question no longer.
        changed += tx.execute(
            "update screening_hits
             set until_ms = $3
             where list_id = $1
               and case_no = $2
               and until_ms is null",
            params![list.id.as_str(), no, now],
        )?;
    }
    for (no, topic) in found {
        match standing.get(no) {
            Some(known) if known == topic => {}
            Some(_) => {
                // It has something else in common with others.
                tx.execute(
                    "update screening_hits
                     set topic = $3
                     where list_id = $1
                       and case_no = $2
                       and until_ms is null",
                    params![list.id.as_str(), no, topic.as_str()],
                )?;
            }
            None => {
                // It answers to the question from now on; if it stopped at this very moment, it never did.
                changed += tx.execute(
                    "insert into screening_hits (list_id, case_no, since_ms, topic)
                     values ($1, $2, $3, $4)
                     on conflict (list_id, case_no, since_ms) do update
                     set until_ms = null, topic = excluded.topic",
                    params![list.id.as_str(), no, now, topic.as_str()],
                )?;
            }
        }
    }
    saved::ran(tx, list, now)?;
    Ok(changed)
}

/// Forgets what stood on lists long ago, and what was written about words that are no longer kept.
fn sweep(tx: &mut Tx, over: Instant) -> Result<u64, Error> {
    // What left a list so long ago that nobody compares with it?
    let gone = tx.execute("delete from screening_hits where until_ms < $1", params![over])?;
    Ok(gone + finding::forget(tx)? + sample::forget(tx)?)
}

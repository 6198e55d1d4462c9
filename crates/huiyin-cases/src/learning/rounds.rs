//! When a model is drawn: at night if something was confirmed, corrected or taken away since, and as soon as somebody looks
//! for proposals where there is no model yet. Never while a request waits for it.

use super::drawn::{Drawn, draw};
use huiyin_domain::calendar::Day;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// In these minutes after midnight it is night.
const NIGHT: std::ops::Range<u16> = 2 * 60..5 * 60;

/// What is remembered between two rounds.
#[derive(Default)]
struct Rounds {
    wished: AtomicBool,
    /// The day whose night was used.
    done_on: Mutex<Option<Day>>,
}

/// Somebody looked for proposals and there is no model: the next round draws one.
pub(crate) fn wish(tx: &Tx) {
    if let Some(rounds) = tx.kept::<Rounds>() {
        rounds.wished.store(true, Ordering::Relaxed);
    }
}

/// Draws a model if it is time to; tells how many were drawn.
pub async fn round(app: &App) -> Result<u64, Error> {
    let rounds = app.db.read(|tx| Ok::<_, Error>(tx.kept::<Rounds>())).await?;
    let Some(rounds) = rounds else { return Ok(0) };
    let is_wished = rounds.wished.swap(false, Ordering::Relaxed);
    if !is_wished && !is_nights_turn(app, &rounds) {
        return Ok(0);
    }
    let school = app.clone();
    let drawn = tokio::task::spawn_blocking(move || draw(&school, is_wished)).await;
    match drawn.map_err(Error::internal)?? {
        Drawn::New { version, takes_over, told, .. } => {
            let examples = told.examples;
            tracing::info!(version, takes_over, examples, "learned anew from what was confirmed");
            Ok(1)
        }
        Drawn::Unchanged | Drawn::TooLittle => Ok(0),
    }
}

/// Whether it is night and this night was not used yet.
fn is_nights_turn(app: &App, rounds: &Rounds) -> bool {
    let now = app.now();
    let mut done_on = rounds.done_on.lock().unwrap_or_else(PoisonError::into_inner);
    if !NIGHT.contains(&now.time_of_day().minutes) || *done_on == Some(now.day()) {
        return false;
    }
    *done_on = Some(now.day());
    true
}

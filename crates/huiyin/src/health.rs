//! `GET /healthz`: whether the school can read and write, for whoever watches the machine (10.5).
//!
//! Says the version and nothing else; no session is looked at. Writing is really tried, but at most every ten seconds,
//! whoever asks: a watchman must not wear out the disk.

use axum::extract::State;
use axum::http::StatusCode;
use huiyin_foundation::clock::Stopwatch;
use huiyin_foundation::db::{DbError, migrate};
use huiyin_foundation::params;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Door, Routes};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;

const TRIED_EVERY: Duration = Duration::from_secs(10);

/// When writing was last tried, and how it went.
type LastTry = Arc<Mutex<Option<(Stopwatch, bool)>>>;

/// Its route.
pub fn routes() -> Routes {
    let last = LastTry::default();
    Routes::new("health").get("/healthz", Door::Nameless, move |State(app): State<App>| show(app, last))
}

async fn show(app: App, last: LastTry) -> (StatusCode, String) {
    let version = env!("CARGO_PKG_VERSION");
    if let Err(error) = reads(&app).await {
        tracing::error!(%error, "the database does not answer");
        return (StatusCode::SERVICE_UNAVAILABLE, format!("database out of reach\nversion {version}\n"));
    }
    if !writes(&app, &last).await {
        return (StatusCode::SERVICE_UNAVAILABLE, format!("database not writable\nversion {version}\n"));
    }
    (StatusCode::OK, format!("ok\nversion {version}\n"))
}

async fn reads(app: &App) -> Result<(), DbError> {
    // Do the tables answer?
    app.db.read(|tx| tx.query_opt("select number from migrations limit 1", params![]).map(drop)).await
}

async fn writes(app: &App, last: &LastTry) -> bool {
    let mut last = last.lock().await;
    if let Some((since, went_well)) = &*last
        && since.elapsed() < TRIED_EVERY
    {
        return *went_well;
    }
    let outcome: Result<(), DbError> = app.db.write(migrate::write_again).await;
    if let Err(error) = &outcome {
        tracing::error!(%error, "the database cannot be written");
    }
    *last = Some((Stopwatch::start(), outcome.is_ok()));
    outcome.is_ok()
}

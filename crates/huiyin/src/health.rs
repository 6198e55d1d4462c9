//! `GET /healthz`: whether the school can read and write, for whoever watches the machine (10.5).
//!
//! Says the version and nothing else; no session is looked at.

use axum::extract::State;
use axum::http::StatusCode;
use huiyin_foundation::db::DbError;
use huiyin_foundation::params;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Door, Routes};

/// Its route.
pub fn routes() -> Routes {
    Routes::new("health").get("/healthz", Door::Nameless, show)
}

async fn show(State(app): State<App>) -> (StatusCode, String) {
    let version = env!("CARGO_PKG_VERSION");
    match check(&app).await {
        Ok(()) => (StatusCode::OK, format!("ok\nversion {version}\n")),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, format!("database out of reach\nversion {version}\n"))
        }
    }
}

async fn check(app: &App) -> Result<(), DbError> {
    // Do the tables answer?
    app.db.read(|tx| tx.query_opt("select number from migrations limit 1", params![]).map(drop)).await?;
    // The way to the writer is open too; nothing is written.
    app.db.write(|_| Ok(())).await
}

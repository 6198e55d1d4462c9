//! The whole site from its routes: what every request passes on its way in, and every answer on its way out.

use super::door::Door;
use super::errors::{self, Trouble};
use super::guard::Doorkeeper;
use super::routes::Routes;
use super::{address, assets, design, headers, origin, watch};
use crate::error::Error;
use crate::school::App;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use std::any::Any;
use std::sync::Arc;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

/// Long enough for photos over a slow line.
const ANSWER_WITHIN: Duration = Duration::from_secs(120);

/// The routes that belong to no room.
pub fn own_routes() -> Routes {
    Routes::new("web").get("/assets/{hash}/{name}", Door::Nameless, assets::serve).get(
        "/_design",
        Door::Anyone,
        design::show,
    )
}

/// The site of one school, ready to be served.
pub fn site(routes: Routes, app: App, keeper: Arc<dyn Doorkeeper>) -> Router {
    let routes = routes.merge(own_routes());
    let post = watch::Post { app: app.clone(), unwatched: watch::unwatched(&routes.list()) };
    routes
        .into_router(&app, &keeper)
        .with_state(app.clone())
        .layer(DefaultBodyLimit::disable())
        .layer(CatchPanicLayer::custom(after_panic))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, ANSWER_WITHIN))
        .layer(from_fn(own_pages_only))
        .layer(from_fn(address::clean))
        .layer(from_fn_with_state(app.clone(), errors::dress))
        .layer(from_fn_with_state(app.clone(), headers::protect))
        .layer(CompressionLayer::new().gzip(true))
        .layer(from_fn_with_state(post, watch::watch))
}

async fn own_pages_only(request: Request, next: Next) -> Response {
    if origin::may_act(request.method(), request.headers()) {
        return next.run(request).await;
    }
    let sentence = "这一步是从别的网站发来的，没有办理。请从本站的页面上再点一次。";
    Trouble::new(StatusCode::FORBIDDEN, "请从本站办理", sentence).into_response()
}

fn after_panic(cause: Box<dyn Any + Send + 'static>) -> Response {
    let words = cause.downcast_ref::<&str>().map(|words| (*words).to_owned());
    let words = words.or_else(|| cause.downcast_ref::<String>().cloned()).unwrap_or_default();
    Error::internal(format!("panicked: {words}")).into_response()
}

//! Gives every request a number and writes one line when it is answered: route, status, time taken.
//!
//! What the line deliberately does not hold: path parameters, query, address, agent, person. On the roads that nobody is
//! recognised on, and on the way to them, there is no line at all: beside an anonymous case its minute must not stand
//! anywhere. Only a failure of ours is told there, with the hour.

use super::routes::RouteRow;
use crate::clock::Stopwatch;
use crate::school::App;
use axum::extract::{MatchedPath, Request, State};
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::Response;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Letters that name one request, for the log and for the person who telephones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestNumber(pub String);

/// What the watch carries: the school, and the routes of which it writes no line.
#[derive(Clone)]
pub(super) struct Post {
    pub app: App,
    pub unwatched: Arc<BTreeSet<&'static str>>,
}

/// The roads on which nobody is recognised, and the steps that lead onto them.
pub(super) fn unwatched(rows: &[RouteRow]) -> Arc<BTreeSet<&'static str>> {
    let is_unwatched = |row: &&RouteRow| !row.door.recognises() || row.path.starts_with("/say");
    Arc::new(rows.iter().filter(is_unwatched).map(|row| row.path).collect())
}

pub(super) async fn watch(
    State(Post { app, unwatched }): State<Post>,
    mut request: Request,
    next: Next,
) -> Response {
    let watch = Stopwatch::start();
    let number = app.keys.random_letters(8);
    request.extensions_mut().insert(RequestNumber(number.clone()));
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("-", |path| path.as_str()).to_owned();
    let mut response = next.run(request).await;
    let is_unwatched = unwatched.contains(route.as_str());
    if let Ok(value) = HeaderValue::from_str(&number) {
        response.headers_mut().insert("x-request-number", value);
    }
    let ms = watch.elapsed().as_micros() as u64 / 1000;
    let status = response.status().as_u16();
    if !is_unwatched {
        tracing::info!(target: "huiyin::access", request = %number, %method, %route, status, ms, "answered");
    } else if status >= 500 {
        let hour = app.now().floor_to_hour().to_rfc3339();
        tracing::error!(target: "huiyin::access", %method, %route, status, %hour, "failed");
    }
    response
}

//! Gives every request a number and writes one line when it is answered: route, status, time taken.
//!
//! What the line deliberately does not hold: path parameters, query, address, agent, person.

use crate::clock::Stopwatch;
use crate::school::App;
use axum::extract::{MatchedPath, Request, State};
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::Response;

/// Letters that name one request, for the log and for the person who telephones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestNumber(pub String);

pub(super) async fn watch(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let watch = Stopwatch::start();
    let number = app.keys.random_letters(8);
    request.extensions_mut().insert(RequestNumber(number.clone()));
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("-", |path| path.as_str()).to_owned();
    let mut response = next.run(request).await;
    if let Ok(value) = HeaderValue::from_str(&number) {
        response.headers_mut().insert("x-request-number", value);
    }
    let ms = watch.elapsed().as_micros() as u64 / 1000;
    let status = response.status().as_u16();
    tracing::info!(target: "huiyin::access", request = %number, %method, %route, status, ms, "answered");
    response
}

//! The guard at a door: finds out who comes, asks the door, and lets in or turns away.
//!
//! An act that arrives after its session has ended is not thrown away: the words that came with it are shown again, to
//! be copied, next to the link for signing in.

use super::door::{Admission, Door};
use super::errors::{self, Trouble};
use super::forms::Form;
use super::session;
use super::visitor::Visitor;
use crate::error::Error;
use crate::school::{App, School};
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{FromRequest, RawPathParams, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

/// The answer to "whose session is this?", on its way.
pub type Recognising<'a> = Pin<Box<dyn Future<Output = Result<Visitor, Error>> + Send + 'a>>;

/// Knows whose session a cookie names; the people floor provides it.
pub trait Doorkeeper: Send + Sync + 'static {
    /// Whoever the session belongs to; a stranger if there is no such session any more.
    fn recognise<'a>(&'a self, school: &'a School, cookie: &'a str) -> Recognising<'a>;
}

/// What a guard carries to its door.
#[derive(Clone)]
pub(super) struct Post {
    pub app: App,
    pub keeper: Arc<dyn Doorkeeper>,
    pub door: Door,
}

pub(super) async fn guard(
    State(post): State<Post>,
    params: Result<RawPathParams, RawPathParamsRejection>,
    mut request: Request,
    next: Next,
) -> Response {
    let visitor = match session::cookie_value(&post.app.config, request.headers()) {
        Some(cookie) if post.door.recognises() => match post.keeper.recognise(&post.app, &cookie).await {
            Ok(visitor) => visitor,
            Err(error) => return error.into_response(),
        },
        _ => Visitor::stranger(),
    };
    let unit = params.as_ref().ok().and_then(|params| params.iter().find(|(name, _)| *name == "unit"));
    let unit = unit.map(|(_, value)| value);
    let mut response = match post.door.admits(&visitor, unit, post.app.is_demo) {
        Admission::Enter => {
            request.extensions_mut().insert(visitor.clone());
            next.run(request).await
        }
        Admission::SignIn => ask_to_sign_in(&post.app, request).await,
        Admission::Forbidden => Trouble::closed(post.door, &visitor).into_response(),
        Admission::Hidden => Error::Hidden.into_response(),
    };
    // The error page greets whoever was recognised.
    response.extensions_mut().insert(visitor);
    response
}

async fn ask_to_sign_in(app: &App, request: Request) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        let is_part = request.headers().contains_key("hx-request");
        let here = request.uri().path_and_query().map(|target| target.as_str().to_owned());
        let target = if is_part { errors::came_from(request.headers()) } else { here };
        return errors::to_sign_in(target.as_deref().unwrap_or("/"), request.headers());
    }
    let back = errors::came_from(request.headers()).unwrap_or_else(|| "/".to_owned());
    // Reading the form leaves its texts where the error page finds them.
    match Form::from_request(request, app).await {
        Ok(_) => Trouble::session_over(back).into_response(),
        Err(response) => response,
    }
}

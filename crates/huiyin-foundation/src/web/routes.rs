//! The recorder of routes: each row says method, path, who may enter, and which room answers.
//!
//! The same rows make the router and the golden list `routes.txt`, so that the list cannot lie.

use super::door::Door;
use super::errors;
use super::guard::{Doorkeeper, Post, guard};
use crate::error::Error;
use crate::school::App;
use axum::Router;
use axum::handler::Handler;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, any, get, post};
use std::fmt;
use std::sync::Arc;

/// One row of the site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RouteRow {
    /// The path with its `{names}`.
    pub path: &'static str,
    /// GET or POST.
    pub method: &'static str,
    /// Who may enter.
    pub door: Door,
    /// Which room answers.
    pub room: &'static str,
}

impl fmt::Display for RouteRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:<5}{:<44}{:<12}{}", self.method, self.path, self.door.to_string(), self.room)
    }
}

/// The routes of one room, or of several merged.
pub struct Routes {
    room: &'static str,
    rows: Vec<(RouteRow, MethodRouter<App>)>,
}

impl Routes {
    /// An empty list for a room.
    pub fn new(room: &'static str) -> Routes {
        Routes { room, rows: Vec::new() }
    }

    /// A page.
    pub fn get<H, T>(self, path: &'static str, door: Door, handler: H) -> Routes
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.with("GET", path, door, get(handler))
    }

    /// An act.
    pub fn post<H, T>(self, path: &'static str, door: Door, handler: H) -> Routes
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.with("POST", path, door, post(handler))
    }

    fn with(
        mut self,
        method: &'static str,
        path: &'static str,
        door: Door,
        answers: MethodRouter<App>,
    ) -> Routes {
        self.rows.push((RouteRow { path, method, door, room: self.room }, answers));
        self
    }

    /// Adds the routes of another room.
    pub fn merge(mut self, other: Routes) -> Routes {
        self.rows.extend(other.rows);
        self
    }

    /// Every row, sorted by path: one line each is the golden paper `routes.txt`.
    pub fn list(&self) -> Vec<RouteRow> {
        let mut rows: Vec<RouteRow> = self.rows.iter().map(|(row, _)| row.clone()).collect();
        rows.sort();
        rows
    }

    /// The router, each row behind its door.
    pub(super) fn into_router(self, app: &App, keeper: &Arc<dyn Doorkeeper>) -> Router<App> {
        let guard_at =
            |door| from_fn_with_state(Post { app: app.clone(), keeper: keeper.clone(), door }, guard);
        // Whoever is lost is recognised too, so that the page that says so has their name on it.
        let lost = any(async || Error::Hidden).layer(guard_at(Door::Anyone)).with_state(app.clone());
        let router = Router::new().fallback_service(lost);
        let router = self.rows.into_iter().fold(router, |router, (row, answers)| {
            router.route(row.path, answers.route_layer(guard_at(row.door)))
        });
        router.method_not_allowed_fallback(errors::only_for_forms.layer(guard_at(Door::Anyone)))
    }
}

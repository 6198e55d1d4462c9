//! The front door: every floor's routes merged, and the commands by which a school is made, run and looked after.

mod admin;
mod at_work;
pub mod cli;
pub mod commands;
mod demo;
mod export;
mod health;
mod import;
mod logging;
mod rules;
mod school;
mod serving;
mod stop;
mod timetable;

use axum::Router;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{self, Routes};
use huiyin_people::identity::Keeper;
use std::sync::Arc;

/// The whole site, room by room.
pub fn routes() -> Routes {
    health::routes()
        .merge(huiyin_people::routes())
        .merge(huiyin_cases::routes())
        .merge(huiyin_reports::routes())
        .merge(admin::routes())
        .merge(demo::routes())
}

/// The site of a school, ready to be served.
pub fn router(app: App) -> Router {
    web::site(routes(), app, Arc::new(Keeper))
}

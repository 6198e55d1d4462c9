//! The front door: every floor's routes merged, and the commands by which a school is made, run and looked after.

mod admin;
mod at_work;
pub mod cli;
pub mod commands;
mod demo;
mod export;
mod health;
mod import;
mod live;
mod logging;
#[cfg(test)]
mod replay;
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

/// The whole site, room by room; nothing streams.
pub fn routes() -> Routes {
    routes_with(live::Hall::closed())
}

fn routes_with(hall: Arc<live::Hall>) -> Routes {
    health::routes()
        .merge(live::routes(hall))
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

/// The same with streams, which end when their hall is closed.
fn streaming(app: App, hall: Arc<live::Hall>) -> Router {
    web::site(routes_with(hall), app, Arc::new(Keeper))
}

//! Who somebody is: accounts, signing in and out, one-time links, how they like their pages (2.3, 2.4; pages S20, S21).
//!
//! The front door for other rooms: [`person()`], [`search`], [`upsert`], [`set_duties`], [`disable`], [`offer_setup`].
//! A wrong name and a wrong password are answered with the same words after the same work. What it deliberately does not
//! do yet: campus single sign-on, second factors, sign-in by e-mail.

mod changes;
mod demo;
mod password;
mod person;
mod preferences;
mod queries;
mod sessions;
mod setup;
mod sign_in;
mod sign_out;
#[cfg(test)]
mod tests;

pub use changes::{AccountChange, Changed, changes_before, note_change};
pub use person::{Person, PersonEntry, PersonKind};
pub use queries::{
    Upserted, count_open, disable, duties_of, enable, names_of, person, person_by_number, search, set_duties,
    set_password, upsert,
};
pub use sessions::{Keeper, OTHERS_ABSOLUTE_MS, STAFF_ABSOLUTE_MS, STAFF_IDLE_MS, sweep};
pub use setup::{SETUP_LINK_HOURS, offer_setup};

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use huiyin_foundation::web::{Door, Routes};

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new("identity")
        .get("/sign-in", Door::Anyone, sign_in::show)
        .post("/sign-in", Door::Anyone, sign_in::act)
        .post("/sign-in/as", Door::Demo, demo::act)
        .post("/sign-out", Door::Anyone, sign_out::act)
        .get("/setup/{token}", Door::Anyone, setup::show)
        .post("/setup/{token}", Door::Anyone, setup::act)
        .get("/settings", Door::SignedIn, preferences::show)
        .post("/settings", Door::SignedIn, preferences::act)
        .post("/settings/password", Door::SignedIn, password::act)
}

/// On to another page, with a line that sets or clears the session cookie.
fn onward(to: &str, cookie: HeaderValue) -> Response {
    let mut response = Redirect::to(to).into_response();
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    response
}

//! People and what they are there for (A1, A2): finding, adding, duties, closing an account, a one-time link to set a
//! password, the roster as a file. Accounts are no settings: a change here makes no version; it is kept in a list of
//! its own.

mod changes;
mod duties;
mod list;
mod new;
mod one;
mod roster;

pub(super) use duties::keep as keep_duties;

use huiyin_foundation::web::{Door, Routes};

/// The routes of this room.
pub(super) fn routes() -> Routes {
    Routes::new("admin")
        .get("/admin/people", Door::Admin, list::page)
        .get("/admin/people/new", Door::Admin, new::page)
        .post("/admin/people/new", Door::Admin, new::add)
        .get("/admin/people/roster", Door::Admin, roster::page)
        .post("/admin/people/roster", Door::Admin, roster::take_over)
        .get("/admin/people/changes", Door::Admin, changes::page)
        .get("/admin/people/{person}", Door::Admin, one::page)
        .post("/admin/people/{person}/duties", Door::Admin, duties::save)
        .post("/admin/people/{person}/account", Door::Admin, one::open_or_close)
        .post("/admin/people/{person}/link", Door::Admin, one::offer_link)
}

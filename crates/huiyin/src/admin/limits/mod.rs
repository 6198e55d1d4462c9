//! Until when (A4): the time limits in words with the clause they come from, changing one with a look at what it would
//! do, office hours, the turns a case may take, when a crowd is told, how long what is kept, the terms, the calendars that are known, and every change of the settings.
//!
//! A change never moves what was already promised: promises are kept with the case. What this room deliberately does
//! not do: take over next year's calendar, which is a file the operator puts into the data folder.

mod early;
mod edit;
mod hours;
mod kept;
mod list;
mod terms;
mod trial;
mod turns;

use huiyin_foundation::web::{Door, Routes};

/// The routes of this room.
pub(super) fn routes() -> Routes {
    Routes::new("admin")
        .get("/admin/limits", Door::Admin, list::page)
        .get("/admin/limits/hours", Door::Admin, hours::page)
        .post("/admin/limits/hours", Door::Admin, hours::save)
        .get("/admin/limits/terms", Door::Admin, terms::page)
        .post("/admin/limits/terms", Door::Admin, terms::save)
        .get("/admin/limits/turns", Door::Admin, turns::page)
        .post("/admin/limits/turns", Door::Admin, turns::save)
        .get("/admin/limits/retention", Door::Admin, kept::page)
        .post("/admin/limits/retention", Door::Admin, kept::save)
        .get("/admin/limits/early", Door::Admin, early::page)
        .post("/admin/limits/early", Door::Admin, early::save)
        .get("/admin/limits/{limit}", Door::Admin, edit::page)
        .post("/admin/limits/{limit}", Door::Admin, edit::save)
}

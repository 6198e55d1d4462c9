//! The catalogue of dispatch (A3, 3.2): which matter is whose, by which words it is recognised, a box to try a text, and the
//! words that mean the same to whoever searches.
//!
//! What the box shows is what a clerk would be shown; nothing of the text is kept.

mod edit;
mod list;
mod synonyms;
mod terms;

use huiyin_foundation::web::{Door, Routes};

/// The routes of this room.
pub(super) fn routes() -> Routes {
    Routes::new("admin")
        .get("/admin/categories", Door::Admin, list::page)
        .post("/admin/categories/test", Door::Admin, list::test)
        .get("/admin/categories/new", Door::Admin, edit::blank)
        .post("/admin/categories/new", Door::Admin, edit::add)
        .get("/admin/categories/synonyms", Door::Admin, synonyms::page)
        .post("/admin/categories/synonyms", Door::Admin, synonyms::save)
        .get("/admin/categories/{category}", Door::Admin, edit::page)
        .post("/admin/categories/{category}", Door::Admin, edit::save)
}

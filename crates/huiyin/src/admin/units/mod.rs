//! The units of the school (A1): the tree with its officers; name, other names, telephone, leader post, closing, a new
//! unit (3.2). Who works in a unit is set on the person's page. A unit is never taken away, only closed, because cases
//! name it.

mod edit;
mod list;

use huiyin_foundation::web::{Door, Routes};

/// The routes of this room.
pub(super) fn routes() -> Routes {
    Routes::new("admin")
        .get("/admin/units", Door::Admin, list::page)
        .get("/admin/units/new", Door::Admin, edit::blank)
        .post("/admin/units/new", Door::Admin, edit::add)
        .get("/admin/units/{unit}", Door::Admin, edit::page)
        .post("/admin/units/{unit}", Door::Admin, edit::save)
}

//! The volunteer squads of the school (5.5; A1): what each is called, the unit it serves under, which simple work it may
//! take, and who is in it.
//!
//! Membership is a duty of the person, as everywhere; here it is given and taken by the squad. A squad is never taken away,
//! only closed, because cases name it. What these pages deliberately do not do: hand work to a squad; its unit does.

mod edit;
mod list;
mod members;

use huiyin_foundation::web::{Door, Routes};

/// The routes of this room.
pub(super) fn routes() -> Routes {
    Routes::new("admin")
        .get("/admin/squads", Door::Admin, list::page)
        .get("/admin/squads/new", Door::Admin, edit::blank)
        .post("/admin/squads/new", Door::Admin, edit::add)
        .get("/admin/squads/{squad}", Door::Admin, edit::page)
        .post("/admin/squads/{squad}", Door::Admin, edit::save)
        .post("/admin/squads/{squad}/joining", Door::Admin, members::join)
        .post("/admin/squads/{squad}/leaving", Door::Admin, members::leave)
}

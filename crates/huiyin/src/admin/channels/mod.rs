//! The channels by which matters come in (A5; 1.4): which unit leads each, whom it is for, whether it has a form of its own
//! in the portal, takes only names and proposals with co-signers.
//!
//! What these pages deliberately do not do: adding or closing channels, or saying which of them staff register by hand or
//! lead outside; those stand in the preset.

mod edit;
mod list;

use huiyin_foundation::web::{Door, Routes};

/// The routes of this room.
pub(super) fn routes() -> Routes {
    Routes::new("admin")
        .get("/admin/channels", Door::Admin, list::page)
        .get("/admin/channels/{channel}", Door::Admin, edit::page)
        .post("/admin/channels/{channel}", Door::Admin, edit::save)
}

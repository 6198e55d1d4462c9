//! How long what is kept (保存期限, 5.6): a list of the cases whose time is over, looked at and confirmed by two people, told to
//! those concerned, and carried out by the clock when the announced day has come.
//!
//! Nothing is taken away that no list has named before, and each case is judged once more when its turn comes. The record
//! keeps that it was done; what stands for everybody to read stays. What this room deliberately does not do: change how
//! long what is kept (the settings do), reach into copies made before (docs/operating.md), or erase because a person asks.

mod due;
mod left_out;
mod list;
mod one;
mod queries;
mod run;
#[cfg(test)]
mod tests;

pub use list::list_due;
pub use run::carry_out_lists;

use huiyin_foundation::web::{Door, Routes};

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new("retention")
        .get("/retention", Door::Keeper, list::show)
        .post("/retention", Door::Keeper, list::make)
        .get("/retention/{id}", Door::Keeper, one::show)
        .post("/retention/{id}/leave-out", Door::Keeper, left_out::leave_out)
        .post("/retention/{id}/put-back", Door::Keeper, left_out::put_back)
        .post("/retention/{id}/confirm", Door::Keeper, one::confirm)
        .post("/retention/{id}/call-off", Door::Keeper, one::call_off)
}

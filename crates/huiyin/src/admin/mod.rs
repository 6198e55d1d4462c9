//! The administrator's rooms: what is not ready yet, people, units, volunteer squads, places, channels, the catalogue of
//! dispatch, limits (10.1, 10.3, 3.2, 5.5; pages A1–A5, A15).
//!
//! Every change of the settings makes a new version that says what it was before and is afterwards. The administrator
//! sets the school up and sees no case. What these rooms deliberately do not do yet: new channels, form fields,
//! colours and logo; those stand in the preset.

mod categories;
mod channels;
mod changes;
mod choices;
mod limits;
mod people;
mod places;
mod posters;
mod proposals;
mod saving;
mod school;
mod squads;
mod status;
#[cfg(test)]
mod tests;
mod units;

use huiyin_foundation::web::{Door, Routes};

/// The routes of these rooms.
pub fn routes() -> Routes {
    Routes::new("admin")
        .get("/admin", Door::Admin, status::page)
        .post("/admin/letters/again", Door::Admin, status::again)
        .post("/admin/letters/trial", Door::Admin, status::trial)
        .post("/admin/letters/in", Door::Admin, status::try_again)
        .get("/admin/school", Door::Admin, school::page)
        .post("/admin/school", Door::Admin, school::save)
        .merge(people::routes())
        .merge(units::routes())
        .merge(places::routes())
        .merge(posters::routes())
        .merge(categories::routes())
        .merge(proposals::routes())
        .merge(channels::routes())
        .merge(squads::routes())
        .merge(limits::routes())
}

//! The hall: cases from the first word to the archive, and the desks where they wait.

pub mod alike;
pub mod archive;
pub mod cases;
pub mod coordination;
pub mod desk;
pub mod dossier;
pub mod follow_up;
pub mod leaders;
pub mod learning;
pub mod mailbox;
pub mod outside;
pub mod overseeing;
pub mod retention;
pub mod screening;
pub mod squad;
pub mod supervision;

use huiyin_foundation::web::Routes;

/// Every door of this floor.
pub fn routes() -> Routes {
    cases::routes()
        .merge(alike::routes())
        .merge(desk::routes())
        .merge(dossier::routes())
        .merge(archive::routes())
        .merge(coordination::routes())
        .merge(supervision::routes())
        .merge(leaders::routes())
        .merge(outside::routes())
        .merge(follow_up::routes())
        .merge(overseeing::routes())
        .merge(retention::routes())
        .merge(screening::routes())
        .merge(squad::routes())
}

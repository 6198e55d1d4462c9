//! The hall: cases from the first word to the archive, and the desks where they wait.

pub mod cases;
pub mod desk;

use huiyin_foundation::web::Routes;

/// Every door of this floor.
pub fn routes() -> Routes {
    cases::routes().merge(desk::routes())
}

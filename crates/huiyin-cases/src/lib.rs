//! The hall: cases from the first word to the archive, and the desks where they wait.

use huiyin_foundation::web::Routes;

pub mod cases;
pub mod desk;

/// The routes of this floor.
pub fn routes() -> Routes {
    desk::routes()
}

//! Who: people, their duties, what they are told, and the settings their school lives by.

pub mod identity;
pub mod names;
pub mod notices;
pub mod roster;
pub mod settings;
pub mod units;
pub mod workbook;

use huiyin_foundation::web::Routes;

/// The routes of this floor.
pub fn routes() -> Routes {
    identity::routes().merge(notices::routes())
}

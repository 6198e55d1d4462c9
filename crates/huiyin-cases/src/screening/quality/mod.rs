//! Data quality (7.5, page C12): every answer is looked at once, some time after it was given, by plain checks on what is
//! kept. Each check says what it looks for, of how many it was asked, and which cases it found; the office asks the unit to
//! mend one (退改: a finding like those of the lists) or says with a reason that nothing is wrong, and is not asked again.
//!
//! What is protected is not looked at. Nothing here changes a case, and no check is a verdict. What it cannot check: how long
//! after it came a matter was registered, because nothing keeps when it came.

mod check;
mod look;
mod page;
mod queries;

pub(super) use check::Check;
pub(super) use page::share;
pub(super) use queries::asked;

pub use look::look;

use huiyin_foundation::web::{Door, Routes};

/// The routes of this part.
pub(super) fn routes() -> Routes {
    Routes::new("screening")
        .get("/staff/quality", Door::Supervisor, page::show)
        .get("/staff/quality/{check}", Door::Supervisor, page::cases)
        .post("/staff/quality/{check}/fine", Door::Supervisor, page::fine)
}

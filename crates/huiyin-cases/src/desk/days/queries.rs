//! When the unit's cases came, were answered and ended.

use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::{CaseNo, UnitId};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;

/// A case of the unit.
pub(super) struct Moment {
    pub no: CaseNo,
    pub title: String,
    pub came: Instant,
    pub answered: Option<Instant>,
    pub ended: Option<Instant>,
}

/// The cases that the unit had to do with since then.
pub(super) fn moments(tx: &mut Tx, unit: &UnitId, since: Instant) -> Result<Vec<Moment>, Error> {
    // What lay at this unit at any time since then?
    tx.query_map(
        "select case_no, title, assigned_at, replied_at, ended_at
         from cases
         where unit = $1
           and assigned_at is not null
           and (replied_at is null or replied_at >= $2)
           and (ended_at is null or ended_at >= $2)
         order by assigned_at, case_no",
        params![unit, since],
        |row| {
            Ok(Moment {
                no: row.get("case_no")?,
                title: row.text("title")?,
                came: row.instant("assigned_at")?,
                answered: row.opt_instant("replied_at")?,
                ended: row.opt_instant("ended_at")?,
            })
        },
    )
}

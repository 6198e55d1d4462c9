//! What the figures ask: the counts of the unit by day, and how long first words took.

use huiyin_domain::calendar::{Day, Instant};
use huiyin_domain::ids::UnitId;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;

/// So many of a measure on a day.
pub(super) struct Counted {
    /// The day.
    pub day: Day,
    /// What was counted.
    pub measure: String,
    /// How many.
    pub n: u64,
}

/// The counts of a unit since a day.
pub(super) fn counted(tx: &mut Tx, unit: &UnitId, since: Day) -> Result<Vec<Counted>, Error> {
    // How many of what on which day?
    tx.query_map(
        "select day, measure, cast(sum(n) as bigint) as n
         from case_counts
         where day >= $1
           and unit = $2
         group by day, measure
         order by day",
        params![since, unit],
        |row| Ok(Counted { day: row.day("day")?, measure: row.text("measure")?, n: row.get("n")? }),
    )
}

/// How long the first words took, ascending, for cases that came in since then.
pub(super) fn first_reply_ms(tx: &mut Tx, unit: &UnitId, since: Instant) -> Result<Vec<i64>, Error> {
    // How long did requesters wait for a first word?
    tx.query_map(
        "select first_replied_at - submitted_at as took
         from cases
         where unit = $1
           and submitted_at >= $2
           and first_replied_at is not null
         order by took",
        params![unit, since],
        |row| Ok(row.int("took")?),
    )
}

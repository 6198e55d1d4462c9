//! What events add to the counts by day × unit × kind × category: gathered while a transaction appends, then written (7.4).

use huiyin_domain::calendar::Day;
use huiyin_domain::case::Tally;
use huiyin_domain::ids::UnitId;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use std::collections::BTreeMap;

/// Counts that are not written yet.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts(BTreeMap<(Day, Tally), i64>);

impl Counts {
    /// One more.
    pub fn add(&mut self, day: Day, tally: Tally) {
        *self.0.entry((day, tally)).or_default() += 1;
    }

    /// All of these too.
    pub fn merge(&mut self, others: Counts) {
        for (key, n) in others.0 {
            *self.0.entry(key).or_default() += n;
        }
    }

    /// Writes them, always in the same order, so that two transactions never wait for one another in a circle.
    pub fn write(self, tx: &mut Tx) -> Result<(), Error> {
        for ((day, tally), n) in self.0 {
            let unit = tally.unit.as_ref().map_or("", UnitId::as_str);
            let category = tally.category.as_ref().map_or("", |id| id.as_str());
            // So many more of this measure on this day.
            tx.execute(
                "insert into case_counts (day, unit, kind, category, measure, n)
                 values ($1, $2, $3, $4, $5, $6)
                 on conflict (day, unit, kind, category, measure) do update
                 set n = case_counts.n + excluded.n",
                params![day, unit, &tally.kind, category, tally.measure.word(), n],
            )?;
        }
        Ok(())
    }
}

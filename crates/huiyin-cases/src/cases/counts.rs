//! What events add to the counts by day × unit × kind × category, and at whose desks they change something: gathered while
//! a transaction appends, then written (7.4).

use huiyin_domain::calendar::Day;
use huiyin_domain::case::{Added, Case, Tally};
use huiyin_domain::ids::UnitId;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use std::collections::{BTreeMap, BTreeSet};

/// Counts that are not written yet.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts {
    by_day: BTreeMap<(Day, Tally), i64>,
    desks: BTreeSet<UnitId>,
}

impl Counts {
    /// What a line adds.
    pub fn add(&mut self, added: Added) {
        *self.by_day.entry((added.day, added.tally)).or_default() += added.n;
    }

    /// This case lies, or lay until now, at the desks of these units.
    pub fn lies_at(&mut self, case: &Case) {
        self.desks.extend(case.unit.iter().chain(&case.assisting).cloned());
    }

    /// All of these too.
    pub fn merge(&mut self, others: Counts) {
        for (key, n) in others.by_day {
            *self.by_day.entry(key).or_default() += n;
        }
        self.desks.extend(others.desks);
    }

    /// Writes them, always in the same order, so that two transactions never wait for one another in a circle.
    pub fn write(self, tx: &mut Tx) -> Result<(), Error> {
        for ((day, tally), n) in self.by_day {
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
        for unit in self.desks {
            // What was counted at this desk holds no longer.
            tx.execute(
                "insert into desk_versions (unit, version)
                 values ($1, 1)
                 on conflict (unit) do update
                 set version = desk_versions.version + 1",
                params![unit],
            )?;
        }
        Ok(())
    }
}

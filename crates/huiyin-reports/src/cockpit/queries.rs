//! What the leader's figures read: the kept counts of these units, and places and outside channels from the rows.

use crate::board::Days;
use crate::figures::Counts;
use crate::insight::as_seen_by;
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::Measure;
use huiyin_domain::ids::UnitId;
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::{Filter, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::web::Visitor;
use std::collections::BTreeMap;

const DAY_MS: i64 = 86_400_000;
/// So many weeks stand beside one another.
const WEEKS: usize = 7;
const PLACES: usize = 8;
/// From light to dark.
const SHADES: i64 = 5;

/// How often each thing happened at these units.
pub(super) fn totals(tx: &mut Tx, units: &[UnitId], (from, until): Days) -> Result<Counts, Error> {
    let filter =
        Filter::new("select measure, cast(sum(n) as bigint) as n from case_counts where day between ");
    let filter = filter.value(from).sql(" and ").value(until).sql("\n and unit in ").list(units);
    let (sql, values) = filter.sql("\n group by measure").finish();
    let mut counts = Counts::default();
    // How often did each thing happen at these units in these days?
    tx.query_each(sql, &values, |row| {
        counts.add(row.str("measure")?, row.int("n")?);
        Ok::<_, Error>(())
    })?;
    Ok(counts)
}

/// What was given to these units and answered, day by day.
pub(super) fn by_day(
    tx: &mut Tx,
    units: &[UnitId],
    (from, until): Days,
) -> Result<BTreeMap<String, Counts>, Error> {
    let filter =
        Filter::new("select day, measure, cast(sum(n) as bigint) as n from case_counts where day between ");
    let filter = filter.value(from).sql(" and ").value(until).sql("\n and measure in ");
    let filter = filter.list([Measure::Assigned.word(), Measure::Replied.word()]);
    let (sql, values) = filter.sql("\n and unit in ").list(units).sql("\n group by day, measure").finish();
    let mut days: BTreeMap<String, Counts> = BTreeMap::new();
    // How many were given to these units and answered on each of these days?
    tx.query_each(sql, &values, |row| {
        // The drawing's first line is what came in: for units that is what they were given.
        let measure = match row.str("measure")? {
            word if word == Measure::Assigned.word() => Measure::Received.word(),
            word => word,
        };
        days.entry(row.text("day")?).or_default().add(measure, row.int("n")?);
        Ok::<_, Error>(())
    })?;
    Ok(days)
}

/// How many of each kind each of these units was given.
pub(super) fn by_kind(
    tx: &mut Tx,
    units: &[UnitId],
    (from, until): Days,
) -> Result<BTreeMap<(String, String), i64>, Error> {
    let filter =
        Filter::new("select unit, kind, cast(sum(n) as bigint) as n from case_counts where day between ");
    let filter = filter.value(from).sql(" and ").value(until).sql("\n and measure = ");
    let filter = filter.value(Measure::Assigned.word()).sql("\n and unit in ").list(units);
    let (sql, values) = filter.sql("\n group by unit, kind").finish();
    // How many of each kind was each of these units given?
    let counted = tx.query_map(sql, &values, |row| {
        Ok::<_, Error>(((row.text("unit")?, row.text("kind")?), row.int("n")?))
    })?;
    Ok(counted.into_iter().filter(|(_, n)| *n > 0).collect())
}

/// How many came from each place in each week.
pub(super) struct Heat {
    /// How the weeks are called, the oldest first.
    pub weeks: Vec<String>,
    /// A place, and for each week its number and how dark it is.
    pub rows: Vec<(String, Vec<(i64, i64)>)>,
}

/// The places most came from in the last weeks, of what this reader sees; places of fewer than three are left out.
pub(super) fn heat(tx: &mut Tx, policy: &Policy, visitor: &Visitor, now: Instant) -> Result<Heat, Error> {
    let midnight = now.day().start();
    let begin = midnight.plus_ms(-7 * WEEKS as i64 * DAY_MS);
    let filter = Filter::new("select place, (submitted_at - ").value(begin);
    let filter =
        filter.sql(") / 604800000 as week, count(*) as n\n from cases\n where place is not null\n and ");
    let filter = as_seen_by(filter, policy, visitor);
    let filter =
        filter.sql("\n and submitted_at >= ").value(begin).sql("\n and submitted_at < ").value(midnight);
    let (sql, values) = filter.sql("\n group by place, 2").finish();
    let mut places: BTreeMap<String, [i64; WEEKS]> = BTreeMap::new();
    // How many came from each place in each of these weeks?
    tx.query_each(sql, &values, |row| {
        let week = usize::try_from(row.int("week")?).unwrap_or_default().min(WEEKS - 1);
        places.entry(row.text("place")?).or_default()[week] += row.int("n")?;
        Ok::<_, Error>(())
    })?;
    let mut places: Vec<(String, [i64; WEEKS])> =
        places.into_iter().filter(|(_, weeks)| weeks.iter().sum::<i64>() >= 3).collect();
    places.sort_by_key(|(_, weeks)| -weeks.iter().sum::<i64>());
    places.truncate(PLACES);
    let most = places.iter().flat_map(|(_, weeks)| weeks).copied().max().unwrap_or_default().max(1);
    let name = |id: &str| {
        policy
            .places
            .iter()
            .find(|place| place.id.as_str() == id)
            .map_or_else(|| id.to_owned(), |one| one.name.clone())
    };
    let shade = |n: i64| (n, if n == 0 { 0 } else { (n * SHADES + most - 1) / most });
    let week_of = |week: usize| begin.plus_ms(7 * week as i64 * DAY_MS).day();
    Ok(Heat {
        weeks: (0..WEEKS).map(week_of).map(|day| day.to_string()[5..].to_owned()).collect(),
        rows: places.into_iter().map(|(id, weeks)| (name(&id), weeks.map(shade).to_vec())).collect(),
    })
}

/// How many came by each channel from outside the school, of what this reader sees.
pub(super) fn outside(
    tx: &mut Tx,
    policy: &Policy,
    visitor: &Visitor,
    (from, until): Days,
) -> Result<Vec<(String, i64)>, Error> {
    let channels: Vec<&str> =
        policy.channels.iter().filter(|channel| channel.outside).map(|channel| channel.id.as_str()).collect();
    let filter = Filter::new("select channel, count(*) as n from cases where ");
    let filter = as_seen_by(filter, policy, visitor).sql("\n and channel in ").list(channels);
    let filter = filter.sql("\n and submitted_at >= ").value(from.start());
    let filter = filter.sql("\n and submitted_at < ").value(until.next().start());
    let (sql, values) = filter.sql("\n group by channel\n order by 2 desc, 1").finish();
    let name = |id: String| {
        policy
            .channels
            .iter()
            .find(|one| one.id.as_str() == id)
            .map_or_else(|| id.clone(), |one| one.name.clone())
    };
    // How many came from outside?
    tx.query_map(sql, &values, |row| Ok((name(row.text("channel")?), row.int("n")?)))
}

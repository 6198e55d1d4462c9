//! What the board reads: kept counts, summed, and the last public answers.

use super::period::Days;
use crate::figures::Counts;
use crate::public::PublicCase;
use huiyin_domain::case::Measure;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use std::collections::BTreeMap;

pub(super) fn totals(tx: &mut Tx, (from, until): Days) -> Result<Counts, Error> {
    let mut counts = Counts::default();
    // How often did each thing happen in these days?
    tx.query_each(
        "select measure, cast(sum(n) as bigint) as n
         from case_counts
         where day between $1 and $2
         group by measure",
        params![from, until],
        |row| {
            counts.add(row.str("measure")?, row.int("n")?);
            Ok::<_, Error>(())
        },
    )?;
    Ok(counts)
}

pub(super) fn by_unit(tx: &mut Tx, (from, until): Days) -> Result<BTreeMap<String, Counts>, Error> {
    let mut units: BTreeMap<String, Counts> = BTreeMap::new();
    // How often did each thing happen at each unit in these days?
    tx.query_each(
        "select unit, measure, cast(sum(n) as bigint) as n
         from case_counts
         where day between $1 and $2
           and unit <> ''
         group by unit, measure",
        params![from, until],
        |row| {
            units.entry(row.text("unit")?).or_default().add(row.str("measure")?, row.int("n")?);
            Ok::<_, Error>(())
        },
    )?;
    Ok(units)
}

/// Received and answered, day by day; a day without either is not there.
pub(super) fn by_day(tx: &mut Tx, (from, until): Days) -> Result<BTreeMap<String, Counts>, Error> {
    let mut days: BTreeMap<String, Counts> = BTreeMap::new();
    // How many came in and how many were answered on each of these days?
    tx.query_each(
        "select day, measure, cast(sum(n) as bigint) as n
         from case_counts
         where day between $1 and $2
           and measure in ($3, $4)
         group by day, measure",
        params![from, until, Measure::Received.word(), Measure::Replied.word()],
        |row| {
            days.entry(row.text("day")?).or_default().add(row.str("measure")?, row.int("n")?);
            Ok::<_, Error>(())
        },
    )?;
    Ok(days)
}

pub(super) fn just_answered(tx: &mut Tx) -> Result<Vec<PublicCase>, Error> {
    // Which published cases were answered last?
    tx.query_map(
        "select case_no, public_title, kind, unit, stage, signed_at, round, solved, submitted_at, replied_at,
           published_at,
           (select count(*) from case_echoes where case_echoes.case_no = cases.case_no) as echoes
         from cases
         where is_published = 1
           and stage in ('replied', 'rated', 'archived')
         order by published_at desc, case_no
         limit 4",
        params![],
        PublicCase::of,
    )
}

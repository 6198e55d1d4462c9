//! The tables of samples, one function a question.

use super::super::hits::Reach;
use super::draw::Lot;
use crate::cases::log::Standing;
use crate::overseeing::Line;
use huiyin_domain::calendar::{Day, Instant};
use huiyin_domain::ids::{CaseNo, PersonId, UnitId};
use huiyin_foundation::db::{Filter, Row, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::params;

/// A draw as it was made.
#[derive(Clone, Debug)]
pub(super) struct Sample {
    pub id: String,
    pub drawn_at: Instant,
    pub drawn_by: PersonId,
    pub from: Day,
    pub until: Day,
    /// Only of this unit.
    pub unit: Option<UnitId>,
    pub is_stratified: bool,
    pub wanted: u64,
    /// How many there were to draw from.
    pub pool: u64,
    pub seed: String,
}

/// The questions of a review, in the order of the form, as they are stored.
pub(super) const QUESTIONS: [(&str, &str); 4] = [
    ("answered", "答了所问吗"),
    ("polite", "说话客气、说得清楚吗"),
    ("truthful", "和实际相符吗"),
    ("in_time", "在期限内吗"),
];

/// What a reviewer said: to each question yes, no, or nothing that can be said.
pub(super) type Said = [Option<bool>; 4];

/// Every case that ended in a period and may be drawn by this reader.
pub(super) fn pool(
    tx: &mut Tx,
    reach: &Reach,
    from: Instant,
    until: Instant,
    unit: Option<&UnitId>,
) -> Result<Vec<Lot>, Error> {
    let filter = reach.narrow(Filter::new("select case_no, unit\n from cases\n where "));
    let filter = filter
        .sql("ended_at is not null and coalesce(removed, '') <> 'words' and ended_at >= ")
        .value(from)
        .sql(" and ended_at < ")
        .value(until)
        .sql(" and unit is not null and replied_at is not null and restricted = 0");
    let filter = match unit {
        Some(unit) => filter.sql(" and unit = ").value(unit),
        None => filter,
    };
    let (sql, values) = filter.finish();
    // What ended in this period?
    tx.query_map(sql, &values, |row| Ok((row.get("case_no")?, row.get("unit")?)))
}

/// Keeps a draw.
pub(super) fn keep(tx: &mut Tx, sample: &Sample, drawn: &[Lot]) -> Result<(), Error> {
    // A new draw.
    tx.execute(
        "insert into screening_samples
           (id, drawn_ms, drawn_by, from_day, until_day, unit, is_stratified, wanted, pool, seed)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        params![
            sample.id.as_str(),
            sample.drawn_at,
            &sample.drawn_by,
            sample.from,
            sample.until,
            sample.unit.as_ref(),
            sample.is_stratified,
            i64::try_from(sample.wanted).unwrap_or(i64::MAX),
            i64::try_from(sample.pool).unwrap_or(i64::MAX),
            sample.seed.as_str()
        ],
    )?;
    for (no, unit) in drawn {
        // One case of it.
        tx.execute(
            "insert into screening_sampled (sample_id, case_no, unit, words) values ($1, $2, $3, '')",
            params![sample.id.as_str(), no, unit],
        )?;
    }
    Ok(())
}

fn sample(row: &Row) -> Result<Sample, Error> {
    Ok(Sample {
        id: row.text("id")?,
        drawn_at: row.instant("drawn_ms")?,
        drawn_by: row.get("drawn_by")?,
        from: row.day("from_day")?,
        until: row.day("until_day")?,
        unit: row.get("unit")?,
        is_stratified: row.flag("is_stratified")?,
        wanted: row.get("wanted")?,
        pool: row.get("pool")?,
        seed: row.text("seed")?,
    })
}

/// The draws, the newest first.
pub(super) fn samples(tx: &mut Tx) -> Result<Vec<Sample>, Error> {
    // What was drawn lately?
    tx.query_map(
        "select * from screening_samples order by drawn_ms desc, id desc limit 50",
        params![],
        sample,
    )
}

/// One draw.
pub(super) fn find(tx: &mut Tx, id: &str) -> Result<Option<Sample>, Error> {
    // Which draw is this?
    let row = tx.query_opt("select * from screening_samples where id = $1", params![id])?;
    row.as_ref().map(sample).transpose()
}

/// A case that was drawn.
pub(super) struct Drawn {
    pub line: Line,
    pub unit: UnitId,
    pub said: Said,
    pub words: String,
    pub reviewed: Option<(Instant, PersonId)>,
}

/// The cases of a draw that the reader may see, those not yet reviewed first.
pub(super) fn drawn(tx: &mut Tx, reach: &Reach, standing: &Standing, id: &str) -> Result<Vec<Drawn>, Error> {
    let filter = reach.narrow(Filter::new(
        "select cases.case_no, title, cases.kind, cases.unit, stage, signed_at, round, solved, submitted_at as at,
           screening_sampled.unit as of_unit, answered, polite, truthful, in_time, words, reviewed_ms, reviewed_by
         from screening_sampled
         join cases on cases.case_no = screening_sampled.case_no
         where ",
    ));
    let filter = filter.sql("sample_id = ").value(id);
    let order = "\n order by case when reviewed_ms is null then 0 else 1 end, screening_sampled.case_no";
    let (sql, values) = filter.sql(order).finish();
    // Which cases were drawn, and what was said of them?
    tx.query_map(sql, &values, |row| {
        let said = |column: &str| Ok::<_, Error>(row.opt_int(column)?.map(|said| said == 1));
        let by: Option<PersonId> = row.get("reviewed_by")?;
        Ok(Drawn {
            line: Line::of(row, standing)?,
            unit: row.get("of_unit")?,
            said: [said("answered")?, said("polite")?, said("truthful")?, said("in_time")?],
            words: row.text("words")?,
            reviewed: row.opt_instant("reviewed_ms")?.zip(by),
        })
    })
}

/// Keeps what a reviewer said; said anew, the later holds. False where the case was not drawn.
pub(super) fn review(
    tx: &mut Tx,
    id: &str,
    no: &CaseNo,
    by: &PersonId,
    now: Instant,
    said: Said,
    words: &str,
) -> Result<bool, Error> {
    let [answered, polite, truthful, in_time] = said;
    // What did the reviewer say?
    let changed = tx.execute(
        "update screening_sampled
         set answered = $3, polite = $4, truthful = $5, in_time = $6, words = $7, reviewed_ms = $8, reviewed_by = $9
         where sample_id = $1
           and case_no = $2",
        params![id, no, answered, polite, truthful, in_time, words, now, by],
    )?;
    Ok(changed > 0)
}

/// Takes away what was written about cases whose own words are no longer kept.
pub(in crate::screening) fn forget(tx: &mut Tx) -> Result<u64, Error> {
    // What speaks of words that are gone?
    Ok(tx.execute(
        "update screening_sampled
         set words = ''
         where words <> ''
           and exists (
             select 1
             from cases
             where cases.case_no = screening_sampled.case_no
               and cases.removed = 'words')",
        params![],
    )?)
}

//! Monthly topics as they are kept.

use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::{PersonId, UnitId};
use huiyin_foundation::db::{Filter, Row, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::params;

/// The topic of a month.
#[derive(Clone, Debug)]
pub(super) struct Monthly {
    pub id: String,
    /// `2026-11`
    pub month: String,
    pub topic: String,
    pub category: String,
    pub place: String,
    pub title: String,
    pub unit: UnitId,
    pub plan: String,
    pub opened_at: Instant,
    pub opened_by: PersonId,
    pub closed_at: Option<Instant>,
    pub public_at: Option<Instant>,
    pub public_words: String,
}

const COLUMNS: &str =
    "select id, month, topic, category, place, title, unit, plan, opened_ms, opened_by, closed_ms,
           public_ms, public_words
         from insight_monthly
         where ";

impl Monthly {
    fn of(row: &Row) -> Result<Monthly, Error> {
        Ok(Monthly {
            id: row.text("id")?,
            month: row.text("month")?,
            topic: row.text("topic")?,
            category: row.text("category")?,
            place: row.text("place")?,
            title: row.text("title")?,
            unit: row.get("unit")?,
            plan: row.text("plan")?,
            opened_at: row.instant("opened_ms")?,
            opened_by: row.get("opened_by")?,
            closed_at: row.opt_instant("closed_ms")?,
            public_at: row.opt_instant("public_ms")?,
            public_words: row.text("public_words")?,
        })
    }
}

/// Keeps a new one.
pub(super) fn put(tx: &mut Tx, monthly: &Monthly) -> Result<(), Error> {
    tx.execute(
        "insert into insight_monthly (id, month, topic, category, place, title, unit, plan, opened_ms, opened_by,
           closed_ms, public_ms, public_words)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, null, null, '')",
        params![
            &monthly.id,
            &monthly.month,
            &monthly.topic,
            &monthly.category,
            &monthly.place,
            &monthly.title,
            &monthly.unit,
            &monthly.plan,
            monthly.opened_at,
            &monthly.opened_by
        ],
    )?;
    Ok(())
}

/// One by its id.
pub(super) fn find(tx: &mut Tx, id: &str) -> Result<Option<Monthly>, Error> {
    let (sql, values) = Filter::new(COLUMNS).sql("id = ").value(id).finish();
    // Which monthly topic is this?
    let row = tx.query_opt(sql, &values)?;
    row.as_ref().map(Monthly::of).transpose()
}

/// All, the newest month first.
pub(super) fn all(tx: &mut Tx) -> Result<Vec<Monthly>, Error> {
    let (sql, values) =
        Filter::new(COLUMNS).sql("id <> ''\n order by month desc, opened_ms desc, id\n limit 200").finish();
    // Which monthly topics are there?
    tx.query_map(sql, &values, Monthly::of)
}

/// One that is not over, to which a task may belong.
///
/// # Errors
/// Hidden where there is none; a conflict where it is over.
pub(in crate::insight) fn open_one(tx: &mut Tx, id: &str) -> Result<(), Error> {
    match find(tx, id)? {
        None => Err(Error::Hidden),
        Some(monthly) if monthly.closed_at.is_some() => {
            Err(Error::conflict("这一题刚刚办结，不能再加任务。"))
        }
        Some(_) => Ok(()),
    }
}

/// Shows it to everybody under these words, or to nobody without a moment.
pub(super) fn show_to_all(tx: &mut Tx, id: &str, at: Option<Instant>, words: &str) -> Result<(), Error> {
    tx.execute(
        "update insight_monthly set public_ms = $2, public_words = $3 where id = $1",
        params![id, at, words],
    )?;
    Ok(())
}

/// It is over; says whether it was not before.
pub(super) fn close(tx: &mut Tx, id: &str, at: Instant) -> Result<bool, Error> {
    let changed = tx.execute(
        "update insight_monthly set closed_ms = $2 where id = $1 and closed_ms is null",
        params![id, at],
    )?;
    Ok(changed > 0)
}

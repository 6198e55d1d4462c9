//! How much waits at a unit's desk (H1), by tab: counted when something was written there or a deadline has passed, and
//! kept between, since every page of the unit shows it.
//!
//! What is kept carries the version of the desk, which the record raises in the transaction that changes one of its
//! cases, and is read in the same state of the database as the version: it is never older than the page around it.

use super::queries::Desk;
use super::view::Shelf;
use crate::cases::sight::{accused_among, not_about};
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::UnitId;
use huiyin_foundation::db::{Filter, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// How much waits at a unit's desk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Everything that is owed.
    pub open: u32,
    /// Not signed for.
    pub unsigned: u32,
    /// Signed for, first round.
    pub working: u32,
    /// Due before midnight, still in time.
    pub today: u32,
    /// Over.
    pub late: u32,
    /// In a further round.
    pub again: u32,
    /// No word to the requester yet.
    pub unanswered: u32,
    /// When the first of those is due.
    pub nearest: Option<Instant>,
    /// Answered since midnight.
    pub answered: u32,
    /// Another unit's, which this one assists.
    pub assisting: u32,
    /// What the unit was asked to do before more complain (7.2).
    pub tasks: u32,
}

impl Counts {
    /// How many are on a tab.
    pub fn of(&self, shelf: Shelf) -> u32 {
        match shelf {
            Shelf::All => self.open,
            Shelf::Unsigned => self.unsigned,
            Shelf::Working => self.working,
            Shelf::Today => self.today,
            Shelf::Late => self.late,
            Shelf::Again => self.again,
            Shelf::Unanswered => self.unanswered,
            Shelf::Assisting => self.assisting,
        }
    }

    /// How many had to be answered today: what was, what is over and what is still due.
    pub fn owed_today(&self) -> u32 {
        self.answered + self.today + self.late
    }
}

/// What was counted at desks, with the version of the desk and the time for which it holds.
#[derive(Default)]
struct Counted(Mutex<HashMap<UnitId, Holding>>);

struct Holding {
    version: u64,
    from: Instant,
    until: Instant,
    counts: Counts,
}

impl Counted {
    fn find(&self, unit: &UnitId, version: u64, now: Instant) -> Option<Counts> {
        let desks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let held = desks.get(unit)?;
        (held.version == version && (held.from..held.until).contains(&now)).then(|| held.counts.clone())
    }

    fn keep(&self, unit: &UnitId, holding: Holding) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(unit.clone(), holding);
    }
}

/// How much waits at a desk, with the tasks of the unit, which are no cases.
pub(super) fn counts(tx: &mut Tx, desk: Desk<'_>, now: Instant) -> Result<Counts, Error> {
    // How many tasks wait for this unit?
    let row = tx.query_one(
        "select count(*) as tasks from insight_tasks where unit = $1 and state = 'open'",
        params![desk.unit],
    )?;
    Ok(Counts { tasks: row.get("tasks")?, ..of_cases(tx, desk, now)? })
}

/// How many cases wait at a desk: as it was counted last, if nothing was written there since and no deadline has passed. Whoever
/// is near a unit that some case is about counts without what the list hides from them, and keeps nothing.
fn of_cases(tx: &mut Tx, desk: Desk<'_>, now: Instant) -> Result<Counts, Error> {
    let unit = desk.unit;
    let away = accused_among(tx, desk.away)?;
    if !away.is_empty() {
        return Ok(count(tx, Desk { away: &away, ..desk }, now)?.0);
    }
    let desk = Desk { away: &[], ..desk };
    let Some(counted) = tx.kept::<Counted>() else { return Ok(count(tx, desk, now)?.0) };
    // How often was something written about this desk?
    let version = tx.query_opt("select version from desk_versions where unit = $1", params![unit])?;
    let version = version.map_or(Ok(0), |row| row.get("version"))?;
    if let Some(counts) = counted.find(unit, version, now) {
        return Ok(counts);
    }
    let (counts, until) = count(tx, desk, now)?;
    counted.keep(unit, Holding { version, from: now, until, counts: counts.clone() });
    Ok(counts)
}

/// Counts everything at once; the counts hold until the next of these deadlines has passed, or until midnight.
fn count(tx: &mut Tx, desk: Desk<'_>, now: Instant) -> Result<(Counts, Instant), Error> {
    let (midnight, day_end) = (now.day().start(), now.day().next().start());
    let unit = desk.unit;
    let filter = Filter::new(
        "select count(*) as open,
           count(case when signed_at is null then 1 end) as unsigned,
           count(case when signed_at is not null and round = 1 then 1 end) as working,
           count(case when next_due > ",
    );
    let filter = filter.value(now).sql(" and next_due <= ").value(day_end).sql(" then 1 end) as today,");
    let filter = filter.sql("\n count(case when next_due <= ").value(now).sql(
        " then 1 end) as late,
           count(case when round > 1 then 1 end) as again,
           count(case when next_clock = 'first_reply' or (round = 1 and first_replied_at is null) then 1 end)
             as unanswered,
           min(case when next_clock = 'first_reply' or (round = 1 and first_replied_at is null)
             then first_reply_due end) as nearest,
           min(case when next_due > ",
    );
    let filter =
        filter.value(now).sql(" then next_due end) as next_over,\n (select count(*) from cases where ");
    let filter =
        not_about(filter, desk.away).sql("unit = ").value(unit).sql(" and replied_at >= ").value(midnight);
    let filter = filter.sql(
        ") as answered,
           (select count(*)
             from case_opinions
             join cases on cases.case_no = case_opinions.case_no
             where ",
    );
    let filter = not_about(filter, desk.away).sql("case_opinions.unit = ").value(unit);
    let filter = filter.sql(
        "
               and next_due is not null
               and stage = 'assigned') as assisting
         from cases
         where ",
    );
    let filter = not_about(filter, desk.away).sql("unit = ").value(unit);
    let (sql, values) = filter.sql("\n and next_due is not null\n and stage = 'assigned'").finish();
    // How much waits at this desk, by tab, and how much was answered today?
    let row = tx.query_one(sql, &values)?;
    let next_over: Option<Instant> = row.get("next_over")?;
    let counts = Counts {
        open: row.get("open")?,
        unsigned: row.get("unsigned")?,
        working: row.get("working")?,
        today: row.get("today")?,
        late: row.get("late")?,
        again: row.get("again")?,
        unanswered: row.get("unanswered")?,
        nearest: row.get("nearest")?,
        answered: row.get("answered")?,
        assisting: row.get("assisting")?,
        tasks: 0,
    };
    Ok((counts, next_over.map_or(day_end, |at| at.min(day_end))))
}

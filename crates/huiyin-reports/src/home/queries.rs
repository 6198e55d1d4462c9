//! What the first page reads.

use crate::figures::Counts;
use crate::public::PublicCase;
use crate::stored;
use huiyin_domain::calendar::{Day, Instant};
use huiyin_domain::case::{Clock, ClockCalendar, Stage};
use huiyin_domain::ids::{CaseNo, UnitId};
use huiyin_foundation::db::{Row, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::say::Tag;

/// So long a published case is fresh.
const HOT_DAYS: i64 = 30;

/// The reader's own cases: the first few, and how many there are.
#[derive(Default)]
pub(super) struct Mine {
    pub cases: Vec<Own>,
    pub total: i64,
}

/// A case of the reader's own.
pub(super) struct Own {
    pub no: CaseNo,
    pub title: String,
    pub stage: Stage,
    pub tag: Tag,
    pub unit: Option<UnitId>,
    pub due: Option<(Clock, Instant, ClockCalendar)>,
    /// A matter of danger, about which nobody is asked to judge.
    pub is_crisis: bool,
    pub last_at: Instant,
}

/// The reader by their keyed references.
pub(super) fn mine(tx: &mut Tx, [open, sealed]: &[String; 2]) -> Result<Mine, Error> {
    let mut total = 0;
    // Which cases are this person's: first those that wait for them, then the open ones, then the newest?
    let cases = tx.query_map(
        "select case_no, title, stage, signed_at, round, solved, unit, next_clock, next_due, next_calendar,
           last_at, urgency,
           count(*) over () as total
         from cases
         where requester_key in ($1, $2)
         order by
           case
             when stage = 'replied' then 0
             when stage in ('submitted', 'accepted', 'assigned') then 1
             else 2
           end,
           submitted_at desc, case_no
         limit 3",
        params![open, sealed],
        |row| {
            total = row.int("total")?;
            own(row)
        },
    )?;
    Ok(Mine { cases, total })
}

fn own(row: &Row) -> Result<Own, Error> {
    let clock: Option<Clock> = stored::opt(row, "next_clock")?;
    let counted_on = stored::opt(row, "next_calendar")?.unwrap_or(ClockCalendar::Hours);
    let due = clock.zip(row.opt_instant("next_due")?).map(|(clock, at)| (clock, at, counted_on));
    Ok(Own {
        no: row.get("case_no")?,
        title: row.text("title")?,
        stage: stored::stage(row)?,
        tag: stored::tag(row)?,
        unit: row.get("unit")?,
        due,
        is_crisis: row.str("urgency")? == "critical",
        last_at: row.instant("last_at")?,
    })
}

/// What moves people now: of the published cases that still run or were shown in the last thirty days, those that most
/// others met.
pub(super) fn hot(tx: &mut Tx, now: Instant) -> Result<Vec<PublicCase>, Error> {
    let since = now.plus_ms(-HOT_DAYS * 86_400_000);
    // Which published cases that are open or fresh did most people meet too, and which are the newest?
    tx.query_map(
        "select recent.*,
           (select count(*) from case_echoes where case_echoes.case_no = recent.case_no) as echoes
         from (
           select case_no, public_title, kind, unit, stage, signed_at, round, solved, submitted_at, replied_at,
             published_at
           from cases
           where is_published = 1
             and (stage in ('submitted', 'accepted', 'assigned') or published_at >= $1)
           order by published_at desc
           limit 200
         ) as recent
         order by echoes desc, published_at desc, case_no
         limit 5",
        params![since],
        PublicCase::of,
    )
}

/// Everything counted on the day before this moment.
pub(super) fn counts_of_day_before(tx: &mut Tx, now: Instant) -> Result<Counts, Error> {
    let yesterday: Day = now.day().start().plus_ms(-1).day();
    let mut counts = Counts::default();
    // How often did each thing happen on this day?
    tx.query_each(
        "select measure, cast(sum(n) as bigint) as n
         from case_counts
         where day = $1
         group by measure",
        params![yesterday],
        |row| {
            counts.add(row.str("measure")?, row.int("n")?);
            Ok::<_, Error>(())
        },
    )?;
    Ok(counts)
}

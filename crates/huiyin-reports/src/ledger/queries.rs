//! The cases of a term.

use crate::stored;
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{Route, Satisfaction, Stage};
use huiyin_domain::ids::{CaseNo, ChannelId, UnitId};
use huiyin_foundation::db::{Row, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::params;

/// A case as a ledger reads it.
pub(super) struct Kept {
    pub no: CaseNo,
    pub title: String,
    pub channel: ChannelId,
    pub unit: Option<UnitId>,
    pub submitted_at: Instant,
    pub accepted_at: Option<Instant>,
    pub route: Option<Route>,
    pub stage: Stage,
    pub replied_at: Option<Instant>,
    pub result_due: Option<Instant>,
    /// More time was given for the result.
    pub is_extended: bool,
    pub satisfaction: Option<Satisfaction>,
    pub urges: i64,
    pub is_restricted: bool,
    /// The units kept away from it.
    pub recused: Vec<UnitId>,
    /// The words of the last interim report: why it is not done yet.
    pub report: Option<String>,
}

/// Of one unit, or of the whole school.
pub(super) fn of_term(
    tx: &mut Tx,
    unit: Option<&UnitId>,
    from: Instant,
    until: Instant,
) -> Result<Vec<Kept>, Error> {
    let unit = unit.map_or("", UnitId::as_str);
    // Which cases came in during the term, and what was last said of those that are not done?
    tx.query_map(
        "select case_no, title, channel, unit, submitted_at, accepted_at, route, stage, replied_at, result_due,
           result_extended, satisfaction, urges, restricted, recused,
           case when stage = 'assigned' then (
             select case_texts.words
             from case_events
             join case_texts on case_texts.case_no = case_events.case_no
               and case_texts.seq = case_events.seq
               and case_texts.kind = 'words'
               and case_texts.sealed = 0
             where case_events.case_no = cases.case_no
               and case_events.name = 'progress_reported'
             order by case_events.seq desc
             limit 1
           ) end as report
         from cases
         where submitted_at >= $1
           and submitted_at < $2
           and ($3 = '' or unit = $3)
         order by submitted_at, case_no",
        params![from, until, unit],
        kept,
    )
}

fn kept(row: &Row) -> Result<Kept, Error> {
    Ok(Kept {
        no: row.get("case_no")?,
        title: row.text("title")?,
        channel: row.get("channel")?,
        unit: row.opt_text("unit")?.map(UnitId),
        submitted_at: row.instant("submitted_at")?,
        accepted_at: row.opt_instant("accepted_at")?,
        route: stored::opt(row, "route")?,
        stage: stored::stage(row)?,
        replied_at: row.opt_instant("replied_at")?,
        result_due: row.opt_instant("result_due")?,
        is_extended: row.flag("result_extended")?,
        satisfaction: stored::opt(row, "satisfaction")?,
        urges: row.int("urges")?,
        is_restricted: row.flag("restricted")?,
        recused: row.str("recused")?.split_whitespace().map(UnitId::from).collect(),
        report: row.opt_text("report")?,
    })
}

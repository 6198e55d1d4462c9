//! Questions of supervision: lines of what is late, supervised or instructed, in the order in which they run out.

use super::resting;
use crate::cases::sight::{accused_among, not_about};
use crate::dossier::{LINE, Line, OPEN, PRESSING, after};
use huiyin_domain::calendar::{Calendar, Instant};
use huiyin_domain::ids::UnitId;
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::{Filter, Tx};
use huiyin_foundation::error::Error;

/// Which list is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shelf {
    /// 已超期
    #[default]
    Late,
    /// 已督办
    Supervised,
    /// 批示件与重点
    Instructed,
    /// 等反映人补充: the clock stands still until the requester has answered a question
    Waiting,
    /// 延期待批: a unit asks for more time
    Extension,
    /// 仍未解决: judged unsolved after the last round, held until another is ordered or supervision ends
    Unsolved,
    /// 挂账: cannot be done yet, on the list until struck off
    Shelved,
    /// 反映办理问题: complaints about the handling that nobody has answered
    Complaints,
}

impl Shelf {
    /// All of them, in the order of the tabs.
    pub const ALL: [Shelf; 8] = [
        Shelf::Late,
        Shelf::Supervised,
        Shelf::Instructed,
        Shelf::Waiting,
        Shelf::Extension,
        Shelf::Unsolved,
        Shelf::Shelved,
        Shelf::Complaints,
    ];

    /// The word in the address.
    pub fn word(self) -> &'static str {
        match self {
            Shelf::Late => "late",
            Shelf::Supervised => "supervised",
            Shelf::Instructed => "instructed",
            Shelf::Waiting => "waiting",
            Shelf::Extension => "extension",
            Shelf::Unsolved => "unsolved",
            Shelf::Shelved => "shelved",
            Shelf::Complaints => "complaints",
        }
    }

    /// What the tab says.
    pub fn title(self) -> &'static str {
        match self {
            Shelf::Late => "已超期",
            Shelf::Supervised => "已督办",
            Shelf::Instructed => "批示与重点",
            Shelf::Waiting => "等反映人补充",
            Shelf::Extension => "延期待批",
            Shelf::Unsolved => "仍未解决",
            Shelf::Shelved => "挂账",
            Shelf::Complaints => "反映办理问题",
        }
    }

    /// The list of a word in an address; anything else is what is late.
    pub fn from_word(word: &str) -> Shelf {
        Shelf::ALL.into_iter().find(|shelf| shelf.word() == word).unwrap_or_default()
    }
}

/// How many are in each list.
pub(super) struct Counts {
    pub late: u64,
    pub supervised: u64,
    pub instructed: u64,
    pub resting: resting::Counts,
}

impl Counts {
    /// How many are in this list.
    pub fn of(&self, shelf: Shelf) -> u64 {
        match shelf {
            Shelf::Late => self.late,
            Shelf::Supervised => self.supervised,
            Shelf::Instructed => self.instructed,
            Shelf::Waiting => self.resting.waiting,
            Shelf::Extension => self.resting.extensions,
            Shelf::Unsolved => self.resting.unsolved,
            Shelf::Shelved => self.resting.shelved,
            Shelf::Complaints => self.resting.complaints,
        }
    }
}

/// How many are in each list.
pub(super) fn counts(tx: &mut Tx, light: Light<'_>) -> Result<Counts, Error> {
    let accused = accused_among(tx, light.away)?;
    // Of everything owed, also where the clock stands still: how much is late, supervised, instructed by a leader?
    let filter = Filter::new(
        "select
           coalesce(sum(case when next_due <= ",
    )
    .value(light.now)
    .sql(
        " then 1 else 0 end), 0) as late,
           coalesce(sum(case when supervised is not null then 1 else 0 end), 0) as supervised,
           coalesce(sum(case when is_key = 1 or is_instructed = 1 then 1 else 0 end), 0) as instructed
         from cases
         where ",
    );
    let (sql, values) = not_about(filter, &accused).sql(OPEN).finish();
    let row = tx.query_one(sql, &values)?;
    Ok(Counts {
        resting: resting::counts(tx, light, &accused)?,
        late: row.get("late")?,
        supervised: row.get("supervised")?,
        instructed: row.get("instructed")?,
    })
}

/// How many cases are late, but for those that are about a unit that is `away`.
pub(crate) fn late_count(tx: &mut Tx, now: Instant, away: &[UnitId]) -> Result<u64, Error> {
    let filter = not_about(Filter::new("select count(*) as late from cases where "), away);
    let (sql, values) = filter.sql("next_due <= ").value(now).finish();
    // How many promises of open cases have run out?
    Ok(tx.query_one(sql, &values)?.get("late")?)
}

/// With what lines are made.
#[derive(Clone, Copy)]
pub(crate) struct Light<'a> {
    /// Settings in force.
    pub policy: &'a Policy,
    /// Which days count.
    pub calendar: &'a Calendar,
    /// Now.
    pub now: Instant,
    /// Whose cases the reader is kept away from, where these units are.
    pub away: &'a [UnitId],
}

/// The beginning of every statement of lines for this reader: what is about a unit near them does not exist.
pub(crate) fn lines_for(away: &[UnitId]) -> Filter {
    not_about(Filter::new(LINE), away)
}

/// A page of a list, what runs out first at the top.
pub(super) fn lines(
    tx: &mut Tx,
    light: Light<'_>,
    shelf: Shelf,
    cursor: &str,
    rows_max: usize,
) -> Result<Vec<Line>, Error> {
    match shelf {
        Shelf::Late | Shelf::Supervised | Shelf::Instructed => {
            // Which cases are on this list?
            read(tx, light, pressing(lines_for(light.away), light.now, shelf, cursor, rows_max))
        }
        _ => resting::lines(tx, light, shelf, cursor, rows_max),
    }
}

/// The question behind a list in the order of deadlines; tests ask the engine how it would answer it.
pub(super) fn pressing(filter: Filter, now: Instant, shelf: Shelf, cursor: &str, rows_max: usize) -> Filter {
    let instructed = " and (is_key = 1 or is_instructed = 1)";
    let (order, mut filter) = match shelf {
        Shelf::Late => ("next_due", filter.sql("next_due <= ").value(now)),
        Shelf::Supervised => (PRESSING, filter.sql(OPEN).sql(" and supervised is not null")),
        _ => (PRESSING, filter.sql(OPEN).sql(instructed)),
    };
    if let Some((due, no)) = after(cursor) {
        filter =
            filter.sql(" and (").sql(order).sql(", case_no) > (").value(due).sql(", ").value(no).sql(")");
    }
    filter.sql(" order by ").sql(order).sql(", case_no limit ").value(rows_max)
}

/// The cases that have been late for longest.
pub(crate) fn worst(tx: &mut Tx, light: Light<'_>, rows_max: usize) -> Result<Vec<Line>, Error> {
    // What has been late for longest?
    let filter = lines_for(light.away).sql("next_due <= ").value(light.now);
    read(tx, light, filter.sql(" order by next_due, case_no limit ").value(rows_max))
}

/// The lines of a finished statement.
pub(crate) fn read(tx: &mut Tx, light: Light<'_>, filter: Filter) -> Result<Vec<Line>, Error> {
    let (sql, values) = filter.finish();
    tx.query_map(sql, &values, |row| Line::of(row, light.policy, light.calendar, light.now))
}

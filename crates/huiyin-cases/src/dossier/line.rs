//! One case as a line of a list: what it is, who has it, how late it is, how often it was reminded of and what comes next.

use super::parts::{kind_of, unit_name};
use super::words::read;
use crate::cases::due;
use huiyin_domain::calendar::{Calendar, Instant};
use huiyin_domain::case::{Clock, Level, Stage};
use huiyin_domain::ids::{CaseNo, KindId, UnitId};
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::Row;
use huiyin_foundation::error::Error;
use huiyin_foundation::say::{self, Due, Tag};

/// The beginning of every statement that reads lines; the condition follows.
pub(crate) const LINE: &str = "select case_no, title, kind, unit, stage, signed_at, round, solved, next_due,
     next_calendar, next_clock, result_due, is_key, supervised, restricted, submitted_at, last_seq, last_at, leader,
     extension_asked, asked_at, review_on, unsolved_since, complaint_due,
     (select count(*) from case_events
       where case_events.case_no = cases.case_no
         and case_events.name in ('reminded', 'reminded_by_hand')) as reminders,
     (select case_texts.words from case_texts
       where case_texts.case_no = cases.case_no
         and case_texts.kind = 'words'
         and case_texts.seq = (select max(case_events.seq) from case_events
           where case_events.case_no = cases.case_no
             and case_events.name = 'instructed')) as instruction
   from cases
   where ";

/// The order of open cases: by what is due next, and where the clock stands still by what will be due when it goes on.
pub(crate) const PRESSING: &str = "coalesce(next_due, result_due, submitted_at)";

/// One case as a line of a list.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Its number.
    pub no: CaseNo,
    /// What it says in one sentence.
    pub title: String,
    /// The name of its kind.
    pub kind: String,
    /// The colour of its kind.
    pub colour: u8,
    /// Who has it; empty before a unit.
    pub unit: String,
    /// How it stands.
    pub tag: Tag,
    /// What runs out next, if anything is owed.
    pub due: Option<Due>,
    /// 首次回应
    pub due_of: &'static str,
    /// How often the unit was reminded, by the clock and by people.
    pub reminders: i64,
    /// 「已报单位负责人」; empty if it is not supervised.
    pub climbed: String,
    /// 「11 月 26 日（周四）18:00 报协调部门」; empty if nothing more follows by itself.
    pub climbs: String,
    /// 重点督办
    pub is_key: bool,
    /// Kept from the public.
    pub is_restricted: bool,
    /// 计时暂停: the result clock waits for the requester.
    pub is_paused: bool,
    /// 已挂账
    pub is_shelved: bool,
    /// Words of the last instruction; empty if there is none.
    pub instruction: String,
    /// What its list has to say of it; on other lists, whether its clock stands still; mostly empty.
    pub said: String,
    /// Number of the last event, so that a form can say what its page showed.
    pub seen: i64,
    /// What the next page of the list begins after.
    pub cursor: String,
}

impl Line {
    /// A line of a row read with [`LINE`].
    pub fn of(row: &Row, policy: &Policy, calendar: &Calendar, now: Instant) -> Result<Line, Error> {
        let no: CaseNo = row.get("case_no")?;
        let (kind, colour) = kind_of(policy, &row.get::<KindId>("kind")?);
        let unit: Option<UnitId> = row.get("unit")?;
        let next_due = row.opt_instant("next_due")?;
        let clock: Option<Clock> = row.opt_text("next_clock")?.and_then(|word| read(&word));
        let supervised: Option<Level> = row.opt_text("supervised")?.and_then(|word| read(&word));
        let stage = row.text("stage")?;
        let stage = Stage::ALL.into_iter().find(|known| known.word() == stage).unwrap_or(Stage::Assigned);
        let solved = row.opt_text("solved")?.and_then(|word| read(&word));
        let is_signed_for = row.opt_instant("signed_at")?.is_some();
        let tag = say::case_tag(stage, is_signed_for, row.get("round")?, solved);
        let has_unit = unit.is_some();
        let climbs = match (next_due, clock) {
            (Some(due), Some(clock)) if due <= now => {
                climbs(policy, due, has_unit && clock != Clock::Acknowledge, supervised, now)
            }
            _ => String::new(),
        };
        let place = if stage.is_open() {
            next_due.or(row.opt_instant("result_due")?).unwrap_or(row.instant("submitted_at")?)
        } else {
            row.instant("last_at")?
        };
        let stopped = row.opt_instant("asked_at")?.filter(|_| next_due.is_none());
        Ok(Line {
            title: row.text("title")?,
            kind,
            colour,
            unit: unit.map_or_else(String::new, |id| unit_name(policy, &id)),
            tag,
            due: due::next_due(row, now, calendar)?,
            due_of: clock.map_or("", say::clock),
            reminders: row.int("reminders")?,
            climbed: supervised.map_or_else(String::new, |level| say::supervised(level, has_unit)),
            climbs,
            is_key: row.flag("is_key")?,
            is_restricted: row.flag("restricted")?,
            is_paused: stopped.is_some(),
            is_shelved: row.opt_text("review_on")?.is_some(),
            instruction: row.opt_text("instruction")?.unwrap_or_default(),
            said: stopped.map_or_else(String::new, |asked_at| waits(policy, asked_at, now)),
            seen: row.int("last_seq")?,
            cursor: format!("{}.{no}", place.0),
            no,
        })
    }
}

/// Since when the requester is asked for more, and until when the clock waits for it.
fn waits(policy: &Policy, asked_at: Instant, now: Instant) -> String {
    let until = asked_at.plus_hours(u32::from(policy.asking.days) * 24);
    format!(
        "{} 请反映人补充，{} 前没有补充就接着计时",
        say::moment(now, asked_at),
        say::moment_long(now, until)
    )
}

/// The rung of the ladder that follows by itself.
fn climbs(policy: &Policy, due: Instant, has_head: bool, supervised: Option<Level>, now: Instant) -> String {
    // The coordinating office itself is supervised from its own rung upwards; so is a case that no unit has yet.
    let from = if has_head { supervised } else { supervised.max(Some(Level::UnitHead)) };
    let rungs = policy.supervision.ladder.iter().filter(|rung| Some(rung.level) > from);
    let next = rungs.map(|rung| (due.plus_hours(u32::from(rung.hours_after)), rung.level)).min();
    next.map_or_else(String::new, |(at, level)| {
        format!("{} 报{}", say::moment_long(now, at), say::level(level))
    })
}

/// Where a list goes on: the moment and the number of the last line shown.
pub(crate) fn after(cursor: &str) -> Option<(i64, String)> {
    let (at, no) = cursor.split_once('.')?;
    Some((at.parse().ok()?, no.to_owned()))
}

//! Questions of the coordinating office, one statement for a page of the list, whatever it shows.

use crate::cases::sight::not_about;
use huiyin_domain::calendar::{Day, Instant};
use huiyin_domain::ids::{CaseNo, CategoryId, KindId, UnitId};
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::{Filter, Row, Tx};
use huiyin_foundation::error::Error;
use std::collections::BTreeMap;

/// Which part of what waits is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shelf {
    /// 全部
    #[default]
    All,
    /// 拿不准
    Unsure,
    /// 涉险
    Danger,
    /// 退回来的
    Returned,
    /// 等批示
    Escalated,
}

impl Shelf {
    /// All of them, in the order of the chips.
    pub const ALL: [Shelf; 5] = [Shelf::All, Shelf::Unsure, Shelf::Danger, Shelf::Returned, Shelf::Escalated];

    /// The word in the address.
    pub fn word(self) -> &'static str {
        match self {
            Shelf::All => "all",
            Shelf::Unsure => "unsure",
            Shelf::Danger => "danger",
            Shelf::Returned => "returned",
            Shelf::Escalated => "escalated",
        }
    }

    /// What the chip says.
    pub fn title(self) -> &'static str {
        match self {
            Shelf::All => "全部",
            Shelf::Unsure => "拿不准",
            Shelf::Danger => "涉险",
            Shelf::Returned => "退回来的",
            Shelf::Escalated => "已呈报，等批示",
        }
    }

    /// The shelf of a word in an address; anything else is everything.
    pub fn from_word(word: &str) -> Shelf {
        Shelf::ALL.into_iter().find(|shelf| shelf.word() == word).unwrap_or_default()
    }
}

/// Where a page of the list begins: what comes first is 0 for danger and 1 for the rest, then the due moment, then the number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cursor {
    pub rank: i64,
    pub due: i64,
    pub no: String,
}

impl Cursor {
    /// `1.1795485600000.HY-20261124-0001`
    pub fn to_text(&self) -> String {
        format!("{}.{}.{}", self.rank, self.due, self.no)
    }

    /// The cursor of an address, if it is one.
    pub fn from_text(text: &str) -> Option<Cursor> {
        let (rank, rest) = text.split_once('.')?;
        let (due, no) = rest.split_once('.')?;
        Some(Cursor { rank: rank.parse().ok()?, due: due.parse().ok()?, no: no.to_owned() })
    }
}

/// A case as it stands in the order of the inbox, before anything that was written in it is read.
pub(super) struct Placed {
    /// Its place in the order.
    pub cursor: Cursor,
    /// Its kind.
    pub kind: KindId,
    /// Its category, if known.
    pub category: Option<CategoryId>,
    /// Its title.
    pub title: String,
}

/// What waits for the office, danger first, then what is due first; all of it without a limit. What is about the units that
/// are `away` does not exist here, and what was written is not read: the order needs none of it.
pub(super) fn order(
    tx: &mut Tx,
    shelf: Shelf,
    after: Option<&Cursor>,
    rows_max: Option<usize>,
    away: &[UnitId],
) -> Result<Vec<Placed>, Error> {
    // Which cases have no unit yet, in the order in which they press?
    let filter = Filter::new(
        "select case_no, kind, category, title, rank, due
         from (
           select case_no, kind, category, title, send_backs, awaits_instruction,
             case when restricted = 1 or urgency = 'critical' then 0 else 1 end as rank,
             coalesce(next_due, submitted_at) as due
           from cases
           where ",
    );
    let waiting = "stage in ('submitted', 'accepted')\n ) as inbox\n where ";
    let filter = not_about(filter, away).sql(waiting);
    let mut filter = match shelf {
        Shelf::All | Shelf::Unsure => filter.sql("awaits_instruction = 0"),
        Shelf::Danger => filter.sql("awaits_instruction = 0 and rank = 0"),
        Shelf::Returned => filter.sql("awaits_instruction = 0 and send_backs > 0"),
        Shelf::Escalated => filter.sql("awaits_instruction = 1"),
    };
    if let Some(cursor) = after {
        filter = filter.sql(" and (rank, due, case_no) > (").value(cursor.rank);
        filter = filter.sql(", ").value(cursor.due).sql(", ").value(cursor.no.as_str()).sql(")");
    }
    filter = filter.sql(" order by rank, due, case_no");
    if let Some(rows_max) = rows_max {
        filter = filter.sql(" limit ").value(rows_max);
    }
    let (sql, values) = filter.finish();
    tx.query_map(sql, &values, |row| {
        let cursor = Cursor { rank: row.int("rank")?, due: row.int("due")?, no: row.text("case_no")? };
        let (kind, category) = (row.get("kind")?, row.get("category")?);
        Ok(Placed { cursor, kind, category, title: row.text("title")? })
    })
}

/// What was written in these cases.
pub(super) fn bodies(tx: &mut Tx, nos: &[&str]) -> Result<BTreeMap<String, String>, Error> {
    // What do these cases say?
    let (sql, values) = Filter::new(
        "select case_no, words
         from case_texts
         where seq = 1
           and kind = 'body'
           and case_no in ",
    )
    .list(nos.iter().copied())
    .finish();
    let found =
        tx.query_map(sql, &values, |row| Ok::<_, Error>((row.text("case_no")?, row.text("words")?)))?;
    Ok(found.into_iter().collect())
}

/// How those who sent in these cases can be reached, where they are known to the office; what is sealed stays closed.
pub(super) fn contacts(tx: &mut Tx, nos: &[&str]) -> Result<BTreeMap<String, String>, Error> {
    if nos.is_empty() {
        return Ok(BTreeMap::new());
    }
    // Under which numbers did these people leave themselves?
    let (sql, values) = Filter::new(
        "select case_no, words
         from case_texts
         where seq = 1
           and kind = 'contact'
           and sealed = 0
           and case_no in ",
    )
    .list(nos.iter().copied())
    .finish();
    let found =
        tx.query_map(sql, &values, |row| Ok::<_, Error>((row.text("case_no")?, row.text("words")?)))?;
    Ok(found.into_iter().collect())
}

/// All that a page of the inbox shows of these cases, by number.
pub(super) fn cards(tx: &mut Tx, nos: &[&str]) -> Result<BTreeMap<String, Row>, Error> {
    // How do these cases stand?
    let (sql, values) = Filter::new(
        "select case_no, title, kind, category, place, room, identity, urgency, restricted, submitted_at, next_due,
           next_calendar, send_backs, round, last_seq, leader, files, recused, channel
         from cases
         where case_no in ",
    )
    .list(nos.iter().copied())
    .finish();
    let rows = tx.query(sql, &values)?;
    rows.into_iter().map(|row| Ok((row.text("case_no")?, row))).collect()
}

/// How many wait on each shelf that can be counted without reading what was written.
pub(super) fn counts(tx: &mut Tx, away: &[UnitId]) -> Result<BTreeMap<&'static str, u64>, Error> {
    let filter = Filter::new(
        "select
           coalesce(sum(case when awaits_instruction = 0 then 1 else 0 end), 0) as waiting,
           coalesce(sum(case when awaits_instruction = 0 and (restricted = 1 or urgency = 'critical') then 1 else 0 end), 0) as danger,
           coalesce(sum(case when awaits_instruction = 0 and send_backs > 0 then 1 else 0 end), 0) as returned,
           coalesce(sum(case when awaits_instruction = 1 then 1 else 0 end), 0) as escalated
         from cases
         where ",
    );
    let (sql, values) = not_about(filter, away).sql("stage in ('submitted', 'accepted')").finish();
    // How many wait in all, how many are dangerous, sent back, before a leader?
    let row = tx.query_one(sql, &values)?;
    Ok(BTreeMap::from([
        (Shelf::All.word(), row.get("waiting")?),
        (Shelf::Danger.word(), row.get("danger")?),
        (Shelf::Returned.word(), row.get("returned")?),
        (Shelf::Escalated.word(), row.get("escalated")?),
    ]))
}

/// Why units handed these cases back, the last time: the stored event and the words.
pub(super) fn sent_back(tx: &mut Tx, nos: &[CaseNo]) -> Result<BTreeMap<CaseNo, (String, String)>, Error> {
    if nos.is_empty() {
        return Ok(BTreeMap::new());
    }
    // With which ground and words were these cases handed back?
    let (sql, values) = Filter::new(
        "select case_events.case_no, case_events.body, coalesce(case_texts.words, '') as words
         from case_events
         left join case_texts on case_texts.case_no = case_events.case_no
           and case_texts.seq = case_events.seq
           and case_texts.kind = 'reason'
         where case_events.name = 'sent_back'
           and case_events.case_no in ",
    )
    .list(nos)
    .sql(" order by case_events.case_no, case_events.seq")
    .finish();
    // A later hand-back takes the place of an earlier one.
    let rows = tx.query_map(sql, &values, |row| {
        Ok::<_, Error>((row.get("case_no")?, (row.text("body")?, row.text("words")?)))
    })?;
    Ok(rows.into_iter().collect())
}

/// How the day has gone.
pub(super) struct Today {
    /// Cases that came in.
    pub received: u64,
    /// Of these, dispatched by rule at the moment they came in.
    pub dispatched: u64,
}

/// What came in today, and how much of it no person had to dispatch.
pub(super) fn today(tx: &mut Tx, policy: &Policy, day: Day, away: &[UnitId]) -> Result<Today, Error> {
    // How many cases came in today?
    let (sql, values) = not_about(Filter::new("select count(*) as received from cases where "), away)
        .sql("submitted_at >= ")
        .value(day.start())
        .finish();
    let received = tx.query_one(sql, &values)?.get("received")?;
    // How many of them were taken on in the very moment they came, which only a rule does?
    let (sql, values) = not_about(Filter::new("select count(*) as dispatched from cases where "), away)
        .sql("submitted_at >= ")
        .value(day.start())
        .sql(" and accepted_at = submitted_at and unit in ")
        .list(policy.units.iter().map(|unit| &unit.id))
        .finish();
    Ok(Today { received, dispatched: tx.query_one(sql, &values)?.get("dispatched")? })
}

/// How a unit stands at this moment.
pub(super) struct UnitNow {
    /// The unit.
    pub unit: UnitId,
    /// Cases it owes an answer.
    pub open: u64,
    /// Of these, without a first word to the requester.
    pub unanswered: u64,
    /// Of these, late.
    pub late: u64,
    /// Answers promised for the last days.
    pub promised: u64,
    /// Of these, in time.
    pub in_time: u64,
}

/// The units that have something open, the late ones first, with how they kept time since a day.
pub(super) fn units_now(
    tx: &mut Tx,
    now: Instant,
    since: Day,
    away: &[UnitId],
) -> Result<Vec<UnitNow>, Error> {
    // What does each unit have open, also where the clock waits for the requester, and how did it keep time lately?
    let filter = Filter::new(
        "select running.unit, running.n, running.unanswered, running.late,
           coalesce(kept.promised, 0) as promised, coalesce(kept.in_time, 0) as in_time
         from (
           select unit, count(*) as n,
             sum(case when first_replied_at is null then 1 else 0 end) as unanswered,
             sum(case when next_due <= ",
    )
    .value(now)
    .sql(
        " then 1 else 0 end) as late
           from (
             select unit, first_replied_at, next_due
             from cases
             where ",
    );
    let filter = not_about(filter, away).sql(
        "next_due is not null
               and unit is not null
             union all
             select unit, first_replied_at, next_due
             from cases
             where ",
    );
    let filter = not_about(filter, away).sql(
        "asked_at is not null
               and next_due is null
           ) as owed
           group by unit
         ) as running
         left join (
           select unit,
             cast(sum(n) as bigint) as promised,
             cast(sum(case when measure = 'replied_in_time' then n else 0 end) as bigint) as in_time
           from case_counts
           where day >= ",
    );
    let filter = filter.value(since).sql(
        "
             and measure in ('replied_in_time', 'result_missed')
           group by unit
         ) as kept on kept.unit = running.unit
         order by running.late desc, running.n desc, running.unit",
    );
    let (sql, values) = filter.finish();
    let rows = tx.query(sql, &values)?;
    let unit = |row: &Row| {
        Ok(UnitNow {
            unit: row.get("unit")?,
            open: row.get("n")?,
            unanswered: row.get("unanswered")?,
            late: row.get("late")?,
            promised: row.get("promised")?,
            in_time: row.get("in_time")?,
        })
    };
    rows.iter().map(unit).collect()
}

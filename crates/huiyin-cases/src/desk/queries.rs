//! What a unit's desk asks the folded rows. Every question begins with the unit and walks an index that begins with it.

use super::counts::Counts;
use super::view::{Cursor, Shelf, View, Whose};
use crate::cases::shelves::Typed;
use crate::cases::sight::not_about;
use huiyin_domain::calendar::{Day, Instant};
use huiyin_domain::ids::{CaseNo, UnitId};
use huiyin_foundation::db::{Filter, Row, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::params;

/// How many rows a page of a list has.
pub(super) const PAGE_ROWS: usize = 25;

/// What a line of a list is made from.
const COLUMNS: &str =
    "case_no, title, kind, category, place, room, identity, requester_id, channel, urgency, stage,
           round, solved, signed_at, officer, assisting, leader, awaits_instruction, is_instructed, next_clock,
           next_due, next_calendar, urges,
           is_key, is_on_statute, last_seq, submitted_at, outcome, satisfaction, replied_at, result_due, asked_at, shelved_at, review_on";

/// Whose lists are asked for: the unit, and what is about a unit near the reader left out.
#[derive(Clone, Copy)]
pub(super) struct Desk<'a> {
    /// The unit.
    pub unit: &'a UnitId,
    /// Other units near the reader; mostly none.
    pub away: &'a [UnitId],
}

impl Desk<'_> {
    /// The beginning of a question about rows that the unit has.
    fn rows(&self) -> Filter {
        let filter = Filter::new("select ").sql(COLUMNS).sql("\n from cases\n where ");
        not_about(filter, self.away).sql("unit = ").value(self.unit)
    }
}

/// One page of a view, and the first row after it.
pub(super) fn queue(tx: &mut Tx, desk: Desk<'_>, view: &View, now: Instant) -> Result<Vec<Row>, Error> {
    let (sql, values) = page_of_queue(Filter::new(""), desk, view, now).finish();
    // What waits at this desk, the most pressing first?
    Ok(tx.query(sql, &values)?)
}

/// Cases of the unit whose clock stands still because the requester is asked for more, the longest wait first; one page,
/// and the first row after it.
pub(super) fn waiting(tx: &mut Tx, desk: Desk<'_>, after: Option<&Cursor>) -> Result<Vec<Row>, Error> {
    let filter = desk.rows();
    let filter = filter.sql("\n and asked_at is not null\n and next_due is null");
    let filter = match after {
        Some(after) => {
            let filter = filter.sql("\n and (asked_at, case_no) > (").value(after.due);
            filter.sql(", ").value(&after.no).sql(")")
        }
        None => filter,
    };
    let (sql, values) = filter.sql("\n order by asked_at, case_no\n limit ").value(PAGE_ROWS + 1).finish();
    // What does this desk wait for?
    Ok(tx.query(sql, &values)?)
}

/// Cases of the unit with an answer that lies before its head, the most pressing first. Where a question to the requester
/// is open, nothing is due next; what came in first comes first there.
pub(super) fn before_the_head(tx: &mut Tx, desk: Desk<'_>) -> Result<Vec<Row>, Error> {
    let filter = desk.rows();
    let filter = filter
        .sql("\n and awaits_second_look = 1\n order by coalesce(next_due, submitted_at), case_no\n limit ");
    let (sql, values) = filter.value(PAGE_ROWS).finish();
    // Which answers wait for a second look?
    Ok(tx.query(sql, &values)?)
}

/// What the unit cannot do yet, and the first row after the page; what is to be looked at again soonest at the top.
pub(super) fn shelved(tx: &mut Tx, desk: Desk<'_>, after: Option<(Day, CaseNo)>) -> Result<Vec<Row>, Error> {
    let filter = desk.rows().sql("\n and review_on is not null");
    let filter = match after {
        Some((day, no)) => {
            filter.sql("\n and (review_on, case_no) > (").value(day.to_string()).sql(", ").value(&no).sql(")")
        }
        None => filter,
    };
    let (sql, values) = filter.sql("\n order by review_on, case_no\n limit ").value(PAGE_ROWS + 1).finish();
    // What is on this unit's list of what cannot be done yet?
    Ok(tx.query(sql, &values)?)
}

/// Where a list in the order of days goes on.
pub(super) fn after_day(word: &str) -> Option<(Day, CaseNo)> {
    let (day, no) = word.split_once('.')?;
    Some((day.parse().ok()?, CaseNo(no.to_owned())))
}

/// The question behind the queue; tests ask the engine how it would answer it.
pub(super) fn page_of_queue(filter: Filter, desk: Desk<'_>, view: &View, now: Instant) -> Filter {
    let filter = filter.sql("select ").sql(COLUMNS);
    let filter = if view.shelf == Shelf::Assisting { filter.sql(", wanted_by, unit") } else { filter };
    let of_view = narrowed(filter.sql("\n from cases"), desk, view, now);
    let of_view = match &view.after {
        Some(after) => against(of_view, view, " > ", after),
        None => of_view,
    };
    in_order(of_view, view, "").sql("\n limit ").value(PAGE_ROWS + 1)
}

/// By what a view is ordered: what the unit owes next comes first. Where it assists, that is its own opinion.
fn order(view: &View) -> (&'static str, &'static str) {
    if view.shelf == Shelf::Assisting { ("wanted_by", "wanted_no") } else { ("next_due", "case_no") }
}

/// The column that says when the rows of a view are due.
pub(super) fn due_column(view: &View) -> &'static str {
    order(view).0
}

fn in_order(filter: Filter, view: &View, direction: &'static str) -> Filter {
    let (due, no) = order(view);
    filter.sql("\n order by ").sql(due).sql(direction).sql(", ").sql(no).sql(direction)
}

/// Only what comes before or after a place of the view.
fn against(filter: Filter, view: &View, side: &'static str, place: &Cursor) -> Filter {
    let (due, no) = order(view);
    let filter = filter.sql("\n and (").sql(due).sql(", ").sql(no).sql(")").sql(side).sql("(");
    filter.value(place.due).sql(", ").value(&place.no).sql(")")
}

/// The conditions of a view, whatever is asked of the cases.
fn narrowed(filter: Filter, desk: Desk<'_>, view: &View, now: Instant) -> Filter {
    let Desk { unit, away } = desk;
    let assists = view.shelf == Shelf::Assisting;
    let filter = match assists {
        true => filter
            .sql("\n join (select case_no as wanted_no, wanted_by from case_opinions where unit = ")
            .value(unit)
            .sql(") as wanted on wanted_no = case_no"),
        false => filter,
    };
    let filter = not_about(filter.sql("\n where "), away);
    let filter = if assists { filter } else { filter.sql("unit = ").value(unit).sql("\n and ") };
    let filter = filter.sql("next_due is not null\n and stage = 'assigned'");
    let filter = match view.shelf {
        Shelf::All | Shelf::Assisting => filter,
        Shelf::Unsigned => filter.sql("\n and signed_at is null"),
        Shelf::Working => filter.sql("\n and signed_at is not null\n and round = 1"),
        Shelf::Today => {
            let day_end = now.day().next().start();
            filter.sql("\n and next_due > ").value(now).sql("\n and next_due <= ").value(day_end)
        }
        Shelf::Late => filter.sql("\n and next_due <= ").value(now),
        Shelf::Again => filter.sql("\n and round > 1"),
        Shelf::Unanswered => {
            filter.sql("\n and (next_clock = 'first_reply' or (round = 1 and first_replied_at is null))")
        }
    };
    let filter = match &view.kind {
        Some(kind) => filter.sql("\n and kind = ").value(kind),
        None => filter,
    };
    let filter = match &view.place {
        Some(place) => filter.sql("\n and place = ").value(place),
        None => filter,
    };
    match &view.whose {
        Some(Whose::Of(officer)) => filter.sql("\n and officer = ").value(officer),
        Some(Whose::Nobodys) => filter.sql("\n and officer is null"),
        None => filter,
    }
}

/// Where a case stands in a view.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Neighbours {
    /// Its place from 1; none when it is not in the view.
    pub place: Option<u32>,
    /// How many are in the view.
    pub total: u32,
    /// The one before.
    pub previous: Option<CaseNo>,
    /// The one after; the first of all when the case itself is done.
    pub next: Option<CaseNo>,
}

/// The case before and the case after, along the list the officer came from.
pub(super) fn neighbours(
    tx: &mut Tx,
    desk: Desk<'_>,
    view: &View,
    now: Instant,
    here: Option<&Cursor>,
    total: u32,
) -> Result<Neighbours, Error> {
    let first = |tx: &mut Tx, filter: Filter| -> Result<Option<CaseNo>, Error> {
        let (sql, values) = filter.sql("\n limit 1").finish();
        tx.query_opt(sql, &values)?.map(|row| Ok(row.get("case_no")?)).transpose()
    };
    let counted = |tx: &mut Tx, filter: Filter| -> Result<u32, Error> {
        let (sql, values) = filter.finish();
        Ok(tx.query_one(sql, &values)?.get("n")?)
    };
    let numbers = || narrowed(Filter::new("select case_no\n from cases"), desk, view, now);
    let counting = || counting(Filter::new(""), desk, view, now);
    let Some(here) = here else {
        // Which case is the most pressing?
        let next = first(tx, in_order(numbers(), view, ""))?;
        return Ok(Neighbours { place: None, total, previous: None, next });
    };
    // How many come before it?
    let before = counted(tx, against(counting(), view, " < ", here))?;
    let previous = first(tx, in_order(against(numbers(), view, " < ", here), view, " desc"))?;
    let next = first(tx, in_order(against(numbers(), view, " > ", here), view, ""))?;
    Ok(Neighbours { place: (before < total).then_some(before + 1), total, previous, next })
}

/// Rows of the unit that answer what was typed, the newest first.
pub(super) fn search(
    tx: &mut Tx,
    desk: Desk<'_>,
    typed: &Typed,
    before: Option<&Cursor>,
) -> Result<Vec<Row>, Error> {
    let filter = typed.among(desk.rows().sql("\n and "), tx.engine());
    let filter = match before {
        Some(at) => {
            filter.sql("\n and (submitted_at, case_no) < (").value(at.due).sql(", ").value(&at.no).sql(")")
        }
        None => filter,
    };
    let filter = filter.sql("\n order by submitted_at desc, case_no desc\n limit ");
    let (sql, values) = filter.value(PAGE_ROWS + 1).finish();
    // Which of the unit's cases fit these words?
    Ok(tx.query(sql, &values)?)
}

/// Rows that the unit has answered, the newest answer first.
pub(super) fn answered(tx: &mut Tx, desk: Desk<'_>, before: Option<&Cursor>) -> Result<Vec<Row>, Error> {
    let filter = desk.rows().sql("\n and replied_at is not null");
    let filter = match before {
        Some(at) => {
            filter.sql("\n and (replied_at, case_no) < (").value(at.due).sql(", ").value(&at.no).sql(")")
        }
        None => filter,
    };
    let filter = filter.sql("\n order by replied_at desc, case_no desc\n limit ");
    let (sql, values) = filter.value(PAGE_ROWS + 1).finish();
    // What has this unit answered?
    Ok(tx.query(sql, &values)?)
}

/// Other cases of the unit at a place since then, the newest first.
pub(super) fn at_place(
    tx: &mut Tx,
    desk: Desk<'_>,
    place: &str,
    since: Instant,
    except: &CaseNo,
) -> Result<Vec<Row>, Error> {
    let filter = desk
        .rows()
        .sql("\n and place = ")
        .value(place)
        .sql("\n and submitted_at >= ")
        .value(since)
        .sql("\n and case_no <> ")
        .value(except)
        .sql("\n order by submitted_at desc\n limit 6");
    let (sql, values) = filter.finish();
    // What else was reported to this unit from the same place?
    Ok(tx.query(sql, &values)?)
}

/// How many are in a view. What a whole tab holds was counted with the others.
pub(super) fn count_in(
    tx: &mut Tx,
    desk: Desk<'_>,
    view: &View,
    now: Instant,
    counts: &Counts,
) -> Result<u32, Error> {
    if !view.is_narrowed() {
        return Ok(counts.of(view.shelf));
    }
    let (sql, values) = counting(Filter::new(""), desk, view, now).finish();
    // How many fit the filters?
    Ok(tx.query_one(sql, &values)?.get("n")?)
}

/// The question behind a count; tests ask the engine how it would answer it.
pub(super) fn counting(filter: Filter, desk: Desk<'_>, view: &View, now: Instant) -> Filter {
    narrowed(filter.sql("select count(*) as n\n from cases"), desk, view, now)
}

/// When the unit answered last, if that was since then.
pub(super) fn last_reply_since(tx: &mut Tx, unit: &UnitId, since: Instant) -> Result<Option<Instant>, Error> {
    // When was the last answer today?
    let row = tx.query_one(
        "select max(replied_at) as at
         from cases
         where unit = $1
           and replied_at >= $2",
        params![unit, since],
    )?;
    Ok(row.get("at")?)
}

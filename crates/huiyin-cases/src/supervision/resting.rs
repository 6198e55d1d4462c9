//! Lists of supervision that do not go by the next deadline: the clock stands still, more time asked for, what stayed unsolved, what cannot be done
//! yet, complaints about the handling (4.4, 5.3, 5.4).

use super::queries::{Light, Shelf, lines_for};
use crate::cases::last_words;
use crate::cases::log;
use crate::cases::sight::not_about;
use crate::dossier::Line;
use huiyin_domain::calendar::{Day, Instant};
use huiyin_domain::case::ClockCalendar;
use huiyin_domain::ids::{CaseNo, UnitId};
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::{Filter, Row, Tx, Value};
use huiyin_foundation::error::Error;
use huiyin_foundation::say;
use std::collections::{BTreeMap, BTreeSet};

/// How many are in each of these lists.
pub(super) struct Counts {
    pub waiting: u64,
    pub extensions: u64,
    pub unsolved: u64,
    pub shelved: u64,
    pub complaints: u64,
}

pub(super) fn counts(tx: &mut Tx, light: Light<'_>, accused: &[UnitId]) -> Result<Counts, Error> {
    let rounds = light.policy.rating.automatic_rounds;
    let of = |filter: Filter| not_about(filter.sql("(select count(*) from cases where "), accused);
    let filter = of(Filter::new("select ")).sql("asked_at is not null and next_due is null) as waiting,\n ");
    let filter = of(filter).sql("extension_asked is not null) as extensions,\n ");
    let filter =
        of(filter).sql("unsolved_since is not null and round > ").value(rounds).sql(") as unsolved,\n ");
    let filter = of(filter).sql("review_on is not null) as shelved,\n ");
    let filter = of(filter).sql("complaint_due is not null and complaint_about_office <= ");
    let (sql, values) = filter.value(reads_about_office(light)).sql(") as complaints").finish();
    // How many wait for the requester, ask for more time, stayed unsolved after the last round, cannot be done yet, are
    // complained of?
    let row = tx.query_one(sql, &values)?;
    Ok(Counts {
        waiting: row.get("waiting")?,
        extensions: row.get("extensions")?,
        unsolved: row.get("unsolved")?,
        shelved: row.get("shelved")?,
        complaints: row.get("complaints")?,
    })
}

/// What is complained of the office itself is not on the list of its own people.
fn reads_about_office(light: Light<'_>) -> bool {
    !light.away.contains(&light.policy.school.coordinator)
}

/// A page of one of these lists, what has waited longest or comes first at the top.
pub(super) fn lines(
    tx: &mut Tx,
    light: Light<'_>,
    shelf: Shelf,
    cursor: &str,
    rows_max: usize,
) -> Result<Vec<Line>, Error> {
    let filter = match shelf {
        Shelf::Complaints => lines_for(light.away)
            .sql("complaint_about_office <= ")
            .value(reads_about_office(light))
            .sql(" and "),
        _ => lines_for(light.away),
    };
    read(tx, light, shelf, page_of(filter, light.policy, shelf, cursor, rows_max))
}

/// What was not answered in time, and waits for whoever holds these posts: the first due at the top. `units` are those they
/// are in charge of; none for the head of the school, who answers for all, and alone for what is said of the office.
pub(crate) fn complaints_above(
    tx: &mut Tx,
    light: Light<'_>,
    posts: &[String],
    units: Option<&[UnitId]>,
    rows_max: usize,
) -> Result<Vec<Line>, Error> {
    let office = format!("% {} %", light.policy.school.coordinator);
    let filter = lines_for(light.away)
        .sql("complaint_about_office <= ")
        .value(units.is_none() && reads_about_office(light))
        .sql(" and (complaint_about_office = 1 or complaint_due <= ")
        .value(light.now)
        .sql(" or ' ' || recused || ' ' like ")
        .value(office)
        .sql(") and ");
    let filter = match units {
        Some(units) => filter.sql("(unit in ").list(units).sql(" or leader in ").list(posts).sql(") and "),
        None => filter,
    };
    read(tx, light, Shelf::Complaints, page_of(filter, light.policy, Shelf::Complaints, "", rows_max))
}

fn read(tx: &mut Tx, light: Light<'_>, shelf: Shelf, filter: Filter) -> Result<Vec<Line>, Error> {
    let (sql, values) = filter.finish();
    // Which cases are on this list, in its own order?
    let rows = tx.query(sql, &values)?;
    let numbers = rows.iter().map(|row| row.get("case_no")).collect::<Result<Vec<CaseNo>, _>>()?;
    let said = match shelf {
        Shelf::Extension => last_words::of_extensions(tx, &numbers)?,
        Shelf::Shelved => last_words::of_shelved(tx, &numbers)?,
        Shelf::Complaints => last_words::of_complaints(tx, &numbers)?,
        _ => BTreeMap::new(),
    };
    let line = |row: &Row| {
        let line = Line::of(row, light.policy, light.calendar, light.now)?;
        let words = said.get(&line.no).cloned().unwrap_or_default();
        told(row, line, words, light, shelf)
    };
    rows.iter().map(line).collect()
}

/// Which of these ask for the time that a law gives: there the head of the body decides, and not the office (5.7).
pub(super) fn decided_by_the_body(tx: &mut Tx, lines: &[Line]) -> Result<BTreeSet<CaseNo>, Error> {
    let mut found = BTreeSet::new();
    for line in lines {
        if log::load(tx, &line.no)?.is_some_and(|loaded| loaded.case.is_on_statute()) {
            found.insert(line.no.clone());
        }
    }
    Ok(found)
}

/// The question behind a list; tests ask the engine how it would answer it. The condition of the partial index stands in
/// it on every page: that the cursor implies it is more than the engine finds out.
pub(super) fn page_of(
    filter: Filter,
    policy: &Policy,
    shelf: Shelf,
    cursor: &str,
    rows_max: usize,
) -> Filter {
    let (column, filter) = match shelf {
        Shelf::Waiting => ("asked_at", filter.sql("asked_at is not null and next_due is null")),
        Shelf::Extension => ("extension_asked", filter.sql("extension_asked is not null")),
        Shelf::Unsolved => {
            let held = filter.sql("unsolved_since is not null and round > ");
            ("unsolved_since", held.value(policy.rating.automatic_rounds))
        }
        Shelf::Complaints => ("complaint_due", filter.sql("complaint_due is not null")),
        _ => ("review_on", filter.sql("review_on is not null")),
    };
    let is_moment = matches!(shelf, Shelf::Waiting | Shelf::Unsolved | Shelf::Complaints);
    let after = cursor.split_once('.').and_then(|(key, no)| {
        let key = if is_moment { Value::from(key.parse::<i64>().ok()?) } else { Value::from(key) };
        Some((key, no))
    });
    let filter = match after {
        Some((key, no)) => {
            let filter = filter.sql(" and (").sql(column).sql(", case_no) > (");
            filter.value(key).sql(", ").value(no).sql(")")
        }
        None => filter,
    };
    filter.sql(" order by ").sql(column).sql(", case_no limit ").value(rows_max)
}

/// The line as its list tells it.
fn told(row: &Row, line: Line, words: String, light: Light<'_>, shelf: Shelf) -> Result<Line, Error> {
    let no = &line.no;
    Ok(match shelf {
        Shelf::Waiting => {
            let cursor = format!("{}.{no}", row.instant("asked_at")?.0);
            Line { cursor, ..line }
        }
        Shelf::Extension => {
            let until = row.text("extension_asked")?;
            let cursor = format!("{until}.{no}");
            let said = format!("申请延到 {}：{words}", say::day_long(light.now, day(&until)?));
            Line { said, cursor, ..line }
        }
        Shelf::Unsolved => {
            let since: Instant = row.instant("unsolved_since")?;
            let cursor = format!("{}.{no}", since.0);
            let said = format!("{} 反映人说没有解决", say::moment(light.now, since));
            Line { said, cursor, ..line }
        }
        Shelf::Complaints => {
            let at = row.instant("complaint_due")?;
            let cursor = format!("{}.{no}", at.0);
            let due = Some(say::due(light.now, at, ClockCalendar::Working, light.calendar));
            Line { said: format!("反映人：{words}"), cursor, due, due_of: "答复", ..line }
        }
        _ => {
            let review_on = row.text("review_on")?;
            let cursor = format!("{review_on}.{no}");
            let at = day(&review_on)?.at(light.policy.office.closes);
            let due = Some(say::due(light.now, at, ClockCalendar::Hours, light.calendar));
            Line { said: words, cursor, due, due_of: "复核", ..line }
        }
    })
}

fn day(stored: &str) -> Result<Day, Error> {
    stored.parse().map_err(Error::internal)
}

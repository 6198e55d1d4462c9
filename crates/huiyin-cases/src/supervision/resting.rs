//! Lists of supervision that do not go by the next deadline: the clock stands still, more time asked for, what stayed unsolved, what cannot be done
//! yet (4.4, 5.3).

use super::queries::{Light, Shelf, lines_for};
use crate::cases::last_words;
use crate::dossier::Line;
use huiyin_domain::calendar::{Day, Instant};
use huiyin_domain::case::ClockCalendar;
use huiyin_domain::ids::CaseNo;
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::{Filter, Row, Tx, Value};
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::say;
use std::collections::BTreeMap;

/// How many are in each of these lists.
pub(super) struct Counts {
    pub waiting: u64,
    pub extensions: u64,
    pub unsolved: u64,
    pub shelved: u64,
}

pub(super) fn counts(tx: &mut Tx, light: Light<'_>) -> Result<Counts, Error> {
    // How many wait for the requester, ask for more time, stayed unsolved after the last round, cannot be done yet?
    let row = tx.query_one(
        "select
           (select count(*) from cases where asked_at is not null and next_due is null) as waiting,
           (select count(*) from cases where extension_asked is not null) as extensions,
           (select count(*) from cases where unsolved_since is not null and round > $1) as unsolved,
           (select count(*) from cases where review_on is not null) as shelved",
        params![light.policy.rating.automatic_rounds],
    )?;
    Ok(Counts {
        waiting: row.get("waiting")?,
        extensions: row.get("extensions")?,
        unsolved: row.get("unsolved")?,
        shelved: row.get("shelved")?,
    })
}

/// A page of one of these lists, what has waited longest or comes first at the top.
pub(super) fn lines(
    tx: &mut Tx,
    light: Light<'_>,
    shelf: Shelf,
    cursor: &str,
    rows_max: usize,
) -> Result<Vec<Line>, Error> {
    let (sql, values) = page_of(lines_for(light.away), light.policy, shelf, cursor, rows_max).finish();
    // Which cases are on this list, in its own order?
    let rows = tx.query(sql, &values)?;
    let numbers = rows.iter().map(|row| row.get("case_no")).collect::<Result<Vec<CaseNo>, _>>()?;
    let said = match shelf {
        Shelf::Extension => last_words::of_extensions(tx, &numbers)?,
        Shelf::Shelved => last_words::of_shelved(tx, &numbers)?,
        _ => BTreeMap::new(),
    };
    let line = |row: &Row| {
        let line = Line::of(row, light.policy, light.calendar, light.now)?;
        let words = said.get(&line.no).cloned().unwrap_or_default();
        told(row, line, words, light, shelf)
    };
    rows.iter().map(line).collect()
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
        _ => ("review_on", filter.sql("review_on is not null")),
    };
    let is_moment = matches!(shelf, Shelf::Waiting | Shelf::Unsolved);
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
            let said = format!("申请延到{}：{words}", say::day_long(light.now, day(&until)?));
            Line { said, cursor, ..line }
        }
        Shelf::Unsolved => {
            let since: Instant = row.instant("unsolved_since")?;
            let cursor = format!("{}.{no}", since.0);
            let said = format!("{} 反映人说没有解决", say::moment(light.now, since));
            Line { said, cursor, ..line }
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

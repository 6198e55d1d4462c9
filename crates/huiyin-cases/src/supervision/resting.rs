//! Lists of supervision that do not go by the next deadline: more time asked for, what stayed unsolved, what cannot be done
//! yet (4.4, 5.3).

use super::queries::{Light, Shelf};
use crate::cases::last_words;
use crate::dossier::{LINE, Line};
use huiyin_domain::calendar::{Day, Instant};
use huiyin_domain::case::ClockCalendar;
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::db::{Filter, Row, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::say;
use std::collections::BTreeMap;

/// How many are in each of these lists.
pub(super) struct Counts {
    pub extensions: u64,
    pub unsolved: u64,
    pub shelved: u64,
}

pub(super) fn counts(tx: &mut Tx, light: Light<'_>) -> Result<Counts, Error> {
    // How many ask for more time, stayed unsolved after the last round, cannot be done yet?
    let row = tx.query_one(
        "select
           (select count(*) from cases where extension_asked is not null) as extensions,
           (select count(*) from cases where unsolved_since is not null and round > $1) as unsolved,
           (select count(*) from cases where review_on is not null) as shelved",
        params![light.policy.rating.automatic_rounds],
    )?;
    Ok(Counts {
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
    let after = cursor.split_once('.').map(|(key, no)| (key.to_owned(), no.to_owned()));
    // Which cases are on this list, in its own order?
    let filter = Filter::new(LINE);
    let filter = match (shelf, after) {
        (Shelf::Unsolved, after) => {
            let rounds = light.policy.rating.automatic_rounds;
            let filter = filter.sql("unsolved_since is not null and round > ").value(rounds);
            match after.and_then(|(since, no)| Some((since.parse::<i64>().ok()?, no))) {
                Some((since, no)) => {
                    filter.sql(" and (unsolved_since, case_no) > (").value(since).sql(", ").value(no).sql(")")
                }
                None => filter,
            }
            .sql(" order by unsolved_since, case_no limit ")
        }
        (Shelf::Extension, after) => match after {
            Some((day, no)) => {
                filter.sql("(extension_asked, case_no) > (").value(day).sql(", ").value(no).sql(")")
            }
            None => filter.sql("extension_asked is not null"),
        }
        .sql(" order by extension_asked, case_no limit "),
        (_, after) => match after {
            Some((day, no)) => filter.sql("(review_on, case_no) > (").value(day).sql(", ").value(no).sql(")"),
            None => filter.sql("review_on is not null"),
        }
        .sql(" order by review_on, case_no limit "),
    };
    let (sql, values) = filter.value(rows_max).finish();
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

/// The line as its list tells it.
fn told(row: &Row, line: Line, words: String, light: Light<'_>, shelf: Shelf) -> Result<Line, Error> {
    let no = &line.no;
    Ok(match shelf {
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

//! Taking over a school's roster (2.3): students and staff with their duties, from CSV, TSV or XLSX.
//!
//! The 学工号 finds a person: known ones are brought up to date, new ones are added, nobody is ever removed by being left
//! out. A line that cannot be taken is named with its number and reason, and the others go on. Where the column 职责 is
//! present, it says all the duties of everybody in the file; where it is absent, duties stay as they are. A first password
//! is set only for people who have none. An account that was closed is brought up to date and stays closed.

mod line;
mod sheet;
#[cfg(test)]
mod tests;

use crate::identity::{self, Upserted};
use huiyin_domain::ids::PersonId;
use huiyin_foundation::db::{DbError, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::school::School;
use line::{Columns, Entry};
use std::collections::HashMap;
use std::fmt;

pub use line::Field;

/// How many lines are written in one transaction.
const LINES_AT_ONCE: usize = 200;
/// More lines than any school has people.
const LINES_MAX: usize = 300_000;

/// A line that was not taken, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineComplaint {
    /// Which line of the file, from 1.
    pub line: usize,
    /// What is wrong and what would be right.
    pub reason: String,
}

impl fmt::Display for LineComplaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "第 {} 行：{}", self.line, self.reason)
    }
}

/// What came of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// New people.
    pub added: usize,
    /// People brought up to date, duties included.
    pub changed: usize,
    /// People about whom nothing was new.
    pub unchanged: usize,
    /// People whose account was closed and stays closed.
    pub closed: usize,
    /// Lines not taken, in order.
    pub complaints: Vec<LineComplaint>,
}

/// Why a file was not read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RosterTrouble {
    /// Neither a table of text nor a workbook.
    #[error("{0}")]
    Unreadable(String),
    /// A column that must be there is not.
    #[error("表头里没有“{0}”一列；认得的列名：{known}", known = Field::known_names())]
    MissingColumn(&'static str),
    /// The map names a column or a field that does not exist.
    #[error("{0}")]
    WrongMap(String),
}

/// Takes over a roster. `map` leads unknown column names to known fields; `progress` hears of lines done, of how many.
pub async fn import(
    school: &School,
    bytes: &[u8],
    file_name: &str,
    map: &[(String, String)],
    mut progress: impl FnMut(usize, usize),
) -> Result<Result<Report, RosterTrouble>, Error> {
    let read = sheet::read(bytes, file_name).and_then(|sheet| {
        let columns = Columns::of(&sheet.header, map)?;
        Ok((sheet, columns))
    });
    let (sheet, columns) = match read {
        Ok(read) => read,
        Err(trouble) => return Ok(Err(trouble)),
    };
    let mut report = Report::default();
    let in_force = school.policy_in_force();
    let mut entries: Vec<Entry> = Vec::new();
    let mut first_seen: HashMap<String, usize> = HashMap::new();
    let total = sheet.rows.len();
    if total > LINES_MAX {
        return Ok(Err(RosterTrouble::Unreadable(format!("一次最多 {LINES_MAX} 行，请分成几个文件"))));
    }
    for row in &sheet.rows {
        let entry = line::read(row, &columns, &in_force.policy).and_then(|entry| {
            match first_seen.insert(entry.person.number.clone(), row.line) {
                Some(earlier) => Err(format!("学工号 {} 与第 {earlier} 行重复", entry.person.number)),
                None => Ok(entry),
            }
        });
        match entry {
            Ok(entry) => entries.push(entry),
            Err(reason) => report.complaints.push(LineComplaint { line: row.line, reason }),
        }
    }
    let mut done = report.complaints.len();
    for some in entries.chunks(LINES_AT_ONCE) {
        let hashes = first_passwords(school, some).await?;
        let (some_owned, keys, now) = (some.to_vec(), school.keys.clone(), school.now());
        let outcomes = school
            .db
            .write(move |tx| {
                let one = |(entry, hash): (&Entry, &Option<String>)| {
                    write(tx, &PersonId(keys.uuid_v7(now)), entry, hash.as_deref(), now)
                };
                some_owned.iter().zip(&hashes).map(one).collect::<Result<Vec<Upserted>, DbError>>()
            })
            .await?;
        for outcome in outcomes {
            match outcome {
                Upserted::Closed => report.closed += 1,
                Upserted::Added => report.added += 1,
                Upserted::Changed => report.changed += 1,
                Upserted::Unchanged => report.unchanged += 1,
            }
        }
        done += some.len();
        progress(done, total);
    }
    Ok(Ok(report))
}

/// Hashes of first passwords, only for people who have none yet: hashing is slow by intention.
async fn first_passwords(school: &School, entries: &[Entry]) -> Result<Vec<Option<String>>, Error> {
    let numbers: Vec<String> = entries.iter().map(|entry| entry.person.number.clone()).collect();
    let has_password = school
        .db
        .read(move |tx| {
            let known = |number: &String| {
                Ok(identity::person_by_number(tx, number)?.is_some_and(|person| person.has_password))
            };
            numbers.iter().map(known).collect::<Result<Vec<bool>, DbError>>()
        })
        .await?;
    let mut hashes = Vec::with_capacity(entries.len());
    for (entry, has_password) in entries.iter().zip(has_password) {
        hashes.push(match &entry.first_password {
            Some(password) if !has_password => Some(school.passwords.hash(&school.keys, password).await),
            _ => None,
        });
    }
    Ok(hashes)
}

fn write(
    tx: &mut Tx,
    new_id: &PersonId,
    entry: &Entry,
    password_hash: Option<&str>,
    now: huiyin_domain::calendar::Instant,
) -> Result<Upserted, DbError> {
    let (id, mut outcome) = identity::upsert(tx, new_id, &entry.person, now)?;
    if let Some(duties) = &entry.duties
        && identity::set_duties(tx, &id, duties)?
        && outcome == Upserted::Unchanged
    {
        outcome = Upserted::Changed;
    }
    if let Some(hash) = password_hash {
        identity::set_password(tx, &id, hash)?;
    }
    Ok(outcome)
}

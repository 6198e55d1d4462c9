//! The questions that are kept: six come ready, the office keeps its own beside them and changes any; what was asked before
//! stays to be read.

use super::question::{Kind, Question};
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::PersonId;
use huiyin_foundation::db::{DbError, Row, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::params;

/// A list as it is in force.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct List {
    pub id: String,
    /// 0 for one that comes ready and was never changed.
    pub version: i64,
    pub name: String,
    pub question: Question,
    /// Who looks after it; nobody for one that comes ready until somebody takes it.
    pub owner: Option<PersonId>,
    /// Nobody wants it any longer.
    pub is_set_aside: bool,
    /// When it was changed last and by whom; nothing for one that comes ready.
    pub made: Option<(Instant, PersonId)>,
}

impl List {
    /// One that comes ready.
    fn ready(kind: Kind) -> List {
        let question = Question::ready(kind);
        let (id, name) = (kind.word().to_owned(), kind.name().to_owned());
        List { id, version: 0, name, question, owner: None, is_set_aside: false, made: None }
    }

    fn of(row: &Row) -> Result<List, Error> {
        Ok(List {
            id: row.text("id")?,
            version: row.int("version")?,
            name: row.text("name")?,
            question: serde_json::from_str(row.str("question")?).map_err(Error::internal)?,
            owner: row.get("owner")?,
            is_set_aside: row.flag("is_set_aside")?,
            made: Some((row.instant("made_ms")?, row.get("made_by")?)),
        })
    }
}

/// All lists in force: those that come ready in their order, as they were changed, then the others by name. Set aside ones
/// are among them.
pub(super) fn all(tx: &mut Tx) -> Result<Vec<List>, Error> {
    // Which questions are kept, each as it was changed last?
    let changed = tx.query_map(
        "select *
         from screening_lists
         where version = (select max(later.version) from screening_lists as later where later.id = screening_lists.id)
         order by name, id",
        params![],
        List::of,
    )?;
    let mut lists: Vec<List> = Kind::ALL.into_iter().map(List::ready).collect();
    for list in changed {
        match lists.iter_mut().find(|known| known.id == list.id) {
            Some(known) => *known = list,
            None => lists.push(list),
        }
    }
    Ok(lists)
}

/// One list as it is in force.
pub(super) fn find(tx: &mut Tx, id: &str) -> Result<Option<List>, Error> {
    Ok(versions(tx, id)?.into_iter().next())
}

/// A list as it is and as it was, the newest first; nothing if nobody ever kept it.
pub(super) fn versions(tx: &mut Tx, id: &str) -> Result<Vec<List>, Error> {
    // How was this question changed?
    let sql = "select * from screening_lists where id = $1 order by version desc";
    let mut versions = tx.query_map(sql, params![id], List::of)?;
    versions.extend(Kind::from_word(id).map(List::ready));
    Ok(versions)
}

/// Keeps a list as it reads from now on; whoever was slower by the version finds a conflict.
pub(super) fn keep(tx: &mut Tx, list: &List, by: &PersonId, now: Instant) -> Result<(), Error> {
    let question = serde_json::to_string(&list.question).map_err(Error::internal)?;
    // One more version of a question.
    tx.execute(
        "insert into screening_lists (id, version, kind, name, question, owner, is_set_aside, made_ms, made_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            list.id.as_str(),
            list.version,
            list.question.kind.word(),
            list.name.as_str(),
            question,
            list.owner.as_ref(),
            list.is_set_aside,
            now,
            by
        ],
    )?;
    Ok(())
}

/// When a list was first run through, and when last.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub list: String,
    pub first: Instant,
    pub last: Instant,
}

/// When each list was run through.
pub(super) fn runs(tx: &mut Tx) -> Result<Vec<Run>, DbError> {
    // When were the lists run through?
    tx.query_map("select list_id, first_ms, last_ms from screening_runs", params![], |row| {
        let (first, last) = (row.instant("first_ms")?, row.instant("last_ms")?);
        Ok(Run { list: row.text("list_id")?, first, last })
    })
}

/// Notes that a list was run through under a version.
pub(super) fn ran(tx: &mut Tx, list: &List, now: Instant) -> Result<(), DbError> {
    // It was run through just now.
    tx.execute(
        "insert into screening_runs (list_id, version, first_ms, last_ms)
         values ($1, $2, $3, $3)
         on conflict (list_id) do update
         set version = excluded.version, last_ms = excluded.last_ms",
        params![list.id.as_str(), list.version, now],
    )?;
    Ok(())
}

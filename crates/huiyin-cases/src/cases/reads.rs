//! Who opened a protected or sealed case at a desk (5.3, 10.3): kept beside the case, shown to those who supervise and
//! audit, and written before the page is answered, so that nobody reads unseen.
//!
//! It is a table and not a log: logs never name a person or a case. What the requester opens is their own affair.

use super::sight::Seen;
use huiyin_domain::access::Hat;
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::Identity;
use huiyin_domain::ids::{CaseNo, PersonId};
use huiyin_foundation::db::{Filter, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::Visitor;
use std::collections::BTreeMap;

/// The same person opening the same case again within this time is one reading.
const ONE_READING_MS: i64 = 10 * 60_000;
/// How many readings a page shows.
const SHOWN_MAX: i64 = 100;

/// Where a case was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The page of the whole case.
    Dossier,
    /// The workbench of a unit.
    Workbench,
    /// The page on which a leader instructs.
    Leader,
    /// The order of supervision, on the screen or as a file.
    Order,
    /// The whole file of the case, taken away.
    Archive,
}

impl Place {
    fn word(self) -> &'static str {
        match self {
            Place::Dossier => "dossier",
            Place::Workbench => "workbench",
            Place::Leader => "leader",
            Place::Order => "order",
            Place::Archive => "archive",
        }
    }

    fn said(word: &str) -> &'static str {
        match word {
            "workbench" => "单位办理页",
            "leader" => "批示页",
            "order" => "督办单",
            "archive" => "导出档案",
            _ => "诉求详情",
        }
    }
}

/// Keeps that a visitor opens this case, if it is one whose readers are kept; an auditor leaves a line on every case.
pub(crate) async fn note(app: &App, visitor: &Visitor, seen: &Seen, place: Place) -> Result<(), Error> {
    let case = seen.case();
    let is_audit = seen.hats.contains(&Hat::Auditor)
        && seen.hats.iter().all(|hat| matches!(hat, Hat::Auditor | Hat::OfTheOffice));
    let is_kept = is_audit || case.restricted || case.identity == Identity::Sealed;
    if !is_kept && case.joined.is_empty() {
        return Ok(());
    }
    let Some(person) = visitor.person.clone() else { return Ok(()) };
    let own = is_kept.then(|| seen.no.clone());
    let (joined, now) = (case.joined.clone(), app.now());
    let unread = app.db.read(move |tx| {
        let mut unread: Vec<CaseNo> = own.into_iter().chain(kept_among(tx, &joined)?).collect();
        let mut error = None;
        unread.retain(|no| {
            !is_noted(tx, no, &person, now).unwrap_or_else(|found| {
                error = Some(found);
                false
            })
        });
        error.map_or(Ok(unread), Err)
    });
    for no in unread.await? {
        keep_one(app, visitor, no, place).await?;
    }
    Ok(())
}

/// Which of the cases that come along are protected or sealed: whoever opens the lead reads their words too.
fn kept_among(tx: &mut Tx, joined: &[CaseNo]) -> Result<Vec<CaseNo>, Error> {
    if joined.is_empty() {
        return Ok(Vec::new());
    }
    // Which of these are handled together with another and have readers that are kept?
    let filter = Filter::new(
        "select case_no from cases where stage = 'merged' and (restricted = 1 or identity = 'sealed') and case_no in ",
    );
    let (sql, values) = filter.list(joined).finish();
    tx.query(sql, &values)?.iter().map(|row| Ok(row.get("case_no")?)).collect()
}

/// Keeps that a visitor takes something away, of whatever case and however often.
pub(crate) async fn keep(app: &App, visitor: &Visitor, seen: &Seen, place: Place) -> Result<(), Error> {
    keep_one(app, visitor, seen.no.clone(), place).await
}

async fn keep_one(app: &App, visitor: &Visitor, no: CaseNo, place: Place) -> Result<(), Error> {
    let person = visitor.person.clone().ok_or(Error::SignIn)?;
    let now = app.now();
    app.db
        .write(move |tx| {
            // One more reading.
            tx.execute(
                "insert into case_reads (case_no, person_id, at_ms, place)
                 values ($1, $2, $3, $4)
                 on conflict (case_no, person_id, at_ms) do update
                 set place = excluded.place",
                params![no, person, now, place.word()],
            )?;
            Ok(())
        })
        .await
}

/// Keeps what an auditor looks for among all cases, before anything is found.
pub(crate) async fn note_search(app: &App, visitor: &Visitor, letters: &str) -> Result<(), Error> {
    let person = visitor.person.clone().ok_or(Error::SignIn)?;
    let (id, now, letters) = (app.keys.uuid_v7(app.now()), app.now(), letters.to_owned());
    app.db
        .write(move |tx| {
            // One more search.
            tx.execute(
                "insert into case_searches (id, person_id, at_ms, letters)
                 values ($1, $2, $3, $4)",
                params![id, person, now, letters],
            )?;
            Ok(())
        })
        .await
}

fn is_noted(tx: &mut Tx, no: &CaseNo, person: &PersonId, now: Instant) -> Result<bool, Error> {
    // Did this person open this case a moment ago?
    let row = tx.query_opt(
        "select at_ms
         from case_reads
         where case_no = $1
           and person_id = $2
           and at_ms > $3
         limit 1",
        params![no, person, now.plus_ms(-ONE_READING_MS)],
    )?;
    Ok(row.is_some())
}

/// A reading, as those who audit see it.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    /// Who.
    pub person: PersonId,
    /// When.
    pub at: Instant,
    /// Where, in words.
    pub place: &'static str,
}

/// Who opened a case, the last first.
pub(crate) fn of_case(tx: &mut Tx, no: &CaseNo) -> Result<Vec<Reading>, Error> {
    // Who read this case?
    let rows = tx.query(
        "select person_id, at_ms, place
         from case_reads
         where case_no = $1
         order by at_ms desc, person_id
         limit $2",
        params![no, SHOWN_MAX],
    )?;
    rows.iter()
        .map(|row| {
            Ok(Reading {
                person: row.get("person_id")?,
                at: row.instant("at_ms")?,
                place: Place::said(row.str("place")?),
            })
        })
        .collect()
}

/// Name, where and when, for the page.
pub(crate) fn in_words(
    readings: &[Reading],
    names: &BTreeMap<PersonId, String>,
    now: Instant,
) -> Vec<(String, &'static str, String)> {
    let name = |person| names.get(person).cloned().unwrap_or_else(|| "已不在册的人".to_owned());
    readings.iter().map(|it| (name(&it.person), it.place, say::moment(now, it.at))).collect()
}

//! Somebody else has this open (5.1): a light row of who opened a case at a desk, so that two do not write the same answer.
//!
//! It locks nothing and ends by itself: nobody has to close a page, and a browser that was switched off holds nothing up.
//! Whoever goes on writing is seen for longer, because every saved draft renews the row. It is shown only to those who may
//! see the case, and is no record: what was read of protected cases stands in `reads.rs`. Nobody is named who reads for
//! another reason than handling it, nor who was told what goes past the reader: that would tell what they do not know.

use super::log::Bench;
use super::sight::Seen;
use huiyin_domain::access::{Hat, hats, sees_event};
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{Actor, Event};
use huiyin_domain::ids::{CaseNo, PersonId};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::say;
use huiyin_foundation::school::App;
use huiyin_foundation::web::Visitor;
use huiyin_people::identity;
use std::collections::BTreeMap;

/// After so long a page that was opened says nothing any more.
const LASTS_MS: i64 = 10 * 60_000;
/// More people than this are not named.
const NAMED_MAX: usize = 5;
/// A row is not written again sooner than this.
const RENEWED_MS: i64 = 60_000;

/// Keeps that a visitor has this case open, if they are somebody who acts on it: who only audits is not announced.
pub(crate) async fn note(app: &App, visitor: &Visitor, seen: &Seen) -> Result<(), Error> {
    let Some(person) = visitor.person.clone().filter(|_| handles(&seen.hats)) else { return Ok(()) };
    let (no, now) = (seen.no.clone(), app.now());
    let (known_no, known_person) = (no.clone(), person.clone());
    let seen = app.db.read(move |tx| last_seen(tx, &known_no, &known_person)).await?;
    if seen.is_some_and(|at| now.0 - at.0 < RENEWED_MS) {
        return Ok(());
    }
    app.db.write(move |tx| renew(tx, &no, &person, now)).await
}

/// Whether somebody under these hats acts on the case, and for no other reason looks at it.
fn handles(worn: &[Hat]) -> bool {
    let acts = |hat: &Hat| {
        matches!(hat, Hat::Officer | Hat::UnitHead | Hat::Assistant | Hat::Clerk | Hat::Addressee)
    };
    let oversees = |hat: &Hat| matches!(hat, Hat::Supervisor | Hat::Auditor);
    worn.iter().any(acts) && !worn.iter().any(oversees)
}

/// The same within a transaction that writes anyway.
pub(crate) fn renew(tx: &mut Tx, no: &CaseNo, person: &PersonId, now: Instant) -> Result<(), Error> {
    // This person has this case open.
    tx.execute(
        "insert into case_presence (case_no, person_id, seen_ms)
         values ($1, $2, $3)
         on conflict (case_no, person_id) do update
         set seen_ms = excluded.seen_ms",
        params![no, person, now],
    )?;
    Ok(())
}

fn last_seen(tx: &mut Tx, no: &CaseNo, person: &PersonId) -> Result<Option<Instant>, Error> {
    // When did this person last have this case open?
    let row = tx.query_opt(
        "select seen_ms
         from case_presence
         where case_no = $1
           and person_id = $2",
        params![no, person],
    )?;
    Ok(row.map(|row| row.instant("seen_ms")).transpose()?)
}

/// Whether the reader may know that somebody who holds these duties has the case open: they handle it as it stands now, and
/// know of no complaint that goes past the reader.
fn may_be_named(bench: &Bench<'_>, seen: &Seen, other: &Actor) -> bool {
    let worn = hats(other, seen.case(), bench.policy);
    let mut complaints = seen.loaded.record.iter().map(|line| &line.event).filter(|event| {
        matches!(
            event,
            Event::HandlingComplained(_) | Event::ComplaintAnswered(_) | Event::ComplaintMissed(_)
        )
    });
    handles(&worn) && !complaints.any(|event| sees_event(&worn, event) && !sees_event(&seen.hats, event))
}

/// 「李老师（3 分钟前）也打开了这件。」; empty when nobody else has it open who may be named.
pub(crate) fn others_in_words(
    tx: &mut Tx,
    bench: &Bench<'_>,
    seen: &Seen,
    visitor: &Visitor,
) -> Result<String, Error> {
    let (no, now) = (&seen.no, bench.now);
    let Some(me) = &visitor.person else { return Ok(String::new()) };
    // Who else has this case open?
    let rows = tx.query(
        "select person_id, seen_ms
         from case_presence
         where case_no = $1
           and person_id <> $2
           and seen_ms > $3
         order by seen_ms desc, person_id
         limit 20",
        params![no, me, now.plus_ms(-LASTS_MS)],
    )?;
    let mut others: Vec<(PersonId, Instant)> = Vec::with_capacity(rows.len());
    for row in &rows {
        let (person, at): (PersonId, Instant) = (row.get("person_id")?, row.instant("seen_ms")?);
        let duties = identity::duties_of(tx, &person)?;
        if may_be_named(bench, seen, &Actor::Staff { person: person.clone(), duties }) {
            others.push((person, at));
        }
    }
    others.truncate(NAMED_MAX);
    if others.is_empty() {
        return Ok(String::new());
    }
    let people: Vec<PersonId> = others.iter().map(|(person, _)| person.clone()).collect();
    let names: BTreeMap<PersonId, String> = identity::names_of(tx, &people)?.into_iter().collect();
    let words = others.iter().map(|(person, at)| {
        let name = names.get(person).map_or("一位同事", String::as_str);
        format!("{name}（{}）", ago(now.0 - at.0))
    });
    let words: Vec<String> = words.collect();
    Ok(format!("{}也打开了这件，动手前先说一声。", words.join("、")))
}

fn ago(ms: i64) -> String {
    if ms < 60_000 { "刚刚".into() } else { format!("{}前", say::lasted(ms)) }
}

/// Drops the rows that say nothing any more; says how many.
pub fn sweep(tx: &mut Tx, now: Instant) -> Result<u64, Error> {
    // Nobody has these open any more.
    Ok(tx.execute("delete from case_presence where seen_ms <= $1", params![now.plus_ms(-LASTS_MS)])?)
}

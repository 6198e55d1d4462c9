//! The folded row: what lists and counts read. A cache: `verify` makes it anew from the record and compares.

use super::chain::Hash;
use super::log::{Bench, Bringer, Folded};
use super::opinions;
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{Case, Clock, Event, Identity, Promise, Removal, Route, TextKind, next_check};
use huiyin_domain::ids::CaseNo;
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::{Tx, Value};
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use serde::Serialize;

/// Columns that follow from the record alone, in the order of [`values`].
pub const COLUMNS: [&str; 64] = [
    "kind",
    "category",
    "place",
    "identity",
    "channel",
    "urgency",
    "restricted",
    "may_publish",
    "stage",
    "route",
    "unit",
    "assisting",
    "leader",
    "awaits_instruction",
    "is_key",
    "officer",
    "submitted_at",
    "accepted_at",
    "assigned_at",
    "signed_at",
    "first_replied_at",
    "replied_at",
    "outcome",
    "visibility",
    "rated_at",
    "solved",
    "satisfaction",
    "round",
    "first_reply_due",
    "result_due",
    "next_clock",
    "next_due",
    "next_check",
    "is_provisional",
    "missed",
    "supervised",
    "send_backs",
    "urges",
    "is_published",
    "files",
    "ended_at",
    "last_seq",
    "last_at",
    "next_calendar",
    "asked_at",
    "extension_asked",
    "awaits_second_look",
    "shelved_at",
    "review_on",
    "unsolved_since",
    "leak_cause",
    "earlier_no",
    "recused",
    "arrived_at",
    "part_on",
    "removed",
    "squad",
    "complaint_due",
    "complaint_about_office",
    "is_instructed",
    "result_extended",
    "calls",
    "called_at",
    "is_on_statute",
];

/// The values of [`COLUMNS`].
pub fn values(case: &Case, next_check: Option<Instant>) -> Vec<Value> {
    let round = case.round();
    let next = case.next_promise();
    let due = |clock| round.promise(clock).map(|promise| promise.due);
    let recused: Vec<&str> = case.recused.iter().map(|unit| unit.as_str()).collect();
    let assisting: Vec<&str> = case.assisting.iter().map(|unit| unit.as_str()).collect();
    vec![
        Value::from(&case.kind),
        Value::from(case.category.as_ref()),
        Value::from(case.place.as_ref()),
        Value::from(word(&case.identity)),
        Value::from(&case.channel),
        Value::from(word(&case.urgency)),
        Value::from(case.restricted),
        Value::from(case.may_publish),
        Value::from(case.stage.word()),
        Value::from(case.route.map(|route: Route| word(&route))),
        Value::from(case.unit.as_ref()),
        Value::from(assisting.join(" ")),
        Value::from(case.leader.as_deref()),
        Value::from(case.awaits_instruction),
        Value::from(case.is_key),
        Value::from(case.officer.as_ref()),
        Value::from(case.submitted_at),
        Value::from(case.accepted_at),
        Value::from(case.assigned_at),
        Value::from(case.signed_at),
        Value::from(case.rounds.first().and_then(|round| round.first_reply_at)),
        Value::from(round.replied_at),
        Value::from(round.outcome.map(|outcome| word(&outcome))),
        Value::from(round.visibility.map(|visibility| word(&visibility))),
        Value::from(round.rated_at),
        Value::from(round.solved.map(|solved| word(&solved))),
        Value::from(round.satisfaction.map(|satisfaction| word(&satisfaction))),
        Value::from(case.rounds.len()),
        Value::from(due(Clock::FirstReply)),
        Value::from(due(Clock::Result)),
        Value::from(next.map(|promise| word(&promise.clock))),
        Value::from(next.map(|promise| promise.due)),
        Value::from(next_check),
        Value::from(round.promises.iter().any(|promise| promise.provisional)),
        Value::from(case.missed.len()),
        Value::from(case.supervised.map(|level| word(&level))),
        Value::from(case.send_backs),
        Value::from(case.urges),
        Value::from(case.is_published),
        Value::from(case.files.len()),
        Value::from(case.ended_at),
        Value::from(case.last_seq),
        Value::from(case.last_at),
        Value::from(next.map(|promise| promise.calendar.word())),
        Value::from(case.asked_at),
        Value::from(case.extension_asked.map(|day| day.to_string())),
        Value::from(case.proposed.is_some()),
        Value::from(case.shelved.as_ref().map(|shelf| shelf.since)),
        Value::from(case.shelved.as_ref().map(|shelf| shelf.review_on.to_string())),
        Value::from(case.unsolved_since()),
        Value::from(case.leak.as_ref().map(|(_, cause)| word(cause))),
        Value::from(case.leak.as_ref().and_then(|(earlier, _)| earlier.as_ref())),
        Value::from(recused.join(" ")),
        Value::from(case.field.arrived_at),
        Value::from(case.field.part_on.map(|day| day.to_string())),
        Value::from(case.removed.map(Removal::word)),
        Value::from(case.field.squad.as_ref().map(|work| work.squad.as_str())),
        Value::from(case.complaint.map(|complaint| complaint.due)),
        Value::from(case.complaint.is_some_and(|complaint| complaint.is_about_office)),
        Value::from(case.is_instructed),
        Value::from(round.promise(Clock::Result).is_some_and(Promise::is_extended)),
        Value::from(round.calls.len() as i64),
        Value::from(round.calls.last().copied()),
        Value::from(case.is_on_statute()),
    ]
}

/// The stored word of a unit-only enum: its serde name.
pub fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// Writes the row of a new case.
pub(super) fn insert(
    tx: &mut Tx,
    bench: &Bench<'_>,
    no: &CaseNo,
    folded: &Folded,
    bringer: &Bringer,
) -> Result<(), Error> {
    let case = &folded.case;
    let mut all = values(case, next_check(case, bench.policy));
    let (requester_id, requester_key, receipt) = match (bringer, case.identity) {
        (Bringer::Receipt(hash), Identity::Anonymous) => (None, None, Some(hash.clone())),
        (_, Identity::Anonymous) => (None, None, None),
        (Bringer::Account(person), Identity::Open) => {
            (Some(person.as_str().to_owned()), Some(bench.keys.person_ref(person)), None)
        }
        (Bringer::Account(person), Identity::Sealed) => (None, Some(bench.keys.sealed_ref(person)), None),
        (Bringer::Receipt(hash), _) => (None, None, Some(hash.clone())),
        (Bringer::Registered, _) => (None, None, None),
        (Bringer::SameAs { person, key }, _) => {
            (person.as_ref().map(|person| person.as_str().to_owned()), key.clone(), None)
        }
    };
    all.extend([
        Value::from(no),
        Value::from(folded.words(TextKind::Title)),
        Value::from(folded.words(TextKind::Room).unwrap_or_default()),
        Value::from(requester_id),
        Value::from(requester_key),
        Value::from(receipt),
        Value::from(folded.last_hash.bytes()),
    ]);
    // A new case.
    tx.execute(
        "insert into cases (
           kind, category, place, identity, channel, urgency, restricted, may_publish, stage, route,
           unit, assisting, leader, awaits_instruction, is_key, officer, submitted_at, accepted_at,
           assigned_at, signed_at, first_replied_at, replied_at, outcome, visibility, rated_at, solved,
           satisfaction, round, first_reply_due, result_due, next_clock, next_due, next_check,
           is_provisional, missed, supervised, send_backs, urges, is_published, files, ended_at, last_seq,
           last_at, next_calendar, asked_at, extension_asked, awaits_second_look, shelved_at, review_on,
           unsolved_since, leak_cause, earlier_no, recused, arrived_at, part_on, removed, squad, complaint_due,
           complaint_about_office, is_instructed, result_extended, calls, called_at, is_on_statute, case_no, title,
           room, requester_id, requester_key, receipt_hash, last_hash)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
           $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43,
           $44, $45, $46, $47, $48, $49, $50, $51, $52, $53, $54, $55, $56, $57, $58, $59, $60, $61, $62, $63, $64,
           $65, $66, $67, $68, $69, $70, $71)",
        &all,
    )?;
    if case.assisting.is_empty() { Ok(()) } else { opinions::write(tx, no, case) }
}

/// Rewrites the row of a case.
pub(super) fn update(tx: &mut Tx, bench: &Bench<'_>, no: &CaseNo, folded: &Folded) -> Result<(), Error> {
    rewrite(tx, bench.policy, no, &folded.case, folded.last_hash)?;
    show_published(tx, no, folded)
}

/// Writes all that follows from the record alone.
pub(super) fn rewrite(
    tx: &mut Tx,
    policy: &Policy,
    no: &CaseNo,
    case: &Case,
    last_hash: Hash,
) -> Result<(), Error> {
    let mut all = values(case, next_check(case, policy));
    all.extend([Value::from(no), Value::from(last_hash.bytes())]);
    // How the case stands now.
    tx.execute(
        "update cases
         set kind = $1, category = $2, place = $3, identity = $4, channel = $5, urgency = $6, restricted = $7,
           may_publish = $8, stage = $9, route = $10, unit = $11, assisting = $12, leader = $13,
           awaits_instruction = $14, is_key = $15, officer = $16, submitted_at = $17, accepted_at = $18,
           assigned_at = $19, signed_at = $20, first_replied_at = $21, replied_at = $22, outcome = $23,
           visibility = $24, rated_at = $25, solved = $26, satisfaction = $27, round = $28, first_reply_due = $29,
           result_due = $30, next_clock = $31, next_due = $32, next_check = $33, is_provisional = $34, missed = $35,
           supervised = $36, send_backs = $37, urges = $38, is_published = $39, files = $40, ended_at = $41,
           last_seq = $42, last_at = $43, next_calendar = $44, asked_at = $45, extension_asked = $46,
           awaits_second_look = $47, shelved_at = $48, review_on = $49, unsolved_since = $50, leak_cause = $51,
           earlier_no = $52, recused = $53, arrived_at = $54, part_on = $55, removed = $56, squad = $57,
           complaint_due = $58, complaint_about_office = $59, is_instructed = $60, result_extended = $61, calls = $62,
           called_at = $63, is_on_statute = $64, last_hash = $66
         where case_no = $65",
        &all,
    )?;
    Ok(())
}

/// Shows to everybody what was published among the appended lines.
pub(super) fn show_published(tx: &mut Tx, no: &CaseNo, folded: &Folded) -> Result<(), Error> {
    if let Some((line, _)) =
        folded.lines.iter().rev().find(|(line, _)| matches!(line.event, Event::Published {}))
    {
        let title = folded.words(TextKind::PublicTitle).unwrap_or_default();
        let body = folded.words(TextKind::PublicBody).unwrap_or_default();
        // What everybody may read of it.
        tx.execute(
            "update cases
             set public_title = $2, public_body = $3, published_at = $4
             where case_no = $1",
            params![no, title, body, line.at],
        )?;
    }
    Ok(())
}

/// Notes when the clock should look at the case next, after the settings changed.
pub(super) fn look_again(tx: &mut Tx, policy: &Policy, no: &CaseNo, case: &Case) -> Result<(), Error> {
    // When is the next look?
    tx.execute(
        "update cases
         set next_check = $2
         where case_no = $1",
        params![no, next_check(case, policy)],
    )?;
    Ok(())
}

//! What is given out of a school: cases with their whole record and texts, settings, units, people. The moments of a case
//! and of its events are in Beijing time; inside an event everything stands as it is stored, promises in milliseconds of UTC.

#[cfg(test)]
mod tests;

use huiyin_cases::cases::log::{Bench, load};
use huiyin_cases::cases::texts;
use huiyin_domain::case::{Identity, TextKind};
use huiyin_domain::ids::{CaseNo, PersonId};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::school::App;
use huiyin_people::identity::person;
use serde_json::{Map, Value, json};

/// What of a case is given.
#[derive(Clone, Copy, Debug)]
pub struct Given {
    /// Who brought it and how to reach them, as far as the school may know.
    pub requesters: bool,
}

/// A case with its record and texts.
pub fn case(tx: &mut Tx, bench: &Bench<'_>, no: &CaseNo, given: Given) -> Result<Value, Error> {
    let loaded = load(tx, no)?.ok_or(Error::Hidden)?;
    let words = texts::load(tx, no)?.after(loaded.case.removed);
    let mut record = Vec::with_capacity(loaded.record.len());
    for line in &loaded.record {
        let mut told = serde_json::to_value(line).map_err(Error::internal)?;
        told["at"] = Value::from(line.at.to_rfc3339());
        let said: Map<String, Value> = GIVEN_TEXTS
            .iter()
            .filter(|(_, is_personal)| given.requesters || !is_personal)
            .map(|(kind, _)| (kind.word().to_owned(), Value::from(words.of(line.seq, *kind))))
            .filter(|(_, words)| words.as_str() != Some(""))
            .collect();
        if !said.is_empty() {
            told["texts"] = Value::Object(said);
        }
        record.push(told);
    }
    let case = &loaded.case;
    let mut out = json!({
        "number": no,
        "kind": case.kind,
        "category": case.category,
        "place": case.place,
        "identity": case.identity,
        "channel": case.channel,
        "urgency": case.urgency,
        "restricted": case.restricted,
        "published": case.is_published,
        "stage": case.stage,
        "route": case.route,
        "unit": case.unit,
        "assisting": case.assisting,
        "leader": case.leader,
        "rounds": case.rounds.len(),
        "title": words.title(),
        "body": words.body(),
        "room": words.room(),
        "submitted_at": case.submitted_at.to_rfc3339(),
        "record": record,
    });
    if given.requesters {
        // Whose case is it? Only an open one says.
        let row = tx.query_opt("select requester_id from cases where case_no = $1", params![no])?;
        out["requester"] = row.map(|row| row.opt_text(0)).transpose()?.flatten().into();
        // What was sealed leaves the school sealed: it is not given out at all.
        let contact = match case.identity {
            Identity::Sealed => None,
            _ => texts::own_contact(tx, bench.keys, no)?,
        };
        out["contact"] = contact.into();
    }
    Ok(out)
}

/// Texts that may stand beside an event, and whether they tell who the requester is.
const GIVEN_TEXTS: [(TextKind, bool); 10] = [
    (TextKind::Title, false),
    (TextKind::Body, false),
    (TextKind::Room, false),
    (TextKind::Words, false),
    (TextKind::Reason, false),
    (TextKind::Plan, false),
    (TextKind::PublicTitle, false),
    (TextKind::PublicBody, false),
    (TextKind::Contact, true),
    (TextKind::OnBehalfOf, true),
];

/// Settings, units and people, one a line; passwords are not given out, not even as hashes.
pub fn school(tx: &mut Tx, app: &App, line: &mut dyn FnMut(Value) -> bool) -> Result<(), Error> {
    let in_force = app.policy_in_force();
    let (name, at) = (&in_force.policy.school.name, app.now().to_rfc3339());
    line(json!({ "what": "school", "name": name, "given_at": at, "program": env!("CARGO_PKG_VERSION") }));
    // Which settings were ever in force?
    let rows =
        tx.query("select version, policy, made_at, note from settings_versions order by version", params![])?;
    for row in &rows {
        let (version, made_at) = (row.int("version")?, row.instant("made_at")?.to_rfc3339());
        let (policy, note) = (row.text("policy")?, row.text("note")?);
        line(
            json!({ "what": "settings", "version": version, "made_at": made_at, "note": note, "toml": policy }),
        );
    }
    for unit in &in_force.policy.units {
        let mut told = serde_json::to_value(unit).map_err(Error::internal)?;
        told["what"] = Value::from("unit");
        line(told);
    }
    people(tx, line)
}

fn people(tx: &mut Tx, line: &mut dyn FnMut(Value) -> bool) -> Result<(), Error> {
    // Who is here?
    let rows = tx.query("select id from people order by number", params![])?;
    for row in &rows {
        let id: PersonId = row.get(0)?;
        let Some(person) = person(tx, &id)? else { continue };
        line(json!({
            "what": "person",
            "id": person.id,
            "number": person.number,
            "name": person.name,
            "kind": person.kind.word(),
            "department": person.department,
            "email": person.email,
            "phone": person.phone,
            "disabled": person.is_disabled,
            "duties": person.duties,
        }));
    }
    Ok(())
}

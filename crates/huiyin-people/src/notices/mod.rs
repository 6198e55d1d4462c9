//! Telling people what happened, each in their own list of messages (9.1; page S19).
//!
//! A message is written in the same transaction as the event it tells of. It says which case and by when, never what the
//! complaint was about beyond its first words for the requester's own eyes. The holder of a receipt code gets no message:
//! nobody knows who they are; they look by their code. What leaves the house ([`delivery`]) is put down in that same
//! transaction and follows the wishes of each person; a group or a webhook hears a number and nothing else.

mod addressees;
mod correspondents;
pub mod delivery;
mod follow_up;
mod kinds;
mod letter;
mod list;
mod notice;
mod page;
#[cfg(test)]
mod tests;
mod topics;
mod wishes;
mod wishes_page;
mod wording;

pub use correspondents::{Correspondent, exchange_of, of_exchange, receipt_code, write_no_more, write_to};
pub use follow_up::read as read_follow_up;
pub use list::{Message, read_before};
pub use notice::Notice;
pub use page::routes;
pub use topics::Topic;
pub use wording::{words, words_outside};

use crate::identity;
use huiyin_domain::access::Role;
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::{CaseNo, PersonId, SquadId, UnitId};
use huiyin_foundation::config::Outlets;
use huiyin_foundation::db::{DbError, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::keys::Keys;
use huiyin_foundation::outbox::{self, NewLetter};
use huiyin_foundation::params;
use std::collections::BTreeMap;

/// Who is to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipient {
    /// Whoever belongs to an exchange of letters about the case, by its keyed name: told by letter and by nothing else.
    Exchange(String),
    /// The person behind a keyed reference; the requester of a case, whose id need not be known.
    PersonKey(String),
    /// A person.
    Person(PersonId),
    /// The officers and the head of a unit; the clerks when it has neither.
    Unit(UnitId),
    /// The head of a unit; its officers when it has none.
    UnitHead(UnitId),
    /// The clerks of the coordinating office.
    Clerks,
    /// Whoever holds a leader post.
    Leader(String),
    /// The members of a volunteer squad.
    Squad(SquadId),
    /// Whoever supervises, but for those who also belong to one of these units, and the clerks where it is the office.
    Supervisors {
        /// The units that the message goes past.
        past: Vec<UnitId>,
    },
}

/// With what people are told: values as they stand at this moment.
#[derive(Clone, Copy, Debug)]
pub struct Teller<'a> {
    /// Secrets.
    pub keys: &'a Keys,
    /// The doors to the outside.
    pub outlets: &'a Outlets,
    /// The unit whose people the clerks are.
    pub coordinator: &'a UnitId,
    /// Who hears of it where nobody works in the unit that should.
    pub in_place: InPlace<'a>,
    /// When it happened.
    pub at: Instant,
    /// What leaves the house does not leave before.
    pub not_before: Instant,
}

/// Who hears of what a unit without people should hear.
#[derive(Clone, Copy, Debug)]
pub enum InPlace<'a> {
    /// The clerks, who can see to it that somebody works there.
    Clerks,
    /// The office is kept away from the case: the first of these leader posts that somebody holds, else supervision, else
    /// audit; never somebody near one of the units that are kept away.
    Above {
        /// Leader posts, the nearest first.
        posts: &'a [String],
        /// Units that are kept away.
        recused: &'a [UnitId],
    },
}

/// Tells everybody the recipient stands for; says how many.
pub fn tell(
    tx: &mut Tx,
    teller: &Teller<'_>,
    recipient: &Recipient,
    no: &CaseNo,
    notice: &Notice,
) -> Result<usize, Error> {
    let (keys, at) = (teller.keys, teller.at);
    let person_keys = person_keys(tx, teller, recipient)?;
    let outside = words_outside(notice, no);
    let put = |tx: &mut Tx, teller: &Teller<'_>, channel: &str, recipient: &str| {
        let letter = NewLetter {
            channel,
            recipient,
            kind: notice.kind(),
            topic: notice.topic().word(),
            case_no: no.as_str(),
            words: &outside,
            is_urgent: is_urgent(notice),
            at,
            // Danger waits for nothing.
            not_before: if notice.topic() == Topic::Danger { at } else { teller.not_before },
        };
        outbox::put(tx, keys, &letter)
    };
    if let Recipient::Exchange(exchange) = recipient {
        if teller.outlets.smtp.is_some() {
            put(tx, teller, outbox::MAIL, exchange)?;
        }
        return Ok(1);
    }
    for person_key in &person_keys {
        // One more message for this person.
        tx.execute(
            "insert into messages (id, person_key, at_ms, kind, case_no, words)
             values ($1, $2, $3, $4, $5, $6)",
            params![keys.uuid_v7(at), person_key, at, notice.kind(), no, words(notice, no)],
        )?;
        for channel in personal_channels(teller.outlets) {
            put(tx, teller, channel, person_key)?;
        }
    }
    let unit = match recipient {
        Recipient::Unit(unit) | Recipient::UnitHead(unit) => Some(unit),
        Recipient::Clerks => Some(teller.coordinator),
        _ => None,
    };
    // A robot may write twenty times a minute: what comes close together leaves together.
    let teller = &Teller { not_before: full_ten_seconds(teller.not_before), ..*teller };
    for robot in teller.outlets.robots.iter().filter(|robot| unit.is_some_and(|unit| unit.0 == robot.unit)) {
        put(tx, teller, &format!("{}{}", outbox::ROBOT, robot.name), "")?;
    }
    Ok(person_keys.len())
}

/// Danger, and the answer to somebody who has just written and waits for it.
fn is_urgent(notice: &Notice) -> bool {
    notice.topic() == Topic::Danger || matches!(notice, Notice::LetterTaken { .. })
}

fn full_ten_seconds(at: Instant) -> Instant {
    Instant((at.0 + 9_999).div_euclid(10_000) * 10_000)
}

/// Says to every webhook what was told about a case, each kind once, whoever it was told to.
pub fn announce(
    tx: &mut Tx,
    teller: &Teller<'_>,
    no: &CaseNo,
    notices: &BTreeMap<&'static str, Topic>,
) -> Result<(), Error> {
    for hook in &teller.outlets.webhooks {
        for (kind, topic) in notices {
            let letter = NewLetter {
                channel: &format!("{}{}", outbox::HOOK, hook.name),
                recipient: "",
                kind,
                topic: topic.word(),
                case_no: no.as_str(),
                words: "",
                is_urgent: *topic == Topic::Danger,
                at: teller.at,
                not_before: teller.not_before,
            };
            outbox::put(tx, teller.keys, &letter)?;
        }
    }
    Ok(())
}

/// The channels by which a single person can be reached in this school.
fn personal_channels(outlets: &Outlets) -> impl Iterator<Item = &'static str> {
    let mail = outlets.smtp.is_some().then_some(outbox::MAIL);
    mail.into_iter().chain(outlets.wecom_app.is_some().then_some(outbox::WECOM))
}

/// Takes back what these units, their groups, and the holders of these leader posts, were told of a case; what somebody was
/// told as its requester stays. The clerks belong to the coordinating office, which the caller names.
pub fn take_back(
    tx: &mut Tx,
    keys: &Keys,
    outlets: &Outlets,
    no: &CaseNo,
    away: &Away<'_>,
    requester_key: Option<&str>,
) -> Result<(), Error> {
    for robot in outlets.robots.iter().filter(|robot| away.units.iter().any(|unit| unit.0 == robot.unit)) {
        outbox::take_back_from(tx, no, &format!("{}{}", outbox::ROBOT, robot.name))?;
    }
    let mut people = Vec::new();
    for unit in away.units {
        people.extend(holders(tx, Role::Officer, unit.as_str())?);
        people.extend(holders(tx, Role::UnitHead, unit.as_str())?);
        if unit == away.office {
            people.extend(holders(tx, Role::Clerk, "")?);
        }
    }
    for post in away.leaders {
        people.extend(holders(tx, Role::Leader, post)?);
    }
    let told = people.iter().map(|person| keys.person_ref(person));
    for person_key in told.filter(|key| Some(key.as_str()) != requester_key) {
        // What was this person told of this case? It is about them.
        tx.execute(
            "delete from messages where case_no = $1 and person_key = $2",
            params![no, person_key.as_str()],
        )?;
        outbox::take_back(tx, no, &person_key)?;
    }
    Ok(())
}

/// Forgets what somebody was told of a case that is theirs no longer.
pub fn forget(tx: &mut Tx, no: &CaseNo, person_key: &str) -> Result<(), DbError> {
    // Messages may name the first words of a title.
    tx.execute("delete from messages where case_no = $1 and person_key = $2", params![no, person_key])?;
    Ok(())
}

/// Who is kept away from a case.
#[derive(Clone, Copy, Debug)]
pub struct Away<'a> {
    /// These units.
    pub units: &'a [UnitId],
    /// The holders of these leader posts.
    pub leaders: &'a [String],
    /// The coordinating office, to which the clerks belong.
    pub office: &'a UnitId,
}

/// More unread messages than this are not counted: the bell says “99+”, and looking costs the same for everybody.
const UNREAD_COUNTED_MAX: i64 = 100;

/// How many messages a person has not read yet, counted up to a hundred.
pub fn unread(tx: &mut Tx, keys: &Keys, person: &PersonId) -> Result<u32, DbError> {
    let [open, sealed, echo] = keys.letter_refs(person);
    // How many messages wait for this person?
    let row = tx.query_one(
        "select count(*) as messages
           from (
             select 1
               from messages
              where person_key in ($1, $2, $3)
                and read_ms is null
              limit $4) as waiting",
        params![open, sealed, echo, UNREAD_COUNTED_MAX],
    )?;
    row.get("messages")
}

fn person_keys(tx: &mut Tx, teller: &Teller<'_>, recipient: &Recipient) -> Result<Vec<String>, Error> {
    let keys = teller.keys;
    let people = match recipient {
        Recipient::PersonKey(key) => return Ok(vec![key.clone()]),
        Recipient::Exchange(_) => return Ok(Vec::new()),
        Recipient::Person(person) => vec![person.clone()],
        Recipient::Unit(unit) => {
            let mut people = holders(tx, Role::Officer, unit.as_str())?;
            people.extend(holders(tx, Role::UnitHead, unit.as_str())?);
            if people.is_empty() { in_place(tx, teller)? } else { people }
        }
        Recipient::UnitHead(unit) => {
            let heads = holders(tx, Role::UnitHead, unit.as_str())?;
            if heads.is_empty() {
                return person_keys(tx, teller, &Recipient::Unit(unit.clone()));
            }
            heads
        }
        Recipient::Clerks => holders(tx, Role::Clerk, "")?,
        Recipient::Leader(post) => holders(tx, Role::Leader, post)?,
        Recipient::Squad(squad) => holders(tx, Role::Volunteer, squad.as_str())?,
        Recipient::Supervisors { past } => holders_past(tx, teller, (Role::Supervisor, ""), past)?,
    };
    let mut keys: Vec<String> = people.iter().map(|person| keys.person_ref(person)).collect();
    keys.sort();
    keys.dedup();
    Ok(keys)
}

/// Nobody works in the unit that should hear: somebody always does, and never the accused.
fn in_place(tx: &mut Tx, teller: &Teller<'_>) -> Result<Vec<PersonId>, Error> {
    let InPlace::Above { posts, recused } = teller.in_place else { return holders(tx, Role::Clerk, "") };
    let posts = posts.iter().map(|post| (Role::Leader, post.as_str()));
    for (role, place) in posts.chain([(Role::Supervisor, ""), (Role::Auditor, "")]) {
        let people = holders_past(tx, teller, (role, place), recused)?;
        if !people.is_empty() {
            return Ok(people);
        }
    }
    Ok(Vec::new())
}

/// Who holds a duty and belongs to none of these units.
fn holders_past(
    tx: &mut Tx,
    teller: &Teller<'_>,
    (role, place): (Role, &str),
    past: &[UnitId],
) -> Result<Vec<PersonId>, Error> {
    let mut people = Vec::new();
    for person in holders(tx, role, place)? {
        let duties = identity::duties_of(tx, &person)?;
        let is_near = |unit: &UnitId| past.contains(unit);
        let is_clerk = duties.iter().any(|duty| duty.role == Role::Clerk);
        let is_accused = duties.iter().any(|duty| duty.unit.as_ref().is_some_and(is_near));
        if !(is_accused || is_clerk && is_near(teller.coordinator)) {
            people.push(person);
        }
    }
    Ok(people)
}

/// Who holds a duty; `place` is the unit or the leader post, or empty where it does not matter.
fn holders(tx: &mut Tx, role: Role, place: &str) -> Result<Vec<PersonId>, Error> {
    // Who holds this duty here?
    let rows = tx.query(
        "select duties.person_id
         from duties
         join people on people.id = duties.person_id
         where duties.role = $1
           and ($2 = '' or duties.unit_id = $2 or duties.post = $2)
           and people.disabled = 0",
        params![role.word(), place],
    )?;
    rows.iter().map(|row| Ok(row.get("person_id")?)).collect()
}

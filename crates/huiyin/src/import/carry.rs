//! Carrying out what was read: the same commands as everywhere, each at the row's own moment, many rows in a transaction.
//!
//! A case is registered by staff for somebody unknown here, given to its unit at once, and answered as it was answered.
//! Missed limits and the closing are witnessed at the moments they came due. Nobody is told of what is long past.

use super::incoming::Incoming;
use super::rows::Bad;
use huiyin_cases::cases::log::{Bench, Bringer, Standing, carry_out, submit};
use huiyin_cases::cases::numbers;
use huiyin_domain::access::{Duty, Role};
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{Actor, Case, Command, Outcome, Stage};
use huiyin_domain::ids::{CaseNo, PersonId, UnitId};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_people::identity::{PersonEntry, PersonKind, disable, person_by_number, upsert};

const IMPORTER: &str = "data-import";
const IMPORTER_NAME: &str = "数据导入";

/// What became of some rows.
#[derive(Clone, Debug, Default)]
pub struct Carried {
    /// Taken in now.
    pub imported: u64,
    /// Taken in before.
    pub known: u64,
    /// Refused by a rule.
    pub refused: Vec<Bad>,
}

/// Takes cases in.
#[derive(Clone)]
pub struct Importer {
    app: App,
    standing: Standing,
    person: PersonId,
}

impl Importer {
    /// For a school; `person` is who registers.
    pub fn new(app: &App, person: PersonId) -> Importer {
        Importer { app: app.clone(), standing: Standing::of(app), person }
    }

    /// Takes all of these in, in one transaction: when this returns they are there for good.
    pub fn carry(&self, rows: Vec<Incoming>) -> Result<Carried, Error> {
        let importer = self.clone();
        self.app.db.write_now(move |tx| {
            let mut carried = Carried::default();
            for row in rows {
                let line = row.line;
                match tx.attempt(|tx| importer.take_in(tx, row)) {
                    Ok(true) => carried.imported += 1,
                    Ok(false) => carried.known += 1,
                    Err(Error::Refused { sentence, .. }) => {
                        carried.refused.push(Bad { line, reason: sentence })
                    }
                    Err(error) => return Err(error),
                }
            }
            Ok(carried)
        })
    }

    fn take_in(&self, tx: &mut Tx, row: Incoming) -> Result<bool, Error> {
        if numbers::of_form(tx, &row.form)?.is_some() {
            return Ok(false);
        }
        let actor = Actor::Staff { person: self.person.clone(), duties: duties(&row.unit) };
        let bench = self.bench(row.at);
        let coordinator = &bench.policy.school.coordinator;
        let no = submit(
            tx,
            &bench,
            &actor,
            Some(coordinator),
            &Bringer::Registered,
            Some(&row.form),
            row.submission,
        )?;
        let mut case = self.at_unit(tx, &actor, &no, row.unit, row.at)?;
        let ends_at = row.reply.as_ref().map_or(self.standing.now, |(at, _)| *at);
        case = self.witness(tx, &no, case, ends_at)?;
        let Some((at, words)) = row.reply else { return Ok(true) };
        let unit = case.unit.clone();
        let reply = Command::Reply { words, outcome: Outcome::Explained, public: None, files: Vec::new() };
        carry_out(tx, &self.bench(at), &actor, unit.as_ref(), &no, reply)?;
        let closes_at = at.plus_hours(u32::from(bench.policy.rating.days) * 24);
        if closes_at <= self.standing.now {
            carry_out(tx, &self.bench(closes_at), &Actor::Clock, None, &no, Command::NoteTime)?;
        }
        Ok(true)
    }

    /// Gives the case to its unit, unless a rule of the school has done so.
    fn at_unit(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        no: &CaseNo,
        unit: UnitId,
        at: Instant,
    ) -> Result<Case, Error> {
        let bench = self.bench(at);
        let case = huiyin_cases::cases::log::load(tx, no)?.ok_or(Error::Hidden)?.case;
        if case.stage == Stage::Assigned && case.unit.as_ref() == Some(&unit) {
            return Ok(case);
        }
        let coordinator = Some(&bench.policy.school.coordinator);
        let command = if case.stage == Stage::Assigned {
            Command::Transfer { unit, assisting: Vec::new(), reason: String::new() }
        } else {
            Command::Assign { unit }
        };
        carry_out(tx, &bench, actor, coordinator, no, command)
    }

    /// Lets the clock look whenever a promise ran out before this moment.
    fn witness(&self, tx: &mut Tx, no: &CaseNo, mut case: Case, until: Instant) -> Result<Case, Error> {
        while let Some(due) = next_missed(&case, until) {
            let before = case.last_seq;
            case = carry_out(tx, &self.bench(due), &Actor::Clock, None, no, Command::NoteTime)?;
            if case.last_seq == before {
                break;
            }
        }
        Ok(case)
    }

    fn bench(&self, now: Instant) -> Bench<'_> {
        Bench { now, is_quiet: true, ..self.standing.bench(&self.app.keys) }
    }
}

/// Who registers what is taken in: an account that nobody can sign in to.
pub fn importer(app: &App) -> Result<PersonId, Error> {
    let (keys, now) = (app.keys.clone(), app.now());
    app.db.write_now(move |tx| {
        if let Some(known) = person_by_number(tx, IMPORTER)? {
            return Ok(known.id);
        }
        let entry = PersonEntry {
            number: IMPORTER.to_owned(),
            name: IMPORTER_NAME.to_owned(),
            kind: PersonKind::Staff,
            department: String::new(),
            email: String::new(),
            phone: String::new(),
        };
        let (person, _) = upsert(tx, &PersonId(keys.uuid_v7(now)), &entry, now)?;
        disable(tx, &person)?;
        Ok(person)
    })
}

/// The first promise that ran out unkept before this moment and is not witnessed yet.
fn next_missed(case: &Case, until: Instant) -> Option<Instant> {
    let unkept = case.round().promises.iter().filter(|promise| case.met_at(promise.clock).is_none());
    let unseen = unkept.filter(|promise| !case.missed.contains(&(promise.clock, promise.due)));
    unseen.map(|promise| promise.due).filter(|due| *due < until).min()
}

/// Registering and giving on is a clerk's act, answering one of the unit's officers.
fn duties(unit: &UnitId) -> Vec<Duty> {
    vec![
        Duty { role: Role::Clerk, unit: None, post: None },
        Duty { role: Role::Officer, unit: Some(unit.clone()), post: None },
    ]
}

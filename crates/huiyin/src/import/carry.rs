//! Carrying out what was read: the same decisions as everywhere, each at the row's own moment, many rows in a transaction.
//!
//! A case is registered by staff for somebody unknown here, given to its unit at once, and answered as it was answered.
//! Missed limits, the steps of supervision and the closing are witnessed at the moments they came due, so that a case
//! still open stands on the ladder where it belongs and goes on from there; reminders before a limit that is past are left
//! out. Nobody is told of what is long past.

use super::incoming::Incoming;
use super::rows::Bad;
use huiyin_cases::cases::log::{Bringer, Standing};
use huiyin_cases::cases::past::{Past, PastAct};
use huiyin_domain::access::{Duty, Role};
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{Actor, Answer, Case, Command, Outcome, PublicText, Stage};
use huiyin_domain::ids::{PersonId, UnitId};
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_people::identity::{PersonEntry, PersonKind, disable, person_by_number, upsert};
use std::iter;

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

/// Whether each row can be undone without its neighbours.
#[derive(Clone, Copy)]
enum Apart {
    No,
    Yes,
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
    ///
    /// Nearly always no rule refuses any of them, so they are first tried without a way back for each; only when one is
    /// refused are all of them done again, each apart.
    pub fn carry(&self, rows: Vec<Incoming>) -> Result<Carried, Error> {
        match self.carry_as(rows.clone(), Apart::No) {
            Err(Error::Refused { .. }) => self.carry_as(rows, Apart::Yes),
            outcome => outcome,
        }
    }

    fn carry_as(&self, rows: Vec<Incoming>, apart: Apart) -> Result<Carried, Error> {
        let importer = self.clone();
        self.app.db.write_now(move |tx| {
            let mut carried = Carried::default();
            let mut past = Past::new(importer.standing.bench(&importer.app.keys));
            for row in rows {
                let line = row.line;
                let taken = match apart {
                    Apart::No => importer.take_in(tx, &mut past, row),
                    Apart::Yes => tx.attempt(|tx| importer.take_in(tx, &mut past, row)),
                };
                match (taken, apart) {
                    (Ok(true), _) => carried.imported += 1,
                    (Ok(false), _) => carried.known += 1,
                    (Err(Error::Refused { sentence, .. }), Apart::Yes) => {
                        carried.refused.push(Bad { line, reason: sentence })
                    }
                    (Err(error), _) => return Err(error),
                }
            }
            past.finish(tx)?;
            Ok(carried)
        })
    }

    fn take_in(&self, tx: &mut Tx, past: &mut Past<'_>, row: Incoming) -> Result<bool, Error> {
        let policy = &self.standing.policy.policy;
        let actor = Actor::Staff { person: self.person.clone(), duties: duties(&row.unit) };
        let submission = &row.submission;
        let public = submission
            .may_publish
            .then(|| PublicText { title: submission.title.clone(), body: submission.body.clone() });
        let arrival = PastAct {
            at: row.at,
            actor: actor.clone(),
            acting_for: Some(policy.school.coordinator.clone()),
            command: Command::Submit(Box::new(row.submission)),
        };
        let mut life = Life {
            actor,
            unit: row.unit,
            at: row.at,
            reply: row.reply,
            public,
            now: self.standing.now,
            policy,
        };
        past.take_in(tx, &row.form, &Bringer::Registered, arrival, |case| life.next(case))
    }
}

/// What happened to a case after it came in.
struct Life<'a> {
    actor: Actor,
    unit: UnitId,
    /// The moment that was reached.
    at: Instant,
    reply: Option<(Instant, String)>,
    /// What everybody could read where it was before.
    public: Option<PublicText>,
    now: Instant,
    policy: &'a Policy,
}

impl Life<'_> {
    fn next(&mut self, case: &Case) -> Option<PastAct> {
        match case.stage {
            Stage::Submitted | Stage::Accepted => {
                let unit = self.unit.clone();
                Some(self.by_clerk(Command::Assign { unit, forced: false, reason: String::new() }))
            }
            // A rule of the school gave it to the usual unit, the row names another.
            Stage::Assigned if case.unit.as_ref() != Some(&self.unit) => {
                let unit = self.unit.clone();
                Some(self.by_clerk(Command::Transfer {
                    unit,
                    assisting: Vec::new(),
                    forced: false,
                    reason: String::new(),
                }))
            }
            Stage::Assigned => self.missed(case).or_else(|| self.answer()).or_else(|| self.publication()),
            Stage::Replied => self.publication().or_else(|| self.closing()),
            _ => None,
        }
    }

    fn by_clerk(&self, command: Command) -> PastAct {
        let acting_for = Some(self.policy.school.coordinator.clone());
        PastAct { at: self.at, actor: self.actor.clone(), acting_for, command }
    }

    /// The clock looks where a promise ran out before the answer, or before now, and at each step of supervision after it.
    fn missed(&mut self, case: &Case) -> Option<PastAct> {
        let until = self.reply.as_ref().map_or(self.now, |(at, _)| *at);
        let unkept = case.round().promises.iter().filter(|promise| case.met_at(promise.clock).is_none());
        let moments = unkept.flat_map(|promise| self.moments_after(promise.due));
        let at = moments.filter(|at| *at < until && *at > self.at).min()?;
        self.at = at;
        Some(PastAct { at, actor: Actor::Clock, acting_for: None, command: Command::NoteTime })
    }

    /// A limit, and the steps of the ladder behind it.
    fn moments_after(&self, due: Instant) -> impl Iterator<Item = Instant> {
        let steps = self.policy.supervision.ladder.iter().map(|rung| rung.hours_after);
        iter::once(due).chain(steps.map(move |hours| due.plus_hours(u32::from(hours))))
    }

    fn answer(&mut self) -> Option<PastAct> {
        let (at, words) = self.reply.take()?;
        self.at = at;
        let (outcome, files) = (Outcome::Explained, Vec::new());
        let command = Command::Reply(Answer {
            words,
            outcome,
            public: None,
            files,
            shelving: None,
            joined_words: String::new(),
        });
        Some(PastAct { at, actor: self.actor.clone(), acting_for: Some(self.unit.clone()), command })
    }

    /// Everybody reads it here as they did before.
    fn publication(&mut self) -> Option<PastAct> {
        let public = self.public.take()?;
        Some(self.by_clerk(Command::Publish(public)))
    }

    /// The time for judging the answer is over; asked once.
    fn closing(&mut self) -> Option<PastAct> {
        let at = self.at.plus_hours(u32::from(self.policy.rating.days) * 24);
        if at > self.now {
            return None;
        }
        self.now = self.at;
        Some(PastAct { at, actor: Actor::Clock, acting_for: None, command: Command::NoteTime })
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

/// Registering and giving on is a clerk's act, answering one of the unit's head: what a school answered elsewhere needs no
/// second look, whatever it wants of the answers it gives here.
fn duties(unit: &UnitId) -> Vec<Duty> {
    vec![
        Duty { role: Role::Clerk, unit: None, post: None },
        Duty { role: Role::UnitHead, unit: Some(unit.clone()), post: None },
    ]
}

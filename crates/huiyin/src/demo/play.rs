//! Playing a term: every act in the order of time, each at its own moment through the ordinary command path, and the
//! clock looking at every case exactly when something comes due on it.

use super::cast::Cast;
use super::chance::Chance;
use super::fate::{Fate, Hand, Step, Thread, World};
use super::hours;
use super::matters::{Telling, Texts};
use huiyin_cases::cases::log::{Bench, Bringer, Standing, carry_out, load, staff, submit};
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{Actor, Case, Command, Identity, Place, Submission, next_check};
use huiyin_domain::ids::{CaseNo, CategoryId, ChannelId, UnitId};
use huiyin_domain::policy;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::keys::Keys;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What is to be played.
#[derive(Clone, Copy, Debug)]
pub struct Season {
    /// So many days, ending now.
    pub days: i64,
    /// So many cases on a working day.
    pub cases_a_day: usize,
    /// So many more in the last two days, so that there is work on every desk whatever day it is.
    pub cases_lately: usize,
}

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Played {
    /// Cases that came in.
    pub cases: usize,
    /// A receipt code of an anonymous case that can be tried out.
    pub receipt_code: Option<String>,
}

/// A case on the stage.
struct Role {
    no: CaseNo,
    case: Case,
    thread: Thread,
    bringer: Bringer,
    pending: Option<Step>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Cue {
    /// Somebody brings a case in.
    Arrival,
    /// The clock looks at a case.
    Look(usize),
    /// The next step of a case.
    Step(usize),
}

/// Plays the season up to `now`.
pub fn play(
    tx: &mut Tx,
    standing: &Standing,
    keys: &Keys,
    texts: &Texts,
    cast: &Cast,
    chance: Chance,
    season: Season,
) -> Result<Played, Error> {
    let bench = standing.bench(keys);
    let world = World { policy: bench.policy, calendar: bench.calendar, texts };
    let mut stage = Stage {
        bench,
        world,
        cast,
        chance,
        roles: Vec::new(),
        cues: BinaryHeap::new(),
        played: Played::default(),
    };
    stage.expect_arrivals(season);
    while let Some(Reverse((at, cue))) = stage.cues.pop() {
        if at > standing.now {
            break;
        }
        match cue {
            Cue::Arrival => stage.arrive(tx, at)?,
            Cue::Look(index) => stage.look(tx, index, at)?,
            Cue::Step(index) => stage.step(tx, index, at)?,
        }
    }
    stage.played.cases = stage.roles.len();
    Ok(stage.played)
}

struct Stage<'a> {
    bench: Bench<'a>,
    world: World<'a>,
    cast: &'a Cast,
    chance: Chance,
    roles: Vec<Role>,
    cues: BinaryHeap<Reverse<(Instant, Cue)>>,
    played: Played,
}

impl<'a> Stage<'a> {
    fn at(&self, now: Instant) -> Bench<'a> {
        Bench { now, ..self.bench }
    }

    fn expect_arrivals(&mut self, season: Season) {
        let mut day = Instant(self.bench.now.0 - season.days * 86_400_000).day();
        while day <= self.bench.now.day() {
            let writers = hours::writers_on(&mut self.chance, self.world.calendar, day, season.cases_a_day);
            for _ in 0..writers {
                let at = hours::written_on(&mut self.chance, day);
                self.cues.push(Reverse((at, Cue::Arrival)));
            }
            day = day.next();
        }
        for _ in 0..season.cases_lately {
            let at = hours::lately(&mut self.chance, self.bench.now);
            self.cues.push(Reverse((at, Cue::Arrival)));
        }
    }

    fn arrive(&mut self, tx: &mut Tx, at: Instant) -> Result<(), Error> {
        let policy = self.world.policy;
        let telling = self.world.texts.tell(&mut self.chance, policy);
        let matter = &self.world.texts.matters[telling.matter];
        let category = matter.category.clone().or_else(|| {
            let text = format!("{}\n{}", telling.title, telling.body);
            policy::propose(policy, &matter.kind, &text).into_iter().next().map(|proposal| proposal.category)
        });
        let unit = category.as_ref().and_then(|id| policy.category(id)?.unit.clone());
        let unit = unit.unwrap_or_else(|| policy.school.coordinator.clone());
        let fate = Fate::drawn(&mut self.chance);
        let names_category = matter.category.is_some() && self.chance.percent(60);
        let chosen = if names_category { matter.category.clone() } else { None };
        let Some((bringer, actor, submission)) = self.bring(&telling, chosen, at) else { return Ok(()) };
        let coordinator = Some(&policy.school.coordinator).filter(|_| actor != Actor::Requester);
        let no = match submit(tx, &self.at(at), &actor, coordinator, &bringer, None, submission) {
            Ok(no) => no,
            Err(Error::Refused { .. }) => return Ok(()),
            Err(error) => return Err(error),
        };
        let case = load(tx, &no)?.ok_or(Error::Hidden)?.case;
        let thread = Thread::new(telling, fate, category, unit);
        self.roles.push(Role { no, case, thread, bringer, pending: None });
        self.plan(self.roles.len() - 1, at);
        Ok(())
    }

    /// Who brings it in, and how much they say of themselves.
    fn bring(
        &mut self,
        telling: &Telling,
        category: Option<CategoryId>,
        at: Instant,
    ) -> Option<(Bringer, Actor, Submission)> {
        let policy = self.world.policy;
        let matter = &self.world.texts.matters[telling.matter];
        let kind = policy.kind(&matter.kind);
        let seals = kind.is_some_and(|kind| kind.identity == Identity::Sealed);
        let may_be_public = kind.is_some_and(|kind| kind.public);
        let identity = match self.chance.below(100) {
            0..=15 if seals => Identity::Anonymous,
            0..=5 => Identity::Anonymous,
            _ if seals => Identity::Sealed,
            _ => Identity::Open,
        };
        let is_staffed = hours::is_office_time(self.world.calendar, at);
        let by_phone = identity == Identity::Open && is_staffed && self.chance.percent(22);
        let requester = self.cast.requester(&mut self.chance)?;
        let (bringer, actor, channel, on_behalf_of) = if identity == Identity::Anonymous {
            let code = self.bench.keys.receipt_code_from(&self.bench.keys.random_bytes::<16>());
            let hash = self.bench.keys.receipt_code_hash(&code);
            self.played.receipt_code = Some(code.grouped());
            (Bringer::Receipt(hash), Actor::Requester, self.by_oneself(telling), String::new())
        } else if by_phone {
            let clerk = self.cast.clerk(&mut self.chance)?;
            (Bringer::Registered, staff(&clerk.person, &clerk.duties), self.by_hand(), requester.name.clone())
        } else {
            let channel = self.by_oneself(telling);
            (Bringer::Account(requester.person.clone()), Actor::Requester, channel, String::new())
        };
        let submission = Submission {
            kind: matter.kind.clone(),
            category,
            title: telling.title.clone(),
            body: telling.body.clone(),
            place: Place { id: telling.place.clone(), room: telling.room.clone() },
            identity,
            channel,
            danger: false,
            may_publish: self.chance.percent(if may_be_public { 85 } else { 30 }),
            contact: String::new(),
            on_behalf_of,
            files: Vec::new(),
            unit: None,
        };
        Some((bringer, actor, submission))
    }

    /// The way people come by themselves; whoever stands in the room may have read the code on its door.
    fn by_oneself(&mut self, telling: &Telling) -> ChannelId {
        let open: Vec<&policy::Channel> =
            self.world.policy.channels.iter().filter(|channel| !channel.registered_by_staff).collect();
        let is_in_the_room = !telling.room.is_empty() && self.chance.percent(35);
        let channel = if is_in_the_room { open.last() } else { open.first() };
        channel.map_or_else(|| ChannelId::from(""), |channel| channel.id.clone())
    }

    fn by_hand(&mut self) -> ChannelId {
        let by_hand: Vec<&policy::Channel> =
            self.world.policy.channels.iter().filter(|channel| channel.registered_by_staff).collect();
        self.chance.pick(&by_hand).map_or_else(|| ChannelId::from(""), |channel| channel.id.clone())
    }

    /// The clock looks, if it is still the moment.
    fn look(&mut self, tx: &mut Tx, index: usize, at: Instant) -> Result<(), Error> {
        let role = &self.roles[index];
        if next_check(&role.case, self.world.policy) != Some(at) {
            return Ok(());
        }
        let case = carry_out(tx, &self.at(at), &Actor::Clock, None, &role.no, Command::NoteTime)?;
        self.roles[index].case = case;
        self.watch(index);
        Ok(())
    }

    fn step(&mut self, tx: &mut Tx, index: usize, at: Instant) -> Result<(), Error> {
        let Some(step) = self.roles[index].pending.take() else { return Ok(()) };
        let Some((actor, acting_for)) = self.actor(index, step.hand) else {
            // Nobody is there for this step, such as a requester who only telephoned: on with the next.
            self.plan(index, at);
            return Ok(());
        };
        let no = self.roles[index].no.clone();
        match carry_out(tx, &self.at(at), &actor, acting_for.as_ref(), &no, step.command) {
            Ok(case) => self.roles[index].case = case,
            // The clock was quicker, or nobody may: the story of this case ends as it stands.
            Err(Error::Refused { .. } | Error::Hidden) => return Ok(()),
            Err(error) => return Err(error),
        }
        self.plan(index, at);
        Ok(())
    }

    fn actor(&mut self, index: usize, hand: Hand) -> Option<(Actor, Option<UnitId>)> {
        let case = &self.roles[index].case;
        let coordinator = Some(self.world.policy.school.coordinator.clone());
        let (member, acting_for) = match hand {
            Hand::Requester if matches!(self.roles[index].bringer, Bringer::Registered) => return None,
            Hand::Requester => return Some((Actor::Requester, None)),
            Hand::Clerk => (self.cast.clerk(&mut self.chance)?, coordinator),
            Hand::Officer => {
                let unit = case.unit.clone()?;
                let signed = case.officer.as_ref().and_then(|person| self.cast.member(person));
                let officer = match signed {
                    Some(officer) => officer,
                    None => self.cast.officer(&unit, &mut self.chance)?,
                };
                (officer, Some(unit))
            }
            Hand::Leader => (self.cast.leader(case.leader.as_deref()?)?, None),
            Hand::Supervisor => (self.cast.supervisor()?, None),
        };
        Some((staff(&member.person, &member.duties), acting_for))
    }

    /// Draws what is done next, and puts the clock on watch.
    fn plan(&mut self, index: usize, at: Instant) {
        let role = &mut self.roles[index];
        let next = role.thread.next(&role.case, at, &mut self.chance, &self.world);
        if let Some(step) = next {
            self.cues.push(Reverse((step.at.max(at), Cue::Step(index))));
            role.pending = Some(step);
        }
        self.watch(index);
    }

    fn watch(&mut self, index: usize) {
        if let Some(at) = next_check(&self.roles[index].case, self.world.policy) {
            self.cues.push(Reverse((at, Cue::Look(index))));
        }
    }
}

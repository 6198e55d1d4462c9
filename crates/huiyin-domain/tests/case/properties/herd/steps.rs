//! Random herds: cases much alike, so that they may be handled together, and what is done to them.

use crate::herd::{Herd, Written};
use crate::properties::steps::{self, Step};
use crate::record::World;
use crate::school;
use huiyin_domain::access::Role;
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::*;
use huiyin_domain::ids::CaseNo;
use proptest::prelude::*;

/// Of what a herd is made.
#[derive(Clone, Debug)]
pub struct Beginning {
    /// After so many hours from a day in September.
    pub hours: u16,
    /// What the matter of most is.
    matter: Step,
    /// What each is, two to four.
    own: Vec<Step>,
}

/// One thing done to one of them.
#[derive(Clone, Debug)]
pub struct Deed {
    /// To which.
    pub which: u8,
    /// With which.
    with: u8,
    /// What; from [`ORDINARY`] on, what is done to any case.
    what: u8,
    /// How.
    pub step: Step,
}

/// From here on it is what is done to any case.
const ORDINARY: u8 = 12;

/// A herd of two to four and up to thirty deeds.
pub fn herd() -> impl Strategy<Value = (Beginning, Vec<Deed>)> {
    let beginning = (0..24 * 150u16, steps::step(), prop::collection::vec(steps::step(), 2..=4));
    let beginning = beginning.prop_map(|(hours, matter, own)| Beginning { hours, matter, own });
    (beginning, prop::collection::vec(deed(), 4..30))
}

fn deed() -> impl Strategy<Value = Deed> {
    (any::<u8>(), any::<u8>(), 0..32u8, steps::step()).prop_map(|(which, with, what, step)| Deed {
        which,
        with,
        what,
        step,
    })
}

impl Beginning {
    /// What comes in; most is one matter, each with its own requester.
    pub fn submissions(&self) -> Vec<(CaseNo, Submission)> {
        let of_one = |(at, own): (usize, &Step)| {
            let no = CaseNo(format!("HY-20261123-{:04}", at + 1));
            let (mine, shared) = (own.submission(), self.matter.submission());
            if own.flavour.is_multiple_of(8) {
                return (no, mine);
            }
            // What is given by name only comes by name.
            let is_by_name = shared.channel.as_str() == "congress";
            let identity = if is_by_name { shared.identity } else { mine.identity };
            let may_publish = mine.may_publish;
            (no, Submission { identity, may_publish, ..shared })
        };
        self.own.iter().enumerate().map(of_one).collect()
    }
}

impl Deed {
    /// Does it; what somebody could not do is refused as ever.
    pub fn carry_out(
        &self,
        herd: &mut Herd,
        world: &mut World,
        nos: &[CaseNo],
        no: &CaseNo,
        now: Instant,
    ) -> Result<Vec<Written>, Refusal> {
        let other = &nos[usize::from(self.with) % nos.len()];
        let step = &self.step;
        let office = school::clerk();
        let reason = || step.words("理由");
        let case = herd.case(no);
        match self.what {
            0..3 => return herd.merge(world, [other, no], &self.or_another(office), now),
            3 if case.stage == Stage::Merged => {
                return herd.unmerge(world, no, &self.or_another(office), now, reason());
            }
            4 => return Ok(sweep(herd, world, nos, usize::from(self.with), now)),
            5 if step.flavour.is_multiple_of(4) => {
                dissolve(world, step);
                return Ok(sweep(herd, world, nos, usize::from(self.with), now));
            }
            _ => {}
        }
        let supervisor = school::staff(Role::Supervisor, None, None);
        let (actor, command) = match self.what {
            6 => {
                let units = vec![step.pick(3, &school::UNITS).into()];
                (step.pick(9, &[office, supervisor]), Command::Recuse { units, reason: reason() })
            }
            7 if !case.recused.is_empty() => {
                let units = vec![step.pick(3, &case.recused)];
                (step.pick(9, &[office, supervisor]), Command::LiftRecusal { units, reason: reason() })
            }
            8 if step.flavour.is_multiple_of(3) => {
                let words = "我不想活了，想轻生".to_owned();
                (Actor::Requester, Command::Supplement { words, files: vec![] })
            }
            9 => (office, Command::LowerRestriction { reason: reason() }),
            10 if step.flavour.is_multiple_of(3) => {
                (Actor::Requester, Command::Withdraw { reason: reason() })
            }
            _ => step.command(case, now),
        };
        let (actor, command) = done_by_people(actor, command);
        herd.carry_out(world, no, &actor, now, command)
    }

    fn or_another(&self, own: Actor) -> Actor {
        self.step.intruder.map_or(own, steps::somebody)
    }

    /// It is said of itself what it does to several.
    pub fn is_ordinary(&self) -> bool {
        self.what >= ORDINARY
    }
}

/// What a rule or the clock does in a herd follows from what is done, and from its own hours; what points at another case
/// is done with that case.
fn done_by_people(actor: Actor, command: Command) -> (Actor, Command) {
    let is_of_the_clock = matches!(command, Command::NoteTime | Command::Remove { .. });
    let by_program = matches!(actor, Actor::Rule | Actor::Clock);
    let actor = if by_program && !is_of_the_clock { school::clerk() } else { actor };
    let points_elsewhere = matches!(
        command,
        Command::Merge { .. } | Command::Join { .. } | Command::Unmerge { .. } | Command::Part { .. }
    );
    if points_elsewhere { (Actor::Clock, Command::NoteTime) } else { (actor, command) }
}

/// The clock looks at all of them, from any of them on: first who took over, then what is due.
fn sweep(herd: &mut Herd, world: &World, nos: &[CaseNo], from: usize, now: Instant) -> Vec<Written> {
    let mut written = Vec::new();
    for at in 0..nos.len() {
        let no = &nos[(from + at) % nos.len()];
        for (actor, command) in [(Actor::Rule, Command::FollowSuccessor), (Actor::Clock, Command::NoteTime)] {
            written.extend(herd.carry_out(world, no, &actor, now, command).expect("the clock may look"));
        }
    }
    written
}

/// A unit is dissolved and another takes over: the library by the dormitories, these by logistics.
fn dissolve(world: &mut World, step: &Step) {
    let (gone, heir) = step.pick(11, &[("library", "dormitories"), ("dormitories", "logistics")]);
    for unit in world.policy.units.iter_mut().filter(|unit| unit.id.as_str() == gone) {
        unit.closed = true;
        unit.successor = Some(heir.into());
    }
}

//! Playing a term: every act in the order of time, each at its own moment through the ordinary command path, and the
//! clock looking at every case exactly when something comes due on it.

mod acting;
mod arriving;
mod written;

use super::album::Album;
use super::cast::Cast;
use super::chance::Chance;
use super::fate::{Fate, Thread, World};
use super::hours;
use super::matters::Texts;
use super::scenes::{self, Scene};
use super::step::Step;
use huiyin_cases::cases::echo::note;
use huiyin_cases::cases::log::{Bench, Bringer, Standing, carry_out};
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{Actor, Case, Command, next_check};
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::keys::{Keys, ReceiptCode};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Fewer than so many say of a case that they have met it too.
const CROWD_MAX: usize = 14;

/// What is to be played.
#[derive(Clone, Copy, Debug)]
pub struct Season {
    /// So many days, ending now.
    pub days: i64,
    /// So many cases on a working day.
    pub cases_a_day: usize,
    /// So many more in the last two days, so that there is work on every desk whatever day it is.
    pub cases_lately: usize,
    /// So many more for each leader to instruct on.
    pub cases_before_leaders: usize,
}

/// What it is played with.
pub struct Props<'a> {
    /// The texts.
    pub texts: &'a Texts,
    /// The people.
    pub cast: &'a Cast,
    /// The photos.
    pub album: Album,
}

/// What came of it.
#[derive(Clone, Debug, Default)]
pub struct Played {
    /// Cases that came in.
    pub cases: usize,
    /// A receipt code of an anonymous case that can be tried out.
    pub receipt_code: Option<String>,
}

/// How a case goes on.
enum Story {
    /// As chance draws it.
    Drawn(Thread),
    /// As it is written.
    Written(Scene),
}

/// A case on the stage.
struct Role {
    no: CaseNo,
    case: Case,
    story: Story,
    bringer: Bringer,
    pending: Option<Step>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Cue {
    /// Somebody brings a case in.
    Arrival,
    /// Somebody brings in a case for the leader at this place of the list.
    ForLeader(usize),
    /// The scene at this place of the list begins.
    Scene(usize),
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
    props: &mut Props<'_>,
    chance: Chance,
    season: Season,
) -> Result<Played, Error> {
    let bench = standing.bench(keys);
    let world = World { policy: bench.policy, calendar: bench.calendar, texts: props.texts };
    let mut stage = Stage {
        bench,
        world,
        cast: props.cast,
        album: &mut props.album,
        aside: chance.aside(),
        chance,
        scenes: scenes::read(bench.policy),
        roles: Vec::new(),
        cues: BinaryHeap::new(),
        anonymous: 0,
        played: Played::default(),
    };
    stage.expect_arrivals(season);
    while let Some(Reverse((at, cue))) = stage.cues.pop() {
        if at > standing.now {
            break;
        }
        match cue {
            Cue::Arrival => {
                let fate = Fate::drawn(&mut stage.chance);
                let matter = stage.matter();
                stage.arrive(tx, matter, fate, at)?;
            }
            Cue::ForLeader(place) => {
                if let Some(matter) = stage.matter_for(place) {
                    stage.arrive(tx, matter, Fate::BeforeLeader, at)?;
                }
            }
            Cue::Scene(place) => stage.begin(tx, place, at)?,
            Cue::Look(index) => stage.look(tx, index, at)?,
            Cue::Step(index) => stage.step(tx, index, at)?,
        }
    }
    stage.echo(tx)?;
    stage.played.cases = stage.roles.len();
    Ok(stage.played)
}

/// The receipt code of the n-th anonymous case: secret, since it takes the keys of this school, and found again by whoever
/// has them.
pub fn receipt_code(keys: &Keys, nth: usize) -> ReceiptCode {
    keys.receipt_code_from(format!("demonstration {nth}").as_bytes())
}

struct Stage<'a> {
    bench: Bench<'a>,
    world: World<'a>,
    cast: &'a Cast,
    album: &'a mut Album,
    chance: Chance,
    /// What is drawn for the scenes, so that they change nothing of the rest.
    aside: Chance,
    scenes: Vec<Scene>,
    roles: Vec<Role>,
    cues: BinaryHeap<Reverse<(Instant, Cue)>>,
    anonymous: usize,
    played: Played,
}

impl<'a> Stage<'a> {
    fn at(&self, now: Instant) -> Bench<'a> {
        Bench { now, ..self.bench }
    }

    fn expect_arrivals(&mut self, season: Season) {
        let begun_at = Instant(self.bench.now.0 - season.days * 86_400_000);
        let mut day = begun_at.day();
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
        for place in 0..self.world.policy.leaders.len() {
            for _ in 0..season.cases_before_leaders {
                let at = hours::earlier_today(&mut self.chance, self.bench.now);
                self.cues.push(Reverse((at, Cue::ForLeader(place))));
            }
        }
        for (place, scene) in self.scenes.iter().enumerate() {
            let at = scene.begins(self.bench.now.day());
            if at >= begun_at {
                self.cues.push(Reverse((at, Cue::Scene(place))));
            }
        }
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

    /// What everybody may read, some others have met too: most of it nobody or two, a few things many.
    fn echo(&mut self, tx: &mut Tx) -> Result<(), Error> {
        for role in &self.roles {
            let met_by = self.chance.below(CROWD_MAX) * self.chance.below(CROWD_MAX) / CROWD_MAX;
            for member in self.cast.crowd(&mut self.chance).take(met_by) {
                match note(tx, self.bench.keys, &role.no, &member.person, self.bench.now, true) {
                    Ok(()) => {}
                    Err(Error::Hidden) => break,
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(())
    }

    /// A case comes on the stage.
    fn enter(&mut self, no: CaseNo, case: Case, story: Story, bringer: Bringer, at: Instant) {
        self.roles.push(Role { no, case, story, bringer, pending: None });
        self.plan(self.roles.len() - 1, at);
    }

    /// Finds what is done next, and puts the clock on watch.
    fn plan(&mut self, index: usize, at: Instant) {
        let today = self.bench.now.day();
        let role = &mut self.roles[index];
        let next = match &mut role.story {
            Story::Drawn(thread) => thread.next(&role.case, at, &mut self.chance, &self.world),
            Story::Written(scene) => scene.next(today),
        };
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

//! Playing a term: every act in the order of time, each at its own moment through the ordinary command path, and the
//! clock looking at every case exactly when something comes due on it.

use super::album::Album;
use super::cast::Cast;
use super::chance::Chance;
use super::fate::{Fate, Hand, Step, Thread, World};
use super::hours;
use super::matters::{Telling, Texts};
use huiyin_cases::cases::echo::note;
use huiyin_cases::cases::log::{Bench, Bringer, Standing, carry_out, load, staff, submit};
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{Actor, Case, Command, Identity, Place, Submission, next_check};
use huiyin_domain::ids::{CaseNo, CategoryId, ChannelId, FileId, UnitId};
use huiyin_domain::policy;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::keys::{Keys, ReceiptCode};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Photos come with the cases of the last days.
const PHOTOS_MS: i64 = 10 * 86_400_000;
/// Fewer than so many say of a case that they have met it too.
const CROWD_MAX: usize = 14;
/// After so many draws a leader has nothing that could be laid before them.
const DRAWS_MAX: usize = 400;

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
    /// Somebody brings in a case for the leader at this place of the list.
    ForLeader(usize),
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
        chance,
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
        for place in 0..self.world.policy.leaders.len() {
            for _ in 0..season.cases_before_leaders {
                let at = hours::earlier_today(&mut self.chance, self.bench.now);
                self.cues.push(Reverse((at, Cue::ForLeader(place))));
            }
        }
    }

    /// Something that can be brought in, with the category and the unit it belongs to.
    fn matter(&mut self) -> (Telling, Option<CategoryId>, UnitId) {
        let policy = self.world.policy;
        let telling = self.world.texts.tell(&mut self.chance, policy);
        let matter = &self.world.texts.matters[telling.matter];
        let category = matter.category.clone().or_else(|| {
            let text = format!("{}\n{}", telling.title, telling.body);
            policy::propose(policy, &matter.kind, &text).into_iter().next().map(|proposal| proposal.category)
        });
        let unit = category.as_ref().and_then(|id| policy.category(id)?.unit.clone());
        (telling, category, unit.unwrap_or_else(|| policy.school.coordinator.clone()))
    }

    /// Something that a clerk could lay before this leader, if such a thing is soon found.
    fn matter_for(&mut self, place: usize) -> Option<(Telling, Option<CategoryId>, UnitId)> {
        let (policy, texts) = (self.world.policy, self.world.texts);
        (0..DRAWS_MAX).map(|_| self.matter()).find(|(telling, _, unit)| {
            let kind = policy.kind(&texts.matters[telling.matter].kind);
            let is_dispatched_by_hand = kind.is_some_and(|kind| !kind.dispatches_itself);
            is_dispatched_by_hand
                && policy.leader_of(unit).is_some_and(|leader| leader.id == policy.leaders[place].id)
        })
    }

    fn arrive(
        &mut self,
        tx: &mut Tx,
        (telling, category, unit): (Telling, Option<CategoryId>, UnitId),
        fate: Fate,
        at: Instant,
    ) -> Result<(), Error> {
        let policy = self.world.policy;
        let matter = &self.world.texts.matters[telling.matter];
        let names_category = matter.category.is_some() && self.chance.percent(60);
        let chosen = if names_category { matter.category.clone() } else { None };
        let Some((bringer, actor, mut submission)) = self.bring(&telling, chosen, at) else { return Ok(()) };
        submission.files = self.photos(tx, &telling, at)?;
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
            self.anonymous += 1;
            let code = receipt_code(self.bench.keys, self.anonymous);
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
        let is_outside = policy.channel(&channel).is_some_and(|channel| channel.outside);
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
            outside_no: if is_outside { outside_no(at) } else { String::new() },
            about: Vec::new(),
            split_from: None,
        };
        Some((bringer, actor, submission))
    }

    /// Who lately reported what one can see has mostly sent a photo or two of it.
    fn photos(&mut self, tx: &mut Tx, telling: &Telling, at: Instant) -> Result<Vec<FileId>, Error> {
        let is_recent = self.bench.now.0 - at.0 < PHOTOS_MS;
        match self.world.texts.sight(telling) {
            Some(scene) if is_recent && self.chance.percent(85) => {
                let count = 1 + self.chance.below(2);
                self.album.take(tx, scene, count)
            }
            _ => Ok(Vec::new()),
        }
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

/// A number as a hotline gives it: the day and the minute of it.
fn outside_no(at: Instant) -> String {
    format!("GD{}{:04}", at.day().to_string().replace('-', ""), at.0 / 60_000 % 1440)
}

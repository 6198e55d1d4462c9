//! How matters come in: what they are about, who brings them, by which way, with which photos.

use super::super::fate::{Fate, Thread};
use super::super::hours;
use super::super::matters::Telling;
use super::{Stage, Story, receipt_code};
use huiyin_cases::cases::log::{Bringer, load, staff, submit};
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{Actor, Identity, Place, Submission};
use huiyin_domain::ids::{CategoryId, ChannelId, FileId, UnitId};
use huiyin_domain::policy;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;

/// Photos come with the cases of the last days.
const PHOTOS_MS: i64 = 10 * 86_400_000;
/// After so many draws a leader has nothing that could be laid before them.
const DRAWS_MAX: usize = 400;

impl Stage<'_> {
    /// Something that can be brought in, with the category and the unit it belongs to.
    pub(super) fn matter(&mut self) -> (Telling, Option<CategoryId>, UnitId) {
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
    pub(super) fn matter_for(&mut self, place: usize) -> Option<(Telling, Option<CategoryId>, UnitId)> {
        let (policy, texts) = (self.world.policy, self.world.texts);
        (0..DRAWS_MAX).map(|_| self.matter()).find(|(telling, _, unit)| {
            let kind = policy.kind(&texts.matters[telling.matter].kind);
            let is_dispatched_by_hand = kind.is_some_and(|kind| !kind.dispatches_itself);
            is_dispatched_by_hand
                && policy.leader_of(unit).is_some_and(|leader| leader.id == policy.leaders[place].id)
        })
    }

    pub(super) fn arrive(
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
        self.enter(no, case, Story::Drawn(thread), bringer, at);
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
        match self.world.texts.sight_in(&telling.title) {
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

    /// What staff write down for others; what has a form of its own is mostly filled in by those who have something to say.
    fn by_hand(&mut self) -> ChannelId {
        let is_by_hand = |channel: &&policy::Channel| channel.registered_by_staff && channel.form.is_none();
        let by_hand: Vec<&policy::Channel> = self.world.policy.channels.iter().filter(is_by_hand).collect();
        self.chance.pick(&by_hand).map_or_else(|| ChannelId::from(""), |channel| channel.id.clone())
    }
}

/// A number as a hotline gives it: the day and the minute of it.
fn outside_no(at: Instant) -> String {
    format!("GD{}{:04}", at.day().to_string().replace('-', ""), at.0 / 60_000 % 1440)
}

//! The entrance a person came through: the kind, and the settings as they stood when the page was asked for.

use super::answers::Answers;
use crate::cases::log::{Bench, Standing};
use huiyin_domain::case::Submission;
use huiyin_domain::ids::KindId;
use huiyin_domain::policy::{Channel, Kind, Policy, Unit};
use huiyin_foundation::error::Error;
use huiyin_foundation::keys::Keys;
use huiyin_foundation::school::School;
use huiyin_foundation::web::Choice;

/// A kind of case with the school as it stands.
pub(super) struct Entrance {
    /// The school as it stands.
    pub standing: Standing,
    place: usize,
}

impl Entrance {
    /// The entrance of a kind; hidden if the school has none of this name.
    pub fn of(school: &School, kind: &str) -> Result<Entrance, Error> {
        let standing = Standing::of(school);
        let kinds = &standing.policy.policy.kinds;
        let place = kinds.iter().position(|known| known.id.as_str() == kind).ok_or(Error::Hidden)?;
        Ok(Entrance { standing, place })
    }

    /// The kind.
    pub fn kind(&self) -> &Kind {
        &self.policy().kinds[self.place]
    }

    /// The settings in force.
    pub fn policy(&self) -> &Policy {
        &self.standing.policy.policy
    }

    /// What a decision is made with.
    pub fn bench<'a>(&'a self, keys: &'a Keys) -> Bench<'a> {
        self.standing.bench(keys)
    }

    /// The channel that the address named: one that people use by themselves. What only staff register is chosen by no
    /// address.
    pub fn channel(&self, answers: &Answers) -> Option<&Channel> {
        let has_form_here = |channel: &Channel| channel.form.as_ref() == Some(&self.kind().id);
        let by_oneself = |channel: &&Channel| match channel.form {
            Some(_) => has_form_here(channel),
            None => !channel.registered_by_staff,
        };
        let mut open = self.policy().channels.iter().filter(by_oneself);
        open.find(|channel| channel.id.as_str() == answers.via)
    }

    /// The channel, if it is one with a form of its own.
    pub fn own_form(&self, answers: &Answers) -> Option<&Channel> {
        self.channel(answers).filter(|channel| channel.form.is_some())
    }

    /// The case that judged answers ask for.
    pub fn submission(&self, answers: &Answers) -> Result<Submission, Error> {
        let online = || self.policy().online_channel();
        let channel = self
            .channel(answers)
            .or_else(online)
            .ok_or_else(|| Error::internal("the school has no channel open to everybody"))?;
        let kind = self.kind();
        Ok(answers.submission(&kind.id, answers.may_publish(kind), &channel.id))
    }

    /// The units that can be kept away: the coordinating office only where another stands in for it.
    pub fn units(&self) -> Vec<Choice> {
        let policy = self.policy();
        let can_be = |unit: &&Unit| {
            let is_office = unit.id == policy.school.coordinator;
            !unit.closed && (!is_office || policy.stands_in(std::slice::from_ref(&unit.id)).is_some())
        };
        let units = policy.units.iter().filter(can_be);
        units.map(|unit| Choice::new(unit.id.as_str(), unit.name.as_str())).collect()
    }

    /// The categories offered under this kind.
    pub fn categories(&self) -> Vec<Choice> {
        let kind: &KindId = &self.kind().id;
        let today = self.standing.now.day();
        let choices = self.policy().categories_of(kind).filter(|category| category.is_in_force(today));
        choices.map(|category| Choice::new(category.id.as_str(), &category.name)).collect()
    }
}

/// The places of one campus.
pub(super) struct Campus {
    /// Its name; empty if the school has only one.
    pub name: String,
    /// Its buildings and areas.
    pub places: Vec<Choice>,
}

/// The open places of the school by campus, in the order of the list.
pub(super) fn campuses(policy: &Policy) -> Vec<Campus> {
    let mut campuses: Vec<Campus> = Vec::new();
    for place in policy.places.iter().filter(|place| !place.closed) {
        let choice = Choice::new(place.id.as_str(), &place.name);
        match campuses.iter_mut().find(|campus| campus.name == place.campus) {
            Some(campus) => campus.places.push(choice),
            None => campuses.push(Campus { name: place.campus.clone(), places: vec![choice] }),
        }
    }
    if let [only] = campuses.as_mut_slice() {
        only.name.clear();
    }
    campuses
}

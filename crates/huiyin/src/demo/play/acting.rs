//! Who does the next step of a case, and how it is done: through the ordinary command path.

use super::super::scenes::Scene;
use super::super::step::{Doing, Hand};
use super::{Role, Stage, Story};
use huiyin_cases::cases::cosigning;
use huiyin_cases::cases::log::{Bringer, carry_out, load, staff};
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{Actor, Case, Command};
use huiyin_domain::ids::{PersonId, UnitId};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_people::identity;

impl Stage<'_> {
    pub(super) fn step(&mut self, tx: &mut Tx, index: usize, at: Instant) -> Result<(), Error> {
        let Some(step) = self.roles[index].pending.take() else { return Ok(()) };
        let Some((actor, acting_for)) = self.actor(index, step.hand) else {
            // Nobody is there for this step, such as a requester who only telephoned: on with the next.
            self.plan(index, at);
            return Ok(());
        };
        match self.carry(tx, index, (&actor, acting_for.as_ref()), step.doing, at) {
            Ok(case) => self.roles[index].case = case,
            // The clock was quicker, or nobody may: the story of this case ends as it stands.
            Err(Error::Refused { .. } | Error::Hidden) => return Ok(()),
            Err(error) => return Err(error),
        }
        self.plan(index, at);
        Ok(())
    }

    fn carry(
        &mut self,
        tx: &mut Tx,
        index: usize,
        (actor, acting_for): (&Actor, Option<&UnitId>),
        doing: Doing,
        at: Instant,
    ) -> Result<Case, Error> {
        let (bench, role) = (self.at(at), &self.roles[index]);
        let command = match doing {
            Doing::Command(command) => command,
            Doing::Picture(moment) => {
                let sight = written(role).and_then(|scene| self.world.texts.sight_in(&scene.title));
                let files = self.album.take_aside(tx, sight.ok_or(Error::Hidden)?)?;
                Command::Picture { moment, files }
            }
            Doing::CallSquad(words) => {
                let (policy, case) = (self.world.policy, &role.case);
                let unit = case.unit.as_ref().ok_or(Error::Hidden)?;
                let mut squads = policy.squads_for(unit, &case.kind, case.category.as_ref());
                let squad = squads.next().ok_or(Error::Hidden)?.id.clone();
                Command::CallSquad { squad, words }
            }
            Doing::Invite(count) => {
                let colleagues = self.colleagues(&role.bringer, count);
                let mut asked = Vec::new();
                for id in &colleagues {
                    asked.extend(identity::person(tx, id)?);
                }
                cosigning::invite(tx, &bench, &role.no, &asked)?;
                return Ok(load(tx, &role.no)?.ok_or(Error::Hidden)?.case);
            }
        };
        carry_out(tx, &bench, actor, acting_for, &role.no, command)
    }

    /// Others of the staff than whoever brought it.
    fn colleagues(&self, bringer: &Bringer, count: usize) -> Vec<PersonId> {
        let is_proposer =
            |person: &PersonId| matches!(bringer, Bringer::Account(proposer) if proposer == person);
        let staff = self.cast.staff().map(|member| member.person.clone());
        staff.filter(|person| !is_proposer(person)).take(count).collect()
    }

    fn actor(&mut self, index: usize, hand: Hand) -> Option<(Actor, Option<UnitId>)> {
        let role = &self.roles[index];
        let case = &role.case;
        let chance = if written(role).is_some() { &mut self.aside } else { &mut self.chance };
        let coordinator = Some(self.world.policy.school.coordinator.clone());
        let (member, acting_for) = match hand {
            Hand::Requester if matches!(role.bringer, Bringer::Registered) => return None,
            Hand::Requester => return Some((Actor::Requester, None)),
            Hand::Cosigner(place) => return Some((Actor::Cosigner { place }, None)),
            Hand::Clerk => (self.cast.clerk(chance)?, coordinator),
            Hand::Officer => {
                let unit = case.unit.clone()?;
                let signed = case.officer.as_ref().and_then(|person| self.cast.member(person));
                let officer = match signed {
                    Some(officer) => officer,
                    None => self.cast.officer(&unit, chance)?,
                };
                (officer, Some(unit))
            }
            Hand::Leader => (self.cast.leader(case.leader.as_deref()?)?, None),
            Hand::Supervisor => (self.cast.supervisor()?, None),
            Hand::Volunteer => (self.cast.volunteer(case.field.squad.as_ref()?.squad.as_str())?, None),
        };
        Some((staff(&member.person, &member.duties), acting_for))
    }
}

fn written(role: &Role) -> Option<&Scene> {
    match &role.story {
        Story::Written(scene) => Some(scene),
        Story::Drawn(_) => None,
    }
}

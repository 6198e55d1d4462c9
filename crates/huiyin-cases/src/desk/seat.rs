//! Where somebody sits: the unit of the path, the hats they wear there, and the side bar with its count.

use super::counts::{self, Counts};
use super::queries::Desk;
use crate::cases::log::Bench;
use crate::cases::sight::{self, Seen};
use crate::dossier::Reader;
use huiyin_domain::access::{Duty, Hat, Role, are_kept_away, units_near};
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::Actor;
use huiyin_domain::ids::{CaseNo, PersonId, UnitId};
use huiyin_domain::policy::{Policy, Unit};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::web::{Side, Visitor};

/// A person at the desk of a unit.
#[derive(Clone, Debug)]
pub(crate) struct Seat {
    /// The unit.
    pub unit: UnitId,
    /// Who sits there.
    pub person: PersonId,
    duties: Vec<Duty>,
    /// All they hold, here and elsewhere: any of these may keep them away from a case.
    all_duties: Vec<Duty>,
}

impl Seat {
    /// The visitor with the duties they hold at this unit and no others: a clerk who is also an officer answers here as an
    /// officer.
    pub fn take(visitor: &Visitor, unit: &str) -> Result<Seat, Error> {
        let unit = UnitId::from(unit);
        let is_held_here = |duty: &&Duty| {
            matches!(duty.role, Role::Officer | Role::UnitHead) && duty.unit.as_ref() == Some(&unit)
        };
        let duties = visitor.duties.iter().filter(is_held_here).cloned().collect();
        let person = visitor.person.clone().ok_or(Error::SignIn)?;
        Ok(Seat { unit, person, duties, all_duties: visitor.duties.clone() })
    }

    /// Whoever comes second here: what goes past a unit goes past them.
    pub(super) fn reader(&self) -> Reader<'_> {
        Reader { person: &self.person, hats: &[Hat::Officer, Hat::UnitHead, Hat::Assistant] }
    }

    /// As the rules see them.
    pub fn actor(&self) -> Actor {
        Actor::Staff { person: self.person.clone(), duties: self.duties.clone() }
    }

    /// The case as they may see it from here; what any of their duties keeps them away from does not exist.
    pub fn see(&self, tx: &mut Tx, bench: &Bench<'_>, no: &CaseNo) -> Result<Seen, Error> {
        let seen = sight::by_staff(tx, bench, &self.actor(), no)?;
        if are_kept_away(&self.all_duties, seen.case(), bench.policy) { Err(Error::Hidden) } else { Ok(seen) }
    }

    /// The other units near them, by any of their duties. Whoever works here alone has none, and the index answers for them:
    /// what this unit itself is kept away from does not lie here.
    pub fn near(&self, policy: &Policy) -> Vec<UnitId> {
        let mut units = units_near(&self.all_duties, policy);
        units.retain(|unit| *unit != self.unit);
        units
    }

    /// Whose lists they read here.
    pub(super) fn reads<'a>(&'a self, near: &'a [UnitId]) -> Desk<'a> {
        Desk { unit: &self.unit, away: near }
    }

    /// The unit as the school's settings describe it.
    pub fn unit_in<'a>(&self, policy: &'a Policy) -> Result<&'a Unit, Error> {
        policy.unit(&self.unit).ok_or(Error::Hidden)
    }

    /// The address of the desk.
    pub fn desk(&self) -> String {
        format!("/desk/{}", self.unit)
    }
}

/// The side bar of a unit's pages, with how much waits there.
pub fn side(
    tx: &mut Tx,
    policy: &Policy,
    now: Instant,
    visitor: &Visitor,
    unit: &UnitId,
) -> Result<Side, Error> {
    let mut away = units_near(&visitor.duties, policy);
    away.retain(|near| near != unit);
    let counts = counts::counts(tx, Desk { unit, away: &away }, now)?;
    Ok(side_with(policy, visitor, unit, &counts))
}

/// The side bar when the counts are known already.
pub(super) fn side_with(policy: &Policy, visitor: &Visitor, unit: &UnitId, counts: &Counts) -> Side {
    let name = policy.unit(unit).map_or(unit.as_str(), |unit| unit.name.as_str());
    let side = Side::officer(unit.as_str(), name);
    let desk = side.home.clone();
    let side = side.counting_hot(&desk, counts.open).counting("/staff/tasks", counts.tasks);
    if visitor.has_at(Role::UnitHead, unit.as_str()) { side.as_role("单位负责人") } else { side }
}

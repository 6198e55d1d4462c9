//! Whose ledgers a visitor may read.

use huiyin_domain::access::{Duty, Role};
use huiyin_domain::ids::UnitId;
use huiyin_domain::policy::Policy;
use huiyin_foundation::error::Error;
use huiyin_foundation::web::{Choice, Visitor};

/// How far somebody's duties reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    /// Every unit, and the school as a whole.
    School,
    /// These units only.
    Units(Vec<UnitId>),
}

impl Reach {
    pub(super) fn of(visitor: &Visitor, policy: &Policy) -> Reach {
        if visitor.duties.iter().any(|duty| covers_school(duty, policy)) {
            return Reach::School;
        }
        let mut units: Vec<UnitId> = visitor.duties.iter().flat_map(|duty| units_of(duty, policy)).collect();
        units.sort();
        units.dedup();
        Reach::Units(units)
    }

    /// The unit asked for, or the one to begin with; none for the whole school. Out of reach is hidden.
    pub(super) fn unit_asked(&self, asked: &str, policy: &Policy) -> Result<Option<UnitId>, Error> {
        match (self, asked) {
            (Reach::School, "") => Ok(None),
            (Reach::Units(units), "") => Ok(Some(units.first().cloned().ok_or(Error::Hidden)?)),
            (_, asked) => {
                let unit = UnitId::from(asked);
                let is_known = policy.unit(&unit).is_some();
                if is_known && self.covers(&unit) { Ok(Some(unit)) } else { Err(Error::Hidden) }
            }
        }
    }

    /// The units to choose from.
    pub(super) fn choices(&self, policy: &Policy) -> Vec<Choice> {
        let units = policy.units.iter().filter(|unit| self.covers(&unit.id));
        units.map(|unit| Choice::new(unit.id.as_str(), &unit.name)).collect()
    }

    fn covers(&self, unit: &UnitId) -> bool {
        match self {
            Reach::School => true,
            Reach::Units(units) => units.contains(unit),
        }
    }
}

fn covers_school(duty: &Duty, policy: &Policy) -> bool {
    match duty.role {
        Role::Clerk | Role::Supervisor | Role::Auditor => true,
        Role::Leader => {
            policy.leaders.iter().any(|leader| leader.head && Some(&leader.id) == duty.post.as_ref())
        }
        _ => false,
    }
}

fn units_of(duty: &Duty, policy: &Policy) -> Vec<UnitId> {
    match duty.role {
        Role::Officer | Role::UnitHead => duty.unit.iter().cloned().collect(),
        Role::Leader => {
            let is_in_charge = |unit: &UnitId| {
                policy.leader_of(unit).is_some_and(|post| Some(&post.id) == duty.post.as_ref())
            };
            policy.units.iter().map(|unit| &unit.id).filter(|unit| is_in_charge(unit)).cloned().collect()
        }
        _ => Vec::new(),
    }
}

//! The pages of a volunteer squad (5.5): the orders that a unit has handed to it, and for each of them three acts: come,
//! picture, say what came of it.
//!
//! A volunteer sees where, what and the pictures; never who brought it in or how to reach them, never what is protected or
//! sealed, and nothing at all once the work is over. What this room deliberately does not do: answer the requester; the unit
//! looks at the work and answers.

mod acts;
mod list;
mod order;
#[cfg(test)]
mod tests;

use crate::cases::log::Bench;
use crate::cases::sight::{self, Seen};
use huiyin_domain::access::{Duty, Role, are_kept_away};
use huiyin_domain::case::Actor;
use huiyin_domain::ids::{CaseNo, PersonId, SquadId};
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::web::{Door, Routes, Side, Visitor};

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new("squad")
        .get("/squad", Door::Volunteer, list::page)
        .get("/squad/{no}", Door::Volunteer, order::page)
        .post("/squad/{no}/arrival", Door::Volunteer, acts::arrive)
        .post("/squad/{no}/photos", Door::Volunteer, acts::picture)
        .post("/squad/{no}/report", Door::Volunteer, acts::report)
}

/// A member of one or several squads, with no other duty of theirs.
#[derive(Clone)]
struct Member {
    person: PersonId,
    duties: Vec<Duty>,
    /// All they hold: any of these may keep them away from a case.
    all_duties: Vec<Duty>,
}

impl Member {
    fn of(visitor: &Visitor) -> Result<Member, Error> {
        let person = visitor.person.clone().ok_or(Error::SignIn)?;
        let held = visitor.duties.iter().filter(|duty| duty.role == Role::Volunteer);
        Ok(Member { person, duties: held.cloned().collect(), all_duties: visitor.duties.clone() })
    }

    fn actor(&self) -> Actor {
        Actor::Staff { person: self.person.clone(), duties: self.duties.clone() }
    }

    fn squads(&self) -> Vec<SquadId> {
        self.duties.iter().filter_map(|duty| duty.post.as_deref().map(SquadId::from)).collect()
    }

    fn see(&self, tx: &mut Tx, bench: &Bench<'_>, no: &CaseNo) -> Result<Seen, Error> {
        let seen = sight::by_squad(tx, bench, &self.actor(), no)?;
        if are_kept_away(&self.all_duties, seen.case(), bench.policy) { Err(Error::Hidden) } else { Ok(seen) }
    }

    /// The side bar, under the name of the squad.
    fn side(&self, policy: &Policy) -> Side {
        let squads = self.squads();
        let squad = squads.first().and_then(|id| policy.squad(id));
        Side::volunteer(squad.map_or("服务队", |squad| squad.name.as_str()))
    }
}

//! Which cases of a topic somebody sees: topics are counted, named and shown from these alone.

use huiyin_domain::access::Role;
use huiyin_domain::ids::UnitId;
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::Filter;
use huiyin_foundation::web::Visitor;

/// What somebody looks over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Every case that may stand in a topic.
    School,
    /// What lies before these posts or with these units.
    Of {
        /// Leader posts.
        posts: Vec<String>,
        /// Units in charge.
        units: Vec<UnitId>,
    },
}

impl Scope {
    /// What this person looks over by their duties.
    pub fn of(visitor: &Visitor, policy: &Policy) -> Scope {
        let holds = |role| visitor.has(role);
        let posts: Vec<String> = visitor.duties.iter().filter_map(|duty| duty.post.clone()).collect();
        let is_head = holds(Role::Leader) && policy.head().is_some_and(|head| posts.contains(&head.id));
        if holds(Role::Clerk) || holds(Role::Supervisor) || is_head {
            return Scope::School;
        }
        let posts = if holds(Role::Leader) { posts } else { Vec::new() };
        let leads = |unit: &UnitId| policy.leader_of(unit).is_some_and(|leader| posts.contains(&leader.id));
        let mut units: Vec<UnitId> =
            policy.units.iter().map(|unit| &unit.id).filter(|unit| leads(unit)).cloned().collect();
        for duty in &visitor.duties {
            if matches!(duty.role, Role::Officer | Role::UnitHead) {
                units.extend(duty.unit.clone());
            }
        }
        Scope::Of { posts, units }
    }

    /// Leaves out what they do not look over; a condition stands before.
    pub fn narrow(&self, filter: Filter) -> Filter {
        match self {
            Scope::School => filter,
            Scope::Of { posts, units } => filter
                .sql("\n and (cases.leader in ")
                .list(posts)
                .sql(" or cases.unit in ")
                .list(units)
                .sql(")"),
        }
    }
}

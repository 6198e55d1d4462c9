//! What other rooms show of topics: for the leader's figures, of what the leader may see.

use super::entering::that_may_enter;
use super::list;
use super::scope::Scope;
use huiyin_domain::calendar::Instant;
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::{Filter, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::web::Visitor;

/// A topic with its week against the usual.
pub(crate) struct HotLine {
    pub id: String,
    pub name: String,
    pub this_week: usize,
    pub people: usize,
    /// 「4 倍」
    pub times: Option<String>,
    /// Nobody spoke of it before this week.
    pub is_new: bool,
    /// Of the one with most.
    pub percent: usize,
}

/// The topics of this week that this reader sees enough of, those of most people first.
pub(crate) fn hot_lines(
    tx: &mut Tx,
    policy: &Policy,
    visitor: &Visitor,
    now: Instant,
) -> Result<Vec<HotLine>, Error> {
    let lines = list::lines(tx, policy, &Scope::of(visitor, policy), &[], now)?;
    let lines = lines.into_iter().filter(|line| line.this_week > 0);
    let lines = lines.map(|line| HotLine {
        id: line.id,
        name: line.name,
        this_week: line.this_week,
        people: line.people,
        times: line.times,
        is_new: line.is_new,
        percent: line.percent,
    });
    Ok(lines.collect())
}

/// Leaves out what may stand in no topic, and what this reader does not look over.
pub(crate) fn as_seen_by(filter: Filter, policy: &Policy, visitor: &Visitor) -> Filter {
    Scope::of(visitor, policy).narrow(that_may_enter(filter, policy))
}

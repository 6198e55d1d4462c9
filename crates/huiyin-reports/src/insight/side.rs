//! The bar beside these pages: that of the reader's own seat.

use super::scope::Scope;
use crate::stored::unit_name;
use huiyin_domain::access::Role;
use huiyin_domain::policy::Policy;
use huiyin_foundation::web::{Page, Side};

/// The page beside the bar of its reader.
pub(super) fn beside(page: Page, policy: &Policy) -> Page {
    let visitor = &page.visitor;
    let office = unit_name(policy, &policy.school.coordinator);
    let side = if visitor.has(Role::Clerk) {
        Some(Side::clerk(&office))
    } else if visitor.has(Role::Supervisor) {
        Some(Side::supervisor(&office))
    } else if visitor.has(Role::Leader) {
        let post = visitor.duties.iter().find_map(|duty| duty.post.as_ref());
        let leader = policy.leaders.iter().find(|leader| Some(&leader.id) == post);
        Some(Side::leader(leader.map_or("", |leader| leader.name.as_str())))
    } else {
        let unit = visitor.duties.iter().find_map(|duty| duty.unit.as_ref());
        unit.map(|unit| Side::officer(unit.as_str(), &unit_name(policy, unit)))
    };
    page.beside_any(side)
}

/// What this reader looks over, in words: a count of some is not a count of all.
pub(super) fn whose(scope: &Scope) -> &'static str {
    match scope {
        Scope::School => "全校",
        Scope::Of { .. } => "您分管和经手的",
    }
}

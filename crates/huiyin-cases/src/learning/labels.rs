//! Which category of a case a person stands behind, read off its record.

use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{By, Event, Recorded};
use huiyin_domain::ids::{CategoryId, UnitId};
use huiyin_domain::policy::Policy;

/// A category that a member of staff has set, or has looked at and left standing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Confirmed {
    /// The category.
    pub category: CategoryId,
    /// When.
    pub at: Instant,
}

/// What a person confirmed of this case, if anything. Corrected by staff: that category, whatever it was before. Given by
/// staff to the very unit whose matter the category is: the category it had. What a requester or a rule has set and nobody
/// looked at teaches nothing, and what was handed back waits for somebody to look at it again.
pub(super) fn confirmed(record: &[Recorded], policy: &Policy) -> Option<Confirmed> {
    let mut stands: Option<CategoryId> = None;
    let mut confirmed = None;
    for line in record {
        let is_staff = matches!(line.by, By::Staff { .. });
        match &line.event {
            Event::Submitted { category, .. } => stands.clone_from(category),
            Event::Corrected { category: Some(category), .. } => {
                stands = Some(category.clone());
                confirmed = is_staff.then(|| Confirmed { category: category.clone(), at: line.at });
            }
            Event::Classified(classified) => {
                stands = Some(classified.category.clone());
                confirmed = None;
            }
            // Of another kind the category may be another: somebody has yet to say.
            Event::Corrected { kind: Some(_), .. } | Event::SentBack { .. } | Event::TakenBack {} => {
                confirmed = None;
            }
            Event::Assigned { unit, .. } | Event::Transferred { unit, .. } if is_staff => {
                let fits = stands.as_ref().filter(|category| is_matter_of(policy, category, unit));
                confirmed = fits.map(|category| Confirmed { category: category.clone(), at: line.at });
            }
            _ => {}
        }
    }
    confirmed
}

fn is_matter_of(policy: &Policy, category: &CategoryId, unit: &UnitId) -> bool {
    policy.category(category).is_some_and(|category| {
        let elsewhere = category.by_place.iter().map(|rule| &rule.unit);
        elsewhere.chain(&category.unit).any(|named| named == unit || policy.heir_of(named) == Some(unit))
    })
}

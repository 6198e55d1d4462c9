//! What the forms of the page offer to choose from; a unit or leader that is kept away is not among it.

use super::parts;
use super::words::{self, MEANS, stored};
use huiyin_domain::case::{Case, Level, Urgency};
use huiyin_domain::ids::UnitId;
use huiyin_domain::policy::Policy;
use huiyin_foundation::say;
use huiyin_foundation::web::Choice;

/// What the forms offer.
pub(super) struct Choices {
    /// Units that may get it.
    pub(super) units: Vec<Choice>,
    /// Units that are not in the case yet.
    pub(super) others: Vec<Choice>,
    /// Units that are not kept away yet.
    pub(super) recusable: Vec<Choice>,
    pub(super) leaders: Vec<Choice>,
    pub(super) levels: Vec<Choice>,
    pub(super) means: Vec<Choice>,
    pub(super) grounds: Vec<Choice>,
    pub(super) kinds: Vec<Choice>,
    pub(super) categories: Vec<Choice>,
    pub(super) places: Vec<Choice>,
    pub(super) urgencies: Vec<Choice>,
}

/// Everything that may be chosen for this case.
pub(super) fn choices(policy: &Policy, case: &Case) -> Choices {
    let has_unit = case.unit.is_some();
    let units: Vec<Choice> = parts::open_units(policy)
        .into_iter()
        .filter(|choice| !case.is_recused(&UnitId::from(choice.value.as_str())))
        .collect();
    let is_in = |choice: &&Choice| {
        let unit = UnitId::from(choice.value.as_str());
        case.unit.as_ref() == Some(&unit) || case.assisting.contains(&unit)
    };
    let away = policy.leaders_kept_away(&case.recused);
    let leaders = policy
        .leaders
        .iter()
        .filter(|leader| !away.contains(&leader.id))
        .map(|leader| Choice::new(leader.id.as_str(), leader.name.as_str()));
    let levels = [Level::UnitHead, Level::Coordinator, Level::LeaderInCharge, Level::Head];
    // A case that no unit has yet has no head of a unit.
    let levels = levels.into_iter().filter(|level| has_unit || *level > Level::UnitHead);
    let urgencies = [Urgency::Normal, Urgency::Urgent, Urgency::Critical];
    Choices {
        others: units.iter().filter(|choice| !is_in(choice)).cloned().collect(),
        recusable: units.clone(),
        units,
        leaders: leaders.collect(),
        levels: levels.map(|level| Choice::new(stored(&level), say::level(level))).collect(),
        means: MEANS.map(|means| Choice::new(stored(&means), say::means(means))).to_vec(),
        grounds: words::GROUNDS
            .map(|ground| Choice::new(stored(&ground), say::decline_ground(ground)))
            .to_vec(),
        kinds: policy.kinds.iter().map(|kind| Choice::new(kind.id.as_str(), kind.name.as_str())).collect(),
        categories: policy
            .categories
            .iter()
            .map(|it| Choice::new(it.id.as_str(), it.name.as_str()))
            .collect(),
        places: parts::open_places(policy),
        urgencies: urgencies.map(|it| Choice::new(stored(&it), say::urgency(it))).to_vec(),
    }
}

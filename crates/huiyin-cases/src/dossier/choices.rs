//! What the forms of the page offer to choose from; a unit or leader that is kept away is not among it.

use super::parts;
use super::words::{self, MEANS, stored};
use huiyin_domain::case::{Case, Level, Urgency};
use huiyin_domain::ids::{KindId, UnitId};
use huiyin_domain::policy::{Policy, Statutory};
use huiyin_foundation::say;
use huiyin_foundation::web::{Choice, ChoiceGroup};

/// What the forms offer.
pub(super) struct Choices {
    /// Units that may get it.
    pub(super) units: Vec<Choice>,
    /// The same, to help whoever gets it.
    pub(super) assisting: Vec<ChoiceGroup>,
    /// Units that are not in the case yet.
    pub(super) others: Vec<Choice>,
    /// The same, to help whoever has it.
    pub(super) helpers: Vec<ChoiceGroup>,
    /// Units that are not kept away yet.
    pub(super) recusable: Vec<ChoiceGroup>,
    /// Units that are kept away for their own sake.
    pub(super) recused: Vec<ChoiceGroup>,
    /// Roads of the law on which it is not yet, as kind and category.
    pub(super) procedures: Vec<Choice>,
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
    let away = policy.with_heirs(&case.recused);
    let units = parts::units_for(policy, case);
    let recused =
        case.liftable(policy).map(|unit| Choice::new(unit.as_str(), with_heirs(policy, case, unit)));
    let is_in = |choice: &&Choice| {
        let unit = UnitId::from(choice.value.as_str());
        case.unit.as_ref() == Some(&unit) || case.assisting.contains(&unit)
    };
    let away = policy.leaders_kept_away(&away);
    let leaders = policy
        .leaders
        .iter()
        .filter(|leader| !away.contains(&leader.id))
        .map(|leader| Choice::new(leader.id.as_str(), leader.name.as_str()));
    let levels = [Level::UnitHead, Level::Coordinator, Level::LeaderInCharge, Level::Head];
    // A case that no unit has yet has no head of a unit.
    let levels = levels.into_iter().filter(|level| has_unit || *level > Level::UnitHead);
    let urgencies = [Urgency::Normal, Urgency::Urgent, Urgency::Critical];
    let others: Vec<Choice> = units.iter().filter(|choice| !is_in(choice)).cloned().collect();
    Choices {
        assisting: parts::by_class(policy, units.clone()),
        helpers: parts::by_class(policy, others.clone()),
        others,
        recusable: parts::by_class(policy, units.clone()),
        recused: vec![ChoiceGroup::plain(recused.collect())],
        procedures: procedures(policy, case),
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

/// A unit that is kept away, with whoever is so only because they took over from it and goes along when it is lifted.
fn with_heirs(policy: &Policy, case: &Case, unit: &UnitId) -> String {
    let heirs = case.recused_as_heirs.iter().filter(|heir| heir.from == *unit);
    let heirs: Vec<String> = heirs.map(|heir| parts::unit_name(policy, &heir.unit)).collect();
    let name = parts::unit_name(policy, unit);
    if heirs.is_empty() { name } else { format!("{name}（接手它的{}一起解除）", heirs.join("、")) }
}

/// What the office may say a matter is by law; what it has right already stays.
fn procedures(policy: &Policy, case: &Case) -> Vec<Choice> {
    let present = policy.statutory_of(&case.kind, case.category.as_ref()).map(|procedure| &procedure.id);
    let others = policy.statutory.iter().filter(|procedure| Some(&procedure.id) != present);
    let choice = |procedure: &Statutory| -> Option<Choice> {
        let has_kind = procedure.kinds.is_empty() || procedure.kinds.contains(&case.kind);
        let has_category = |id| procedure.categories.contains(id);
        let has_category =
            procedure.categories.is_empty() || case.category.as_ref().is_some_and(has_category);
        let new = procedure.categories.first().filter(|_| !has_category);
        let of = new.or(case.category.as_ref());
        // A category that the present kind does not have brings one along that has it.
        let belongs = |kind: &KindId| of.is_none_or(|of| policy.categories_of(kind).any(|it| it.id == *of));
        let with_it = || policy.kinds.iter().map(|kind| &kind.id).find(|kind| belongs(kind));
        let own = Some(&case.kind).filter(|kind| has_kind && belongs(kind));
        let becomes = own.or(procedure.kinds.first()).or_else(with_it)?;
        let kind = if *becomes == case.kind { "" } else { becomes.as_str() };
        let category = new.map_or("", |id| id.as_str());
        // Where another procedure would catch it first, this way leads nowhere.
        let found = policy.statutory_of(becomes, of).is_some_and(|found| found.id == procedure.id);
        let reached = found && parts::is_a_road(policy, becomes, of);
        let body = parts::unit_name(policy, &procedure.unit);
        let words = format!("{}（{body}，{} 天）", procedure.name, procedure.days);
        reached.then(|| Choice::new(format!("{kind}/{category}"), words))
    };
    others.filter_map(choice).collect()
}

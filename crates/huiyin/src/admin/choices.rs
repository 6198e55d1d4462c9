//! Units, kinds and categories as the forms of these rooms speak of them: to choose from, and by name where a change is told.

use huiyin_domain::ids::{CategoryId, KindId, UnitId};
use huiyin_domain::policy::{Policy, Unit};
use huiyin_foundation::web::Choice;

/// The units that may get something new, and the closed ones that already stand in the form: otherwise saving it for
/// another reason would take them out.
pub(super) fn units(policy: &Policy, named: &[&UnitId]) -> Vec<Choice> {
    let offered = policy.units.iter().filter(|unit| !unit.closed || named.contains(&&unit.id));
    let choice = |unit: &Unit| match unit.closed {
        true => Choice::new(unit.id.as_str(), format!("{}（已停用）", unit.name)),
        false => Choice::new(unit.id.as_str(), &unit.name),
    };
    offered.map(choice).collect()
}

/// Every kind.
pub(super) fn kinds(policy: &Policy) -> Vec<Choice> {
    policy.kinds.iter().map(|kind| Choice::new(kind.id.as_str(), &kind.name)).collect()
}

/// Every category.
pub(super) fn categories(policy: &Policy) -> Vec<Choice> {
    policy.categories.iter().map(|category| Choice::new(category.id.as_str(), &category.name)).collect()
}

/// 「后勤管理处、图书馆」
pub(super) fn unit_names(policy: &Policy, ids: &[UnitId]) -> String {
    listed(ids.iter().map(|id| policy.unit(id).map_or(id.as_str(), |unit| unit.name.as_str())))
}

/// 「报修、咨询」
pub(super) fn kind_names(policy: &Policy, ids: &[KindId]) -> String {
    listed(ids.iter().map(|id| policy.kind(id).map_or(id.as_str(), |kind| kind.name.as_str())))
}

/// 「水电维修、门窗家具」
pub(super) fn category_names(policy: &Policy, ids: &[CategoryId]) -> String {
    listed(ids.iter().map(|id| policy.category(id).map_or(id.as_str(), |category| category.name.as_str())))
}

fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join("、")
}

//! Names of what a case points at, and the choices of its forms. What the settings no longer know is called by its id.

use huiyin_domain::case::Case;
use huiyin_domain::ids::{CategoryId, KindId, PersonId, PlaceId, UnitId};
use huiyin_domain::policy::{Kind, Policy};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::web::{Choice, ChoiceGroup};
use huiyin_people::identity;
use std::collections::BTreeMap;

/// How a unit is called.
pub(crate) fn unit_name(policy: &Policy, id: &UnitId) -> String {
    policy.unit(id).map_or_else(|| id.to_string(), |unit| unit.name.clone())
}

/// How a leader post is called.
pub(crate) fn leader_name(policy: &Policy, id: &str) -> String {
    policy.leader(id).map_or_else(|| id.to_owned(), |leader| leader.name.clone())
}

/// The name and colour of a kind.
pub(crate) fn kind_of(policy: &Policy, id: &KindId) -> (String, u8) {
    policy.kind(id).map_or_else(|| (id.to_string(), 2), |kind: &Kind| (kind.name.clone(), kind.colour))
}

/// How a category is called.
pub(crate) fn category_name(policy: &Policy, id: Option<&CategoryId>) -> String {
    id.map_or_else(String::new, |id| {
        policy.category(id).map_or_else(|| id.to_string(), |category| category.name.clone())
    })
}

/// Building and room in one line; empty when neither is known.
pub(crate) fn place_words(policy: &Policy, place: Option<&PlaceId>, room: &str) -> String {
    let name = place.map_or_else(String::new, |id| {
        policy.place(id).map_or_else(|| id.to_string(), |place| place.name.clone())
    });
    [name.as_str(), room].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Units that still handle cases, in the order of the settings.
pub(crate) fn open_units(policy: &Policy) -> Vec<Choice> {
    let open = policy.units.iter().filter(|unit| !unit.closed);
    open.map(|unit| Choice::new(unit.id.as_str(), unit.name.as_str())).collect()
}

/// Of these, the units to which this case may go: none that is kept away from it.
pub(crate) fn units_for(policy: &Policy, case: &Case) -> Vec<Choice> {
    let away = policy.with_heirs(&case.recused);
    let mut units = open_units(policy);
    units.retain(|choice| !away.iter().any(|unit| unit.as_str() == choice.value));
    units
}

/// Units to tick, kind by kind, as the settings class them and in their order; what has no class comes last.
pub(crate) fn by_class(policy: &Policy, units: Vec<Choice>) -> Vec<ChoiceGroup> {
    let class = |choice: &Choice| {
        let unit = policy.units.iter().find(|unit| unit.id.as_str() == choice.value);
        unit.map_or_else(String::new, |unit| unit.class.clone())
    };
    let mut groups: Vec<ChoiceGroup> = Vec::new();
    for choice in units {
        let title = class(&choice);
        match groups.iter_mut().find(|group| group.title == title) {
            Some(group) => group.choices.push(choice),
            None => groups.push(ChoiceGroup { title, choices: vec![choice] }),
        }
    }
    groups.sort_by_key(|group| group.title.is_empty());
    match groups.as_mut_slice() {
        [only] => only.title.clear(),
        [.., last] if last.title.is_empty() => last.title = "其他".to_owned(),
        _ => {}
    }
    groups
}

/// Places that may still be chosen, each after its campus, campus by campus.
pub(crate) fn open_places(policy: &Policy) -> Vec<Choice> {
    let mut campuses: Vec<&str> = policy.places.iter().map(|place| place.campus.as_str()).collect();
    let mut known = std::collections::BTreeSet::new();
    campuses.retain(|campus| known.insert(*campus));
    let of = |campus: &&str| {
        let campus = (*campus).to_owned();
        policy.places.iter().filter(move |place| place.campus == campus && !place.closed)
    };
    let places = campuses.iter().flat_map(of);
    let words = |campus: &str, name: &str| format!("{campus} {name}").trim().to_owned();
    places.map(|place| Choice::new(place.id.as_str(), words(&place.campus, &place.name))).collect()
}

/// The names of these people, those that are known.
pub(crate) fn names(tx: &mut Tx, people: &[PersonId]) -> Result<BTreeMap<PersonId, String>, Error> {
    if people.is_empty() {
        return Ok(BTreeMap::new());
    }
    Ok(identity::names_of(tx, people)?.into_iter().collect())
}

/// Whether the law has a procedure for this kind, and the category is one of the kind's.
pub(super) fn is_a_road(policy: &Policy, kind: &KindId, category: Option<&CategoryId>) -> bool {
    let belongs = |category: &CategoryId| policy.categories_of(kind).any(|known| known.id == *category);
    category.is_none_or(belongs) && policy.statutory_of(kind, category).is_some()
}

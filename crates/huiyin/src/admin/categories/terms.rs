//! When a category is in force, and at which places another unit has the matter (3.2): fields of its form.

use huiyin_domain::calendar::Day;
use huiyin_domain::ids::{PlaceId, UnitId};
use huiyin_domain::policy::{ByPlace, Category, Policy};
use huiyin_foundation::error::FieldErrors;
use huiyin_foundation::web::{Choice, Filled, Form};

/// So many rules of place a category may have on its page.
const RULES_MAX: usize = 20;

/// A rule of place on the form.
pub(super) struct Rule {
    /// Its place in the list, from 0.
    pub index: usize,
    /// Which unit; empty for none.
    pub unit: String,
    /// Which places, with those that are chosen.
    pub places: Vec<(Choice, bool)>,
}

/// The rules of a form, with an empty one behind them.
pub(super) fn rules(form: &Filled, policy: &Policy) -> Vec<Rule> {
    let is_given = |index: usize| !form.value(&format!("place_unit_{index}")).is_empty();
    let given = (0..RULES_MAX).take_while(|index| is_given(*index)).count();
    let rule = |index: usize| {
        let name = format!("places_{index}");
        let open = policy.places.iter().filter(|place| !place.closed);
        let choice = |place: &huiyin_domain::policy::Place| {
            let words = format!("{} {}", place.campus, place.name).trim().to_owned();
            (Choice::new(place.id.as_str(), words), form.chose(&name, place.id.as_str()))
        };
        let unit = form.value(&format!("place_unit_{index}")).to_owned();
        Rule { index, unit, places: open.map(choice).collect() }
    };
    (0..=given.min(RULES_MAX - 1)).map(rule).collect()
}

/// The form of a category with its days and places.
pub(super) fn filled(mut form: Filled, category: &Category) -> Filled {
    let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    form = form.with("valid_from", day(category.valid_from)).with("valid_until", day(category.valid_until));
    for (index, rule) in category.by_place.iter().enumerate() {
        form = form.with(&format!("place_unit_{index}"), rule.unit.as_str());
        form = rule
            .places
            .iter()
            .fold(form, |form, place| form.with(&format!("places_{index}"), place.as_str()));
    }
    form
}

/// What the form says of days and places; what is wrong with it stands at its field.
pub(super) fn read(form: &Form, errors: &mut FieldErrors) -> (Option<Day>, Option<Day>, Vec<ByPlace>) {
    let mut day = |name: &'static str| {
        let typed = form.text(name);
        let day = typed.parse().ok();
        errors.expect(typed.is_empty() || day.is_some(), name, "请选一个日期");
        day
    };
    let (from, until): (Option<Day>, Option<Day>) = (day("valid_from"), day("valid_until"));
    let is_in_order = from.zip(until).is_none_or(|(from, until)| from <= until);
    errors.expect(is_in_order, "valid_until", "最后一天不能早于第一天");
    let mut rules = Vec::new();
    for index in 0..RULES_MAX {
        let unit = form.text(&format!("place_unit_{index}"));
        let places: Vec<PlaceId> = form.all(&format!("places_{index}")).into_iter().map(PlaceId).collect();
        if unit.is_empty() && places.is_empty() {
            continue;
        }
        errors.expect(
            !unit.is_empty() && !places.is_empty(),
            "by_place",
            "每一条都要选单位，也要选地点；不要的把两样都去掉",
        );
        rules.push(ByPlace { places, unit: UnitId(unit) });
    }
    (from, until, rules)
}

/// The rules in words, for the list of changes.
pub(super) fn in_words(policy: &Policy, rules: &[ByPlace]) -> String {
    let rule = |rule: &ByPlace| {
        let places =
            rule.places.iter().map(|id| policy.place(id).map_or(id.as_str(), |place| place.name.as_str()));
        let unit = policy.unit(&rule.unit).map_or(rule.unit.as_str(), |unit| unit.name.as_str());
        format!("{}归{unit}", places.collect::<Vec<_>>().join("、"))
    };
    rules.iter().map(rule).collect::<Vec<_>>().join("；")
}

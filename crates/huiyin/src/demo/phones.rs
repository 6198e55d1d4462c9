//! The telephones of the demonstration school. They are nobody's; a preset has none, so that a real school never shows an
//! invented number.

use huiyin_domain::policy::Policy;
use serde::Deserialize;
use std::collections::BTreeMap;

const PHONES: &str = include_str!("phones.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Phones {
    duty: String,
    units: BTreeMap<String, String>,
}

/// The same school with a telephone on every desk.
pub fn with_phones(mut policy: Policy) -> Policy {
    let phones: Phones = toml::from_str(PHONES).expect("phones.toml is read by a test");
    policy.school.duty_phone = phones.duty;
    for unit in &mut policy.units {
        if let Some(number) = phones.units.get(unit.id.as_str()) {
            unit.phone.clone_from(number);
        }
    }
    policy
}

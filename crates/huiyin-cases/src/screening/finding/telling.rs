//! Who hears of a step: the unit when something is wanted of it, whoever is to put it right, and of the office whoever gave it
//! to the unit.

use super::queries::Finding;
use super::state::Step;
use crate::cases::log::Bench;
use crate::cases::notify::tell_of;
use crate::cases::sight::Seen;
use crate::dossier::unit_name;
use huiyin_domain::access::may_see;
use huiyin_domain::case::Actor;
use huiyin_domain::ids::PersonId;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::say;
use huiyin_people::identity;
use huiyin_people::notices::{Notice, Recipient};

/// Tells those whom a step concerns.
pub(super) fn tell(
    tx: &mut Tx,
    bench: &Bench<'_>,
    seen: &Seen,
    finding: &Finding,
    step: Step,
) -> Result<(), Error> {
    let until = say::day_long(bench.now, finding.due_on);
    let unit = unit_name(bench.policy, &finding.unit);
    let to_unit = Recipient::Unit(finding.unit.clone());
    let told = match step {
        Step::Ask => (to_unit, Notice::FindingAsked { until }),
        Step::Order => {
            let whom = finding.responsible.clone().map_or(to_unit, Recipient::Person);
            (whom, Notice::MendingOrdered { until })
        }
        Step::Verify | Step::Deny => (asker(tx, bench, seen, finding)?, Notice::FindingAnswered { unit }),
        Step::Report => (asker(tx, bench, seen, finding)?, Notice::MendingReported { unit }),
        Step::Close => (to_unit, Notice::FindingClosed),
    };
    tell_of(tx, bench, &seen.no, seen.case(), &[told])
}

/// Whoever gave it to the unit; if they are kept away by now, whoever supervises.
fn asker(tx: &mut Tx, bench: &Bench<'_>, seen: &Seen, finding: &Finding) -> Result<Recipient, Error> {
    let person: PersonId = finding.asked_by.clone();
    let duties = identity::duties_of(tx, &person)?;
    let actor = Actor::Staff { person: person.clone(), duties };
    if may_see(&actor, seen.case(), bench.policy) {
        return Ok(Recipient::Person(person));
    }
    Ok(Recipient::Supervisors { past: bench.policy.with_heirs(&seen.case().recused) })
}

//! Proposals that somebody was asked to co-sign, beside their own cases: those that wait for their word, and those that they
//! co-sign. What they declined is not among them.

use super::{queries, standing};
use crate::cases::log::Bench;
use crate::cases::sight::{self, Asked};
use huiyin_domain::case::{Actor, Cosigning};
use huiyin_domain::ids::PersonId;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::say::{self, Tag};

/// So many are shown, the newest.
const SHOWN_MAX: usize = 30;

/// A proposal in the list of somebody who was asked.
pub(crate) struct Cosigned {
    /// Its number.
    pub no: String,
    /// Its title.
    pub title: String,
    /// How it stands.
    pub tag: Tag,
    /// 附议 2 / 3
    pub standing: String,
    /// Their word is still wanted.
    pub waits_for_me: bool,
}

/// What this person was asked to co-sign, what waits for them first.
pub(crate) fn of_person(tx: &mut Tx, bench: &Bench<'_>, person: &PersonId) -> Result<Vec<Cosigned>, Error> {
    let mut found = Vec::new();
    for no in queries::of_person(tx, &bench.keys.person_ref(person), SHOWN_MAX)? {
        let Asked::Seen(seen) = sight::by_cosigner(tx, bench, person, &no)? else { continue };
        let case = seen.case();
        let has_consented = match seen.actor {
            Actor::Cosigner { place } => case.cosigning_of(place) == Some(Cosigning::Consents),
            _ => false,
        };
        if !has_consented && !case.stage.is_open() {
            continue;
        }
        let round = u32::try_from(case.rounds.len()).unwrap_or(u32::MAX);
        found.push(Cosigned {
            no: no.0,
            title: seen.texts.title().to_owned(),
            tag: say::case_tag(case.stage, case.signed_at.is_some(), round, case.round().solved),
            standing: standing(bench.policy, case).unwrap_or_default(),
            waits_for_me: !has_consented,
        });
    }
    found.sort_by_key(|proposal| !proposal.waits_for_me);
    Ok(found)
}

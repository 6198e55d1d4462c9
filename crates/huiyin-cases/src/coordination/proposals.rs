//! What the words of a case speak for, as the clerk sees it (3.1): units with their share and the words that say so. Hints
//! with their evidence; the clerk decides.

use crate::dossier::unit_name;
use huiyin_domain::calendar::Day;
use huiyin_domain::ids::{CategoryId, KindId, PlaceId, UnitId};
use huiyin_domain::policy::{self, Policy};
use huiyin_foundation::web::Choice;

/// A first proposal below this share leaves it open.
const SURE_PERCENT: u8 = 60;

/// What is proposed for one case.
pub(super) struct Proposed {
    /// Units that the words speak for, the best first: 「后勤管理处　92%」.
    pub units: Vec<Choice>,
    /// Units that usually assist in this.
    pub assisting: Vec<Choice>,
    /// The leader post in charge of the first unit; empty if none is.
    pub leader: String,
    /// 「依据：命中 热水、公寓」; empty when no word spoke.
    pub evidence: String,
    /// 「学生申诉、教职工复核」: the procedures between which somebody has to choose before it goes anywhere; else empty.
    pub procedures: String,
}

/// What speaks for a unit.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    /// Its kind.
    pub kind: &'a KindId,
    /// Its category, once known.
    pub category: Option<&'a CategoryId>,
    /// All that was written.
    pub text: &'a str,
    /// Units that are kept away.
    pub recused: &'a [UnitId],
    /// Where it is.
    pub place: Option<&'a PlaceId>,
    /// The day on which the catalogue is asked.
    pub day: Day,
}

/// Reads a case for the clerk. `back_to` is the unit that the one which handed it back proposed.
pub(super) fn proposed(policy: &Policy, asked: &Asked<'_>, back_to: Option<UnitId>) -> Proposed {
    let Asked { kind, category, text, recused, place, day } = *asked;
    let is_open = |id: &UnitId| policy.unit(id).is_some_and(|unit| !unit.closed) && !recused.contains(id);
    let found = policy::propose(policy, kind, text);
    let known = category.and_then(|id| policy.category(id));
    let mut units: Vec<Choice> = Vec::new();
    let mut add = |id: &UnitId, why: String| {
        if is_open(id) && units.iter().all(|choice| choice.value != id.as_str()) {
            units.push(Choice::new(id.as_str(), format!("{}　{why}", unit_name(policy, id))));
        }
    };
    let untold: Vec<&str> = policy.untold(kind, category).iter().map(|one| one.name.as_str()).collect();
    let body = policy.statutory_of(kind, category).and_then(|procedure| policy.body_of(procedure));
    if let Some(body) = body {
        add(body, "法定机构".into());
        // By law it is nobody else's, and the words of a report name the unit it is about.
        return Proposed {
            leader: policy.leader_of(body).map_or_else(String::new, |leader| leader.id.clone()),
            evidence: evidence(policy, text, &[]),
            assisting: Vec::new(),
            procedures: String::new(),
            units,
        };
    }
    if let Some(unit) = &back_to {
        add(unit, "退回时建议".into());
    }
    if let Some(unit) = category.and_then(|category| policy.unit_for(category, place, day)) {
        add(&unit, "类别目录".into());
    }
    let is_accusing = policy.kind(kind).is_some_and(|kind| kind.restricted);
    for proposal in &found {
        // What a report speaks of is what it is about.
        if let Some(unit) = proposal.unit.as_ref().filter(|_| !is_accusing) {
            add(unit, format!("{}%", proposal.share));
        }
    }
    let first = found.first();
    let helpers = known.or_else(|| first.and_then(|proposal| policy.category(&proposal.category)));
    let helpers = helpers.map_or(&[][..], |category| &category.assisting);
    let assisting = helpers.iter().filter(|id| is_open(id));
    let leader = units.first().and_then(|choice| policy.leader_of(&UnitId::from(choice.value.as_str())));
    Proposed {
        assisting: assisting.map(|id| Choice::new(id.as_str(), unit_name(policy, id))).collect(),
        leader: leader.map_or_else(String::new, |leader| leader.id.clone()),
        evidence: evidence(policy, text, &found),
        procedures: untold.join("、"),
        units,
    }
}

/// Whether the catalogue names the unit of this category: then there is nothing to be unsure of.
pub(super) fn has_unit(policy: &Policy, category: Option<&CategoryId>) -> bool {
    category.and_then(|id| policy.category(id)).is_some_and(|category| category.unit.is_some())
}

/// Whether these words speak clearly for no unit at all.
pub(super) fn is_unsure(policy: &Policy, kind: &KindId, text: &str) -> bool {
    let found = policy::propose(policy, kind, text);
    !found.first().is_some_and(|proposal| proposal.share >= SURE_PERCENT && proposal.unit.is_some())
}

fn evidence(policy: &Policy, text: &str, found: &[policy::Proposal]) -> String {
    let said = |what: &str, words: Vec<String>| {
        if words.is_empty() { String::new() } else { format!("{what}：{}", words.join("、")) }
    };
    let words: Vec<String> = found.first().map_or_else(Vec::new, |proposal| proposal.words.clone());
    let parts = [
        said("命中涉险词", policy::crisis_hits(policy, text)),
        said("命中紧急词", policy::urgent_hits(policy, text)),
        said("依据：命中", words).replacen("命中：", "命中 ", 1),
    ];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("；")
}

//! What a case speaks for, as the clerk sees it (3.1): categories with their units, how sure that is, and the words that say
//! so. Hints with their evidence; the clerk decides.

use crate::dossier::{category_name, unit_name};
use crate::learning::{Hint, Known, hints};
use huiyin_domain::calendar::Day;
use huiyin_domain::ids::{CategoryId, KindId, PlaceId, UnitId};
use huiyin_domain::policy::{self, Policy};
use huiyin_foundation::web::Choice;

/// A first proposal below this share leaves it open.
const SURE_PERCENT: u8 = 60;
/// So many categories can be pressed at once (3.1).
const LINES_MAX: usize = 3;

/// A category that one press puts the case under and gives it to the unit of.
pub(super) struct Line {
    /// Its id, for the press.
    pub pick: String,
    /// 后勤维修
    pub category: String,
    /// 后勤管理处
    pub unit: String,
    /// 「把握较大 92%」; 「反映人选的」 for the one it came with.
    pub how_sure: String,
    /// 热水、公寓
    pub words: String,
}

/// What is proposed for one case.
pub(super) struct Proposed {
    /// Up to three categories with a unit, the best first.
    pub lines: Vec<Line>,
    /// Every category that may be meant instead, where there is a choice.
    pub others: Vec<Choice>,
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
    /// What it is about, in a line.
    pub title: &'a str,
    /// The rest.
    pub body: &'a str,
    /// What was learned, if anything was.
    pub known: Option<&'a Known>,
    /// Units that are kept away.
    pub recused: &'a [UnitId],
    /// Where it is.
    pub place: Option<&'a PlaceId>,
    /// The day on which the catalogue is asked.
    pub day: Day,
}

/// Reads a case for the clerk. `back_to` is the unit that the one which handed it back proposed.
pub(super) fn proposed(policy: &Policy, asked: &Asked<'_>, back_to: Option<UnitId>) -> Proposed {
    let Asked { kind, category, title, body, known, recused, place, day } = *asked;
    let text = &format!("{title}\n{body}");
    let is_open = |id: &UnitId| policy.unit(id).is_some_and(|unit| !unit.closed) && !recused.contains(id);
    let found = hints(policy, known, kind, title, body).best;
    let chosen = category.and_then(|id| policy.category(id));
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
            lines: Vec::new(),
            others: Vec::new(),
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
    for hint in &found {
        // What a report speaks of is what it is about.
        if let Some(unit) = policy.unit_for(&hint.category, place, day).filter(|_| !is_accusing) {
            add(&unit, format!("{}%", hint.share));
        }
    }
    let first = found.first();
    let helpers = chosen.or_else(|| first.and_then(|hint| policy.category(&hint.category)));
    let helpers = helpers.map_or(&[][..], |category| &category.assisting);
    let assisting = helpers.iter().filter(|id| is_open(id));
    let leader = units.first().and_then(|choice| policy.leader_of(&UnitId::from(choice.value.as_str())));
    let is_offered = !is_accusing && untold.is_empty() && back_to.is_none();
    let line = |id: &CategoryId, how_sure: String, words: String| {
        let unit = policy.unit_for(id, place, day).filter(|unit| is_open(unit))?;
        let category = category_name(policy, Some(id));
        Some(Line { pick: id.to_string(), category, unit: unit_name(policy, &unit), how_sure, words })
    };
    let came_with = category.and_then(|id| {
        let hint = found.iter().find(|hint| hint.category == *id);
        let sure = hint.map_or_else(String::new, |hint| format!("，{}", how_sure(hint)));
        line(id, format!("反映人选的类别{sure}"), hint.map_or_else(String::new, |hint| hint.words.join("、")))
    });
    let learned = found.iter().filter(|hint| Some(&hint.category) != category);
    let learned = learned.filter_map(|hint| line(&hint.category, how_sure(hint), hint.words.join("、")));
    let lines: Vec<Line> =
        came_with.into_iter().chain(learned).take(LINES_MAX).filter(|_| is_offered).collect();
    let others = policy.categories_of(kind).filter(|known| {
        is_offered && policy.unit_for(&known.id, place, day).is_some_and(|unit| is_open(&unit))
    });
    Proposed {
        others: others.map(|known| Choice::new(known.id.as_str(), known.name.as_str())).collect(),
        assisting: assisting.map(|id| Choice::new(id.as_str(), unit_name(policy, id))).collect(),
        leader: leader.map_or_else(String::new, |leader| leader.id.clone()),
        evidence: evidence(policy, text, if lines.is_empty() { &found } else { &[] }),
        procedures: untold.join("、"),
        lines,
        units,
    }
}

/// Whether the catalogue names the unit of this category: then there is nothing to be unsure of.
pub(super) fn has_unit(policy: &Policy, category: Option<&CategoryId>) -> bool {
    category.and_then(|id| policy.category(id)).is_some_and(|category| category.unit.is_some())
}

/// How sure a proposal is, in words and as a figure.
fn how_sure(hint: &Hint) -> String {
    let words = match hint.share {
        90.. => "很有把握",
        SURE_PERCENT.. => "把握较大",
        30.. => "拿不准",
        _ => "也有可能",
    };
    format!("{words} {}%", hint.share)
}

/// Whether what was written speaks clearly for no unit at all.
pub(super) fn is_unsure(
    policy: &Policy,
    known: Option<&Known>,
    kind: &KindId,
    (title, body): (&str, &str),
) -> bool {
    let found = hints(policy, known, kind, title, body).best;
    !found.first().is_some_and(|hint| hint.share >= SURE_PERCENT && hint.unit.is_some())
}

fn evidence(policy: &Policy, text: &str, found: &[Hint]) -> String {
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

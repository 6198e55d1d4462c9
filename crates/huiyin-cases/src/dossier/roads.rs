//! What the coordinating office decides over several units and several cases: who assists, who is kept away, what is handled
//! together, what is split, and the second look where a unit has no head (2.4, 3.3, 3.8, 5.1). Each act reads its own
//! fields; `decide` knows whether it may be.

use super::acts::actor_of;
use super::asked::{Noun, REASON_CHARS_MAX, WORDS_CHARS_MAX, needed};
use super::parts::{self, unit_name};
use crate::cases::log::Bench;
use crate::cases::sight::{self, Seen};
use crate::cases::together::{self, Hand, Second};
use huiyin_domain::case::{Case, Command, Event, Recorded, TextKind, Visibility};
use huiyin_domain::ids::{CaseNo, CategoryId, KindId, UnitId};
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::{Error, FieldErrors};
use huiyin_foundation::say;
use huiyin_foundation::web::{Form, Visitor};
use std::collections::BTreeSet;

/// So many cases are joined by one form.
const OTHERS_MAX: usize = 20;
const TITLE_CHARS_MAX: usize = 60;

/// What a form asks that touches two cases.
#[derive(Clone, Debug)]
pub(super) enum Together {
    /// Take these along.
    Merge(Vec<CaseNo>),
    /// Let it go by itself again.
    Unmerge(String),
    /// Make a second matter a case of its own: its title, its words, its unit.
    Split(String, String, Option<UnitId>),
}

/// What a form asks of two cases; none when it asks something of this one alone.
pub(super) fn together(noun: Noun, form: &Form) -> Result<Option<Together>, FieldErrors> {
    let mut errors = form.errors();
    let asked = match noun {
        Noun::Merging => {
            let mut named: Vec<String> = form.all("other").into_iter().collect();
            named.push(form.words("others"));
            let others = numbers(&named.join(" "));
            errors.expect(!others.is_empty(), "others", "请选要并进来的，或者填编号");
            errors.expect(others.len() <= OTHERS_MAX, "others", format!("一次最多并 {OTHERS_MAX} 件"));
            Together::Merge(others)
        }
        Noun::Unmerging => {
            let say = "请写取消并案的理由，会留在记录里";
            Together::Unmerge(needed(form, &mut errors, "unmerging_reason", "理由", say, REASON_CHARS_MAX))
        }
        Noun::Splitting => {
            let say = "请用一句话写另一件事";
            let title = needed(form, &mut errors, "split_title", "另一件事", say, TITLE_CHARS_MAX);
            form.expect_at_most(&mut errors, "split_body", "详细说明", WORDS_CHARS_MAX);
            let unit = Some(form.text("split_unit")).filter(|unit| !unit.is_empty()).map(UnitId);
            Together::Split(title, form.words("split_body"), unit)
        }
        _ => return Ok(None),
    };
    errors.or(Some(asked))
}

/// The numbers in what was typed, each once, as they are stored; what comes after one too many is not read.
fn numbers(typed: &str) -> Vec<CaseNo> {
    let words = typed.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    let mut known = BTreeSet::new();
    let all = words.filter(|word| !word.is_empty()).map(|word| CaseNo(word.to_uppercase()));
    all.filter(|no| known.insert(no.clone())).take(OTHERS_MAX + 1).collect()
}

/// Carries it out on both sides; what is wrong with a number stands at its field.
pub(super) fn carry(
    tx: &mut Tx,
    bench: &Bench<'_>,
    hand: Hand<'_>,
    seen: &Seen,
    asked: &Together,
) -> Result<(), Error> {
    match asked {
        Together::Merge(others) => {
            for other in others {
                if let Err(sentence) = together::merge(tx, bench, hand, &seen.no, other)? {
                    return Err(Error::invalid("others", sentence));
                }
            }
            Ok(())
        }
        Together::Unmerge(reason) => together::unmerge(tx, bench, hand, &seen.no, reason.clone()),
        Together::Split(title, body, unit) => {
            let second = Second { title: title.clone(), body: body.clone(), unit: unit.clone() };
            together::split(tx, bench, hand, seen, second).map(|_| ())
        }
    }
}

/// The command of a form; none when the act is not one of these.
pub(super) fn command(noun: Noun, form: &Form, errors: &mut FieldErrors) -> Option<Command> {
    let chosen = |name: &str| -> Vec<UnitId> {
        form.all(name).into_iter().filter(|unit| !unit.is_empty()).map(UnitId).collect()
    };
    Some(match noun {
        Noun::Assistance => {
            let units = chosen("helpers");
            errors.expect(!units.is_empty(), "helpers", "请选由哪些单位协办");
            let say = "请写要它们做什么，协办单位据此给意见";
            let words = needed(form, errors, "assistance_words", "要做什么", say, WORDS_CHARS_MAX);
            Command::AskAssistance { units, words, whistle: false }
        }
        Noun::Recusal => {
            let units = chosen("recused");
            errors.expect(!units.is_empty(), "recused", "请选要回避的单位");
            let say = "请写回避的理由，会留在记录里";
            let reason = needed(form, errors, "recusal_reason", "理由", say, REASON_CHARS_MAX);
            Command::Recuse { units, reason }
        }
        Noun::RecusalLifting => {
            let units = chosen("lifted");
            errors.expect(!units.is_empty(), "lifted", "请选要解除回避的单位");
            let say = "请写解除回避的理由：怎么核实的";
            let reason = needed(form, errors, "lifting_reason", "理由", say, REASON_CHARS_MAX);
            Command::LiftRecusal { units, reason }
        }
        Noun::ComplaintAnswer => {
            let say = "请写给反映人的答复：查到什么，怎么处理";
            let words = needed(form, errors, "complaint_answer", "答复", say, WORDS_CHARS_MAX);
            Command::AnswerComplaint { words }
        }
        Noun::Statute => {
            let procedure = form.text("procedure");
            errors.expect(procedure.contains('/'), "procedure", "请选属于哪一种法定程序");
            let (kind, category) = procedure.split_once('/').unwrap_or_default();
            let say = "请写理由，会留在记录里";
            let reason = needed(form, errors, "statute_reason", "理由", say, REASON_CHARS_MAX);
            let kind = Some(kind).filter(|kind| !kind.is_empty()).map(KindId::from);
            let category = Some(category).filter(|category| !category.is_empty()).map(CategoryId::from);
            Command::Correct { kind, category, place: None, urgency: None, reason }
        }
        // The texts, and whether there is a head, are read where it is carried out.
        Noun::Approval => Command::ApproveReply { texts: Vec::new(), has_head: true },
        Noun::Rewriting => {
            let say = "请写要怎样修改，经办人会看到";
            let reason = needed(form, errors, "rewriting", "要怎样修改", say, REASON_CHARS_MAX);
            Command::ReturnReply { reason, has_head: true }
        }
        _ => return None,
    })
}

/// Onto a road of the law leads only a kind with a category that belongs to it, as at the entrance.
pub(super) fn expect_a_road(
    tx: &mut Tx,
    bench: &Bench<'_>,
    visitor: &Visitor,
    no: &CaseNo,
    command: &Command,
) -> Result<(), Error> {
    let Command::Correct { kind, category, .. } = command else { return Ok(()) };
    let seen = sight::by_staff(tx, bench, &actor_of(visitor)?, no)?;
    let (policy, case) = (bench.policy, seen.case());
    let kind = kind.as_ref().unwrap_or(&case.kind);
    let category = category.as_ref().or(case.category.as_ref());
    if parts::is_a_road(policy, kind, category) {
        return Ok(());
    }
    Err(Error::invalid("procedure", "这个类型和类别不属于同一种法定程序，请在列表里重选"))
}

/// Whether an event is what one of these commands becomes.
pub(super) fn is_answered_by(command: &Command, event: &Event) -> bool {
    matches!(
        (command, event),
        (Command::AskAssistance { .. }, Event::AssistanceAsked { .. })
            | (Command::Recuse { .. }, Event::Recused { .. })
            | (Command::LiftRecusal { .. }, Event::RecusalLifted(_))
            | (Command::AnswerComplaint { .. }, Event::ComplaintAnswered(_))
            | (Command::ReturnReply { .. }, Event::ReplyReturned {})
    )
}

/// 「11 月 28 日（周六）10:00 前可以取消。」: of a merging that was done, or of one that is done now.
pub(super) fn undo(case: &Case, bench: &Bench<'_>) -> String {
    let since = case.merged.as_ref().map_or(bench.now, |merger| merger.at);
    let until = since.plus_hours(u32::from(bench.policy.merging.undo_days) * 24);
    format!("{} 前可以取消。", say::moment_long(bench.now, until))
}

/// The complaint about the handling that waits for an answer, above the form that gives it; empty when none does.
pub(super) fn complaint(seen: &Seen, bench: &Bench<'_>) -> String {
    let Some(complaint) = seen.case().complaint else { return String::new() };
    let is_complaint = |line: &&Recorded| matches!(line.event, Event::HandlingComplained(_));
    let said = seen.loaded.record.iter().rev().find(is_complaint);
    let said = said.map_or("", |line| seen.texts.of(line.seq, TextKind::Words));
    format!("{} 前答复。反映人写的：{said}", say::moment_long(bench.now, complaint.due))
}

/// An answer that the office signs because its unit has no head.
pub(super) struct Proposal {
    /// The line of the record that holds it.
    pub seq: u32,
    /// What came of it.
    pub outcome: String,
    /// For everybody.
    pub is_public: bool,
    /// The words.
    pub words: String,
    /// The title for everybody; empty for none.
    pub public_title: String,
    /// The text for everybody; empty for none.
    pub public_body: String,
    /// The plan of what cannot be done yet; empty for none.
    pub plan: String,
}

/// What waits for a signature, if anything does.
pub(super) fn proposal(seen: &Seen, policy: &Policy) -> Option<Proposal> {
    let proposed = seen.case().proposed.as_ref()?;
    let said = |kind| seen.texts.of(proposed.seq, kind).to_owned();
    Some(Proposal {
        seq: proposed.seq,
        outcome: say::outcome_of(policy.law_of(seen.case()), proposed.outcome).to_owned(),
        is_public: proposed.visibility == Visibility::Public,
        words: said(TextKind::Words),
        public_title: said(TextKind::PublicTitle),
        public_body: said(TextKind::PublicBody),
        plan: said(TextKind::Plan),
    })
}

/// What the facts of the case say of its roads; empty where there is nothing to say.
pub(super) fn facts(seen: &Seen, bench: &Bench<'_>) -> [(&'static str, String); 5] {
    let case = seen.case();
    let names = |units: &[UnitId]| {
        units.iter().map(|unit| unit_name(bench.policy, unit)).collect::<Vec<_>>().join("、")
    };
    let merged = case.merged.as_ref().map(|merger| format!("并入 {}，答复随主件", merger.into));
    let joined: Vec<&str> = case.joined.iter().map(|no| no.as_str()).collect();
    let forced = if case.is_forced { "指定承办，不能退回" } else { "" };
    let road = bench.policy.statutory_of(&case.kind, case.category.as_ref());
    let road = road.map(|it| format!("{}，{}天", it.name, it.days)).unwrap_or_default();
    [
        ("法定程序", road),
        ("回避", names(&case.recused)),
        ("并案", merged.unwrap_or_default()),
        ("并入本件", joined.join("、")),
        ("指定", forced.to_owned()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_after_one_number_too_many_is_not_read() {
        let typed: Vec<String> = (0..1_000).map(|n| format!("hy-{n} HY-{n}")).collect();
        let found = numbers(&typed.join("、"));
        assert_eq!((found.len(), found[1].as_str()), (OTHERS_MAX + 1, "HY-1"));
    }
}

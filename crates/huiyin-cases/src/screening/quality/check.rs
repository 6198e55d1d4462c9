//! What is looked for in an answer, and the looking itself: values in, a judgement out.

use crate::learning::Hints;
use huiyin_domain::case::{By, Event, Recorded};
use huiyin_domain::ids::{CaseNo, CategoryId};
use huiyin_text::replies::{Sketch, is_empty_answer, names_a_contact, speaks_of_something_else};

/// An answer that quickly was hardly thought of, in minutes.
pub(super) const QUICK_MINUTES: i64 = 3;
/// An answer with fewer pairs of characters of its own is a template's.
const OWN_PAIRS_MIN: usize = 8;
/// An answer that is so like so many others of the unit is one.
const LIKE: f64 = 0.85;
const LIKE_COUNT: usize = 3;
/// Questions that have less in common than this are about something else.
const SAME_QUESTION: f64 = 0.4;
/// So sure must a model be that another category is right, in percent.
const SURE: u8 = 90;

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::screening) enum Check {
    /// Courtesy, a receipt, a handing on.
    Empty,
    /// Nothing beyond the template.
    Template,
    /// The words of another answer to something else.
    Copied,
    /// Shares nothing with what was asked.
    Elsewhere,
    /// Answered within minutes.
    Quick,
    /// Category put right after a unit had it, or most likely wrong.
    WrongClass,
    /// Nobody to turn to.
    NoContact,
}

impl Check {
    /// All of them, in the order of the page.
    pub const ALL: [Check; 7] = [
        Check::Empty,
        Check::Template,
        Check::Copied,
        Check::Elsewhere,
        Check::Quick,
        Check::WrongClass,
        Check::NoContact,
    ];

    /// The stored word.
    pub fn word(self) -> &'static str {
        match self {
            Check::Empty => "empty",
            Check::Template => "template",
            Check::Copied => "copied",
            Check::Elsewhere => "elsewhere",
            Check::Quick => "quick",
            Check::WrongClass => "class",
            Check::NoContact => "contact",
        }
    }

    /// The check of a stored word.
    pub fn from_word(word: &str) -> Option<Check> {
        Check::ALL.into_iter().find(|check| check.word() == word)
    }

    /// How it is called.
    pub fn name(self) -> &'static str {
        match self {
            Check::Empty => "空答复",
            Check::Template => "只有范本",
            Check::Copied => "照抄",
            Check::Elsewhere => "答非所问",
            Check::Quick => "秒结",
            Check::WrongClass => "类别不对",
            Check::NoContact => "没留联系方式",
        }
    }

    /// What exactly is looked for, to the last number.
    pub fn definition(self) -> String {
        match self {
            Check::Empty => {
                "答复里去掉称呼、日期、客套、“收到”“已转有关部门”这类话，剩下的实质内容不到 13 个字。"
                    .to_owned()
            }
            Check::Template => format!(
                "去掉本单位和全校范本里的字句，自己写的不到 {OWN_PAIRS_MIN} 处；或者和本单位近 90 天至少 {LIKE_COUNT} 件答复八成半以上相同。"
            ),
            Check::Copied => {
                "除数字和标点，和本单位近 90 天另一件答复一字不差，问的却不是同一件事（问题相同的不到四成）。"
                    .to_owned()
            }
            Check::Elsewhere => {
                "写得够长的答复，和诉求没有一处相同的词，也没有相同的数字、房间号、电话。可能答的是另一件事，请人看一眼。"
                    .to_owned()
            }
            Check::Quick => {
                format!(
                    "反映人自己提交的件，从交到单位到答复不到 {QUICK_MINUTES} 分钟。随主件一起答复的不算。"
                )
            }
            Check::WrongClass => format!(
                "交到单位以后才更正过类型或类别；或者从本校已确认的件学到的判断，有 {SURE}% 以上把握认为是另一个类别。"
            ),
            Check::NoContact => "答复里没有能打的电话，也没有写找谁。".to_owned(),
        }
    }
}

/// An answer beside those of the same unit.
pub(super) struct Other {
    pub no: CaseNo,
    /// What was asked.
    pub question: Sketch,
    /// What was answered.
    pub answer: Sketch,
    /// The words of the answer without figures and marks.
    pub bare: String,
}

impl Other {
    pub fn of(no: CaseNo, question: &str, answer: &str) -> Other {
        Other { no, question: Sketch::of(question), answer: Sketch::of(answer), bare: bare(answer) }
    }
}

/// Words without figures and marks, as they are compared letter by letter.
fn bare(words: &str) -> String {
    huiyin_text::fold(words).chars().filter(|one| one.is_alphabetic()).collect()
}

/// What an answer is judged by.
pub(super) struct Given<'a> {
    pub question: &'a str,
    pub answer: &'a str,
    pub own: &'a Other,
    pub record: &'a [Recorded],
    pub templates: &'a [Sketch],
    /// Other answers of the unit of the last ninety days.
    pub others: &'a [Other],
    pub category: Option<&'a CategoryId>,
    /// What was learned says of it.
    pub hints: Option<&'a Hints>,
}

/// What was found in an answer, with the case it was copied from.
pub(super) fn judged(given: &Given<'_>) -> Vec<(Check, Option<CaseNo>)> {
    let mut found = Vec::new();
    let is_empty = is_empty_answer(given.answer);
    if is_empty {
        found.push((Check::Empty, None));
    }
    let others = || given.others.iter().filter(|other| other.no != given.own.no);
    if !is_empty {
        let own = given.own.answer.beyond(given.templates.iter());
        let alike = || others().filter(|other| given.own.answer.likeness(&other.answer) >= LIKE);
        if (!given.templates.is_empty() && own < OWN_PAIRS_MIN)
            || alike().take(LIKE_COUNT).count() == LIKE_COUNT
        {
            found.push((Check::Template, None));
        }
        let is_copy = |other: &&Other| {
            other.bare == given.own.bare && given.own.question.likeness(&other.question) < SAME_QUESTION
        };
        if let Some(copied) = others().find(is_copy) {
            found.push((Check::Copied, Some(copied.no.clone())));
        }
        if speaks_of_something_else(given.question, given.answer) {
            found.push((Check::Elsewhere, None));
        }
        if !names_a_contact(given.answer) {
            found.push((Check::NoContact, None));
        }
    }
    if is_quick(given.record) {
        found.push((Check::Quick, None));
    }
    if was_corrected(given.record) || is_likely_another(given) {
        found.push((Check::WrongClass, None));
    }
    found
}

/// Brought in by its requester, and answered within minutes of lying with the unit.
fn is_quick(record: &[Recorded]) -> bool {
    let given_at = record.iter().filter(|line| lies_with_a_unit(&line.event)).map(|line| line.at).next_back();
    let answered_at = record.iter().rev().find(|line| matches!(line.event, Event::Replied { .. }));
    let by_requester = record.first().is_some_and(|line| line.by == By::Requester);
    match (given_at, answered_at) {
        (Some(given), Some(answered)) if by_requester => {
            let took = answered.at.0 - given.0;
            (0..QUICK_MINUTES * 60_000).contains(&took)
        }
        _ => false,
    }
}

fn lies_with_a_unit(event: &Event) -> bool {
    matches!(
        event,
        Event::Assigned { .. }
            | Event::Transferred { .. }
            | Event::Instructed { .. }
            | Event::Reopened { .. }
    )
}

fn was_corrected(record: &[Recorded]) -> bool {
    let with_a_unit = record.iter().skip_while(|line| !lies_with_a_unit(&line.event));
    with_a_unit.into_iter().any(|line| {
        matches!(&line.event, Event::Corrected { kind, category, .. } if kind.is_some() || category.is_some())
    })
}

fn is_likely_another(given: &Given<'_>) -> bool {
    let Some((hints, category)) = given.hints.zip(given.category) else { return false };
    let first = hints.best.first().map(|hint| &hint.category);
    hints.model.is_some() && hints.proven >= SURE && first.is_some_and(|first| first != category)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(question: &str, answer: &str, templates: &[Sketch], others: &[Other]) -> Vec<Check> {
        let own = Other::of("HY-20261124-0001".into(), question, answer);
        let (record, category, hints) = (&[][..], None, None);
        let given = Given { question, answer, own: &own, record, templates, others, category, hints };
        judged(&given).into_iter().map(|(check, _)| check).collect()
    }

    const QUESTION: &str = "三号楼二层水房的灯坏了三天";
    const ANSWER: &str = "三号楼二层水房的灯管已于今天上午换好，再坏请拨 8110。";

    #[test]
    fn a_good_answer_is_found_by_no_check() {
        assert_eq!(found(QUESTION, ANSWER, &[], &[]), []);
    }

    #[test]
    fn every_poor_answer_is_found_by_its_own_check() {
        assert_eq!(found(QUESTION, "收到，谢谢。", &[], &[]), [Check::Empty]);
        let template = "您反映的问题，已修好，试用正常。如再出现，请在本件点没解决，或拨 8110，我们马上到。";
        let templates = [Sketch::of(template)];
        let words = template.replace("8110", "8112");
        assert!(found("水房的灯修好又出现问题", &words, &templates, &[]).contains(&Check::Template));
        let elsewhere = "图书馆从下周起周末延长开放，考研自习室通宵供电，插座加装完毕，存包柜扩容一倍，借阅册数提高。咨询 8111。";
        assert_eq!(found(QUESTION, elsewhere, &[], &[]), [Check::Elsewhere]);
        let nobody = "三号楼二层水房的灯管已于今天上午换好。";
        assert_eq!(found(QUESTION, nobody, &[], &[]), [Check::NoContact]);
    }

    #[test]
    fn the_same_words_are_a_copy_where_something_else_was_asked_and_none_where_the_same_was() {
        let other =
            |question: &str| Other::of("HY-20261123-0009".into(), question, &ANSWER.replace("8110", "8112"));
        assert_eq!(found(QUESTION, ANSWER, &[], &[other("五号楼洗衣机漏水没人管")]), [Check::Copied]);
        assert_eq!(found(QUESTION, ANSWER, &[], &[other("三号楼二层水房的灯坏了")]), []);
        let many: Vec<Other> = (0..3)
            .map(|at| Other::of(format!("HY-20261123-000{at}").as_str().into(), QUESTION, ANSWER))
            .collect();
        assert_eq!(found(QUESTION, ANSWER, &[], &many), [Check::Template]);
    }

    #[test]
    fn every_check_says_what_it_looks_for() {
        for check in Check::ALL {
            assert_eq!(Check::from_word(check.word()), Some(check));
            assert!(check.definition().ends_with('。') && !check.name().is_empty());
        }
    }
}

//! What an answer says: whether anything of it is more than courtesy, a receipt and a handing on; how much of it stood in
//! another text before; whether it speaks of what was asked. Looks at characters alone, so that no dictionary is read.
//!
//! The figures were chosen on the public answers that docs/benchmarks-text.md names. What comes of it is a hint for people.

use crate::fold::fold;
use crate::words::runs;
use std::collections::BTreeSet;

/// What says that something came in, goes on or is thanked for, and nothing of the matter.
const PHRASES: &str = "收悉 收到 已阅 知悉 获悉 回复如下 答复如下 感谢 谢谢 谅解 欢迎 祝您 祝你 转交 转至 转给 转由 转送 转达 转办 已转 交由 交办 \
    交给 交至 交相 交有 反馈 关注 支持 督促 重视 核实 核查 核处 调查 处理 处置 办理 办复 办结 如有 及时 敬请 来信 留言 反映的 所反映 \
    平台 问政 领导 监督 理解 尽快 耐心等待";
/// What is left of such a sentence and still says nothing.
const FILLERS: &str = "我们 我局 我办 我处 有关 相关 部门 单位 情况 工作 问题 您 你 的 对 将 后 和 与 了 立即 进行 给 已 至 现 请 等 所 该 由 向";
/// How one is spoken to.
const ADDRESS: &str = "尊敬的 网友 网民 同学 老师 家长 居民 先生 女士 朋友 同志 您 你 好 们 各位 的";
/// Pieces with one of these characters are in every text.
const COMMON: &str = "的了是在我有和就不人都一也很到说要去你会着看好这那他她它们与及或但而且因为所以如果对于把被从向让给以并等之其此该各请问希望\
    谢您尊敬领导还又再才只能可吗呢吧啊呀什么怎样何现已经直目前上下中里后时来过没想得多大小个年月日出自己地方情况题反映关部门工作单位相\
    进行处理办回复答收悉留言感支持";
/// An answer with fewer pairs may well leave out what it is about.
const PAIRS_MIN: usize = 12;
/// So few characters of substance are none; chosen.
const SUBSTANCE_MIN: usize = 13;
/// A sentence of courtesy may have so many characters beside its phrases.
const REST_MAX: usize = 4;

/// How many characters of an answer say something of the matter.
pub fn substance(answer: &str) -> usize {
    let folded = without_numbers(&fold(answer));
    let sentences = folded.split(|one: char| !one.is_alphanumeric() && one != '%' && one != '-');
    sentences.map(said).sum()
}

/// Whether an answer is courtesy, a receipt or a handing on, and nothing else.
pub fn is_empty_answer(answer: &str) -> bool {
    substance(answer) < SUBSTANCE_MIN
}

/// How much of one sentence says something.
fn said(sentence: &str) -> usize {
    let chars = |text: &str| text.chars().count();
    // A name somebody goes by on a board, or how they are spoken to.
    if sentence.is_ascii() || without(sentence, ADDRESS).is_empty() {
        return 0;
    }
    if !PHRASES.split_whitespace().any(|phrase| sentence.contains(phrase)) {
        return chars(sentence);
    }
    let rest = chars(&without(&without(sentence, PHRASES), FILLERS));
    if rest <= REST_MAX { 0 } else { rest }
}

fn without(text: &str, phrases: &str) -> String {
    phrases.split_whitespace().fold(text.to_owned(), |text, phrase| text.replace(phrase, ""))
}

/// Dates and numbers of people, which say nothing by themselves; what is dialled stays.
fn without_numbers(folded: &str) -> String {
    let mut kept = String::with_capacity(folded.len());
    let mut rest = folded;
    while let Some(at) = rest.find(|one: char| one.is_ascii_digit()) {
        kept.push_str(&rest[..at]);
        rest = &rest[at..];
        let end =
            rest.find(|one: char| !(one.is_ascii_digit() || "年月日".contains(one))).unwrap_or(rest.len());
        if !rest[..end].contains(['年', '月', '日']) {
            kept.push_str(&rest[..end]);
        }
        rest = &rest[end..];
    }
    kept.push_str(rest);
    kept
}

/// The pairs of characters of a text, digits aside, by which it is compared with others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch(Vec<u64>);

impl Sketch {
    /// The sketch of a text.
    pub fn of(text: &str) -> Sketch {
        let folded: String =
            fold(text).chars().map(|one| if one.is_ascii_digit() { ' ' } else { one }).collect();
        let mut pairs = BTreeSet::new();
        for run in runs(&folded) {
            let chars: Vec<char> = run.chars().collect();
            pairs.extend(
                chars
                    .windows(2)
                    .map(|two| (u64::from(u32::from(two[0])) << 32) | u64::from(u32::from(two[1]))),
            );
        }
        Sketch(pairs.into_iter().collect())
    }

    /// From how many pairs it is made.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is nothing to compare.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many pairs both have.
    fn shared(&self, other: &Sketch) -> usize {
        let (mut mine, mut theirs, mut shared) = (0, 0, 0);
        while let (Some(one), Some(two)) = (self.0.get(mine), other.0.get(theirs)) {
            shared += usize::from(one == two);
            mine += usize::from(one <= two);
            theirs += usize::from(two <= one);
        }
        shared
    }

    /// How alike two texts are: what both have of what either has, from 0 to 1.
    pub fn likeness(&self, other: &Sketch) -> f64 {
        let shared = self.shared(other);
        let either = self.len() + other.len() - shared;
        if either == 0 { 0.0 } else { shared as f64 / either as f64 }
    }

    /// How many pairs stand in none of these texts.
    pub fn beyond<'a>(&self, others: impl Iterator<Item = &'a Sketch> + Clone) -> usize {
        let is_known = |pair: &&u64| others.clone().any(|other| other.0.binary_search(pair).is_ok());
        self.0.iter().filter(|pair| !is_known(pair)).count()
    }
}

/// Whether an answer that says enough shares nothing with what was asked: no pair of characters that is not in every text, no
/// number, no letters. Of a short answer nothing can be said by this.
pub fn speaks_of_something_else(question: &str, answer: &str) -> bool {
    let (asked, answered) = (fold(question), fold(answer));
    if numbers(&asked).intersection(&numbers(&answered)).next().is_some() {
        return false;
    }
    let (asked, answered) = (rare_pairs(&asked), rare_pairs(&answered));
    answered.len() >= PAIRS_MIN && answered.is_disjoint(&asked)
}

fn numbers(folded: &str) -> BTreeSet<&str> {
    let is_ascii = |one: char| one.is_ascii_alphanumeric();
    let found = folded.split(move |one: char| !is_ascii(one)).filter(|run| run.len() >= 2);
    found.collect()
}

fn rare_pairs(folded: &str) -> BTreeSet<(char, char)> {
    let mut pairs = BTreeSet::new();
    for run in runs(folded) {
        let chars: Vec<char> = run.chars().collect();
        let is_rare = |one: &char| !one.is_ascii() && !COMMON.contains(*one);
        pairs.extend(chars.windows(2).filter(|two| two.iter().all(is_rare)).map(|two| (two[0], two[1])));
    }
    pairs
}

/// Whether an answer names a way to reach whoever gave it: something that can be dialled, or somebody who is named as the one
/// to ask.
pub fn names_a_contact(answer: &str) -> bool {
    let folded = fold(answer);
    let dialled = folded.split(|one: char| !(one.is_ascii_digit() || one == '-'));
    let is_dialled = |run: &str| {
        let digits = run.chars().filter(char::is_ascii_digit).count();
        (4..=13).contains(&digits)
    };
    let has_number = dialled.filter(|run| is_dialled(run)).any(|run| {
        // A year is no telephone.
        let is_year = run.len() == 4 && (run.starts_with("19") || run.starts_with("20"));
        !is_year
    });
    has_number || ["联系人", "经办人", "联系老师", "办公室找"].iter().any(|word| folded.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn courtesy_and_handing_on_say_nothing_and_one_fact_does() {
        for empty in [
            "收到。",
            "",
            "您好，来信收悉，感谢您的关注和支持！",
            "同学您好！您反映的问题已转有关部门调查处理，有关情况将及时反馈。2026年11月24日",
        ] {
            assert!(is_empty_answer(empty), "{empty}: {}", substance(empty));
        }
        for full in [
            "三号楼二层的灯管已换好，再不亮请打 8110。",
            "您好，图书馆从下周起周末早上七点开门，晚上十点半关门。",
        ] {
            assert!(!is_empty_answer(full), "{full}: {}", substance(full));
        }
    }

    #[test]
    fn an_answer_to_something_else_shares_nothing_with_the_question() {
        let question = "图书馆周末早点开门";
        assert!(!speaks_of_something_else(question, "图书馆从下周起七点开门"));
        let elsewhere =
            "食堂晚餐增开两个窗口，麻辣烫排队缩短，饭卡充值机移至门厅左侧，早餐提前供应豆浆油条。";
        assert!(speaks_of_something_else(question, elsewhere));
        assert!(!speaks_of_something_else(question, "已增开两个窗口"), "too short to tell");
        assert!(!speaks_of_something_else("3-201 的空调", "已修好 201，请查看"));
    }

    #[test]
    fn a_telephone_is_a_contact_and_a_year_is_none() {
        assert!(names_a_contact("有问题拨 8110"));
        assert!(names_a_contact("请打 0731-88821234 找王老师"));
        assert!(!names_a_contact("已于 2026 年 11 月修好"));
    }

    #[test]
    fn what_stood_in_a_template_is_not_ones_own() {
        let template = Sketch::of("您反映的问题，已修好，试用正常。如再出现，请点没解决。");
        let copied = Sketch::of("您反映的问题，已修好，试用正常。如再出现，请点没解决。");
        let own = Sketch::of("您反映的问题，已修好，换了水泵和两个阀门，试用正常。");
        assert_eq!(copied.beyond([&template].into_iter()), 0);
        assert!(own.beyond([&template].into_iter()) > 4);
    }

    proptest! {
        #[test]
        fn a_sketch_is_like_itself_and_never_more_than_wholly(one in "\\PC{0,60}", other in "\\PC{0,60}") {
            let (one, other) = (Sketch::of(&one), Sketch::of(&other));
            prop_assert!(one.is_empty() || (one.likeness(&one) - 1.0).abs() < 1e-9);
            prop_assert!((0.0..=1.0).contains(&one.likeness(&other)));
            prop_assert!((one.likeness(&other) - other.likeness(&one)).abs() < 1e-9);
        }

        #[test]
        fn any_text_is_judged(text in "\\PC{0,80}") {
            let _ = (is_empty_answer(&text), names_a_contact(&text), speaks_of_something_else(&text, &text));
        }
    }
}

//! What the words of a text speak for: a category of the dispatch catalogue (3.1), danger or haste (1.7).
//!
//! Hints with their evidence, never verdicts: a person dispatches, except where the school lets a kind dispatch itself,
//! and no word ever rejects, delays or downgrades a text.

use super::{Category, Policy};
use crate::ids::{CategoryId, KindId, UnitId};

/// How many categories are proposed at most (3.1: the top three).
const PROPOSALS_MAX: usize = 3;

/// A category that the words of a text speak for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The category.
    pub category: CategoryId,
    /// The unit whose matter it is, when the catalogue names one.
    pub unit: Option<UnitId>,
    /// The words that spoke for it, in the order of the catalogue.
    pub words: Vec<String>,
    /// Its share among all categories that any word spoke for, in percent.
    pub share: u8,
}

/// Up to three categories whose words stand in the text, the best first. A longer word says more than a shorter one.
pub fn propose(policy: &Policy, kind: &KindId, text: &str) -> Vec<Proposal> {
    let text = Folded::of(text);
    let mut scored: Vec<(usize, &Category, Vec<&str>)> = policy
        .categories_of(kind)
        .map(|category| (category, text.hits(&category.words)))
        .filter(|(_, words)| !words.is_empty())
        .map(|(category, words)| (words.iter().map(|word| weight(word)).sum(), category, words))
        .collect();
    let total: usize = scored.iter().map(|(score, ..)| score).sum();
    // Stable: of two equal scores the one earlier in the catalogue comes first.
    scored.sort_by_key(|(score, ..)| std::cmp::Reverse(*score));
    scored.truncate(PROPOSALS_MAX);
    let proposal = |(score, category, words): (usize, &Category, Vec<&str>)| Proposal {
        category: category.id.clone(),
        unit: category.unit.clone(),
        words: words.into_iter().map(str::to_owned).collect(),
        share: (score * 100 / total) as u8,
    };
    scored.into_iter().map(proposal).collect()
}

/// The words of the crisis list that stand in the text.
pub fn crisis_hits(policy: &Policy, text: &str) -> Vec<String> {
    let text = Folded::of(text);
    text.hits(&policy.safety.crisis_words).into_iter().map(str::to_owned).collect()
}

/// The words that speak for haste that stand in the text.
pub fn urgent_hits(policy: &Policy, text: &str) -> Vec<String> {
    let text = Folded::of(text);
    text.hits(&policy.safety.urgent_words).into_iter().map(str::to_owned).collect()
}

/// How many marks the first look has; a power of two.
const MARKS: usize = 4_096;

/// A text without white space and in lower case, so that a line break or a capital hides no word.
///
/// A catalogue has hundreds of words and a text holds few of them. So it is marked once which characters the text has,
/// and a word is looked for only where its first character is marked: two may share a mark, which costs a look and
/// finds nothing that is not there.
struct Folded {
    words: String,
    marks: [bool; MARKS],
}

impl Folded {
    fn of(text: &str) -> Folded {
        let words = fold(text);
        let mut marks = [false; MARKS];
        words.chars().for_each(|c| marks[mark(c)] = true);
        Folded { words, marks }
    }

    /// The words that stand in the text, leaving out those inside a longer one that stands there too.
    fn hits<'a>(&self, words: &'a [String]) -> Vec<&'a str> {
        let found: Vec<&str> = words.iter().map(String::as_str).filter(|word| self.holds(word)).collect();
        let is_part = |word: &str| found.iter().any(|other| *other != word && other.contains(word));
        found.iter().copied().filter(|word| !is_part(word)).collect()
    }

    fn holds(&self, word: &str) -> bool {
        match folded(word).next() {
            Some(first) if !self.marks[mark(first)] => false,
            _ => self.words.contains(&fold(word)),
        }
    }
}

fn mark(c: char) -> usize {
    c as usize % MARKS
}

fn fold(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    words.extend(folded(text));
    words
}

fn folded(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(|c| {
        // Han has no capitals, and the table of those that have is long: it is asked for other letters only.
        let is_han = ('\u{3400}'..='\u{9fff}').contains(&c);
        let (same, lower) = if is_han { (Some(c), None) } else { (None, Some(c.to_lowercase())) };
        same.into_iter().chain(lower.into_iter().flatten())
    })
}

fn weight(word: &str) -> usize {
    let length = word.chars().count();
    length * length
}

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
    let text = fold(text);
    let mut scored: Vec<(usize, &Category, Vec<&str>)> = policy
        .categories_of(kind)
        .map(|category| (category, hits(&category.words, &text)))
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
    hits(&policy.safety.crisis_words, &fold(text)).into_iter().map(str::to_owned).collect()
}

/// The words that speak for haste that stand in the text.
pub fn urgent_hits(policy: &Policy, text: &str) -> Vec<String> {
    hits(&policy.safety.urgent_words, &fold(text)).into_iter().map(str::to_owned).collect()
}

/// Without white space and in lower case, so that a line break or a capital hides no word.
fn fold(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// The words that stand in the folded text, leaving out those inside a longer one that stands there too.
fn hits<'a>(words: &'a [String], folded: &str) -> Vec<&'a str> {
    let found: Vec<&str> =
        words.iter().map(String::as_str).filter(|word| folded.contains(&fold(word))).collect();
    let is_part = |word: &str| found.iter().any(|other| *other != word && other.contains(word));
    found.iter().copied().filter(|word| !is_part(word)).collect()
}

fn weight(word: &str) -> usize {
    let length = word.chars().count();
    length * length
}

//! What a school begins with: sentences that come with the program, and the words of its own catalogue.

use super::history::is_learned;
use huiyin_domain::ids::CategoryId;
use huiyin_domain::policy::Policy;

/// Written for this program; a category id and a sentence a line.
const SENTENCES: &str = include_str!("start.tsv");

/// A text made up for a category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sentence {
    pub category: CategoryId,
    pub words: String,
}

/// The start of this school, in one order: for the categories it has and does not protect.
pub(super) fn sentences(policy: &Policy) -> Vec<Sentence> {
    let shipped = SENTENCES.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (category, words) = line.split_once('\t')?;
        Some(Sentence { category: category.into(), words: words.to_owned() })
    });
    let mut told: Vec<Sentence> = shipped.filter(|one| is_learned(policy, &one.category)).collect();
    for category in policy.categories.iter().filter(|category| !category.restricted) {
        let words = std::iter::once(&category.name).chain(&category.words);
        told.extend(words.map(|word| Sentence { category: category.id.clone(), words: word.clone() }));
    }
    told
}

//! What is proposed for a text: the words of the catalogue and the model together, each with its say.
//!
//! The words lead while little was confirmed, the model the more the more it has seen. Where no word of the catalogue
//! speaks, the model speaks alone, and the other way round.

use super::known::Known;
use huiyin_domain::ids::{CategoryId, KindId, UnitId};
use huiyin_domain::policy::{self, Category, Policy};
use huiyin_text::classify::Text;

/// How many are proposed (3.1).
const HINTS_MAX: usize = 3;
/// Words named for each at most.
const WORDS_MAX: usize = 4;
/// Of these, at most so many that only the model knows.
const LEARNED_WORDS_MAX: usize = 2;
/// With so many confirmed cases words and model have an equal say; before the first one the model has none beyond what the
/// start is worth.
const EQUAL_AT: f32 = 200.0;
/// What the start is worth, in confirmed cases.
const START_WORTH: f32 = 100.0;
/// Where words of the catalogue speak for one category alone, they are right about so often; what is said of the share is
/// tempered by it, the order is not. Read off the messages by which the say of the model was chosen.
const WORDS_RIGHT: f32 = 0.75;
/// Where not even the first has this share, nothing is proposed: the text says nothing that was seen before.
const FIRST_MIN: f32 = 0.2;
/// Less than this is nothing that anything would go out by.
const PROVEN_MIN: u8 = 50;
/// A further proposal below this share helps nobody.
const SHARE_MIN: f32 = 0.03;

/// A category that is proposed.
#[derive(Clone, Debug, PartialEq)]
pub struct Hint {
    /// Which.
    pub category: CategoryId,
    /// The unit whose matter it is, when the catalogue names one.
    pub unit: Option<UnitId>,
    /// How likely it is the right one, in percent.
    pub share: u8,
    /// The words of the text that spoke for it, strongest first.
    pub words: Vec<String>,
}

/// What is proposed for a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hints {
    /// Up to three, the likeliest first.
    pub best: Vec<Hint>,
    /// The model that had a say; none where only the words of the catalogue spoke.
    pub model: Option<u32>,
    /// Of so many in a hundred like the first one the model proved right, on confirmed cases that were held out; 0 where
    /// it is not the model's first, or nobody can say.
    pub proven: u8,
}

/// What words and model propose for a text of this kind. Of a protected kind only the catalogue speaks.
pub fn hints(policy: &Policy, known: Option<&Known>, kind: &KindId, title: &str, body: &str) -> Hints {
    let say = known.map_or(0.0, |known| say_of_the_model(known.told.examples));
    weighed(policy, known, kind, Text { title, body }, say)
}

/// The same, where the model has this say, between 0 and 1, beside words that spoke.
pub(super) fn weighed(
    policy: &Policy,
    known: Option<&Known>,
    kind: &KindId,
    text: Text<'_>,
    say: f32,
) -> Hints {
    let Text { title, body } = text;
    let by_words = policy::propose(policy, kind, &format!("{title}\n{body}"));
    let is_open = policy.kind(kind).is_some_and(|kind| !kind.restricted);
    let Some(known) = known.filter(|_| is_open) else {
        let hint = |one: policy::Proposal| Hint {
            category: one.category,
            unit: one.unit,
            share: one.share,
            words: one.words,
        };
        return Hints { best: by_words.into_iter().map(hint).collect(), ..Hints::default() };
    };
    let all = known.model.propose(text, usize::MAX);
    let offered = |category: &&Category| !category.restricted;
    let categories: Vec<&Category> = policy.categories_of(kind).filter(offered).collect();
    let model_share = |category: &CategoryId| {
        all.iter().find(|one| one.class == category.as_str()).map_or(0.0, |one| one.confidence)
    };
    let of_this_kind: f32 = categories.iter().map(|category| model_share(&category.id)).sum();
    let has_words = !by_words.is_empty();
    let weight = if has_words { say } else { 1.0 };
    let mut scored: Vec<(f32, &Category)> = Vec::new();
    for category in policy.categories_of(kind) {
        let spoken = share_of(spoken_for(&by_words, category));
        let learned = if category.restricted || of_this_kind <= f32::EPSILON {
            0.0
        } else {
            model_share(&category.id) / of_this_kind
        };
        scored.push((weight * learned + (1.0 - weight) * spoken, category));
    }
    // Stable: of two equal scores the one earlier in the catalogue comes first.
    scored.sort_by(|one, other| other.0.total_cmp(&one.0));
    let is_heard = scored.first().is_some_and(|(share, _)| *share >= FIRST_MIN);
    let told = scored.into_iter().take(HINTS_MAX).filter(|(share, _)| is_heard && *share >= SHARE_MIN);
    let told: Vec<(f32, &Category)> = told.collect();
    let classes: Vec<&str> = told.iter().map(|(_, category)| category.id.as_str()).collect();
    let learned = known.model.spoke_for_each(text, &classes, WORDS_MAX);
    let hint = |((share, category), learned): ((f32, &Category), Vec<String>)| {
        let spoken = spoken_for(&by_words, category);
        Hint {
            category: category.id.clone(),
            unit: category.unit.clone(),
            share: percent(share - (1.0 - weight) * (1.0 - WORDS_RIGHT) * share_of(spoken)),
            words: words(spoken, learned),
        }
    };
    let best: Vec<Hint> = told.into_iter().zip(learned).map(hint).collect();
    let first = best.first().zip(all.first());
    let agreed = first.filter(|(hint, model)| hint.category.as_str() == model.class);
    let proven = agreed.map_or(0, |(_, model)| proven(known, model.confidence));
    Hints { best, model: Some(known.version), proven }
}

/// How much the model has to say beside the words of the catalogue, between 0 and 1.
fn say_of_the_model(examples: usize) -> f32 {
    let seen = START_WORTH + examples as f32;
    seen / (seen + EQUAL_AT)
}

/// How often proposals that were at least so sure proved right, in whole percents; 0 where too few were held out to say.
fn proven(known: &Known, confidence: f32) -> u8 {
    let is_proven = |share: &u8| {
        let threshold = known.model.reliability().threshold(f32::from(*share) / 100.0);
        threshold.is_some_and(|threshold| confidence >= threshold)
    };
    (PROVEN_MIN..100).rev().find(is_proven).unwrap_or(0)
}

/// Whole percents, rounded down: nothing is said to be surer than it is, and nothing to be certain.
fn percent(share: f32) -> u8 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=99")]
    let whole = (share * 100.0).clamp(0.0, 99.0) as u8;
    whole
}

fn spoken_for<'a>(by_words: &'a [policy::Proposal], category: &Category) -> Option<&'a policy::Proposal> {
    by_words.iter().find(|one| one.category == category.id)
}

fn share_of(spoken: Option<&policy::Proposal>) -> f32 {
    spoken.map_or(0.0, |one| f32::from(one.share) / 100.0)
}

/// The words that spoke: those of the catalogue, then those that the model learned.
fn words(spoken: Option<&policy::Proposal>, learned: Vec<String>) -> Vec<String> {
    let mut words: Vec<String> = spoken.map_or_else(Vec::new, |one| one.words.clone());
    words.truncate(WORDS_MAX);
    let by_catalogue = words.len();
    for word in learned {
        let is_told = words.iter().any(|told| told.contains(&word) || word.contains(told.as_str()));
        let is_full = words.len() >= WORDS_MAX || words.len() - by_catalogue == LEARNED_WORDS_MAX;
        if !is_told && !is_full {
            words.push(word);
        }
    }
    words
}

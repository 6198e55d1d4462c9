//! Learning and judging, with no store and no clock: the same history gives the same bytes.

use super::history::Lesson;
use super::start::Sentence;
use super::store::{Judged, Told};
use data_encoding::HEXLOWER;
use huiyin_text::classify::{Example, Model, Text, TooLittle, train, train_judged_by};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The newest fifth of what was confirmed judges, at most so many: lately is where it must hold.
const JUDGES_MAX: usize = 300;
const JUDGES_SHARE: usize = 5;
/// Fewer than so many say nothing about being better or worse.
const JUDGES_MIN: usize = 30;
/// A new model takes over unless it is worse by more than so many points of a hundred.
pub(super) const MARGIN_POINTS: u32 = 3;

/// The model that is in use, to be compared with.
pub(super) struct Old<'a> {
    pub model: &'a Model,
    /// What was told about it when it was learned.
    pub told: &'a Told,
}

/// A model with what is to be said of it.
#[derive(Debug)]
pub(super) struct Taught {
    pub model: Model,
    pub told: Told,
}

/// Learns from the start and the history, which stands in the order in which it was confirmed.
///
/// # Errors
/// [`TooLittle`] if fewer than two categories occur in all.
pub(super) fn teach(
    start: &[Sentence],
    history: &[Lesson],
    old: Option<&Old<'_>>,
) -> Result<Taught, TooLittle> {
    let judged = judge(start, history, old)?;
    let examples = examples(start, history);
    let model = train_judged_by(&examples, |place| place >= start.len())?;
    let mut classes = BTreeMap::new();
    for one in history {
        *classes.entry(one.marked.category.to_string()).or_default() += 1;
    }
    let told = Told {
        start: start.len(),
        examples: history.len(),
        learned_until: history.last().map(|one| one.marked.at),
        history: fingerprint(start, history),
        classes,
        judged,
    };
    Ok(Taught { model, told })
}

/// What is learned from, in words: a change of it is a reason to learn anew, nothing else is.
pub(super) fn fingerprint(start: &[Sentence], history: &[Lesson]) -> String {
    let mut digest = Sha256::new();
    for one in start {
        digest.update(format!("{}\t{}\n", one.category, one.words));
    }
    for one in history {
        digest.update(format!("{}\t{}\t{}\t{}\n", one.marked.no, one.marked.category, one.title, one.body));
    }
    HEXLOWER.encode(&digest.finalize())
}

fn examples<'a>(start: &'a [Sentence], history: &'a [Lesson]) -> Vec<Example<'a>> {
    let made_up = start
        .iter()
        .map(|one| Example { class: one.category.as_str(), text: Text { title: &one.words, body: "" } });
    made_up.chain(history.iter().map(lesson)).collect()
}

fn lesson(one: &Lesson) -> Example<'_> {
    Example { class: one.marked.category.as_str(), text: Text { title: &one.title, body: &one.body } }
}

/// How a model that knows nothing of the newest cases does on them, and how the old one does on those it cannot know.
fn judge(start: &[Sentence], history: &[Lesson], old: Option<&Old<'_>>) -> Result<Judged, TooLittle> {
    let count = (history.len() / JUDGES_SHARE).min(JUDGES_MAX);
    if count < JUDGES_MIN {
        return Ok(Judged::default());
    }
    let (earlier, judges) = history.split_at(history.len() - count);
    let twin = train(&examples(start, earlier))?;
    let asked = judges.len();
    let mut judged = Judged { asked, right: right(&twin, judges), ..Judged::default() };
    if let Some(Old { model, told }) = old {
        let until = told.learned_until;
        let unknown: Vec<Lesson> =
            judges.iter().filter(|one| until.is_none_or(|until| one.marked.at > until)).cloned().collect();
        if unknown.len() >= JUDGES_MIN {
            judged.compared = unknown.len();
            judged.right_of_compared = right(&twin, &unknown);
            judged.old_right = right(model, &unknown);
        } else {
            // It has learned from what would judge it: what was found when it was new stands for it.
            judged.old_asked_before = told.judged.asked;
            judged.old_right_before = told.judged.right;
        }
    }
    Ok(judged)
}

fn right(model: &Model, judges: &[Lesson]) -> usize {
    let is_right = |one: &&Lesson| {
        let best = model.propose(lesson(one).text, 1);
        best.first().is_some_and(|best| best.class == one.marked.category.as_str())
    };
    judges.iter().filter(is_right).count()
}

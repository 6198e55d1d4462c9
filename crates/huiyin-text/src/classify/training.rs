//! Learning from texts whose class is known.

use super::Text;
use super::calibration::{Reliability, shares, steepness};
use super::model::{ALL_PLACES, Model, Weighing, scores};
use super::pieces::{Pieces, head_of};
use super::svm::separate;
use crate::sparse::{Sparse, hash};
use std::collections::BTreeSet;
use std::panic::resume_unwind;

/// What standing on the wrong side costs against long weights. Chosen, like the other figures here and in `pieces`, by five-fold
/// cross-validation on the public messages that docs/benchmarks-text.md names.
const COST: f32 = 0.5;
/// Rarity counts by this power of its logarithm: less than in search, for common words tell classes apart too.
const RARITY: f32 = 0.7;

/// Everything that is shuffled starts from here: the same examples give the same model.
const SEED: u64 = 20_200_508;
/// Parts of the examples, each judged by what was learned from the others.
const PARTS: u64 = 2;

/// A text whose class is known.
#[derive(Debug, Clone, Copy)]
pub struct Example<'a> {
    /// Its class.
    pub class: &'a str,
    /// What was written.
    pub text: Text<'a>,
}

/// There is nothing to tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a model needs examples of at least two classes")]
pub struct TooLittle;

/// What is learned from, ready for the machine.
struct Material {
    whole: Vec<Sparse>,
    heads: Vec<Sparse>,
    class: Vec<usize>,
    part: Vec<u64>,
    width: usize,
    classes: usize,
}

/// Learns a model. The same examples in the same order give the same model, bit for bit.
///
/// # Errors
/// [`TooLittle`] if fewer than two classes occur.
pub fn train(examples: &[Example<'_>]) -> Result<Model, TooLittle> {
    train_judged_by(examples, |_| true)
}

/// The same, where only some of the examples, by their place, say how far the model can be believed: what was made up for
/// a start teaches, and is no measure of what people really write. With none of them all say it.
///
/// # Errors
/// [`TooLittle`] if fewer than two classes occur.
pub fn train_judged_by(examples: &[Example<'_>], judges: impl Fn(usize) -> bool) -> Result<Model, TooLittle> {
    let classes: Vec<String> = examples
        .iter()
        .map(|one| one.class)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .map(str::to_owned)
        .collect();
    if classes.len() < 2 {
        return Err(TooLittle);
    }
    let pieces: Vec<Pieces> = examples.iter().map(|one| Pieces::of(one.text)).collect();
    let weighing = weigh(&pieces);
    let material = Material {
        whole: pieces.iter().map(|one| weighing.vector(one)).collect(),
        heads: examples.iter().map(|one| weighing.vector(&Pieces::of(head_of(one.text)))).collect(),
        class: examples
            .iter()
            .map(|one| classes.binary_search_by(|name| name.as_str().cmp(one.class)).unwrap_or(0))
            .collect(),
        part: pieces.iter().map(part).collect(),
        width: weighing.known(),
        classes: classes.len(),
    };
    let mut held_out = Vec::with_capacity(examples.len());
    for part in 0..PARTS {
        let weights = material.learn(|index| material.part[index] != part);
        let asked = (0..examples.len()).filter(|index| material.part[*index] == part);
        held_out.extend(asked.map(|index| {
            let scores = scores(&weights, classes.len(), &material.whole[index]);
            (index, scores, material.class[index])
        }));
    }
    let judging: Vec<_> = held_out.iter().filter(|(place, ..)| judges(*place)).cloned().collect();
    let judging = if judging.is_empty() { held_out } else { judging };
    let held_out: Vec<(Vec<f32>, usize)> =
        judging.into_iter().map(|(_, scores, right)| (scores, right)).collect();
    let steepness = steepness(&held_out);
    let said: Vec<(f32, bool)> =
        held_out.iter().map(|(scores, right)| said(&shares(scores, steepness), *right)).collect();
    Ok(Model {
        weights: material.learn(|_| true),
        classes,
        weighing,
        steepness,
        reliability: Reliability::of(&said),
        examples: u32::try_from(examples.len()).unwrap_or(u32::MAX),
    })
}

/// The confidence of the best proposal, and whether it was the right one.
fn said(shares: &[f32], right: usize) -> (f32, bool) {
    let best = (0..shares.len()).max_by(|one, other| shares[*one].total_cmp(&shares[*other])).unwrap_or(0);
    (shares[best], best == right)
}

impl Material {
    /// The weights learned from the examples that are taken, row by row, the constant last.
    fn learn(&self, is_taken: impl Fn(usize) -> bool) -> Vec<f32> {
        let taken: Vec<usize> = (0..self.class.len()).filter(|index| is_taken(*index)).collect();
        let vectors: Vec<Sparse> =
            taken.iter().flat_map(|index| [self.whole[*index].clone(), self.heads[*index].clone()]).collect();
        let one_class = |class: usize| {
            let is_in: Vec<bool> = taken.iter().flat_map(|index| [self.class[*index] == class; 2]).collect();
            separate(&vectors, &is_in, self.width, COST, SEED)
        };
        // A worker a core, each with every so many-th class: a school may have hundreds.
        let workers = std::thread::available_parallelism().map_or(1, usize::from).min(self.classes);
        let mut by_class: Vec<(usize, Vec<f32>)> = std::thread::scope(|scope| {
            let one_class = &one_class;
            let started: Vec<_> = (0..workers)
                .map(|first| (first..self.classes).step_by(workers))
                .map(|mine| {
                    scope.spawn(move || mine.map(|class| (class, one_class(class))).collect::<Vec<_>>())
                })
                .collect();
            let joined =
                started.into_iter().map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic)));
            joined.flatten().collect()
        });
        by_class.sort_by_key(|(class, _)| *class);
        (0..=self.width).flat_map(|row| by_class.iter().map(move |(_, weights)| weights[row])).collect()
    }
}

fn weigh(pieces: &[Pieces]) -> Weighing {
    let mut seen = vec![0_u32; ALL_PLACES];
    for one in pieces {
        for (place, _) in one.0.iter().flatten() {
            seen[*place as usize] += 1;
        }
    }
    let all = pieces.len() as f32;
    let known = (0_u32..).zip(&seen).filter(|(_, count)| **count >= 2);
    let rarity = |count: u32| (1.0 + (all / count as f32).ln()).powf(RARITY);
    Weighing::of(known.map(|(place, count)| (place, rarity(*count))).collect())
}

/// Which part a text falls into: near copies mostly into the same, or what was learned would be asked again.
fn part(pieces: &Pieces) -> u64 {
    pieces.0[2].iter().map(|(place, _)| hash(&place.to_le_bytes(), SEED)).min().unwrap_or(0) % PARTS
}

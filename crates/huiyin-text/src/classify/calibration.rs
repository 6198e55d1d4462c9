//! From scores to confidence: how often a proposal like this one was right on texts the model had not learned from.

use serde::{Deserialize, Serialize};

/// Scores become shares by `exp(steepness × score)`; fitted so that what was said with 0.9 was right nine times in ten.
pub(crate) fn steepness(held_out: &[(Vec<f32>, usize)]) -> f32 {
    // The surprise has one valley: narrow the bracket by thirds.
    let (mut low, mut high) = (0.1_f32, 20.0_f32);
    for _ in 0..40 {
        let third = (high - low) / 3.0;
        if surprise(held_out, low + third) < surprise(held_out, high - third) {
            high -= third;
        } else {
            low += third;
        }
    }
    (low + high) / 2.0
}

/// How far a confidence can be believed: what the model said of texts it had not learned from, and how often it was right.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Reliability {
    rows: Vec<Row>,
}

/// Proposals made with at least this confidence.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The least confidence.
    pub from: f32,
    /// How many of all texts they are, between 0 and 1.
    pub share: f32,
    /// How many of them were right, between 0 and 1; 0 where there were none.
    pub right: f32,
    /// How many they were.
    pub count: u32,
}

/// What is wanted is asked for with so much more: whole messages proved a little harder than the lists of words that stand
/// among what was learned from.
const MARGIN: f32 = 0.01;
/// Below so many held-out texts a share of right ones says nothing.
const ENOUGH: u32 = 50;

impl Reliability {
    /// What was said, hundredth by hundredth from one half on.
    pub(crate) fn of(said: &[(f32, bool)]) -> Self {
        let all = said.len().max(1) as f32;
        let rows = (50..100_u8)
            .map(|hundredths| {
                let from = f32::from(hundredths) / 100.0;
                let above = said.iter().filter(|(confidence, _)| *confidence >= from);
                let (count, right) = above.fold((0_u32, 0_u32), |(count, right), (_, is_right)| {
                    (count + 1, right + u32::from(*is_right))
                });
                Row { from, share: count as f32 / all, right: right as f32 / count.max(1) as f32, count }
            })
            .collect();
        Self { rows }
    }

    /// The rows, the least confidence first.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The least confidence from which on proposals can be expected to be right at least so often; `None` if there is
    /// none, or too few texts to say. A hundredth more than asked for must have been right of what was held out.
    pub fn threshold(&self, right: f32) -> Option<f32> {
        self.rows.iter().find(|row| row.count >= ENOUGH && row.right >= right + MARGIN).map(|row| row.from)
    }
}

/// The shares of the classes by their scores, in the order of the scores; they sum to one.
pub(crate) fn shares(scores: &[f32], steepness: f32) -> Vec<f32> {
    let best = scores.iter().copied().fold(f32::MIN, f32::max);
    let raised: Vec<f32> = scores.iter().map(|score| (steepness * (score - best)).exp()).collect();
    let sum: f32 = raised.iter().sum();
    raised.into_iter().map(|one| one / sum).collect()
}

fn surprise(held_out: &[(Vec<f32>, usize)], steepness: f32) -> f64 {
    held_out.iter().map(|(scores, right)| -f64::from(shares(scores, steepness)[*right].max(1e-9)).ln()).sum()
}

//! The learned model: what it weighs, how it proposes, how it explains itself.

use super::Text;
use super::calibration::{Reliability, shares};
use super::pieces::{BLOCKS, PLACES, Pieces, each_run, run_place, word_place};
use crate::sparse::Sparse;
use serde::{Deserialize, Serialize};

/// How long each block is in a text's vector: the runs, which also know words nobody has cut before, weigh more.
pub(crate) const LENGTHS: [f32; BLOCKS] = [1.0, 1.0, 1.5];

/// A word that says less than this part of what the strongest says is not named.
const LITTLE: f32 = 0.3;

/// A trained model. Cheap to ask, immutable, safe to share between threads.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Model {
    pub(crate) classes: Vec<String>,
    pub(crate) weighing: Weighing,
    /// Row by row one weight a class; the last row is the constant.
    pub(crate) weights: Vec<f32>,
    pub(crate) steepness: f32,
    pub(crate) reliability: Reliability,
    /// Texts it learned from.
    pub(crate) examples: u32,
}

/// Which pieces the model knows, and how rare each is. Kept as the list of what it knows: most places are empty.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "Vec<(u32, f32)>", into = "Vec<(u32, f32)>")]
pub(crate) struct Weighing {
    /// By place: the row, or `NONE` for what training saw in fewer than two texts.
    rows: Vec<u32>,
    /// By row: the weight of rarity.
    rarity: Vec<f32>,
}

/// A place without a row.
const NONE: u32 = u32::MAX;

impl From<Vec<(u32, f32)>> for Weighing {
    fn from(known: Vec<(u32, f32)>) -> Self {
        Self::of(known)
    }
}

impl From<Weighing> for Vec<(u32, f32)> {
    fn from(weighing: Weighing) -> Self {
        let known = (0_u32..).zip(weighing.rows).filter(|(_, row)| *row != NONE);
        known.map(|(place, row)| (place, weighing.rarity[row as usize])).collect()
    }
}

/// One class a text may belong to.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// The name of the class, as in training.
    pub class: String,
    /// How likely it is the right one, between 0 and 1: calibrated on texts the model had not learned from.
    pub confidence: f32,
}

impl Weighing {
    /// What is known: places in rising order, each with the weight of its rarity. A place that no block has is left out.
    pub(crate) fn of(known: Vec<(u32, f32)>) -> Self {
        let mut rows = vec![NONE; ALL_PLACES];
        let mut rarity = Vec::with_capacity(known.len());
        for (place, weight) in known {
            if let Some(row) = rows.get_mut(place as usize) {
                *row = u32::try_from(rarity.len()).unwrap_or(NONE);
                rarity.push(weight);
            }
        }
        Self { rows, rarity }
    }

    pub(crate) fn vector(&self, pieces: &Pieces) -> Sparse {
        let mut vector = Sparse::default();
        for (block, length) in pieces.0.iter().zip(LENGTHS) {
            let weighed: Vec<(u32, f32)> = block
                .iter()
                .filter_map(|(place, count)| {
                    let row = self.rows[*place as usize];
                    (row != NONE).then(|| (row, (1.0 + count.ln()) * self.rarity[row as usize]))
                })
                .collect();
            vector.push_block(&weighed, length);
        }
        vector
    }

    pub(crate) fn known(&self) -> usize {
        self.rarity.len()
    }
}

impl Model {
    /// Whether its parts fit together, which only bytes from elsewhere can fail.
    pub(crate) fn is_whole(&self) -> bool {
        self.classes.len() >= 2 && self.weights.len() == (self.weighing.known() + 1) * self.classes.len()
    }

    /// The classes in their order.
    pub fn classes(&self) -> &[String] {
        &self.classes
    }

    /// How many texts it learned from.
    pub fn examples(&self) -> u32 {
        self.examples
    }

    /// How far its confidence can be believed.
    pub fn reliability(&self) -> &Reliability {
        &self.reliability
    }

    /// The likeliest classes, best first, at most `at_most`.
    pub fn propose(&self, text: Text<'_>, at_most: usize) -> Vec<Proposal> {
        let scores = scores(&self.weights, self.classes.len(), &self.weighing.vector(&Pieces::of(text)));
        let shares = shares(&scores, self.steepness);
        let mut order: Vec<usize> = (0..shares.len()).collect();
        order.sort_by(|one, other| shares[*other].total_cmp(&shares[*one]));
        order
            .into_iter()
            .take(at_most)
            .map(|class| Proposal { class: self.classes[class].clone(), confidence: shares[class] })
            .collect()
    }

    /// The words of a text that spoke most for a class, strongest first: each with the runs inside it. What says little beside
    /// the strongest is left out.
    pub fn spoke_for(&self, text: Text<'_>, class: &str, at_most: usize) -> Vec<String> {
        self.spoke_for_each(text, &[class], at_most).pop().unwrap_or_default()
    }

    /// The same for several classes, the text cut once.
    pub fn spoke_for_each(&self, text: Text<'_>, classes: &[&str], at_most: usize) -> Vec<Vec<String>> {
        let folded = crate::fold(&format!("{} {}", text.title, text.body));
        let mut words = crate::cut(&folded);
        words.sort_unstable();
        words.dedup();
        words.retain(|word| word.chars().count() > 1);
        let of_class = |name: &&str| {
            let class = self.classes.iter().position(|known| known == name);
            class.map_or_else(Vec::new, |class| self.strongest(&words, class, at_most))
        };
        classes.iter().map(of_class).collect()
    }

    /// The words that say most for a class.
    fn strongest(&self, words: &[&str], class: usize, at_most: usize) -> Vec<String> {
        let weighed = words.iter().map(|word| {
            let mut sum = LENGTHS[0] * self.told(word_place(word), class);
            each_run(word, |run| sum += LENGTHS[2] * self.told(run_place(run), class));
            (sum, *word)
        });
        let mut told: Vec<(f32, &str)> = weighed.filter(|(sum, _)| *sum > 0.0).collect();
        told.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(other.1)));
        let least = told.first().map_or(0.0, |(sum, _)| sum * LITTLE);
        let loud = told.into_iter().take_while(|(sum, _)| *sum >= least);
        loud.take(at_most).map(|(_, word)| word.to_owned()).collect()
    }

    /// What a piece says for a class above what it says for all on the average.
    fn told(&self, place: u32, class: usize) -> f32 {
        let row = self.weighing.rows[place as usize];
        if row == NONE {
            return 0.0;
        }
        let classes = self.classes.len();
        let from = row as usize * classes;
        let all = &self.weights[from..from + classes];
        let average = all.iter().sum::<f32>() / u16::try_from(classes).map_or(1.0, f32::from);
        (all[class] - average) * self.weighing.rarity[row as usize]
    }
}

/// Places of all blocks together.
pub(crate) const ALL_PLACES: usize = PLACES as usize * BLOCKS;

/// One score a class: what the rows of a text add up to, and the constant.
pub(crate) fn scores(weights: &[f32], classes: usize, vector: &Sparse) -> Vec<f32> {
    let mut scores = weights[weights.len() - classes..].to_vec();
    for (row, value) in vector.places.iter().zip(&vector.values) {
        let from = *row as usize * classes;
        for (score, weight) in scores.iter_mut().zip(&weights[from..from + classes]) {
            *score += weight * value;
        }
    }
    scores
}

//! How alike two texts are by their words and pairs of characters, rare ones weighing more.

use crate::fold::fold;
use crate::sparse::{Sparse, counted, hash};
use crate::words::{cut, runs};

/// Places of the table of rarity: a power of two.
const PLACES: u32 = 1 << 20;

/// In how many of the texts counted so far a piece stood. Counts are kept by hashed place; two pieces of one place are
/// taken for one, which makes them a little less rare than they are.
#[derive(Debug, Clone)]
pub struct Rarity {
    texts: u32,
    seen: Vec<u32>,
}

/// What of a text is compared: what stands in it, the rarer the longer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Print(Sparse);

/// What of a text is looked at, and how closely. The figures were chosen on the public messages that docs/benchmarks-text.md
/// names.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Blend {
    words: f32,
    pairs: f32,
    /// The title counts so often: it says what the matter is, the rest often says how somebody feels about it.
    title: f32,
    /// Rarity counts by this power of its logarithm.
    rarity: f32,
    /// A print is made shorter by this power of its length: with 1 all are of one length and the likeness is a cosine,
    /// with less a long message keeps something of what it has to offer.
    damping: f32,
}

impl Blend {
    /// For finding the same matter told by somebody else, asked with a whole message.
    pub const SIMILAR: Self = Self { words: 1.0, pairs: 0.0, title: 3.0, rarity: 1.0, damping: 0.7 };
    /// The same, asked with the few words of somebody who is still typing.
    pub const TYPING: Self = Self { words: 1.0, pairs: 1.0, title: 3.0, rarity: 1.0, damping: 0.8 };
    /// The same without cutting words: nearly as good, several times quicker, and the dictionary is not read.
    pub const AT_A_GLANCE: Self = Self { words: 0.0, pairs: 1.0, title: 3.0, rarity: 1.0, damping: 0.8 };
    /// For grouping a stream: what is named in titles binds, what everybody writes does not.
    pub const TOPIC: Self = Self { words: 0.0, pairs: 1.0, title: 8.0, rarity: 2.0, damping: 1.0 };
}

impl Default for Rarity {
    fn default() -> Self {
        Self { texts: 0, seen: vec![0; PLACES as usize * 2] }
    }
}

impl Rarity {
    /// Counts one more text.
    pub fn add(&mut self, title: &str, body: &str) {
        self.count(pieces(title, body, 1.0, true));
    }

    /// Counts one more text by its pairs of characters alone, which is all that [`Blend::TOPIC`] and
    /// [`Blend::AT_A_GLANCE`] ask for: no word is cut, so
    /// that the dictionary need not be read.
    pub fn add_pairs(&mut self, title: &str, body: &str) {
        self.count(pieces(title, body, 1.0, false));
    }

    fn count(&mut self, blocks: [Vec<(u32, f32)>; 2]) {
        self.texts += 1;
        for block in blocks {
            for (place, _) in block {
                self.seen[place as usize] += 1;
            }
        }
    }

    /// How rare a pair of neighbouring characters of a folded text is; 1 at least.
    pub(crate) fn of_pair(&self, pair: &str) -> f32 {
        self.weight(place(pair, 1), 1.0)
    }

    fn weight(&self, place: u32, power: f32) -> f32 {
        ((1.0 + self.texts as f32) / (1.0 + self.seen[place as usize] as f32)).ln().powf(power) + 1.0
    }
}

impl Print {
    /// The print of a text.
    pub fn of(title: &str, body: &str, rarity: &Rarity, blend: Blend) -> Self {
        let mut vector = Sparse::default();
        let blocks = pieces(title, body, blend.title, blend.words > 0.0);
        for (block, factor) in blocks.into_iter().zip([blend.words, blend.pairs]) {
            let block = if factor == 0.0 { Vec::new() } else { block };
            for (place, count) in block {
                vector.places.push(place);
                vector.values.push(factor * (1.0 + count.ln()) * rarity.weight(place, blend.rarity));
            }
        }
        let length = vector.values.iter().map(|value| value * value).sum::<f32>().sqrt();
        if length > 0.0 {
            let shorter = length.powf(blend.damping);
            vector.values.iter_mut().for_each(|value| *value /= shorter);
        }
        Self(vector)
    }

    /// What it consists of: places in rising order with their values.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (u32, f32)> {
        self.0.places.iter().copied().zip(self.0.values.iter().copied())
    }

    /// 0 where nothing is in common, and the more the more alike; 1 at most with [`Blend::TOPIC`], whose prints are all of
    /// length one.
    pub fn likeness(&self, other: &Self) -> f32 {
        let (mut mine, mut theirs, mut sum) = (0, 0, 0.0);
        let (one, two) = (&self.0, &other.0);
        while mine < one.places.len() && theirs < two.places.len() {
            match one.places[mine].cmp(&two.places[theirs]) {
                std::cmp::Ordering::Less => mine += 1,
                std::cmp::Ordering::Greater => theirs += 1,
                std::cmp::Ordering::Equal => {
                    sum += one.values[mine] * two.values[theirs];
                    mine += 1;
                    theirs += 1;
                }
            }
        }
        sum
    }
}

/// Cutting words is left out where nothing asks for them: it is the slower part and reads the dictionary.
fn pieces(title: &str, body: &str, in_title: f32, wants_words: bool) -> [Vec<(u32, f32)>; 2] {
    let mut words = Vec::new();
    let mut pairs = Vec::new();
    for (part, count) in [(title, in_title), (body, 1.0)] {
        let folded = fold(part);
        if wants_words {
            words.extend(cut(&folded).into_iter().map(|word| (place(word, 0), count)));
        }
        for run in runs(&folded) {
            let ends: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
            if ends.len() == 2 {
                pairs.push((place(run, 1), count));
            }
            pairs.extend(ends.windows(3).map(|three| (place(&run[three[0]..three[2]], 1), count)));
        }
    }
    [counted(words), counted(pairs)]
}

fn place(piece: &str, block: u32) -> u32 {
    #[expect(clippy::cast_possible_truncation, reason = "masked to PLACES right after")]
    let low = hash(piece.as_bytes(), 7) as u32;
    block * PLACES + (low & (PLACES - 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_rare_binds_more_than_what_everybody_writes() {
        let mut rarity = Rarity::default();
        for building in ["一号楼", "二号楼", "五号楼", "六号楼"] {
            rarity.add("宿舍热水不热", building);
        }
        rarity.add("月亮湾高压线", "");
        let print = |title| Print::of(title, "", &rarity, Blend::SIMILAR);
        let asked = print("宿舍旁边的高压线");
        assert!(asked.likeness(&print("月亮湾高压线")) > asked.likeness(&print("宿舍热水不热")));
        assert!(asked.likeness(&print("食堂排队")).abs() < 1e-6, "nothing in common");
    }

    proptest! {
        #[test]
        fn likeness_has_two_equal_sides_and_oneself_is_the_nearest(one in "\\PC{0,60}", other in "\\PC{0,60}") {
            let rarity = Rarity::default();
            let [one, other] = [&one, &other].map(|text| Print::of("", text, &rarity, Blend::TOPIC));
            prop_assert!((one.likeness(&other) - other.likeness(&one)).abs() < 1e-5);
            prop_assert!(one.likeness(&other) <= 1.0 + 1e-4 && one.likeness(&other) >= 0.0);
            prop_assert!(one == Print::default() || (one.likeness(&one) - 1.0).abs() < 1e-4);
        }
    }
}

//! Finding the same matter among very many texts in two steps: those that hold its rarest pairs of characters are looked up in
//! an index, and only those are compared. No word is cut, so that the dictionary need not be read for it.

use super::tokens::pairs;
use crate::fold::fold;
use crate::likeness::{Blend, Print, Rarity};
use crate::words::runs;
use std::collections::HashMap;

/// So many holders of a piece are looked at, the newest.
pub const HOLDERS_MAX: usize = 1_000;
/// From this share of one's own likeness to oneself on, a text is said to be alike: where half of those that tell the same
/// matter are, and fewer than one in ten of those that do not (docs/benchmarks-text.md).
pub const ALIKE_FROM: f32 = 0.3;
/// So many pairs are looked up.
const PAIRS_MAX: usize = 20;
/// So many texts are compared in the end.
const LISTED_MAX: usize = 30;
/// Of what follows the title so many characters are looked at: what the matter is stands at the beginning.
const BODY_CHARS_MAX: usize = 200;
/// A pair of the title counts so often.
const IN_TITLE: f32 = 2.0;

/// What others are compared with.
#[derive(Debug)]
pub struct Compared<'a> {
    title: &'a str,
    beginning: String,
    rarity: &'a Rarity,
    print: Print,
    itself: f32,
}

impl<'a> Compared<'a> {
    /// This text; either part may be empty.
    pub fn new(title: &'a str, body: &str, rarity: &'a Rarity) -> Compared<'a> {
        let print = Print::of(title, body, rarity, Blend::AT_A_GLANCE);
        let itself = print.likeness(&print);
        Compared { title, beginning: body.chars().take(BODY_CHARS_MAX).collect(), rarity, print, itself }
    }

    /// The numbers of the texts worth comparing, the most promising first. `holders` is asked for the newest [`HOLDERS_MAX`]
    /// texts that hold a piece as [`tokens()`](super::tokens()) makes them.
    ///
    /// # Errors
    /// What `holders` fails with.
    pub fn shortlist<E>(&self, mut holders: impl FnMut(&str) -> Result<Vec<i64>, E>) -> Result<Vec<i64>, E> {
        let mut scores: HashMap<i64, f32> = HashMap::new();
        for (piece, weight) in self.telling() {
            for holder in holders(&piece)? {
                *scores.entry(holder).or_default() += weight;
            }
        }
        let mut found: Vec<(i64, f32)> = scores.into_iter().collect();
        // Of two equally promising the one that came later.
        found.sort_by(|one, other| other.1.total_cmp(&one.1).then(other.0.cmp(&one.0)));
        found.truncate(LISTED_MAX);
        Ok(found.into_iter().map(|(number, _)| number).collect())
    }

    /// How alike this other text is: 0 where nothing is in common, about 1 where it says the same, [`ALIKE_FROM`] where it may
    /// be the same matter.
    pub fn likeness(&self, title: &str, body: &str) -> f32 {
        if self.itself <= 0.0 {
            return 0.0;
        }
        self.print.likeness(&Print::of(title, body, self.rarity, Blend::AT_A_GLANCE)) / self.itself
    }

    /// The runs of characters that both texts have, the rarest first: at least two characters long, none inside another.
    pub fn in_common(&self, title: &str, body: &str, at_most: usize) -> Vec<String> {
        let other = fold(&format!("{title}\n{body}"));
        let mut found: Vec<(f32, String)> = Vec::new();
        for part in [self.title, &self.beginning] {
            for run in runs(&fold(part)) {
                shared_runs(run, &other, &mut |shared| {
                    if found.iter().all(|(_, known)| known != shared) {
                        found.push((self.weight_of(shared), shared.to_owned()));
                    }
                });
            }
        }
        found.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
        let mut told: Vec<String> = Vec::new();
        for (_, shared) in found {
            if told.len() < at_most && told.iter().all(|known| !known.contains(&shared)) {
                told.push(shared);
            }
        }
        told
    }

    fn weight_of(&self, run: &str) -> f32 {
        let characters: Vec<char> = run.chars().collect();
        characters.windows(2).map(|pair| self.rarity.of_pair(&pair.iter().collect::<String>())).sum()
    }

    /// The rarest pairs as pieces of an index, with their weights.
    fn telling(&self) -> Vec<(String, f32)> {
        let mut weights: HashMap<String, f32> = HashMap::new();
        for (part, factor) in [(self.title, IN_TITLE), (self.beginning.as_str(), 1.0)] {
            for run in runs(&fold(part)) {
                let characters: Vec<char> = run.chars().collect();
                for (pair, piece) in characters.windows(2).zip(pairs(run)) {
                    let weight = factor * self.rarity.of_pair(&pair.iter().collect::<String>());
                    let known = weights.entry(piece).or_default();
                    *known = known.max(weight);
                }
            }
        }
        let mut telling: Vec<(String, f32)> = weights.into_iter().collect();
        telling.sort_by(|one, other| other.1.total_cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        telling.truncate(PAIRS_MAX);
        telling
    }
}

/// The longest parts of a run, of two characters and more, that stand in the other text.
fn shared_runs(run: &str, other: &str, tell: &mut impl FnMut(&str)) {
    let ends: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
    let mut from = 0;
    while from + 2 < ends.len() {
        let longest =
            (from + 2..ends.len()).take_while(|until| other.contains(&run[ends[from]..ends[*until]])).last();
        match longest {
            Some(until) => {
                tell(&run[ends[from]..ends[until]]);
                from = until;
            }
            None => from += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find::tokens;
    use proptest::prelude::*;
    use std::convert::Infallible;

    const TEXTS: [(&str, &str); 5] = [
        ("三号楼空调不制冷", "昨晚开始只出热风"),
        ("三号楼热水不热", "晚上十点以后是凉的"),
        ("食堂二楼排队太长", "中午要等二十分钟"),
        ("图书馆空调太冷", "自习区坐不住"),
        ("校车加一班", "晚高峰等不到车"),
    ];

    fn holders(piece: &str) -> Result<Vec<i64>, Infallible> {
        let holds = |text: &str| tokens(text).split(' ').any(|one| one == piece);
        let held = TEXTS.iter().enumerate().filter(|(_, (title, body))| holds(title) || holds(body));
        Ok(held.map(|(at, _)| at as i64).rev().collect())
    }

    fn school() -> Rarity {
        let mut rarity = Rarity::default();
        TEXTS.iter().for_each(|(title, body)| rarity.add_pairs(title, body));
        rarity
    }

    #[test]
    fn the_same_matter_is_listed_first_and_told_by_what_both_say() {
        let rarity = school();
        let asked = Compared::new("３号樓空調又不制冷了", "", &rarity);
        assert_eq!(asked.shortlist(holders).unwrap()[0], 0);
        let likeness = |at: usize| asked.likeness(TEXTS[at].0, TEXTS[at].1);
        assert!(likeness(0) >= ALIKE_FROM && likeness(3) < likeness(0) && likeness(4).abs() < 1e-6);
        assert_eq!(asked.in_common(TEXTS[0].0, TEXTS[0].1, 3), ["号楼空调", "不制冷"]);
    }

    #[test]
    fn nothing_is_like_nothing() {
        let rarity = school();
        for words in ["", "，。！", "🙂", "空"] {
            let asked = Compared::new(words, words, &rarity);
            assert!(asked.shortlist(holders).unwrap().is_empty(), "{words}");
            assert!(
                asked.likeness("三号楼空调", "").abs() < 1e-6 && asked.in_common("三号楼", "", 3).is_empty()
            );
        }
    }

    proptest! {
        #[test]
        fn a_text_is_wholly_like_itself_and_has_in_common_what_stands_in_both(
            title in "[空调热水楼三号坏了 ，a-c]{0,20}", other in "[空调热水楼三号坏了 ，a-c]{0,20}",
        ) {
            let rarity = school();
            let asked = Compared::new(&title, "", &rarity);
            let itself = asked.likeness(&title, "");
            prop_assert!(itself == 0.0 || (itself - 1.0).abs() < 1e-4);
            for run in asked.in_common(&other, "", 5) {
                prop_assert!(fold(&title).contains(&run) && fold(&other).contains(&run) && run.chars().count() >= 2);
            }
        }
    }
}

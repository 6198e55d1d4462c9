//! What a topic is called: the longest words that stand in the titles of most of those who spoke, and of three at least.
//!
//! So no name gives away what a single person wrote. Where people share no words, the catalogue's names of category and
//! place stand in; they too only where three spoke of them.

use huiyin_text::{fold, runs};
use std::collections::{BTreeMap, BTreeSet};

/// Words of fewer people are in no name; topics of fewer are shown to nobody.
pub(super) const PEOPLE_MIN: usize = 3;
const CHARS: std::ops::RangeInclusive<usize> = 2..=10;
/// What is longer than this says hardly more.
const TELLING_CHARS: usize = 7;
/// So many of the newest titles are looked at.
const TITLES_MAX: usize = 80;
/// What a phrase neither begins nor ends with.
const LOOSE: &str = "的了在我们是有和与很也都又没就被把给吗呢吧为什么请问怎这那个着到从";

/// The phrase that most titles share, if three people share one. `titles` are people, as any number, with what they wrote.
pub(super) fn shared_words(titles: &[(usize, &str)]) -> Option<String> {
    let all: BTreeSet<usize> = titles.iter().map(|(person, _)| *person).collect();
    let mut people: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (person, title) in titles.iter().rev().take(TITLES_MAX) {
        let folded = fold(title);
        for run in runs(&folded) {
            let chars: Vec<char> = run.chars().collect();
            for from in 0..chars.len() {
                for length in CHARS.filter(|length| from + length <= chars.len()) {
                    let piece = &chars[from..from + length];
                    if !LOOSE.contains(piece[0]) && !LOOSE.contains(piece[length - 1]) {
                        people.entry(piece.iter().collect()).or_default().insert(*person);
                    }
                }
            }
        }
    }
    let is_shared = |who: &BTreeSet<usize>| who.len() >= PEOPLE_MIN && who.len() * 5 >= all.len() * 2;
    let weight = |piece: &str, who: &BTreeSet<usize>| (length(piece).min(TELLING_CHARS) - 1) * who.len();
    let mut shared: Vec<(usize, &String)> = people
        .iter()
        .filter(|(_, who)| is_shared(who))
        .map(|(piece, who)| (weight(piece, who), piece))
        .collect();
    shared.sort_by(|one, other| {
        other.0.cmp(&one.0).then(length(other.1).cmp(&length(one.1))).then(one.1.cmp(other.1))
    });
    let first = shared.first()?.1;
    let is_apart = |piece: &str| length(piece) > 2 && !first.chars().any(|c| piece.contains(c));
    let second = shared.iter().map(|(_, piece)| piece.as_str()).find(|piece| is_apart(piece));
    Some(second.map_or_else(|| first.clone(), |second| format!("{first}、{second}")))
}

fn length(piece: &str) -> usize {
    piece.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_made_of_what_three_people_wrote() {
        let titles = [(1, "三号公寓热水不热"), (2, "热水不热，洗澡冷"), (3, "为什么三号公寓的热水不热")];
        assert_eq!(shared_words(&titles).as_deref(), Some("热水不热"));
    }

    #[test]
    fn one_person_who_writes_often_names_nothing() {
        let titles =
            [(1, "辅导员张某某骂人"), (1, "辅导员张某某骂人"), (1, "辅导员张某某骂人"), (2, "宿舍停电")];
        assert_eq!(shared_words(&titles), None);
        assert_eq!(shared_words(&[]), None);
    }
}

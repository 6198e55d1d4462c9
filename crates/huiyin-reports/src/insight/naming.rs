//! What a topic is called: the longest words that stand in the titles of most of those who spoke, and of three at least.
//!
//! So no name gives away what a single person wrote. Where people share no words, the catalogue's names of category and
//! place stand in; they too only where three spoke of them.

use huiyin_text::{cut, fold, runs};
use std::collections::{BTreeMap, BTreeSet};

/// Words of fewer people are in no name; topics of fewer are shown to nobody.
pub(super) const PEOPLE_MIN: usize = 3;
const CHARS: std::ops::RangeInclusive<usize> = 2..=10;
/// What is longer than this says hardly more.
const TELLING_CHARS: usize = 7;
/// So many of the newest titles are looked at.
const TITLES_MAX: usize = 80;
/// The phrase that most titles share, if three people share one. `titles` are people, as any number, with what they wrote.
pub(super) fn shared_words(titles: &[(usize, &str)]) -> Option<String> {
    let all: BTreeSet<usize> = titles.iter().map(|(person, _)| *person).collect();
    let newest: Vec<(usize, String)> =
        titles.iter().rev().take(TITLES_MAX).map(|(person, title)| (*person, fold(title))).collect();
    let phrases: BTreeSet<&str> = newest.iter().flat_map(|(_, title)| phrases(title)).collect();
    let who_wrote = |phrase: &str| -> BTreeSet<usize> {
        newest.iter().filter(|(_, title)| title.contains(phrase)).map(|(person, _)| *person).collect()
    };
    let people: BTreeMap<&str, BTreeSet<usize>> =
        phrases.into_iter().map(|phrase| (phrase, who_wrote(phrase))).collect();
    let is_shared = |who: &BTreeSet<usize>| who.len() >= PEOPLE_MIN && who.len() * 5 >= all.len() * 2;
    let weight = |piece: &str, who: &BTreeSet<usize>| (length(piece).min(TELLING_CHARS) - 1) * who.len();
    let mut shared: Vec<(usize, &str)> = people
        .iter()
        .filter(|(_, who)| is_shared(who))
        .map(|(piece, who)| (weight(piece, who), *piece))
        .collect();
    shared.sort_by(|one, other| {
        other.0.cmp(&one.0).then(length(other.1).cmp(&length(one.1))).then(one.1.cmp(other.1))
    });
    let first = shared.first()?.1;
    let is_apart = |piece: &str| length(piece) > 2 && !first.chars().any(|c| piece.contains(c));
    let second = shared.iter().map(|(_, piece)| *piece).find(|piece| is_apart(piece));
    Some(second.map_or_else(|| first.to_owned(), |second| format!("{first}、{second}")))
}

/// The phrases of a folded title: from the beginning of one of its telling words to the end of the same or a later one, within
/// a run, so that no name begins or ends in the middle of a word.
fn phrases(title: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for run in runs(title) {
        let words = places(run, &cut(run));
        // One character alone is mostly what is left of a word that people end differently: it begins or ends a phrase only
        // where it begins or ends what somebody wrote.
        let is_whole = |(from, until): &(usize, usize)| length(&run[*from..*until]) > 1;
        for (at, first) in words.iter().enumerate() {
            let begins = is_whole(first) || first.0 == 0;
            let ends = |last: &&(usize, usize)| begins && (is_whole(last) || last.1 == run.len());
            let phrases = words[at..].iter().filter(ends).map(|last| &run[first.0..last.1]);
            found.extend(phrases.filter(|phrase| CHARS.contains(&length(phrase))));
        }
    }
    found
}

/// Where these words stand, one behind the other.
fn places(run: &str, words: &[&str]) -> Vec<(usize, usize)> {
    let mut behind = 0;
    let mut found = Vec::with_capacity(words.len());
    for word in words {
        if let Some(at) = run[behind..].find(word) {
            found.push((behind + at, behind + at + word.len()));
            behind += at + word.len();
        }
    }
    found
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
    fn a_name_begins_and_ends_with_a_word() {
        let titles = [
            (1, "公寓卫生间水龙头关不严"),
            (2, "二号公寓卫生间水龙头关不上"),
            (3, "公寓卫生间水龙头关不紧了"),
        ];
        assert_eq!(shared_words(&titles).as_deref(), Some("公寓卫生间水龙头"));
        let titles = [(1, "南门晚上增加照明"), (2, "东门晚上增加照明和值班"), (3, "西门晚上增加照明")];
        assert_eq!(shared_words(&titles).as_deref(), Some("晚上增加照明"));
    }

    #[test]
    fn one_person_who_writes_often_names_nothing() {
        let titles =
            [(1, "辅导员张某某骂人"), (1, "辅导员张某某骂人"), (1, "辅导员张某某骂人"), (2, "宿舍停电")];
        assert_eq!(shared_words(&titles), None);
        assert_eq!(shared_words(&[]), None);
    }
}

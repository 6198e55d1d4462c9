//! Titles by sound: syllables of Mandarin without tones, and their first letters.

use crate::fold::fold;
use crate::words::runs;
use pinyin::{ToPinyin, ToPinyinMulti};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// So many readings of one character are kept; what comes behind is rare names.
const READINGS_MAX: usize = 3;
/// With another reading of one character so many of its neighbours on each side are kept.
const NEIGHBOURS: usize = 3;
/// Stands between runs, so that no sound reaches across.
const BREAK: &str = "0";
/// The longest syllables: zhuang, chuang, shuang.
const LONGEST: usize = 6;
/// So many ways to part letters are asked for.
const WAYS_MAX: usize = 4;
/// So many beginnings of ways are looked at.
const LOOKS_MAX: u32 = 500;

/// The syllables of a title for an index, one space between them and a `0` between runs.
pub fn sounds(title: &str) -> String {
    let sequences = sequences(title);
    sequences.iter().map(|syllables| syllables.join(" ")).collect::<Vec<_>>().join(&format!(" {BREAK} "))
}

/// The first letters of a title's syllables for an index: the pairs of neighbours, one space between them.
pub fn initials(title: &str) -> String {
    let mut written = Vec::new();
    for syllables in sequences(title) {
        let letters: String = syllables.iter().filter_map(|syllable| syllable.chars().next()).collect();
        written.extend(letter_pairs(&letters));
    }
    written.join(" ")
}

/// The pairs of neighbours of plain letters.
pub(super) fn letter_pairs(letters: &str) -> Vec<String> {
    letters.as_bytes().windows(2).map(|pair| pair.iter().copied().map(char::from).collect()).collect()
}

/// The readings of a character, the usual one first; none for what is not Chinese.
pub(super) fn readings(one: char) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let usual = one.to_pinyin().into_iter();
    let all = one.to_pinyin_multi().into_iter().flatten();
    for reading in usual.chain(all) {
        let reading = reading.plain().replace('ü', "v");
        if reading.bytes().all(|letter| letter.is_ascii_lowercase()) && !found.contains(&reading) {
            found.push(reading);
        }
    }
    found.truncate(READINGS_MAX);
    found
}

/// Every way to take these letters as syllables, a handful at most, few syllables before many. Of several the last may be only
/// begun; a single one must be whole, or it would be nearly everything.
pub(super) fn syllables_of(letters: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    if syllables().contains(letters) {
        found.push(vec![letters.to_owned()]);
    }
    part(letters, &mut Vec::new(), &mut { LOOKS_MAX }, &mut found);
    found.sort_by_key(Vec::len);
    found.truncate(WAYS_MAX);
    found
}

fn part(letters: &str, so_far: &mut Vec<String>, looks: &mut u32, found: &mut Vec<Vec<String>>) {
    // A question is short, but letters like "ananan" can be parted in very many ways, and none of them need come out even.
    if *looks == 0 || letters.is_empty() {
        return;
    }
    *looks -= 1;
    let begins = |syllable: &String| syllable.starts_with(letters);
    if !so_far.is_empty() && syllables().range(letters.to_owned()..).next().is_some_and(begins) {
        found.push(so_far.iter().cloned().chain([letters.to_owned()]).collect());
    }
    for end in (1..letters.len().min(LONGEST + 1)).rev() {
        if syllables().contains(&letters[..end]) {
            so_far.push(letters[..end].to_owned());
            part(&letters[end..], so_far, looks, found);
            so_far.pop();
        }
    }
}

/// The syllables there are, gathered once from the readings of all characters.
fn syllables() -> &'static BTreeSet<String> {
    static SYLLABLES: OnceLock<BTreeSet<String>> = OnceLock::new();
    SYLLABLES.get_or_init(|| {
        let usual = ('\u{4e00}'..='\u{9fff}').filter_map(|one| one.to_pinyin());
        let plain = usual.map(|reading| reading.plain().replace('ü', "v"));
        // What has no vowel (嗯, 呣) is an exclamation and would make syllables of initials.
        plain.filter(|one| one.is_ascii() && one.contains(['a', 'e', 'i', 'o', 'u', 'v'])).collect()
    })
}

/// The runs of Chinese characters of a title as syllables; for a character of several readings its neighbourhood once more
/// with each other reading.
fn sequences(title: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for run in runs(&fold(title)) {
        let mut spoken: Vec<Vec<String>> = Vec::new();
        for one in run.chars().map(Some).chain([None]) {
            let heard = one.map(readings).unwrap_or_default();
            if heard.is_empty() {
                say(&spoken, &mut found);
                spoken.clear();
            } else {
                spoken.push(heard);
            }
        }
    }
    found
}

fn say(spoken: &[Vec<String>], found: &mut Vec<Vec<String>>) {
    if spoken.is_empty() {
        return;
    }
    let usual = |heard: &Vec<String>| heard[0].clone();
    found.push(spoken.iter().map(usual).collect());
    for (at, heard) in spoken.iter().enumerate() {
        for other in &heard[1..] {
            let from = at.saturating_sub(NEIGHBOURS);
            let until = (at + 1 + NEIGHBOURS).min(spoken.len());
            let mut around: Vec<String> = spoken[from..until].iter().map(usual).collect();
            around[at - from].clone_from(other);
            found.push(around);
        }
    }
}

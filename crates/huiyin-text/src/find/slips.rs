//! One character typed wrongly, left out, doubled or swapped with its neighbour.

/// Shorter words differ from too many others by one character.
const SHORTEST: usize = 3;
/// So many suggestions.
const SLIPS_MAX: usize = 8;

/// What may have been meant by a run of the question: it again with one part of it put right to a known word, longer words
/// first. The known words are folded; of two equal ones the earlier comes first.
pub fn slips<'a>(run: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let typed: Vec<char> = run.chars().collect();
    let mut found: Vec<(usize, String)> = Vec::new();
    for word in known {
        let meant: Vec<char> = word.chars().collect();
        if let Some(part) = slip_in(&typed, &meant) {
            let (before, after) = (&typed[..part.start], &typed[part.end..]);
            let corrected: String = before.iter().chain(&meant).chain(after).collect();
            if corrected != run && found.iter().all(|(_, one)| *one != corrected) {
                found.push((meant.len(), corrected));
            }
        }
    }
    found.sort_by_key(|(length, _)| std::cmp::Reverse(*length));
    found.into_iter().map(|(_, corrected)| corrected).take(SLIPS_MAX).collect()
}

/// The part of what was typed that is this word but for one slip; none where the word itself stands there, nor where all that
/// was typed stands in the word: then it is found as it is.
fn slip_in(typed: &[char], meant: &[char]) -> Option<std::ops::Range<usize>> {
    let stands_in =
        |part: &[char], whole: &[char]| whole.windows(part.len().max(1)).any(|window| window == part);
    if stands_in(meant, typed) || stands_in(typed, meant) {
        return None;
    }
    let swapped_pair = meant.len() == 2 && typed.len() == 2 && typed[0] == meant[1] && typed[1] == meant[0];
    if swapped_pair {
        return Some(0..2);
    }
    if meant.len() < SHORTEST {
        return None;
    }
    let lengths = [meant.len() + 1, meant.len(), meant.len() - 1];
    // A character left out at the end of a longer question is met by the word's beginning alone: only the whole counts.
    lengths.into_iter().find_map(|length| {
        let starts = 0..(typed.len() + 1).saturating_sub(length);
        let whole_only = length < meant.len();
        starts
            .filter(|_| !whole_only || length == typed.len())
            .find(|start| is_slip(&typed[*start..start + length], meant))
            .map(|start| start..start + length)
    })
}

/// Whether one is the other but for a single slip.
fn is_slip(part: &[char], meant: &[char]) -> bool {
    let same_before = part.iter().zip(meant).take_while(|(one, other)| one == other).count();
    let same_after =
        part.iter().rev().zip(meant.iter().rev()).take_while(|(one, other)| one == other).count();
    let (shorter, longer) = (part.len().min(meant.len()), part.len().max(meant.len()));
    if shorter < longer {
        return same_before + same_after >= shorter;
    }
    let differing = same_before..shorter - same_after.min(shorter - same_before);
    match differing.len() {
        1 => true,
        2 => {
            part[differing.start] == meant[differing.start + 1]
                && part[differing.start + 1] == meant[differing.start]
        }
        _ => false,
    }
}

//! What a text consists of, for the model: three blocks of hashed pieces with their counts.

use super::Text;
use crate::fold::fold;
use crate::sparse::{counted, hash};
use crate::words::{cut, runs};

/// Places a block has. A power of two, so that a hash finds its place by a mask.
pub(crate) const PLACES: u32 = 1 << 20;
/// Blocks, one behind the other: words, pairs of neighbouring words, runs of one to three characters.
pub(crate) const BLOCKS: usize = 3;
/// Longest run of characters that is a piece.
const LONGEST: usize = 3;
/// So often the head of a text counts besides its one time in the text: people say there what it is about.
const HEAD: f32 = 2.0;
/// Characters of the head where there is no title.
const HEAD_CHARS: usize = 24;

/// The pieces of a text with their counts, block by block, places rising.
#[derive(Debug, Clone)]
pub(crate) struct Pieces(pub(crate) [Vec<(u32, f32)>; BLOCKS]);

impl Pieces {
    pub(crate) fn of(text: Text<'_>) -> Self {
        let title = fold(text.title);
        let body = fold(text.body);
        let head = if title.trim().is_empty() { first(&body, HEAD_CHARS) } else { &title };
        let mut found = [const { Vec::new() }; BLOCKS];
        for (part, count) in [(head, HEAD), (&title, 1.0), (&body, 1.0)] {
            add(&mut found, part, count);
        }
        Self(found.map(counted))
    }
}

/// The title, or the beginning where there is none: all that is known while somebody is still typing.
pub(crate) fn head_of<'a>(text: Text<'a>) -> Text<'a> {
    let title = if text.title.trim().is_empty() { first(text.body, HEAD_CHARS) } else { text.title };
    Text { title, body: "" }
}

fn first(text: &str, chars: usize) -> &str {
    text.char_indices().nth(chars).map_or(text, |(end, _)| &text[..end])
}

fn add(found: &mut [Vec<(u32, f32)>; BLOCKS], folded: &str, count: f32) {
    let words = cut(folded);
    found[0].extend(words.iter().map(|word| (word_place(word), count)));
    found[1].extend(words.windows(2).map(|pair| (pair_place(pair[0], pair[1]), count)));
    for run in runs(folded) {
        each_run(run, |piece| found[2].push((run_place(piece), count)));
    }
}

/// Every run of one to three characters of an unbroken stretch.
pub(crate) fn each_run(stretch: &str, mut tell: impl FnMut(&str)) {
    let mut ends = [0; LONGEST + 1];
    let mut known = 1;
    for (at, one) in stretch.char_indices() {
        let end = at + one.len_utf8();
        if known > LONGEST {
            ends.rotate_left(1);
            known = LONGEST;
        }
        ends[known] = end;
        known += 1;
        for start in &ends[..known - 1] {
            tell(&stretch[*start..end]);
        }
    }
}

pub(crate) fn word_place(word: &str) -> u32 {
    place(0, hash(word.as_bytes(), 1))
}

fn pair_place(one: &str, next: &str) -> u32 {
    place(1, hash(next.as_bytes(), hash(one.as_bytes(), 2)))
}

pub(crate) fn run_place(run: &str) -> u32 {
    place(2, hash(run.as_bytes(), 3))
}

fn place(block: u32, hash: u64) -> u32 {
    // The cast keeps the low bits, which is what the mask wants.
    #[expect(clippy::cast_possible_truncation, reason = "masked to PLACES right after")]
    let low = hash as u32;
    block * PLACES + (low & (PLACES - 1))
}

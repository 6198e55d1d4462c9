//! Where in a text stands what was asked for, to be marked for the reader.

use super::question::{Question, Way};
use super::sounds::readings;
use super::tokens::{beginning, pairs};
use crate::fold::fold_char;
use std::ops::Range;

/// Before the first find so many characters are shown.
const BEFORE: usize = 12;

/// A piece of a text, marked or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// As written.
    pub text: String,
    /// Whether it is what was asked for.
    pub is_found: bool,
}

/// A character of the text, folded, and where it stands.
struct Place {
    folded: char,
    at: Range<usize>,
}

impl Question {
    /// The places of the text that were asked for, in bytes of the text as written, in their order and apart from each other.
    /// `with_sound` for titles, which are kept by sound too.
    pub fn spans(&self, text: &str, with_sound: bool) -> Vec<Range<usize>> {
        let places: Vec<Place> = text
            .char_indices()
            .filter_map(|(at, one)| Some(Place { folded: fold_char(one)?, at: at..at + one.len_utf8() }))
            .collect();
        let mut found: Vec<Range<usize>> = Vec::new();
        for way in self.words.iter().flat_map(|word| &word.ways) {
            let length = match way {
                Way::Letters(pieces) | Way::Initials(pieces) => pieces.len() + 1,
                Way::Begins(_) => 1,
                Way::Sounds { syllables, .. } => syllables.len(),
            };
            for part in places.windows(length) {
                if is_met(way, part, with_sound) {
                    found.push(part[0].at.start..part[length - 1].at.end);
                }
            }
        }
        found.sort_by_key(|span| (span.start, span.end));
        found.dedup_by(|later, kept| {
            let touches = later.start <= kept.end;
            if touches {
                kept.end = kept.end.max(later.end);
            }
            touches
        });
        found
    }

    /// The text in pieces, those asked for marked; where it is longer than so many characters, the part around the first find.
    pub fn excerpt(&self, text: &str, characters_max: usize, with_sound: bool) -> Vec<Piece> {
        let spans = self.spans(text, with_sound);
        let first = spans.first().map_or(0, |span| text[..span.start].chars().count());
        let count = text.chars().count();
        let from = if count <= characters_max {
            0
        } else {
            first.saturating_sub(BEFORE).min(count - characters_max)
        };
        let byte = |character: usize| text.char_indices().nth(character).map_or(text.len(), |(at, _)| at);
        let (start, end) = (byte(from), byte(from + characters_max));
        let mut pieces = Vec::new();
        let mut push = |text: &str, is_found| {
            if !text.is_empty() {
                pieces.push(Piece { text: text.to_owned(), is_found });
            }
        };
        push(if start > 0 { "…" } else { "" }, false);
        let mut at = start;
        for span in spans.iter().filter(|span| span.end > start && span.start < end) {
            let (from, until) = (span.start.max(start), span.end.min(end));
            push(&text[at..from], false);
            push(&text[from..until], true);
            at = until;
        }
        push(&text[at..end], false);
        push(if end < text.len() { "…" } else { "" }, false);
        pieces
    }
}

fn is_met(way: &Way, part: &[Place], with_sound: bool) -> bool {
    let is_run = part.iter().all(|place| place.folded.is_alphanumeric());
    let sounds = |place: &Place, fits: &dyn Fn(&str) -> bool| {
        readings(place.folded).iter().any(|reading| fits(reading))
    };
    match way {
        Way::Letters(pieces) => {
            let run: String = part.iter().map(|place| place.folded).collect();
            is_run && pairs(&run) == *pieces
        }
        Way::Begins(start) => is_run && beginning(part[0].folded) == *start,
        Way::Sounds { syllables, last_is_begun } => {
            let last = syllables.len() - 1;
            with_sound
                && part.iter().zip(syllables).enumerate().all(|(at, (place, syllable))| {
                    let is_begun = *last_is_begun && at == last;
                    sounds(place, &|reading| {
                        reading == syllable || is_begun && reading.starts_with(syllable.as_str())
                    })
                })
        }
        Way::Initials(pieces) => {
            let letters = pieces.first().into_iter().flat_map(|pair| pair.chars().take(1));
            let letters = letters.chain(pieces.iter().filter_map(|pair| pair.chars().nth(1)));
            with_sound
                && part
                    .iter()
                    .zip(letters)
                    .all(|(place, letter)| sounds(place, &|reading| reading.starts_with(letter)))
        }
    }
}

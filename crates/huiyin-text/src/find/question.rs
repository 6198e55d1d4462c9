//! A question: the words that must all be found, each in one way or another.

use super::sounds::{letter_pairs, readings, syllables_of};
use super::tokens::{beginning, pairs};
use crate::fold::fold;
use crate::words::runs;
use std::collections::HashMap;

/// So many characters of what was typed are read.
const LETTERS_MAX: usize = 60;
/// So many words.
const WORDS_MAX: usize = 8;
/// So many other words stand for one.
const OTHERS_MAX: usize = 6;

/// What is asked. Every word must be found in the same text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// In the order typed, each once.
    pub words: Vec<Word>,
}

/// An unbroken run of letters and digits of the question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Folded, as typed.
    pub typed: String,
    /// Other words of the school for the same, folded, that are asked for too.
    pub others: Vec<String>,
    /// Any one of these suffices.
    pub ways: Vec<Way>,
}

/// How a word may be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// These pieces of the text, one behind the other.
    Letters(Vec<String>),
    /// A piece that begins so.
    Begins(String),
    /// These syllables of a title, one behind the other.
    Sounds {
        /// Without tones.
        syllables: Vec<String>,
        /// Whether of the last only the beginning is known.
        last_is_begun: bool,
    },
    /// These pairs of first letters of a title's syllables, one behind the other.
    Initials(Vec<String>),
}

/// The school's words for the same: 空调、冷气.
#[derive(Clone, Debug, Default)]
pub struct Synonyms(HashMap<String, Vec<String>>);

impl Synonyms {
    /// From groups of words that mean the same. What is not one run of letters and digits is left out.
    pub fn of<'a, G: IntoIterator<Item = &'a str>>(groups: impl IntoIterator<Item = G>) -> Synonyms {
        let mut table: HashMap<String, Vec<String>> = HashMap::new();
        for group in groups {
            let folded: Vec<String> = group.into_iter().map(fold).collect();
            let whole: Vec<&String> = folded.iter().filter(|word| runs(word).eq([word.as_str()])).collect();
            for word in &whole {
                let others = whole.iter().filter(|other| other != &word).map(|other| (*other).clone());
                table.entry((*word).clone()).or_default().extend(others);
            }
        }
        Synonyms(table)
    }

    /// What may be written in place of this run: with each of its parts that has synonyms replaced by each of them.
    fn of_run(&self, run: &str) -> Vec<String> {
        let mut words: Vec<(&String, &Vec<String>)> =
            self.0.iter().filter(|(word, _)| run.contains(word.as_str())).collect();
        // The longest part first, so that 图书馆 is not taken for 图书; then by the letters, to be the same each time.
        words.sort_by(|one, other| other.0.len().cmp(&one.0.len()).then(one.0.cmp(other.0)));
        let mut found: Vec<String> = Vec::new();
        for (at, (word, others)) in words.iter().enumerate() {
            if words[..at].iter().any(|(longer, _)| longer.contains(word.as_str())) {
                continue;
            }
            for replaced in others.iter().map(|other| run.replace(word.as_str(), other)) {
                if replaced != run && !found.contains(&replaced) {
                    found.push(replaced);
                }
            }
        }
        found.truncate(OTHERS_MAX);
        found
    }
}

impl Question {
    /// Reads what was typed: its first 60 characters, of them the first eight words. Signs are spaces; nothing is an error.
    pub fn read(typed: &str, synonyms: &Synonyms) -> Question {
        let folded = fold(&typed.chars().take(LETTERS_MAX).collect::<String>());
        let mut words: Vec<Word> = Vec::new();
        for run in runs(&folded) {
            if words.len() < WORDS_MAX && words.iter().all(|word| word.typed != run) {
                words.push(Word::of(run, synonyms));
            }
        }
        Question { words }
    }

    /// Whether nothing is asked: only signs, or nothing at all.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Only what was typed, letter by letter: no other word, no sound.
    pub fn to_the_letter(&self) -> Question {
        let words = self.words.iter().map(|word| Word {
            others: Vec::new(),
            ways: letters(&word.typed).into_iter().collect(),
            typed: word.typed.clone(),
        });
        Question { words: words.collect() }
    }

    /// The same by sound, for words of at least two Chinese characters; `None` where that is nothing new.
    pub fn by_sound(&self) -> Option<Question> {
        let words: Vec<Word> =
            self.words.iter().map(|word| word.by_sound().unwrap_or(word.clone())).collect();
        (words != self.words).then_some(Question { words })
    }

    /// With one word typed otherwise.
    pub fn corrected(&self, typed: &str, otherwise: &str) -> Question {
        let words = self.words.iter().map(|word| {
            if word.typed == typed { Word::of(otherwise, &Synonyms::default()) } else { word.clone() }
        });
        Question { words: words.collect() }
    }
}

impl Word {
    fn of(run: &str, synonyms: &Synonyms) -> Word {
        let others = synonyms.of_run(run);
        let mut ways: Vec<Way> = letters(run).into_iter().collect();
        ways.extend(others.iter().filter_map(|other| letters(other)));
        if run.bytes().all(|letter| letter.is_ascii_lowercase()) {
            let spoken = syllables_of(run);
            if spoken.is_empty() && run.len() > 1 {
                ways.push(Way::Initials(letter_pairs(run)));
            }
            ways.extend(
                spoken
                    .into_iter()
                    .map(|syllables| Way::Sounds { last_is_begun: syllables.len() > 1, syllables }),
            );
        }
        Word { typed: run.to_owned(), others, ways }
    }

    fn by_sound(&self) -> Option<Word> {
        let heard: Vec<Vec<String>> = self.typed.chars().map(readings).collect();
        if heard.len() < 2 || heard.iter().any(Vec::is_empty) {
            return None;
        }
        let usual = heard.iter().map(|readings| readings[0].clone()).collect();
        let mut ways = self.ways.clone();
        ways.push(Way::Sounds { syllables: usual, last_is_begun: false });
        Some(Word { ways, ..self.clone() })
    }
}

fn letters(run: &str) -> Option<Way> {
    let mut characters = run.chars();
    match (characters.next(), characters.next()) {
        (None, _) => None,
        (Some(one), None) => Some(Way::Begins(beginning(one))),
        _ => Some(Way::Letters(pairs(run))),
    }
}

//! A question and its filters in the words of each engine's index. Every piece is of letters and digits, so that nothing typed
//! can be taken for a sign of the engine.

use super::Mark;
use crate::db::Engine;
use huiyin_text::find::{Question, Way, Word};

/// What is asked of a shelf.
#[derive(Clone, Debug, Default)]
pub struct Asking<'a> {
    question: Option<&'a Question>,
    titles: Titles,
    /// For each word the marks that stand for it.
    instead: Vec<Vec<Mark>>,
    marks: Vec<Vec<Mark>>,
    without: Vec<Mark>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Titles {
    #[default]
    Any,
    Only,
    Not,
}

/// The same in the words of one engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression(pub(super) String);

impl<'a> Asking<'a> {
    /// For these words; an empty question asks for everything that the filters let through.
    pub fn of(question: &'a Question) -> Asking<'a> {
        Asking { question: Some(question).filter(|question| !question.is_empty()), ..Asking::default() }
    }

    /// A word is also met by what bears one of these marks: a place that is called so.
    #[must_use]
    pub fn or_marked(self, of: impl Fn(&Word) -> Vec<Mark>) -> Asking<'a> {
        let words = self.question.iter().flat_map(|question| &question.words);
        Asking { instead: words.map(of).collect(), ..self }
    }

    /// Only what bears one of these marks.
    #[must_use]
    pub fn with(mut self, any: impl IntoIterator<Item = Mark>) -> Asking<'a> {
        self.marks.push(any.into_iter().collect());
        self
    }

    /// Nothing that bears this mark.
    #[must_use]
    pub fn without(mut self, mark: Mark) -> Asking<'a> {
        self.without.push(mark);
        self
    }

    /// Only what has every word in its title.
    #[must_use]
    pub fn in_titles(self) -> Asking<'a> {
        Asking { titles: Titles::Only, ..self }
    }

    /// Only what has not every word in its title.
    #[must_use]
    pub fn not_in_titles(self) -> Asking<'a> {
        Asking { titles: Titles::Not, ..self }
    }

    /// In the words of this engine; `None` when nothing is asked, or nothing can answer.
    pub fn in_words_of(&self, engine: Engine) -> Option<Expression> {
        if self.marks.iter().any(Vec::is_empty) {
            return None;
        }
        let speech = Speech(engine);
        let mut needed = Vec::new();
        if let Some(question) = self.question {
            needed.push(self.words(&speech, question, self.titles == Titles::Only)?);
        }
        let marks = self.marks.iter();
        needed.extend(marks.map(|any| speech.any(any.iter().map(|mark| speech.mark(mark)).collect())));
        if needed.is_empty() {
            return None;
        }
        let mut said = speech.all(needed);
        for mark in &self.without {
            said = speech.but(said, speech.mark(mark));
        }
        if let (Titles::Not, Some(question)) = (self.titles, self.question) {
            said = speech.but(said, self.words(&speech, question, true)?);
        }
        Some(Expression(said))
    }

    /// Every word, each in one of its ways.
    fn words(&self, speech: &Speech, question: &Question, only_titles: bool) -> Option<String> {
        let mut said = Vec::with_capacity(question.words.len());
        for (at, word) in question.words.iter().enumerate() {
            let mut ways: Vec<String> = word.ways.iter().map(|way| speech.way(way, only_titles)).collect();
            ways.extend(self.instead.get(at).into_iter().flatten().map(|mark| speech.mark(mark)));
            if ways.is_empty() {
                return None;
            }
            said.push(speech.any(ways));
        }
        Some(speech.all(said))
    }
}

impl Expression {
    /// For whatever holds this piece of the index in title or body.
    pub(super) fn holding(piece: &str, engine: Engine) -> Expression {
        Expression(Speech(engine).phrase(Field::Letters, &[piece.to_owned()], false))
    }
}

struct Speech(Engine);

impl Speech {
    fn way(&self, way: &Way, only_titles: bool) -> String {
        let letters = if only_titles { Field::Title } else { Field::Letters };
        match way {
            Way::Letters(pieces) => self.phrase(letters, pieces, false),
            Way::Begins(start) => self.phrase(letters, std::slice::from_ref(start), true),
            Way::Sounds { syllables, last_is_begun } => self.phrase(Field::Sounds, syllables, *last_is_begun),
            Way::Initials(pieces) => self.phrase(Field::Initials, pieces, false),
        }
    }

    fn mark(&self, mark: &Mark) -> String {
        self.phrase(Field::Marks, &[mark.written()], false)
    }

    /// These pieces one behind the other; of the last perhaps only its beginning.
    fn phrase(&self, field: Field, pieces: &[String], last_is_begun: bool) -> String {
        match self.0 {
            Engine::Sqlite => {
                let column = match field {
                    Field::Letters => "{title body}",
                    Field::Title => "title",
                    Field::Sounds => "sounds",
                    Field::Initials => "initials",
                    Field::Marks => "marks",
                };
                let begun = if last_is_begun { " *" } else { "" };
                format!("{column} : \"{}\"{begun}", pieces.join(" "))
            }
            Engine::Postgres => {
                let (front, weight) = match field {
                    Field::Letters => ("", ""),
                    Field::Title => ("", "A"),
                    Field::Sounds => ("s.", ""),
                    Field::Initials => ("i.", ""),
                    Field::Marks => ("m.", ""),
                };
                let last = pieces.len().saturating_sub(1);
                let lexemes = pieces.iter().enumerate().map(|(at, piece)| {
                    let begun = if last_is_begun && at == last { "*" } else { "" };
                    let colon = if weight.is_empty() && begun.is_empty() { "" } else { ":" };
                    format!("'{front}{piece}'{colon}{begun}{weight}")
                });
                format!("({})", lexemes.collect::<Vec<_>>().join(" <-> "))
            }
        }
    }

    fn any(&self, ways: Vec<String>) -> String {
        format!("({})", ways.join(if self.0 == Engine::Sqlite { " OR " } else { " | " }))
    }

    fn all(&self, needed: Vec<String>) -> String {
        format!("({})", needed.join(if self.0 == Engine::Sqlite { " AND " } else { " & " }))
    }

    fn but(&self, said: String, not: String) -> String {
        let between = if self.0 == Engine::Sqlite { "NOT" } else { "& !" };
        format!("({said} {between} {not})")
    }
}

#[derive(Clone, Copy)]
enum Field {
    Letters,
    Title,
    Sounds,
    Initials,
    Marks,
}

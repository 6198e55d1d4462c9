//! What staff ask of the store shelf: the words, the school's other words for them, the places that are called so, or a whole
//! number. Which of the cases they may see is said by the statement that this becomes part of.

use super::super::numbers::is_number;
use huiyin_domain::ids::CaseNo;
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::{Engine, Filter};
use huiyin_foundation::index::{self, Asking, Mark, Question, Synonyms, Word};

/// A question of staff.
#[derive(Clone, Debug)]
pub(crate) struct Typed {
    question: Question,
    number: Option<CaseNo>,
    places: Vec<(String, String)>,
}

impl Typed {
    /// Reads what was typed.
    pub fn read(typed: &str, policy: &Policy) -> Typed {
        let number = Some(typed.trim().to_uppercase()).filter(|number| is_number(number)).map(CaseNo);
        let places = policy.places.iter().flat_map(|place| {
            index::known_words([place.name.as_str()]).into_iter().map(|name| (name, place.id.0.clone()))
        });
        let question = Question::read(typed, &Synonyms::of(policy.search.groups()));
        Typed { question, number, places: places.collect() }
    }

    /// Whether signs alone were typed, or nothing.
    pub fn is_empty(&self) -> bool {
        self.question.is_empty()
    }

    /// The words, to be marked in what was found.
    pub fn question(&self) -> &Question {
        &self.question
    }

    /// The same by sound, where that is something new.
    pub fn by_sound(&self) -> Option<Typed> {
        let question = self.question.by_sound()?;
        Some(Typed { question, ..self.clone() })
    }

    /// The school's other words that are asked for too: 也找了：空调。
    pub fn others(&self) -> Option<String> {
        let others: Vec<&str> =
            self.question.words.iter().flat_map(|word| &word.others).map(String::as_str).collect();
        (!others.is_empty()).then(|| format!("也找了：{}。", others.join("、")))
    }

    /// Goes on with the condition that a row of `cases` answers. A whole number needs no index: a case that waits for its hour
    /// is found by it as well.
    #[must_use]
    pub fn among(&self, filter: Filter, engine: Engine) -> Filter {
        if let Some(number) = &self.number {
            return filter.sql("case_no = ").value(number);
        }
        let asking = Asking::of(&self.question).or_marked(|word| self.places_called(word));
        let Some(asked) = asking.in_words_of(engine) else { return filter.sql("1 = 0") };
        let filter = index::among_store(filter.sql("case_no in (select shelf_entries.key"), engine);
        index::matches_store(filter.sql("\n where "), engine, &asked).sql(")")
    }

    fn places_called(&self, word: &Word) -> Vec<Mark> {
        let called = self.places.iter().filter(|(name, _)| name.contains(word.typed.as_str()));
        called.map(|(_, place)| Mark::new('p', place)).collect()
    }
}

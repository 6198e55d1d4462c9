//! What is said along the way at the demonstration school: the texts of `words.toml`. What a plumber's visit calls for does
//! not fit a question about the rules, so most of it depends on the kind of matter.

use huiyin_domain::case::{Outcome, Satisfaction};
use huiyin_domain::ids::KindId;
use serde::Deserialize;

const WORDS: &str = include_str!("words.toml");

/// What is said along the way.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub(super) rooms: Vec<String>,
    pub(super) days: Vec<String>,
    pub(super) when: Vec<String>,
    pub(super) count: Vec<String>,
    fairly: Vec<String>,
    partly: Vec<String>,
    /// Taking it back.
    pub withdrawals: Vec<String>,
    /// Handing it on.
    pub transfers: Vec<String>,
    /// Putting right what the entrance got wrong.
    pub corrections: Vec<String>,
    /// Laying it before a leader.
    pub briefs: Vec<String>,
    /// Instructing.
    pub instructions: Vec<String>,
    /// Noting.
    pub notes: Vec<String>,
    /// Reminding.
    pub reminders: Vec<String>,
    /// Supervising.
    pub supervisions: Vec<String>,
    /// Not accepting what brings nothing new.
    pub declines: Vec<String>,
    /// Before the answer of a second round.
    pub(super) once_more: String,
    /// After an answer that settles a part.
    pub(super) rest_follows: String,
    repair: Manner,
    inquiry: Manner,
    other: Manner,
}

/// What is said of one kind of matter.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manner {
    /// Meanwhile, of a matter without words of its own.
    pub progress: Vec<String>,
    /// The answer when it cannot be done yet.
    pub cannot_yet: Vec<String>,
    satisfied: Vec<String>,
    dissatisfied: Vec<String>,
    /// Asking for another round.
    pub again: Vec<String>,
    /// Adding facts.
    pub supplements: Vec<String>,
    /// Urging.
    pub urges: Vec<String>,
    /// Handing it back as another unit's matter.
    pub send_backs: Vec<String>,
}

impl Words {
    /// Reads the words that come with the program.
    pub fn read() -> Words {
        toml::from_str(WORDS).expect("words.toml is read by a test")
    }

    /// How a kind of matter is spoken of.
    pub fn manner(&self, kind: &KindId) -> &Manner {
        match kind.as_str() {
            "repair" => &self.repair,
            "inquiry" => &self.inquiry,
            _ => &self.other,
        }
    }

    /// What somebody says with their judgement.
    pub fn judgement(
        &self,
        kind: &KindId,
        satisfaction: Satisfaction,
        outcome: Option<Outcome>,
    ) -> &[String] {
        match satisfaction {
            Satisfaction::Dissatisfied => &self.manner(kind).dissatisfied,
            _ if outcome == Some(Outcome::CannotYet) => &[],
            _ if outcome == Some(Outcome::Partly) => &self.partly,
            Satisfaction::Satisfied => &self.manner(kind).satisfied,
            Satisfaction::Fairly => &self.fairly,
        }
    }
}

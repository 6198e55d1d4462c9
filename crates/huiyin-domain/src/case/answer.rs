//! What an answer says, and what was said of it on the phone, before anything of it is decided.

use super::facts::{Outcome, Satisfaction, Solved, Visibility};
use super::submission::{PublicText, Shelving};
use crate::ids::{FileId, UnitId};

/// All that an answer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The words.
    pub words: String,
    /// What came of it.
    pub outcome: Outcome,
    /// For everybody, with the matter freed of personal data; none: for the requester only.
    pub public: Option<PublicText>,
    /// Attachments.
    pub files: Vec<FileId>,
    /// The plan and the day of review: with "cannot be done yet", and only then.
    pub shelving: Option<Shelving>,
    /// The answer for those whose cases came along; needed where the answer is for its own requester only.
    pub joined_words: String,
}

/// What the lead case was answered, as it goes to a case that is handled together with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeadsAnswer {
    /// The unit that answered the lead case.
    pub unit: UnitId,
    /// The words; they come along because the case holds none.
    pub words: String,
    /// What came of it.
    pub outcome: Outcome,
    /// Who may read it there.
    pub visibility: Visibility,
    /// Attachments that go along.
    pub files: Vec<FileId>,
}

/// What the requester said of an answer to somebody who called, in the order in which it is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Did anybody get in touch?
    pub contacted: Option<bool>,
    /// Solved?
    pub solved: Solved,
    /// Satisfied?
    pub satisfaction: Satisfaction,
    /// More words; may be empty.
    pub words: String,
    /// May matter and answer be shown to everybody? None: not said, as before.
    pub publish: Option<bool>,
}

//! What may be asked of a case. Words are imperative; the events that answer them are in the past tense.

use super::facts::*;
use crate::calendar::Day;
use crate::ids::{CategoryId, ChannelId, FileId, KindId, PersonId, PlaceId, UnitId};
use serde::{Deserialize, Serialize};

/// How pressing a matter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// 一般
    Normal,
    /// 加急: before midnight the same day (事不过夜).
    Urgent,
    /// 特急: danger; people are called, not only lists filled.
    Critical,
}

/// Where it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// From the list.
    pub id: Option<PlaceId>,
    /// Floor, room, corner: free form.
    pub room: String,
}

/// The matter as everybody may read it, personal data removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicText {
    /// One sentence.
    pub title: String,
    /// The matter; may be empty.
    pub body: String,
}

/// All that a new case says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// Kind, as the entrance pre-selected it.
    pub kind: KindId,
    /// Category, if chosen.
    pub category: Option<CategoryId>,
    /// One sentence.
    pub title: String,
    /// In detail; may be empty.
    pub body: String,
    /// Where.
    pub place: Place,
    /// How the requester is known.
    pub identity: Identity,
    /// Which way it came.
    pub channel: ChannelId,
    /// The requester or the registrar ticked "有人身危险".
    pub danger: bool,
    /// The requester agrees to a public answer.
    pub may_publish: bool,
    /// How to reach the requester. Dropped for an anonymous case.
    pub contact: String,
    /// On whose behalf staff registered it. Dropped for an anonymous case.
    pub on_behalf_of: String,
    /// Attachments, already kept.
    pub files: Vec<FileId>,
    /// The unit to which staff who register it give it at once: an officer their own, a clerk any (3.4).
    pub unit: Option<UnitId>,
}

/// What may be asked of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Bring in a new case; the only command on no case.
    Submit(Box<Submission>),
    /// Take it on without a unit yet.
    Accept,
    /// Give it to the unit whose matter it is (direct).
    Assign {
        /// Responsible unit.
        unit: UnitId,
    },
    /// Hand it to another unit.
    Transfer {
        /// Responsible unit.
        unit: UnitId,
        /// Assisting units.
        assisting: Vec<UnitId>,
        /// Why.
        reason: String,
    },
    /// Lay it before a leader.
    Escalate {
        /// Leader post.
        leader: String,
        /// One-page brief (拟办意见).
        brief: String,
    },
    /// The leader's instruction.
    Instruct {
        /// Responsible unit.
        unit: UnitId,
        /// Result wanted by the close of office hours of this day.
        until: Option<Day>,
        /// Key supervision.
        key: bool,
        /// The instruction.
        words: String,
    },
    /// The unit signs for it.
    SignFor,
    /// Somebody of the unit gives it to one of them (分给), who is named in the list from then on.
    Allot {
        /// Who is to handle it; that they belong to the unit is for the desk to see.
        officer: PersonId,
    },
    /// The unit hands it back.
    SendBack {
        /// Ground.
        ground: SendBackGround,
        /// Proposed unit.
        suggested: Option<UnitId>,
        /// Why.
        reason: String,
    },
    /// Interim words to the requester.
    ReportProgress {
        /// The words.
        words: String,
        /// Attachments.
        files: Vec<FileId>,
    },
    /// The answer with its result.
    Reply {
        /// The words.
        words: String,
        /// What came of it.
        outcome: Outcome,
        /// For everybody, with the matter freed of personal data; none: for the requester only.
        public: Option<PublicText>,
        /// Attachments.
        files: Vec<FileId>,
    },
    /// Internal note.
    Note {
        /// The words.
        words: String,
    },
    /// The requester adds facts.
    Supplement {
        /// The words.
        words: String,
        /// Attachments.
        files: Vec<FileId>,
    },
    /// The requester urges.
    Urge {
        /// Why.
        because: UrgeReason,
        /// More words.
        reason: String,
    },
    /// The requester judges.
    Rate {
        /// Did anybody get in touch?
        contacted: Option<bool>,
        /// Solved?
        solved: Solved,
        /// Satisfied?
        satisfaction: Satisfaction,
        /// What was not done well, as the policy words them.
        complaints: Vec<String>,
        /// More words.
        words: String,
        /// Please handle it again.
        reopen: bool,
    },
    /// The requester asks for another round later on.
    Reopen {
        /// Why.
        reason: String,
    },
    /// The requester takes it back.
    Withdraw {
        /// Why; may be empty.
        reason: String,
    },
    /// Do not accept it.
    Decline {
        /// Ground.
        ground: DeclineGround,
        /// What to tell the requester and where to go instead.
        words: String,
    },
    /// Put right what the entrance got wrong.
    Correct {
        /// Kind.
        kind: Option<KindId>,
        /// Category.
        category: Option<CategoryId>,
        /// Place.
        place: Option<PlaceId>,
        /// Urgency.
        urgency: Option<Urgency>,
        /// Why.
        reason: String,
    },
    /// Show it to everybody.
    Publish(PublicText),
    /// Take it off the public list.
    Unpublish {
        /// Why.
        reason: String,
    },
    /// A person reminds the unit.
    Remind {
        /// By which means and why.
        reason: String,
    },
    /// A person steps up supervision.
    Supervise {
        /// To whom.
        level: Level,
        /// Why.
        reason: String,
    },
    /// The clock looks at what has come due: reminders, missed promises, supervision, closing.
    NoteTime,
}

//! What some events say besides their name; stored flat, like the fields of the others.

use crate::calendar::{Day, Instant};
use crate::case::{LeakCause, Level, Promise, WorkMoment};
use crate::ids::{CaseNo, CategoryId, FileId, SquadId, UnitId};
use serde::{Deserialize, Serialize};

/// An order of supervision. What it promises is kept as it was issued, so that a later setting, calendar or duty changes no
/// paper that went out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupervisionOrder {
    /// To whom it goes now.
    pub level: Level,
    /// By when the unit answers it in writing; none where the school had set no time for that, and on older lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_by: Option<ReplyBy>,
    /// Who issued it; none on older lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<Issuer>,
}

impl SupervisionOrder {
    /// To this level; its terms are set as it is issued.
    pub fn to(level: Level) -> SupervisionOrder {
        SupervisionOrder { level, reply_by: None, issuer: None }
    }
}

/// The end of the time in which a unit answers an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyBy {
    /// The end of office hours of its last day.
    pub due: Instant,
    /// It may move: a day on the way lies in a year whose holidays were not announced.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub provisional: bool,
}

/// In whose name an order went out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Issuer {
    /// A unit: the one for which it was done; the coordinating office of that day for its clerks and for a rule.
    Unit(UnitId),
    /// A leader, by post.
    Leader(String),
    /// 纪检督办
    Supervisor,
}

/// The category that the school's own history speaks for, taken by the rule of the school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Classified {
    /// Which.
    pub category: CategoryId,
    /// By which version of what was learned.
    pub model: u32,
    /// How sure it was, in percent.
    pub share: u8,
    /// Running clocks that the category makes earlier; it never makes one later.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub promises: Vec<Promise>,
}

/// The clock reminded an assisting unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssistanceReminder {
    /// Which unit.
    pub unit: UnitId,
    /// Its due instant.
    pub due: Instant,
    /// Which step: hours before the limit.
    pub hours_before: u16,
}

/// A matter from outside, matched with what was raised inside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matched {
    /// The earlier case inside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier: Option<CaseNo>,
    /// Why it was raised outside.
    pub cause: LeakCause,
}

/// The opinion of an assisting unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinion {
    /// Which unit.
    pub unit: UnitId,
    /// Attachments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileId>,
}

/// Pictures from the place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pictured {
    /// Before or after the work.
    pub moment: WorkMoment,
    /// The pictures.
    pub files: Vec<FileId>,
}

/// The day of a part that is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartDay {
    /// On which it is expected.
    pub expected_on: Day,
}

/// Staff were asked to co-sign a proposal; who they are stands beside the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CosignersNamed {
    /// How many.
    pub count: u16,
}

/// One of those who were asked to co-sign has answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CosignAnswered {
    /// Which of all that were named, from 1.
    pub place: u16,
    /// Co-signs.
    pub consents: bool,
}

/// What becomes of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalSettled {
    /// Taken on as a proposal (立案); otherwise handled as a suggestion.
    pub is_filed: bool,
}

/// The unit hands the work at the place to a squad.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SquadCalled {
    /// Which squad.
    pub squad: SquadId,
}

/// The squad says what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkReported {
    /// It is done; otherwise the squad gives it back.
    pub is_done: bool,
    /// Pictures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileId>,
}

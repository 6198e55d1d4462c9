//! What some events say besides their name; stored flat, like the fields of the others.

use crate::calendar::{Day, Instant};
use crate::case::{LeakCause, WorkMoment};
use crate::ids::{CaseNo, FileId, SquadId, UnitId};
use serde::{Deserialize, Serialize};

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

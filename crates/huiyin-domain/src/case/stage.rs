//! The nine stages (architecture: transfers, extensions and reminders leave marks, they are not stages).

use serde::{Deserialize, Serialize};

/// Where a case stands. Closed never means solved: whether it is solved only the requester says, in the rating.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Received; nobody has accepted it yet. 已提交
    Submitted,
    /// Accepted by the coordinating office, no unit yet, or back from one. 已受理
    Accepted,
    /// With a unit. 办理中
    Assigned,
    /// The unit has given its result; the requester is asked. 已答复
    Replied,
    /// The requester has judged. 已评价
    Rated,
    /// Closed for changes. 已归档
    Archived,
    /// Not accepted, with a typed ground and where to go instead. 不予受理
    Declined,
    /// Taken back by the requester. 已撤回
    Withdrawn,
    /// Handled together with another case. 已并案
    Merged,
}

impl Stage {
    /// All stages in the order of a case's life.
    pub const ALL: [Stage; 9] = [
        Stage::Submitted,
        Stage::Accepted,
        Stage::Assigned,
        Stage::Replied,
        Stage::Rated,
        Stage::Archived,
        Stage::Declined,
        Stage::Withdrawn,
        Stage::Merged,
    ];

    /// Somebody still owes the requester an answer.
    pub fn is_open(self) -> bool {
        matches!(self, Stage::Submitted | Stage::Accepted | Stage::Assigned)
    }

    /// The stored and machine-readable word.
    pub fn word(self) -> &'static str {
        match self {
            Stage::Submitted => "submitted",
            Stage::Accepted => "accepted",
            Stage::Assigned => "assigned",
            Stage::Replied => "replied",
            Stage::Rated => "rated",
            Stage::Archived => "archived",
            Stage::Declined => "declined",
            Stage::Withdrawn => "withdrawn",
            Stage::Merged => "merged",
        }
    }
}

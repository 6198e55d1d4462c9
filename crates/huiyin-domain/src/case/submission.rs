//! What a new case says, and the texts that may be shown to everybody.

use super::facts::Identity;
use crate::calendar::{Day, Instant};
use crate::ids::{CaseNo, CategoryId, ChannelId, FileId, KindId, PlaceId, UnitId};
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
    /// The number it bears outside the school, for what came from a hotline or an authority (1.8).
    pub outside_no: String,
    /// The units complained of: they never see the case.
    pub about: Vec<UnitId>,
    /// The case it is split off from.
    pub split_from: Option<Origin>,
}

/// The case from which another is split off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Its number.
    pub no: CaseNo,
    /// When its matter came in, be it with the case from which it was itself split off: the limits of the new case count from
    /// there, so that splitting never wins time, however often.
    pub matter_since: Instant,
    /// It is kept from the public; so is what is split off.
    pub restricted: bool,
}

/// What is planned for a matter that cannot be done yet (挂账).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelving {
    /// What is planned, in words.
    pub plan: String,
    /// The day by which it is looked at again.
    pub review_on: Day,
}

/// What the school's own history proposes for a case, with what the rule must know of it (3.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Learned {
    /// The category.
    pub category: CategoryId,
    /// By which version of what was learned.
    pub model: u32,
    /// How sure it is, in percent, as held out cases have shown.
    pub share: u8,
    /// So many confirmed cases it was learned from.
    pub confirmed: u32,
    /// The words of the case that spoke for it.
    pub words: Vec<String>,
    /// All that was written in the case: words of danger are looked for once more.
    pub text: String,
}

//! What happened to a case. The stored form is frozen by `events.json`: a field may be added with a default, never renamed.

use super::facts::*;
use crate::calendar::{Day, Instant};
use crate::ids::{CategoryId, ChannelId, FileId, KindId, PersonId, PlaceId, UnitId};
use serde::{Deserialize, Serialize};

/// One line of a case's record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// Place in the case's record, from 1.
    pub seq: u32,
    /// When it was recorded. For an anonymous requester's own acts, floored to the hour.
    pub at: Instant,
    /// Who did it.
    pub by: By,
    /// What happened.
    pub event: Event,
}

/// Who did it, as the record keeps it. A requester is never named in the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "who", rename_all = "snake_case")]
pub enum By {
    /// The requester, or the holder of the receipt code.
    Requester,
    /// A member of staff, in the unit for which the act was done.
    Staff {
        /// Who.
        person: PersonId,
        /// For which unit; none for a leader, supervisor or administrator.
        unit: Option<UnitId>,
    },
    /// The program, at a promised time.
    Clock,
    /// The program, by a dispatch rule of the school.
    Rule,
}

/// Who is asking, with all the rights that may matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Holder of the receipt code of this very case, or its requester by account.
    Requester,
    /// A member of staff with their duties.
    Staff {
        /// Who.
        person: PersonId,
        /// What they may do and where.
        duties: Vec<crate::access::Duty>,
    },
    /// The program, at a promised time.
    Clock,
    /// The program, by a dispatch rule of the school.
    Rule,
}

/// A piece of free text or a personal datum that belongs to one event but is kept beside it, erasable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// What it is.
    pub kind: TextKind,
    /// The words.
    pub words: String,
}

/// What a text beside an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextKind {
    /// One sentence that says the matter.
    Title,
    /// The matter in detail.
    Body,
    /// Floor and room, free form.
    Room,
    /// How to reach the requester; never present on an anonymous case.
    Contact,
    /// The words of a reply, an interim report, a supplement, an instruction, a brief.
    Words,
    /// Why.
    Reason,
    /// The title shown to the public, personal data removed.
    PublicTitle,
    /// The text shown to the public, personal data removed.
    PublicBody,
    /// On whose behalf a walk-in or phone call was registered (name as given).
    OnBehalfOf,
}

impl TextKind {
    /// The stored word.
    pub fn word(self) -> &'static str {
        match self {
            TextKind::Title => "title",
            TextKind::Body => "body",
            TextKind::Room => "room",
            TextKind::Contact => "contact",
            TextKind::Words => "words",
            TextKind::Reason => "reason",
            TextKind::PublicTitle => "public_title",
            TextKind::PublicBody => "public_body",
            TextKind::OnBehalfOf => "on_behalf_of",
        }
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// The case came in. Texts: title, body, room, contact, on_behalf_of.
    Submitted {
        /// Kind.
        kind: KindId,
        /// Category, when the requester or the register knew it.
        category: Option<CategoryId>,
        /// Place picked from the list.
        place: Option<PlaceId>,
        /// How the requester is known.
        identity: Identity,
        /// Which way it came.
        channel: ChannelId,
        /// How pressing.
        urgency: super::Urgency,
        /// Touches safety: kept from ordinary lists and from the public (1.7).
        restricted: bool,
        /// The requester agrees to a public answer, as they said it; a restricted case is kept from the public all the same.
        may_publish: bool,
        /// Attachments.
        files: Vec<FileId>,
        /// The version of the school's settings that the promises come from.
        policy_version: u32,
        /// Promised at once.
        promises: Vec<Promise>,
    },
    /// The coordinating office, or a rule, took it on.
    Accepted {
        /// The result clock of the direct route starts here.
        promises: Vec<Promise>,
    },
    /// Given to the unit whose matter it is (直接办理).
    Assigned {
        /// The responsible unit from now on.
        unit: UnitId,
        /// The result clock of the direct route, counted from acceptance, when the case has been on another route.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        promises: Vec<Promise>,
    },
    /// Handed to another unit (转办). Texts: reason.
    Transferred {
        /// The responsible unit from now on.
        unit: UnitId,
        /// Units that assist (协办).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        assisting: Vec<UnitId>,
        /// The result clock of the transfer route, counted from acceptance.
        promises: Vec<Promise>,
    },
    /// Laid before a leader (呈办). Texts: words (the brief).
    Escalated {
        /// Which leader post, as the policy names it.
        leader: String,
        /// The result clock of the refer route, counted from acceptance.
        promises: Vec<Promise>,
    },
    /// The leader's instruction (批示). Texts: words.
    Instructed {
        /// Which leader post.
        leader: String,
        /// The responsible unit from now on.
        unit: UnitId,
        /// The day by which the leader wants the result.
        until: Option<Day>,
        /// 重点督办
        key: bool,
        /// The result clock when the leader set a day.
        promises: Vec<Promise>,
    },
    /// The unit signed for it (签收).
    SignedFor {},
    /// Given to somebody of the unit, who handles it from now on (分给).
    Allotted {
        /// Who.
        officer: PersonId,
    },
    /// The unit hands it back to the coordinating office (退单). Texts: reason.
    SentBack {
        /// Typed ground.
        ground: SendBackGround,
        /// Which unit it proposes.
        suggested: Option<UnitId>,
    },
    /// The coordinating office takes it back from the unit: it has become a protected matter, and may be about that very
    /// unit.
    TakenBack {},
    /// Interim report to the requester (阶段反馈). Texts: words.
    ProgressReported {
        /// Attachments.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<FileId>,
    },
    /// The unit's answer with its result. Texts: words.
    Replied {
        /// What came of it.
        outcome: Outcome,
        /// Who may read it.
        visibility: Visibility,
        /// Attachments.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<FileId>,
    },
    /// Internal note, never shown to the requester. Texts: words.
    Noted {},
    /// The requester added facts; clocks run on. Texts: words.
    Supplemented {
        /// Attachments.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        files: Vec<FileId>,
    },
    /// The requester urged (催一催). Texts: reason.
    Urged {
        /// Why.
        because: UrgeReason,
    },
    /// The requester judged. Texts: words.
    Rated {
        /// Did anybody get in touch?
        contacted: Option<bool>,
        /// Solved?
        solved: Solved,
        /// Satisfied?
        satisfaction: Satisfaction,
        /// What was not done well.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        complaints: Vec<String>,
    },
    /// Opened again for another round. Texts: reason.
    Reopened {
        /// Which round begins, from 2.
        round: u32,
        /// Opened by the program because the requester said "not solved".
        automatic: bool,
        /// Clocks of the new round.
        promises: Vec<Promise>,
    },
    /// The requester took it back. Texts: reason.
    Withdrawn {},
    /// Not accepted. Texts: words (what and where to go instead).
    Declined {
        /// Typed ground.
        ground: DeclineGround,
    },
    /// Kind, category, place or urgency put right (3.5). Texts: reason.
    Corrected {
        /// New kind.
        kind: Option<KindId>,
        /// New category.
        category: Option<CategoryId>,
        /// New place.
        place: Option<PlaceId>,
        /// New urgency.
        urgency: Option<super::Urgency>,
        /// The new kind or category is a protected one: from now on kept from the public.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        restricted: bool,
    },
    /// Shown on the public list. Texts: public_title, public_body.
    Published {},
    /// Taken off the public list. Texts: reason.
    Unpublished {},
    /// The clock reminded the unit before the limit (催办).
    Reminded {
        /// For which clock.
        clock: Clock,
        /// Its due instant, so that one promise is reminded of once per step.
        due: Instant,
        /// Which step: hours before the limit.
        hours_before: u16,
    },
    /// A person reminded the unit, by phone, on paper or here (人工催办). Texts: reason.
    RemindedByHand {},
    /// A promise was not kept. Recorded once, by the clock.
    DeadlineMissed {
        /// Which clock.
        clock: Clock,
        /// The promise that was missed.
        due: Instant,
    },
    /// Supervision stepped up (督办). Texts: reason.
    Supervised {
        /// To whom it goes now.
        level: Level,
    },
    /// Closed for changes; not a word on whether it is solved.
    Archived {
        /// The requester had answered the follow-up.
        rated: bool,
    },
}

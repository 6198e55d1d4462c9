//! The lines of a case's record: who did it, when, and the texts that travel beside it.

use super::Event;
use crate::calendar::Instant;
use crate::ids::{PersonId, UnitId};
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
    /// Somebody who was asked to co-sign; who that is stands beside the record.
    Cosigner {
        /// Which of all that were named, from 1.
        place: u16,
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
    /// Somebody who was asked to co-sign this very case.
    Cosigner {
        /// Which of all that were named, from 1.
        place: u16,
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
    /// What is planned for a matter that cannot be done yet.
    Plan,
    /// The answer for those whose cases are handled together with this one.
    JoinedWords,
    /// The number that a matter from a hotline or an authority bears there.
    OutsideNo,
    /// Who was asked to co-sign, one on each line.
    Cosigners,
}

impl TextKind {
    /// All kinds of text.
    pub const ALL: [TextKind; 12] = [
        TextKind::Title,
        TextKind::Body,
        TextKind::Room,
        TextKind::Contact,
        TextKind::Words,
        TextKind::Reason,
        TextKind::PublicTitle,
        TextKind::PublicBody,
        TextKind::OnBehalfOf,
        TextKind::Plan,
        TextKind::OutsideNo,
        TextKind::Cosigners,
    ];

    /// The kind of a stored word.
    pub fn from_word(word: &str) -> Option<TextKind> {
        TextKind::ALL.into_iter().find(|kind| kind.word() == word)
    }

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
            TextKind::Plan => "plan",
            TextKind::JoinedWords => "joined_words",
            TextKind::OutsideNo => "outside_no",
            TextKind::Cosigners => "cosigners",
        }
    }
}

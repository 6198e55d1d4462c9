//! What is taken away when the time for keeping a case is over (5.6, 10.5), and when that is. The record stays: what is
//! taken away are the texts beside it, the files, and the way back to the requester.

use super::record::TextKind;
use super::{Case, Event, Stage, Visibility};
use crate::calendar::{Day, Instant};
use crate::policy::Policy;
use serde::{Deserialize, Serialize};

/// A step of removal. Each takes what the ones before it take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Removal {
    /// How to reach the requester.
    Contact,
    /// Who the requester is: afterwards it is nobody's case.
    Requester,
    /// All words and files, except what everybody can read.
    Words,
}

impl Removal {
    /// The steps in their order.
    pub const ALL: [Removal; 3] = [Removal::Contact, Removal::Requester, Removal::Words];

    /// The stored word.
    pub fn word(self) -> &'static str {
        match self {
            Removal::Contact => "contact",
            Removal::Requester => "requester",
            Removal::Words => "words",
        }
    }

    /// The step of a stored word.
    pub fn from_word(word: &str) -> Option<Removal> {
        Removal::ALL.into_iter().find(|step| step.word() == word)
    }

    /// Whether this step takes a text of this kind beside this event. What everybody reads at that moment bears no name and
    /// stays; what was once written for everybody and is shown no longer goes.
    pub fn takes(self, event: &Event, kind: TextKind, is_published: bool) -> bool {
        let is_shown = is_published && is_for_everybody(event, kind);
        match kind {
            TextKind::Contact => true,
            TextKind::OnBehalfOf | TextKind::Cosigners | TextKind::OutsideNo => self >= Removal::Requester,
            _ => self == Removal::Words && !is_shown,
        }
    }
}

/// Whether a text of this kind beside this event was written for everybody to read. Of a case whose words are removed it is
/// kept only as long as it is shown.
pub fn is_for_everybody(event: &Event, kind: TextKind) -> bool {
    matches!(
        (kind, event),
        (TextKind::PublicTitle | TextKind::PublicBody, Event::Published {})
            | (TextKind::Words, Event::Replied { visibility: Visibility::Public, .. })
    )
}

/// The day from which a step may be taken; `None` while the case is not over, while something of it is still watched, and
/// where the school keeps such cases for good. A complaint about the handling after the end begins the time anew.
pub fn kept_until(case: &Case, step: Removal, policy: &Policy) -> Option<Day> {
    let is_over = matches!(case.stage, Stage::Archived | Stage::Declined | Stage::Withdrawn);
    if !is_over || case.shelved.is_some() || case.unsolved_since().is_some() {
        return None;
    }
    let days = policy.retention_of(&case.kind, case.category.as_ref())?.days(step)?;
    let over_since = case.ended_at?.max(case.complained_at.unwrap_or(Instant(i64::MIN)));
    Some((0..days).fold(over_since.day(), |day, _| day.next()))
}

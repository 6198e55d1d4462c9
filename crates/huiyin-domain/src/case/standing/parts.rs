//! The parts of a case that are more than a word: what assists, waits, lies before somebody or came along.

use super::super::Stage;
use super::super::facts::{Outcome, Visibility};
use super::Case;
use crate::calendar::{Day, Instant};
use crate::ids::{CaseNo, CategoryId, FileId, KindId, PersonId, SquadId, UnitId};

/// What is asked of an assisting unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Assistance {
    /// The unit.
    pub unit: UnitId,
    /// When it was asked.
    pub asked_at: Instant,
    /// Until when its opinion is wanted.
    pub due: Instant,
    /// Called by the whistle.
    pub is_whistle: bool,
    /// When it first gave its opinion.
    pub answered_at: Option<Instant>,
    /// Hours before the limit at which it was reminded.
    pub reminded: Vec<u16>,
    /// It gave none in time, and that is on the record.
    pub is_missed: bool,
}

/// A complaint about the handling that waits for its answer (5.4).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Complaint {
    /// Until when it is answered.
    pub due: Instant,
    /// It is about the coordinating office itself: whoever stands above it answers.
    pub is_about_office: bool,
    /// Nobody answered in time, and that is on the record.
    pub is_missed: bool,
}

/// Under what a judgement was counted that somebody took down on the phone.
#[derive(Clone, Debug, PartialEq)]
pub struct Phoned {
    /// The responsible unit then.
    pub unit: Option<UnitId>,
    /// Kind.
    pub kind: KindId,
    /// Category, if known.
    pub category: Option<CategoryId>,
    /// It became a rate.
    pub is_counted: bool,
}

/// How a case stood when it was merged into another; all else stays in the case as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Merger {
    /// The lead case.
    pub into: CaseNo,
    /// When.
    pub at: Instant,
    /// The stage to which it goes back.
    pub stage: Stage,
}

/// A lead case as far as merging looks at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    /// Its number.
    pub no: CaseNo,
    /// Kind.
    pub kind: KindId,
    /// Category, once known.
    pub category: Option<CategoryId>,
    /// Where it stands.
    pub stage: Stage,
    /// Kept from ordinary lists.
    pub restricted: bool,
    /// Units kept away from it.
    pub recused: Vec<UnitId>,
    /// Somebody is in danger.
    pub is_crisis: bool,
}

impl Lead {
    /// What merging looks at.
    pub fn of(no: CaseNo, case: &Case) -> Lead {
        Lead {
            no,
            kind: case.kind.clone(),
            category: case.category.clone(),
            stage: case.stage,
            restricted: case.restricted,
            recused: case.recused.clone(),
            is_crisis: case.is_crisis(),
        }
    }
}

/// How somebody who was asked to co-sign has answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cosigning {
    /// Not yet.
    Asked,
    /// Co-signs.
    Consents,
    /// Does not.
    Declines,
}

/// What happens at the place, since the present unit has the case in the present round.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FieldWork {
    /// When somebody came there last.
    pub arrived_at: Option<Instant>,
    /// The day on which a missing part is expected.
    pub part_on: Option<Day>,
    /// That day has come, and that is on the record.
    pub is_part_due: bool,
    /// The volunteer squad that has the work.
    pub squad: Option<SquadWork>,
}

/// The work of a volunteer squad.
#[derive(Clone, Debug, PartialEq)]
pub struct SquadWork {
    /// Which squad.
    pub squad: SquadId,
    /// When it said that it was done.
    pub done_at: Option<Instant>,
}

/// On the list of what cannot be done yet (挂账).
#[derive(Clone, Debug, PartialEq)]
pub struct Shelf {
    /// Since when.
    pub since: Instant,
    /// The day by which it is looked at again.
    pub review_on: Day,
    /// Nobody did, and that is on the record.
    pub is_missed: bool,
    /// The unit says that it can be struck off.
    pub is_strike_off_asked: bool,
}

/// An answer that lies before the head of the unit. Its words are kept beside the event.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposed {
    /// The line of the record that holds it, by which its texts are found.
    pub seq: u32,
    /// Who wrote it.
    pub by: Option<PersonId>,
    /// What came of it.
    pub outcome: Outcome,
    /// Who shall read it.
    pub visibility: Visibility,
    /// Attachments.
    pub files: Vec<FileId>,
    /// The day of review, when it cannot be done yet.
    pub review_on: Option<Day>,
}

/// A time during which the result clock stood still.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wait {
    /// When the requester was asked.
    pub from: Instant,
    /// When it went on.
    pub until: Instant,
}

//! A step of a case at the demonstration school: when, by whom, and what.

use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{Command, WorkMoment};

/// Who does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// Whoever brought the case.
    Requester,
    /// A clerk of the coordinating office.
    Clerk,
    /// An officer of the responsible unit.
    Officer,
    /// The leader before whom it lies.
    Leader,
    /// Discipline inspection.
    Supervisor,
    /// A member of the squad that has it.
    Volunteer,
    /// Whoever was asked to co-sign, in this place.
    Cosigner(u16),
}

/// What somebody does: a command, or what becomes one only where it is done.
#[derive(Clone, Debug)]
pub enum Doing {
    /// This.
    Command(Command),
    /// Ask so many colleagues to co-sign.
    Invite(usize),
    /// Take a picture of the place.
    Picture(WorkMoment),
    /// Hand it to a squad, with these words.
    CallSquad(String),
}

/// What is done next.
#[derive(Clone, Debug)]
pub struct Step {
    /// When.
    pub at: Instant,
    /// By whom.
    pub hand: Hand,
    /// What.
    pub doing: Doing,
}

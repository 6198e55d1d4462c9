//! What a school has set: the knobs. Every number in a rule comes from here, with the clause it quotes; none is a constant in code.
//!
//! A preset (TOML) becomes the first version; later versions are made in the browser and kept whole, so that a promise
//! can name the version it came from. `parse` names file, line and reason of every bad value and unknown key;
//! `explain` says a policy back in Chinese prose.

use crate::calendar::Term;
use serde::Serialize;

mod check;
mod conduct;
mod explain;
mod find;
mod organisation;
mod parse;
mod propose;
mod retention;
mod statutory;
mod words;

pub use conduct::{
    Answering, Asking, Assisting, Attachments, Board, Extension, HandlingComplaints, Limit, Merging, Phone,
    Proposals, Rating, Rung, Safety, Search, SecondLook, SendingBack, Shelving, Supervision, Urging,
    Warnings,
};
pub use explain::{explain, long_time, retention_whose};
pub use find::can_be_dialled;
pub use organisation::{
    Audience, ByPlace, Category, Channel, Kind, Leader, Office, Place, School, Squad, Unit,
};
pub use parse::{parse, to_toml};
pub use propose::{Proposal, crisis_hits, propose, urgent_hits};
pub use retention::{Retention, RetentionRule};
pub use statutory::{ExtensionBy, OutcomeWords, Statutory};

/// One version of a school's settings, as checked.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Policy {
    /// Names and numbers shown to people.
    pub school: School,
    /// Office hours; a limit in working days ends at their close.
    pub office: Office,
    /// Entrances.
    pub kinds: Vec<Kind>,
    /// The organisation.
    pub units: Vec<Unit>,
    /// Leader posts.
    pub leaders: Vec<Leader>,
    /// The dispatch catalogue.
    pub categories: Vec<Category>,
    /// Volunteer squads; a school may have none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub squads: Vec<Squad>,
    /// The register of channels.
    pub channels: Vec<Channel>,
    /// Buildings and areas.
    pub places: Vec<Place>,
    /// Time limits; for each clock the first rule that fits holds.
    pub limits: Vec<Limit>,
    /// Reminders and the ladder of supervision.
    pub supervision: Supervision,
    /// Handing back.
    pub sending_back: SendingBack,
    /// Units that assist.
    pub assisting: Assisting,
    /// Handling several cases together.
    pub merging: Merging,
    /// What is proposed from the school's own history.
    pub proposals: Proposals,
    /// More time for the result.
    pub extension: Extension,
    /// Waiting for the requester.
    pub asking: Asking,
    /// The list of what cannot be done yet.
    pub shelving: Shelving,
    /// Answering.
    pub answering: Answering,
    /// Judging the answer.
    pub rating: Rating,
    /// Urging.
    pub urging: Urging,
    /// Complaints about the handling.
    pub handling_complaints: HandlingComplaints,
    /// Attachments.
    pub attachments: Attachments,
    /// Words and numbers of the safety rule.
    pub safety: Safety,
    /// What the public board shows.
    pub board: Board,
    /// Noticing early what many speak of.
    pub warnings: Warnings,
    /// Finding by words.
    pub search: Search,
    /// How long what is kept.
    pub retention: Retention,
    /// Terms of the school.
    pub terms: Vec<Term>,
    /// Procedures with a body and a clock of their own by law; for each case the first that fits.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub statutory: Vec<Statutory>,
}

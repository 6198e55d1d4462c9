//! The life of a case: what may be asked ([`Command`]), what happened ([`Event`]), how it stands ([`Case`]).
//!
//! [`decide()`] turns a command into events or refuses it with the clause; [`apply()`] folds events into the case.
//! Free text never enters an event: it travels beside it as [`Text`]s, so that erasing a text never breaks the record.

mod answer;
mod apply;
mod command;
mod decide;
pub mod due;
mod event;
mod facts;
mod notified;
mod papers;
mod payload;
mod record;
mod refusal;
mod removal;
mod stage;
mod standing;
mod submission;
mod tally;
mod time;
pub mod together;

pub use answer::{Answer, LeadsAnswer, Said};
pub use apply::{apply, fold};
pub use command::Command;
pub use decide::{Ctx, Draft, decide, latest_extension, latest_review, recorded_at};
pub use event::Event;
pub use facts::{
    Answerer, Clock, ClockCalendar, ComplaintEnd, DeclineGround, HandlingComplaint, Identity, LeakCause,
    Level, Lifting, Means, Outcome, Promise, Route, Satisfaction, SendBackGround, Solved, Succession,
    UrgeReason, Visibility, WorkMoment,
};
pub use notified::{Audience, notified};
pub use papers::orders;
pub use payload::{
    AssistanceReminder, Classified, CosignAnswered, CosignersNamed, Issuer, Matched, Opinion, PartDay,
    Pictured, ProposalSettled, ReplyBy, SquadCalled, SupervisionOrder, WorkReported,
};
pub use record::{Actor, By, Recorded, Text, TextKind};
pub use refusal::{ANOTHER_DAY, Refusal};
pub use removal::{Removal, is_for_everybody, kept_until};
pub use stage::Stage;
pub use standing::{
    Assistance, Case, Complaint, Cosigning, FieldWork, Lead, Merger, Phoned, Proposed, Round, Shelf,
    SquadWork, Wait,
};
pub use submission::{Learned, Origin, Place, PublicText, Shelving, Submission, Urgency};
pub use tally::{Added, Measure, Tally, moved_away, tally};
pub use time::next_check;

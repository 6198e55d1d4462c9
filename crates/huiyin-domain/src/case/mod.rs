//! The life of a case: what may be asked ([`Command`]), what happened ([`Event`]), how it stands ([`Case`]).
//!
//! [`decide()`] turns a command into events or refuses it with the clause; [`apply()`] folds events into the case.
//! Free text never enters an event: it travels beside it as [`Text`]s, so that erasing a text never breaks the record.

mod apply;
mod command;
mod decide;
pub mod due;
mod event;
mod facts;
mod refusal;
mod stage;
mod tally;
mod time;

pub use apply::{Case, Round, apply, fold};
pub use command::{Command, Place, PublicText, Submission, Urgency};
pub use decide::{Ctx, Draft, decide, recorded_at};
pub use event::{Actor, By, Event, Recorded, Text, TextKind};
pub use facts::{
    Clock, ClockCalendar, DeclineGround, Identity, Level, Outcome, Promise, Route, Satisfaction,
    SendBackGround, Solved, UrgeReason, Visibility,
};
pub use refusal::Refusal;
pub use stage::Stage;
pub use tally::{Measure, Tally, tally};
pub use time::next_check;

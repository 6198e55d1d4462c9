//! The life of a case: what may be asked ([`Command`]), what happened ([`Event`]), how it stands (`Case`).
//!
//! `decide` turns a command into events or refuses it with the clause; `apply` folds events into the case.
//! Free text never enters an event: it travels beside it as [`Text`]s, so that erasing a text never breaks the record.

mod command;
pub mod due;
mod event;
mod stage;

pub use command::{Command, Place, Submission, Urgency};
pub use event::{Actor, By, Clock, ClockCalendar, DeclineGround, Event, Identity, Level, Outcome, Promise, Recorded, Route, Satisfaction, SendBackGround, Solved, Text, TextKind, UrgeReason, Visibility};
pub use stage::Stage;

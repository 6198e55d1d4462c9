//! The papers that come with an event, and those that are made out of the record.

use super::{Event, Recorded};
use crate::ids::FileId;

impl Event {
    /// The papers that came with it.
    pub fn files(&self) -> &[FileId] {
        match self {
            Event::Submitted { files, .. }
            | Event::ProgressReported { files, .. }
            | Event::Replied { files, .. }
            | Event::ReplyProposed { files, .. }
            | Event::Supplemented { files } => files,
            Event::OpinionGiven(opinion) => &opinion.files,
            Event::FieldPictured(pictured) => &pictured.files,
            Event::WorkReported(report) => &report.files,
            _ => &[],
        }
    }
}

/// The orders of supervision (督办单) that a record makes out, in their order: each step up is one, by a rule or by hand, and
/// the last is in force (4.6). A case that was never supervised has none.
pub fn orders(record: &[Recorded]) -> impl Iterator<Item = &Recorded> {
    record.iter().filter(|line| matches!(line.event, Event::Supervised(_)))
}

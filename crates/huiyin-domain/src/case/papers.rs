//! The papers that come with an event.

use super::Event;
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

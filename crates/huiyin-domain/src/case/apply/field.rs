//! What happened at the place.

use crate::calendar::Instant;
use crate::case::standing::SquadWork;
use crate::case::{Case, Event};

/// Folds one event from the place; any other changes nothing.
pub(super) fn fold(case: &mut Case, event: &Event, at: Instant) {
    match event {
        // Whoever comes again has the part, or looks for himself.
        Event::FieldArrived {} => {
            case.field.arrived_at = Some(at);
            (case.field.part_on, case.field.is_part_due) = (None, false);
        }
        Event::PartAwaited(part) => {
            (case.field.part_on, case.field.is_part_due) = (Some(part.expected_on), false);
            case.round_mut().first_reply_at.get_or_insert(at);
        }
        Event::PartDue(_) => case.field.is_part_due = true,
        Event::SquadCalled(called) => {
            case.field.squad = Some(SquadWork { squad: called.squad.clone(), done_at: None });
        }
        Event::SquadReleased {} => case.field.squad = None,
        Event::WorkReported(report) if report.is_done => {
            if let Some(work) = &mut case.field.squad {
                work.done_at = Some(at);
            }
        }
        Event::WorkReported(_) => case.field.squad = None,
        _ => {}
    }
}

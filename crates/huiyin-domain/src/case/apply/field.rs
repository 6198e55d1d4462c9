//! What happened at the place.

use crate::calendar::Instant;
use crate::case::{Case, Event};

/// Folds one event from the place; any other changes nothing.
pub(super) fn fold(case: &mut Case, event: &Event, at: Instant) {
    match event {
        // Whoever comes again has the part, or looks for himself.
        Event::FieldArrived {} => {
            case.field.arrived_at = Some(at);
            (case.field.part_on, case.field.is_part_due) = (None, false);
        }
        Event::PartAwaited { expected_on } => {
            (case.field.part_on, case.field.is_part_due) = (Some(*expected_on), false);
            case.round_mut().first_reply_at.get_or_insert(at);
        }
        Event::PartDue { .. } => case.field.is_part_due = true,
        _ => {}
    }
}

//! What was asked of assisting units, and what came of it.

use crate::calendar::Instant;
use crate::case::standing::Assistance;
use crate::case::{AssistanceReminder, Case, Event, Opinion};
use crate::ids::UnitId;

/// Folds one event about assistance; any other changes nothing.
pub(super) fn fold(case: &mut Case, event: &Event, at: Instant) {
    match event {
        Event::AssistanceAsked { unit, due, whistle } => {
            if !case.assisting.contains(unit) {
                case.assisting.push(unit.clone());
            }
            case.assistance.retain(|assistance| assistance.unit != *unit);
            case.assistance.push(Assistance {
                unit: unit.clone(),
                asked_at: at,
                due: *due,
                is_whistle: *whistle,
                answered_at: None,
                reminded: Vec::new(),
                is_missed: false,
            });
        }
        Event::OpinionGiven(Opinion { unit, .. }) => {
            if let Some(assistance) = of(case, unit) {
                assistance.answered_at.get_or_insert(at);
            }
        }
        Event::AssistanceReminded(AssistanceReminder { unit, hours_before, .. }) => {
            if let Some(assistance) = of(case, unit) {
                assistance.reminded.push(*hours_before);
            }
        }
        Event::AssistanceMissed { unit, .. } => {
            if let Some(assistance) = of(case, unit) {
                assistance.is_missed = true;
            }
        }
        _ => {}
    }
}

fn of<'c>(case: &'c mut Case, unit: &UnitId) -> Option<&'c mut Assistance> {
    case.assistance.iter_mut().find(|assistance| assistance.unit == *unit)
}

//! What being kept away does to a case.

use super::is_with_nobody;
use crate::case::Stage;
use crate::case::standing::Case;
use crate::ids::UnitId;

/// Units complained of lose the case at once, and so do the leaders in charge of them. What a unit has answered stays
/// answered, but the case is no longer its own: another round goes to the coordinating office.
pub(super) fn recuse(case: &mut Case, units: &[UnitId], leaders: &[String]) {
    let new: Vec<UnitId> = units.iter().filter(|unit| !case.is_recused(unit)).cloned().collect();
    case.recused.extend(new);
    if case.unit.as_ref().is_some_and(|unit| case.is_recused(unit)) {
        let stage = case.stage;
        is_with_nobody(case);
        case.stage = lost(stage);
        if let Some(merger) = &mut case.merged {
            merger.stage = lost(merger.stage);
        }
    }
    if case.leader.as_ref().is_some_and(|post| leaders.contains(post)) {
        case.leader = None;
        case.awaits_instruction = false;
        case.is_instructed = false;
    }
    // What the unit had counted is no longer its own, nor is a judgement of it that may still be put right.
    for phoned in case.rounds.iter_mut().filter_map(|round| round.phoned.as_mut()) {
        phoned.unit = phoned.unit.take().filter(|unit| !units.contains(unit));
    }
    case.assisting.retain(|unit| !units.contains(unit));
    case.assistance.retain(|assistance| !units.contains(&assistance.unit));
    case.instructed_unit = case.instructed_unit.take().filter(|unit| !units.contains(unit));
}

/// Where a case stands that its unit has lost.
fn lost(stage: Stage) -> Stage {
    if stage == Stage::Assigned { Stage::Accepted } else { stage }
}

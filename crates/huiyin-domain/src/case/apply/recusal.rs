//! What being kept away does to a case.

use super::is_with_nobody;
use crate::case::Stage;
use crate::case::facts::Succession;
use crate::case::record::By;
use crate::case::standing::Case;
use crate::ids::UnitId;

/// Units complained of lose the case at once, and so do the leaders in charge of them. What a unit has answered stays
/// answered, but the case is no longer its own: another round goes to the coordinating office.
pub(super) fn recuse(case: &mut Case, units: &[UnitId], leaders: &[String], heirs: &[Succession], by: &By) {
    let own: Vec<UnitId> =
        case.recused.iter().filter(|unit| case.is_recused_by_itself(unit)).cloned().collect();
    let follows_lead = *by == By::Rule && case.stage == Stage::Merged;
    for unit in units {
        if !case.is_recused(unit) {
            case.recused.push(unit.clone());
        }
        if heirs.iter().any(|heir| heir.unit == *unit) {
            continue;
        }
        if !follows_lead {
            // Named, it is kept away for its own sake from now on.
            case.recused_as_heirs.retain(|heir| heir.unit != *unit);
            case.recused_with_lead.retain(|other| other != unit);
        } else if !own.contains(unit) && !case.recused_with_lead.contains(unit) {
            // Also where it was away already for one it took over from: that one may be let in, and the lead still names it.
            case.recused_with_lead.push(unit.clone());
        }
    }
    let is_new =
        |case: &Case, heir: &&Succession| !own.contains(&heir.unit) && !case.recused_as_heirs.contains(heir);
    for heir in heirs {
        if is_new(case, &heir) {
            case.recused_as_heirs.push(heir.clone());
        }
    }
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

/// Kept away no longer.
pub(super) fn lift(case: &mut Case, units: &[UnitId]) {
    case.recused.retain(|unit| !units.contains(unit));
    case.recused_as_heirs.retain(|heir| !units.contains(&heir.unit));
    case.recused_with_lead.retain(|unit| !units.contains(unit));
}

/// Where a case stands that its unit has lost.
fn lost(stage: Stage) -> Stage {
    if stage == Stage::Assigned { Stage::Accepted } else { stage }
}

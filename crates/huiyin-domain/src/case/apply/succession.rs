//! A case goes along when its unit is dissolved.

use crate::calendar::Instant;
use crate::case::Case;
use crate::ids::UnitId;

/// A unit that took over from a dissolved one, as if it had been asked in its place.
pub(super) fn succeed(case: &mut Case, from: &UnitId, unit: &UnitId, at: Instant) {
    if case.unit.as_ref() == Some(from) {
        case.unit = Some(unit.clone());
        (case.assigned_at, case.signed_at, case.officer) = (Some(at), None, None);
    }
    if case.instructed_unit.as_ref() == Some(from) {
        case.instructed_unit = Some(unit.clone());
    }
    // Nothing is owed twice: not by the unit that answers, not by one that assists already.
    let answers = case.unit.clone();
    let is_spare = |assisting: &UnitId| answers.as_ref() == Some(assisting);
    let has_both = case.assisting.contains(unit) || is_spare(unit);
    case.assisting.retain(|assisting| !(is_spare(assisting) || has_both && assisting == from));
    case.assistance.retain(|asked| !(is_spare(&asked.unit) || has_both && asked.unit == *from));
    let heirs =
        case.assisting.iter_mut().chain(case.assistance.iter_mut().map(|assistance| &mut assistance.unit));
    heirs.filter(|assisting| *assisting == from).for_each(|assisting| *assisting = unit.clone());
}

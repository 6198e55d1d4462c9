//! The day on which a missing part is expected: in the morning whoever has the work is reminded, once.

use crate::calendar::{Day, Instant};
use crate::case::{Case, Stage};
use crate::policy::Policy;

/// When the clock speaks of the part, and its day.
pub(super) fn part_due_at(case: &Case, policy: &Policy) -> Option<(Instant, Day)> {
    let is_open = case.stage == Stage::Assigned && !case.field.is_part_due;
    let day = case.field.part_on.filter(|_| is_open)?;
    Some((day.at(policy.office.opens), day))
}

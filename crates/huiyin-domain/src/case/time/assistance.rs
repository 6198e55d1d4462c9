//! The times of assisting units: reminders before, the witness that nothing came (3.3, 3.7).

use crate::calendar::Instant;
use crate::case::{Assistance, AssistanceReminder, Case, Event, Stage};
use crate::policy::Policy;

/// When the clock next finds something on what assisting units owe.
pub(super) fn next(case: &Case, policy: &Policy) -> Option<Instant> {
    let of_one = |assistance| steps(assistance, policy).map(|(at, _)| at).chain([assistance.due]).min();
    owed(case).filter_map(of_one).min()
}

/// What is due at `now`: of several reminders only the latest, and none once the time is up.
pub(super) fn found(case: &Case, policy: &Policy, now: Instant) -> Vec<(Instant, Event)> {
    let of_one = |assistance: &Assistance| {
        let (unit, due) = (assistance.unit.clone(), assistance.due);
        if due <= now {
            return Some((due, Event::AssistanceMissed { unit, due }));
        }
        let reached = steps(assistance, policy).filter(|(at, _)| *at <= now);
        let (at, hours_before) = reached.min_by_key(|(_, hours)| *hours)?;
        Some((at, Event::AssistanceReminded(AssistanceReminder { unit, due, hours_before })))
    };
    owed(case).filter_map(of_one).collect()
}

fn owed(case: &Case) -> impl Iterator<Item = &Assistance> {
    let is_owed = |assistance: &&Assistance| assistance.answered_at.is_none() && !assistance.is_missed;
    case.assistance.iter().filter(|_| case.stage == Stage::Assigned).filter(is_owed)
}

/// Reminders still to come, earlier ones made needless by later.
fn steps(assistance: &Assistance, policy: &Policy) -> impl Iterator<Item = (Instant, u16)> {
    let last_given = assistance.reminded.iter().copied().min().unwrap_or(u16::MAX);
    let (asked_at, due) = (assistance.asked_at, assistance.due);
    let at = move |hours: u16| due.plus_ms(-i64::from(hours) * 3_600_000);
    let hours = policy.supervision.remind_hours_before.clone();
    let to_come = move |hours: &u16| *hours > 0 && *hours < last_given && at(*hours) > asked_at;
    hours.into_iter().filter(to_come).map(move |hours| (at(hours), hours))
}

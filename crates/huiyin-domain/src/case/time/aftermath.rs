//! What time brings after the answer: closing, the ladder over what stayed unsolved, the question whether it still holds,
//! and the day of review of what cannot be done yet (4.4, 5.3).

use crate::calendar::Instant;
use crate::case::{Case, ComplaintEnd, Event, Level, Solved, Stage, SupervisionOrder};
use crate::policy::Policy;

/// Each thing that time will bring to this case, with its moment.
pub(super) fn coming(case: &Case, policy: &Policy) -> Vec<(Instant, Event)> {
    let mut coming = ladder(case, policy);
    coming.extend(closing(case, policy));
    coming.extend(effect_check(case, policy));
    coming.extend(review(case, policy));
    coming.extend(complaint(case));
    coming
}

/// A complaint about the handling that nobody answered: whoever stands above is told, and no mark of it is set that the unit
/// could see.
fn complaint(case: &Case) -> Option<(Instant, Event)> {
    let owed = case.complaint.filter(|complaint| !complaint.is_missed)?;
    Some((
        owed.due,
        Event::ComplaintMissed(ComplaintEnd { about_office: owed.is_about_office, answerer: None }),
    ))
}

/// The requester called it unsolved after the last round that opens by itself; supervision holds it until somebody orders
/// another round or lets go.
pub(in crate::case) fn is_held(case: &Case, policy: &Policy) -> bool {
    held_since(case, policy).is_some()
}

fn held_since(case: &Case, policy: &Policy) -> Option<Instant> {
    let is_last = case.rounds.len() > usize::from(policy.rating.automatic_rounds);
    case.unsolved_since().filter(|_| is_last)
}

fn ladder(case: &Case, policy: &Policy) -> Vec<(Instant, Event)> {
    let Some(since) = held_since(case, policy) else { return Vec::new() };
    let above = |rung: &&crate::policy::Rung| Some(rung.level) > case.supervised;
    let rungs = policy.supervision.ladder.iter().filter(above);
    rungs
        .map(|rung| {
            let level = rung.level;
            (since.plus_hours(u32::from(rung.hours_after)), Event::Supervised(SupervisionOrder::to(level)))
        })
        .collect()
}

fn closing(case: &Case, policy: &Policy) -> Option<(Instant, Event)> {
    let after_days = |at: Instant, days: u16| at.plus_hours(u32::from(days) * 24);
    let (round, rating) = (case.round(), &policy.rating);
    match case.stage {
        Stage::Replied => {
            Some((after_days(round.replied_at?, rating.days), Event::Archived { rated: false }))
        }
        Stage::Rated if !is_held(case, policy) => {
            Some((after_days(round.rated_at?, rating.reopen_days), Event::Archived { rated: true }))
        }
        _ => None,
    }
}

fn effect_check(case: &Case, policy: &Policy) -> Option<(Instant, Event)> {
    let weeks = policy.rating.effect_check_weeks;
    let round = case.round();
    let is_closed_well = matches!(case.stage, Stage::Rated | Stage::Archived)
        && matches!(round.solved, Some(Solved::Yes | Solved::Partly));
    if weeks == 0
        || case.is_crisis()
        || case.is_on_statute()
        || !is_closed_well
        || round.effect_asked_at.is_some()
    {
        return None;
    }
    Some((round.rated_at?.plus_hours(u32::from(weeks) * 7 * 24), Event::EffectCheckDue {}))
}

fn review(case: &Case, policy: &Policy) -> Vec<(Instant, Event)> {
    // While it is handled together with another case nobody looks at this one.
    let owed = case.shelved.as_ref().filter(|shelf| !shelf.is_missed && case.stage != Stage::Merged);
    let Some(shelf) = owed else { return Vec::new() };
    let (at, review_on) = (shelf.review_on.at(policy.office.closes), shelf.review_on);
    let missed = (at, Event::ReviewMissed { review_on });
    // Missed once more, it is no longer the unit's own matter.
    let level = if case.supervised.is_none() { Level::UnitHead } else { Level::Coordinator };
    let supervised =
        (case.supervised < Some(level)).then_some((at, Event::Supervised(SupervisionOrder::to(level))));
    std::iter::once(missed).chain(supervised).collect()
}

//! Folding the record into the case. Never fails: a record that was accepted once can always be read.

use super::event::*;
use super::facts::*;
use super::record::{By, Recorded};
use super::standing::{Case, Complaint, FieldWork, Merger, Phoned, Proposed, Round, Shelf, Wait};
use super::{Removal, Stage};
use crate::calendar::Instant;
use crate::ids::{PersonId, UnitId};

mod assistance;
mod beginning;
mod field;
mod proposal;
mod recusal;
mod succession;

/// Folds a whole record; `None` when it is empty or does not begin with a submission.
pub fn fold<'a>(record: impl IntoIterator<Item = &'a Recorded>) -> Option<Case> {
    let mut case = None;
    for line in record {
        case = apply(case, line);
    }
    case
}

/// Folds one more line. A first line that is not a submission, or a second submission, changes nothing.
pub fn apply(case: Option<Case>, line: &Recorded) -> Option<Case> {
    let Some(mut case) = case else { return beginning::begin(line) };
    case.last_seq = line.seq;
    case.last_at = line.at;
    let at = line.at;
    match &line.event {
        Event::Submitted { .. } => {}
        Event::Accepted { promises } => {
            case.stage = Stage::Accepted;
            case.accepted_at.get_or_insert(at);
            case.round_mut().promise_anew(promises);
        }
        Event::Assigned { unit, forced, promises } => {
            is_with(&mut case, unit, Route::Direct, at);
            case.is_forced = *forced;
            case.round_mut().promise_anew(promises);
        }
        Event::Transferred { unit, assisting, forced, promises } => {
            is_with(&mut case, unit, Route::Transfer, at);
            case.is_forced = *forced;
            case.assisting = assisting.clone();
            case.round_mut().promise_anew(promises);
        }
        Event::Escalated { leader, promises } => {
            case.accepted_at.get_or_insert(at);
            if case.stage == Stage::Submitted {
                case.stage = Stage::Accepted;
            }
            case.route = Some(Route::Refer);
            case.leader = Some(leader.clone());
            case.awaits_instruction = true;
            case.is_instructed = false;
            case.round_mut().promise_anew(promises);
        }
        Event::Instructed { leader, unit, key, promises, .. } => {
            is_with(&mut case, unit, Route::Refer, at);
            case.assisting.retain(|assisting| assisting != unit);
            case.assistance.retain(|assistance| assistance.unit != *unit);
            case.leader = Some(leader.clone());
            case.is_instructed = true;
            case.instructed_unit = Some(unit.clone());
            case.is_key |= key;
            case.round_mut().promise_anew(promises);
        }
        Event::SignedFor {} => {
            case.signed_at = Some(at);
            case.officer = person(&line.by);
        }
        Event::Allotted { officer } => case.officer = Some(officer.clone()),
        Event::SentBack { .. } => {
            is_with_nobody(&mut case);
            case.send_backs = case.send_backs.saturating_add(1);
        }
        Event::TakenBack {} => is_with_nobody(&mut case),
        Event::ProgressReported { .. } => {
            case.round_mut().first_reply_at.get_or_insert(at);
        }
        Event::Replied { outcome, visibility, passes_over_proposal, through, .. } => {
            if let Some(unit) = through {
                case.unit = Some(unit.clone());
                case.route.get_or_insert(Route::Direct);
                case.accepted_at.get_or_insert(at);
                case.assisting.retain(|assisting| assisting != unit);
                case.assistance.retain(|assistance| assistance.unit != *unit);
                case.merged = None;
            }
            case.stage = Stage::Replied;
            case.awaits_instruction = false;
            case.signed_at.get_or_insert(at);
            let sent = case.proposed.take().filter(|_| !passes_over_proposal);
            let writer = sent.and_then(|proposed| proposed.by);
            case.officer = writer.or(person(&line.by)).or(case.officer.take());
            unsettle(&mut case);
            let round = case.round_mut();
            round.first_reply_at.get_or_insert(at);
            round.replied_at = Some(at);
            round.outcome = Some(*outcome);
            round.visibility = Some(*visibility);
        }
        Event::Noted {} | Event::Supplemented { .. } | Event::RemindedByHand { .. } => {}
        Event::Urged { .. } => {
            case.urges = case.urges.saturating_add(1);
            case.urged_at = Some(at);
        }
        Event::Rated { solved, satisfaction, publish, corrects: true, .. } => {
            case.hear_consent(*publish);
            if let Some(round) = case.rounds.iter_mut().rev().find(|round| round.phoned.is_some()) {
                (round.solved, round.satisfaction) = (Some(*solved), Some(*satisfaction));
                round.phoned = None;
            }
        }
        Event::Rated { solved, satisfaction, publish, .. } => {
            case.stage = Stage::Rated;
            case.hear_consent(*publish);
            let phoned = Phoned {
                unit: case.unit.clone(),
                kind: case.kind.clone(),
                category: case.category.clone(),
                is_counted: !case.is_kept_from_rates(),
            };
            let round = case.round_mut();
            round.phoned = matches!(line.by, By::Staff { .. }).then_some(phoned);
            round.rated_at = Some(at);
            round.solved = Some(*solved);
            round.satisfaction = Some(*satisfaction);
        }
        Event::Reopened { promises, .. } => {
            case.stage = if case.unit.is_some() { Stage::Assigned } else { Stage::Accepted };
            case.ended_at = None;
            case.rounds.push(Round { reopened_at: Some(at), promises: promises.clone(), ..Round::default() });
            case.assigned_at = Some(at);
            case.signed_at = None;
            case.supervised = None;
            // What was asked of others in the round before is on the record; they still see the case.
            case.assistance.clear();
            unsettle(&mut case);
        }
        Event::Withdrawn {} => end(&mut case, Stage::Withdrawn, at),
        Event::Declined { .. } => end(&mut case, Stage::Declined, at),
        Event::Archived { .. } => end(&mut case, Stage::Archived, at),
        Event::Corrected { kind, category, place, urgency, restricted, promises } => {
            case.round_mut().promise_anew(promises);
            if let Some(kind) = kind {
                case.kind = kind.clone();
            }
            case.category = category.clone().or(case.category);
            case.place = place.clone().or(case.place);
            case.urgency = urgency.unwrap_or(case.urgency);
            case.restricted |= restricted;
            case.is_protected_by_lead &= !restricted;
            case.is_published &= !restricted;
        }
        Event::Classified(classified) => {
            case.round_mut().promise_anew(&classified.promises);
            case.category = Some(classified.category.clone());
        }
        Event::Published {} => case.is_published = true,
        Event::Unpublished {} => {
            case.is_published = false;
            // 公开须经反映人同意：who takes it off as the requester takes the consent back.
            case.may_publish &= line.by != By::Requester;
        }
        Event::Reminded { clock, due, hours_before } => case.reminded.push((*clock, *due, *hours_before)),
        Event::DeadlineMissed { clock, due, extension_pending } => {
            case.missed.push((*clock, *due));
            case.undecided_miss = extension_pending.then_some(*due).or(case.undecided_miss);
        }
        // A person may press again on a lower rung; how far up it has gone stays.
        Event::Supervised(order) => case.supervised = case.supervised.max(Some(order.level)),
        Event::ExtensionAsked { until } => case.extension_asked = Some(*until),
        Event::Extended { promises } => {
            (case.extension_asked, case.undecided_miss) = (None, None);
            case.extensions = case.extensions.saturating_add(1);
            case.round_mut().promise_anew(promises);
        }
        Event::ExtensionRefused {} => (case.extension_asked, case.undecided_miss) = (None, None),
        Event::Asked {} => {
            case.asked_at = Some(at);
            case.round_mut().first_reply_at.get_or_insert(at);
        }
        Event::Resumed { until, promises } => {
            let wait = case.asked_at.take().map(|from| Wait { from, until: *until });
            case.round_mut().waits.extend(wait);
            case.round_mut().promise_anew(promises);
        }
        Event::Shelved { review_on } => {
            let since = case.shelved.take().map_or(at, |shelf| shelf.since);
            case.shelved =
                Some(Shelf { since, review_on: *review_on, is_missed: false, is_strike_off_asked: false });
        }
        Event::ShelvedReviewed { review_on } => {
            if let Some(shelf) = &mut case.shelved {
                (shelf.review_on, shelf.is_missed) = (*review_on, false);
                // Looked at, and still on the list.
                shelf.is_strike_off_asked = false;
            }
        }
        Event::ReviewMissed { .. } => {
            if let Some(shelf) = &mut case.shelved {
                shelf.is_missed = true;
            }
        }
        Event::StrikeOffAsked {} => {
            if let Some(shelf) = &mut case.shelved {
                shelf.is_strike_off_asked = true;
            }
        }
        Event::StruckOff {} => case.shelved = None,
        Event::ReplyProposed { outcome, visibility, files, review_on } => {
            case.proposed = Some(Proposed {
                seq: line.seq,
                by: person(&line.by),
                outcome: *outcome,
                visibility: *visibility,
                files: files.clone(),
                review_on: *review_on,
            });
        }
        Event::ReplyReturned {} => case.proposed = None,
        Event::HandlingComplained(HandlingComplaint { due, about_office, .. }) => {
            case.complained_at = Some(at);
            let is_about_office =
                |old: Option<Complaint>| *about_office || old.is_some_and(|old| old.is_about_office);
            let earlier = |due: Instant| case.complaint.map_or(due, |old| old.due.min(due));
            case.complaint = due.map(|due| Complaint {
                due: earlier(due),
                is_about_office: is_about_office(case.complaint),
                is_missed: case.complaint.is_some_and(|old| old.is_missed),
            });
        }
        Event::ComplaintAnswered(_) => case.complaint = None,
        Event::ComplaintMissed(_) => {
            if let Some(complaint) = &mut case.complaint {
                complaint.is_missed = true;
            }
        }
        Event::Protected {} => {
            case.is_protected_by_lead |= !case.restricted;
            case.restricted = true;
            case.is_published = false;
        }
        Event::RecusalLifted(Lifting { units }) => recusal::lift(&mut case, units),
        Event::FollowUpTried {} => case.round_mut().calls.push(at),
        Event::EffectCheckDue {} => case.round_mut().effect_asked_at = Some(at),
        Event::EffectChecked { holds } => {
            let round = case.round_mut();
            round.effect_at = Some(at);
            round.effect = Some(*holds);
        }
        Event::SupervisionEnded {} => {
            case.supervised = None;
            case.round_mut().is_released = true;
        }
        Event::RestrictionLowered {} => {
            case.restricted = false;
            case.is_protected_by_lead = false;
        }
        Event::Matched(matched) => case.leak = Some((matched.earlier.clone(), matched.cause)),
        Event::AssistanceAsked { .. }
        | Event::OpinionGiven { .. }
        | Event::AssistanceReminded(_)
        | Event::AssistanceMissed { .. } => assistance::fold(&mut case, &line.event, at),
        Event::Recused { units, leaders, heirs } => {
            recusal::recuse(&mut case, units, leaders, heirs, &line.by)
        }
        Event::Merged { into } => {
            case.merged = Some(Merger { into: into.clone(), at, stage: case.stage });
            case.stage = Stage::Merged;
        }
        Event::Unmerged {} => {
            case.stage = case.merged.take().map_or(case.stage, |merger| merger.stage);
        }
        Event::Joined { other } => case.joined.push(other.clone()),
        Event::Parted { other } => case.joined.retain(|joined| joined != other),
        Event::SplitOff { .. } => {}
        Event::FieldArrived {}
        | Event::FieldPictured(_)
        | Event::PartAwaited(_)
        | Event::PartDue(_)
        | Event::SquadCalled(_)
        | Event::SquadReleased {}
        | Event::WorkReported(_) => field::fold(&mut case, &line.event, at),
        Event::CosignersNamed(_) | Event::CosignAnswered(_) => proposal::fold(&mut case, &line.event),
        Event::ProposalSettled(settled) => case.is_filed = Some(settled.is_filed),
        Event::Removed { what } => {
            case.removed = case.removed.max(Some(*what));
            if *what == Removal::Words {
                case.files.clear();
            }
        }
        Event::Succeeded(Succession { from, unit }) => succession::succeed(&mut case, from, unit, at),
    }
    Some(case)
}

fn is_with(case: &mut Case, unit: &UnitId, route: Route, at: Instant) {
    // To a unit that has it already it is no new case: neither to be signed for again nor to be handed back anew.
    if case.stage != Stage::Assigned || case.unit.as_ref() != Some(unit) {
        case.assigned_at = Some(at);
        case.signed_at = None;
        case.officer = None;
        unsettle(case);
    }
    case.stage = Stage::Assigned;
    case.route = Some(route);
    case.unit = Some(unit.clone());
    case.accepted_at.get_or_insert(at);
    // Whoever hands the case on no longer waits for the leader.
    case.awaits_instruction = false;
    case.is_forced = false;
    if route != Route::Refer {
        case.assisting.clear();
        case.assistance.clear();
    }
}

/// Back with the coordinating office: no unit, nothing of what the last one had begun.
fn is_with_nobody(case: &mut Case) {
    case.stage = Stage::Accepted;
    case.unit = None;
    case.assisting.clear();
    case.assistance.clear();
    case.officer = None;
    case.assigned_at = None;
    case.signed_at = None;
    case.is_forced = false;
    unsettle(case);
}

/// What one unit had asked for or proposed is no longer asked when the case moves on.
fn unsettle(case: &mut Case) {
    (case.extension_asked, case.undecided_miss) = (None, None);
    case.asked_at = None;
    case.proposed = None;
    case.field = FieldWork::default();
}

fn end(case: &mut Case, stage: Stage, at: Instant) {
    case.stage = stage;
    case.ended_at = Some(at);
    case.awaits_instruction = false;
    unsettle(case);
    // What was taken back or never taken on is on no list.
    case.shelved = case.shelved.take().filter(|_| stage == Stage::Archived);
    // Only what was answered stays on the public list.
    case.is_published &= stage == Stage::Archived;
}

fn person(by: &By) -> Option<PersonId> {
    match by {
        By::Staff { person, .. } => Some(person.clone()),
        _ => None,
    }
}

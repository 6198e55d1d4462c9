//! Whom a line of the record concerns: the table behind every message (9.1). Each send-back, transfer, reopening, merge and
//! recusal reaches whoever is responsible next; a unit that is kept away is never told. Words and channels are chosen
//! elsewhere.

use super::event::Event;
use super::facts::{ComplaintEnd, HandlingComplaint, Level};
use super::payload::AssistanceReminder;
use super::record::{By, Recorded};
use super::{Case, Stage, Urgency};
use crate::ids::{PersonId, SquadId, UnitId};
use crate::policy::{ExtensionBy, Leader, Policy};

/// Who is to be told.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Audience {
    /// The requester, where there is a way to reach them.
    Requester,
    /// Officers and head of a unit.
    Unit(UnitId),
    /// The head of a unit.
    UnitHead(UnitId),
    /// The coordinating office.
    Office,
    /// The holder of a leader post.
    Leader(String),
    /// Those who supervise, but for whoever also works in one of these units.
    Supervision {
        /// The units that a message goes past.
        past: Vec<UnitId>,
    },
    /// One person.
    Person(PersonId),
    /// The members of a volunteer squad.
    Squad(SquadId),
}

/// Whom a line concerns. `before` is the case without it, `after` with it.
pub fn notified(line: &Recorded, before: Option<&Case>, after: &Case, policy: &Policy) -> Vec<Audience> {
    let recused = policy.with_heirs(&after.recused);
    let away = policy.leaders_kept_away(&recused);
    let is_to_be_told = |audience: &Audience| match audience {
        Audience::Unit(unit) | Audience::UnitHead(unit) => !recused.contains(unit),
        Audience::Office => !recused.contains(&policy.school.coordinator),
        Audience::Leader(post) => !away.contains(post),
        Audience::Requester | Audience::Person(_) | Audience::Squad(_) | Audience::Supervision { .. } => true,
    };
    let mut told: Vec<Audience> = Vec::new();
    for audience in concerned(line, before, after, policy) {
        // What would go to an office that is kept away goes to the unit in its place.
        let instead = policy.stands_in(&after.recused).cloned().filter(|_| audience == Audience::Office);
        let audience = instead.map_or(audience, Audience::Unit);
        if is_to_be_told(&audience) && !told.contains(&audience) {
            told.push(audience);
        }
    }
    told
}

fn concerned(line: &Recorded, before: Option<&Case>, after: &Case, policy: &Policy) -> Vec<Audience> {
    let responsible = || after.unit.clone().map_or(Audience::Office, Audience::Unit);
    let own_unit = || Vec::from_iter(after.unit.clone().map(Audience::Unit));
    match &line.event {
        Event::Submitted { urgency, restricted, .. } => {
            let is_pressing = *urgency == Urgency::Critical || *restricted;
            if is_pressing || after.unit.is_none() { vec![Audience::Office] } else { vec![] }
        }
        Event::Corrected { .. } if line.by == By::Rule => vec![Audience::Office],
        Event::Assigned { .. }
        | Event::Transferred { .. }
        | Event::Instructed { .. }
        | Event::Extended { .. } => {
            vec![responsible(), Audience::Requester]
        }
        Event::Unmerged {} | Event::Succeeded(_) => vec![responsible(), Audience::Requester],
        // A round that requesters asked for themselves is no news to them.
        Event::Reopened { .. } if matches!(line.by, By::Staff { .. }) => {
            vec![responsible(), Audience::Requester]
        }
        Event::Escalated { leader, .. } => vec![Audience::Leader(leader.clone()), Audience::Requester],
        // Taken back only to go on at once to the body that the law names.
        Event::TakenBack {} if after.unit.is_some() => vec![],
        // Whoever the law names decides on the time that it gives.
        Event::ExtensionAsked { .. } if after.is_on_statute() => match policy.extension_by(after) {
            ExtensionBy::Head => after.unit.clone().map(Audience::UnitHead).into_iter().collect(),
            ExtensionBy::School => supervisors(Level::LeaderInCharge, after, policy),
        },
        // The unit of the lead case hears of it under the number that it knows.
        Event::Urged { .. } if after.stage == Stage::Merged => vec![],
        Event::SentBack { .. } | Event::TakenBack {} | Event::ExtensionAsked { .. } => vec![Audience::Office],
        // What the office handled itself is looked at above it.
        Event::StrikeOffAsked {} => {
            let is_own = after.unit.as_ref() == Some(&policy.school.coordinator);
            above_the_unit(is_own, after, policy)
        }
        Event::HandlingComplained(HandlingComplaint { about_office, .. }) => {
            above_the_unit(*about_office, after, policy)
        }
        // A rule lets go what was answered along with it, or what the unit may not know of.
        Event::Parted { .. } if line.by == By::Rule => vec![],
        Event::ComplaintMissed(ComplaintEnd { about_office: true, .. }) => past_the_office(after, policy),
        Event::ComplaintMissed(_) => vec![above_the_office(policy)],
        Event::ComplaintAnswered(_) => vec![Audience::Requester],
        Event::RecusalLifted(_) => vec![Audience::Requester],
        Event::Recused { .. } if before.is_some_and(|case| case.unit != after.unit) => {
            vec![Audience::Office, Audience::Requester]
        }
        Event::Recused { .. } => vec![Audience::Requester],
        Event::ProgressReported { .. }
        | Event::Replied { .. }
        | Event::Declined { .. }
        | Event::Asked {}
        | Event::EffectCheckDue {}
        | Event::ShelvedReviewed { .. }
        | Event::StruckOff {}
        | Event::SupervisionEnded {}
        | Event::SplitOff { .. }
        | Event::PartAwaited(_)
        | Event::ProposalSettled(_) => vec![Audience::Requester],
        // Where one was asked, the news that one said no would name them.
        Event::CosignAnswered(answer) if answer.consents => vec![Audience::Requester],
        Event::CosignAnswered(_) => vec![],
        Event::Merged { .. } => own_unit().into_iter().chain([Audience::Requester]).collect(),
        Event::Joined { .. } => vec![responsible(), Audience::Requester],
        Event::Reopened { .. }
        | Event::Urged { .. }
        | Event::Reminded { .. }
        | Event::RemindedByHand { .. }
        | Event::DeadlineMissed { .. }
        | Event::Parted { .. } => vec![responsible()],
        // What somebody took down on the phone, the requester may check.
        Event::Rated { .. } if matches!(line.by, By::Staff { .. }) => {
            let mut told = own_unit();
            told.push(Audience::Requester);
            told
        }
        Event::Supplemented { .. }
        | Event::Rated { .. }
        | Event::Withdrawn {}
        | Event::ExtensionRefused {}
        | Event::ReplyReturned {}
        | Event::ReviewMissed { .. }
        | Event::OpinionGiven { .. } => own_unit(),
        Event::SquadCalled(called) => vec![Audience::Squad(called.squad.clone())],
        Event::SquadReleased {} => {
            let work = before.and_then(|case| case.field.squad.as_ref());
            work.map(|work| Audience::Squad(work.squad.clone())).into_iter().collect()
        }
        Event::WorkReported(_) => own_unit(),
        // Who has the work is told, and the unit where nobody has.
        Event::PartDue(_) => match after.officer.clone() {
            Some(officer) => vec![Audience::Person(officer)],
            None => own_unit(),
        },
        Event::ReplyProposed { .. } => after.unit.clone().map(Audience::UnitHead).into_iter().collect(),
        Event::AssistanceAsked { unit, .. } | Event::AssistanceReminded(AssistanceReminder { unit, .. }) => {
            vec![Audience::Unit(unit.clone())]
        }
        // 谁没按时给意见，主办单位也要知道。
        Event::AssistanceMissed { unit, .. } => vec![Audience::Unit(unit.clone()), responsible()],
        Event::Allotted { officer } => {
            let is_own = matches!(&line.by, By::Staff { person, .. } if person == officer);
            if is_own { vec![] } else { vec![Audience::Person(officer.clone())] }
        }
        Event::Supervised(order) => supervisors(order.level, after, policy),
        Event::Accepted { .. }
        | Event::SignedFor {}
        | Event::Noted {}
        | Event::FollowUpTried {}
        | Event::Corrected { .. }
        | Event::Classified(_)
        | Event::Published {}
        | Event::Unpublished {}
        | Event::Archived { .. }
        | Event::Resumed { .. }
        | Event::Shelved { .. }
        | Event::EffectChecked { .. }
        | Event::Matched { .. }
        | Event::FieldArrived {}
        | Event::FieldPictured(_)
        | Event::CosignersNamed(_)
        | Event::Removed { .. }
        | Event::Protected {}
        | Event::RestrictionLowered {} => vec![],
    }
}

/// Who looks into a complaint about the handling: the office, unless it is about the office or the office is kept away.
fn above_the_unit(is_about_office: bool, case: &Case, policy: &Policy) -> Vec<Audience> {
    let is_away = policy.with_heirs(&case.recused).contains(&policy.school.coordinator);
    if is_about_office || is_away { past_the_office(case, policy) } else { vec![Audience::Office] }
}

/// Those who answer what is said of the office: supervision and the head of the school, and nobody of the office itself.
fn past_the_office(case: &Case, policy: &Policy) -> Vec<Audience> {
    let mut past = policy.with_heirs(&case.recused);
    past.push(policy.school.coordinator.clone());
    let head = policy.head().map(|post| Audience::Leader(post.id.clone()));
    std::iter::once(Audience::Supervision { past }).chain(head).collect()
}

/// The head of the school stands above the office, whoever is in charge of it.
fn above_the_office(policy: &Policy) -> Audience {
    policy.head().map_or(Audience::Office, |post| Audience::Leader(post.id.clone()))
}

/// Who is told at a rung of the ladder. A rung on which nobody stands (no unit yet, no leader in charge of it, one who is
/// kept away) is not passed over in silence: the head of the school and the office are told instead.
fn supervisors(level: Level, case: &Case, policy: &Policy) -> Vec<Audience> {
    let leader = |post: &Leader| Audience::Leader(post.id.clone());
    let head = || policy.head().map(leader);
    match level {
        Level::UnitHead => vec![case.unit.clone().map_or(Audience::Office, Audience::UnitHead)],
        Level::Coordinator => vec![Audience::Office],
        Level::LeaderInCharge => {
            let away = policy.leaders_kept_away(&case.recused);
            let in_charge = case.unit.as_ref().and_then(|unit| policy.leader_of(unit));
            match in_charge.filter(|post| !away.contains(&post.id)) {
                Some(post) => vec![leader(post)],
                None => head().into_iter().chain([Audience::Office]).collect(),
            }
        }
        Level::Head => vec![head().unwrap_or(Audience::Office)],
    }
}

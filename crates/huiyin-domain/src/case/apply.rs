//! Folding the record into the case. Never fails: a record that was accepted once can always be read.

use super::event::*;
use super::facts::*;
use super::{Stage, Urgency};
use crate::calendar::Instant;
use crate::ids::{CategoryId, ChannelId, FileId, KindId, PersonId, PlaceId, UnitId};

/// How a case stands, folded from its record. Holds no free text and no requester.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Kind.
    pub kind: KindId,
    /// Category, once known.
    pub category: Option<CategoryId>,
    /// Place from the list.
    pub place: Option<PlaceId>,
    /// How the requester is known.
    pub identity: Identity,
    /// Which way it came.
    pub channel: ChannelId,
    /// How pressing.
    pub urgency: Urgency,
    /// Touches safety; kept from the public.
    pub restricted: bool,
    /// The requester agrees to a public answer. Shown to everybody only when the case is not restricted.
    pub may_publish: bool,
    /// Where it stands.
    pub stage: Stage,
    /// How it is being handled.
    pub route: Option<Route>,
    /// The one responsible unit.
    pub unit: Option<UnitId>,
    /// Units that assist.
    pub assisting: Vec<UnitId>,
    /// Leader post before which it lies or which has instructed.
    pub leader: Option<String>,
    /// Laid before the leader, no instruction yet.
    pub awaits_instruction: bool,
    /// The unit that the last instruction named.
    pub instructed_unit: Option<UnitId>,
    /// Key supervision (重点督办).
    pub is_key: bool,
    /// Who signed for it in the responsible unit, was given it, or answered; in a new round still the one who knows the matter.
    pub officer: Option<PersonId>,
    /// When it came in.
    pub submitted_at: Instant,
    /// When it was taken on.
    pub accepted_at: Option<Instant>,
    /// When the present unit got it.
    pub assigned_at: Option<Instant>,
    /// When the present unit signed for it.
    pub signed_at: Option<Instant>,
    /// First round, then one more for each reopening.
    pub rounds: Vec<Round>,
    /// Reminders already given: clock, due, hours before.
    pub reminded: Vec<(Clock, Instant, u16)>,
    /// Promises witnessed as missed: clock and due.
    pub missed: Vec<(Clock, Instant)>,
    /// How far up it is supervised.
    pub supervised: Option<Level>,
    /// How often a unit handed it back.
    pub send_backs: u16,
    /// How often the requester urged.
    pub urges: u16,
    /// When the requester urged last.
    pub urged_at: Option<Instant>,
    /// Shown to everybody.
    pub is_published: bool,
    /// Attachments of the submission.
    pub files: Vec<FileId>,
    /// When it was declined, withdrawn or archived.
    pub ended_at: Option<Instant>,
    /// Number of the last event.
    pub last_seq: u32,
    /// When the last event was recorded.
    pub last_at: Instant,
}

/// One round of handling: from dispatch to the requester's judgement.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Round {
    /// When the requester, or the rule, asked for this round; none for the first.
    pub reopened_at: Option<Instant>,
    /// What was promised for this round; a later promise for the same clock replaces the earlier.
    pub promises: Vec<Promise>,
    /// First words of the unit.
    pub first_reply_at: Option<Instant>,
    /// The answer with its result.
    pub replied_at: Option<Instant>,
    /// What the unit says came of it.
    pub outcome: Option<Outcome>,
    /// Who may read the answer.
    pub visibility: Option<Visibility>,
    /// What the requester says.
    pub rated_at: Option<Instant>,
    /// Solved?
    pub solved: Option<Solved>,
    /// Satisfied?
    pub satisfaction: Option<Satisfaction>,
}

impl Round {
    /// The promise of a clock.
    pub fn promise(&self, clock: Clock) -> Option<&Promise> {
        self.promises.iter().find(|promise| promise.clock == clock)
    }

    fn promise_anew(&mut self, promises: &[Promise]) {
        for promise in promises {
            self.promises.retain(|old| old.clock != promise.clock);
            self.promises.push(promise.clone());
        }
    }
}

impl Case {
    /// The present round.
    pub fn round(&self) -> &Round {
        self.rounds.last().expect("a case begins with its first round")
    }

    fn round_mut(&mut self) -> &mut Round {
        self.rounds.last_mut().expect("a case begins with its first round")
    }

    /// From when the limits of the present round count: from acceptance, later from the reopening. Passing on changes nothing.
    pub fn counted_from(&self) -> Option<Instant> {
        self.round().reopened_at.or(self.accepted_at)
    }

    /// When the clock of the present round was met, if it was.
    pub fn met_at(&self, clock: Clock) -> Option<Instant> {
        match clock {
            Clock::Acknowledge => self.accepted_at,
            Clock::FirstReply => self.round().first_reply_at,
            Clock::Result => self.round().replied_at,
        }
    }

    /// The promise that runs out next, if anything is still owed.
    pub fn next_promise(&self) -> Option<&Promise> {
        if !self.stage.is_open() {
            return None;
        }
        self.round()
            .promises
            .iter()
            .filter(|promise| self.met_at(promise.clock).is_none())
            .min_by_key(|p| p.due)
    }

    /// A case of danger: people are called, nobody is surveyed, nothing of it becomes a rate (7.6).
    pub fn is_crisis(&self) -> bool {
        self.urgency == Urgency::Critical
    }

    /// Something is owed and its time is up. Computed, never stored.
    pub fn is_overdue(&self, now: Instant) -> bool {
        self.next_promise().is_some_and(|promise| promise.due <= now)
    }

    fn is_with_nobody(&mut self) {
        self.stage = Stage::Accepted;
        self.unit = None;
        self.assisting.clear();
        self.officer = None;
        self.assigned_at = None;
        self.signed_at = None;
    }

    fn is_with(&mut self, unit: &UnitId, route: Route, at: Instant) {
        // To a unit that has it already it is no new case: neither to be signed for again nor to be handed back anew.
        if self.stage != Stage::Assigned || self.unit.as_ref() != Some(unit) {
            self.assigned_at = Some(at);
            self.signed_at = None;
            self.officer = None;
        }
        self.stage = Stage::Assigned;
        self.route = Some(route);
        self.unit = Some(unit.clone());
        self.accepted_at.get_or_insert(at);
        // Whoever hands the case on no longer waits for the leader.
        self.awaits_instruction = false;
    }
}

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
    let Some(mut case) = case else { return begin(line) };
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
        Event::Assigned { unit, promises } => {
            case.is_with(unit, Route::Direct, at);
            case.assisting.clear();
            case.round_mut().promise_anew(promises);
        }
        Event::Transferred { unit, assisting, promises } => {
            case.is_with(unit, Route::Transfer, at);
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
            case.round_mut().promise_anew(promises);
        }
        Event::Instructed { leader, unit, key, promises, .. } => {
            case.is_with(unit, Route::Refer, at);
            case.assisting.retain(|assisting| assisting != unit);
            case.leader = Some(leader.clone());
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
            case.is_with_nobody();
            case.send_backs = case.send_backs.saturating_add(1);
        }
        Event::TakenBack {} => case.is_with_nobody(),
        Event::ProgressReported { .. } => {
            case.round_mut().first_reply_at.get_or_insert(at);
        }
        Event::Replied { outcome, visibility, .. } => {
            case.stage = Stage::Replied;
            case.awaits_instruction = false;
            case.signed_at.get_or_insert(at);
            case.officer = person(&line.by).or(case.officer.take());
            let round = case.round_mut();
            round.first_reply_at.get_or_insert(at);
            round.replied_at = Some(at);
            round.outcome = Some(*outcome);
            round.visibility = Some(*visibility);
        }
        Event::Noted {} | Event::Supplemented { .. } | Event::RemindedByHand {} => {}
        Event::Urged { .. } => {
            case.urges = case.urges.saturating_add(1);
            case.urged_at = Some(at);
        }
        Event::Rated { solved, satisfaction, .. } => {
            case.stage = Stage::Rated;
            let round = case.round_mut();
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
        }
        Event::Withdrawn {} => end(&mut case, Stage::Withdrawn, at),
        Event::Declined { .. } => end(&mut case, Stage::Declined, at),
        Event::Archived { .. } => end(&mut case, Stage::Archived, at),
        Event::Corrected { kind, category, place, urgency, restricted } => {
            if let Some(kind) = kind {
                case.kind = kind.clone();
            }
            case.category = category.clone().or(case.category);
            case.place = place.clone().or(case.place);
            case.urgency = urgency.unwrap_or(case.urgency);
            case.restricted |= restricted;
            case.is_published &= !restricted;
        }
        Event::Published {} => case.is_published = true,
        Event::Unpublished {} => {
            case.is_published = false;
            // 公开须经反映人同意：who takes it off as the requester takes the consent back.
            case.may_publish &= line.by != By::Requester;
        }
        Event::Reminded { clock, due, hours_before } => case.reminded.push((*clock, *due, *hours_before)),
        Event::DeadlineMissed { clock, due } => case.missed.push((*clock, *due)),
        // A person may press again on a lower rung; how far up it has gone stays.
        Event::Supervised { level } => case.supervised = case.supervised.max(Some(*level)),
    }
    Some(case)
}

fn end(case: &mut Case, stage: Stage, at: Instant) {
    case.stage = stage;
    case.ended_at = Some(at);
    case.awaits_instruction = false;
    // Only what was answered stays on the public list.
    case.is_published &= stage == Stage::Archived;
}

fn person(by: &By) -> Option<PersonId> {
    match by {
        By::Staff { person, .. } => Some(person.clone()),
        _ => None,
    }
}

fn begin(line: &Recorded) -> Option<Case> {
    let Event::Submitted {
        kind,
        category,
        place,
        identity,
        channel,
        urgency,
        restricted,
        may_publish,
        files,
        promises,
        ..
    } = &line.event
    else {
        return None;
    };
    Some(Case {
        kind: kind.clone(),
        category: category.clone(),
        place: place.clone(),
        identity: *identity,
        channel: channel.clone(),
        urgency: *urgency,
        restricted: *restricted,
        may_publish: *may_publish,
        stage: Stage::Submitted,
        route: None,
        unit: None,
        assisting: Vec::new(),
        leader: None,
        awaits_instruction: false,
        instructed_unit: None,
        is_key: false,
        officer: None,
        submitted_at: line.at,
        accepted_at: None,
        assigned_at: None,
        signed_at: None,
        rounds: vec![Round { promises: promises.clone(), ..Round::default() }],
        reminded: Vec::new(),
        missed: Vec::new(),
        supervised: None,
        send_backs: 0,
        urges: 0,
        urged_at: None,
        is_published: false,
        files: files.clone(),
        ended_at: None,
        last_seq: line.seq,
        last_at: line.at,
    })
}

//! What an event adds to the counts that are kept by day × unit × kind × category, so that no page ever recounts (7.4).
//!
//! A count belongs to the day of its event and to the unit responsible when it happened; what has no unit yet counts
//! under the empty unit. `verify` recounts from the record with the same functions. What was counted is never taken back but
//! for two things: a judgement taken down on the phone, in whose place the requester's own word is counted, where it stood;
//! and what a unit had counted of a case from which it is kept away ([`moved_away`]).

use super::event::Event;
use super::facts::*;
use super::record::Recorded;
use super::{Case, Stage, apply};
use crate::calendar::Day;
use crate::ids::{CategoryId, KindId, UnitId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Cases that came in.
    Received,
    /// Cases given to the unit.
    Assigned,
    /// First words to the requester, whenever.
    FirstReplied,
    /// First words within the promised time.
    FirstRepliedInTime,
    /// First words promised and not given in time, whether they came later or never.
    FirstReplyMissed,
    /// Answers with a result, whenever.
    Replied,
    /// Answers within the time promised at first.
    RepliedInTime,
    /// Answers within a time that had been extended; counted apart (4.4).
    RepliedInExtendedTime,
    /// Answers promised and not given in time, whether they came later or never.
    ResultMissed,
    /// Limits extended.
    Extended,
    /// Follow-ups answered by the requester.
    Rated,
    /// … who said: solved.
    Solved,
    /// … who said: partly.
    PartlySolved,
    /// … who said: not solved.
    Unsolved,
    /// … who said: satisfied.
    Satisfied,
    /// … who said: fairly.
    FairlySatisfied,
    /// … who said: dissatisfied.
    Dissatisfied,
    /// Further rounds begun.
    Reopened,
    /// Handed back by the unit.
    SentBack,
    /// Promises not kept.
    Missed,
    /// Not accepted.
    Declined,
    /// Taken back by the requester.
    Withdrawn,
    /// Closed without an answer of the requester.
    Unanswered,
}

impl Measure {
    /// All measures.
    pub const ALL: [Measure; 23] = [
        Measure::Received,
        Measure::Assigned,
        Measure::FirstReplied,
        Measure::FirstRepliedInTime,
        Measure::FirstReplyMissed,
        Measure::Replied,
        Measure::RepliedInTime,
        Measure::RepliedInExtendedTime,
        Measure::ResultMissed,
        Measure::Extended,
        Measure::Rated,
        Measure::Solved,
        Measure::PartlySolved,
        Measure::Unsolved,
        Measure::Satisfied,
        Measure::FairlySatisfied,
        Measure::Dissatisfied,
        Measure::Reopened,
        Measure::SentBack,
        Measure::Missed,
        Measure::Declined,
        Measure::Withdrawn,
        Measure::Unanswered,
    ];

    /// The stored word.
    pub fn word(self) -> &'static str {
        match self {
            Measure::Received => "received",
            Measure::Assigned => "assigned",
            Measure::FirstReplied => "first_replied",
            Measure::FirstRepliedInTime => "first_replied_in_time",
            Measure::FirstReplyMissed => "first_reply_missed",
            Measure::Replied => "replied",
            Measure::RepliedInTime => "replied_in_time",
            Measure::RepliedInExtendedTime => "replied_in_extended_time",
            Measure::ResultMissed => "result_missed",
            Measure::Extended => "extended",
            Measure::Rated => "rated",
            Measure::Solved => "solved",
            Measure::PartlySolved => "partly_solved",
            Measure::Unsolved => "unsolved",
            Measure::Satisfied => "satisfied",
            Measure::FairlySatisfied => "fairly_satisfied",
            Measure::Dissatisfied => "dissatisfied",
            Measure::Reopened => "reopened",
            Measure::SentBack => "sent_back",
            Measure::Missed => "missed",
            Measure::Declined => "declined",
            Measure::Withdrawn => "withdrawn",
            Measure::Unanswered => "unanswered",
        }
    }

    /// Whether a rate is made of it. What is protected or dangerous is counted as work and becomes no rate (7.6).
    pub fn feeds_a_rate(self) -> bool {
        matches!(
            self,
            Measure::FirstRepliedInTime
                | Measure::FirstReplyMissed
                | Measure::RepliedInTime
                | Measure::RepliedInExtendedTime
                | Measure::ResultMissed
                | Measure::Rated
                | Measure::Solved
                | Measure::PartlySolved
                | Measure::Unsolved
                | Measure::Satisfied
                | Measure::FairlySatisfied
                | Measure::Dissatisfied
                | Measure::Unanswered
        )
    }
}

/// One more of something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tally {
    /// The responsible unit, if any.
    pub unit: Option<UnitId>,
    /// Kind.
    pub kind: KindId,
    /// Category, if known.
    pub category: Option<CategoryId>,
    /// What.
    pub measure: Measure,
}

/// What a line adds to a count: one more, or one less where something else is counted in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Added {
    /// On this day.
    pub day: Day,
    /// To this count.
    pub tally: Tally,
    /// So many.
    pub n: i64,
}

/// What one line of the record adds. `before` is the case without it, `after` with it.
///
/// Every promise of a first word or a result counts once for the rates, as kept or as missed: kept when the words come
/// before it is due, missed when the clock witnesses it, or with the late words when no clock was there to see.
pub fn tally(before: Option<&Case>, after: &Case, line: &Recorded) -> Vec<Added> {
    if let Event::Rated { solved, satisfaction, corrects: true, .. } = &line.event {
        return before.map_or_else(Vec::new, |before| put_right(before, *solved, *satisfaction));
    }
    let met = |clock, in_time, missed| match after.round().promise(clock) {
        Some(promise) if line.at < promise.due => Some(in_time),
        Some(promise) => (!after.missed.contains(&(clock, promise.due))).then_some(missed),
        None => Some(in_time),
    };
    let is_first_word = before.is_some_and(|case| case.round().first_reply_at.is_none());
    let first_word = || -> Vec<Measure> {
        if !is_first_word {
            return vec![];
        }
        let met = met(Clock::FirstReply, Measure::FirstRepliedInTime, Measure::FirstReplyMissed);
        [Measure::FirstReplied].into_iter().chain(met).collect()
    };
    let mut measures = match &line.event {
        Event::Submitted { .. } => vec![Measure::Received],
        Event::Assigned { .. } | Event::Transferred { .. } | Event::Instructed { .. }
            if before.is_none_or(|case| case.unit != after.unit) =>
        {
            vec![Measure::Assigned]
        }
        Event::ProgressReported { .. } | Event::Asked {} | Event::PartAwaited(_) => first_word(),
        Event::Replied { .. } => {
            let mut measures = first_word();
            measures.push(Measure::Replied);
            let is_extended = after.round().promise(Clock::Result).is_some_and(Promise::is_extended);
            let kept = if is_extended { Measure::RepliedInExtendedTime } else { Measure::RepliedInTime };
            measures.extend(met(Clock::Result, kept, Measure::ResultMissed));
            measures
        }
        Event::Rated { solved, satisfaction, .. } => {
            vec![Measure::Rated, of_solved(*solved), of_satisfaction(*satisfaction)]
        }
        Event::Extended { .. } => vec![Measure::Extended],
        Event::Reopened { .. } => vec![Measure::Reopened],
        Event::SentBack { .. } => vec![Measure::SentBack],
        Event::DeadlineMissed { clock: Clock::Acknowledge, .. } => vec![Measure::Missed],
        Event::DeadlineMissed { clock: Clock::FirstReply, .. } => {
            vec![Measure::Missed, Measure::FirstReplyMissed]
        }
        // Asked for more time before it ran out: counted once that is decided.
        Event::DeadlineMissed { extension_pending: true, .. } => vec![],
        Event::DeadlineMissed { clock: Clock::Result, .. } => vec![Measure::Missed, Measure::ResultMissed],
        Event::Declined { .. } => vec![Measure::Declined],
        Event::Withdrawn {} => vec![Measure::Withdrawn],
        Event::Archived { rated: false } => vec![Measure::Unanswered],
        _ => vec![],
    };
    let mut late = undecided(before, after, line);
    if after.is_kept_from_rates() {
        measures.retain(|measure| !measure.feeds_a_rate());
        late.retain(|measure| !measure.feeds_a_rate());
    }
    // A unit that hands a case back is counted, although the case is no longer its own.
    let counted = if matches!(line.event, Event::SentBack { .. }) { before.unwrap_or(after) } else { after };
    // What the unit of a lead case reports to those who came along is its own.
    let through = match &line.event {
        Event::ProgressReported { through, .. } => through.as_ref(),
        _ => None,
    };
    let of = |case: &Case, measure| Tally {
        unit: through
            .or(case.unit.as_ref())
            .filter(|unit| after.stage != Stage::Submitted && !after.is_recused(unit))
            .cloned(),
        kind: case.kind.clone(),
        category: case.category.clone(),
        measure,
    };
    let late = late.into_iter().map(|measure| of(before.unwrap_or(after), measure));
    let all = measures.into_iter().map(|measure| of(counted, measure)).chain(late);
    all.map(|tally| Added { day: line.at.day(), tally, n: 1 }).collect()
}

/// The requester's own word in place of what was taken down on the phone: where that was counted, and on its day.
fn put_right(before: &Case, solved: Solved, satisfaction: Satisfaction) -> Vec<Added> {
    let Some(round) = before.phoned() else { return vec![] };
    let (Some(phoned), Some(rated_at)) = (&round.phoned, round.rated_at) else { return vec![] };
    let changed = [
        (round.solved.map(of_solved), of_solved(solved)),
        (round.satisfaction.map(of_satisfaction), of_satisfaction(satisfaction)),
    ];
    let one = |measure, n| {
        let (unit, kind, category) = (phoned.unit.clone(), phoned.kind.clone(), phoned.category.clone());
        Added { day: rated_at.day(), tally: Tally { unit, kind, category, measure }, n }
    };
    let changed = changed.into_iter().filter(|(was, is)| phoned.is_counted && *was != Some(*is));
    changed.flat_map(|(was, is)| was.map(|was| one(was, -1)).into_iter().chain([one(is, 1)])).collect()
}

/// What a recusal, the last line of a record, moves: all that was counted of the case under the units that are kept away,
/// to the days where it stood, under no unit (2.4). Nothing behind any other line.
///
/// A case that is about a unit does not exist for those near it, and so not in that unit's numbers either; the school's sums
/// stay what they were.
pub fn moved_away(record: &[Recorded]) -> Vec<Added> {
    if !matches!(record.last(), Some(Recorded { event: Event::Recused { .. }, .. })) {
        return vec![];
    }
    let mut counted: BTreeMap<(Day, Tally), i64> = BTreeMap::new();
    let mut case = None;
    let mut moved = vec![];
    for line in record {
        let before = case.clone();
        case = apply(case, line);
        let lines = case.iter().flat_map(|after| tally(before.as_ref(), after, line));
        lines.for_each(|Added { day, tally, n }| *counted.entry((day, tally)).or_default() += n);
        if let Event::Recused { units, .. } = &line.event {
            moved = theirs(&counted, units);
            moved.iter().for_each(|Added { day, tally, n }| {
                *counted.entry((*day, tally.clone())).or_default() += n;
            });
        }
    }
    moved
}

/// What is counted under these units, taken from them and counted under none.
fn theirs(counted: &BTreeMap<(Day, Tally), i64>, units: &[UnitId]) -> Vec<Added> {
    let is_theirs = |tally: &Tally| tally.unit.as_ref().is_some_and(|unit| units.contains(unit));
    let theirs = counted.iter().filter(|((_, tally), n)| **n != 0 && is_theirs(tally));
    theirs
        .flat_map(|((day, tally), n)| {
            let nobodys = Tally { unit: None, ..tally.clone() };
            [Added { day: *day, tally: tally.clone(), n: -n }, Added { day: *day, tally: nobodys, n: *n }]
        })
        .collect()
}

/// A result that ran out while more time was asked for: granted it was no miss; refused, or never decided while the case was
/// answered or moved on, it was one after all, of the unit that had the case.
fn undecided(before: Option<&Case>, after: &Case, line: &Recorded) -> Vec<Measure> {
    let was_undecided = before.is_some_and(|case| case.undecided_miss.is_some());
    let is_missed =
        was_undecided && after.undecided_miss.is_none() && !matches!(line.event, Event::Extended { .. });
    if is_missed { vec![Measure::Missed, Measure::ResultMissed] } else { vec![] }
}

fn of_solved(solved: Solved) -> Measure {
    match solved {
        Solved::Yes => Measure::Solved,
        Solved::Partly => Measure::PartlySolved,
        Solved::No => Measure::Unsolved,
    }
}

fn of_satisfaction(satisfaction: Satisfaction) -> Measure {
    match satisfaction {
        Satisfaction::Satisfied => Measure::Satisfied,
        Satisfaction::Fairly => Measure::FairlySatisfied,
        Satisfaction::Dissatisfied => Measure::Dissatisfied,
    }
}

//! What an event adds to the counts that are kept by day × unit × kind × category, so that no page ever recounts (7.4).
//!
//! A count belongs to the day of its event and to the unit responsible when it happened; what has no unit yet counts
//! under the empty unit. `verify` recounts from the record with the same function.

use super::event::*;
use super::facts::*;
use super::{Case, Stage};
use crate::ids::{CategoryId, KindId, UnitId};
use serde::{Deserialize, Serialize};

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
    /// Answers with a result, whenever.
    Replied,
    /// Answers within the promised time.
    RepliedInTime,
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
    pub const ALL: [Measure; 19] = [
        Measure::Received,
        Measure::Assigned,
        Measure::FirstReplied,
        Measure::FirstRepliedInTime,
        Measure::Replied,
        Measure::RepliedInTime,
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
            Measure::Replied => "replied",
            Measure::RepliedInTime => "replied_in_time",
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

/// What one line of the record adds. `before` is the case without it, `after` with it.
pub fn tally(before: Option<&Case>, after: &Case, line: &Recorded) -> Vec<Tally> {
    let in_time = |clock| after.round().promise(clock).is_none_or(|promise| line.at <= promise.due);
    let is_first_word = before.is_some_and(|case| case.round().first_reply_at.is_none());
    let first_word = || -> Vec<Measure> {
        match (is_first_word, in_time(Clock::FirstReply)) {
            (false, _) => vec![],
            (true, false) => vec![Measure::FirstReplied],
            (true, true) => vec![Measure::FirstReplied, Measure::FirstRepliedInTime],
        }
    };
    let measures = match &line.event {
        Event::Submitted { .. } => vec![Measure::Received],
        Event::Assigned { .. } | Event::Transferred { .. } => vec![Measure::Assigned],
        Event::Instructed { .. } if before.is_none_or(|case| case.unit != after.unit) => {
            vec![Measure::Assigned]
        }
        Event::ProgressReported { .. } => first_word(),
        Event::Replied { .. } => {
            let mut measures = first_word();
            measures.push(Measure::Replied);
            measures.extend(in_time(Clock::Result).then_some(Measure::RepliedInTime));
            measures
        }
        Event::Rated { solved, satisfaction, .. } => {
            vec![Measure::Rated, of_solved(*solved), of_satisfaction(*satisfaction)]
        }
        Event::Reopened { .. } => vec![Measure::Reopened],
        Event::SentBack { .. } => vec![Measure::SentBack],
        Event::DeadlineMissed { .. } => vec![Measure::Missed],
        Event::Declined { .. } => vec![Measure::Declined],
        Event::Withdrawn {} => vec![Measure::Withdrawn],
        Event::Archived { rated: false } => vec![Measure::Unanswered],
        _ => vec![],
    };
    // A unit that hands a case back is counted, although the case is no longer its own.
    let counted = if matches!(line.event, Event::SentBack { .. }) { before.unwrap_or(after) } else { after };
    let of = |measure| Tally {
        unit: counted.unit.clone().filter(|_| after.stage != Stage::Submitted),
        kind: counted.kind.clone(),
        category: counted.category.clone(),
        measure,
    };
    measures.into_iter().map(of).collect()
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

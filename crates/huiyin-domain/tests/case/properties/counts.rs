//! The counts, made a second time and in another way: by walking the record alone.

use crate::record::Life;
use huiyin_domain::case::*;
use std::collections::{BTreeMap, BTreeSet};

/// How many of each measure the lines added.
pub fn added(life: &Life) -> BTreeMap<Measure, i64> {
    let mut sums = BTreeMap::new();
    for added in life.lines.iter().flat_map(|line| &line.tallies) {
        *sums.entry(added.tally.measure).or_default() += added.n;
    }
    sums.retain(|_, n| *n != 0);
    sums
}

/// What is still counted under units that are kept away from the case: nothing.
pub fn of_units_kept_away(life: &Life) -> Vec<(Tally, i64)> {
    let mut sums: BTreeMap<Tally, i64> = BTreeMap::new();
    for added in life.lines.iter().flat_map(|line| &line.tallies) {
        *sums.entry(added.tally.clone()).or_default() += added.n;
    }
    sums.retain(|tally, n| *n != 0 && tally.unit.as_ref().is_some_and(|unit| life.case().is_recused(unit)));
    sums.into_iter().collect()
}

/// How many of each measure the record tells.
pub fn told(life: &Life) -> BTreeMap<Measure, i64> {
    let mut sums: BTreeMap<Measure, i64> = BTreeMap::new();
    let mut due: BTreeMap<Clock, i64> = BTreeMap::new();
    let mut witnessed = BTreeSet::new();
    let mut has_spoken = false;
    let (mut is_restricted, mut is_crisis) = (false, false);
    let mut unit = None;
    let mut is_extended = false;
    let mut is_undecided = false;
    let mut count = |measure, is_so: bool| {
        if is_so {
            *sums.entry(measure).or_default() += 1;
        }
    };
    for (at, line) in life.lines.iter().map(|line| &line.recorded).enumerate() {
        if let Event::Submitted { promises, .. }
        | Event::Accepted { promises }
        | Event::Assigned { promises, .. }
        | Event::Transferred { promises, .. }
        | Event::Escalated { promises, .. }
        | Event::Instructed { promises, .. }
        | Event::Corrected { promises, .. }
        | Event::Classified(Classified { promises, .. })
        | Event::Extended { promises }
        | Event::Resumed { promises, .. }
        | Event::Reopened { promises, .. } = &line.event
        {
            due.extend(promises.iter().map(|promise| (promise.clock, promise.due.0)));
            let result = promises.iter().find(|promise| promise.clock == Clock::Result);
            is_extended = result.map_or(is_extended, |promise| promise.limit == "extension");
        }
        if let Event::Submitted { urgency, restricted, .. } = &line.event {
            (is_restricted, is_crisis) = (*restricted, *urgency == Urgency::Critical);
        }
        if let Event::Corrected { urgency, restricted, .. } = &line.event {
            is_restricted |= restricted;
            is_crisis = urgency.map_or(is_crisis, |urgency| urgency == Urgency::Critical);
        }
        is_restricted |= matches!(line.event, Event::Protected {});
        if let Event::RestrictionLowered {} = &line.event {
            is_restricted = false;
        }
        let is_rated = !is_restricted && !is_crisis;
        let in_time = |clock| due.get(&clock).is_none_or(|due| line.at.0 < *due);
        let was_seen = |clock| due.get(&clock).is_some_and(|due| witnessed.contains(&(clock, *due)));
        if matches!(
            line.event,
            Event::ProgressReported { .. } | Event::Replied { .. } | Event::Asked {} | Event::PartAwaited(_)
        ) {
            count(Measure::FirstReplied, !has_spoken);
            let kept = in_time(Clock::FirstReply);
            count(Measure::FirstRepliedInTime, !has_spoken && kept && is_rated);
            count(
                Measure::FirstReplyMissed,
                !has_spoken && !kept && !was_seen(Clock::FirstReply) && is_rated,
            );
            has_spoken = true;
        }
        let goes_on = match &line.event {
            Event::ExtensionRefused {}
            | Event::Replied { .. }
            | Event::SentBack { .. }
            | Event::TakenBack {}
            | Event::Withdrawn {}
            | Event::Reopened { .. } => true,
            Event::Assigned { unit: to, .. }
            | Event::Transferred { unit: to, .. }
            | Event::Instructed { unit: to, .. } => unit.as_ref() != Some(to),
            Event::Recused { units, .. } => unit.as_ref().is_some_and(|unit| units.contains(unit)),
            _ => false,
        };
        count(Measure::Missed, is_undecided && goes_on);
        count(Measure::ResultMissed, is_undecided && goes_on && is_rated);
        is_undecided &= !goes_on && !matches!(line.event, Event::Extended { .. });
        match &line.event {
            Event::Submitted { .. } => count(Measure::Received, true),
            Event::Assigned { unit: to, .. }
            | Event::Transferred { unit: to, .. }
            | Event::Instructed { unit: to, .. } => {
                count(Measure::Assigned, unit.as_ref() != Some(to));
                unit = Some(to.clone());
            }
            Event::TakenBack {} => unit = None,
            Event::SentBack { .. } => {
                count(Measure::SentBack, true);
                unit = None;
            }
            Event::Recused { units, .. } if unit.as_ref().is_some_and(|unit| units.contains(unit)) => {
                unit = None
            }
            Event::Succeeded(Succession { unit: to, .. }) => unit = Some(to.clone()),
            Event::Replied { through, .. } => {
                unit = through.clone().or(unit);
                count(Measure::Replied, true);
                let kept = in_time(Clock::Result);
                count(Measure::RepliedInTime, kept && is_rated && !is_extended);
                count(Measure::RepliedInExtendedTime, kept && is_rated && is_extended);
                count(Measure::ResultMissed, !kept && !was_seen(Clock::Result) && is_rated);
            }
            Event::Rated { corrects: true, .. } => {}
            Event::Rated { .. } if is_rated => {
                // The own word of the requester counts where the phone's would have.
                let later = life.lines[at + 1..].iter().map(|line| &line.recorded.event);
                let next = later.into_iter().find(|event| matches!(event, Event::Rated { .. }));
                let own = next.filter(|event| matches!(event, Event::Rated { corrects: true, .. }));
                let Event::Rated { solved, satisfaction, .. } = own.unwrap_or(&line.event) else { continue };
                count(Measure::Rated, true);
                count(Measure::Solved, *solved == Solved::Yes);
                count(Measure::PartlySolved, *solved == Solved::Partly);
                count(Measure::Unsolved, *solved == Solved::No);
                count(Measure::Satisfied, *satisfaction == Satisfaction::Satisfied);
                count(Measure::FairlySatisfied, *satisfaction == Satisfaction::Fairly);
                count(Measure::Dissatisfied, *satisfaction == Satisfaction::Dissatisfied);
            }
            Event::Reopened { .. } => {
                count(Measure::Reopened, true);
                has_spoken = false;
            }
            Event::Extended { .. } => count(Measure::Extended, true),
            Event::DeadlineMissed { clock, due, extension_pending: true } => {
                is_undecided = true;
                witnessed.insert((*clock, due.0));
            }
            Event::DeadlineMissed { clock, due, .. } => {
                count(Measure::Missed, true);
                count(Measure::FirstReplyMissed, *clock == Clock::FirstReply && is_rated);
                count(Measure::ResultMissed, *clock == Clock::Result && is_rated);
                witnessed.insert((*clock, due.0));
            }
            Event::Declined { .. } => count(Measure::Declined, true),
            Event::Withdrawn {} => count(Measure::Withdrawn, true),
            Event::Archived { rated } => count(Measure::Unanswered, !rated && is_rated),
            _ => {}
        }
    }
    sums
}

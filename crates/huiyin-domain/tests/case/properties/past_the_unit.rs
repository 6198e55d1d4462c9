//! Laws of what the unit does not decide: the clock of a law, and complaints about its handling.

use crate::record::{Line, World};
use huiyin_domain::access::{Hat, sees_event};
use huiyin_domain::case::*;

// 5.7
pub fn a_law_moves_its_own_clock_alone(line: &Line) {
    let of =
        |case: &Case| case.round().promise(Clock::Result).filter(|promise| promise.is_statutory()).cloned();
    let Some(before) = line.before.as_ref().and_then(of) else { return };
    if line.before.as_ref().is_some_and(|before| before.rounds.len() != line.after.rounds.len()) {
        panic!("a case on a road of the law was opened again");
    }
    let may = matches!(line.recorded.event, Event::Extended { .. } | Event::Corrected { .. });
    assert!(may || of(&line.after) == Some(before), "the day of a law moved");
    // A recusal may move what was counted before to nobody; the sums stay what they were.
    for measure in Measure::ALL.into_iter().filter(|measure| measure.feeds_a_rate()) {
        let added = line.tallies.iter().filter(|added| added.tally.measure == measure).map(|added| added.n);
        assert_eq!(added.sum::<i64>(), 0, "a case on a road of the law became a rate");
    }
}

// 5.4
pub fn a_complaint_leaves_no_mark(line: &Line, world: &World) {
    let is_about_complaint = matches!(
        line.recorded.event,
        Event::HandlingComplained(_) | Event::ComplaintAnswered(_) | Event::ComplaintMissed(_)
    );
    if !is_about_complaint {
        return;
    }
    let before = line.before.as_ref().expect("somebody complains of a case");
    assert_eq!(line.after.supervised, before.supervised, "the unit could guess");
    for hat in [Hat::Officer, Hat::UnitHead, Hat::Assistant, Hat::Publisher] {
        assert!(!sees_event(&[hat], &line.recorded.event), "{hat:?} reads of a complaint");
    }
    let told = notified(&line.recorded, Some(before), &line.after, &world.policy);
    assert!(!told.iter().any(|one| matches!(one, Audience::Unit(_) | Audience::UnitHead(_))), "{told:?}");
}

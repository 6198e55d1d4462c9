//! Laws that hold of every life a case can have: random commands by random people at random times.
//!
//! Always the same lives, so that a red run can be repeated; `PROPTEST_CASES` makes it live more of them.

mod counts;
mod herd;
mod laws;
mod past_the_unit;
mod steps;

use crate::events::{NAMES, name_of};
use crate::record::{Life, World};
use crate::school;
use huiyin_domain::case::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::cell::RefCell;
use std::collections::BTreeSet;
use steps::Step;

/// So many lives at least.
const LIVES: u32 = 10_000;

/// What may happen after the end: what everybody may read is decided then too, a matter may stand on the list of what cannot
/// be done yet, the handling may be complained of, the effect is asked for, words of danger are heard, and why it
/// went outside the school is found out late.
fn may_follow_the_end(event: &Event) -> bool {
    matches!(
        event,
        Event::Published {}
            | Event::Unpublished {}
            | Event::ShelvedReviewed { .. }
            | Event::ReviewMissed { .. }
            | Event::StruckOff {}
            | Event::StrikeOffAsked {}
            | Event::HandlingComplained(_)
            | Event::ComplaintAnswered(_)
            | Event::ComplaintMissed(_)
            | Event::RestrictionLowered {}
            | Event::EffectCheckDue {}
            | Event::EffectChecked { .. }
            | Event::Parted { .. }
            | Event::Supervised(_)
            | Event::SupervisionEnded {}
            | Event::Removed { .. }
            | Event::Reopened { .. }
            | Event::Matched { .. }
            | Event::Corrected { category: None, kind: None, restricted: true, .. }
    )
}

/// Lives a life and holds it to the laws after every step.
fn live(world: &World, hours: i64, flavour: u32, steps: &[Step]) -> Life {
    let mut life = Life::default();
    let mut now = school::at("09-20 08:13").plus_ms(hours * 3_600_000 + 41_000);
    let first = Step { what: 0, flavour, intruder: None, wait: steps::Wait::Minutes(0) };
    let submitted = Command::Submit(Box::new(first.submission()));
    life.carry_out(world, &Actor::Requester, now, submitted).expect("the door is open to every matter");
    life.lines.iter().for_each(|line| laws::of_a_line(line, world));
    laws::of_a_case(&life, world, now);
    for step in steps {
        now = step.wait.after(now, &life, world);
        let (actor, command) = step.command(life.case(), now);
        let is_closed = life.case().ended_at.is_some();
        let Ok(lines) = life.carry_out(world, &actor, now, command) else { continue };
        lines.iter().for_each(|line| laws::of_a_line(line, world));
        let is_quiet = lines.iter().all(|line| may_follow_the_end(&line.recorded.event));
        assert!(
            !is_closed || is_quiet,
            "something was done to a closed case: {lines:?}",
            lines = lines.len()
        );
        laws::of_a_case(&life, world, now);
    }
    assert_eq!(counts::added(&life), counts::told(&life));
    assert_eq!(counts::of_units_kept_away(&life), []);
    life
}

#[test]
fn the_laws_hold_in_every_life_of_a_case() {
    let world = World::small();
    let config = Config { failure_persistence: None, ..Config::default() };
    let config = Config { cases: config.cases.max(LIVES), ..config };
    let same_lives = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let (events, stages) = (RefCell::new(BTreeSet::new()), RefCell::new(BTreeSet::new()));
    let outcome =
        TestRunner::new_with_rng(config, same_lives).run(&steps::life(), |(hours, flavour, steps)| {
            let life = live(&world, hours, flavour, &steps);
            events.borrow_mut().extend(life.lines.iter().map(|line| name_of(&line.recorded.event)));
            stages.borrow_mut().extend(life.lines.iter().map(|line| line.after.stage));
            Ok(())
        });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    // Laws that were never put to the test would hold for nothing.
    let mut events = events.into_inner();
    // No unit of this school is dissolved while a life goes on; that has a test of its own.
    events.insert("succeeded");
    assert_eq!(events, BTreeSet::from(NAMES));
    assert_eq!(stages.into_inner(), BTreeSet::from(Stage::ALL));
}

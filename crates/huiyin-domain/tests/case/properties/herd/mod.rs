//! Laws that hold where several cases are handled together (3.8): random herds of two to four, with random leads, random
//! commands by random people at random times, units that are dissolved meanwhile, and a clock that looks at all of them.
//!
//! What follows on the others is done by the very function by which the rooms do it. Always the same herds;
//! `PROPTEST_CASES` makes more of them live.

mod laws;
mod steps;

use super::may_follow_the_end;
use crate::events::name_of;
use crate::herd::{Herd, Written};
use crate::record::{Line, World};
use crate::school;
use huiyin_domain::case::*;
use huiyin_domain::ids::CaseNo;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::cell::RefCell;
use std::collections::BTreeSet;
use steps::{Beginning, Deed};

/// So many herds at least.
const HERDS: u32 = 3_000;

/// What must have been seen: laws that were never put to the test would hold for nothing.
const ALONG: &[&str] = &[
    "corrected",
    "handling_complained",
    "progress_reported",
    "protected",
    "recusal_lifted",
    "recused",
    "replied",
    "restriction_lowered",
    "succeeded",
    "supplemented",
    "unmerged",
    "urged",
    "withdrawn",
];
const LEADS: &[&str] = &[
    "corrected",
    "declined",
    "joined",
    "parted",
    "progress_reported",
    "recusal_lifted",
    "recused",
    "replied",
    "restriction_lowered",
    "withdrawn",
];
const ANSWERED_ALONG: &[&str] = &["archived", "rated", "recused", "reopened"];

/// What was seen of cases that had come along, of their leads, and of what was answered along with a lead.
#[derive(Default)]
struct Seen {
    along: BTreeSet<&'static str>,
    leads: BTreeSet<&'static str>,
    answered_along: BTreeSet<&'static str>,
}

fn live(beginning: &Beginning, deeds: &[Deed], seen: &mut Seen) {
    let mut world = World::small();
    let mut herd = Herd::default();
    let mut now = school::at("09-20 08:13").plus_ms(i64::from(beginning.hours) * 3_600_000 + 41_000);
    for (no, submission) in beginning.submissions() {
        let submit = Command::Submit(Box::new(submission));
        herd.carry_out(&world, &no, &Actor::Requester, now, submit)
            .expect("the door is open to every matter");
    }
    for deed in deeds {
        let nos: Vec<CaseNo> = herd.lives.keys().cloned().collect();
        let no = &nos[usize::from(deed.which) % nos.len()];
        now = deed.step.wait.after(now, &herd.lives[no], &world);
        let before = laws::stand(&herd);
        let Ok(written) = deed.carry_out(&mut herd, &mut world, &nos, no, now) else { continue };
        of_what_was_written(&before, &written, &world);
        laws::of_a_deed(&before, &written, deed, no, &herd, &world);
        laws::of_a_herd(&herd, &world);
        note(&herd, &before, &written, seen);
    }
}

/// The laws of a single case hold of each.
fn of_what_was_written(before: &laws::Before, written: &[Written], world: &World) {
    for (no, line) in written {
        super::laws::of_a_line(line, world);
        let is_quiet = may_follow_the_end(&line.recorded.event);
        let is_closed = before[no].ended_at.is_some();
        assert!(!is_closed || is_quiet, "{} on a closed case", name_of(&line.recorded.event));
    }
}

fn note(herd: &Herd, before: &laws::Before, written: &[Written], seen: &mut Seen) {
    for (no, line) in written {
        let name = name_of(&line.recorded.event);
        let was_along = |line: &Line| matches!(line.recorded.event, Event::Replied { through: Some(_), .. });
        let earlier = herd.lives[no].lines.iter().filter(|earlier| earlier.recorded.seq < line.recorded.seq);
        if before[no].stage == Stage::Merged {
            seen.along.insert(name);
        } else if !before[no].joined.is_empty() {
            seen.leads.insert(name);
        } else if earlier.into_iter().any(was_along) {
            seen.answered_along.insert(name);
        }
    }
}

// 3.8
#[test]
fn the_laws_hold_in_every_life_of_cases_that_are_handled_together() {
    let config = Config { failure_persistence: None, ..Config::default() };
    let config = Config { cases: config.cases.max(HERDS), ..config };
    let same_herds = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let seen = RefCell::new(Seen::default());
    let outcome = TestRunner::new_with_rng(config, same_herds).run(&steps::herd(), |(beginning, deeds)| {
        live(&beginning, &deeds, &mut seen.borrow_mut());
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    let seen = seen.into_inner();
    for (meant, seen) in [(ALONG, seen.along), (LEADS, seen.leads), (ANSWERED_ALONG, seen.answered_along)] {
        let missing: Vec<_> = meant.iter().filter(|name| !seen.contains(*name)).collect();
        assert!(missing.is_empty(), "never seen: {missing:?} besides {seen:?}");
    }
}

//! A judgement that somebody took down on the phone, put right by whoever said it (5.3, 7.4).

use crate::record::{Life, World};
use crate::school::{clerk, officer, submission};
use huiyin_domain::case::*;
use std::collections::BTreeMap;

/// Answered on the 3rd by the library.
fn answered(world: &World) -> Life {
    let mut life = Life::default();
    let assign = Command::Assign { unit: "library".into(), forced: false, reason: String::new() };
    let answer = Answer {
        words: "办好了".into(),
        outcome: Outcome::Solved,
        public: None,
        files: vec![],
        shelving: None,
        joined_words: String::new(),
    };
    let submit = Command::Submit(Box::new(submission("inquiry")));
    life.must(world, &Actor::Requester, "11-02 09:00", submit);
    life.must(world, &clerk(), "11-02 10:00", assign);
    life.must(world, &officer("library"), "11-03 10:00", Command::Reply(answer));
    life
}

fn phoned(solved: Solved, satisfaction: Satisfaction) -> Command {
    Command::FollowUp(Some(Said {
        contacted: Some(true),
        solved,
        satisfaction,
        words: String::new(),
        publish: None,
    }))
}

fn own(solved: Solved, satisfaction: Satisfaction) -> Command {
    let (complaints, words) = (vec![], String::new());
    Command::Rate { contacted: None, solved, satisfaction, complaints, words, publish: None, reopen: false }
}

/// The judgements that are counted, by day.
fn counted(life: &Life) -> BTreeMap<(String, &'static str), i64> {
    let judged = [
        Measure::Rated,
        Measure::Solved,
        Measure::PartlySolved,
        Measure::Unsolved,
        Measure::Satisfied,
        Measure::FairlySatisfied,
        Measure::Dissatisfied,
    ];
    let mut sums = BTreeMap::new();
    for added in life.lines.iter().flat_map(|line| &line.tallies) {
        if judged.contains(&added.tally.measure) {
            assert_eq!(added.tally.unit, Some("library".into()));
            *sums.entry((added.day.to_string(), added.tally.measure.word())).or_default() += added.n;
        }
    }
    sums.retain(|_, n| *n != 0);
    sums
}

// 5.3, 7.4
#[test]
fn the_own_word_of_a_requester_counts_in_place_of_what_the_phone_took_down() {
    let world = World::small();
    let mut life = answered(&world);
    life.must(&world, &clerk(), "11-04 09:00", phoned(Solved::Yes, Satisfaction::Satisfied));
    let put_right = own(Solved::Partly, Satisfaction::Satisfied);
    life.must(&world, &Actor::Requester, "11-06 09:00", put_right.clone());
    let day = || "2026-11-04".to_owned();
    let once = |measures: [&'static str; 3]| BTreeMap::from(measures.map(|word| ((day(), word), 1)));
    assert_eq!(counted(&life), once(["rated", "partly_solved", "satisfied"]));
    assert_eq!(life.case().round().solved, Some(Solved::Partly));
    // Their word stands: it is not put right a second time, and the phone never comes after it.
    let again = life.carry_out(&world, &Actor::Requester, crate::school::at("11-06 10:00"), put_right);
    assert!(matches!(again, Err(Refusal::TooLate { .. })), "{:?}", again.map(<[_]>::len));
}

// 5.3
#[test]
fn a_round_that_the_phone_began_goes_on_and_the_figures_follow_the_requester() {
    let world = World::small();
    let mut life = answered(&world);
    life.must(&world, &clerk(), "11-04 09:00", phoned(Solved::No, Satisfaction::Dissatisfied));
    assert_eq!((life.case().stage, life.case().rounds.len()), (Stage::Assigned, 2));
    // The unit may change meanwhile: what is counted stays where it was counted.
    let transfer = Command::Transfer {
        unit: "students".into(),
        assisting: vec![],
        forced: false,
        reason: "请办".into(),
    };
    life.must(&world, &clerk(), "11-04 10:00", transfer);
    life.must(&world, &Actor::Requester, "11-05 09:00", own(Solved::Yes, Satisfaction::Satisfied));
    assert_eq!((life.case().stage, life.case().rounds.len()), (Stage::Assigned, 2));
    let of = |word| (("2026-11-04".to_owned(), word), 1);
    assert_eq!(counted(&life), BTreeMap::from(["rated", "solved", "satisfied"].map(of)));
    assert_eq!(life.case().rounds[0].solved, Some(Solved::Yes));
}

// 5.3
#[test]
fn unsolved_after_all_begins_a_round_and_is_said_in_time_or_not_at_all() {
    let world = World::small();
    let mut life = answered(&world);
    life.must(&world, &clerk(), "11-04 09:00", phoned(Solved::Yes, Satisfaction::Satisfied));
    let unsolved = own(Solved::No, Satisfaction::Dissatisfied);
    let late = life.carry_out(&world, &Actor::Requester, crate::school::at("11-10 10:00"), unsolved.clone());
    assert!(matches!(late, Err(Refusal::RatingClosed { days: 7 })), "{:?}", late.map(<[_]>::len));
    life.must(&world, &Actor::Requester, "11-09 09:00", unsolved);
    assert_eq!((life.case().stage, life.case().rounds.len()), (Stage::Assigned, 2));
}

// 5.3
#[test]
fn nobody_is_called_where_the_school_calls_nobody_and_as_often_as_it_says_elsewhere() {
    let mut world = World::small();
    world.policy.rating.follow_up_calls = 1;
    let mut life = answered(&world);
    life.must(&world, &clerk(), "11-04 09:00", Command::FollowUp(None));
    let again = life.carry_out(&world, &clerk(), crate::school::at("11-05 09:00"), Command::FollowUp(None));
    assert!(matches!(again, Err(Refusal::CalledOften { times: 1 })), "{:?}", again.map(<[_]>::len));
    world.policy.rating.follow_up_calls = 0;
    let said = phoned(Solved::Yes, Satisfaction::Satisfied);
    let none = life.carry_out(&world, &clerk(), crate::school::at("11-06 09:00"), said);
    assert!(matches!(none, Err(Refusal::CalledOften { times: 0 })), "{:?}", none.map(<[_]>::len));
}

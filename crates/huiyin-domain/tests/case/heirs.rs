//! What is about a unit is about whoever took over from it; what is dissolved while a case runs goes along (2.4, 3.2).

use crate::record::World;
use crate::rules::{assign, in_a_school, submitted};
use crate::school::{at, clerk, officer};
use huiyin_domain::access::{Duty, Role, may_see, units_near};
use huiyin_domain::case::*;
use huiyin_domain::policy::Policy;

/// The library is dissolved, the dormitories have taken over.
fn merged_units(policy: &mut Policy) {
    for unit in policy.units.iter_mut().filter(|unit| unit.id.as_str() == "library") {
        unit.closed = true;
        unit.successor = Some("dormitories".into());
    }
}

// 2.4
#[test]
fn the_heir_of_a_unit_that_is_kept_away_is_kept_away_too() {
    let world = in_a_school(merged_units);
    let mut life = submitted(&world, |asked| asked.about = vec!["library".into()]).expect("the door is open");
    assert!(!may_see(&officer("dormitories"), life.case(), &world.policy));
    let to_heir = life.carry_out(&world, &clerk(), at("11-02 10:00"), assign("dormitories"));
    assert_eq!(to_heir.err(), Some(Refusal::RecusedUnit));
    let near = [Duty { role: Role::Officer, unit: Some("dormitories".into()), post: None }];
    assert!(units_near(&near, &world.policy).contains(&"library".into()), "lists leave it out too");
    let recuse = Command::Recuse { units: vec!["library".into()], reason: "又提到它".into() };
    life.must(&world, &clerk(), "11-02 11:00", recuse);
    assert!(life.case().is_recused(&"dormitories".into()));
}

// 2.4
#[test]
fn an_heir_that_has_the_case_loses_it_when_it_takes_over_from_the_accused() {
    let mut world = World::small();
    let mut life = submitted(&world, |asked| asked.about = vec!["library".into()]).expect("the door is open");
    life.must(&world, &clerk(), "11-02 10:00", assign("dormitories"));
    merged_units(&mut world.policy);
    life.must(&world, &Actor::Rule, "11-02 12:00", Command::FollowSuccessor);
    assert_eq!((life.case().stage, &life.case().unit), (Stage::Accepted, &None));
    assert!(life.case().is_recused(&"dormitories".into()));
    assert_eq!(life.must(&world, &Actor::Rule, "11-02 13:00", Command::FollowSuccessor).len(), 0);
}

// 3.2
#[test]
fn a_case_of_a_dissolved_unit_goes_along_to_its_heir_on_the_same_clock() {
    let mut world = World::small();
    let mut life = submitted(&world, |_| {}).expect("the door is open");
    life.must(&world, &clerk(), "11-02 10:00", assign("library"));
    let promised = life.case().round().promises.clone();
    merged_units(&mut world.policy);
    let lines = life.must(&world, &Actor::Rule, "11-02 12:00", Command::FollowSuccessor);
    assert!(
        matches!(&lines[0].recorded.event, Event::Succeeded(Succession { unit, .. }) if unit.as_str() == "dormitories")
    );
    assert_eq!(life.case().round().promises, promised);
    assert!(may_see(&officer("dormitories"), life.case(), &world.policy));
    let by_hand = life.carry_out(&world, &clerk(), at("11-02 13:00"), Command::FollowSuccessor);
    assert_eq!(by_hand.err(), Some(Refusal::NotYours));
}

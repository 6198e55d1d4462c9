//! What is about a unit is about whoever took over from it; what is dissolved while a case runs goes along (2.4, 3.2).

use crate::record::{Life, World};
use crate::rules::{assign, in_a_school, submitted};
use crate::school::{at, clerk, officer};
use huiyin_domain::access::{Duty, Role, may_see, units_near};
use huiyin_domain::case::*;
use huiyin_domain::ids::UnitId;
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

/// After the library, the dormitories are dissolved too, and logistics has taken over from them.
fn merged_again(policy: &mut Policy) {
    merged_units(policy);
    for unit in policy.units.iter_mut().filter(|unit| unit.id.as_str() == "dormitories") {
        unit.closed = true;
        unit.successor = Some("logistics".into());
    }
}

/// About the library, then dissolved twice: the heirs are kept away one after the other.
fn inherited(world: &mut World) -> Life {
    let mut life = submitted(world, |asked| asked.about = vec!["library".into()]).expect("the door is open");
    merged_units(&mut world.policy);
    life.must(world, &Actor::Rule, "11-02 10:00", Command::FollowSuccessor);
    merged_again(&mut world.policy);
    life.must(world, &Actor::Rule, "11-02 11:00", Command::FollowSuccessor);
    let away: Vec<UnitId> = ["library", "dormitories", "logistics"].map(UnitId::from).into();
    assert_eq!(life.case().recused, away);
    life
}

fn lift(unit: &str) -> Command {
    Command::LiftRecusal { units: vec![unit.into()], reason: "反映人填错了".into() }
}

// 2.4
#[test]
fn lifting_a_recusal_lifts_what_followed_from_it_along_the_line_of_heirs() {
    let mut world = World::small();
    let mut life = inherited(&mut world);
    life.must(&world, &clerk(), "11-02 12:00", lift("library"));
    assert!(life.case().recused.is_empty(), "{:?}", life.case().recused);
    assert_eq!(life.must(&world, &Actor::Rule, "11-02 13:00", Command::FollowSuccessor).len(), 0);
    life.must(&world, &clerk(), "11-02 14:00", assign("logistics"));
}

// 2.4
#[test]
fn an_heir_is_not_let_in_while_the_one_it_took_over_from_is_kept_away() {
    let mut world = World::small();
    let mut life = inherited(&mut world);
    let alone = life.carry_out(&world, &clerk(), at("11-02 12:00"), lift("logistics"));
    assert_eq!(alone.err(), Some(Refusal::HeirStaysAway("library".into())));
    let named: Vec<&UnitId> = life.case().liftable(&world.policy).collect();
    assert_eq!(named, [&UnitId::from("library")]);
}

// 2.4
#[test]
fn an_heir_that_is_complained_of_itself_stays_away() {
    let mut world = World::small();
    let mut life = inherited(&mut world);
    let recuse = Command::Recuse { units: vec!["dormitories".into()], reason: "反映的也是它".into() };
    life.must(&world, &clerk(), "11-02 12:00", recuse);
    life.must(&world, &clerk(), "11-02 13:00", lift("library"));
    let away: Vec<UnitId> = ["dormitories", "logistics"].map(UnitId::from).into();
    assert_eq!(life.case().recused, away, "and so does who took over from it");
    life.must(&world, &clerk(), "11-02 14:00", lift("dormitories"));
    assert!(life.case().recused.is_empty());
}

// 2.4
#[test]
fn who_took_over_from_two_is_kept_away_until_both_may_come_back() {
    let mut world = World::small();
    let mut life = inherited(&mut world);
    let recuse = Command::Recuse { units: vec!["students".into()], reason: "也反映了它".into() };
    life.must(&world, &clerk(), "11-02 12:00", recuse);
    for unit in world.policy.units.iter_mut().filter(|unit| unit.id.as_str() == "students") {
        unit.closed = true;
        unit.successor = Some("logistics".into());
    }
    life.must(&world, &Actor::Rule, "11-02 13:00", Command::FollowSuccessor);
    life.must(&world, &clerk(), "11-02 14:00", lift("library"));
    let away: Vec<UnitId> = ["logistics", "students"].map(UnitId::from).into();
    assert_eq!(life.case().recused, away);
    life.must(&world, &clerk(), "11-02 15:00", lift("students"));
    assert!(life.case().recused.is_empty());
}

// 8.9
#[test]
fn in_a_record_from_before_every_unit_is_kept_away_for_its_own_sake() {
    let mut world = World::small();
    let mut life = submitted(&world, |asked| asked.about = vec!["library".into()]).expect("the door is open");
    merged_units(&mut world.policy);
    let old: Event =
        serde_json::from_str(r#"{"event":"recused","units":["dormitories"]}"#).expect("an old line");
    let line = Recorded { seq: 2, at: at("11-02 10:00"), by: By::Rule, event: old };
    life.case = apply(life.case.take(), &line);
    assert!(life.case().is_recused_by_itself(&"dormitories".into()));
    life.must(&world, &clerk(), "11-02 11:00", lift("library"));
    life.must(&world, &clerk(), "11-02 12:00", lift("dormitories"));
    assert!(life.case().recused.is_empty());
}

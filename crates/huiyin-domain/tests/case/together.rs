//! Single rules of cases that are handled together, which no story of one case could tell (3.8).

use crate::herd::Herd;
use crate::record::World;
use crate::rules::{assign, in_a_school};
use crate::school::{at, clerk, submission};
use huiyin_domain::case::*;
use huiyin_domain::ids::CaseNo;
use huiyin_domain::policy::Policy;

const ONE: &str = "HY-20261102-0001";
const OTHER: &str = "HY-20261102-0002";

fn no(no: &str) -> CaseNo {
    no.into()
}

/// Two of one matter, the first with the library.
fn two(world: &World, change: impl Fn(&mut Submission)) -> Herd {
    let mut herd = Herd::default();
    for one in [ONE, OTHER] {
        let mut asked = submission("inquiry");
        change(&mut asked);
        must(&mut herd, world, one, &Actor::Requester, "11-02 09:00", Command::Submit(Box::new(asked)));
    }
    must(&mut herd, world, ONE, &clerk(), "11-02 10:00", assign("library"));
    herd
}

fn must(herd: &mut Herd, world: &World, one: &str, actor: &Actor, now: &str, command: Command) {
    let asked = format!("{command:?}");
    let done = herd.carry_out(world, &no(one), actor, at(now), command);
    done.unwrap_or_else(|refusal| panic!("{asked} was refused: {refusal:?}"));
}

fn merged(world: &World, change: impl Fn(&mut Submission)) -> Herd {
    let mut herd = two(world, change);
    herd.merge(world, [&no(ONE), &no(OTHER)], &clerk(), at("11-02 11:00")).expect("they are alike");
    herd
}

fn supplement(words: &str) -> Command {
    Command::Supplement { words: words.into(), files: vec![] }
}

// 1.7, 3.8
#[test]
fn who_came_along_and_is_in_danger_goes_alone_on_the_clocks_of_danger() {
    let world = World::small();
    let (mut herd, mut alone) = (merged(&world, |_| {}), two(&world, |_| {}));
    for herd in [&mut herd, &mut alone] {
        must(herd, &world, OTHER, &Actor::Requester, "11-02 12:00", supplement("我想轻生"));
    }
    let case = herd.case(&no(OTHER));
    assert_eq!((case.stage, case.is_crisis()), (Stage::Submitted, true));
    assert_eq!(case.round().promises, alone.case(&no(OTHER)).round().promises);
    assert!(herd.case(&no(ONE)).joined.is_empty());
}

// 1.7, 3.8
#[test]
fn danger_does_not_go_behind_what_is_none() {
    let world = World::small();
    // Protected as they are, both of them.
    let mut herd = two(&world, |asked| asked.category = Some("bullying".into()));
    must(&mut herd, &world, OTHER, &Actor::Requester, "11-02 10:30", supplement("我想轻生"));
    let refused = herd.merge(&world, [&no(ONE), &no(OTHER)], &clerk(), at("11-02 11:00"));
    assert_eq!(refused.err(), Some(Refusal::NotToBeMerged));
    herd.merge(&world, [&no(OTHER), &no(ONE)], &clerk(), at("11-02 11:00")).expect("the other way round");
}

// 2.1, 3.8
#[test]
fn what_an_anonymous_requester_takes_back_tells_its_minute_on_no_other_case() {
    let world = World::small();
    let mut herd = merged(&world, |asked| asked.identity = Identity::Anonymous);
    let withdraw = Command::Withdraw { reason: String::new() };
    must(&mut herd, &world, ONE, &Actor::Requester, "11-02 14:47", withdraw);
    assert_eq!(herd.case(&no(ONE)).stage, Stage::Withdrawn);
    let other = herd.case(&no(OTHER));
    assert_eq!((other.stage, other.last_at), (Stage::Submitted, at("11-02 14:00")));
}

/// The students' office is dissolved, the dormitories have taken over.
fn dissolved(policy: &mut Policy) {
    for unit in policy.units.iter_mut().filter(|unit| unit.id.as_str() == "students") {
        unit.closed = true;
        unit.successor = Some("dormitories".into());
    }
}

// 2.4, 3.8
#[test]
fn whoever_is_looked_at_first_when_a_unit_is_dissolved_the_two_stay_together() {
    let mut world = in_a_school(|policy| policy.safety.recusal_unit = None);
    let mut herd = merged(&world, |asked| asked.about = vec!["students".into()]);
    dissolved(&mut world.policy);
    for one in [OTHER, ONE] {
        must(&mut herd, &world, one, &Actor::Rule, "11-02 12:00", Command::FollowSuccessor);
    }
    for one in [OTHER, ONE] {
        assert!(herd.case(&no(one)).is_recused(&"dormitories".into()));
    }
    assert_eq!(herd.case(&no(ONE)).joined, [no(OTHER)]);
}

fn recuse(unit: &str) -> Command {
    Command::Recuse { units: vec![unit.into()], reason: "反映的就是它".into() }
}

fn lift(unit: &str) -> Command {
    Command::LiftRecusal { units: vec![unit.into()], reason: "弄错了".into() }
}

// 2.4, 3.8
#[test]
fn what_went_along_with_the_recusal_of_the_lead_goes_along_with_its_lifting() {
    let mut world = World::small();
    let mut herd = merged(&world, |_| {});
    must(&mut herd, &world, ONE, &clerk(), "11-02 12:00", recuse("students"));
    dissolved(&mut world.policy);
    // Whichever is looked at, the heir is kept away from both.
    must(&mut herd, &world, ONE, &Actor::Rule, "11-02 13:00", Command::FollowSuccessor);
    let away = |herd: &Herd| [ONE, OTHER].map(|one| herd.case(&no(one)).recused.len());
    assert_eq!(away(&herd), [2, 2]);
    must(&mut herd, &world, ONE, &clerk(), "11-02 14:00", lift("students"));
    assert_eq!(away(&herd), [0, 0]);
    assert_eq!(herd.case(&no(ONE)).joined, [no(OTHER)], "and they stay together");
}

// 2.4, 3.8
#[test]
fn what_is_about_a_unit_by_itself_stays_so_and_goes_by_itself_when_the_lead_is_no_longer() {
    let world = World::small();
    let mut herd = merged(&world, |asked| asked.about = vec!["students".into()]);
    must(&mut herd, &world, ONE, &clerk(), "11-02 12:00", lift("students"));
    let other = herd.case(&no(OTHER));
    assert!(other.is_recused(&"students".into()));
    assert_eq!(other.stage, Stage::Submitted);
    assert!(herd.case(&no(ONE)).joined.is_empty());
}

// 2.4, 3.8
#[test]
fn a_unit_named_on_what_came_along_is_kept_away_from_it_for_its_own_sake() {
    let world = World::small();
    let mut herd = merged(&world, |_| {});
    must(&mut herd, &world, ONE, &clerk(), "11-02 12:00", recuse("students"));
    must(&mut herd, &world, OTHER, &clerk(), "11-02 13:00", recuse("students"));
    assert_eq!(herd.case(&no(OTHER)).stage, Stage::Merged, "both are about it");
    must(&mut herd, &world, ONE, &clerk(), "11-02 14:00", lift("students"));
    assert!(herd.case(&no(OTHER)).is_recused(&"students".into()));
}

// 2.4, 3.8
#[test]
fn an_heir_that_is_named_on_the_lead_stays_away_from_both_when_the_one_it_took_over_from_is_let_in() {
    let mut world = World::small();
    let mut herd = merged(&world, |_| {});
    dissolved(&mut world.policy);
    must(&mut herd, &world, ONE, &clerk(), "11-02 12:00", recuse("students"));
    must(&mut herd, &world, ONE, &clerk(), "11-02 13:00", recuse("dormitories"));
    must(&mut herd, &world, ONE, &clerk(), "11-02 14:00", lift("students"));
    for one in [ONE, OTHER] {
        assert_eq!(herd.case(&no(one)).recused, ["dormitories".into()], "{one}");
    }
    assert_eq!(herd.case(&no(ONE)).joined, [no(OTHER)], "and they stay together");
    must(&mut herd, &world, ONE, &clerk(), "11-02 15:00", lift("dormitories"));
    assert!(herd.case(&no(OTHER)).recused.is_empty(), "it went along with the lead and goes with it");
}

// 2.4, 3.8
#[test]
fn who_took_over_on_the_lead_is_kept_away_along_with_it_for_the_sake_of_who_was_there_before() {
    let mut world = World::small();
    let mut herd = merged(&world, |_| {});
    must(&mut herd, &world, ONE, &clerk(), "11-02 12:00", recuse("students"));
    dissolved(&mut world.policy);
    must(&mut herd, &world, ONE, &Actor::Rule, "11-02 13:00", Command::FollowSuccessor);
    // And once more: who took over is dissolved in its turn.
    for unit in world.policy.units.iter_mut().filter(|unit| unit.id.as_str() == "dormitories") {
        unit.closed = true;
        unit.successor = Some("library".into());
    }
    must(&mut herd, &world, ONE, &Actor::Rule, "11-02 14:00", Command::FollowSuccessor);
    let other = herd.case(&no(OTHER));
    assert_eq!(other.recused.len(), 3);
    assert_eq!(other.recused_with_lead, ["students".into()], "the others are away for it alone");
}

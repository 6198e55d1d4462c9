//! What the school's own history may dispatch by itself, and everything it may not (3.1).

use crate::record::{Life, World};
use crate::rules::{assign, in_a_school, submitted};
use crate::school::{KINDS, at, clerk, officer};
use huiyin_domain::access::{Act, Hat, TABLE, may};
use huiyin_domain::case::*;

/// The small school lets go out what is right 97 times in a hundred.
fn world() -> World {
    World::small()
}

type Change = fn(&mut Submission);

fn books() -> Learned {
    Learned {
        category: "books".into(),
        model: 7,
        share: 98,
        confirmed: 400,
        words: vec!["借书".into()],
        text: "想多借几本书".into(),
    }
}

fn dispatch(life: &mut Life, world: &World, learned: Learned) -> Result<Vec<Event>, Refusal> {
    let command = Command::AssignAsLearned(Box::new(learned));
    let lines = life.carry_out(world, &Actor::Rule, at("11-02 10:00"), command)?;
    Ok(lines.iter().map(|line| line.recorded.event.clone()).collect())
}

fn fresh(world: &World) -> Life {
    submitted(world, |_| {}).expect("the door is open")
}

#[test]
fn what_is_sure_goes_to_its_unit_and_says_by_what() {
    let world = world();
    let mut life = fresh(&world);
    let events = dispatch(&mut life, &world, books()).expect("it is sure and ordinary");
    let [Event::Classified(said), Event::Accepted { .. }, Event::Assigned { unit, forced, .. }] = &events[..]
    else {
        panic!("{events:?}")
    };
    assert_eq!((said.model, said.share, unit.as_str(), *forced), (7, 98, "library", false));
    let case = life.case();
    assert_eq!((case.stage, case.category.as_ref().map(|id| id.as_str())), (Stage::Assigned, Some("books")));
    assert!(life.lines[1..].iter().all(|line| line.recorded.by == By::Rule));
    // The unit may hand it back as ever, and then a person looks.
    let back =
        Command::SendBack {
            ground: SendBackGround::NotOurDuty, suggested: None, reason: "不归我们".into()
        };
    life.must(&world, &officer("library"), "11-02 11:00", back);
    assert!(dispatch(&mut life, &world, books()).is_err());
}

#[test]
fn what_is_not_sure_enough_or_not_allowed_waits_for_a_person() {
    let world = world();
    let asked = |change: &dyn Fn(&mut Learned)| {
        let mut learned = books();
        change(&mut learned);
        dispatch(&mut fresh(&world), &world, learned)
    };
    let for_a_person = |outcome: Result<Vec<Event>, Refusal>| {
        assert!(matches!(outcome, Err(Refusal::ForAPerson { .. })), "{outcome:?}");
    };
    for_a_person(asked(&|learned| learned.share = 96));
    for_a_person(asked(&|learned| learned.confirmed = 349));
    for_a_person(asked(&|learned| learned.text = "我想轻生".into()));
    for_a_person(asked(&|learned| learned.category = "bullying".into()));
    for_a_person(asked(&|learned| learned.category = "nowhere".into()));
    let off = in_a_school(|policy| policy.proposals.automatic_from = None);
    for_a_person(dispatch(&mut fresh(&off), &off, books()));
    let without_unit = asked(&|learned| learned.category = "other".into());
    assert_eq!(without_unit.err(), Some(Refusal::NoSuch { what: "单位" }));
}

#[test]
fn wherever_something_hangs_on_it_a_person_looks_first() {
    let world = world();
    let changes: [(&str, Change); 6] = [
        ("protected", |asked| asked.kind = "report".into()),
        ("danger", |asked| asked.danger = true),
        ("a word of danger", |asked| asked.body = "有人要轻生".into()),
        ("about somebody", |asked| asked.about = vec!["dormitories".into()]),
        ("another category", |asked| asked.category = Some("lighting".into())),
        ("from outside", |asked| asked.channel = "hotline".into()),
    ];
    for (what, change) in changes {
        let life = submitted(&world, change);
        let Ok(mut life) = life else { continue };
        let outcome = dispatch(&mut life, &world, books());
        assert!(outcome.is_err(), "{what}: {outcome:?}");
    }
    let mut taken_on = fresh(&world);
    taken_on.must(&world, &clerk(), "11-02 09:30", Command::Accept);
    assert!(dispatch(&mut taken_on, &world, books()).is_err(), "it is in somebody's hands");
    let mut given = fresh(&world);
    given.must(&world, &clerk(), "11-02 09:30", assign("dormitories"));
    assert!(dispatch(&mut given, &world, books()).is_err(), "somebody has decided");
    let mut untouched = fresh(&world);
    let by_hand =
        untouched.carry_out(&world, &clerk(), at("11-02 10:00"), Command::AssignAsLearned(Box::new(books())));
    assert_eq!(by_hand.err(), Some(Refusal::NotYours), "nobody but the rule");
}

#[test]
fn whatever_is_proposed_nothing_is_rejected_ended_or_made_less_pressing() {
    let world = world();
    for kind in KINDS {
        for category in ["lighting", "books", "other", "bullying"] {
            for body in ["想多借几本书", "这里漏水了", "有人要轻生"] {
                let asked = submitted(&world, |asked| {
                    asked.kind = kind.into();
                    asked.body = body.into();
                });
                let Ok(mut life) = asked else { continue };
                let before = life.case().clone();
                let learned = Learned { category: category.into(), text: body.into(), ..books() };
                let Ok(events) = dispatch(&mut life, &world, learned) else {
                    assert_eq!(life.case(), &before, "refused, so nothing happened");
                    continue;
                };
                let is_harmless = |event: &Event| {
                    matches!(event, Event::Classified(_) | Event::Accepted { .. } | Event::Assigned { .. })
                };
                assert!(events.iter().all(is_harmless), "{events:?}");
                let after = life.case();
                assert_eq!(after.stage, Stage::Assigned);
                assert!(after.urgency >= before.urgency && after.restricted == before.restricted);
                for promise in &before.round().promises {
                    let now = after.round().promise(promise.clock).expect("a promise stays");
                    assert!(now.due <= promise.due, "{kind} {category}: a promise never moves back");
                }
            }
        }
    }
}

// What the program may do of itself, by rule or by clock: none of it says no to anybody.
#[test]
fn no_act_of_the_program_turns_a_requester_away() {
    for act in [Act::Decline, Act::Withdraw, Act::Reply, Act::CloseSupervision, Act::Correct, Act::Merge] {
        assert!(!may(Hat::Rule, act) && !may(Hat::Clock, act), "{act:?}");
    }
    let hats = TABLE.iter().find(|(act, _)| *act == Act::AssignAsLearned).map(|(_, hats)| *hats);
    assert_eq!(hats, Some(&[Hat::Rule][..]), "nobody else does it");
}

//! Who belongs to the coordinating office does not read or answer what is said of it under another hat (5.4).

use super::*;
use huiyin_domain::access::sees_event;

// 5.4
#[test]
fn what_is_said_of_the_office_goes_past_everybody_who_is_of_it_whatever_else_they_are() {
    let world = World::small();
    let (_, case) = samples(&world).into_iter().find(|(name, _)| *name == "complained of").expect("a sample");
    let about = |about_office| {
        let end = ComplaintEnd { about_office, answerer: None };
        let complained = HandlingComplaint { due: None, about_office, danger: false };
        [Event::HandlingComplained(complained), Event::ComplaintAnswered(end), Event::ComplaintMissed(end)]
    };
    let reads = |actor: &Actor, event: &Event| sees_event(&hats(actor, &case, &world.policy), event);
    let answer = |actor: &Actor| {
        let command = Command::AnswerComplaint { words: "没有压。".into() };
        world.ask(Some(&case), actor, at(NOW), command).map(|_| ())
    };
    let above = || [staff(Role::Supervisor, None, None), staff(Role::Auditor, None, None), leader("head")];
    for (at, person) in above().into_iter().enumerate() {
        assert!(about(true).iter().all(|event| reads(&person, event)), "{person:?}");
        let is_auditor = at == 1;
        assert_eq!(answer(&person).is_ok(), !is_auditor, "{person:?}");
    }
    for role in [Role::Officer, Role::UnitHead, Role::Clerk] {
        for person in above() {
            let person = holder_of([person, staff(role, Some("office"), None)]);
            assert!(may_see(&person, &case, &world.policy));
            assert!(!about(true).iter().any(|event| reads(&person, event)), "{person:?}");
            assert!(about(false).iter().all(|event| reads(&person, event)), "{person:?}");
            let refused = answer(&person).expect_err("it is about their own office");
            assert!(matches!(refused, Refusal::NoComplaint | Refusal::NotYours), "{refused:?}");
        }
    }
    // Whoever works elsewhere keeps what they are above it for, and being of the office alone opens nothing.
    let elsewhere = holder_of([staff(Role::Supervisor, None, None), officer("library")]);
    assert!(about(true).iter().all(|event| reads(&elsewhere, event)));
    assert!(!may_see(&staff(Role::UnitHead, Some("office"), None), &case, &world.policy));
}

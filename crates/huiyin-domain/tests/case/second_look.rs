//! Whose answer it is that goes out, and that nothing is published past the head.

use crate::record::World;
use crate::rules::{assign, in_a_school, submitted};
use crate::school::{at, clerk, officer, staff};
use huiyin_domain::access::Role;
use huiyin_domain::calendar::DayKind;
use huiyin_domain::case::*;

// 5.1
#[test]
fn an_answer_is_credited_to_whoever_wrote_the_one_that_went_out() {
    let world = World::small();
    let head = staff(Role::UnitHead, Some("library"), None);
    let answered_by = |last: Command| {
        let mut life = submitted(&world, |_| {}).expect("the door is open");
        life.must(&world, &clerk(), "11-02 10:00", assign("library"));
        let (words, outcome) = ("周末也开门".to_owned(), Outcome::Explained);
        let draft = Command::ProposeReply(Answer {
            words,
            outcome,
            public: None,
            files: vec![],
            shelving: None,
            joined_words: String::new(),
        });
        life.must(&world, &officer("library"), "11-02 11:00", draft);
        life.must(&world, &head, "11-02 12:00", last);
        life.case().officer.clone().expect("somebody answered").0
    };
    let texts = vec![Text { kind: TextKind::Words, words: "周末也开门".into() }];
    assert_eq!(answered_by(Command::ApproveReply { texts, has_head: true }), "officer-library");
    let (words, outcome) = ("周末八点到六点开门".to_owned(), Outcome::Explained);
    let own = Command::Reply(Answer {
        words,
        outcome,
        public: None,
        files: vec![],
        shelving: None,
        joined_words: String::new(),
    });
    assert_eq!(answered_by(own), "unit_head-library");
}

// 5.1, 8.1
#[test]
fn what_everybody_will_read_is_not_published_past_the_second_look() {
    let world =
        in_a_school(|policy| policy.answering.second_look = huiyin_domain::policy::SecondLook::Public);
    let mut life = submitted(&world, |asked| asked.may_publish = true).expect("the door is open");
    life.must(&world, &clerk(), "11-02 10:00", assign("library"));
    let publish =
        || Command::Publish(PublicText { title: "开馆时间".into(), body: "周末也开门".into() });
    let by_officer = life.carry_out(&world, &officer("library"), at("11-02 11:00"), publish());
    assert!(matches!(by_officer.err(), Some(Refusal::NeedsSecondLook { .. })));
    life.must(&world, &staff(Role::UnitHead, Some("library"), None), "11-02 12:00", publish());
    assert!(life.case().is_published);
}

/// The library cannot do it yet and proposes to look again on this day.
fn proposed_until(world: &World, review_on: &str) -> crate::record::Life {
    let mut life = submitted(world, |_| {}).expect("the door is open");
    life.must(world, &clerk(), "11-02 10:00", assign("library"));
    let draft = Command::ProposeReply(Answer {
        words: "今年没有经费".into(),
        outcome: Outcome::CannotYet,
        public: None,
        files: vec![],
        shelving: Some(Shelving {
            plan: "报明年计划".into(), review_on: review_on.parse().expect("a day")
        }),
        joined_words: String::new(),
    });
    life.must(world, &officer("library"), "11-02 11:00", draft);
    life
}

fn signing() -> Command {
    let text = |kind, words: &str| Text { kind, words: words.into() };
    let texts = vec![text(TextKind::Words, "今年没有经费"), text(TextKind::Plan, "报明年计划")];
    Command::ApproveReply { texts, has_head: true }
}

// 4.4, 5.1
#[test]
fn a_proposed_day_that_proves_a_rest_day_is_signed_for_the_working_day_before() {
    let mut world = World::small();
    let head = staff(Role::UnitHead, Some("library"), None);
    let mut life = proposed_until(&world, "2026-12-10");
    let rests = |day: &str, world: &mut World| {
        world.calendar.list(day.parse().expect("a day"), DayKind::Holiday, "校庆");
    };
    rests("2026-12-10", &mut world);
    rests("2026-12-09", &mut world);
    life.must(&world, &head, "11-02 12:00", signing());
    let review_on = life.case().shelved.as_ref().expect("it is on the list").review_on;
    assert_eq!(review_on.to_string(), "2026-12-08");
}

// 4.4, 5.1
#[test]
fn a_proposed_day_that_is_over_or_too_far_is_sent_for_rewriting() {
    let mut world = World::small();
    let head = staff(Role::UnitHead, Some("library"), None);
    let mut life = proposed_until(&world, "2026-11-04");
    let late = life.carry_out(&world, &head, at("11-05 09:00"), signing());
    let late = late.err().expect("the day is over").to_string();
    assert!(late.contains("复核日期已经过了，请退改") && !late.contains(ANOTHER_DAY), "{late}");
    let mut life = proposed_until(&world, "2026-12-10");
    world.policy.shelving.review_days_max = 14;
    let far = life.carry_out(&world, &head, at("11-02 12:00"), signing());
    let far = far.err().expect("the school allows fewer days now").to_string();
    assert!(far.contains("超过了现在规定的天数，请退改") && !far.contains(ANOTHER_DAY), "{far}");
}

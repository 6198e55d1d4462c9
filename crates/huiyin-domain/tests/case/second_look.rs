//! Whose answer it is that goes out, and that nothing is published past the head.

use crate::record::World;
use crate::rules::{assign, in_a_school, submitted};
use crate::school::{at, clerk, officer, staff};
use huiyin_domain::access::Role;
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

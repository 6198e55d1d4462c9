//! Single rules that need a school of their own making, or that no story would tell: each has its one test here.

use crate::record::{Life, World};
use crate::school::{at, clerk, leader, officer, submission};
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::*;
use huiyin_domain::policy::Policy;

pub fn submitted(world: &World, change: impl FnOnce(&mut Submission)) -> Result<Life, Refusal> {
    let (mut life, mut asked) = (Life::default(), submission("inquiry"));
    change(&mut asked);
    life.carry_out(world, &Actor::Requester, at("11-02 09:00"), Command::Submit(Box::new(asked)))?;
    Ok(life)
}

pub fn in_a_school(change: impl FnOnce(&mut Policy)) -> World {
    let mut world = World::small();
    change(&mut world.policy);
    world
}

pub fn assign(unit: &str) -> Command {
    Command::Assign { unit: unit.into(), forced: false, reason: String::new() }
}

fn transfer(unit: &str) -> Command {
    Command::Transfer { unit: unit.into(), assisting: vec![], forced: false, reason: "请办".into() }
}

// 1.3
#[test]
fn what_the_catalogue_protects_is_not_dispatched_by_its_words() {
    let life = submitted(&World::small(), |asked| {
        asked.kind = "repair".into();
        asked.title = "门被踢坏，宿舍里有欺凌".into();
    });
    let life = life.expect("the door is open");
    assert_eq!((life.case().stage, &life.case().unit), (Stage::Submitted, &None));
}

// 1.3
#[test]
fn a_dissolved_unit_gets_nothing_by_rule_and_nothing_by_hand() {
    let world = in_a_school(|policy| policy.categories[0].unit = Some("dissolved".into()));
    let life = submitted(&world, |asked| {
        asked.kind = "repair".into();
        asked.title = "走廊的灯不亮".into();
    });
    let mut life = life.expect("the door is open");
    assert_eq!(life.case().stage, Stage::Submitted);
    let by_hand = life.carry_out(&world, &clerk(), at("11-02 10:00"), assign("dissolved"));
    assert_eq!(by_hand.err(), Some(Refusal::NoSuch { what: "单位" }));
}

// 5.1
#[test]
fn a_case_that_turns_out_to_be_protected_leaves_its_unit_at_once() {
    let world = World::small();
    let mut life = submitted(&world, |_| {}).expect("the door is open");
    life.carry_out(&world, &clerk(), at("11-02 10:00"), assign("logistics")).expect("an ordinary case");
    let protected = world.policy.categories.iter().find(|category| category.restricted);
    let protected = protected.expect("the small school protects something").id.clone();
    let correct = Command::Correct {
        kind: None,
        category: Some(protected),
        place: None,
        urgency: None,
        reason: "是举报".into(),
    };
    life.carry_out(&world, &clerk(), at("11-02 11:00"), correct).expect("a clerk may");
    assert_eq!((life.case().stage, &life.case().unit), (Stage::Accepted, &None));
    assert!(life.case().restricted);
    assert_eq!(life.case().send_backs, 0, "nobody handed it back");
}

// 3.4
#[test]
fn an_instructed_unit_may_not_send_back_even_if_it_had_the_case_before() {
    let world = World::small();
    let mut life = submitted(&world, |_| {}).expect("the door is open");
    let escalate = Command::Escalate { leader: "head".into(), brief: "拟请批示".into() };
    let instruct =
        Command::Instruct { unit: "library".into(), until: None, key: false, words: "请办".into() };
    life.must(&world, &clerk(), "11-02 10:00", escalate);
    life.must(&world, &clerk(), "11-02 11:00", transfer("library"));
    life.must(&world, &leader("head"), "11-02 12:00", instruct);
    let send_back =
        Command::SendBack {
            ground: SendBackGround::NotOurDuty, suggested: None, reason: "不归我们".into()
        };
    let answer = life.carry_out(&world, &officer("library"), at("11-02 13:00"), send_back);
    assert_eq!(answer.err(), Some(Refusal::InstructedUnitMayNotSendBack));
}

// 3.4
#[test]
fn a_case_is_sent_back_as_often_as_the_school_allows() {
    let world = in_a_school(|policy| policy.sending_back.times = 2);
    let mut life = submitted(&world, |_| {}).expect("the door is open");
    let send_back =
        || Command::SendBack {
            ground: SendBackGround::Unclear, suggested: None, reason: "看不明白".into()
        };
    for unit in ["library", "students"] {
        life.must(&world, &clerk(), "11-02 10:00", assign(unit));
        life.must(&world, &officer(unit), "11-02 11:00", send_back());
    }
    life.must(&world, &clerk(), "11-02 12:00", assign("logistics"));
    let third = life.carry_out(&world, &officer("logistics"), at("11-02 13:00"), send_back());
    assert!(matches!(third.err(), Some(Refusal::SentBackTooOften { times: 2, .. })));
}

// 4.2
#[test]
fn a_later_change_of_limits_moves_no_promise() {
    let mut world = World::small();
    let mut life = submitted(&world, |_| {}).expect("the door is open");
    life.must(&world, &clerk(), "11-02 10:00", assign("library"));
    let promised = life.case().round().promises.clone();
    for limit in &mut world.policy.limits {
        limit.working_days = limit.working_days.map(|days| days + 10);
        limit.hours = limit.hours.map(|hours| hours + 100);
    }
    let note = Command::Note { words: "时限改了".into() };
    life.must(&world, &officer("library"), "11-02 11:00", note);
    assert_eq!(life.case().round().promises, promised);
    assert_eq!(life.case().next_promise().map(|promise| promise.due), Some(at("11-03 09:00")));
}

// 4.2
#[test]
fn a_promise_names_its_limit_and_what_the_rule_quotes() {
    let world = World::small();
    let life = submitted(&world, |_| {}).expect("the door is open");
    let Event::Submitted { policy_version, promises, .. } = &life.lines[0].recorded.event else {
        panic!("a life begins with a submission");
    };
    assert_eq!(*policy_version, 7);
    let named: Vec<_> =
        promises.iter().map(|promise| (promise.limit.as_str(), promise.clause.as_str())).collect();
    assert_eq!(named, [("ack", "第 ack 条"), ("first", "第 first 条")]);
}

#[test]
fn what_the_limits_do_not_cover_is_not_promised_at_random() {
    let world = in_a_school(|policy| policy.limits.retain(|limit| limit.clock != Clock::FirstReply));
    assert_eq!(submitted(&world, |_| {}).err(), Some(Refusal::NoLimit));
}

#[test]
fn what_the_school_does_not_have_cannot_be_named() {
    let world = World::small();
    let refused = |change: fn(&mut Submission)| submitted(&world, change).err();
    let no = |what| Some(Refusal::NoSuch { what });
    assert_eq!(refused(|asked| asked.kind = "wish".into()), no("诉求类型"));
    assert_eq!(refused(|asked| asked.category = Some("weather".into())), no("类别"));
    assert_eq!(refused(|asked| asked.place.id = Some("moon".into())), no("地点"));
    assert_eq!(refused(|asked| asked.channel = "pigeon".into()), no("渠道"));
}

// 5.3
#[test]
fn what_was_not_done_well_is_chosen_from_the_schools_list() {
    let world = World::small();
    let mut life = submitted(&world, |_| {}).expect("the door is open");
    let reply = Command::Reply(Answer {
        words: "办好了".into(),
        outcome: Outcome::Solved,
        public: None,
        files: vec![],
        shelving: None,
        joined_words: String::new(),
    });
    life.must(&world, &clerk(), "11-02 10:00", assign("library"));
    life.must(&world, &officer("library"), "11-02 11:00", reply);
    let rate = |complaint: &str| Command::Rate {
        contacted: None,
        solved: Solved::Partly,
        satisfaction: Satisfaction::Fairly,
        complaints: vec![complaint.into()],
        words: String::new(),
        publish: None,
        reopen: false,
    };
    let invented = life.carry_out(&world, &Actor::Requester, at("11-02 12:00"), rate("某某老师态度差"));
    assert_eq!(invented.err(), Some(Refusal::NoSuch { what: "选项" }));
    life.must(&world, &Actor::Requester, "11-02 12:00", rate("太慢"));
}

#[test]
fn only_a_submission_begins_a_case_and_only_once() {
    let world = World::small();
    let mut life = submitted(&world, |_| {}).expect("the door is open");
    let again = Command::Submit(Box::new(submission("inquiry")));
    assert_eq!(
        life.carry_out(&world, &Actor::Requester, at("11-02 10:00"), again).err(),
        Some(Refusal::NotYours)
    );
    assert_eq!(world.ask(None, &clerk(), at("11-02 10:00"), Command::Accept), Err(Refusal::NotYours));
    let record: Vec<Recorded> = life.lines.iter().map(|line| line.recorded.clone()).collect();
    assert_eq!(fold(&[]), None);
    let headless = Recorded { event: Event::Noted {}, ..record[0].clone() };
    assert_eq!(fold(&[headless]), None);
}

#[test]
fn the_record_says_who_acted_and_for_which_unit_but_never_who_asked() {
    let world = World::small();
    let mut life = submitted(&world, |_| {}).expect("the door is open");
    assert_eq!(life.lines[0].recorded.by, By::Requester);
    let by = |lines: &[crate::record::Line]| lines[0].recorded.by.clone();
    let assigned = by(life.must(&world, &clerk(), "11-02 10:00", assign("library")));
    assert_eq!(assigned, By::Staff { person: "clerk-office".into(), unit: Some("office".into()) });
    let signed = by(life.must(&world, &officer("library"), "11-02 11:00", Command::SignFor));
    assert_eq!(signed, By::Staff { person: "officer-library".into(), unit: Some("library".into()) });
    assert_eq!(life.case().officer, Some("officer-library".into()));
}

// 5.1
#[test]
fn a_case_is_given_to_a_colleague_who_keeps_it_until_it_leaves_the_unit() {
    let world = World::small();
    let mut life = submitted(&world, |_| {}).expect("the door is open");
    let allot = |officer: &str| Command::Allot { officer: officer.into() };
    let too_early = life.carry_out(&world, &officer("library"), at("11-02 09:30"), allot("p-1"));
    assert_eq!(too_early.err(), Some(Refusal::NotYours));
    life.must(&world, &clerk(), "11-02 10:00", assign("library"));
    life.must(&world, &officer("library"), "11-02 11:00", allot("p-1"));
    assert_eq!((life.case().officer.clone(), life.case().signed_at), (Some("p-1".into()), None));
    assert!(life.must(&world, &officer("library"), "11-02 12:00", allot("p-1")).is_empty(), "it is theirs");
    life.must(&world, &clerk(), "11-02 13:00", transfer("logistics"));
    assert_eq!(life.case().officer, None);
}

#[test]
fn blank_words_are_not_kept_and_others_are_trimmed() {
    let life = submitted(&World::small(), |asked| {
        asked.title = "  图书馆几点开门 ".into();
        asked.body = " \n".into();
    });
    let life = life.expect("the door is open");
    let title = Text { kind: TextKind::Title, words: "图书馆几点开门".into() };
    assert_eq!(life.lines[0].texts, [title]);
}

#[test]
fn every_refusal_is_one_plain_chinese_sentence() {
    let refusals = [
        Refusal::NotYours,
        Refusal::TooLate { act: "转办", standing: "已归档，只能查看" },
        Refusal::AlreadyReplied,
        Refusal::AlreadySignedFor,
        Refusal::UrgedRecently { again_at: Instant(0) },
        Refusal::RatingClosed { days: 7 },
        Refusal::ReopeningClosed { days: 15 },
        Refusal::SendBackClosed { working_days: 1, clause: "首接负责".into() },
        Refusal::SentBackTooOften { times: 1, clause: "首接负责".into() },
        Refusal::InstructedUnitMayNotSendBack,
        Refusal::NoSurvey,
        Refusal::SendBackHoursOver { working_hours: 8, clause: "首接负责".into() },
        Refusal::ForcedAssignment { clause: "首接负责".into() },
        Refusal::RecusedUnit,
        Refusal::NobodyLeft,
        Refusal::NotToBeMerged,
        Refusal::UnmergeClosed { days: 7, clause: "并案".into() },
        Refusal::AlreadyAsked,
        Refusal::AskedTooOften { times: 0, clause: "请补充".into() },
        Refusal::AskedTooOften { times: 2, clause: "请补充".into() },
        Refusal::NeedsSecondLook { clause: "先审后发".into() },
        Refusal::NothingProposed,
        Refusal::ExtensionPending,
        Refusal::NoExtensionAsked,
        Refusal::ExtensionTooLate { clause: "延期".into() },
        Refusal::ExtensionNotLater,
        Refusal::ExtensionTooLong { working_days: 5, clause: "延期".into() },
        Refusal::ExtendedTooOften { times: 0, clause: "延期".into() },
        Refusal::ExtendedTooOften { times: 1, clause: "延期".into() },
        Refusal::NotToBeShelved,
        Refusal::NotShelved,
        Refusal::DayTooFar { days: 92, clause: "挂账".into() },
        Refusal::ComplainedRecently { again_at: Instant(0) },
        Refusal::EffectNotAsked,
        Refusal::EffectClosed { days: 7 },
        Refusal::NotHeld,
        Refusal::ProtectedMatter,
        Refusal::NotForThePublic,
        Refusal::NotLaidBeforeYou,
        Refusal::NoSuch { what: "单位" },
        Refusal::WordsMissing { what: "退回的理由" },
        Refusal::DayPassed,
        Refusal::NoLimit,
    ];
    for refusal in refusals {
        let sentence = refusal.to_string();
        assert!(sentence.ends_with('。') && !sentence.contains(['！', '!']), "{sentence}");
        assert!(sentence.chars().all(|c| !c.is_ascii_alphabetic()), "{sentence}");
    }
}

// 3.4
#[test]
fn a_transfer_to_the_unit_that_has_it_is_no_new_case_for_it() {
    let world = World::small();
    let mut life = submitted(&world, |_| {}).expect("the door is open");
    life.must(&world, &clerk(), "11-02 10:00", assign("library"));
    life.must(&world, &officer("library"), "11-02 11:00", Command::SignFor);
    life.must(&world, &clerk(), "11-06 10:00", transfer("library"));
    let case = life.case();
    assert_eq!((case.assigned_at, case.signed_at), (Some(at("11-02 10:00")), Some(at("11-02 11:00"))));
    let send_back =
        Command::SendBack {
            ground: SendBackGround::NotOurDuty, suggested: None, reason: "不归我们".into()
        };
    let refused = life.carry_out(&world, &officer("library"), at("11-06 11:00"), send_back);
    assert!(matches!(refused, Err(Refusal::SendBackClosed { .. })), "{:?}", refused.err());
}

// 5.4
#[test]
fn a_new_round_waits_to_be_signed_for_again() {
    let world = World::small();
    let mut life = submitted(&world, |_| {}).expect("the door is open");
    life.must(&world, &clerk(), "11-02 10:00", assign("library"));
    let reply = Command::Reply(Answer {
        words: "好了".into(),
        outcome: Outcome::Solved,
        public: None,
        files: vec![],
        shelving: None,
        joined_words: String::new(),
    });
    life.must(&world, &officer("library"), "11-02 11:00", reply);
    let rate = Command::Rate {
        contacted: None,
        solved: Solved::No,
        satisfaction: Satisfaction::Dissatisfied,
        complaints: vec![],
        words: String::new(),
        publish: None,
        reopen: false,
    };
    life.must(&world, &Actor::Requester, "11-02 12:00", rate);
    assert_eq!((life.case().stage, life.case().signed_at), (Stage::Assigned, None));
}

// 3.4, 8.9
#[test]
fn staff_who_register_give_a_case_to_a_unit_in_their_own_name() {
    let world = World::small();
    let registered = |actor: &Actor, kind: &str, danger: bool, unit: &str| {
        let asked = Submission { unit: Some(unit.into()), danger, ..submission(kind) };
        world.ask(None, actor, at("11-02 09:00"), Command::Submit(Box::new(asked)))
    };
    let drafts = registered(&officer("library"), "inquiry", false, "library").expect("their own unit");
    assert!(matches!(drafts.last().map(|draft| &draft.event), Some(Event::Assigned { .. })));
    assert!(drafts.iter().all(|draft| matches!(draft.by, By::Staff { .. })), "{drafts:?}");
    assert_eq!(registered(&clerk(), "report", false, "students").expect("a clerk may").len(), 3);
    let elsewhere = registered(&clerk(), "report", false, "library");
    assert!(matches!(elsewhere, Err(Refusal::StatutoryBody { .. })), "{elsewhere:?}");
    for (kind, danger) in [("report", false), ("inquiry", true)] {
        let drafts = registered(&officer("library"), kind, danger, "library").expect("the door is open");
        assert_eq!(drafts.len(), 1, "{kind} goes to the coordinating office first");
    }
    let of_another = registered(&officer("library"), "inquiry", false, "students");
    assert_eq!(of_another, Err(Refusal::NotYours));
    assert_eq!(registered(&Actor::Requester, "inquiry", false, "library"), Err(Refusal::NotYours));
}

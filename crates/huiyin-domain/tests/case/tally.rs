//! What each line adds to the counts, and under which unit (7.4).

use crate::record::{Life, Line, World};
use crate::school::{clerk, leader, officer, staff, submission};
use huiyin_domain::access::Role;
use huiyin_domain::case::*;
use std::collections::BTreeSet;

/// `unit kind category measure`, one for each count that a line adds; – where there is none.
fn added(lines: &[Line]) -> Vec<String> {
    let or_none = |word: Option<&str>| word.unwrap_or("–").to_owned();
    let told = |Added { tally, n, .. }: &Added| {
        let unit = or_none(tally.unit.as_ref().map(|unit| unit.as_str()));
        let category = or_none(tally.category.as_ref().map(|category| category.as_str()));
        let less = if *n < 0 { " less" } else { "" };
        format!("{unit} {} {category} {}{less}", tally.kind, tally.measure.word())
    };
    lines.iter().flat_map(|line| line.tallies.iter().map(told)).collect()
}

fn rate(solved: Solved, satisfaction: Satisfaction) -> Command {
    let (complaints, words) = (vec![], String::new());
    Command::Rate { contacted: None, solved, satisfaction, complaints, words, publish: None, reopen: false }
}

fn reply() -> Command {
    Command::Reply(Answer {
        words: "办好了".into(),
        outcome: Outcome::Solved,
        public: None,
        files: vec![],
        shelving: None,
        joined_words: String::new(),
    })
}

fn send_back() -> Command {
    Command::SendBack { ground: SendBackGround::NotOurDuty, suggested: None, reason: "不归我们".into() }
}

fn progress() -> Command {
    Command::ReportProgress { words: "在办".into(), files: vec![], joined_words: String::new() }
}

// 7.4
#[test]
fn each_line_counts_on_its_day_for_the_unit_responsible_then() {
    let world = World::small();
    let mut life = Life::default();
    let submit = Command::Submit(Box::new(submission("inquiry")));
    let assign = |unit: &str| Command::Assign { unit: unit.into(), forced: false, reason: String::new() };
    let correct = Command::Correct {
        kind: None,
        category: Some("books".into()),
        place: None,
        urgency: None,
        reason: "是借书的事".into(),
    };
    let escalate = || Command::Escalate { leader: "head".into(), brief: "拟请批示".into() };
    let instruct =
        |unit: &str| Command::Instruct { unit: unit.into(), until: None, key: false, words: "同意".into() };
    let transfer = Command::Transfer {
        unit: "students".into(),
        assisting: vec!["library".into()],
        forced: false,
        reason: "请办".into(),
    };
    let look = || Command::NoteTime;
    let steps: Vec<(Actor, &str, Command, &[&str])> = vec![
        (Actor::Requester, "11-02 09:00", submit, &["– inquiry – received"]),
        (clerk(), "11-02 10:00", assign("students"), &["students inquiry – assigned"]),
        (officer("students"), "11-02 11:00", send_back(), &["students inquiry – sent_back"]),
        (clerk(), "11-02 12:00", correct, &[]),
        (clerk(), "11-02 13:00", assign("library"), &["library inquiry books assigned"]),
        (
            Actor::Clock,
            "11-03 09:00",
            look(),
            &["library inquiry books missed", "library inquiry books first_reply_missed"],
        ),
        (officer("library"), "11-03 10:00", progress(), &["library inquiry books first_replied"]),
        (officer("library"), "11-03 11:00", progress(), &[]),
        (
            officer("library"),
            "11-05 17:59",
            reply(),
            &["library inquiry books replied", "library inquiry books replied_in_time"],
        ),
        (
            Actor::Requester,
            "11-05 19:00",
            rate(Solved::No, Satisfaction::Dissatisfied),
            &[
                "library inquiry books rated",
                "library inquiry books unsolved",
                "library inquiry books dissatisfied",
                "library inquiry books reopened",
            ],
        ),
        (clerk(), "11-06 09:00", transfer, &["students inquiry books assigned"]),
        (clerk(), "11-06 10:00", escalate(), &[]),
        (leader("head"), "11-06 11:00", instruct("students"), &[]),
        (leader("head"), "11-06 12:00", instruct("logistics"), &["logistics inquiry books assigned"]),
        (
            officer("logistics"),
            "11-09 19:00",
            reply(),
            &[
                "logistics inquiry books first_replied",
                "logistics inquiry books first_reply_missed",
                "logistics inquiry books replied",
                "logistics inquiry books result_missed",
            ],
        ),
        (
            Actor::Requester,
            "11-10 09:00",
            rate(Solved::Yes, Satisfaction::Fairly),
            &[
                "logistics inquiry books rated",
                "logistics inquiry books solved",
                "logistics inquiry books fairly_satisfied",
            ],
        ),
        (Actor::Clock, "11-30 09:00", look(), &[]),
    ];
    for (actor, moment, command, expected) in steps {
        assert_eq!(added(life.must(&world, &actor, moment, command)), expected, "on {moment}");
    }
}

#[test]
fn ends_count_and_silence_is_no_satisfaction() {
    let world = World::small();
    let begin = |kind: &str| {
        let mut life = Life::default();
        life.must(&world, &Actor::Requester, "11-02 09:00", Command::Submit(Box::new(submission(kind))));
        life
    };
    let decline = Command::Decline { ground: DeclineGround::Secret, words: "请走保密渠道".into() };
    let declined = added(begin("inquiry").must(&world, &clerk(), "11-02 10:00", decline));
    assert_eq!(declined, ["– inquiry – declined"]);

    let withdraw = Command::Withdraw { reason: String::new() };
    let withdrawn = added(begin("inquiry").must(&world, &Actor::Requester, "11-02 10:00", withdraw));
    assert_eq!(withdrawn, ["– inquiry – withdrawn"]);

    let mut silent = begin("inquiry");
    silent.must(
        &world,
        &clerk(),
        "11-02 10:00",
        Command::Assign { unit: "library".into(), forced: false, reason: String::new() },
    );
    let replied = added(silent.must(&world, &officer("library"), "11-02 11:00", reply()));
    assert_eq!(
        replied,
        [
            "library inquiry – first_replied",
            "library inquiry – first_replied_in_time",
            "library inquiry – replied",
            "library inquiry – replied_in_time",
        ]
    );
    let closed = added(silent.must(&world, &Actor::Clock, "11-09 11:00", Command::NoteTime));
    assert_eq!(closed, ["library inquiry – unanswered"]);
}

/// What one act after another adds to a case of this kind that was given to the library.
/// What the law gives to a body of its own goes there.
fn unit_for(kind: &str) -> &'static str {
    if kind == "report" { "students" } else { "library" }
}

fn lived(kind: &str, danger: bool, steps: Vec<(Actor, &str, Command)>) -> Vec<Vec<String>> {
    let world = World::small();
    let mut life = Life::default();
    let asked = Submission { danger, ..submission(kind) };
    life.must(&world, &Actor::Requester, "11-02 09:00", Command::Submit(Box::new(asked)));
    life.must(
        &world,
        &clerk(),
        "11-02 10:00",
        Command::Assign { unit: unit_for(kind).into(), forced: false, reason: String::new() },
    );
    let live = |(actor, at, command)| added(life.must(&world, &actor, at, command));
    steps.into_iter().map(live).collect()
}

// 7.4
#[test]
fn a_promise_counts_once_as_kept_or_missed_whether_words_come_late_or_never() {
    let look = |at| (Actor::Clock, at, Command::NoteTime);
    let never = lived("inquiry", false, vec![look("11-10 09:00")]);
    let missed =
        ["library inquiry – missed", "library inquiry – first_reply_missed"].map(str::to_owned).to_vec();
    assert_eq!(never[0][..2], missed);
    assert!(never[0].contains(&"library inquiry – result_missed".to_owned()), "{never:?}");

    let late =
        lived("inquiry", false, vec![look("11-10 09:00"), (officer("library"), "11-10 10:00", reply())]);
    assert_eq!(late[1], ["library inquiry – first_replied", "library inquiry – replied"]);

    // At the very moment it is due the promise is missed, as the clock sees it too.
    let on_the_dot = lived("inquiry", false, vec![(officer("library"), "11-05 18:00", reply())]);
    assert!(on_the_dot[0].contains(&"library inquiry – result_missed".to_owned()), "{on_the_dot:?}");
}

// 7.6
#[test]
fn what_is_protected_or_dangerous_is_work_and_becomes_no_rate() {
    for (kind, danger) in [("report", false), ("inquiry", true)] {
        // What is protected the small school has its heads answer.
        let acts = vec![
            (staff(Role::UnitHead, Some(unit_for(kind)), None), "11-02 11:00", reply()),
            (Actor::Clock, "11-09 11:00", Command::NoteTime),
        ];
        let counted = lived(kind, danger, acts);
        let unit = unit_for(kind);
        let work = ["first_replied", "replied"].map(|measure| format!("{unit} {kind} – {measure}"));
        assert_eq!(counted, [work.to_vec(), vec![]]);
    }
}

// 4.4
#[test]
fn what_was_asked_for_in_time_and_granted_late_is_no_miss_and_refused_it_is_one() {
    let until = "2026-11-09".parse().expect("a day");
    let asked = || {
        vec![
            (officer("library"), "11-02 11:00", progress()),
            (officer("library"), "11-05 17:00", Command::AskExtension { until, reason: "等零件".into() }),
            (Actor::Clock, "11-05 18:00", Command::NoteTime),
        ]
    };
    let decided = |command| {
        let steps = asked().into_iter().chain([(clerk(), "11-06 09:00", command)]).collect();
        lived("inquiry", false, steps)[2..].to_vec()
    };
    let granted = decided(Command::GrantExtension { until: None, words: String::new() });
    assert_eq!(granted, [vec![], vec!["library inquiry – extended".to_owned()]]);
    let refused = decided(Command::RefuseExtension { reason: "不必".into() });
    let missed = ["library inquiry – missed", "library inquiry – result_missed"].map(str::to_owned);
    assert_eq!(refused, [vec![], missed.to_vec()]);
    let answered = lived(
        "inquiry",
        false,
        asked().into_iter().chain([(officer("library"), "11-06 09:00", reply())]).collect(),
    );
    let late = ["library inquiry – replied", "library inquiry – missed", "library inquiry – result_missed"];
    assert_eq!(answered[3], late.map(str::to_owned), "nobody decided, and it was answered late");
}

#[test]
fn a_case_that_dispatches_itself_counts_at_its_unit_at_once() {
    let world = World::small();
    let mut life = Life::default();
    let mut lamp = submission("repair");
    lamp.title = "走廊的灯不亮".into();
    let lines = life.must(&world, &Actor::Requester, "11-02 09:00", Command::Submit(Box::new(lamp)));
    assert_eq!(added(lines), ["– repair lighting received", "dormitories repair lighting assigned"]);
}

#[test]
fn measures_go_by_words_of_their_own() {
    let words: BTreeSet<&str> = Measure::ALL.into_iter().map(Measure::word).collect();
    assert_eq!(words.len(), Measure::ALL.len());
    for measure in Measure::ALL {
        assert_eq!(serde_json::to_value(measure).expect("a measure can be written"), measure.word());
    }
}

// 2.4
#[test]
fn a_unit_that_is_kept_away_finds_the_case_in_none_of_its_numbers() {
    let world = World::small();
    let mut life = Life::default();
    let assign = Command::Assign { unit: "library".into(), forced: false, reason: String::new() };
    life.must(&world, &Actor::Requester, "11-02 09:00", Command::Submit(Box::new(submission("inquiry"))));
    life.must(&world, &clerk(), "11-02 10:00", assign);
    life.must(&world, &officer("library"), "11-03 08:00", progress());
    let recuse = Command::Recuse { units: vec!["library".into()], reason: "说的就是它".into() };
    let moved = added(life.must(&world, &clerk(), "11-04 09:00", recuse));
    assert_eq!(
        moved,
        [
            "library inquiry – assigned less",
            "– inquiry – assigned",
            "library inquiry – first_replied less",
            "– inquiry – first_replied",
            "library inquiry – first_replied_in_time less",
            "– inquiry – first_replied_in_time",
        ]
    );
    let days: BTreeSet<String> =
        life.lines.iter().flat_map(|line| &line.tallies).map(|one| one.day.to_string()).collect();
    assert_eq!(days.into_iter().collect::<Vec<_>>(), ["2026-11-02", "2026-11-03"], "the days where it stood");
    // Kept away in error: what was taken from it does not come back by itself, and nothing is taken twice.
    let lift = Command::LiftRecusal { units: vec!["library".into()], reason: "说错了".into() };
    assert_eq!(added(life.must(&world, &clerk(), "11-04 10:00", lift)), Vec::<String>::new());
    let recuse = Command::Recuse { units: vec!["library".into()], reason: "还是它".into() };
    assert_eq!(added(life.must(&world, &clerk(), "11-04 11:00", recuse)), Vec::<String>::new());
}

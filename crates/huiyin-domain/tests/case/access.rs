//! Who may do what, when: the whole matrix, made by asking `decide` for every person, act and stage.
//!
//! `golden/access.txt` is read by people; a change of it is a change of somebody's rights. Bless with `HUIYIN_BLESS=1`.

mod of_the_office;

use crate::asked::{commands, rating};
use crate::record::{Life, World};
use crate::school::{at, clerk, leader, officer, policy, staff, submission};
use huiyin_domain::access::{Act, Hat, Role, TABLE, hats, may_see};
use huiyin_domain::case::*;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::PathBuf;

/// When everybody tries.
const NOW: &str = "11-23 15:00";

/// Everybody, by what they are to the sample cases, which lie with the dormitories, assisted by the students' office.
fn people() -> Vec<(&'static str, Actor)> {
    vec![
        ("requester", Actor::Requester),
        ("officer of the unit", officer("dormitories")),
        ("head of the unit", staff(Role::UnitHead, Some("dormitories"), None)),
        ("officer of an assisting unit", officer("students")),
        ("officer of the unit above", officer("logistics")),
        ("officer of another unit", officer("library")),
        ("head of another unit", staff(Role::UnitHead, Some("library"), None)),
        ("clerk", clerk()),
        ("leader in charge", leader("logistics-vp")),
        ("head of the school", leader("head")),
        ("leader of another field", leader("library-vp")),
        ("leader without a post", staff(Role::Leader, None, None)),
        ("supervisor", staff(Role::Supervisor, None, None)),
        ("publisher", staff(Role::Publisher, None, None)),
        ("auditor", staff(Role::Auditor, None, None)),
        ("administrator", staff(Role::Admin, None, None)),
        ("volunteer of the squad", staff(Role::Volunteer, None, Some("squad"))),
        ("volunteer of another squad", staff(Role::Volunteer, None, Some("other"))),
        ("co-signer", Actor::Cosigner { place: 1 }),
        ("clock", Actor::Clock),
        ("dispatch rule", Actor::Rule),
    ]
}

/// People to whom the sample cases do not exist, whatever happens to them.
const STRANGERS: [&str; 7] = [
    "volunteer of another squad",
    "officer of the unit above",
    "officer of another unit",
    "head of another unit",
    "leader of another field",
    "leader without a post",
    "administrator",
];

/// One case for every stage, and one laid before the head of the school.
fn samples(world: &World) -> Vec<(&'static str, Case)> {
    let transfer = Command::Transfer {
        unit: "dormitories".into(),
        assisting: vec!["students".into()],
        forced: false,
        reason: "请会同办理".into(),
    };
    let escalate = Command::Escalate { leader: "head".into(), brief: "拟由公寓中心办".into() };
    let reply = Command::Reply(Answer {
        words: "已修好".into(),
        outcome: Outcome::Solved,
        public: Some(PublicText { title: "已修好".into(), body: String::new() }),
        files: vec![],
        shelving: None,
        joined_words: String::new(),
    });
    let extension =
        Command::AskExtension { until: "2026-12-01".parse().expect("a day"), reason: "等零件".into() };
    let propose = Command::ProposeReply(Answer {
        words: "已修好".into(),
        outcome: Outcome::Solved,
        public: None,
        files: vec![],
        shelving: None,
        joined_words: String::new(),
    });
    let shelve = Command::Reply(Answer {
        words: "要等大修".into(),
        outcome: Outcome::CannotYet,
        public: None,
        files: vec![],
        shelving: Some(Shelving {
            plan: "列入大修".into(), review_on: "2026-12-31".parse().expect("a day")
        }),
        joined_words: String::new(),
    });
    let lead = Lead {
        no: "HY-20261123-0009".into(),
        kind: "complaint".into(),
        category: None,
        stage: Stage::Assigned,
        restricted: false,
        recused: vec![],
        is_crisis: false,
    };
    let merge = Command::Merge { own: "HY-20261123-0001".into(), lead: Box::new(lead) };
    let decline = Command::Decline { ground: DeclineGround::OutOfScope, words: "请找街道".into() };
    let complain = Command::ComplainAboutHandling { words: "没人联系我".into(), about_office: true };
    let unsolved = || (Actor::Requester, "11-23 11:00", rating(Solved::No));
    let clerks = |command| (clerk(), "11-23 10:00", command);
    let transferred = || clerks(transfer.clone());
    let replied = || (officer("dormitories"), "11-23 11:00", reply.clone());
    let rated = || (Actor::Requester, "11-23 12:00", rating(Solved::Partly));
    // The clock has not looked since: what is archived here was answered long ago.
    let early = |command| (officer("dormitories"), "11-10 11:00", command);
    let lives = [
        ("submitted", vec![]),
        ("accepted", vec![clerks(Command::Accept)]),
        ("assigned", vec![transferred()]),
        ("laid before", vec![transferred(), clerks(escalate)]),
        (
            "pending",
            vec![
                transferred(),
                (officer("dormitories"), "11-23 11:00", extension),
                (officer("dormitories"), "11-23 11:00", propose),
            ],
        ),
        (
            "with a squad",
            vec![
                transferred(),
                (
                    officer("dormitories"),
                    "11-23 11:00",
                    Command::CallSquad { squad: "squad".into(), words: "小修".into() },
                ),
            ],
        ),
        (
            "proposal",
            vec![
                (Actor::Requester, "11-23 09:30", Command::NameCosigners { names: vec!["周老师".into()] }),
                transferred(),
            ],
        ),
        ("replied", vec![transferred(), replied()]),
        ("shelved", vec![transferred(), (officer("dormitories"), "11-23 11:00", shelve)]),
        ("unsolved", vec![transferred(), replied(), unsolved(), replied(), unsolved()]),
        ("rated", vec![transferred(), replied(), rated()]),
        (
            "archived",
            vec![
                (clerk(), "11-10 10:00", transfer.clone()),
                early(reply.clone()),
                (Actor::Clock, "11-20 11:00", Command::NoteTime),
            ],
        ),
        ("merged", vec![transferred(), clerks(merge)]),
        ("complained of", vec![transferred(), (Actor::Requester, "11-23 11:00", complain)]),
        ("declined", vec![clerks(decline)]),
        ("withdrawn", vec![(Actor::Requester, "11-23 10:00", Command::Withdraw { reason: String::new() })]),
    ];
    lives
        .into_iter()
        .map(|(name, steps)| {
            let mut life = Life::default();
            let submitted = if name == "archived" { "11-10 09:00" } else { "11-23 09:00" };
            let mut submitted_matter = submission("inquiry");
            if name == "proposal" {
                submitted_matter.channel = "congress".into();
            }
            let submit = Command::Submit(Box::new(submitted_matter));
            life.must(world, &Actor::Requester, submitted, submit);
            for (actor, moment, command) in steps {
                life.must(world, &actor, moment, command);
            }
            (name, life.case().clone())
        })
        .collect()
}

/// `ok`, `·` for the answer that tells nothing, or the rule that says no.
fn cell(world: &World, case: &Case, actor: &Actor, command: &Command) -> String {
    match world.ask(Some(case), actor, at(NOW), command.clone()) {
        Ok(_) => "ok".into(),
        Err(Refusal::NotYours) => "·".into(),
        Err(refusal) => {
            let name = format!("{refusal:?}");
            name.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default().to_owned()
        }
    }
}

/// A row for each person, those with the same rights on one.
fn grid(out: &mut String, people: &[(&str, Actor)], row: impl Fn(&Actor) -> Vec<String>) {
    let mut rows: Vec<(Vec<String>, Vec<&str>)> = Vec::new();
    for (name, actor) in people {
        let cells = row(actor);
        match rows.iter_mut().find(|(known, _)| *known == cells) {
            Some((_, names)) => names.push(name),
            None => rows.push((cells, vec![name])),
        }
    }
    rows.sort_by_key(|(cells, _)| cells.iter().all(|cell| cell == "·"));
    for (cells, names) in rows {
        let is_rest = cells.iter().all(|cell| cell == "·");
        let cells: String = cells.iter().map(|cell| format!("{cell:<18}")).collect();
        let names = if is_rest { "everybody else".to_owned() } else { names.join(", ") };
        writeln!(out, "  {}| {names}", cells).expect("a string takes everything");
    }
}

fn matrix(world: &World) -> String {
    let (samples, people) = (samples(world), people());
    let heads: String = samples.iter().map(|(name, _)| format!("{name:<18}")).collect();
    let mut out = String::from(
        "Who may do what, when. One column for each stage; · is the answer that tells nothing,\n\
         not even that the case exists.\n\n",
    );
    for (name, _, command) in commands() {
        writeln!(out, "{name}\n  {heads}|").expect("a string takes everything");
        grid(&mut out, &people, |actor| {
            samples.iter().map(|(_, case)| cell(world, case, actor, &command)).collect()
        });
        out.push('\n');
    }
    writeln!(out, "see\n  {heads}|").expect("a string takes everything");
    grid(&mut out, &people, |actor| {
        let sees = |case| if may_see(actor, case, &world.policy) { "sees" } else { "·" }.to_owned();
        samples.iter().map(|(_, case)| sees(case)).collect()
    });
    out
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test reads and blesses its golden paper")]
fn the_matrix_of_rights_is_the_golden_paper() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/access.txt");
    let matrix = matrix(&World::small());
    if std::env::var_os("HUIYIN_BLESS").is_some() {
        std::fs::write(&path, &matrix).expect("the golden paper can be written");
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(golden == matrix, "somebody's rights changed (HUIYIN_BLESS=1 when that is meant):\n{matrix}");
}

/// Asks every act of every sample.
fn everything(world: &World, person: &str, judge: impl Fn(Act, &str, Result<Vec<Draft>, Refusal>)) {
    let (_, actor) = people().into_iter().find(|(name, _)| *name == person).expect("one of the people");
    for (stage, case) in samples(world) {
        for (_, act, command) in commands() {
            judge(act, stage, world.ask(Some(&case), &actor, at(NOW), command));
        }
    }
}

#[test]
fn strangers_can_neither_see_nor_do_anything() {
    let world = World::small();
    for person in STRANGERS {
        everything(&world, person, |act, stage, answer| {
            assert_eq!(answer, Err(Refusal::NotYours), "{person} tried {act:?} on one {stage}");
        });
        let (_, actor) = people().into_iter().find(|(name, _)| *name == person).expect("one of the people");
        for (stage, case) in samples(&world) {
            assert!(!may_see(&actor, &case, &world.policy), "{person} sees one {stage}");
        }
    }
}

const OF_THE_REQUESTER: [Act; 9] = [
    Act::NameCosigners,
    Act::Supplement,
    Act::Urge,
    Act::Rate,
    Act::Reopen,
    Act::Withdraw,
    Act::Unpublish,
    Act::ComplainAboutHandling,
    Act::CheckEffect,
];

#[test]
fn the_requester_does_only_what_is_the_requesters() {
    everything(&World::small(), "requester", |act, stage, answer| {
        assert!(answer.is_err() || OF_THE_REQUESTER.contains(&act), "{act:?} on one {stage}");
    });
}

#[test]
fn nobody_speaks_for_the_requester() {
    let world = World::small();
    for (person, _) in people().iter().filter(|(name, _)| *name != "requester") {
        everything(&world, person, |act, stage, answer| {
            let is_theirs_alone = OF_THE_REQUESTER.contains(&act) && act != Act::Unpublish;
            assert!(!is_theirs_alone || answer.is_err(), "{person} tried {act:?} on one {stage}");
        });
    }
}

#[test]
fn time_is_noted_by_the_clock_alone_and_the_clock_does_nothing_else() {
    let world = World::small();
    for (person, _) in people() {
        everything(&world, person, |act, stage, answer| {
            let is_the_clocks = matches!(act, Act::NoteTime | Act::Remove) == (person == "clock");
            assert!(is_the_clocks || answer.is_err(), "{person} did {act:?} on one {stage}");
        });
    }
}

#[test]
fn an_auditor_sees_everything_and_changes_nothing() {
    let world = World::small();
    let auditor = staff(Role::Auditor, None, None);
    everything(&world, "auditor", |act, stage, answer| assert!(answer.is_err(), "{act:?} on one {stage}"));
    assert!(samples(&world).iter().all(|(_, case)| may_see(&auditor, case, &world.policy)));
}

#[test]
fn an_assisting_unit_may_only_note_and_give_its_opinion() {
    everything(&World::small(), "officer of an assisting unit", |act, stage, answer| {
        let is_theirs = matches!(act, Act::Note | Act::GiveOpinion);
        assert!(is_theirs || answer.is_err(), "{act:?} on one {stage}");
    });
}

#[test]
fn every_act_belongs_to_somebody_once_and_every_row_of_the_table_is_asked() {
    let rows: Vec<Act> = TABLE.iter().map(|(act, _)| *act).collect();
    assert_eq!(rows.len(), rows.iter().collect::<BTreeSet<_>>().len(), "an act stands twice in the table");
    assert!(TABLE.iter().all(|(_, hats)| !hats.is_empty()));
    let asked: BTreeSet<Act> = commands().into_iter().map(|(_, act, _)| act).collect();
    assert_eq!(asked, rows.into_iter().collect());
    let wearers: BTreeSet<Hat> = TABLE.iter().flat_map(|(_, hats)| hats.iter().copied()).collect();
    let idle: Vec<Hat> = Hat::ALL.into_iter().filter(|hat| !wearers.contains(hat)).collect();
    assert_eq!(idle, [Hat::Auditor, Hat::OfTheOffice]);
}

#[test]
fn several_duties_are_several_hats_and_two_lose_nothing() {
    let world = World::small();
    let (_, case) = samples(&world).remove(2);
    let both = holder_of([officer("library"), officer("dormitories"), leader("logistics-vp")]);
    assert_eq!(hats(&both, &case, &policy()), [Hat::Officer, Hat::Leader]);
}

/// One person with the duties of all of these.
fn holder_of<const N: usize>(people: [Actor; N]) -> Actor {
    let duties_of = |actor: Actor| match actor {
        Actor::Staff { duties, .. } => duties,
        _ => vec![],
    };
    Actor::Staff { person: "somebody".into(), duties: people.map(duties_of).concat() }
}

#[test]
fn the_leader_in_charge_of_a_unit_is_in_charge_of_what_belongs_to_it() {
    // 分管校领导: the dormitories name no leader; logistics above them does.
    let world = World::small();
    let (_, case) = samples(&world).remove(2);
    assert_eq!(hats(&leader("logistics-vp"), &case, &world.policy), [Hat::Leader]);
}

#[test]
fn roles_are_found_by_their_stored_words() {
    for role in Role::ALL {
        assert_eq!(Role::from_word(role.word()), Some(role));
        assert_eq!(serde_json::to_value(role).expect("a role can be written"), role.word());
    }
    assert_eq!(Role::from_word("king"), None);
}

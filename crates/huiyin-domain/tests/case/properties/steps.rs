//! Random lives: what is asked, by whom, after how long. Words carry a mark by which they would be found where they must not be.

use crate::record::{Life, World};
use crate::school::{self, KINDS, POSTS, UNITS};
use huiyin_domain::access::Role;
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::*;
use huiyin_domain::ids::{CaseNo, UnitId};
use proptest::prelude::*;

mod judging;
mod together;

/// Stands in every free text of a random life.
pub const MARK: &str = "密语";

/// One thing asked of a case.
#[derive(Clone, Debug)]
pub struct Step {
    /// Which command; see [`Step::command`].
    pub what: u8,
    /// Chooses among the command's arguments.
    pub flavour: u32,
    /// Somebody other than the one whose act it is.
    pub intruder: Option<u8>,
    /// After how long.
    pub wait: Wait,
}

/// How long between two steps.
#[derive(Clone, Copy, Debug)]
pub enum Wait {
    /// Minutes; a clock that was set back gives some below zero.
    Minutes(i64),
    /// To the very moment the clock wants to look again, or a little beside it.
    NextCheck(i64),
}

/// A life of up to forty steps from a random moment around the National Day week of 2026.
pub fn life() -> impl Strategy<Value = (i64, u32, Vec<Step>)> {
    let hours_in_autumn = 0..24 * 150i64;
    (hours_in_autumn, any::<u32>(), prop::collection::vec(step(), 1..40))
}

pub(super) fn step() -> impl Strategy<Value = Step> {
    let wait = prop_oneof![
        6 => (0..600i64).prop_map(Wait::Minutes),
        2 => (0..60 * 24 * 20i64).prop_map(Wait::Minutes),
        1 => (-120..0i64).prop_map(Wait::Minutes),
        3 => (-1..=1i64).prop_map(Wait::NextCheck),
    ];
    let intruder = prop::option::weighted(0.15, 0..17u8);
    (0..COMMANDS, any::<u32>(), intruder, wait).prop_map(|(what, flavour, intruder, wait)| Step {
        what,
        flavour,
        intruder,
        wait,
    })
}

impl Wait {
    /// The moment of the next step.
    pub fn after(self, now: Instant, life: &Life, world: &World) -> Instant {
        let next = life.case.as_ref().and_then(|case| next_check(case, &world.policy));
        match self {
            Wait::Minutes(minutes) => now.plus_ms(minutes * 60_000 + 17),
            Wait::NextCheck(beside_ms) => next.map_or(now, |at| at.plus_ms(beside_ms)),
        }
    }
}

/// From here on a step is simply the next one on the straight road, so that lives get on.
const STRAIGHT_ON: u8 = 64;
/// How many commands [`Step::command`] chooses from, some twice.
const COMMANDS: u8 = 88;

/// Everybody who could try.
pub fn somebody(number: u8) -> Actor {
    match number {
        0..5 => school::officer(UNITS[usize::from(number)]),
        5..8 => school::leader(POSTS[usize::from(number) - 5]),
        8 => Actor::Requester,
        9 => school::clerk(),
        10 => school::staff(Role::Supervisor, None, None),
        11 => school::staff(Role::Publisher, None, None),
        12 => school::staff(Role::Auditor, None, None),
        13 => school::staff(Role::Admin, None, None),
        14 => Actor::Clock,
        15 => Actor::Rule,
        _ => school::staff(Role::UnitHead, Some("dormitories"), None),
    }
}

/// What mostly comes next: given to a unit, answered, judged; after that the clock looks.
fn straight_on(stage: Stage) -> u8 {
    match stage {
        Stage::Submitted | Stage::Accepted => 1,
        Stage::Assigned => 10,
        Stage::Replied => 17,
        _ => 29,
    }
}

impl Step {
    pub(super) fn pick<T: Clone>(&self, shift: u32, choices: &[T]) -> T {
        choices[(self.flavour >> shift) as usize % choices.len()].clone()
    }

    pub(super) fn words(&self, what: &str) -> String {
        let empty_now_and_then = (self.flavour >> 7).is_multiple_of(16);
        if empty_now_and_then { "  ".into() } else { format!("{MARK}{what}{}", self.flavour) }
    }

    /// The submission that begins a life.
    pub fn submission(&self) -> Submission {
        let matter =
            self.pick(0, &["图书馆几点开门", "宿舍的灯坏了", "漏水了", "有同学想轻生", "宿舍里有欺凌"]);
        let identity = self.pick(9, &[Identity::Open, Identity::Sealed, Identity::Anonymous]);
        let category = self.pick(3, &[None, None, Some("lighting"), Some("bullying"), Some("other")]);
        Submission {
            category: category.map(Into::into),
            title: format!("{MARK}{matter}"),
            body: self.words("正文"),
            place: Place {
                id: self.pick(5, &[None, Some("dormitory-1".into())]), room: self.words("房间")
            },
            identity,
            danger: self.flavour.is_multiple_of(23),
            may_publish: self.flavour.is_multiple_of(3),
            contact: format!("{MARK}电话"),
            on_behalf_of: format!("{MARK}代谁"),
            channel: match identity {
                Identity::Open => self.pick(15, &["online", "congress", "hotline"]).into(),
                _ => self.pick(15, &["online", "hotline"]).into(),
            },
            outside_no: format!("{MARK}来件编号"),
            files: vec!["file-1".into()],
            about: self.pick(13, &[vec![], vec![], vec![UnitId::from("office")], vec!["dormitories".into()]]),
            ..school::submission(self.pick(11, &KINDS))
        }
    }

    /// Who asks what of the case as it stands.
    pub fn command(&self, case: &Case, now: Instant) -> (Actor, Command) {
        let is_held = case.rounds.len() > 1 && case.round().unsolved_since().is_some();
        let (own, command) = match self.what {
            // Few lives come this far.
            52..64 => self.dispatching(case),
            0..10 if case.field.squad.is_some() => self.of_a_squad(case),
            20..40 if is_held => self.end_of_supervision(),
            STRAIGHT_ON.. => Step { what: straight_on(case.stage), ..self.clone() }.own_command(case, now),
            _ => self.own_command(case, now),
        };
        (self.intruder.map_or(own, somebody), command)
    }

    fn own_command(&self, case: &Case, now: Instant) -> (Actor, Command) {
        let unit = || self.pick(2, &[&UNITS[..], &["dissolved"]].concat()).into();
        let office = school::clerk;
        let handler = || school::officer(case.unit.as_ref().map_or("library", |unit| unit.as_str()));
        let files = || self.pick(13, &[vec![], vec!["file-2".into()]]);
        let reason = || self.words("理由");
        let urgency = self.pick(4, &[None, Some(Urgency::Normal), Some(Urgency::Critical)]);
        let public = PublicText { title: self.words("公开标题"), body: self.words("公开正文") };
        match self.what {
            0 => (office(), Command::Accept),
            1..4 => (office(), Command::Assign { unit: unit(), forced: false, reason: String::new() }),
            4 => {
                let assisting = vec![self.pick(16, &UNITS).into()];
                (office(), Command::Transfer { unit: unit(), assisting, forced: false, reason: reason() })
            }
            5 => {
                let leader = self.pick(2, &[&POSTS[..], &["nobody"]].concat()).into();
                (office(), Command::Escalate { leader, brief: reason() })
            }
            6 => {
                let later = now.plus_hours(24 * (self.flavour % 9)).plus_ms(-86_400_000);
                let until = self.pick(8, &[None, Some(later.day())]);
                let leader = school::leader(case.leader.as_deref().unwrap_or("head"));
                let key = self.flavour.is_multiple_of(2);
                (leader, Command::Instruct { unit: unit(), until, key, words: reason() })
            }
            7 if self.flavour.is_multiple_of(3) => {
                (handler(), Command::Allot { officer: self.pick(1, &["p-1", "p-2"]).into() })
            }
            7 => (handler(), Command::SignFor),
            8 => {
                let suggested = self.pick(3, &[None, Some("library".into()), Some("dissolved".into())]);
                let ground = SendBackGround::NotOurDuty;
                (handler(), Command::SendBack { ground, suggested, reason: reason() })
            }
            9 => {
                let (words, files, joined_words) = (reason(), files(), self.words("给并案的"));
                (handler(), Command::ReportProgress { words, files, joined_words })
            }
            10..14 => {
                let outcome = self.pick(1, &[Outcome::Solved, Outcome::Partly, Outcome::CannotYet]);
                let public = self.pick(5, &[None, Some(public)]);
                let shelving = self.shelving(outcome, now);
                let joined_words = self.words("给并案的");
                (
                    handler(),
                    Command::Reply(Answer {
                        words: reason(),
                        outcome,
                        public,
                        files: files(),
                        shelving,
                        joined_words,
                    }),
                )
            }
            14 if case.channel.as_str() == "congress" => self.of_a_proposal(case),
            14 if case.unit.as_ref().is_some_and(|unit| unit.as_str() == "dormitories") => {
                (handler(), Command::CallSquad { squad: "squad".into(), words: reason() })
            }
            14 if self.flavour.is_multiple_of(2) => (handler(), self.at_the_place(now)),
            14 => (handler(), Command::Note { words: reason() }),
            15 => (Actor::Requester, Command::Supplement { words: reason(), files: files() }),
            16 => (Actor::Requester, Command::Urge { because: UrgeReason::Other, reason: reason() }),
            17..21 => (Actor::Requester, self.rating()),
            21 => (Actor::Requester, Command::Reopen { reason: reason() }),
            22 if self.flavour.is_multiple_of(4) => {
                (Actor::Requester, Command::Withdraw { reason: reason() })
            }
            23 => {
                let ground = DeclineGround::OutOfScope;
                (office(), Command::Decline { ground, words: reason() })
            }
            24 => {
                let kind = self.pick(2, &[None, Some("report".into()), Some("inquiry".into())]);
                let category = self.pick(6, &[None, Some("bullying".into()), Some("books".into())]);
                let reason = reason();
                (office(), Command::Correct { kind, category, place: None, urgency, reason })
            }
            25 => (handler(), Command::Publish(public)),
            26 => {
                let who = self.pick(1, &[Actor::Requester, office()]);
                (who, Command::Unpublish { reason: reason() })
            }
            27 => {
                let means = self.pick(3, &[Means::Here, Means::Phone]);
                (office(), Command::Remind { means, reason: reason() })
            }
            28 => {
                let level = self.pick(1, &[Level::UnitHead, Level::Coordinator, Level::Head]);
                (school::leader("head"), Command::Supervise { level, reason: reason() })
            }
            29 if self.flavour.is_multiple_of(2) => {
                let what = self.pick(1, &Removal::ALL);
                (Actor::Clock, Command::Remove { what })
            }
            29..36 => (Actor::Clock, Command::NoteTime),
            _ => self.later_command(case, now),
        }
    }

    /// What becomes of work that a squad has.
    fn of_a_squad(&self, case: &Case) -> (Actor, Command) {
        let officer = school::officer(case.unit.as_ref().map_or("library", |unit| unit.as_str()));
        let (words, volunteer) = (self.words("现场"), school::staff(Role::Volunteer, None, Some("squad")));
        match (self.flavour >> 2) % 4 {
            0 => (officer, Command::ReleaseSquad),
            1 => (volunteer, Command::Arrive),
            chance => {
                let is_done = chance == 2;
                (volunteer, Command::ReportWork { is_done, words, files: vec!["file-4".into()] })
            }
        }
    }

    /// What is done about a proposal.
    fn of_a_proposal(&self, case: &Case) -> (Actor, Command) {
        let is_filed = self.flavour.is_multiple_of(2);
        match (self.flavour >> 2) % 3 {
            0 => (Actor::Requester, Command::NameCosigners { names: vec![self.words("附议人")] }),
            1 if !case.cosigners.is_empty() => {
                (Actor::Cosigner { place: 1 }, Command::AnswerCosigning { consents: is_filed })
            }
            _ => (school::clerk(), Command::SettleProposal { is_filed, reason: self.words("理由") }),
        }
    }

    /// What is done at the place.
    fn at_the_place(&self, now: Instant) -> Command {
        let expected_on = now.plus_hours(24 * (self.flavour % 5)).day();
        match (self.flavour >> 3) % 3 {
            0 => Command::Arrive,
            1 => Command::Picture { moment: WorkMoment::Before, files: vec!["file-3".into()] },
            _ => Command::AwaitPart { words: self.words("配件"), expected_on },
        }
    }

    /// What came with the turns a matter can take.
    fn later_command(&self, case: &Case, now: Instant) -> (Actor, Command) {
        let office = school::clerk;
        let unit = case.unit.as_ref().map_or("library", |unit| unit.as_str());
        let (handler, head) = (school::officer(unit), school::staff(Role::UnitHead, Some(unit), None));
        let (words, reason) = (self.words("内容"), self.words("理由"));
        // Some turns open seldom; whoever could take one then mostly does.
        let round = case.round();
        let is_asked = round.effect_asked_at.is_some() && round.effect.is_none();
        let what = match self.what {
            36..48 if is_asked => 48,
            what => what,
        };
        let soon = now.plus_hours(24 * (self.flavour % 12)).day();
        match what {
            36 | 37 => {
                let due = case.round().promise(Clock::Result).map_or(now, |promise| promise.due);
                let until = due.plus_hours(24 * (self.flavour % 11)).day();
                (handler, Command::AskExtension { until, reason })
            }
            38 => {
                let until = self.pick(5, &[None, None, Some(soon)]);
                let who = if case.is_on_statute() { head } else { office() };
                (who, Command::GrantExtension { until, words })
            }
            39 => (office(), Command::RefuseExtension { reason }),
            40 | 41 => (handler, Command::AskRequester { words }),
            42 => {
                let outcome = self.pick(1, &[Outcome::Solved, Outcome::CannotYet]);
                let public = PublicText { title: self.words("公开标题"), body: String::new() };
                let public = self.pick(5, &[None, Some(public)]);
                let (shelving, joined_words) = (self.shelving(outcome, now), self.words("给并案的"));
                (
                    handler,
                    Command::ProposeReply(Answer {
                        words,
                        outcome,
                        public,
                        files: vec![],
                        shelving,
                        joined_words,
                    }),
                )
            }
            43 => {
                let kinds = [TextKind::Words, TextKind::PublicTitle, TextKind::Plan];
                let texts = kinds.map(|kind| Text { kind, words: format!("{MARK}送审") }).to_vec();
                (head, Command::ApproveReply { texts, has_head: true })
            }
            44 => (head, Command::ReturnReply { reason, has_head: true }),
            45 => (handler, Command::ReviewShelved { words, next: soon }),
            46 if self.flavour.is_multiple_of(2) => (handler, Command::AskStrikeOff { words }),
            46 => (office(), Command::StrikeOff { words }),
            47 => (Actor::Requester, self.complaint(words)),
            48 => {
                let holds = self.pick(2, &[Solved::Yes, Solved::No, Solved::No]);
                (Actor::Requester, Command::CheckEffect { holds, words })
            }
            49 if case.stage == Stage::Replied => {
                (school::staff(Role::Supervisor, None, None), self.call(words))
            }
            49 | 50 => self.end_of_supervision(),
            _ if self.flavour.is_multiple_of(2) => {
                let earlier = self.pick(4, &[None, Some(CaseNo("HY-20261001-0001".into()))]);
                let cause = self.pick(6, &[LeakCause::NotSolved, LeakCause::WayUnknown]);
                (office(), Command::Match { earlier, cause })
            }
            _ if self.flavour.is_multiple_of(3) => {
                let who = self.pick(4, &[office(), school::staff(Role::Supervisor, None, None)]);
                (who, Command::AnswerComplaint { words })
            }
            _ => {
                let who = self.pick(4, &[office(), office(), Actor::Rule]);
                (who, Command::LowerRestriction { reason })
            }
        }
    }

    fn complaint(&self, words: String) -> Command {
        Command::ComplainAboutHandling { words, about_office: self.flavour.is_multiple_of(5) }
    }

    fn end_of_supervision(&self) -> (Actor, Command) {
        let (reason, words) = (self.words("理由"), self.words("结论"));
        let order = Command::OrderRound { reason };
        (school::clerk(), self.pick(3, &[order, Command::CloseSupervision { words }]))
    }

    /// A plan where it belongs, and now and then where it does not.
    fn shelving(&self, outcome: Outcome, now: Instant) -> Option<Shelving> {
        let review_on = now.plus_hours(24 * (1 + self.flavour % 40)).day();
        let is_meant = (outcome == Outcome::CannotYet) != self.flavour.is_multiple_of(19);
        is_meant.then(|| Shelving { plan: self.words("计划"), review_on })
    }
}

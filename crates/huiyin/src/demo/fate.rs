//! What becomes of a case at the demonstration school: who does what next, and when, drawn by seed.
//!
//! Most cases go well. Some are late, handed on, sent back, laid before a leader, taken back, not accepted, or not solved
//! the first time, so that every page has something to show. Only proposes: `decide` has the last word, as everywhere.

use super::chance::Chance;
use super::hours::{before, in_office, on_duty, soon};
use super::matters::{Telling, Texts};
use super::step::{Doing, Hand, Step};
use huiyin_domain::access::Act;
use huiyin_domain::calendar::{Calendar, Instant};
use huiyin_domain::case::{
    Answer, Case, Clock, Command, DeclineGround, Level, Means, Outcome, PublicText, Satisfaction,
    SendBackGround, Shelving, Solved, Stage, UrgeReason,
};
use huiyin_domain::ids::{CategoryId, UnitId};
use huiyin_domain::policy::Policy;

/// How a case goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Answered in time.
    Well,
    /// Answered in time and not solved; solved in the second round.
    NotAtOnce,
    /// Not solved in two rounds.
    NotAtAll,
    /// Handed to a unit with others assisting.
    HandedOn,
    /// Sent back by the first unit.
    SentBack,
    /// Laid before a leader.
    Escalated,
    /// Laid before a leader who has not come to it yet. Never drawn: such cases are put on every leader's desk.
    BeforeLeader,
    /// Answered after the limit.
    Late,
    /// Answered only days after supervision began.
    Neglected,
    /// Taken on only after the limit.
    TakenOnLate,
    /// Taken back.
    Withdrawn,
    /// Not accepted.
    Declined,
}

/// After so many days what could not be done is looked at again.
const REVIEW_AFTER_DAYS: u32 = 60;

const FATES: [(Fate, u32); 11] = [
    (Fate::Well, 65),
    (Fate::NotAtOnce, 6),
    (Fate::NotAtAll, 2),
    (Fate::HandedOn, 6),
    (Fate::SentBack, 3),
    (Fate::Escalated, 3),
    (Fate::Late, 6),
    (Fate::Neglected, 2),
    (Fate::TakenOnLate, 2),
    (Fate::Withdrawn, 3),
    (Fate::Declined, 2),
];

impl Fate {
    /// One of them, the usual ones more often.
    pub fn drawn(chance: &mut Chance) -> Fate {
        chance.weighed(&FATES, |(_, weight)| *weight).map_or(Fate::Well, |(fate, _)| *fate)
    }
}

/// A case on its way.
#[derive(Clone, Debug)]
pub struct Thread {
    /// What it is about.
    pub telling: Telling,
    /// How it goes.
    pub fate: Fate,
    /// The category a clerk would choose.
    pub category: Option<CategoryId>,
    /// Whose matter it is.
    pub unit: UnitId,
    /// What was done in which round.
    done: Vec<(Act, usize)>,
}

/// What the draws may look at.
pub struct World<'a> {
    /// The settings.
    pub policy: &'a Policy,
    /// The days that count.
    pub calendar: &'a Calendar,
    /// The texts.
    pub texts: &'a Texts,
}

impl Thread {
    /// A case that has just come in.
    pub fn new(telling: Telling, fate: Fate, category: Option<CategoryId>, unit: UnitId) -> Thread {
        Thread { telling, fate, category, unit, done: Vec::new() }
    }

    /// What is done next, if anything.
    pub fn next(&mut self, case: &Case, at: Instant, chance: &mut Chance, world: &World<'_>) -> Option<Step> {
        match case.stage {
            Stage::Submitted | Stage::Accepted | Stage::Assigned if case.awaits_instruction => {
                (self.fate != Fate::BeforeLeader).then(|| self.instruct(at, chance, world))
            }
            Stage::Submitted | Stage::Accepted => self.before_a_unit(case, at, chance, world),
            Stage::Assigned => self.with_a_unit(case, at, chance, world),
            Stage::Replied => self.judged(case, at, chance, world),
            Stage::Rated => self.once_more(case, at, chance, world),
            _ => None,
        }
    }

    /// True the first time in a round.
    fn first(&mut self, act: Act, case: &Case) -> bool {
        let mark = (act, case.rounds.len());
        let is_first = !self.done.contains(&mark);
        if is_first {
            self.done.push(mark);
        }
        is_first
    }

    fn before_a_unit(
        &mut self,
        case: &Case,
        at: Instant,
        chance: &mut Chance,
        world: &World<'_>,
    ) -> Option<Step> {
        let words = &world.texts.words;
        if self.fate == Fate::Withdrawn && self.first(Act::Withdraw, case) {
            let reason = chance.word(&words.withdrawals);
            return step(soon(chance, at, 20, 200), Hand::Requester, Command::Withdraw { reason });
        }
        let due = case.round().promise(Clock::Acknowledge).map_or(at, |promise| promise.due);
        let at = match self.fate {
            Fate::TakenOnLate if case.stage == Stage::Submitted => soon(chance, due, 60, 600),
            _ => soon(chance, at, 8, 120),
        };
        let at = on_duty(chance, at);
        if self.fate == Fate::Declined {
            let words = chance.word(&words.declines);
            return step(at, Hand::Clerk, Command::Decline { ground: DeclineGround::NothingNew, words });
        }
        if case.category.is_none() && self.category.is_some() && self.first(Act::Correct, case) {
            let (category, reason) = (self.category.clone(), chance.word(&words.corrections));
            return step(
                at,
                Hand::Clerk,
                Command::Correct { kind: None, category, place: None, urgency: None, reason },
            );
        }
        let leader = world.policy.leader_of(&self.unit);
        if let (Fate::Escalated | Fate::BeforeLeader, None, Some(leader)) = (self.fate, &case.leader, leader)
        {
            let brief = chance.word(&words.briefs);
            return step(at, Hand::Clerk, Command::Escalate { leader: leader.id.clone(), brief });
        }
        let unit = self.unit.clone();
        if self.fate == Fate::HandedOn || case.send_backs > 0 {
            let category = self.category.as_ref().and_then(|id| world.policy.category(id));
            let assisting = category.map_or_else(Vec::new, |category| category.assisting.clone());
            let reason = chance.word(&words.transfers);
            return step(at, Hand::Clerk, Command::Transfer { unit, assisting, forced: false, reason });
        }
        step(at, Hand::Clerk, Command::Assign { unit, forced: false, reason: String::new() })
    }

    fn instruct(&mut self, at: Instant, chance: &mut Chance, world: &World<'_>) -> Step {
        let at = soon(chance, at, 90, 500);
        let words = chance.word(&world.texts.words.instructions);
        let command =
            Command::Instruct { unit: self.unit.clone(), until: None, key: chance.percent(30), words };
        Step { at: in_office(chance, world.calendar, at), hand: Hand::Leader, doing: Doing::Command(command) }
    }

    fn with_a_unit(
        &mut self,
        case: &Case,
        at: Instant,
        chance: &mut Chance,
        world: &World<'_>,
    ) -> Option<Step> {
        let words = &world.texts.words;
        if self.fate == Fate::Withdrawn && self.first(Act::Withdraw, case) {
            let reason = chance.word(&words.withdrawals);
            return step(soon(chance, at, 20, 90), Hand::Requester, Command::Withdraw { reason });
        }
        if self.fate == Fate::SentBack && case.send_backs == 0 {
            let reason = chance.word(&world.texts.manner(&self.telling).send_backs);
            let command = Command::SendBack { ground: SendBackGround::NotOurDuty, suggested: None, reason };
            let at = soon(chance, at, 15, 90);
            return step(on_duty(chance, at), Hand::Officer, command);
        }
        if case.signed_at.is_none() && self.first(Act::SignFor, case) {
            let at = soon(chance, at, 5, 150);
            return step(on_duty(chance, at), Hand::Officer, Command::SignFor);
        }
        if self.first(Act::Note, case) && chance.percent(10) {
            let words = chance.word(&words.notes);
            return step(soon(chance, at, 5, 40), Hand::Officer, Command::Note { words });
        }
        if self.first(Act::Supplement, case) && chance.percent(7) {
            let words = chance.word(&world.texts.manner(&self.telling).supplements);
            return step(
                soon(chance, at, 30, 300),
                Hand::Requester,
                Command::Supplement { words, files: vec![] },
            );
        }
        let due = |clock| case.round().promise(clock).map(|promise| promise.due);
        let result_due = due(Clock::Result).unwrap_or(at);
        if matches!(self.fate, Fate::Late | Fate::Neglected) && case.rounds.len() == 1 {
            return self.too_late(case, result_due, at, chance, world);
        }
        let first_due = due(Clock::FirstReply).unwrap_or(result_due);
        let says_something_first = result_due > first_due || chance.percent(30);
        if case.round().first_reply_at.is_none()
            && says_something_first
            && self.first(Act::ReportProgress, case)
        {
            let at = before(chance, at, first_due);
            let words = world.texts.progress(chance, &self.telling, at);
            return step(
                at,
                Hand::Officer,
                Command::ReportProgress { words, files: vec![], joined_words: String::new() },
            );
        }
        self.first(Act::Reply, case).then(|| self.reply(case, before(chance, at, result_due), chance, world))
    }

    /// Past the limit: the clock has witnessed it, people press, and perhaps there is an answer at last.
    fn too_late(
        &mut self,
        case: &Case,
        due: Instant,
        at: Instant,
        chance: &mut Chance,
        world: &World<'_>,
    ) -> Option<Step> {
        let words = &world.texts.words;
        let from = due.max(at);
        if self.first(Act::Urge, case) && chance.percent(70) {
            let reason = chance.word(&world.texts.manner(&self.telling).urges);
            return step(
                soon(chance, from, 30, 400),
                Hand::Requester,
                Command::Urge { because: UrgeReason::NoContact, reason },
            );
        }
        if self.first(Act::Remind, case) {
            let reason = chance.word(&words.reminders);
            let at = soon(chance, from, 60, 600);
            return step(
                in_office(chance, world.calendar, at),
                Hand::Clerk,
                Command::Remind { means: Means::Here, reason },
            );
        }
        if self.fate == Fate::Neglected && self.first(Act::Supervise, case) {
            let at = soon(chance, from, 24 * 60, 48 * 60);
            let reason = chance.word(&words.supervisions);
            let command = Command::Supervise { level: Level::Coordinator, reason };
            return step(in_office(chance, world.calendar, at), Hand::Supervisor, command);
        }
        let days_late = if self.fate == Fate::Neglected { 5 } else { 2 };
        let at = soon(chance, from, 120, days_late * 24 * 60);
        let at = in_office(chance, world.calendar, at);
        self.first(Act::Reply, case).then(|| self.reply(case, at, chance, world))
    }

    fn reply(&self, case: &Case, at: Instant, chance: &mut Chance, world: &World<'_>) -> Step {
        let outcome = world.texts.outcome(chance, &self.telling);
        let words = world.texts.reply(chance, &self.telling, at, outcome, case.rounds.len());
        let is_for_all = case.may_publish && !case.restricted && chance.percent(85);
        let public = is_for_all
            .then(|| PublicText { title: self.telling.title.clone(), body: self.telling.body.clone() });
        let shelving = (outcome == Outcome::CannotYet).then(|| Shelving {
            plan: words.clone(),
            review_on: world
                .calendar
                .nth_working_day_after(at.plus_hours(24 * REVIEW_AFTER_DAYS).day().before(), 1)
                .0,
        });
        let command = Command::Reply(Answer {
            words,
            outcome,
            public,
            files: vec![],
            shelving,
            joined_words: String::new(),
        });
        Step { at, hand: Hand::Officer, doing: Doing::Command(command) }
    }

    fn judged(&mut self, case: &Case, at: Instant, chance: &mut Chance, world: &World<'_>) -> Option<Step> {
        if case.is_crisis() {
            return None;
        }
        let round = case.rounds.len();
        let is_unsolved = match self.fate {
            Fate::NotAtOnce => round == 1,
            Fate::NotAtAll => round <= 2,
            _ => false,
        };
        if !self.first(Act::Rate, case) || (!is_unsolved && chance.percent(36)) {
            return None;
        }
        let outcome = case.round().outcome;
        let (solved, satisfaction) = match chance.below(20) {
            _ if is_unsolved => (Solved::No, Satisfaction::Dissatisfied),
            // What cannot be done yet or only in part is not solved, however well it was said.
            0..=13 if matches!(outcome, Some(Outcome::CannotYet | Outcome::Partly)) => {
                (Solved::Partly, Satisfaction::Fairly)
            }
            14..=16 if outcome == Some(Outcome::CannotYet) => (Solved::Partly, Satisfaction::Dissatisfied),
            0..=13 => (Solved::Yes, Satisfaction::Satisfied),
            14..=16 => (Solved::Yes, Satisfaction::Fairly),
            17 | 18 => (Solved::Partly, Satisfaction::Fairly),
            _ => (Solved::Partly, Satisfaction::Dissatisfied),
        };
        let grounds = &world.policy.rating.complaints;
        let complaints =
            if is_unsolved { chance.pick(grounds).cloned().into_iter().collect() } else { Vec::new() };
        let kind = world.texts.kind(&self.telling);
        let words = chance.word(world.texts.words.judgement(kind, satisfaction, outcome));
        let contacted = Some(!is_unsolved || chance.percent(50));
        let at = soon(chance, at, 30, 5 * 24 * 60);
        let command = Command::Rate {
            contacted,
            solved,
            satisfaction,
            complaints,
            words,
            publish: None,
            reopen: false,
        };
        step(at, Hand::Requester, command)
    }

    fn once_more(
        &mut self,
        case: &Case,
        at: Instant,
        chance: &mut Chance,
        world: &World<'_>,
    ) -> Option<Step> {
        let is_content = case.round().solved == Some(Solved::Yes);
        if is_content || !self.first(Act::Reopen, case) || !chance.percent(25) {
            return None;
        }
        let reason = chance.word(&world.texts.manner(&self.telling).again);
        step(soon(chance, at, 12 * 60, 4 * 24 * 60), Hand::Requester, Command::Reopen { reason })
    }
}

fn step(at: Instant, hand: Hand, command: Command) -> Option<Step> {
    Some(Step { at, hand, doing: Doing::Command(command) })
}

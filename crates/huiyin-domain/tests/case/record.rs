//! A case's record kept in memory, in the same steps as the store keeps it: decide, record, fold.

use huiyin_domain::calendar::{Calendar, Instant};
use huiyin_domain::case::{
    Actor, Added, Case, Command, Ctx, Draft, Recorded, Refusal, Text, apply, decide, moved_away, recorded_at,
    tally,
};
use huiyin_domain::ids::UnitId;
use huiyin_domain::policy::Policy;

/// A school's settings and days.
pub struct World {
    pub policy: Policy,
    pub calendar: Calendar,
}

impl World {
    /// The small school of the tests.
    pub fn small() -> World {
        World { policy: super::school::policy(), calendar: super::school::calendar() }
    }

    /// What `decide` says, with nothing recorded.
    pub fn ask(&self, case: Option<&Case>, actor: &Actor, now: Instant, command: Command) -> Answer {
        decide(case, command, &self.ctx(actor, now))
    }

    /// What a decision of somebody at some moment may look at.
    pub fn ctx<'w>(&'w self, actor: &'w Actor, now: Instant) -> Ctx<'w> {
        let acting_for = unit_of(actor);
        let (policy, calendar) = (&self.policy, &self.calendar);
        Ctx { now, actor, acting_for, policy, policy_version: 7, calendar }
    }
}

/// Events with their texts, or the rule that says no.
pub type Answer = Result<Vec<Draft>, Refusal>;

/// The unit of the first duty, as the page of a desk would name it.
fn unit_of(actor: &Actor) -> Option<&UnitId> {
    match actor {
        Actor::Staff { duties, .. } => duties.first().and_then(|duty| duty.unit.as_ref()),
        _ => None,
    }
}

/// One line of the record with what stood beside it and what it changed.
#[derive(Clone)]
pub struct Line {
    pub recorded: Recorded,
    pub texts: Vec<Text>,
    pub before: Option<Case>,
    pub after: Case,
    pub tallies: Vec<Added>,
    /// The requester's own act, or what the program did at once in answer.
    pub is_of_requester: bool,
}

/// A case and its record, from nothing.
#[derive(Default)]
pub struct Life {
    pub case: Option<Case>,
    pub lines: Vec<Line>,
}

impl Life {
    /// The case as it stands; there is one after the first submission.
    pub fn case(&self) -> &Case {
        self.case.as_ref().expect("the case was submitted")
    }

    /// The texts that stand beside a line.
    pub fn texts_of(&self, seq: u32) -> Vec<Text> {
        let line = self.lines.iter().find(|line| line.recorded.seq == seq);
        line.map_or(vec![], |line| line.texts.clone())
    }

    /// Carries out a command and says which lines were added.
    pub fn carry_out(
        &mut self,
        world: &World,
        actor: &Actor,
        now: Instant,
        command: Command,
    ) -> Result<&[Line], Refusal> {
        let is_requester = matches!(actor, Actor::Requester);
        let identity = match (&self.case, &command) {
            (Some(case), _) => case.identity,
            (None, Command::Submit(submission)) => submission.identity,
            (None, _) => return Err(Refusal::NotYours),
        };
        let drafts = world.ask(self.case.as_ref(), actor, now, command)?;
        let last_at = self.case.as_ref().map(|case| case.last_at);
        let at = recorded_at(identity, is_requester, last_at, now);
        let first_new = self.lines.len();
        for draft in drafts {
            self.record(at, draft, is_requester);
        }
        Ok(&self.lines[first_new..])
    }

    /// Carries out a command that must not be refused.
    pub fn must(&mut self, world: &World, actor: &Actor, now: &str, command: Command) -> &[Line] {
        let asked = format!("{command:?}");
        self.carry_out(world, actor, super::school::at(now), command)
            .unwrap_or_else(|refusal| panic!("{asked} was refused: {refusal:?}"))
    }

    fn record(&mut self, at: Instant, draft: Draft, is_of_requester: bool) {
        let before = self.case.take();
        let seq = before.as_ref().map_or(0, |case| case.last_seq) + 1;
        let recorded = Recorded { seq, at, by: draft.by, event: draft.event };
        let after = apply(before.clone(), &recorded).expect("a record begins with a submission");
        let mut tallies = tally(before.as_ref(), &after, &recorded);
        let lines = self.lines.iter().map(|line| &line.recorded).chain([&recorded]);
        tallies.extend(moved_away(&lines.cloned().collect::<Vec<_>>()));
        self.case = Some(after.clone());
        self.lines.push(Line { recorded, texts: draft.texts, before, after, tallies, is_of_requester });
    }
}

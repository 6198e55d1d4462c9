//! Several cases kept in memory, in the same steps as the store keeps them: what follows on the others is done in the same
//! breath, by the same function.

use crate::record::{Life, Line, World};
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::together::{self, Happened, Words};
use huiyin_domain::case::*;
use huiyin_domain::ids::CaseNo;
use std::collections::BTreeMap;

/// A line and the case in whose record it stands.
pub type Written = (CaseNo, Line);

/// Cases of one school, by number.
#[derive(Default)]
pub struct Herd {
    pub lives: BTreeMap<CaseNo, Life>,
}

impl Herd {
    /// A case of the herd as it stands.
    pub fn case(&self, no: &CaseNo) -> &Case {
        self.lives[no].case()
    }

    /// Carries out a command with all that follows from it on the others, and says which lines were added, in their order.
    pub fn carry_out(
        &mut self,
        world: &World,
        no: &CaseNo,
        actor: &Actor,
        now: Instant,
        command: Command,
    ) -> Result<Vec<Written>, Refusal> {
        let life = self.lives.entry(no.clone()).or_default();
        let lines = life.carry_out(world, actor, now, command)?.to_vec();
        if lines.is_empty() {
            return Ok(Vec::new());
        }
        // What an anonymous act brings with it tells no more of its minute than the act itself.
        let now = lines[0].recorded.at;
        let follows = self.follows(world, no, actor, now, &lines);
        let mut written: Vec<Written> = lines.into_iter().map(|line| (no.clone(), line)).collect();
        for follow in follows {
            let asked = format!("{follow:?}");
            let more = self.carry_out(world, &follow.on, &Actor::Rule, now, follow.command);
            written.extend(more.unwrap_or_else(|refusal| panic!("{asked} was refused: {refusal:?}")));
        }
        Ok(written)
    }

    /// Takes another case along with this one, as the office does: both sides or none.
    pub fn merge(
        &mut self,
        world: &World,
        [lead, other]: [&CaseNo; 2],
        actor: &Actor,
        now: Instant,
    ) -> Result<Vec<Written>, Refusal> {
        let to = Box::new(Lead::of(lead.clone(), self.case(lead)));
        let merge = Command::Merge { own: other.clone(), lead: to };
        let mut written = self.carry_out(world, other, actor, now, merge)?;
        let join = Command::Join { other: other.clone() };
        written.extend(self.carry_out(world, lead, actor, now, join).expect("both sides or none"));
        Ok(written)
    }

    /// Lets a merged case go by itself again, as the office does.
    pub fn unmerge(
        &mut self,
        world: &World,
        no: &CaseNo,
        actor: &Actor,
        now: Instant,
        reason: String,
    ) -> Result<Vec<Written>, Refusal> {
        let lead = self.case(no).merged.as_ref().map(|merger| merger.into.clone());
        let mut written = self.carry_out(world, no, actor, now, Command::Unmerge { reason })?;
        let (lead, part) = (lead.expect("it was merged"), Command::Part { other: no.clone() });
        written.extend(self.carry_out(world, &lead, actor, now, part).expect("both sides or none"));
        Ok(written)
    }

    fn follows(
        &self,
        world: &World,
        no: &CaseNo,
        actor: &Actor,
        now: Instant,
        lines: &[Line],
    ) -> Vec<together::Follow> {
        let case = self.case(no);
        let others = together::concerned(case).map(|other| (other.clone(), self.case(other).clone()));
        let others: BTreeMap<CaseNo, Case> = others.collect();
        let events: Vec<&Event> = lines.iter().map(|line| &line.recorded.event).collect();
        let words =
            Words { own: said(lines, TextKind::Words), joined: said(lines, TextKind::JoinedWords), plan: "" };
        together::follows(&Happened { no, case, events: &events, words }, &others, &world.ctx(actor, now))
    }
}

/// The words of a kind beside these lines, the last if there are several.
pub fn said(lines: &[Line], kind: TextKind) -> Option<&str> {
    let texts = lines.iter().rev().flat_map(|line| &line.texts);
    texts.into_iter().find(|text| text.kind == kind).map(|text| text.words.as_str())
}

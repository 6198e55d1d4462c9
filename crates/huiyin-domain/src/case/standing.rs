//! How a case stands: what the record adds up to, with what can be read off it.

mod parts;

pub use parts::{
    Assistance, Complaint, Cosigning, FieldWork, Lead, Merger, Phoned, Proposed, Shelf, SquadWork, Wait,
};

use super::facts::*;
use super::{Removal, Stage, Urgency};
use crate::calendar::{Day, Instant};
use crate::ids::{CaseNo, CategoryId, ChannelId, FileId, KindId, PersonId, PlaceId, UnitId};
use crate::policy::Policy;

/// How a case stands, folded from its record. Holds no free text and no requester.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Kind.
    pub kind: KindId,
    /// Category, once known.
    pub category: Option<CategoryId>,
    /// Place from the list.
    pub place: Option<PlaceId>,
    /// How the requester is known.
    pub identity: Identity,
    /// Which way it came.
    pub channel: ChannelId,
    /// How pressing.
    pub urgency: Urgency,
    /// Touches safety; kept from the public.
    pub restricted: bool,
    /// The requester agrees to a public answer. Shown to everybody only when the case is not restricted.
    pub may_publish: bool,
    /// Where it stands.
    pub stage: Stage,
    /// How it is being handled.
    pub route: Option<Route>,
    /// The one responsible unit.
    pub unit: Option<UnitId>,
    /// Units that assist.
    pub assisting: Vec<UnitId>,
    /// What was asked of the units that assist, in the order it was asked.
    pub assistance: Vec<Assistance>,
    /// The present unit may not hand it back.
    pub is_forced: bool,
    /// Units kept away from the case.
    pub recused: Vec<UnitId>,
    /// Those among them that are kept away only because they took over from another that is, each with every such other.
    pub recused_as_heirs: Vec<Succession>,
    /// Those among them that are kept away only because they are from the lead case it is handled together with.
    pub recused_with_lead: Vec<UnitId>,
    /// Handled together with a lead case.
    pub merged: Option<Merger>,
    /// Cases handled together with this one.
    pub joined: Vec<CaseNo>,
    /// Leader post before which it lies or which has instructed.
    pub leader: Option<String>,
    /// Laid before the leader, no instruction yet.
    pub awaits_instruction: bool,
    /// The leader named there has instructed; one before whom it only lay has not.
    pub is_instructed: bool,
    /// The unit that the last instruction named.
    pub instructed_unit: Option<UnitId>,
    /// Key supervision (重点督办).
    pub is_key: bool,
    /// Who signed for it in the responsible unit, was given it, or answered; in a new round still the one who knows the matter.
    pub officer: Option<PersonId>,
    /// When it came in.
    pub submitted_at: Instant,
    /// When its matter came in: with the case from which it is split off, or by itself.
    pub matter_since: Instant,
    /// When it was taken on.
    pub accepted_at: Option<Instant>,
    /// When the present unit got it.
    pub assigned_at: Option<Instant>,
    /// When the present unit signed for it.
    pub signed_at: Option<Instant>,
    /// How often more time was given.
    pub extensions: u16,
    /// The day until which more time is asked for, not yet decided.
    pub extension_asked: Option<Day>,
    /// The result ran out while more time was asked for in time and not yet decided.
    pub undecided_miss: Option<Instant>,
    /// Since when the requester is asked for more and the result clock stands still.
    pub asked_at: Option<Instant>,
    /// On the list of what cannot be done yet.
    pub shelved: Option<Shelf>,
    /// What happens at the place.
    pub field: FieldWork,
    /// Those who were asked to co-sign a proposal, in the order in which they were named.
    pub cosigners: Vec<Cosigning>,
    /// Whether a proposal was taken on as one; none while nobody has said.
    pub is_filed: Option<bool>,
    /// An answer that lies before the head of the unit.
    pub proposed: Option<Proposed>,
    /// When the requester complained about the handling last.
    pub complained_at: Option<Instant>,
    /// A complaint about the handling that nobody has answered yet.
    pub complaint: Option<Complaint>,
    /// Its protection came from the lead case it is handled together with, and goes with it.
    pub is_protected_by_lead: bool,
    /// From outside the school: the earlier case inside, and why it went outside.
    pub leak: Option<(Option<CaseNo>, LeakCause)>,
    /// First round, then one more for each reopening.
    pub rounds: Vec<Round>,
    /// Reminders already given: clock, due, hours before.
    pub reminded: Vec<(Clock, Instant, u16)>,
    /// Promises witnessed as missed: clock and due.
    pub missed: Vec<(Clock, Instant)>,
    /// How far up it is supervised.
    pub supervised: Option<Level>,
    /// How often a unit handed it back.
    pub send_backs: u16,
    /// How often the requester urged.
    pub urges: u16,
    /// When the requester urged last.
    pub urged_at: Option<Instant>,
    /// Shown to everybody.
    pub is_published: bool,
    /// Attachments of the submission.
    pub files: Vec<FileId>,
    /// When it was declined, withdrawn or archived.
    pub ended_at: Option<Instant>,
    /// How much of it has been taken away because the time for keeping it was over.
    pub removed: Option<Removal>,
    /// Number of the last event.
    pub last_seq: u32,
    /// When the last event was recorded.
    pub last_at: Instant,
}

/// One round of handling: from dispatch to the requester's judgement.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Round {
    /// When the requester, or the rule, asked for this round; none for the first.
    pub reopened_at: Option<Instant>,
    /// What was promised for this round; a later promise for the same clock replaces the earlier.
    pub promises: Vec<Promise>,
    /// When the result clock stood still.
    pub waits: Vec<Wait>,
    /// First words of the unit.
    pub first_reply_at: Option<Instant>,
    /// The answer with its result.
    pub replied_at: Option<Instant>,
    /// What the unit says came of it.
    pub outcome: Option<Outcome>,
    /// Who may read the answer.
    pub visibility: Option<Visibility>,
    /// What the requester says.
    pub rated_at: Option<Instant>,
    /// Solved?
    pub solved: Option<Solved>,
    /// Satisfied?
    pub satisfaction: Option<Satisfaction>,
    /// What the requester says was taken down on the phone, and they have not put it right.
    pub phoned: Option<Phoned>,
    /// When the requester was asked whether it still holds.
    pub effect_asked_at: Option<Instant>,
    /// When the requester said so.
    pub effect_at: Option<Instant>,
    /// Does it still hold?
    pub effect: Option<Solved>,
    /// When somebody called to ask and reached nobody.
    pub calls: Vec<Instant>,
    /// The promise of a law whose road it has left for now: what it is held to when it comes back.
    pub left_law: Option<Promise>,
    /// Supervision let go of it.
    pub is_released: bool,
}

impl Round {
    /// The promise of a clock.
    pub fn promise(&self, clock: Clock) -> Option<&Promise> {
        self.promises.iter().find(|promise| promise.clock == clock)
    }

    /// Since when the requester has called it unsolved, at the judgement or when asked again.
    pub fn unsolved_since(&self) -> Option<Instant> {
        match (self.effect, self.solved) {
            (Some(Solved::No), _) => self.effect_at,
            (_, Some(Solved::No)) => self.rated_at,
            _ => None,
        }
    }

    pub(super) fn promise_anew(&mut self, promises: &[Promise]) {
        for promise in promises {
            let law = self.promise(promise.clock).filter(|old| old.is_statutory() && !promise.is_statutory());
            self.left_law = law.cloned().or(self.left_law.take());
            self.promises.retain(|old| old.clock != promise.clock);
            self.promises.push(promise.clone());
        }
    }
}

impl Case {
    /// The present round.
    pub fn round(&self) -> &Round {
        self.rounds.last().expect("a case begins with its first round")
    }

    /// What the requester says of showing it to everybody. What is shown already is taken off by an act of its own.
    pub(super) fn hear_consent(&mut self, publish: Option<bool>) {
        if let Some(agrees) = publish.filter(|_| !self.is_published) {
            self.may_publish = agrees && !self.restricted;
        }
    }

    pub(super) fn round_mut(&mut self) -> &mut Round {
        self.rounds.last_mut().expect("a case begins with its first round")
    }

    /// The round whose judgement somebody took down on the phone, as long as its requester may put it right: the present one
    /// once it was judged, the one before while the next is under way.
    pub fn phoned(&self) -> Option<&Round> {
        let before = self.rounds.len().checked_sub(2).and_then(|at| self.rounds.get(at));
        let round = match self.stage {
            Stage::Rated => self.rounds.last(),
            stage if stage.is_open() => before,
            _ => None,
        };
        round.filter(|round| round.phoned.is_some())
    }

    /// What is made of it becomes no rate: it is protected, of danger, or on a road of the law.
    pub fn is_kept_from_rates(&self) -> bool {
        self.restricted || self.is_crisis() || self.is_on_statute()
    }

    /// The one unit that answers for it while it is open: the unit that has it, else the coordinating office.
    pub fn responsible(&self, policy: &Policy) -> Option<UnitId> {
        let office = || policy.school.coordinator.clone();
        self.stage.is_open().then(|| self.unit.clone().unwrap_or_else(office))
    }

    /// How the one named at this place has answered; places count from 1.
    pub fn cosigning_of(&self, place: u16) -> Option<Cosigning> {
        self.cosigners.get(usize::from(place).checked_sub(1)?).copied()
    }

    /// How many have co-signed.
    pub fn cosigned(&self) -> usize {
        self.cosigners.iter().filter(|cosigning| **cosigning == Cosigning::Consents).count()
    }

    /// The unit is kept away from the case.
    pub fn is_recused(&self, unit: &UnitId) -> bool {
        self.recused.contains(unit)
    }

    /// The unit is kept away for a reason of this case's own, and not for what another unit or the lead case is.
    pub fn is_recused_by_itself(&self, unit: &UnitId) -> bool {
        self.is_recused(unit)
            && !self.recused_with_lead.contains(unit)
            && !self.recused_as_heirs.iter().any(|heir| heir.unit == *unit)
    }

    /// The units that may be named when a recusal is lifted: one that took over from another goes with that one.
    pub fn liftable<'c>(&'c self, policy: &'c Policy) -> impl Iterator<Item = &'c UnitId> {
        let stays = |unit: &UnitId| {
            let stays = self.kept_away_without(std::slice::from_ref(unit), policy);
            stays.iter().any(|(other, _)| *other == unit)
        };
        self.recused.iter().filter(move |unit| !stays(unit))
    }

    /// Who stays away once these are let in: whoever has a reason that is not among them, and whoever took over from one who
    /// stays; each with the one for whose sake it is.
    pub(super) fn kept_away_without(&self, lifted: &[UnitId], policy: &Policy) -> Vec<(&UnitId, &UnitId)> {
        let is_heir = |unit: &UnitId| self.recused_as_heirs.iter().any(|heir| heir.unit == *unit);
        let has_a_reason = |unit: &UnitId| !is_heir(unit) || self.recused_with_lead.contains(unit);
        let named = |unit: &UnitId| lifted.contains(unit);
        let for_themselves = self.recused.iter().filter(|unit| has_a_reason(unit) && !named(unit));
        let mut stays: Vec<(&UnitId, &UnitId)> = for_themselves.map(|unit| (unit, unit)).collect();
        let took_over = |unit: &UnitId, from: &UnitId| {
            let is_recorded = |heir: &Succession| heir.unit == *unit && heir.from == *from;
            policy.heir_of(from) == Some(unit) || self.recused_as_heirs.iter().any(is_recorded)
        };
        let mut at = 0;
        while let Some((from, _)) = stays.get(at).copied() {
            let is_there = |unit: &UnitId| stays.iter().any(|(other, _)| *other == unit);
            let heirs = self.recused.iter().filter(|unit| !is_there(unit) && took_over(unit, from));
            let heirs: Vec<_> = heirs.map(|heir| (heir, from)).collect();
            stays.extend(heirs);
            at += 1;
        }
        stays
    }

    /// From when the limits of the present round count: from acceptance, later from the reopening. Passing on changes nothing.
    pub fn counted_from(&self) -> Option<Instant> {
        self.round().reopened_at.or(self.accepted_at)
    }

    /// When the clock of the present round was met, if it was.
    pub fn met_at(&self, clock: Clock) -> Option<Instant> {
        match clock {
            Clock::Acknowledge => self.accepted_at,
            Clock::FirstReply => self.round().first_reply_at,
            Clock::Result => self.round().replied_at,
        }
    }

    /// The requester is asked for more and this clock waits for the answer; one that had run out before does not.
    pub fn stands_still(&self, promise: &Promise) -> bool {
        promise.clock == Clock::Result
            && !promise.is_statutory()
            && self.asked_at.is_some_and(|at| promise.due > at)
    }

    /// The promise that runs out next, if anything is still owed.
    pub fn next_promise(&self) -> Option<&Promise> {
        if !self.stage.is_open() {
            return None;
        }
        self.round()
            .promises
            .iter()
            .filter(|promise| self.met_at(promise.clock).is_none() && !self.stands_still(promise))
            .min_by_key(|p| p.due)
    }

    /// Since when a case that rests is called unsolved by its requester, while supervision has not let go of it. Whether that
    /// holds it, or only awaits the round that opens by itself, depends on the rounds of the school.
    pub fn unsolved_since(&self) -> Option<Instant> {
        let round = self.round();
        let may_be_held = match self.stage {
            Stage::Rated => true,
            Stage::Archived => round.effect == Some(Solved::No),
            _ => false,
        };
        // A committee decides once: whoever disagrees goes where the law leads, not round again.
        round.unsolved_since().filter(|_| may_be_held && !round.is_released && !self.is_on_statute())
    }

    /// "Not solved" opens another round by itself; after the last such round supervision holds it (5.3).
    pub fn reopens_by_itself(&self, policy: &Policy) -> bool {
        !self.is_on_statute() && self.rounds.len() <= usize::from(policy.rating.automatic_rounds)
    }

    /// Its result is promised by a law: no rates, no further rounds, no extension but that law's own (5.7).
    pub fn is_on_statute(&self) -> bool {
        self.round().promise(Clock::Result).is_some_and(Promise::is_statutory)
    }

    /// A case of danger: people are called, nobody is surveyed, nothing of it becomes a rate (7.6).
    pub fn is_crisis(&self) -> bool {
        self.urgency == Urgency::Critical
    }

    /// Something is owed and its time is up. Computed, never stored.
    pub fn is_overdue(&self, now: Instant) -> bool {
        self.next_promise().is_some_and(|promise| promise.due <= now)
    }
}

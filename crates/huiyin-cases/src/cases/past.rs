//! Taking in cases whose whole life is past, from an older system: the same decisions and the same record as everywhere,
//! each act at its own moment, but written in one go and without telling anybody.

use super::chain::Hash;
use super::counts::Counts;
use super::log::{Bench, Bringer, Folded, append, decide_now};
use super::{numbers, row, shelves};
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{Actor, Case, Command, Identity, recorded_at};
use huiyin_domain::ids::{CaseNo, UnitId};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;

/// An act of the past.
#[derive(Clone, Debug)]
pub struct PastAct {
    /// When.
    pub at: Instant,
    /// By whom.
    pub actor: Actor,
    /// For which unit.
    pub acting_for: Option<UnitId>,
    /// What.
    pub command: Command,
}

/// Cases being taken in within one transaction.
pub struct Past<'a> {
    bench: Bench<'a>,
    counts: Counts,
    /// To be found from now on.
    arrived: Vec<(CaseNo, Identity)>,
}

impl<'a> Past<'a> {
    /// Under the settings in force.
    pub fn new(bench: Bench<'a>) -> Past<'a> {
        Past { bench, counts: Counts::default(), arrived: Vec::new() }
    }

    /// Takes in a case that came in with this act; `next` says what happened then, until it says nothing. A form that was
    /// taken in before changes nothing and gives false.
    pub fn take_in(
        &mut self,
        tx: &mut Tx,
        form: &str,
        bringer: &Bringer,
        arrival: PastAct,
        mut next: impl FnMut(&Case) -> Option<PastAct>,
    ) -> Result<bool, Error> {
        if numbers::of_form(tx, form)?.is_some() {
            return Ok(false);
        }
        let (identity, tells_nothing) = match &arrival.command {
            Command::Submit(submission) => (submission.identity, numbers::tells_nothing(submission)),
            _ => (Identity::Open, false),
        };
        let mut counts = Counts::default();
        let mut told: Option<Folded> = None;
        let no = numbers::next(tx, tells_nothing, arrival.at.day(), self.bench.keys)?;
        let mut act = Some(arrival);
        while let Some(PastAct { at, actor, acting_for, command }) = act {
            let bench = Bench { now: at, ..self.bench };
            let before = told.as_ref().map(|told| &told.case);
            let drafts = decide_now(before, command, &bench, &actor, acting_for.as_ref())?;
            let as_requester = matches!(actor, Actor::Requester);
            let at = recorded_at(identity, as_requester, before.map(|case| case.last_at), at);
            if !drafts.is_empty() {
                let last_hash = told.as_ref().map_or(Hash::ZERO, |told| told.last_hash);
                let more = append(tx, &bench, &no, before, last_hash, at, drafts, &mut counts)?;
                told = Some(match told {
                    Some(told) => told.followed_by(more),
                    None => more,
                });
            }
            act = told.as_ref().and_then(|told| next(&told.case));
        }
        let told = told.ok_or_else(|| Error::internal("a case of the past must come in"))?;
        numbers::remember_form(tx, form, &no, told.case.submitted_at.day())?;
        row::insert(tx, &self.bench, &no, &told, bringer)?;
        row::show_published(tx, &no, &told)?;
        self.counts.merge(counts);
        self.arrived.push((no, identity));
        Ok(true)
    }

    /// Writes what was counted, and lays out what came in; to be called before the transaction ends.
    pub fn finish(self, tx: &mut Tx) -> Result<(), Error> {
        shelves::arrive_together(tx, &self.arrived)?;
        self.counts.write(tx)
    }
}

//! The record: loading a case and carrying out a command. The only caller of `decide`, the only writer of the case tables.
//!
//! One transaction: read the record, decide, append events with their texts and commitments, rewrite the folded row,
//! add to the counts, claim attachments, tell people. Nothing is acknowledged before it is committed. Two officers at
//! once cannot both win: an event is unique by case and number.

use super::chain::{self, Hash};
use super::counts::Counts;
use super::{notify, numbers, opinions, removal, row, shelves, together};
use huiyin_domain::access::{Duty, Hat, sees_line};
use huiyin_domain::calendar::{Calendar, Instant};
use huiyin_domain::case::{
    Actor, Case, Command, Ctx, Draft, Event, Identity, Recorded, Refusal, Text, TextKind, apply, decide,
    moved_away, recorded_at, tally,
};
use huiyin_domain::ids::{CaseNo, PersonId, UnitId};
use huiyin_domain::policy::Policy;
use huiyin_foundation::config::Outlets;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::files;
use huiyin_foundation::keys::Keys;
use huiyin_foundation::params;
use huiyin_foundation::school::{PolicyInForce, School};
use std::sync::Arc;

/// The school's settings, calendar and time as they stand at one moment; held for one request.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Settings in force.
    pub policy: Arc<PolicyInForce>,
    /// Which days count.
    pub calendar: Arc<Calendar>,
    /// Now.
    pub now: Instant,
    /// The doors to the outside, through which people are told.
    pub outlets: Arc<Outlets>,
}

impl Standing {
    /// As the school stands now.
    pub fn of(school: &School) -> Standing {
        Standing {
            policy: school.policy_in_force(),
            calendar: school.calendar.load_full(),
            now: school.now(),
            outlets: school.config.outlets.clone(),
        }
    }

    /// What a command is carried out with.
    pub fn bench<'a>(&'a self, keys: &'a Keys) -> Bench<'a> {
        let policy = &self.policy.policy;
        let (policy_version, calendar) = (self.policy.version, &self.calendar);
        Bench { policy, policy_version, calendar, keys, now: self.now, outlets: &self.outlets }
    }
}

/// What a command is carried out with; all values of the school as they stand.
#[derive(Clone, Copy)]
pub struct Bench<'a> {
    /// Settings in force.
    pub policy: &'a Policy,
    /// Their version.
    pub policy_version: u32,
    /// Which days count.
    pub calendar: &'a Calendar,
    /// Secrets.
    pub keys: &'a Keys,
    /// Now.
    pub now: Instant,
    /// The doors to the outside, through which people are told.
    pub outlets: &'a Outlets,
}

impl<'a> Bench<'a> {
    /// What a decision of somebody may look at.
    pub(super) fn ctx(&self, actor: &'a Actor, acting_for: Option<&'a UnitId>) -> Ctx<'a> {
        let Bench { now, policy, policy_version, calendar, .. } = *self;
        Ctx { now, actor, acting_for, policy, policy_version, calendar }
    }
}

/// Who brings in a new case, as far as the platform may know.
#[derive(Clone, Debug)]
pub enum Bringer {
    /// Somebody with an account.
    Account(PersonId),
    /// Nobody; the holder of this receipt code's keyed hash.
    Receipt(String),
    /// Staff registered it for somebody without an account.
    Registered,
    /// Whoever brought in the case from which it is split off, as far as that is known.
    SameAs {
        /// By account.
        person: Option<PersonId>,
        /// By keyed reference.
        key: Option<String>,
    },
}

/// A case as loaded.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// How it stands.
    pub case: Case,
    /// Its record.
    pub record: Vec<Recorded>,
    /// Hash of the last event.
    pub last_hash: Hash,
}

/// Reads and folds a case's record.
pub fn load(tx: &mut Tx, no: &CaseNo) -> Result<Option<Loaded>, Error> {
    // What happened to this case?
    let lines = tx.query(
        "select seq, at_ms, body, hash
         from case_events
         where case_no = $1
         order by seq",
        params![no],
    )?;
    let mut record = Vec::with_capacity(lines.len());
    let mut case = None;
    let mut last_hash = Hash::ZERO;
    for line in lines {
        let recorded = chain::read(line.int("seq")?, line.int("at_ms")?, line.str("body")?)?;
        last_hash = Hash::from_stored(&line.bytes("hash")?)?;
        case = apply(case, &recorded);
        record.push(recorded);
    }
    Ok(case.map(|case| Loaded { case, record, last_hash }))
}

/// Brings in a new case and gives it its number. The same form sent twice gives the same number.
pub fn submit(
    tx: &mut Tx,
    bench: &Bench<'_>,
    actor: &Actor,
    acting_for: Option<&UnitId>,
    bringer: &Bringer,
    form: Option<&str>,
    submission: huiyin_domain::case::Submission,
) -> Result<CaseNo, Error> {
    if let Some(form) = form
        && let Some(no) = numbers::of_form(tx, form)?
    {
        return Ok(no);
    }
    let (identity, tells_nothing) = (submission.identity, numbers::tells_nothing(&submission));
    let drafts = decide_now(None, Command::Submit(Box::new(submission)), bench, actor, acting_for)?;
    let at = recorded_at(identity, matches!(actor, Actor::Requester), None, bench.now);
    let no = numbers::next(tx, tells_nothing, at.day(), bench.keys)?;
    if let Some(form) = form {
        numbers::remember_form(tx, form, &no, at.day())?;
    }
    let mut counts = Counts::default();
    let folded = append(tx, bench, &no, None, Hash::ZERO, at, drafts, &mut counts)?;
    counts.write(tx)?;
    row::insert(tx, bench, &no, &folded, bringer)?;
    shelves::arrive(tx, &no, &folded.case)?;
    notify::tell(tx, bench, &no, None, &folded)?;
    Ok(no)
}

/// Carries out a command on a case that exists.
///
/// # Errors
/// `Hidden` when there is no such case, `Refused` with the sentence and clause when the rule says no, `Conflict` when
/// somebody else was quicker.
pub fn carry_out(
    tx: &mut Tx,
    bench: &Bench<'_>,
    actor: &Actor,
    acting_for: Option<&UnitId>,
    no: &CaseNo,
    command: Command,
) -> Result<Case, Error> {
    let loaded = load(tx, no)?.ok_or(Error::Hidden)?;
    carry_out_on(tx, bench, actor, acting_for, no, loaded, command)
}

/// Carries out a command on a case that was loaded in the same transaction.
pub(super) fn carry_out_on(
    tx: &mut Tx,
    bench: &Bench<'_>,
    actor: &Actor,
    acting_for: Option<&UnitId>,
    no: &CaseNo,
    loaded: Loaded,
    command: Command,
) -> Result<Case, Error> {
    let drafts = decide_now(Some(&loaded.case), command, bench, actor, acting_for)?;
    if drafts.is_empty() {
        return Ok(loaded.case);
    }
    let as_requester = matches!(actor, Actor::Requester);
    let at = recorded_at(loaded.case.identity, as_requester, Some(loaded.case.last_at), bench.now);
    let mut counts = Counts::default();
    let folded = append(tx, bench, no, Some(&loaded.case), loaded.last_hash, at, drafts, &mut counts)?;
    counts.write(tx)?;
    row::update(tx, bench, no, &folded)?;
    removal::after_unpublishing(tx, no, &folded)?;
    shelves::follow(tx, no, &loaded.case, &folded.case)?;
    if opinions::of(&loaded.case) != opinions::of(&folded.case) {
        opinions::write(tx, no, &folded.case)?;
    }
    notify::tell(tx, bench, no, Some(&loaded.case), &folded)?;
    together::after(tx, bench, no, &folded)?;
    Ok(folded.case)
}

/// A case after new lines were appended.
pub(super) struct Folded {
    /// How it stands now.
    pub case: Case,
    /// Hash of its last event.
    pub last_hash: Hash,
    /// What was appended, with texts.
    pub lines: Vec<(Recorded, Vec<Text>)>,
}

impl Folded {
    /// This case with more lines behind.
    pub fn followed_by(mut self, more: Folded) -> Folded {
        self.lines.extend(more.lines);
        Folded { lines: self.lines, ..more }
    }

    /// The words of a text among the appended lines, the last if there are several.
    pub fn words(&self, kind: TextKind) -> Option<&str> {
        let texts = self.lines.iter().rev().flat_map(|(_, texts)| texts);
        texts.into_iter().find(|text| text.kind == kind).map(|text| text.words.as_str())
    }
}

/// The only question to `decide` about a case of the school.
pub(super) fn decide_now(
    case: Option<&Case>,
    command: Command,
    bench: &Bench<'_>,
    actor: &Actor,
    acting_for: Option<&UnitId>,
) -> Result<Vec<Draft>, Error> {
    let ctx = bench.ctx(actor, acting_for);
    decide(case, command, &ctx).map_err(|refusal| match refusal {
        Refusal::NotYours => Error::Hidden,
        refusal => Error::refused(refusal.sentence(), refusal.clause()),
    })
}

/// Appends what was decided to the record; the row is the caller's to write.
#[expect(clippy::too_many_arguments, reason = "each is a value of its own; a struct would only rename them")]
pub(super) fn append(
    tx: &mut Tx,
    bench: &Bench<'_>,
    no: &CaseNo,
    before: Option<&Case>,
    last_hash: Hash,
    at: Instant,
    drafts: Vec<Draft>,
    counts: &mut Counts,
) -> Result<Folded, Error> {
    let mut case = before.cloned();
    let mut prev = last_hash;
    let mut lines = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let seq = case.as_ref().map_or(0, |case| case.last_seq) + 1;
        let line = Recorded { seq, at, by: draft.by, event: draft.event };
        let seals = seals_contact(case.as_ref(), &line.event);
        let link = chain::link(bench.keys, no, &line, &draft.texts, prev)?;
        // Append one event to the record.
        tx.execute(
            "insert into case_events (case_no, seq, at_ms, name, body, prev, hash)
             values ($1, $2, $3, $4, $5, $6, $7)",
            params![no, seq, at, link.name, link.body, prev.bytes(), link.hash.bytes()],
        )?;
        for (text, salt) in draft.texts.iter().zip(&link.salts) {
            let is_sealed = seals && matches!(text.kind, TextKind::Contact | TextKind::OnBehalfOf);
            let words = if is_sealed {
                bench.keys.seal(&seal_place(no, text.kind), &text.words)
            } else {
                text.words.clone()
            };
            // Keep a text beside its event.
            tx.execute(
                "insert into case_texts (case_no, seq, kind, salt, words, sealed)
                 values ($1, $2, $3, $4, $5, $6)",
                params![no, seq, text.kind.word(), salt, words, is_sealed],
            )?;
        }
        let attached = line.event.files();
        // What came with the answer of the lead case stays the lead's.
        let is_borrowed = matches!(line.event, Event::Replied { through: Some(_), .. });
        if !attached.is_empty() && !is_borrowed {
            files::claim(tx, attached, no, seq)?;
        }
        let after = apply(case.clone(), &line)
            .ok_or_else(|| Error::internal("a record must begin with a submission"))?;
        for added in tally(case.as_ref(), &after, &line) {
            counts.add(added);
        }
        // Rare: the record is read once more, to know what the unit had counted.
        if matches!(line.event, Event::Recused { .. }) {
            let record = load(tx, no)?.map(|loaded| loaded.record).unwrap_or_default();
            moved_away(&record).into_iter().for_each(|added| counts.add(added));
        }
        case = Some(after);
        prev = link.hash;
        lines.push((line, draft.texts));
    }
    let case = case.ok_or_else(|| Error::internal("nothing was decided on no case"))?;
    // What goes past the unit must not stir at its desk.
    if lines.iter().any(|(line, _)| sees_line(&[Hat::Officer], line)) {
        before.into_iter().chain([&case]).for_each(|case| counts.lies_at(case));
    }
    Ok(Folded { case, last_hash: prev, lines })
}

/// Contact details of a sealed case are kept encrypted.
fn seals_contact(case: Option<&Case>, event: &Event) -> bool {
    match (case, event) {
        (_, Event::Submitted { identity, .. }) => *identity == Identity::Sealed,
        (Some(case), _) => case.identity == Identity::Sealed,
        _ => false,
    }
}

/// Where a sealed text belongs; it opens nowhere else.
pub(super) fn seal_place(no: &CaseNo, kind: TextKind) -> String {
    format!("case {no} {}", kind.word())
}

/// The actor a member of staff is.
pub fn staff(person: &PersonId, duties: &[Duty]) -> Actor {
    Actor::Staff { person: person.clone(), duties: duties.to_vec() }
}

//! Several cases of one matter, and one case of two matters (3.8): both sides are recorded in one transaction. Every merged
//! case keeps its own page, clocks and judgement; the answer of the lead case is carried over to each.

use super::log::{Bench, Bringer, Folded, Loaded, carry_out, load, submit};
use super::sight::{self, Seen};
use super::texts::{self, is_named};
use huiyin_domain::access::{Hat, hats};
use huiyin_domain::case::together::{self, Happened, Words};
use huiyin_domain::case::{Actor, Case, Command, Event, Identity, Lead, Origin, Place, Submission, TextKind};
use huiyin_domain::ids::{CaseNo, PersonId, UnitId};
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::{params, say};
use std::collections::BTreeMap;

/// Who acts, and for which unit.
#[derive(Clone, Copy)]
pub(crate) struct Hand<'a> {
    /// Who.
    pub actor: &'a Actor,
    /// For which unit.
    pub unit: Option<&'a UnitId>,
}

/// Takes another case along with this one.
///
/// # Errors
/// What is wrong with the number that was typed, in a sentence to stand at its field.
pub(crate) fn merge(
    tx: &mut Tx,
    bench: &Bench<'_>,
    hand: Hand<'_>,
    lead: &CaseNo,
    other: &CaseNo,
) -> Result<Result<(), String>, Error> {
    let not_found = Ok(Err(format!("{other} 没有这件，请核对编号")));
    let seen = match sight::by_staff(tx, bench, hand.actor, other) {
        Ok(seen) => seen,
        Err(Error::Hidden) => return not_found,
        Err(error) => return Err(error),
    };
    let Some(loaded) = load(tx, lead)? else { return not_found };
    // Whoever answers for the lead reads what comes along: a report does not come along to the unit it names.
    let unit = loaded.case.unit.as_ref().filter(|_| seen.case().restricted);
    let words = seen.texts.of_requester(&seen.loaded.record);
    if let Some(unit) = unit.and_then(|id| bench.policy.unit(id)).filter(|unit| is_named(unit, &words)) {
        return Ok(Err(format!("{other}：内容里提到了{}，可能反映的就是它，不能并进它办的件里", unit.name)));
    }
    let to = Box::new(Lead::of(lead.clone(), &loaded.case));
    let merge = Command::Merge { own: other.clone(), lead: to };
    match carry_out(tx, bench, hand.actor, hand.unit, other, merge) {
        Ok(_) => {}
        Err(Error::Refused { sentence, .. }) => return Ok(Err(format!("{other}：{sentence}"))),
        Err(error) => return Err(error),
    }
    carry_out(tx, bench, hand.actor, hand.unit, lead, Command::Join { other: other.clone() })?;
    Ok(Ok(()))
}

/// What the requester of a case wrote, and those whose cases come along with it.
pub(crate) fn words_with_joined(tx: &mut Tx, seen: &Seen) -> Result<String, Error> {
    let mut words = seen.texts.of_requester(&seen.loaded.record);
    for other in &seen.case().joined {
        if let Some(loaded) = along_with(tx, other, &seen.no)? {
            words.push('\n');
            words.push_str(&texts::load(tx, other)?.after(loaded.case.removed).of_requester(&loaded.record));
        }
    }
    Ok(words)
}

/// Lets a merged case go by itself again.
pub(crate) fn unmerge(
    tx: &mut Tx,
    bench: &Bench<'_>,
    hand: Hand<'_>,
    no: &CaseNo,
    reason: String,
) -> Result<(), Error> {
    let lead = load(tx, no)?.and_then(|loaded| loaded.case.merged).map(|merger| merger.into);
    carry_out(tx, bench, hand.actor, hand.unit, no, Command::Unmerge { reason })?;
    match lead {
        Some(lead) => carry_out(tx, bench, hand.actor, hand.unit, &lead, Command::Part { other: no.clone() })
            .map(|_| ()),
        None => Ok(()),
    }
}

/// What was decided on a case goes on to those handled together with it, as the rules say: both sides in one transaction.
pub(super) fn after(tx: &mut Tx, bench: &Bench<'_>, no: &CaseNo, folded: &Folded) -> Result<(), Error> {
    let case = &folded.case;
    let mut others = BTreeMap::new();
    for other in together::concerned(case) {
        others.extend(load(tx, other)?.map(|loaded| (other.clone(), loaded.case)));
    }
    if others.is_empty() {
        return Ok(());
    }
    // What an anonymous act brings with it tells no more of its minute than the act itself.
    let bench = &Bench { now: case.last_at, ..*bench };
    let events: Vec<&Event> = folded.lines.iter().map(|(line, _)| &line.event).collect();
    let plan = plan(folded, bench);
    let (own, joined) = (folded.words(TextKind::Words), folded.words(TextKind::JoinedWords));
    let words = Words { own, joined, plan: &plan };
    let happened = Happened { no, case, events: &events, words };
    for follow in together::follows(&happened, &others, &bench.ctx(&Actor::Rule, None)) {
        carry_out(tx, bench, &Actor::Rule, None, &follow.on, follow.command)?;
    }
    Ok(())
}

/// The plan of what cannot be done yet, as it stands below an answer.
fn plan(folded: &Folded, bench: &Bench<'_>) -> String {
    let plan = folded.words(TextKind::Plan).zip(folded.case.shelved.as_ref());
    plan.map_or_else(String::new, |(plan, shelf)| {
        format!("\n\n打算：{plan}（{}前再看一次）", say::day_long(bench.now, shelf.review_on))
    })
}

/// A requester's command as it is on a case that is handled together with another.
pub(crate) fn past_the_lead(
    tx: &mut Tx,
    bench: &Bench<'_>,
    no: &CaseNo,
    command: Command,
) -> Result<Command, Error> {
    if !matches!(command, Command::ComplainAboutHandling { .. }) {
        return Ok(command);
    }
    let lead = load(tx, no)?.and_then(|loaded| loaded.case.merged).map(|merger| merger.into);
    let lead = lead.map(|lead| load(tx, &lead)).transpose()?.flatten();
    Ok(together::past_the_lead(command, lead.as_ref().map(|lead| &lead.case), bench.policy))
}

/// The other case, where it is handled together with this lead now.
fn along_with(tx: &mut Tx, other: &CaseNo, lead: &CaseNo) -> Result<Option<Loaded>, Error> {
    Ok(load(tx, other)?.filter(|loaded| together::is_along(&loaded.case, lead)))
}

/// A second matter that becomes a case of its own.
pub(crate) struct Second {
    /// What it is, in one sentence.
    pub title: String,
    /// In detail; may be empty.
    pub body: String,
    /// Who is to have it; none: the office dispatches it.
    pub unit: Option<UnitId>,
}

/// Makes a second matter a case of its own, with the same requester; says its number.
pub(crate) fn split(
    tx: &mut Tx,
    bench: &Bench<'_>,
    hand: Hand<'_>,
    seen: &Seen,
    second: Second,
) -> Result<CaseNo, Error> {
    let case = seen.case();
    if is_held_by_receipt(tx, &seen.no)? {
        return Err(Error::invalid(
            "split_title",
            "这件只有一个查询码，拆出来的一件没有人收得到答复；请在答复里把两件事都答到",
        ));
    }
    let bringer = same_bringer(tx, &seen.no)?;
    let submission = submission(seen, case, second, bench.policy);
    let other = submit(tx, bench, hand.actor, hand.unit, &bringer, None, submission)?;
    carry_out(tx, bench, hand.actor, hand.unit, &seen.no, Command::SplitOff { other: other.clone() })?;
    Ok(other)
}

fn submission(seen: &Seen, case: &Case, second: Second, policy: &Policy) -> Submission {
    // What is on a road of the law by its category stays on it; any other second matter is classed by itself.
    let road = policy.statutory_of(&case.kind, case.category.as_ref());
    let category = road.and(case.category.clone());
    // What is sealed stays sealed in the original.
    let contact = |kind| match case.identity {
        Identity::Open => seen.texts.of(1, kind).to_owned(),
        Identity::Sealed | Identity::Anonymous => String::new(),
    };
    Submission {
        kind: case.kind.clone(),
        category,
        title: second.title,
        body: second.body,
        place: Place { id: case.place.clone(), room: seen.texts.room().to_owned() },
        identity: case.identity,
        channel: case.channel.clone(),
        danger: case.is_crisis(),
        may_publish: case.may_publish,
        contact: contact(TextKind::Contact),
        on_behalf_of: contact(TextKind::OnBehalfOf),
        files: Vec::new(),
        unit: second.unit,
        outside_no: String::new(),
        about: case.recused.clone(),
        split_from: Some(Origin {
            no: seen.no.clone(),
            matter_since: case.matter_since,
            restricted: case.restricted,
        }),
    }
}

/// One receipt code opens one case.
fn is_held_by_receipt(tx: &mut Tx, no: &CaseNo) -> Result<bool, Error> {
    // Is it held by a receipt code?
    let row = tx.query_one("select receipt_hash from cases where case_no = $1", params![no])?;
    Ok(row.opt_text("receipt_hash")?.is_some())
}

fn same_bringer(tx: &mut Tx, no: &CaseNo) -> Result<Bringer, Error> {
    // Who brought the original in?
    let row =
        tx.query_one("select requester_id, requester_key from cases where case_no = $1", params![no])?;
    let person: Option<PersonId> = row.get("requester_id")?;
    Ok(Bringer::SameAs { person, key: row.opt_text("requester_key")? })
}

/// A case that came along, as those read it who answer for both.
#[derive(Clone, Debug)]
pub(crate) struct Along {
    /// Its number.
    pub no: CaseNo,
    /// What it says in one sentence.
    pub title: String,
    /// All its requester wrote.
    pub words: Vec<String>,
}

/// The cases handled together with this one, as far as the reader may see each of them: what their requesters wrote, and
/// nothing of who they are.
pub(crate) fn along(
    tx: &mut Tx,
    lead: &CaseNo,
    case: &Case,
    actor: &Actor,
    policy: &Policy,
) -> Result<Vec<Along>, Error> {
    let mut found = Vec::new();
    for no in &case.joined {
        let Some(loaded) = along_with(tx, no, lead)? else { continue };
        // Whoever answers for the lead reads what came along; others only what they could open.
        let answers = hats(actor, case, policy).iter().any(|hat| matches!(hat, Hat::Officer | Hat::UnitHead));
        if !answers && hats(actor, &loaded.case, policy).is_empty() {
            continue;
        }
        let texts = super::texts::load(tx, no)?;
        let said = loaded.record.iter().filter_map(|line| match &line.event {
            Event::Supplemented { .. } => Some(texts.of(line.seq, TextKind::Words).to_owned()),
            Event::Urged { because } => {
                let because = say::urge_reason(*because);
                Some(format!("催办：{because}。{}", texts.of(line.seq, TextKind::Reason)))
            }
            _ => None,
        });
        let words = std::iter::once(texts.body().to_owned()).chain(said);
        let words = words.filter(|words| !words.is_empty()).collect();
        found.push(Along { no: no.clone(), title: texts.title().to_owned(), words });
    }
    Ok(found)
}

//! Several cases of one matter, and one case of two matters (3.8): both sides are recorded in one transaction. Every merged
//! case keeps its own page, clocks and judgement; the answer of the lead case is carried over to each.

use super::log::{Bench, Bringer, Folded, Loaded, carry_out, load, submit};
use super::sight::{self, Seen};
use super::texts::{self, is_named};
use huiyin_domain::access::{Hat, hats};
use huiyin_domain::case::{
    Actor, Case, Command, Event, Identity, Lead, LeadsAnswer, Lifting, Origin, Place, Stage, Submission,
    TextKind, Visibility,
};
use huiyin_domain::ids::{CaseNo, PersonId, UnitId};
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::{params, say};

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

/// Whoever is kept away from a case that came along, or what protects it, may not be known on the lead: then it goes by
/// itself again, before anybody of the lead reads more of it.
fn part_from_lead(tx: &mut Tx, bench: &Bench<'_>, no: &CaseNo, case: &Case) -> Result<(), Error> {
    let Some(merger) = case.merged.as_ref().filter(|_| case.stage == Stage::Merged) else { return Ok(()) };
    let Some(lead) = load(tx, &merger.into)? else { return Ok(()) };
    let is_kept_away = |unit: &UnitId| lead.case.recused.contains(unit);
    let road = |case: &Case| {
        bench.policy.statutory_of(&case.kind, case.category.as_ref()).map(|procedure| &procedure.id)
    };
    let is_alike = case.recused.iter().all(is_kept_away)
        && (!case.restricted || lead.case.restricted)
        && road(case) == road(&lead.case);
    if is_alike {
        return Ok(());
    }
    let into = merger.into.clone();
    carry_out(tx, bench, &Actor::Rule, None, no, Command::Unmerge { reason: String::new() })?;
    carry_out(tx, bench, &Actor::Rule, None, &into, Command::Part { other: no.clone() }).map(|_| ())
}

/// What was decided on a lead case over who may see it goes on to a case that came along with it.
fn follow_lead(tx: &mut Tx, bench: &Bench<'_>, other: &CaseNo, event: &Event) -> Result<(), Error> {
    let reason = || "随主件".to_owned();
    let command = match event {
        Event::Recused { units, .. } => Command::Recuse { units: units.clone(), reason: reason() },
        Event::RecusalLifted(Lifting { units }) => {
            Command::LiftRecusal { units: units.clone(), reason: reason() }
        }
        Event::Corrected { restricted: true, .. } => Command::Protect,
        Event::RestrictionLowered {} => Command::LowerRestriction { reason: reason() },
        _ => return Ok(()),
    };
    match carry_out(tx, bench, &Actor::Rule, None, other, command) {
        // It was so already, or is so by itself.
        Ok(_) | Err(Error::Refused { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

/// What was decided on a lead case goes on to the cases that came along with it: who is kept away from it, its protection, its
/// answer, or its end without one.
pub(super) fn after_lead(tx: &mut Tx, bench: &Bench<'_>, no: &CaseNo, folded: &Folded) -> Result<(), Error> {
    let case = &folded.case;
    if case.joined.is_empty() {
        leave_lead(tx, bench, no, folded)?;
        return part_from_lead(tx, bench, no, case);
    }
    for other in &case.joined {
        if along_with(tx, other, no)?.is_none() {
            continue;
        }
        for (line, _) in &folded.lines {
            follow_lead(tx, bench, other, &line.event)?;
        }
        // What the lead no longer has may still be there by itself.
        if let Some(loaded) = along_with(tx, other, no)? {
            part_from_lead(tx, bench, other, &loaded.case)?;
        }
    }
    carry_report(tx, bench, no, folded)?;
    let is_answered = folded.lines.iter().any(|(line, _)| matches!(line.event, Event::Replied { .. }));
    let is_over = matches!(case.stage, Stage::Withdrawn | Stage::Declined);
    if !is_answered && !is_over {
        return Ok(());
    }
    for other in &case.joined {
        if along_with(tx, other, no)?.is_none() {
            continue;
        }
        let act = if is_over {
            Command::Unmerge { reason: String::new() }
        } else {
            let Some(reply) = through(folded, bench) else { continue };
            reply
        };
        carry_out(tx, bench, &Actor::Rule, None, other, act)?;
        // Answered, it goes its own way: judged, opened again and kept from others by itself.
        carry_out(tx, bench, &Actor::Rule, None, no, Command::Part { other: other.clone() })?;
    }
    Ok(())
}

/// What the unit of the lead reports meanwhile goes to each that came along, in the words written for them.
fn carry_report(tx: &mut Tx, bench: &Bench<'_>, no: &CaseNo, folded: &Folded) -> Result<(), Error> {
    let is_report = |line: &&Event| matches!(line, Event::ProgressReported { .. });
    let reports = folded.lines.iter().map(|(line, _)| &line.event).any(|event| is_report(&event));
    let words = folded.words(TextKind::JoinedWords).filter(|_| reports);
    let Some((unit, words)) = folded.case.unit.as_ref().zip(words) else { return Ok(()) };
    for other in &folded.case.joined {
        if along_with(tx, other, no)?.is_none() {
            continue;
        }
        let report = Command::ReportThroughLead { unit: unit.clone(), words: words.to_owned() };
        carry_out(tx, bench, &Actor::Rule, None, other, report)?;
    }
    Ok(())
}

/// A requester's command as it is on a case that is handled together with another: whose handling they complain of is said by
/// the lead, and where that lies with the coordinating office, it is about the office.
pub(crate) fn past_the_lead(
    tx: &mut Tx,
    bench: &Bench<'_>,
    no: &CaseNo,
    command: Command,
) -> Result<Command, Error> {
    let Command::ComplainAboutHandling { words, about_office } = command else { return Ok(command) };
    let lead = load(tx, no)?.and_then(|loaded| loaded.case.merged).map(|merger| merger.into);
    let lead = lead.map(|lead| load(tx, &lead)).transpose()?.flatten();
    let handles = lead.and_then(|lead| lead.case.responsible(bench.policy));
    let about_office = about_office || handles.as_ref() == Some(&bench.policy.school.coordinator);
    Ok(Command::ComplainAboutHandling { words, about_office })
}

/// The other case, where it is handled together with this lead now.
fn along_with(tx: &mut Tx, other: &CaseNo, lead: &CaseNo) -> Result<Option<Loaded>, Error> {
    let is_along = |loaded: &Loaded| {
        loaded.case.stage == Stage::Merged
            && loaded.case.merged.as_ref().is_some_and(|merger| merger.into == *lead)
    };
    Ok(load(tx, other)?.filter(is_along))
}

/// A case that its requester takes back while it is handled together with another is none of the lead's any more.
fn leave_lead(tx: &mut Tx, bench: &Bench<'_>, no: &CaseNo, folded: &Folded) -> Result<(), Error> {
    let is_withdrawn = folded.lines.iter().any(|(line, _)| matches!(line.event, Event::Withdrawn {}));
    let Some(merger) = folded.case.merged.as_ref().filter(|_| is_withdrawn) else { return Ok(()) };
    let part = Command::Part { other: no.clone() };
    match carry_out(tx, bench, &Actor::Rule, None, &merger.into, part) {
        // Taken back after it had gone by itself again.
        Ok(_) | Err(Error::Refused { .. }) => Ok(()),
        Err(error) => Err(error),
    }
}

/// The answer of the lead case as the others get it: an answer for everybody as it is, with its papers; else the words written
/// for them. The plan of what cannot be done yet stands in its words.
fn through(folded: &Folded, bench: &Bench<'_>) -> Option<Command> {
    let case = &folded.case;
    let visibility = case.round().visibility?;
    let is_for_all = visibility == Visibility::Public;
    let own = folded.words(TextKind::JoinedWords);
    let words = if is_for_all { own.or(folded.words(TextKind::Words)) } else { own };
    let mut words = words?.to_owned();
    let replied = folded.lines.iter().find(|(line, _)| matches!(line.event, Event::Replied { .. }));
    let files =
        replied.filter(|_| is_for_all).map(|(line, _)| line.event.files().to_vec()).unwrap_or_default();
    if let (Some(plan), Some(shelf)) = (folded.words(TextKind::Plan), &case.shelved) {
        words.push_str(&format!(
            "\n\n打算：{plan}（{}前再看一次）",
            say::day_long(bench.now, shelf.review_on)
        ));
    }
    let (unit, outcome) = (case.unit.clone()?, case.round().outcome?);
    Some(Command::ReplyThroughLead(LeadsAnswer { unit, words, outcome, visibility, files }))
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
            submitted_at: case.submitted_at,
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

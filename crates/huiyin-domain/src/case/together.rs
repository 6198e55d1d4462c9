//! Cases that are handled together (3.8): what follows, by rule, on the others from what was just recorded on one of them.
//!
//! Who is kept away from the lead, its protection, its progress, its answer and its end without one go on to each case that
//! came along; what is known of one that came along and not of its lead lets it go by itself again. Whoever keeps the cases
//! carries out each step in the same transaction, and asks again about every case that a step has changed.

use super::{Case, Command, Ctx, Event, LeadsAnswer, Lifting, Stage, Visibility, decide};
use crate::case::record::Actor;
use crate::ids::{CaseNo, UnitId};
use crate::policy::Policy;
use std::collections::BTreeMap;

/// Why a rule did it to a case that came along.
const WITH_LEAD: &str = "随主件";

/// What was just recorded on a case.
#[derive(Clone, Copy, Debug)]
pub struct Happened<'a> {
    /// Its number.
    pub no: &'a CaseNo,
    /// How it stands now.
    pub case: &'a Case,
    /// What was recorded, in this order.
    pub events: &'a [&'a Event],
    /// What is said in it to the others.
    pub words: Words<'a>,
}

/// What a unit wrote, as those are concerned by it whose cases came along.
#[derive(Clone, Copy, Debug, Default)]
pub struct Words<'a> {
    /// To the requester of the lead.
    pub own: Option<&'a str>,
    /// To all the others.
    pub joined: Option<&'a str>,
    /// The plan of what cannot be done yet, as it stands below an answer; empty where there is none.
    pub plan: &'a str,
}

/// What a rule does next to one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Follow {
    /// To which case.
    pub on: CaseNo,
    /// What.
    pub command: Command,
}

/// The other cases that [`follows`] has to know of.
pub fn concerned(case: &Case) -> impl Iterator<Item = &CaseNo> {
    case.joined.iter().chain(case.merged.as_ref().map(|merger| &merger.into))
}

/// The other case is handled together with this lead now.
pub fn is_along(other: &Case, lead: &CaseNo) -> bool {
    other.stage == Stage::Merged && other.merged.as_ref().is_some_and(|merger| merger.into == *lead)
}

/// What follows on the others, in this order; each is done by [`Actor::Rule`] and none of it is refused. `others` are the
/// cases that are [`concerned`], as they stand.
pub fn follows(happened: &Happened<'_>, others: &BTreeMap<CaseNo, Case>, ctx: &Ctx<'_>) -> Vec<Follow> {
    let ctx = &Ctx { actor: &Actor::Rule, acting_for: None, ..*ctx };
    let Happened { no, case, events, .. } = happened;
    let lead = case.merged.as_ref().and_then(|merger| Some((&merger.into, others.get(&merger.into)?)));
    if let Some((lead_no, lead)) = lead {
        return after_one_along(happened, lead_no, lead, ctx.policy);
    }
    // Who comes along or goes is nothing to the others.
    if events.iter().all(|event| matches!(event, Event::Joined { .. } | Event::Parted { .. })) {
        return Vec::new();
    }
    let along = case.joined.iter().filter_map(|other| Some((other, others.get(other)?)));
    along
        .filter(|(_, other)| is_along(other, no))
        .flat_map(|(no, other)| after_lead(happened, no, other, ctx))
        .collect()
}

/// A requester's command as it is on a case that is handled together with another: whose handling they complain of is said by
/// the lead, and where that lies with the coordinating office, it is about the office.
pub fn past_the_lead(command: Command, lead: Option<&Case>, policy: &Policy) -> Command {
    let Command::ComplainAboutHandling { words, about_office } = command else { return command };
    let handles = lead.and_then(|lead| lead.responsible(policy));
    let about_office = about_office || handles.as_ref() == Some(&policy.school.coordinator);
    Command::ComplainAboutHandling { words, about_office }
}

/// Whoever is kept away from a case that came along, or what protects it, may not be known on the lead: then it goes by
/// itself again, before anybody of the lead reads more of it. So does one in danger, whose clocks nobody would watch.
fn goes_by_itself(along: &Case, lead: &Case, policy: &Policy) -> bool {
    let away = |case: &Case| policy.with_heirs(&case.recused);
    let road = |case: &Case| {
        policy.statutory_of(&case.kind, case.category.as_ref()).map(|procedure| procedure.id.clone())
    };
    away(along) != away(lead)
        || (along.restricted && !lead.restricted)
        || (along.is_crisis() && !lead.is_crisis())
        || road(along) != road(lead)
}

/// It goes by itself again, on both sides.
fn apart(no: &CaseNo, lead: &CaseNo) -> [Follow; 2] {
    [on(no, Command::Unmerge { reason: String::new() }), on(lead, Command::Part { other: no.clone() })]
}

fn on(no: &CaseNo, command: Command) -> Follow {
    Follow { on: no.clone(), command }
}

fn after_one_along(happened: &Happened<'_>, lead_no: &CaseNo, lead: &Case, policy: &Policy) -> Vec<Follow> {
    let Happened { no, case, .. } = happened;
    // What its requester takes back is none of the lead's any more.
    if case.stage == Stage::Withdrawn && lead.joined.contains(no) {
        return vec![on(lead_no, Command::Part { other: (*no).clone() })];
    }
    let is_to_go = case.stage == Stage::Merged && goes_by_itself(case, lead, policy);
    if is_to_go { apart(no, lead_no).into() } else { Vec::new() }
}

fn after_lead(happened: &Happened<'_>, no: &CaseNo, along: &Case, ctx: &Ctx<'_>) -> Vec<Follow> {
    let Happened { no: lead_no, case: lead, events, .. } = happened;
    let mut steps = Vec::new();
    let mut stands = along.clone();
    for command in events.iter().flat_map(|event| followed(event)) {
        // It was so already, or is so by itself.
        let Ok(drafts) = decide::decide(Some(&stands), command.clone(), ctx) else { continue };
        if drafts.is_empty() {
            continue;
        }
        stands = decide::afterwards(&stands, &drafts, ctx.now);
        steps.push(on(no, command));
        // It is asked about the change, and goes then.
        if goes_by_itself(&stands, lead, ctx.policy) {
            return steps;
        }
    }
    // What the lead no longer has may still be there by itself.
    let is_over = matches!(lead.stage, Stage::Withdrawn | Stage::Declined);
    if is_over || goes_by_itself(&stands, lead, ctx.policy) {
        steps.extend(apart(no, lead_no));
        return steps;
    }
    steps.extend(report(happened).map(|report| on(no, report)));
    if let Some(answer) = answer(happened) {
        // Answered, it goes its own way: judged, opened again and kept from others by itself.
        steps.extend([on(no, answer), on(lead_no, Command::Part { other: no.clone() })]);
    }
    steps
}

/// What was decided on a lead over who may see it, as it is decided on what came along.
fn followed(event: &Event) -> Vec<Command> {
    let reason = || WITH_LEAD.to_owned();
    match event {
        Event::Recused { units, heirs, .. } => {
            // Who is named there is kept away for the lead's sake; who only took over from another, for that other's.
            let is_heir = |unit: &UnitId| heirs.iter().any(|heir| heir.unit == *unit);
            let named: Vec<UnitId> = units.iter().filter(|unit| !is_heir(unit)).cloned().collect();
            let was_away = heirs.iter().any(|heir| !named.contains(&heir.from));
            let recuse = (!named.is_empty()).then(|| Command::Recuse { units: named, reason: reason() });
            recuse.into_iter().chain(was_away.then_some(Command::FollowSuccessor)).collect()
        }
        Event::RecusalLifted(Lifting { units }) => {
            vec![Command::LiftRecusal { units: units.clone(), reason: reason() }]
        }
        Event::Corrected { restricted: true, .. } => vec![Command::Protect],
        Event::RestrictionLowered {} => vec![Command::LowerRestriction { reason: reason() }],
        _ => Vec::new(),
    }
}

/// What the unit of the lead reports meanwhile, in the words written for those who came along.
fn report(happened: &Happened<'_>) -> Option<Command> {
    let is_report = |event: &&Event| matches!(event, Event::ProgressReported { .. });
    let words = happened.words.joined.filter(|_| happened.events.iter().any(is_report))?.to_owned();
    Some(Command::ReportThroughLead { unit: happened.case.unit.clone()?, words })
}

/// The answer of the lead as the others get it: one for everybody as it is, with its papers; else the words written for them.
/// The plan of what cannot be done yet stands in its words.
fn answer(happened: &Happened<'_>) -> Option<Command> {
    let Happened { case, events, words, .. } = happened;
    let files = events.iter().find_map(|event| match event {
        Event::Replied { files, .. } => Some(files),
        _ => None,
    })?;
    let visibility = case.round().visibility?;
    let is_for_all = visibility == Visibility::Public;
    let said = words.joined.or(words.own.filter(|_| is_for_all))?;
    let files = if is_for_all { files.clone() } else { Vec::new() };
    let (unit, outcome) = (case.unit.clone()?, case.round().outcome?);
    let words = format!("{said}{}", words.plan);
    Some(Command::ReplyThroughLead(LeadsAnswer { unit, words, outcome, visibility, files }))
}

//! The decision: a command on a case as it stands becomes events, or is refused with the rule behind it.
//!
//! Right first ([`crate::access`]), then stage, then the rule of the act. Nothing here looks at the words a person wrote
//! except to be more careful: crisis and urgency words can only raise, never lower, delay or refuse (1.7).

use super::answer::{Answer, LeadsAnswer, Said};
use super::command::Command;
use super::due::{self, Circumstances};
use super::event::Event;
use super::facts::*;
use super::record::{Actor, By, Recorded, Text, TextKind};
use super::submission::{Learned, PublicText, Shelving, Submission, Urgency};
use super::{Case, Refusal, Stage, apply, time};
use crate::access::{Act, Hat, are_complained_of, are_of_the_office, hats, may};
use crate::calendar::{Calendar, Day, Instant};
use crate::ids::{CaseNo, CategoryId, PlaceId, UnitId};
use crate::policy::{self, Policy};
use asked::act_of;
pub use extension::latest_extension;
pub use shelving::latest_review;

mod answering;
mod asked;
mod assistance;
mod complaint;
mod correct;
mod dispatch;
mod extension;
mod field;
mod follow_up;
mod handling;
mod learned;
mod merging;
mod proposal;
mod publishing;
mod recusal;
mod removal;
mod requester;
mod rounds;
mod shelving;
mod squad;
mod statutory;
mod submit;
mod supervising;

const BEFORE_A_UNIT: &[Stage] = &[Stage::Submitted, Stage::Accepted];
const OPEN: &[Stage] = &[Stage::Submitted, Stage::Accepted, Stage::Assigned];

/// What a decision may look at. All values: the same inputs always decide the same.
#[derive(Clone, Copy, Debug)]
pub struct Ctx<'a> {
    /// Now.
    pub now: Instant,
    /// Who asks.
    pub actor: &'a Actor,
    /// The unit for which a member of staff acts, as the page names it.
    pub acting_for: Option<&'a UnitId>,
    /// The school's settings in force.
    pub policy: &'a Policy,
    /// Their version, named in promises.
    pub policy_version: u32,
    /// Which days count.
    pub calendar: &'a Calendar,
}

/// An event to be recorded, with the texts that travel beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Who did it.
    pub by: By,
    /// What happened.
    pub event: Event,
    /// Texts beside it; empty words are left out.
    pub texts: Vec<Text>,
}

/// Decides. `case` is none only for [`Command::Submit`].
pub fn decide(case: Option<&Case>, command: Command, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    let Some(case) = case else {
        return match command {
            Command::Submit(submission) => submit::submit(*submission, ctx),
            _ => Err(Refusal::NotYours),
        };
    };
    let act = act_of(&command).ok_or(Refusal::NotYours)?;
    // A clock that was set back never leads a case behind its own record.
    let ctx = &Ctx { now: ctx.now.max(case.last_at), ..*ctx };
    let worn = hats(ctx.actor, case, ctx.policy);
    if !worn.iter().any(|hat| may(*hat, act)) {
        // Only a leader who sees the case learns that it lies before another.
        let lies_elsewhere = act == Act::Instruct && case.leader.is_some() && worn.contains(&Hat::Leader);
        return Err(if lies_elsewhere { Refusal::NotLaidBeforeYou } else { Refusal::NotYours });
    }
    let drafts = match command {
        Command::Submit(_) => Err(Refusal::NotYours),
        Command::Accept => dispatch::accept(case, ctx),
        Command::Assign { unit, forced, reason } => dispatch::assign(case, unit, forced, reason, ctx),
        Command::AssignAsLearned(learned) => learned::assign(case, *learned, ctx),
        Command::Transfer { unit, assisting, forced, reason } => {
            let to = dispatch::Passing { unit, assisting, forced };
            going_on(case, ctx, |case| dispatch::transfer(case, to, reason, ctx))
        }
        Command::AskAssistance { units, words, whistle } => assistance::ask(case, units, words, whistle, ctx),
        Command::GiveOpinion { words, files } => assistance::give(case, words, files, ctx),
        Command::Recuse { units, reason } => {
            going_on(case, ctx, |case| recusal::recuse(case, units, reason, ctx))
        }
        Command::LiftRecusal { units, reason } => recusal::lift(case, units, reason, ctx),
        Command::Protect => Ok(merging::protect(case, ctx)),
        Command::Merge { own, lead } => going_on(case, ctx, |case| merging::merge(case, &own, &lead, ctx)),
        Command::Join { other } => merging::join(case, other, ctx),
        Command::Unmerge { reason } => merging::unmerge(case, reason, ctx),
        Command::Part { other } => merging::part(case, other, ctx),
        Command::ReplyThroughLead(answer) => merging::reply_through_lead(case, answer, ctx),
        Command::ReportThroughLead { unit, words } => merging::report_through_lead(case, unit, words, ctx),
        Command::SplitOff { other } => merging::split_off(case, other, ctx),
        Command::FollowSuccessor => Ok(dispatch::follow_successor(case, ctx)),
        Command::Escalate { leader, brief } => dispatch::escalate(case, leader, brief, ctx),
        Command::Instruct { unit, until, key, words } => {
            going_on(case, ctx, |case| dispatch::instruct(case, unit, until, key, words, ctx))
        }
        Command::Correct { kind, category, place, urgency, reason } => {
            correct::correct(case, kind, category, place, urgency, reason, ctx)
        }
        Command::Decline { ground, words } => dispatch::decline(case, ground, words, ctx),
        Command::SignFor => handling::sign_for(case, ctx),
        Command::Allot { officer } => handling::allot(case, officer, ctx),
        Command::SendBack { ground, suggested, reason } => {
            going_on(case, ctx, |case| handling::send_back(case, ground, suggested, reason, ctx))
        }
        Command::ReportProgress { words, files, joined_words } => {
            handling::report_progress(case, words, files, joined_words, ctx)
        }
        Command::AskRequester { words } => handling::ask_requester(case, words, ctx),
        Command::Note { words } => handling::note(case, words, ctx),
        Command::Reply(answer) => going_on(case, ctx, |case| answering::reply(case, answer, &worn, ctx)),
        Command::ProposeReply(answer) => answering::propose(case, answer, ctx),
        Command::ApproveReply { texts, has_head } => {
            signs(&worn, has_head, ctx)?;
            going_on(case, ctx, |case| answering::approve(case, texts, ctx))
        }
        Command::ReturnReply { reason, has_head } => {
            signs(&worn, has_head, ctx)?;
            answering::send_for_rewriting(case, reason, ctx)
        }
        Command::AskExtension { until, reason } => extension::ask(case, until, reason, ctx),
        Command::GrantExtension { until, words } => {
            statutory::decides_on_time(case, &worn, ctx)?;
            going_on(case, ctx, |case| extension::grant(case, until, words, ctx))
        }
        Command::RefuseExtension { reason } => {
            statutory::decides_on_time(case, &worn, ctx)?;
            extension::refuse(case, reason, ctx)
        }
        Command::ReviewShelved { words, next } => shelving::review(case, words, next, ctx),
        Command::AskStrikeOff { words } => shelving::ask_strike_off(case, words, ctx),
        Command::StrikeOff { words } => shelving::strike_off(case, words, &worn, ctx),
        Command::Supplement { words, files } => requester::supplement(case, words, files, ctx),
        Command::Urge { because, reason } => requester::urge(case, because, reason, ctx),
        Command::Rate { contacted, solved, satisfaction, complaints, words, publish, reopen } => {
            let corrects = case.stage != Stage::Replied && case.phoned().is_some();
            let rating = Event::Rated { contacted, solved, satisfaction, complaints, publish, corrects };
            rounds::judge(case, rating, words, reopen, ctx)
        }
        Command::FollowUp(said) => follow_up::follow_up(case, said, ctx),
        Command::CheckEffect { holds, words } => rounds::check_effect(case, holds, words, ctx),
        Command::Reopen { reason } => rounds::reopen(case, reason, ctx),
        Command::OrderRound { reason } => rounds::order(case, reason, ctx),
        Command::Withdraw { reason } => requester::withdraw(case, reason, ctx),
        Command::ComplainAboutHandling { words, about_office } => {
            complaint::complain(case, words, about_office, ctx)
        }
        Command::AnswerComplaint { words } => complaint::answer(case, words, &worn, ctx),
        Command::Publish(public) => publishing::publish(case, public, &worn, ctx),
        Command::Unpublish { reason } => publishing::unpublish(case, reason, ctx),
        Command::Remind { means, reason } => supervising::remind(case, means, reason, ctx),
        Command::Supervise { level, reason } => supervising::supervise(case, level, reason, ctx),
        Command::CloseSupervision { words } => supervising::close(case, words, ctx),
        Command::LowerRestriction { reason } => supervising::lower_restriction(case, reason, ctx),
        Command::Match { earlier, cause } => supervising::note_match(case, earlier, cause, ctx),
        Command::Arrive => field::arrive(case, &worn, ctx),
        Command::Picture { moment, files } => field::picture(case, moment, files, &worn, ctx),
        Command::CallSquad { squad, words } => squad::call(case, squad, words, ctx),
        Command::ReleaseSquad => squad::release(case, ctx),
        Command::ReportWork { is_done, words, files } => squad::report(case, is_done, words, files, ctx),
        Command::AwaitPart { words, expected_on } => field::await_part(case, words, expected_on, &worn, ctx),
        Command::NameCosigners { names } => proposal::name_cosigners(case, names, ctx),
        Command::AnswerCosigning { consents } => proposal::answer(case, consents, ctx),
        Command::SettleProposal { is_filed, reason } => proposal::settle(case, is_filed, reason, &worn, ctx),
        Command::Remove { what } => removal::remove(case, what, ctx),
        Command::NoteTime => Ok(supervising::note_time(case, ctx)),
    }?;
    // A complaint about the handling tells of danger past the unit, which a change of urgency would not.
    let goes_past = act == Act::ComplainAboutHandling;
    let texts = drafts.iter().filter(|_| !goes_past).flat_map(|draft| &draft.texts);
    let danger = requester::danger_in(case, texts, ctx)?;
    let mut drafts: Vec<Draft> = danger.into_iter().chain(drafts).collect();
    drafts.extend(recusal::placed(case, &drafts, ctx)?);
    supervising::issue(case, &mut drafts, ctx);
    Ok(drafts)
}

/// 审签：the head of the unit; the coordinating office only where a unit has none.
fn signs(worn: &[Hat], has_head: bool, ctx: &Ctx<'_>) -> Result<(), Refusal> {
    if worn.contains(&Hat::UnitHead) || !has_head {
        return Ok(());
    }
    Err(Refusal::HeadSigns { clause: ctx.policy.answering.clause.clone() })
}

/// 谁办的，不由谁回访、核销: what the coordinating office handled itself, supervision looks at.
fn not_ones_own(case: &Case, worn: &[Hat], act: &'static str, ctx: &Ctx<'_>) -> Result<(), Refusal> {
    let is_of_the_office = case.unit.as_ref() == Some(&ctx.policy.school.coordinator);
    let is_own = are_complained_of(worn) || (is_of_the_office && worn.contains(&Hat::Clerk));
    if is_own { Err(Refusal::OwnAnswer { act }) } else { Ok(()) }
}

/// An act that ends the waiting for the requester: the result clock goes on first, then the act is judged.
fn going_on(
    case: &Case,
    ctx: &Ctx<'_>,
    act: impl FnOnce(&Case) -> Result<Vec<Draft>, Refusal>,
) -> Result<Vec<Draft>, Refusal> {
    let Some(event) = time::resumed(case, ctx.now, ctx.policy, ctx.calendar) else { return act(case) };
    let mut drafts = vec![by_rule(event)];
    let case = afterwards(case, &drafts, ctx.now);
    drafts.extend(act(&case)?);
    Ok(drafts)
}

/// The case as it will stand once the drafts are recorded.
pub(super) fn afterwards(case: &Case, drafts: &[Draft], at: Instant) -> Case {
    drafts.iter().fold(case.clone(), |case, draft| {
        let (seq, by, event) = (case.last_seq + 1, draft.by.clone(), draft.event.clone());
        let line = Recorded { seq, at, by, event };
        apply(Some(case), &line).expect("a case that exists goes on existing")
    })
}

/// What a rule of the school adds to somebody's act.
fn by_rule(event: Event) -> Draft {
    Draft { by: By::Rule, event, texts: Vec::new() }
}

/// The instant under which an act is recorded. On an anonymous case the requester's own acts, and what the program did
/// at once in answer, keep only the hour, and never go back behind the record.
pub fn recorded_at(
    identity: Identity,
    acted_as_requester: bool,
    last_at: Option<Instant>,
    now: Instant,
) -> Instant {
    let at = if identity == Identity::Anonymous && acted_as_requester { now.floor_to_hour() } else { now };
    last_at.map_or(at, |last| at.max(last))
}

impl Ctx<'_> {
    /// Who did it, as the record keeps it.
    fn by(&self) -> By {
        match self.actor {
            Actor::Requester => By::Requester,
            Actor::Staff { person, .. } => {
                By::Staff { person: person.clone(), unit: self.acting_for.cloned() }
            }
            Actor::Cosigner { place } => By::Cosigner { place: *place },
            Actor::Clock => By::Clock,
            Actor::Rule => By::Rule,
        }
    }

    /// The instant under which an act on this case will be recorded.
    fn recorded_at(&self, case: &Case) -> Instant {
        let is_requester = matches!(self.actor, Actor::Requester);
        recorded_at(case.identity, is_requester, Some(case.last_at), self.now)
    }

    fn draft(&self, event: Event, texts: impl IntoIterator<Item = (TextKind, String)>) -> Draft {
        Draft { by: self.by(), event, texts: texts_of(texts) }
    }

    fn one(
        &self,
        event: Event,
        texts: impl IntoIterator<Item = (TextKind, String)>,
    ) -> Result<Vec<Draft>, Refusal> {
        Ok(vec![self.draft(event, texts)])
    }

    /// The promise of a clock; a school whose limits do not cover it is told so. What is counted from an anonymous
    /// requester's act is counted from its hour alone.
    fn promised(
        &self,
        clock: Clock,
        of: &Circumstances<'_>,
        is_of_the_hour: bool,
    ) -> Result<Promise, Refusal> {
        let promise = if is_of_the_hour { due::promise_of_the_hour } else { due::promise };
        promise(self.policy, self.calendar, clock, of).ok_or(Refusal::NoLimit)
    }
}

impl Case {
    fn circumstances(&self, route: Route, from: Instant) -> Circumstances<'_> {
        let reopened = self.rounds.len() > 1;
        let category = self.category.as_ref();
        Circumstances {
            kind: &self.kind,
            category,
            urgency: self.urgency,
            route: Some(route),
            reopened,
            from,
        }
    }
}

fn texts_of(texts: impl IntoIterator<Item = (TextKind, String)>) -> Vec<Text> {
    texts
        .into_iter()
        .map(|(kind, words)| Text { kind, words: words.trim().to_owned() })
        .filter(|text| !text.words.is_empty())
        .collect()
}

/// Words without which the act makes no sense.
fn demand(words: &str, what: &'static str) -> Result<(), Refusal> {
    if words.trim().is_empty() { Err(Refusal::WordsMissing { what }) } else { Ok(()) }
}

/// The same for a promise to the requester: nobody keeps one on a day of rest.
fn coming_working(day: Day, ctx: &Ctx<'_>) -> Result<Instant, Refusal> {
    let due = coming(day, ctx)?;
    if ctx.calendar.is_working_day(day) { Ok(due) } else { Err(Refusal::RestDay) }
}

/// The end of a day that a person names, for an act that looks forward.
fn coming(day: Day, ctx: &Ctx<'_>) -> Result<Instant, Refusal> {
    let due = day.at(ctx.policy.office.closes);
    if due <= ctx.now { Err(Refusal::DayPassed) } else { Ok(due) }
}

/// The act needs one of these stages.
fn stage(case: &Case, allowed: &[Stage], act: &'static str) -> Result<(), Refusal> {
    if allowed.contains(&case.stage) {
        return Ok(());
    }
    Err(Refusal::TooLate { act, standing: standing(case.stage) })
}

/// How a case stands, as said in a refusal.
fn standing(stage: Stage) -> &'static str {
    match stage {
        Stage::Submitted => "还没有受理",
        Stage::Accepted => "还没有交给承办单位",
        Stage::Assigned => "正在办理",
        Stage::Replied => "已经答复",
        Stage::Rated => "已经评价",
        Stage::Archived => "已归档，只能查看",
        Stage::Declined => "已不予受理",
        Stage::Withdrawn => "已由反映人撤回",
        Stage::Merged => "已并入另一件办理",
    }
}

/// A unit that exists, still handles cases and is not kept away from this one.
fn open_unit(case: &Case, policy: &Policy, unit: &UnitId) -> Result<(), Refusal> {
    open_to(unit, &policy.with_heirs(&case.recused), policy)
}

/// A unit that exists, still handles cases and is not among those kept away.
fn open_to(unit: &UnitId, recused: &[UnitId], policy: &Policy) -> Result<(), Refusal> {
    match policy.units.iter().find(|known| known.id == *unit) {
        _ if recused.contains(unit) => Err(Refusal::RecusedUnit),
        Some(known) if !known.closed => Ok(()),
        _ => Err(Refusal::NoSuch { what: "单位" }),
    }
}

//! The decision: a command on a case as it stands becomes events, or is refused with the rule behind it.
//!
//! Right first ([`crate::access`]), then stage, then the rule of the act. Nothing here looks at the words a person wrote
//! except to be more careful: crisis and urgency words can only raise, never lower, delay or refuse (1.7).

use super::command::*;
use super::due::{self, Circumstances};
use super::event::*;
use super::facts::*;
use super::{Case, Refusal, Stage, time};
use crate::access::{Act, Hat, hats, may};
use crate::calendar::{Calendar, Instant};
use crate::ids::UnitId;
use crate::policy::{self, Policy};

mod closing;
mod dispatch;
mod handling;
mod requester;
mod submit;

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
        Command::Assign { unit } => dispatch::assign(case, unit, ctx),
        Command::Transfer { unit, assisting, reason } => {
            dispatch::transfer(case, unit, assisting, reason, ctx)
        }
        Command::Escalate { leader, brief } => dispatch::escalate(case, leader, brief, ctx),
        Command::Instruct { unit, until, key, words } => {
            dispatch::instruct(case, unit, until, key, words, ctx)
        }
        Command::Correct { kind, category, place, urgency, reason } => {
            dispatch::correct(case, kind, category, place, urgency, reason, ctx)
        }
        Command::Decline { ground, words } => dispatch::decline(case, ground, words, ctx),
        Command::SignFor => handling::sign_for(case, ctx),
        Command::Allot { officer } => handling::allot(case, officer, ctx),
        Command::SendBack { ground, suggested, reason } => {
            handling::send_back(case, ground, suggested, reason, ctx)
        }
        Command::ReportProgress { words, files } => handling::report_progress(case, words, files, ctx),
        Command::Reply { words, outcome, public, files } => {
            handling::reply(case, words, outcome, public, files, ctx)
        }
        Command::Note { words } => handling::note(case, words, ctx),
        Command::Supplement { words, files } => requester::supplement(case, words, files, ctx),
        Command::Urge { because, reason } => requester::urge(case, because, reason, ctx),
        Command::Rate { contacted, solved, satisfaction, complaints, words, reopen } => {
            let rating = Event::Rated { contacted, solved, satisfaction, complaints };
            requester::rate(case, rating, words, reopen, ctx)
        }
        Command::Reopen { reason } => requester::reopen(case, reason, ctx),
        Command::Withdraw { reason } => requester::withdraw(case, reason, ctx),
        Command::Publish(public) => closing::publish(case, public, ctx),
        Command::Unpublish { reason } => closing::unpublish(case, reason, ctx),
        Command::Remind { reason } => closing::remind(case, reason, ctx),
        Command::Supervise { level, reason } => closing::supervise(case, level, reason, ctx),
        Command::NoteTime => Ok(closing::note_time(case, ctx)),
    }?;
    Ok(requester::danger_in(case, &drafts, ctx).into_iter().chain(drafts).collect())
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

fn act_of(command: &Command) -> Option<Act> {
    Some(match command {
        Command::Submit(_) => return None,
        Command::Accept => Act::Accept,
        Command::Assign { .. } => Act::Assign,
        Command::Transfer { .. } => Act::Transfer,
        Command::Escalate { .. } => Act::Escalate,
        Command::Instruct { .. } => Act::Instruct,
        Command::SignFor => Act::SignFor,
        Command::Allot { .. } => Act::Allot,
        Command::SendBack { .. } => Act::SendBack,
        Command::ReportProgress { .. } => Act::ReportProgress,
        Command::Reply { .. } => Act::Reply,
        Command::Note { .. } => Act::Note,
        Command::Supplement { .. } => Act::Supplement,
        Command::Urge { .. } => Act::Urge,
        Command::Rate { .. } => Act::Rate,
        Command::Reopen { .. } => Act::Reopen,
        Command::Withdraw { .. } => Act::Withdraw,
        Command::Decline { .. } => Act::Decline,
        Command::Correct { .. } => Act::Correct,
        Command::Publish(_) => Act::Publish,
        Command::Unpublish { .. } => Act::Unpublish,
        Command::Remind { .. } => Act::Remind,
        Command::Supervise { .. } => Act::Supervise,
        Command::NoteTime => Act::NoteTime,
    })
}

impl Ctx<'_> {
    /// Who did it, as the record keeps it.
    fn by(&self) -> By {
        match self.actor {
            Actor::Requester => By::Requester,
            Actor::Staff { person, .. } => {
                By::Staff { person: person.clone(), unit: self.acting_for.cloned() }
            }
            Actor::Clock => By::Clock,
            Actor::Rule => By::Rule,
        }
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
        Circumstances { kind: &self.kind, urgency: self.urgency, route: Some(route), reopened, from }
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

/// A unit that exists and still handles cases.
fn open_unit(policy: &Policy, unit: &UnitId) -> Result<(), Refusal> {
    match policy.units.iter().find(|known| known.id == *unit) {
        Some(known) if !known.closed => Ok(()),
        _ => Err(Refusal::NoSuch { what: "单位" }),
    }
}

//! What happens next, with real dates: on the check page before anything is sent, and on the receipt afterwards.
//!
//! Before sending, the same decision is asked that will be asked when the form is sent; nothing is stored. The dates on
//! the receipt are those the record promises, and no others.

use crate::cases::log::Bench;
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{
    Actor, Case, Clock, Command, Ctx, Promise, Recorded, Route, Submission, apply, decide, due, recorded_at,
};
use huiyin_foundation::error::Error;
use huiyin_foundation::say;

/// One thing that will happen, or has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Prospect {
    /// Whether it has happened already.
    pub is_done: bool,
    /// Icon of the sprite.
    pub icon: &'static str,
    /// Until when what: 「11 月 25 日（周三）21:14 前回应您」
    pub title: String,
    /// The rule behind it, or what it means.
    pub words: String,
}

/// The case that these answers would make, without making it.
pub(super) fn foreseen(bench: &Bench<'_>, submission: Submission) -> Result<Case, Error> {
    let ctx = Ctx {
        now: bench.now,
        actor: &Actor::Requester,
        acting_for: None,
        policy: bench.policy,
        policy_version: bench.policy_version,
        calendar: bench.calendar,
    };
    let at = recorded_at(submission.identity, true, None, bench.now);
    let drafts = decide(None, Command::Submit(Box::new(submission)), &ctx)
        .map_err(|refusal| Error::refused(refusal.sentence(), refusal.clause()))?;
    let lines = (1..).zip(drafts).map(|(seq, draft)| Recorded { seq, at, by: draft.by, event: draft.event });
    lines
        .fold(None, |case, line| apply(case, &line))
        .ok_or_else(|| Error::internal("a submission was decided without an event"))
}

/// What happens next to this case.
pub(super) fn prospects(bench: &Bench<'_>, case: &Case) -> Vec<Prospect> {
    let round = case.round();
    let mut prospects = vec![dispatch(bench, case, round.promise(Clock::Acknowledge))];
    if let Some(promise) = round.promise(Clock::FirstReply) {
        prospects.push(promised(bench.now, promise, "message-square-text", "回应您"));
    }
    match round.promise(Clock::Result) {
        Some(promise) => prospects.push(promised(bench.now, promise, "circle-check", "反馈结果")),
        None => prospects.extend(result_once_accepted(bench, case)),
    }
    prospects
}

/// Whether a promise that is not kept goes up by itself, so that nobody has to ask twice.
pub(super) fn climbs_by_itself(bench: &Bench<'_>) -> bool {
    !bench.policy.supervision.ladder.is_empty()
}

fn dispatch(bench: &Bench<'_>, case: &Case, promise: Option<&Promise>) -> Prospect {
    if let Some(unit) = case.unit.as_ref().and_then(|id| bench.policy.unit(id)) {
        let title = format!("自动派给{}", unit.name);
        let words = "不经过人工转手，由它直接办理".to_owned();
        return done(title, words);
    }
    let coordinator = bench.policy.unit(&bench.policy.school.coordinator);
    let coordinator = coordinator.map_or("协调部门", |unit| unit.name.as_str());
    let title = match promise {
        Some(promise) => format!("{} 前受理，派给负责的单位", say::moment_long(bench.now, promise.due)),
        None => "受理，派给负责的单位".to_owned(),
    };
    let words = if case.restricted {
        format!("只有{coordinator}的受理员和有权办理的人看得到")
    } else {
        format!("由{coordinator}判断归谁办；选错类型不要紧")
    };
    Prospect { is_done: false, icon: "split", title, words }
}

/// What happened first to a case that the registrar gave to a unit by hand.
pub(super) fn given_by_hand(unit: &str) -> Prospect {
    done(format!("已派给{unit}"), "由它直接办理".to_owned())
}

fn done(title: String, words: String) -> Prospect {
    Prospect { is_done: true, icon: "check", title, words }
}

fn promised(now: Instant, promise: &Promise, icon: &'static str, what: &str) -> Prospect {
    let changes = if promise.provisional { "（放假安排公布后可能调整）" } else { "" };
    let title = format!("{} 前{what}{changes}", say::moment_long(now, promise.due));
    Prospect { is_done: false, icon, title, words: promise.clause.clone() }
}

/// The result clock starts with acceptance; until then the dates are said as they would be if it came at once.
fn result_once_accepted(bench: &Bench<'_>, case: &Case) -> Option<Prospect> {
    let until = |route| {
        let of = due::Circumstances {
            kind: &case.kind,
            category: case.category.as_ref(),
            urgency: case.urgency,
            route: Some(route),
            reopened: false,
            from: case.submitted_at,
        };
        due::promise(bench.policy, bench.calendar, Clock::Result, &of)
            .map(|promise| say::moment_long(bench.now, promise.due))
    };
    let (direct, transfer) = (until(Route::Direct)?, until(Route::Transfer)?);
    let title = if direct == transfer {
        format!("马上受理的话，{direct} 前反馈结果")
    } else {
        format!("马上受理的话，{direct} 前反馈结果；要转办的，{transfer} 前")
    };
    let words = "受理后告诉您准确时间".to_owned();
    Some(Prospect { is_done: false, icon: "circle-check", title, words })
}

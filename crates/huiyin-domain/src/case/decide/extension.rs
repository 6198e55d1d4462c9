//! More time (4.4): asked for before the limit with a reason and a day, decided by the coordinating office, told to the
//! requester; on a road of the law the law's own extension, decided by the head of that body. Only the result clock can be extended, never the first reply.

use super::*;

pub(super) fn ask(case: &Case, until: Day, reason: String, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    stage(case, &[Stage::Assigned], "申请延期")?;
    let promise = case.round().promise(Clock::Result).ok_or(Refusal::NoLimit)?;
    if case.stands_still(promise) {
        return Err(Refusal::TooLate {
            act: "申请延期", standing: "正在等反映人补充，办结时限已暂停"
        });
    }
    if case.extension_asked.is_some() {
        return Err(Refusal::ExtensionPending);
    }
    let rule = statutory::more_time(case, promise, ctx);
    if case.extensions >= rule.times {
        return Err(Refusal::ExtendedTooOften { times: rule.times, clause: rule.clause });
    }
    if promise.due <= ctx.now {
        return Err(Refusal::ExtensionTooLate { clause: rule.clause });
    }
    demand(&reason, "延期的理由")?;
    extended(case, promise, until, ctx)?;
    ctx.one(Event::ExtensionAsked { until }, [(TextKind::Reason, reason)])
}

/// The day granted is the day: a clock that stood still for the requester goes on first, so that nothing moves it later.
pub(super) fn grant(
    case: &Case,
    until: Option<Day>,
    words: String,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    let asked = pending(case, "批准延期")?;
    let promise = case.round().promise(Clock::Result).ok_or(Refusal::NoLimit)?;
    let promises = vec![extended(case, promise, until.unwrap_or(asked), ctx)?];
    ctx.one(Event::Extended { promises }, [(TextKind::Words, words)])
}

pub(super) fn refuse(case: &Case, reason: String, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    pending(case, "不同意延期")?;
    demand(&reason, "不同意延期的理由")?;
    ctx.one(Event::ExtensionRefused {}, [(TextKind::Reason, reason)])
}

fn pending(case: &Case, act: &'static str) -> Result<Day, Refusal> {
    stage(case, &[Stage::Assigned], act)?;
    case.extension_asked.ok_or(Refusal::NoExtensionAsked)
}

/// The latest day until which more time may be asked for or granted now; none where no result is promised, or no more time is
/// given.
pub fn latest_extension(case: &Case, ctx: &Ctx<'_>) -> Option<Day> {
    let promise = case.round().promise(Clock::Result).filter(|promise| !case.stands_still(promise))?;
    let rule = statutory::more_time(case, promise, ctx);
    (case.extensions < rule.times).then_some(rule.latest)
}

/// The promise by the new day: later than the present one, but not by more than the school allows.
fn extended(case: &Case, promise: &Promise, until: Day, ctx: &Ctx<'_>) -> Result<Promise, Refusal> {
    let rule = statutory::more_time(case, promise, ctx);
    // A law counts its days with the days of rest.
    let due = if promise.is_statutory() { coming(until, ctx)? } else { coming_working(until, ctx)? };
    if due <= promise.due {
        return Err(Refusal::ExtensionNotLater);
    }
    if until > rule.latest {
        return Err(rule.too_long);
    }
    Ok(promise.extended_to(due, &rule.clause))
}

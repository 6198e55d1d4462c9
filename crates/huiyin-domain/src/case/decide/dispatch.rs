//! The coordinating office and the leaders: taking on, giving to a unit, handing over, laying before a leader, instructing,
//! putting right, not accepting (3.3–3.6). A deadline moves only with one of these events and is counted from acceptance,
//! so that passing a case on never wins time.

use super::*;
use crate::calendar::Day;
use crate::ids::{CategoryId, KindId, PlaceId};

const BEFORE_A_UNIT: &[Stage] = &[Stage::Submitted, Stage::Accepted];
/// The limit a promise names when a leader set the day.
const INSTRUCTION: &str = "instruction";
const OPEN: &[Stage] = &[Stage::Submitted, Stage::Accepted, Stage::Assigned];

pub(super) fn accept(case: &Case, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    stage(case, &[Stage::Submitted], "受理")?;
    let promises = vec![ctx.promised(Clock::Result, &case.circumstances(Route::Direct, ctx.now), false)?];
    ctx.one(Event::Accepted { promises }, [])
}

pub(super) fn assign(case: &Case, unit: UnitId, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    stage(case, BEFORE_A_UNIT, "派单")?;
    open_unit(ctx.policy, &unit)?;
    let mut drafts = match case.stage {
        Stage::Submitted => accept(case, ctx)?,
        _ => Vec::new(),
    };
    // Back from another route its longer limit does not come along; on the direct one the promise stands.
    let promises = match case.route {
        None | Some(Route::Direct) => Vec::new(),
        Some(_) => passed_on(case, Route::Direct, ctx)?,
    };
    drafts.push(ctx.draft(Event::Assigned { unit, promises }, []));
    Ok(drafts)
}

pub(super) fn transfer(
    case: &Case,
    unit: UnitId,
    mut assisting: Vec<UnitId>,
    reason: String,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    stage(case, OPEN, "转办")?;
    open_unit(ctx.policy, &unit)?;
    for other in &assisting {
        open_unit(ctx.policy, other)?;
    }
    assisting.retain(|other| *other != unit);
    let promises = passed_on(case, Route::Transfer, ctx)?;
    ctx.one(Event::Transferred { unit, assisting, promises }, [(TextKind::Reason, reason)])
}

pub(super) fn escalate(
    case: &Case,
    leader: String,
    brief: String,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    stage(case, OPEN, "呈办")?;
    ctx.policy.leader(&leader).ok_or(Refusal::NoSuch { what: "校领导岗位" })?;
    demand(&brief, "拟办意见")?;
    let promises = passed_on(case, Route::Refer, ctx)?;
    ctx.one(Event::Escalated { leader, promises }, [(TextKind::Words, brief)])
}

/// The result clock when a case is passed on: the limit of the new route, counted from where this round began, so that
/// passing on never wins time. A day that a leader has set stays until a leader sets another.
fn passed_on(case: &Case, route: Route, ctx: &Ctx<'_>) -> Result<Vec<Promise>, Refusal> {
    if case.round().promise(Clock::Result).is_some_and(|promise| promise.limit == INSTRUCTION) {
        return Ok(Vec::new());
    }
    let from = case.counted_from().unwrap_or(ctx.now);
    let is_of_the_hour = case.identity == Identity::Anonymous
        && (case.round().reopened_at.is_some() || case.accepted_at == Some(case.submitted_at));
    let of = case.circumstances(route, from);
    Ok(vec![ctx.promised(Clock::Result, &of, is_of_the_hour)?])
}

pub(super) fn instruct(
    case: &Case,
    unit: UnitId,
    until: Option<Day>,
    key: bool,
    words: String,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    stage(case, &[Stage::Accepted, Stage::Assigned], "批示")?;
    let leader = case.leader.clone().ok_or(Refusal::NotLaidBeforeYou)?;
    open_unit(ctx.policy, &unit)?;
    demand(&words, "批示内容")?;
    let promises = until.map(|day| instructed_promise(day, ctx)).transpose()?.into_iter().collect();
    ctx.one(Event::Instructed { leader, unit, until, key, promises }, [(TextKind::Words, words)])
}

/// The leader's day, to the close of office hours. A date that a person names counts on no calendar of working days.
fn instructed_promise(day: Day, ctx: &Ctx<'_>) -> Result<Promise, Refusal> {
    let due = day.at(ctx.policy.office.closes);
    if due <= ctx.now {
        return Err(Refusal::DayPassed);
    }
    Ok(Promise {
        clock: Clock::Result,
        from: ctx.now,
        due,
        calendar: ClockCalendar::Hours,
        limit: INSTRUCTION.into(),
        clause: "校领导批示的办结时限".into(),
        provisional: false,
    })
}

pub(super) fn correct(
    case: &Case,
    kind: Option<KindId>,
    category: Option<CategoryId>,
    place: Option<PlaceId>,
    urgency: Option<Urgency>,
    reason: String,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    if !case.stage.is_open() {
        stage(case, &[Stage::Replied, Stage::Rated], "更正")?;
    }
    demand(&reason, "更正的理由")?;
    if kind.as_ref().is_some_and(|id| ctx.policy.kind(id).is_none()) {
        return Err(Refusal::NoSuch { what: "诉求类型" });
    }
    if category.as_ref().is_some_and(|id| ctx.policy.category(id).is_none()) {
        return Err(Refusal::NoSuch { what: "类别" });
    }
    if place.as_ref().is_some_and(|id| ctx.policy.place(id).is_none()) {
        return Err(Refusal::NoSuch { what: "地点" });
    }
    if (&kind, &category, &place, urgency) == (&None, &None, &None, None) {
        return Err(Refusal::WordsMissing { what: "要更正的内容" });
    }
    // 举报、申诉等受保护的事项不公开：a correction can make a case protected, never the other way round.
    let restricted = kind.as_ref().and_then(|id| ctx.policy.kind(id)).is_some_and(|kind| kind.restricted)
        || category.as_ref().and_then(|id| ctx.policy.category(id)).is_some_and(|known| known.restricted);
    // A report may be about the very unit that has the case: it goes back to the office at once, which looks first.
    let own_unit = category.as_ref().and_then(|id| ctx.policy.category(id)).and_then(|it| it.unit.as_ref());
    let is_elsewhere =
        case.stage == Stage::Assigned && (own_unit.is_none() || own_unit != case.unit.as_ref());
    let taken_back =
        (restricted && !case.restricted && is_elsewhere).then(|| ctx.draft(Event::TakenBack {}, []));
    let event = Event::Corrected { kind, category, place, urgency, restricted };
    let corrected = ctx.draft(event, [(TextKind::Reason, reason)]);
    Ok([corrected].into_iter().chain(taken_back).collect())
}

pub(super) fn decline(
    case: &Case,
    ground: DeclineGround,
    words: String,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    stage(case, BEFORE_A_UNIT, "不予受理")?;
    demand(&words, "给反映人的说明：为什么不受理、可以走什么途径")?;
    ctx.one(Event::Declined { ground }, [(TextKind::Words, words)])
}

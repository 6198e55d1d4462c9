//! The coordinating office and the leaders: taking on, giving to a unit, handing over, laying before a leader, instructing,
//! not accepting (3.3–3.6). A deadline moves only with one of these events and is counted from acceptance,
//! so that passing a case on never wins time.

use super::*;

pub(super) fn accept(case: &Case, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    stage(case, &[Stage::Submitted], "受理")?;
    let from = statutory::counted_from(case, ctx);
    let promises = vec![ctx.promised(Clock::Result, &case.circumstances(Route::Direct, from), false)?];
    ctx.one(Event::Accepted { promises }, [])
}

pub(super) fn assign(
    case: &Case,
    unit: UnitId,
    forced: bool,
    reason: String,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    stage(case, BEFORE_A_UNIT, "派单")?;
    open_unit(case, ctx.policy, &unit)?;
    statutory::is_the_body(case, &unit, ctx)?;
    if forced {
        demand(&reason, "指定承办的理由")?;
    }
    let mut drafts = match case.stage {
        Stage::Submitted => accept(case, ctx)?,
        _ => Vec::new(),
    };
    // Back from another route its longer limit does not come along; on the direct one the promise stands.
    let promises = match case.route {
        None | Some(Route::Direct) => Vec::new(),
        Some(_) => passed_on(case, Route::Direct, ctx)?,
    };
    drafts.push(ctx.draft(Event::Assigned { unit, forced, promises }, [(TextKind::Reason, reason)]));
    Ok(drafts)
}

/// To whom a case is passed on.
pub(super) struct Passing {
    pub(super) unit: UnitId,
    pub(super) assisting: Vec<UnitId>,
    pub(super) forced: bool,
}

pub(super) fn transfer(
    case: &Case,
    to: Passing,
    reason: String,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    let Passing { unit, mut assisting, forced } = to;
    stage(case, OPEN, "转办")?;
    open_unit(case, ctx.policy, &unit)?;
    statutory::is_the_body(case, &unit, ctx)?;
    for other in &assisting {
        open_unit(case, ctx.policy, other)?;
    }
    if forced {
        demand(&reason, "指定承办的理由")?;
    }
    assisting.retain(|other| *other != unit);
    let promises = passed_on(case, Route::Transfer, ctx)?;
    // Each unit that assists is asked on a line of its own.
    let (asked, assisting) = (assisting, Vec::new());
    let event = Event::Transferred { unit, assisting, forced, promises };
    let mut drafts = vec![ctx.draft(event, [(TextKind::Reason, reason.clone())])];
    let case = afterwards(case, &drafts, ctx.now);
    drafts.extend(assistance::asked(&case, asked, &reason, false, ctx));
    Ok(drafts)
}

pub(super) fn escalate(
    case: &Case,
    leader: String,
    brief: String,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    stage(case, OPEN, "呈办")?;
    ctx.policy.leader(&leader).ok_or(Refusal::NoSuch { what: "校领导岗位" })?;
    if ctx.policy.leaders_kept_away(&case.recused).contains(&leader) {
        return Err(Refusal::RecusedLeader);
    }
    demand(&brief, "拟办意见")?;
    let promises = passed_on(case, Route::Refer, ctx)?;
    ctx.one(Event::Escalated { leader, promises }, [(TextKind::Words, brief)])
}

/// The result clock when a case is passed on: the limit of the new route, counted from where this round began, so that
/// passing on never wins time; what it stood still stays. A day that a person or a law has set stays.
pub(super) fn passed_on(case: &Case, route: Route, ctx: &Ctx<'_>) -> Result<Vec<Promise>, Refusal> {
    if case.round().promise(Clock::Result).is_some_and(Promise::is_fixed) {
        return Ok(Vec::new());
    }
    let from = case.counted_from().unwrap_or(ctx.now);
    let is_of_the_hour = case.identity == Identity::Anonymous
        && (case.round().reopened_at.is_some() || case.accepted_at == Some(case.submitted_at));
    let promise = ctx.promised(Clock::Result, &case.circumstances(route, from), is_of_the_hour)?;
    Ok(vec![due::held_up_by(promise, &case.round().waits, ctx.policy, ctx.calendar)])
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
    open_unit(case, ctx.policy, &unit)?;
    statutory::is_the_body(case, &unit, ctx)?;
    demand(&words, "批示内容")?;
    if let Some(promise) =
        case.round().promise(Clock::Result).filter(|promise| until.is_some() && promise.is_statutory())
    {
        return Err(Refusal::StatutoryClock { clause: promise.clause.clone() });
    }
    let promises = until.map(|day| coming_working(day, ctx)).transpose()?;
    let promises = promises.map(|due| Promise::by_instruction(ctx.now, due)).into_iter().collect();
    ctx.one(Event::Instructed { leader, unit, until, key, promises }, [(TextKind::Words, words)])
}

/// 撤并单位的诉求随职责走：to whoever took over, on the clocks that were promised.
pub(super) fn follow_successor(case: &Case, ctx: &Ctx<'_>) -> Vec<Draft> {
    if matches!(case.stage, Stage::Declined | Stage::Withdrawn | Stage::Archived) {
        return Vec::new();
    }
    let mut dissolved: Vec<&UnitId> = case.unit.iter().chain(&case.assisting).collect();
    dissolved.dedup();
    let away = ctx.policy.with_heirs(&case.recused);
    let heir = |from: &UnitId| {
        let unit = ctx.policy.heir_of(from).filter(|unit| !away.contains(unit))?.clone();
        Some(ctx.draft(Event::Succeeded(Succession { from: from.clone(), unit }), []))
    };
    let mut drafts: Vec<Draft> = dissolved.into_iter().filter_map(heir).collect();
    drafts.extend(recusal::of_heirs(case, ctx));
    drafts
}

pub(super) fn decline(
    case: &Case,
    ground: DeclineGround,
    words: String,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    stage(case, BEFORE_A_UNIT, "不予受理")?;
    // Whether the law's own road is open to it is for its body to say; that it is another road may be said here.
    if ground != DeclineGround::StatutoryRoute {
        statutory::is_not_elsewhere(case, &ctx.policy.school.coordinator, ctx)?;
    }
    demand(&words, "给反映人的说明：为什么不受理、可以走什么途径")?;
    ctx.one(Event::Declined { ground }, [(TextKind::Words, words)])
}

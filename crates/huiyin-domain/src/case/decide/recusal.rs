//! Keeping units away from a case that is about them (2.4, 5.7): they lose it at once, with the leaders in charge of them,
//! and can never get it again. What is about the coordinating office itself goes to the unit that the school has named for
//! that, because the office could neither see nor dispatch it.

use super::*;

pub(super) fn recuse(
    case: &Case,
    units: Vec<UnitId>,
    reason: String,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    if !case.stage.is_open() {
        stage(case, &[Stage::Replied, Stage::Rated, Stage::Merged], "设置回避")?;
    }
    demand(&reason, "回避的理由")?;
    // 撤并以后接手的单位一起回避。
    let mut units = ctx.policy.with_heirs(&units);
    units.retain(|unit| !case.is_recused(unit));
    if units.is_empty() {
        return Err(Refusal::WordsMissing { what: "要回避的单位" });
    }
    if units.iter().any(|unit| ctx.policy.unit(unit).is_none()) {
        return Err(Refusal::NoSuch { what: "单位" });
    }
    let all: Vec<UnitId> = case.recused.iter().chain(&units).cloned().collect();
    if !somebody_is_left(&all, ctx.policy) {
        return Err(Refusal::NobodyLeft);
    }
    let leaders = ctx.policy.leaders_kept_away(&units);
    ctx.one(Event::Recused { units, leaders }, [(TextKind::Reason, reason)])
}

/// Whoever took over from a unit that is kept away is kept away too, as long as somebody is left.
pub(super) fn of_heirs(case: &Case, ctx: &Ctx<'_>) -> Option<Draft> {
    let mut units = ctx.policy.with_heirs(&case.recused);
    let is_somebody_left = somebody_is_left(&units, ctx.policy);
    units.retain(|unit| !case.is_recused(unit));
    let leaders = ctx.policy.leaders_kept_away(&units);
    (!units.is_empty() && is_somebody_left).then(|| by_rule(Event::Recused { units, leaders }))
}

/// Kept away in error: they may see and have the case again. What they lost does not come back by itself.
pub(super) fn lift(
    case: &Case,
    units: Vec<UnitId>,
    reason: String,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    if !case.stage.is_open() {
        // One of several that are handled together is not told apart from the others.
        let with_lead: &[Stage] = if *ctx.actor == Actor::Rule { &[Stage::Merged] } else { &[] };
        stage(case, &[&[Stage::Replied, Stage::Rated], with_lead].concat(), "解除回避")?;
    }
    demand(&reason, "解除回避的理由")?;
    let mut units = ctx.policy.with_heirs(&units);
    units.retain(|unit| case.is_recused(unit));
    if units.is_empty() {
        return Err(Refusal::WordsMissing { what: "要解除回避的单位" });
    }
    ctx.one(Event::RecusalLifted(Lifting { units }), [(TextKind::Reason, reason)])
}

/// What lies with an office that is kept away goes on at once to the unit named for that, which may not hand it back.
pub(super) fn placed(case: &Case, drafts: &[Draft], ctx: &Ctx<'_>) -> Result<Option<Draft>, Refusal> {
    let is_about_units =
        !case.recused.is_empty() || drafts.iter().any(|draft| matches!(draft.event, Event::Recused { .. }));
    if !is_about_units {
        return Ok(None);
    }
    let after = afterwards(case, drafts, ctx.recorded_at(case));
    let lies_with_office = after.stage.is_open() && after.unit.is_none();
    let Some(unit) = ctx.policy.stands_in(&after.recused).filter(|_| lies_with_office).cloned() else {
        return Ok(None);
    };
    let stays =
        matches!(after.route, None | Some(Route::Direct)) && after.round().promise(Clock::Result).is_some();
    let promises = if stays { Vec::new() } else { dispatch::passed_on(&after, Route::Direct, ctx)? };
    Ok(Some(by_rule(Event::Assigned { unit, forced: true, promises })))
}

/// Somebody could still dispatch or handle the case.
pub(super) fn somebody_is_left(recused: &[UnitId], policy: &Policy) -> bool {
    !recused.contains(&policy.school.coordinator) || policy.stands_in(recused).is_some()
}

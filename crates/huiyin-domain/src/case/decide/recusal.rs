//! Keeping units away from a case that is about them (2.4, 5.7): they lose it at once, with the leaders in charge of them,
//! and can never get it again. What is about the coordinating office itself goes to the unit that the school has named for
//! that, because the office could neither see nor dispatch it.

use super::*;

pub(super) fn recuse(
    case: &Case,
    mut units: Vec<UnitId>,
    reason: String,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    if !case.stage.is_open() {
        stage(case, &[Stage::Replied, Stage::Rated, Stage::Merged], "设置回避")?;
    }
    demand(&reason, "回避的理由")?;
    if units.iter().any(|unit| ctx.policy.unit(unit).is_none()) {
        return Err(Refusal::NoSuch { what: "单位" });
    }
    // 撤并以后接手的单位一起回避。
    let heirs = heirs(case, &units, ctx.policy);
    // What was kept away for another's sake may be named for its own; by rule, what only took over from another is for the
    // lead's sake from now on.
    let by_rule = *ctx.actor == Actor::Rule;
    let is_named_already =
        |unit: &UnitId| case.is_recused_by_itself(unit) || (by_rule && case.recused_with_lead.contains(unit));
    let is_new = |unit: &UnitId| !is_named_already(unit);
    units.retain(is_new);
    units.extend(heirs.iter().map(|heir| heir.unit.clone()));
    units.sort();
    units.dedup();
    if units.is_empty() {
        return Err(Refusal::WordsMissing { what: "要回避的单位" });
    }
    let all: Vec<UnitId> = case.recused.iter().chain(&units).cloned().collect();
    if !somebody_is_left(&all, ctx.policy) {
        return Err(Refusal::NobodyLeft);
    }
    let leaders = ctx.policy.leaders_kept_away(&units);
    ctx.one(Event::Recused { units, leaders, heirs }, [(TextKind::Reason, reason)])
}

/// Who took over from one of these and is not kept away for it yet; whoever is named has a reason of its own.
fn heirs(case: &Case, units: &[UnitId], policy: &Policy) -> Vec<Succession> {
    let of_one = |from: &UnitId| {
        let unit = policy.heir_of(from)?.clone();
        Some(Succession { from: from.clone(), unit })
    };
    let is_known = |heir: &Succession| {
        units.contains(&heir.unit)
            || case.is_recused_by_itself(&heir.unit)
            || case.recused_as_heirs.contains(heir)
    };
    units.iter().filter_map(of_one).filter(|heir| !is_known(heir)).collect()
}

/// Whoever took over from a unit that is kept away is kept away too, as long as somebody is left.
pub(super) fn of_heirs(case: &Case, ctx: &Ctx<'_>) -> Option<Draft> {
    let is_somebody_left = somebody_is_left(&ctx.policy.with_heirs(&case.recused), ctx.policy);
    let heirs = heirs(case, &case.recused, ctx.policy);
    let mut units: Vec<UnitId> = heirs.iter().map(|heir| heir.unit.clone()).collect();
    units.sort();
    units.dedup();
    let leaders = ctx.policy.leaders_kept_away(&units);
    let is_due = !units.is_empty() && is_somebody_left;
    is_due.then(|| by_rule(Event::Recused { units, leaders, heirs }))
}

/// Kept away in error: they may see and have the case again, and with them whoever is kept away only because they took over
/// from one of them. What they lost does not come back by itself.
pub(super) fn lift(
    case: &Case,
    mut units: Vec<UnitId>,
    reason: String,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    let by_rule = *ctx.actor == Actor::Rule;
    if !case.stage.is_open() {
        // One of several that are handled together is not told apart from the others.
        let with_lead: &[Stage] = if by_rule { &[Stage::Merged] } else { &[] };
        stage(case, &[&[Stage::Replied, Stage::Rated], with_lead].concat(), "解除回避")?;
    }
    demand(&reason, "解除回避的理由")?;
    // With the lead goes only what came from it.
    units.retain(|unit| case.is_recused(unit) && (!by_rule || case.recused_with_lead.contains(unit)));
    units.sort();
    units.dedup();
    if units.is_empty() {
        return Err(Refusal::WordsMissing { what: "要解除回避的单位" });
    }
    let stays = case.kept_away_without(&units, ctx.policy);
    if let Some((_, from)) = stays.iter().find(|(unit, _)| units.contains(unit)) {
        let name = ctx.policy.unit(from).map_or_else(|| from.to_string(), |unit| unit.name.clone());
        return Err(Refusal::HeirStaysAway(name));
    }
    let is_lifted = |unit: &&UnitId| !stays.iter().any(|(other, _)| *other == *unit);
    let mut units: Vec<UnitId> = case.recused.iter().filter(is_lifted).cloned().collect();
    units.sort();
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

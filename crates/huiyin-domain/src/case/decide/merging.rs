//! Several cases of one matter, and one case of several matters (3.8). Merged cases keep their own page, clocks and judgement;
//! the answer of the lead case is carried over to each. The caller records both sides in one transaction.

use super::*;
use crate::case::standing::Lead;
use crate::ids::{CaseNo, CategoryId};

pub(super) fn merge(case: &Case, own: &CaseNo, lead: &Lead, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    stage(case, OPEN, "并案")?;
    if *own == lead.no || !case.joined.is_empty() {
        return Err(Refusal::NotToBeMerged);
    }
    let recused = |units: &[UnitId]| {
        let mut units = units.to_vec();
        units.sort();
        units
    };
    let are_alike = case.restricted == lead.restricted && recused(&case.recused) == recused(&lead.recused);
    // What the law gives a body of its own is answered by no other.
    let procedure = |kind, category: Option<&CategoryId>| {
        ctx.policy.statutory_of(kind, category).map(|procedure| &procedure.id)
    };
    let is_one_road =
        procedure(&case.kind, case.category.as_ref()) == procedure(&lead.kind, lead.category.as_ref());
    // Nobody watches the clocks of what came along: danger does not go behind what is none.
    let is_watched = lead.is_crisis || !case.is_crisis();
    if !lead.stage.is_open() || !are_alike || !is_one_road || !is_watched {
        return Err(Refusal::NotToBeMerged);
    }
    ctx.one(Event::Merged { into: lead.no.clone() }, [])
}

pub(super) fn join(case: &Case, other: CaseNo, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    stage(case, OPEN, "并案")?;
    if case.joined.contains(&other) {
        return Err(Refusal::NotToBeMerged);
    }
    ctx.one(Event::Joined { other }, [])
}

pub(super) fn unmerge(case: &Case, reason: String, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    let merger = merger(case, "取消并案")?;
    let rule = &ctx.policy.merging;
    let is_by_hand = *ctx.actor != Actor::Rule;
    if is_by_hand && merger.at.plus_hours(u32::from(rule.undo_days) * 24) <= ctx.now {
        return Err(Refusal::UnmergeClosed { days: rule.undo_days, clause: rule.clause.clone() });
    }
    if is_by_hand {
        demand(&reason, "取消并案的理由")?;
    }
    ctx.one(Event::Unmerged {}, [(TextKind::Reason, reason)])
}

pub(super) fn part(case: &Case, other: CaseNo, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    if !case.joined.contains(&other) {
        return Err(Refusal::NoSuch { what: "并入的诉求" });
    }
    ctx.one(Event::Parted { other }, [])
}

/// The lead case became a protected one: so is what came along, until the lead is none.
pub(super) fn protect(case: &Case, ctx: &Ctx<'_>) -> Vec<Draft> {
    let is_along = case.stage == Stage::Merged && !case.restricted;
    if is_along { vec![ctx.draft(Event::Protected {}, [])] } else { Vec::new() }
}

/// The answer of the lead case. Its unit has this case from now on: "not solved" opens another round there, for this case alone.
pub(super) fn reply_through_lead(
    case: &Case,
    answer: LeadsAnswer,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    let LeadsAnswer { unit, words, outcome, visibility, files } = answer;
    merger(case, "随主件答复")?;
    demand(&words, "答复内容")?;
    let is_for_all = visibility == Visibility::Public && case.may_publish && !case.restricted;
    let visibility = if is_for_all { Visibility::Public } else { Visibility::Private };
    let passes_over_proposal = case.proposed.is_some();
    let event = Event::Replied { outcome, visibility, files, passes_over_proposal, through: Some(unit) };
    let mut drafts = vec![ctx.draft(event, [(TextKind::Words, words)])];
    if case.shelved.is_some() && outcome != Outcome::CannotYet {
        drafts.push(ctx.draft(Event::StruckOff {}, []));
    }
    Ok(drafts)
}

/// What the unit of the lead case reports meanwhile, in the words written for those who came along; no papers go with them.
pub(super) fn report_through_lead(
    case: &Case,
    unit: UnitId,
    words: String,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    merger(case, "随主件反馈进展")?;
    demand(&words, "阶段反馈的内容")?;
    ctx.one(Event::ProgressReported { files: Vec::new(), through: Some(unit) }, [(TextKind::Words, words)])
}

pub(super) fn split_off(case: &Case, other: CaseNo, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    stage(case, OPEN, "拆分")?;
    // Two cases cannot be held by one receipt code, and nobody else could be told of the second.
    if case.identity == Identity::Anonymous {
        return Err(Refusal::AnonymousNotSplit);
    }
    ctx.one(Event::SplitOff { other }, [])
}

fn merger<'c>(case: &'c Case, act: &'static str) -> Result<&'c crate::case::Merger, Refusal> {
    stage(case, &[Stage::Merged], act)?;
    case.merged.as_ref().ok_or(Refusal::NotToBeMerged)
}

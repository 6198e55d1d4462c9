//! What the school's own history proposes goes to its unit by a rule that the school has set (3.1).
//!
//! A person looks first wherever something hangs on it: danger, what is protected, what a law has a road for, what is about
//! somebody of the school, what came back or lies before somebody. Here nothing is ever rejected, ended or made less pressing.

use super::*;
use crate::case::payload::Classified;

pub(super) fn assign(case: &Case, learned: Learned, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    // Once somebody has taken it on, it is in their hands.
    stage(case, &[Stage::Submitted], "派单")?;
    if !is_sure(&learned, ctx.policy) || !is_ordinary(case, &learned, ctx.policy) {
        return Err(Refusal::ForAPerson { clause: ctx.policy.proposals.clause.clone() });
    }
    let Learned { category, model, share, words, .. } = learned;
    let unit = ctx
        .policy
        .unit_for(&category, case.place.as_ref(), ctx.now.day())
        .ok_or(Refusal::NoSuch { what: "单位" })?;
    let becomes = correct::Becoming { kind: &case.kind, category: Some(&category), urgency: case.urgency };
    let promises = correct::hastened(case, becomes, ctx)?;
    let event = Event::Classified(Classified { category, model, share, promises });
    let mut drafts = vec![ctx.draft(event, [(TextKind::Reason, words.join("、"))])];
    let after = afterwards(case, &drafts, ctx.now);
    drafts.extend(dispatch::assign(&after, unit, false, String::new(), ctx)?);
    Ok(drafts)
}

/// Whether the school lets a proposal like this one go out by itself.
fn is_sure(learned: &Learned, policy: &Policy) -> bool {
    let rule = &policy.proposals;
    let is_enough = learned.confirmed >= u32::from(rule.confirmed_min);
    is_enough && rule.automatic_from.is_some_and(|from| u16::from(learned.share) >= from)
}

/// Whether nothing about the case asks for a person.
fn is_ordinary(case: &Case, learned: &Learned, policy: &Policy) -> bool {
    let (kind, category) = (&case.kind, &learned.category);
    let is_open_kind = policy.kind(kind).is_some_and(|known| !known.restricted);
    let is_offered = policy.categories_of(kind).any(|known| known.id == *category && !known.restricted);
    let is_agreed = case.category.as_ref().is_none_or(|known| known == category);
    let has_no_road = policy.untold(kind, None).is_empty()
        && policy.statutory_of(kind, None).is_none()
        && policy.statutory_of(kind, Some(category)).is_none();
    let is_safe =
        !case.restricted && !case.is_crisis() && policy::crisis_hits(policy, &learned.text).is_empty();
    let is_fresh = case.rounds.len() == 1
        && case.send_backs == 0
        && case.leader.is_none()
        && case.recused.is_empty()
        && case.joined.is_empty();
    let channel = policy.channel(&case.channel);
    let is_plain_channel =
        channel.is_some_and(|known| !known.outside && known.form.is_none() && known.cosigners_min.is_none());
    is_open_kind && is_offered && is_agreed && has_no_road && is_safe && is_fresh && is_plain_channel
}

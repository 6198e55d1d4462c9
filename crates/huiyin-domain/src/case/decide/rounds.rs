//! What comes after the answer (5.3): the requester judges, another round begins, some weeks later the effect is asked
//! for, and what stays unsolved after the last round is held by supervision until somebody orders another round.

use super::*;
use crate::case::standing::Round;

/// The requester judges, or puts right what somebody took down on the phone: their own word holds. A round that began
/// meanwhile goes on.
pub(super) fn judge(
    case: &Case,
    rating: Event,
    words: String,
    reopen: bool,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    let Some(round) = case.phoned().filter(|_| case.stage != Stage::Replied) else {
        return rate(case, rating, words, reopen, ctx);
    };
    in_time(case, round, ctx)?;
    if case.stage.is_open() {
        is_worded(&rating, ctx)?;
        return ctx.one(rating, [(TextKind::Words, words)]);
    }
    judged(case, rating, words, reopen, ctx)
}

pub(super) fn rate(
    case: &Case,
    rating: Event,
    words: String,
    reopen: bool,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    stage(case, &[Stage::Replied], "评价")?;
    in_time(case, case.round(), ctx)?;
    judged(case, rating, words, reopen, ctx)
}

/// Nobody is asked to judge danger, and nobody after the time for it.
fn in_time(case: &Case, round: &Round, ctx: &Ctx<'_>) -> Result<(), Refusal> {
    if case.is_crisis() {
        return Err(Refusal::NoSurvey);
    }
    let days = ctx.policy.rating.days;
    let is_over = round.replied_at.is_some_and(|at| at.plus_hours(u32::from(days) * 24) <= ctx.now);
    if is_over { Err(Refusal::RatingClosed { days }) } else { Ok(()) }
}

/// What was not done well is chosen from the list of the school.
fn is_worded(rating: &Event, ctx: &Ctx<'_>) -> Result<(), Refusal> {
    let Event::Rated { complaints, .. } = rating else { return Err(Refusal::NotYours) };
    let is_known = |complaint: &String| ctx.policy.rating.complaints.contains(complaint);
    if complaints.iter().all(is_known) { Ok(()) } else { Err(Refusal::NoSuch { what: "选项" }) }
}

fn judged(
    case: &Case,
    rating: Event,
    words: String,
    reopen: bool,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    is_worded(&rating, ctx)?;
    let Event::Rated { solved, .. } = &rating else { return Err(Refusal::NotYours) };
    if reopen {
        statutory::no_further_round(case)?;
    }
    let is_unsolved = *solved == Solved::No;
    let mut drafts = vec![ctx.draft(rating, [(TextKind::Words, words.clone())])];
    let rounds_left = case.reopens_by_itself(ctx.policy);
    let goes_on = (is_unsolved && rounds_left) || reopen;
    if goes_on {
        let case = requester::alarmed(case, &drafts[0].texts, ctx)?;
        drafts.extend(next_round(&case, !reopen, Vec::new(), ctx)?);
    }
    // A new round begins unsupervised, so that there the mark is set again.
    let supervised = case.supervised.filter(|_| !goes_on);
    if is_unsolved && !rounds_left && !case.is_on_statute() {
        // 二次办理后仍未解决的，转入督办。
        drafts.extend(supervising::raised(supervised));
    }
    Ok(drafts)
}

pub(super) fn reopen(case: &Case, reason: String, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    stage(case, &[Stage::Rated], "要求重办")?;
    statutory::no_further_round(case)?;
    let days = ctx.policy.rating.reopen_days;
    if case.round().rated_at.is_some_and(|at| at.plus_hours(u32::from(days) * 24) <= ctx.now) {
        return Err(Refusal::ReopeningClosed { days });
    }
    demand(&reason, "哪里还没办好")?;
    asked_for(case, reason, ctx)
}

/// Another round because somebody wrote that it is needed.
fn asked_for(case: &Case, reason: String, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    let texts = texts_of([(TextKind::Reason, reason)]);
    next_round(&requester::alarmed(case, &texts, ctx)?, false, texts, ctx)
}

/// Another round with the same unit, on the limits for reopened cases; what was found to belong on a road of the law after it
/// was answered goes to the body of that road.
fn next_round(case: &Case, automatic: bool, texts: Vec<Text>, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    let is_requester = matches!(ctx.actor, Actor::Requester);
    let from = ctx.recorded_at(case);
    let route = case.route.unwrap_or(Route::Direct);
    let of = Circumstances { reopened: true, ..case.circumstances(route, from) };
    let is_of_the_hour = is_requester && case.identity == Identity::Anonymous;
    let promise = |clock| ctx.promised(clock, &of, is_of_the_hour);
    let promises = vec![promise(Clock::FirstReply)?, promise(Clock::Result)?];
    let round = case.rounds.len() as u32 + 1;
    let event = Event::Reopened { round, automatic, promises };
    let by = if automatic { By::Rule } else { ctx.by() };
    let mut drafts = vec![Draft { by, event, texts }];
    let after = afterwards(case, &drafts, from);
    if after.unit.as_ref().is_some_and(|unit| statutory::is_the_body(&after, unit, ctx).is_err()) {
        drafts.extend(statutory::moved(&after, ctx)?);
    }
    Ok(drafts)
}

pub(super) fn check_effect(
    case: &Case,
    holds: Solved,
    words: String,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    stage(case, &[Stage::Rated, Stage::Archived], "回答效果回访")?;
    if case.is_crisis() {
        return Err(Refusal::NoSurvey);
    }
    let round = case.round();
    let asked_at = round.effect_asked_at.filter(|_| round.effect.is_none());
    let asked_at = asked_at.ok_or(Refusal::EffectNotAsked)?;
    let days = ctx.policy.rating.days;
    if asked_at.plus_hours(u32::from(days) * 24) <= ctx.now {
        return Err(Refusal::EffectClosed { days });
    }
    let mut drafts = vec![ctx.draft(Event::EffectChecked { holds }, [(TextKind::Words, words)])];
    if holds == Solved::No && case.reopens_by_itself(ctx.policy) {
        let case = requester::alarmed(case, &drafts[0].texts, ctx)?;
        drafts.extend(next_round(&case, true, Vec::new(), ctx)?);
    } else if holds == Solved::No && !case.is_on_statute() {
        drafts.extend(supervising::raised(case.supervised));
    }
    Ok(drafts)
}

/// 责成重办: what stayed unsolved gets another round by order.
pub(super) fn order(case: &Case, reason: String, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    supervising::held(case, ctx.policy)?;
    demand(&reason, "责成重办的要求")?;
    asked_for(case, reason, ctx)
}

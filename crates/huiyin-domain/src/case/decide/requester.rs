//! The requester: adding, urging, judging, reopening, taking back (5.3, 5.4).

use super::*;
use crate::ids::FileId;

const HOUR_MS: i64 = 3_600_000;

/// What the requester writes along the way is read for danger like the first words: the case is then pressing and
/// protected before anything else is recorded of it (1.7). A person may lower it again, with a reason.
pub(super) fn danger_in(case: &Case, drafts: &[Draft], ctx: &Ctx<'_>) -> Option<Draft> {
    let is_known = case.restricted && case.is_crisis();
    if !matches!(ctx.actor, Actor::Requester) || is_known || case.ended_at.is_some() {
        return None;
    }
    let mut texts = drafts.iter().flat_map(|draft| &draft.texts);
    texts.any(|text| !policy::crisis_hits(ctx.policy, &text.words).is_empty()).then(|| Draft {
        by: By::Rule,
        event: Event::Corrected {
            kind: None,
            category: None,
            place: None,
            urgency: Some(Urgency::Critical),
            restricted: true,
        },
        texts: Vec::new(),
    })
}

pub(super) fn supplement(
    case: &Case,
    words: String,
    files: Vec<FileId>,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    stage(case, &[Stage::Submitted, Stage::Accepted, Stage::Assigned, Stage::Replied], "补充")?;
    if files.is_empty() {
        demand(&words, "要补充的内容")?;
    }
    ctx.one(Event::Supplemented { files }, [(TextKind::Words, words)])
}

pub(super) fn urge(
    case: &Case,
    because: UrgeReason,
    reason: String,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    stage(case, &[Stage::Submitted, Stage::Accepted, Stage::Assigned], "催办")?;
    let every_hours = ctx.policy.urging.every_hours;
    let open_again = case.urged_at.map(|at| at.plus_ms(i64::from(every_hours) * HOUR_MS));
    if open_again.is_some_and(|at| at > ctx.now) {
        return Err(Refusal::UrgedRecently { every_hours });
    }
    ctx.one(Event::Urged { because }, [(TextKind::Reason, reason)])
}

pub(super) fn rate(
    case: &Case,
    rating: Event,
    words: String,
    reopen: bool,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    stage(case, &[Stage::Replied], "评价")?;
    if case.is_crisis() {
        return Err(Refusal::NoSurvey);
    }
    let days = ctx.policy.rating.days;
    if case.round().replied_at.is_some_and(|at| at.plus_hours(u32::from(days) * 24) <= ctx.now) {
        return Err(Refusal::RatingClosed { days });
    }
    let Event::Rated { solved, complaints, .. } = &rating else { return Err(Refusal::NotYours) };
    if complaints.iter().any(|complaint| !ctx.policy.rating.complaints.contains(complaint)) {
        return Err(Refusal::NoSuch { what: "选项" });
    }
    let is_unsolved = *solved == Solved::No;
    let mut drafts = vec![ctx.draft(rating, [(TextKind::Words, words.clone())])];
    let rounds_left = case.rounds.len() <= usize::from(ctx.policy.rating.automatic_rounds);
    let goes_on = (is_unsolved && rounds_left) || reopen;
    if goes_on {
        drafts.push(next_round(case, !reopen, String::new(), ctx)?);
    }
    // A new round begins unsupervised, so that there the mark is set again.
    let supervised = case.supervised.filter(|_| !goes_on);
    if is_unsolved && !rounds_left && supervised < Some(Level::Coordinator) {
        // 二次办理后仍未解决的，转入督办。
        let level = Level::Coordinator;
        drafts.push(Draft { by: By::Rule, event: Event::Supervised { level }, texts: Vec::new() });
    }
    Ok(drafts)
}

pub(super) fn reopen(case: &Case, reason: String, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    stage(case, &[Stage::Rated], "要求重办")?;
    let days = ctx.policy.rating.reopen_days;
    if case.round().rated_at.is_some_and(|at| at.plus_hours(u32::from(days) * 24) <= ctx.now) {
        return Err(Refusal::ReopeningClosed { days });
    }
    demand(&reason, "哪里还没办好")?;
    Ok(vec![next_round(case, false, reason, ctx)?])
}

/// Another round with the same unit, on the limits for reopened cases.
fn next_round(case: &Case, automatic: bool, reason: String, ctx: &Ctx<'_>) -> Result<Draft, Refusal> {
    let from = recorded_at(case.identity, true, Some(case.last_at), ctx.now);
    let route = case.route.unwrap_or(Route::Direct);
    let of = Circumstances { reopened: true, ..case.circumstances(route, from) };
    let promise = |clock| ctx.promised(clock, &of, case.identity == Identity::Anonymous);
    let promises = vec![promise(Clock::FirstReply)?, promise(Clock::Result)?];
    let round = case.rounds.len() as u32 + 1;
    let event = Event::Reopened { round, automatic, promises };
    let by = if automatic { By::Rule } else { ctx.by() };
    Ok(Draft { by, event, texts: texts_of([(TextKind::Reason, reason)]) })
}

pub(super) fn withdraw(case: &Case, reason: String, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    stage(case, &[Stage::Submitted, Stage::Accepted, Stage::Assigned], "撤回")?;
    ctx.one(Event::Withdrawn {}, [(TextKind::Reason, reason)])
}

//! Following up by phone (5.3): somebody who did not answer it asks the requester whether it is solved, and records what was
//! said. Nobody reached is recorded too, and never counts as an answer.

use super::*;

pub(super) fn follow_up(case: &Case, said: Option<Said>, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    stage(case, &[Stage::Replied], "回访")?;
    // Nobody knows whom to call, or a call could give away who spoke up.
    if case.identity != Identity::Open || case.restricted {
        return Err(Refusal::NobodyToCall);
    }
    not_ones_own(case, &hats(ctx.actor, case, ctx.policy), "回访", ctx)?;
    let times = ctx.policy.rating.follow_up_calls;
    if times == 0 {
        return Err(Refusal::CalledOften { times });
    }
    let Some(said) = said else { return try_in_vain(case, ctx) };
    let Said { contacted, solved, satisfaction, words, publish } = said;
    let (complaints, corrects) = (Vec::new(), false);
    let rating = Event::Rated { contacted, solved, satisfaction, complaints, publish, corrects };
    rounds::rate(case, rating, words, false, ctx)
}

fn try_in_vain(case: &Case, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    if case.is_crisis() {
        return Err(Refusal::NoSurvey);
    }
    let (calls, times) = (&case.round().calls, ctx.policy.rating.follow_up_calls);
    if calls.last().is_some_and(|at| at.day() == ctx.now.day()) {
        return Err(Refusal::CalledToday);
    }
    if calls.len() >= usize::from(times) {
        return Err(Refusal::CalledOften { times });
    }
    ctx.one(Event::FollowUpTried {}, [])
}

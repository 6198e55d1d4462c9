//! Taking away what need not be kept any longer (5.6). Only the clock does it, when the day has come.

use super::{Ctx, Draft};
use crate::case::removal::kept_until;
use crate::case::{Case, Event, Refusal, Removal};

pub(super) fn remove(case: &Case, step: Removal, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    let has_come = kept_until(case, step, ctx.policy).is_some_and(|day| day <= ctx.now.day());
    if !has_come || case.removed >= Some(step) {
        return Err(Refusal::StillKept { clause: ctx.policy.retention.clause.clone() });
    }
    ctx.one(Event::Removed { what: step }, [])
}

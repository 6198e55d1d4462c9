//! The list of what cannot be done yet (挂账): looked at again by the day that was named, until struck off (销账) (4.4, 7.3):
//! by an answer, or by somebody else than the unit that has it.
//! A closed case stays on it too.

use super::*;

pub(super) fn review(case: &Case, words: String, next: Day, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    case.shelved.as_ref().ok_or(Refusal::NotShelved)?;
    demand(&words, "复核的情况")?;
    let review_on = review_day(next, ctx)?;
    ctx.one(Event::ShelvedReviewed { review_on }, [(TextKind::Words, words)])
}

/// The unit says what was done; that it is so, the coordinating office or supervision looks at.
pub(super) fn ask_strike_off(case: &Case, words: String, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    let shelf = case.shelved.as_ref().ok_or(Refusal::NotShelved)?;
    if shelf.is_strike_off_asked {
        return Err(Refusal::TooLate {
            act: "再申请", standing: "已经申请销账，等协调部门或督办员核实"
        });
    }
    demand(&words, "办成了什么，或者为什么不必再办")?;
    ctx.one(Event::StrikeOffAsked {}, [(TextKind::Words, words)])
}

/// By somebody who did not handle it: a unit never takes its own matter off its list, except by an answer that its requester
/// judges.
pub(super) fn strike_off(
    case: &Case,
    words: String,
    worn: &[Hat],
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    case.shelved.as_ref().ok_or(Refusal::NotShelved)?;
    not_ones_own(case, worn, "销账", ctx)?;
    demand(&words, "销账的说明")?;
    ctx.one(Event::StruckOff {}, [(TextKind::Words, words)])
}

/// A day of review: to come, one on which somebody is there to look, and not put off for longer than the school allows.
pub(super) fn review_day(day: Day, ctx: &Ctx<'_>) -> Result<Day, Refusal> {
    coming_working(day, ctx)?;
    within_reach(day, ctx)
}

/// Not farther away than the school lets a matter rest without a look at it.
pub(super) fn within_reach(day: Day, ctx: &Ctx<'_>) -> Result<Day, Refusal> {
    let rule = &ctx.policy.shelving;
    if day > farthest(ctx) {
        let (days, clause) = (rule.review_days_max, rule.clause.clone());
        return Err(Refusal::DayTooFar { days, clause });
    }
    Ok(day)
}

fn farthest(ctx: &Ctx<'_>) -> Day {
    ctx.now.plus_hours(u32::from(ctx.policy.shelving.review_days_max) * 24).day()
}

/// The latest day on which a matter may be looked at again.
pub fn latest_review(ctx: &Ctx<'_>) -> Day {
    ctx.calendar.working_day_before(farthest(ctx).next())
}

//! The list of what cannot be done yet (挂账): looked at again by the day that was named, until struck off (销账) (4.4, 7.3).
//! A closed case stays on it too.

use super::*;

pub(super) fn review(case: &Case, words: String, next: Day, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    case.shelved.as_ref().ok_or(Refusal::NotShelved)?;
    demand(&words, "复核的情况")?;
    let review_on = review_day(next, ctx)?;
    ctx.one(Event::ShelvedReviewed { review_on }, [(TextKind::Words, words)])
}

pub(super) fn strike_off(case: &Case, words: String, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    case.shelved.as_ref().ok_or(Refusal::NotShelved)?;
    demand(&words, "销账的说明")?;
    ctx.one(Event::StruckOff {}, [(TextKind::Words, words)])
}

/// A day of review: to come, and not put off for longer than the school allows.
pub(super) fn review_day(day: Day, ctx: &Ctx<'_>) -> Result<Day, Refusal> {
    coming(day, ctx)?;
    let rule = &ctx.policy.shelving;
    if day > ctx.now.plus_hours(u32::from(rule.review_days_max) * 24).day() {
        let (days, clause) = (rule.review_days_max, rule.clause.clone());
        return Err(Refusal::ReviewTooFar { days, clause });
    }
    Ok(day)
}

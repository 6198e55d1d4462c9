//! What is shown to everybody, with the requester's consent and without personal data (8.1).

use super::*;

/// Publishes by a person's hand. Where the head of the unit looks at what everybody will read, an officer alone does not.
pub(super) fn publish(
    case: &Case,
    public: PublicText,
    worn: &[Hat],
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    stage(case, &[Stage::Assigned, Stage::Replied, Stage::Rated, Stage::Archived], "公开")?;
    let rule = &ctx.policy.answering;
    let is_looked_at = |hat: &Hat| matches!(hat, Hat::UnitHead | Hat::Clerk | Hat::Publisher);
    if rule.wants_second_look(case.restricted, true) && !worn.iter().any(is_looked_at) {
        return Err(Refusal::NeedsSecondLook { clause: rule.clause.clone() });
    }
    Ok(vec![publication(case, public, ctx)?])
}

pub(super) fn publication(case: &Case, public: PublicText, ctx: &Ctx<'_>) -> Result<Draft, Refusal> {
    if !case.may_publish || case.restricted {
        return Err(Refusal::NotForThePublic);
    }
    demand(&public.title, "公开标题")?;
    Ok(ctx.draft(
        Event::Published {},
        [(TextKind::PublicTitle, public.title), (TextKind::PublicBody, public.body)],
    ))
}

pub(super) fn unpublish(case: &Case, reason: String, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    if !case.is_published {
        return Err(Refusal::TooLate { act: "撤下公开", standing: "没有公开" });
    }
    ctx.one(Event::Unpublished {}, [(TextKind::Reason, reason)])
}

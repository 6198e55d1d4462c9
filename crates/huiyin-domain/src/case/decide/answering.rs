//! The answer with its result (5.1, 5.2): by the unit, or after a second look by its head where the school wants one.
//!
//! What cannot be done yet goes on the list with a plan and a day of review; anything else takes it off.

use super::*;

impl Answer {
    /// An answer for everybody goes to all of them as it is; one for its own requester may name what is theirs alone, so
    /// that the others get words of their own.
    fn words_for_joined(&self, case: &Case) -> Result<(), Refusal> {
        if case.joined.is_empty() || self.public.is_some() {
            return Ok(());
        }
        demand(&self.joined_words, "给并案各位的答复")
    }
}

/// Answers directly; an answer that lies before the head is then not the one that goes out.
pub(super) fn reply(case: &Case, answer: Answer, worn: &[Hat], ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    may_be_answered(case, "答复")?;
    let rule = &ctx.policy.answering;
    if rule.wants_second_look(case.restricted, answer.public.is_some()) && !worn.contains(&Hat::UnitHead) {
        return Err(Refusal::NeedsSecondLook { clause: rule.clause.clone() });
    }
    sent(case, answer, case.proposed.is_some(), ctx)
}

fn sent(
    case: &Case,
    answer: Answer,
    passes_over_proposal: bool,
    ctx: &Ctx<'_>,
) -> Result<Vec<Draft>, Refusal> {
    answer.words_for_joined(case)?;
    let Answer { words, outcome, public, files, shelving, joined_words } = answer;
    demand(&words, "答复内容")?;
    let shelf = shelf(case, outcome, shelving, ctx)?;
    let visibility = visibility_of(&public);
    let publication = public.map(|public| publishing::publication(case, public, ctx)).transpose()?;
    let event = Event::Replied { outcome, visibility, files, passes_over_proposal, through: None };
    let joined_words = if case.joined.is_empty() { String::new() } else { joined_words };
    let texts = [(TextKind::Words, words), (TextKind::JoinedWords, joined_words)];
    let mut drafts = vec![ctx.draft(event, texts)];
    drafts.extend(publication);
    drafts.extend(shelf);
    Ok(drafts)
}

pub(super) fn propose(case: &Case, answer: Answer, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    may_be_answered(case, "送审答复")?;
    answer.words_for_joined(case)?;
    let Answer { words, outcome, public, files, shelving, joined_words } = answer;
    demand(&words, "答复内容")?;
    let visibility = visibility_of(&public);
    let review_on = shelving.as_ref().map(|shelving| shelving.review_on);
    let plan = shelving.as_ref().map(|shelving| shelving.plan.clone()).unwrap_or_default();
    shelf(case, outcome, shelving, ctx)?;
    let (title, body) = public.map(|public| (public.title, public.body)).unwrap_or_default();
    if visibility == Visibility::Public {
        publishing::publication(case, PublicText { title: title.clone(), body: body.clone() }, ctx)?;
    }
    ctx.one(
        Event::ReplyProposed { outcome, visibility, files, review_on },
        [
            (TextKind::Words, words),
            (TextKind::PublicTitle, title),
            (TextKind::PublicBody, body),
            (TextKind::Plan, plan),
            (TextKind::JoinedWords, joined_words),
        ],
    )
}

pub(super) fn approve(case: &Case, texts: Vec<Text>, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    may_be_answered(case, "签发答复")?;
    let proposed = case.proposed.clone().ok_or(Refusal::NothingProposed)?;
    let said = |kind| {
        let found = texts.iter().find(|text| text.kind == kind);
        found.map_or_else(String::new, |text| text.words.clone())
    };
    let public = PublicText { title: said(TextKind::PublicTitle), body: said(TextKind::PublicBody) };
    // The day was named before it was known for a rest day, and who signs names none: the working day before is no later.
    let review_on = proposed.review_on.map(|day| ctx.calendar.working_day_before(day.next()));
    let answer = Answer {
        words: said(TextKind::Words),
        outcome: proposed.outcome,
        public: (proposed.visibility == Visibility::Public).then_some(public),
        files: proposed.files,
        joined_words: said(TextKind::JoinedWords),
        shelving: review_on.map(|review_on| Shelving { plan: said(TextKind::Plan), review_on }),
    };
    let back = |standing| Refusal::TooLate { act: "签发", standing };
    sent(case, answer, false, ctx).map_err(|refusal| match refusal {
        Refusal::DayPassed => back("送审时定的复核日期已经过了，请退改、另定一天"),
        Refusal::DayTooFar { .. } => back("送审时定的复核日期超过了现在规定的天数，请退改、另定一天"),
        other => other,
    })
}

pub(super) fn send_for_rewriting(case: &Case, reason: String, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    may_be_answered(case, "退改答复")?;
    case.proposed.as_ref().ok_or(Refusal::NothingProposed)?;
    demand(&reason, "要怎样修改")?;
    ctx.one(Event::ReplyReturned {}, [(TextKind::Reason, reason)])
}

fn may_be_answered(case: &Case, act: &'static str) -> Result<(), Refusal> {
    if case.stage == Stage::Replied {
        return Err(Refusal::AlreadyReplied);
    }
    stage(case, &[Stage::Assigned], act)
}

fn visibility_of(public: &Option<PublicText>) -> Visibility {
    if public.is_some() { Visibility::Public } else { Visibility::Private }
}

/// What the answer does to the list of what cannot be done yet.
fn shelf(
    case: &Case,
    outcome: Outcome,
    shelving: Option<Shelving>,
    ctx: &Ctx<'_>,
) -> Result<Option<Draft>, Refusal> {
    let law = case.round().promise(Clock::Result).filter(|promise| promise.is_statutory());
    if let Some(promise) = law.filter(|_| outcome == Outcome::CannotYet) {
        return Err(Refusal::StatutoryNotShelved { clause: promise.clause.clone() });
    }
    match (outcome, shelving) {
        (Outcome::CannotYet, Some(shelving)) => {
            demand(&shelving.plan, "挂账的计划")?;
            let review_on = shelving::review_day(shelving.review_on, ctx)?;
            Ok(Some(ctx.draft(Event::Shelved { review_on }, [(TextKind::Plan, shelving.plan)])))
        }
        (Outcome::CannotYet, None) => Err(Refusal::WordsMissing { what: "挂账的计划和复核日期" }),
        (_, Some(_)) => Err(Refusal::NotToBeShelved),
        (_, None) if case.shelved.is_some() => Ok(Some(ctx.draft(Event::StruckOff {}, []))),
        (_, None) => Ok(None),
    }
}

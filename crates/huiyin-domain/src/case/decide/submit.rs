//! A new case comes in: promised at once; repairs and other kinds that dispatch themselves reach their unit with no human
//! between (1.3), and staff who register a case may give it to a unit at once (3.4).

use super::*;
use crate::access::Role;

pub(super) fn submit(submission: Submission, ctx: &Ctx<'_>) -> Result<Vec<Draft>, Refusal> {
    let policy = ctx.policy;
    let kind = policy.kind(&submission.kind).ok_or(Refusal::NoSuch { what: "诉求类型" })?;
    demand(&submission.title, "一句话说清问题")?;
    let category = match &submission.category {
        Some(id) => Some(policy.category(id).ok_or(Refusal::NoSuch { what: "类别" })?),
        None => None,
    };
    if submission.place.id.as_ref().is_some_and(|id| policy.place(id).is_none()) {
        return Err(Refusal::NoSuch { what: "地点" });
    }
    let channel = policy.channel(&submission.channel).ok_or(Refusal::NoSuch { what: "渠道" })?;
    if channel.real_name_only && submission.identity != Identity::Open {
        return Err(Refusal::RealNameOnly { channel: channel.name.clone(), clause: channel.clause.clone() });
    }

    let text = format!("{}\n{}", submission.title, submission.body);
    // 受保护的件拆出来的，同样受保护。
    let comes_of_protected = submission.split_from.as_ref().is_some_and(|origin| origin.restricted);
    let is_protected =
        kind.restricted || category.is_some_and(|category| category.restricted) || comes_of_protected;
    let is_danger = submission.danger || !policy::crisis_hits(policy, &text).is_empty();
    let urgency = if is_danger {
        Urgency::Critical
    } else if !policy::urgent_hits(policy, &text).is_empty() {
        Urgency::Urgent
    } else {
        Urgency::Normal
    };
    let proposed =
        || policy::propose(policy, &kind.id, &text).into_iter().next().map(|proposal| proposal.category);
    // A unit that does not exist cannot be kept away; an office for which nobody stands in cannot be, either.
    let mut about: Vec<UnitId> =
        submission.about.into_iter().filter(|unit| policy.unit(unit).is_some()).collect();
    about.sort();
    about.dedup();
    if !recusal::somebody_is_left(&about, policy) {
        about.retain(|unit| *unit != policy.school.coordinator);
    }
    let by_requester = matches!(ctx.actor, Actor::Requester);
    let at = recorded_at(submission.identity, by_requester, None, ctx.now);
    let place = submission.place.id.as_ref();
    let dispatched = (kind.dispatches_itself && !is_protected)
        .then(|| category.map(|known| known.id.clone()).or_else(proposed))
        .flatten()
        .and_then(|id| policy.category(&id))
        .filter(|category| !category.restricted)
        .and_then(|category| Some((category.id.clone(), policy.unit_for(&category.id, place, at.day())?)))
        .filter(|(_, unit)| !policy.line_of(unit).iter().any(|above| about.contains(above)));

    let chosen = match &submission.unit {
        Some(unit) => {
            let chosen = chosen_unit(unit, &about, is_protected || is_danger, ctx)?;
            let road = policy.statutory_of(&kind.id, submission.category.as_ref());
            if let Some((procedure, unit)) = road.filter(|_| !is_danger).zip(chosen.as_ref()) {
                let (category, place) = (&submission.category, &submission.place.id);
                statutory::may_have_it(procedure, category, place, &about, unit, ctx)?;
            }
            chosen
        }
        None => None,
    };

    let is_anonymous = submission.identity == Identity::Anonymous;
    // 拆出来的一件从这件事最初提交时数，拆几次都不赢得时间。
    let from = submission.split_from.as_ref().map_or(at, |origin| origin.matter_since.min(at));
    let split_since = submission.split_from.is_some().then_some(from);
    let promise = |clock, route| {
        let counted = |from| {
            let category = category.map(|category| &category.id);
            let of = Circumstances { kind: &kind.id, category, urgency, route, reopened: false, from };
            ctx.promised(clock, &of, is_anonymous && by_requester)
        };
        // What would be over already is counted from now: nobody is late by a case that was not theirs.
        counted(from).and_then(|promise| if promise.due <= at { counted(at) } else { Ok(promise) })
    };
    let personal = |words: String| if is_anonymous { String::new() } else { words };
    let mut drafts = vec![ctx.draft(
        Event::Submitted {
            kind: kind.id.clone(),
            category: dispatched.as_ref().map(|(id, _)| id.clone()).or(submission.category),
            place: submission.place.id,
            identity: submission.identity,
            channel: submission.channel,
            urgency,
            restricted: is_protected || is_danger,
            may_publish: submission.may_publish && !comes_of_protected,
            files: submission.files,
            policy_version: ctx.policy_version,
            promises: vec![promise(Clock::Acknowledge, None)?, promise(Clock::FirstReply, None)?],
            about: about.clone(),
            split_from: submission.split_from.map(|origin| origin.no),
            split_since,
        },
        [
            (TextKind::Title, submission.title),
            (TextKind::Body, submission.body),
            (TextKind::Room, submission.place.room),
            (TextKind::Contact, personal(submission.contact)),
            (TextKind::OnBehalfOf, personal(submission.on_behalf_of)),
            (TextKind::OutsideNo, submission.outside_no),
        ],
    )];
    // What is about the office itself does not come before it.
    let stands_in = policy.stands_in(&about).cloned();
    let forced = stands_in.is_some();
    let given = stands_in.map(|unit| (By::Rule, unit));
    let given = given.or(dispatched.map(|(_, unit)| (By::Rule, unit)));
    if let Some((by, unit)) = given.or(chosen.map(|unit| (ctx.by(), unit))) {
        let promises = vec![promise(Clock::Result, Some(Route::Direct))?];
        let draft = |event| Draft { by: by.clone(), event, texts: Vec::new() };
        drafts.push(draft(Event::Accepted { promises }));
        drafts.push(draft(Event::Assigned { unit, forced, promises: Vec::new() }));
    }
    Ok(drafts)
}

/// The unit that staff have chosen. What is protected or dangerous goes to the coordinating office first, whatever an
/// officer chose: nobody is turned away at the counter for it.
fn chosen_unit(
    unit: &UnitId,
    about: &[UnitId],
    is_for_clerks: bool,
    ctx: &Ctx<'_>,
) -> Result<Option<UnitId>, Refusal> {
    let Actor::Staff { duties, .. } = ctx.actor else { return Err(Refusal::NotYours) };
    open_to(unit, about, ctx.policy)?;
    if duties.iter().any(|duty| duty.role == Role::Clerk) {
        return Ok(Some(unit.clone()));
    }
    let works_there = |role| matches!(role, Role::Officer | Role::UnitHead);
    let is_own = duties.iter().any(|duty| works_there(duty.role) && duty.unit.as_ref() == Some(unit));
    if is_own { Ok((!is_for_clerks).then(|| unit.clone())) } else { Err(Refusal::NotYours) }
}

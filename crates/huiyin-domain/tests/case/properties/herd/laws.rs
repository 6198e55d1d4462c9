//! The laws of several cases: on what one deed wrote, and on how all of them stand after it.

use super::steps::Deed;
use crate::events::name_of;
use crate::herd::{Herd, Written, said};
use crate::properties::laws;
use crate::record::{Line, World};
use crate::school::{self, POSTS};
use huiyin_domain::access::{Role, may_see};
use huiyin_domain::case::together::is_along;
use huiyin_domain::case::*;
use huiyin_domain::ids::{CaseNo, UnitId};
use std::collections::{BTreeMap, BTreeSet};

/// How all stood before a deed.
pub type Before = BTreeMap<CaseNo, Case>;

/// How all stand.
pub fn stand(herd: &Herd) -> Before {
    herd.lives.iter().map(|(no, life)| (no.clone(), life.case().clone())).collect()
}

/// Everything that must hold of all of them between two deeds.
pub fn of_a_herd(herd: &Herd, world: &World) {
    let cases = stand(herd);
    for (no, case) in &cases {
        laws::one_unit_is_responsible(case, world);
        laws::a_recused_unit_wears_no_hat(case, world);
        both_sides_say_the_same(no, case, &cases);
        nobody_is_kept_away_for_nobody(no, case, world);
        if let Some(lead) = lead_of(case, &cases) {
            who_is_kept_away_is_kept_from_both(case, lead, world);
        }
    }
}

fn lead_of<'c>(case: &Case, cases: &'c Before) -> Option<&'c Case> {
    let merger = case.merged.as_ref().filter(|_| case.stage == Stage::Merged)?;
    Some(&cases[&merger.into])
}

// 2.4
fn nobody_is_kept_away_for_nobody(no: &CaseNo, case: &Case, world: &World) {
    for unit in &case.recused {
        let took_over = |from: &UnitId| {
            let recorded = Succession { from: from.clone(), unit: unit.clone() };
            case.recused_as_heirs.contains(&recorded) || world.policy.heir_of(from) == Some(unit)
        };
        let has_a_reason = case.is_recused_by_itself(unit)
            || case.recused_with_lead.contains(unit)
            || case.recused.iter().any(took_over);
        assert!(has_a_reason, "{unit} is kept away from {no} for a unit that is not");
    }
    let is_away = |unit: &UnitId| case.is_recused(unit);
    assert!(case.recused_with_lead.iter().all(is_away));
    assert!(case.recused_as_heirs.iter().all(|heir| is_away(&heir.unit)));
}

// 3.8
fn both_sides_say_the_same(no: &CaseNo, case: &Case, cases: &Before) {
    let along: BTreeSet<&CaseNo> =
        cases.iter().filter(|(_, other)| is_along(other, no)).map(|(other, _)| other).collect();
    let named: BTreeSet<&CaseNo> = case.joined.iter().collect();
    assert_eq!(along, named, "the lead {no} and what came along tell different things");
    assert_eq!(named.len(), case.joined.len(), "{no} counts one of them twice");
    assert!(
        along.is_empty() || case.stage.is_open(),
        "{no} is {:?} and {along:?} still wait for it",
        case.stage
    );
    assert!(along.is_empty() || case.merged.is_none(), "a chain of cases goes through {no}");
    if case.stage == Stage::Merged {
        let merger = case.merged.as_ref().expect("it is handled with some case");
        assert!(merger.into != *no && cases.contains_key(&merger.into));
    }
}

// 2.4, 7.6
fn who_is_kept_away_is_kept_from_both(along: &Case, lead: &Case, world: &World) {
    let away = |case: &Case| world.policy.with_heirs(&case.recused);
    assert_eq!(away(along), away(lead), "not the same are kept away from both");
    assert_eq!(
        along.restricted, lead.restricted,
        "one is protected, and its lead is not, or the other way round"
    );
    assert!(lead.is_crisis() || !along.is_crisis(), "nobody watches the clocks of a case in danger");
    let road = |case: &Case| {
        world.policy.statutory_of(&case.kind, case.category.as_ref()).map(|procedure| procedure.id.clone())
    };
    assert_eq!(road(along), road(lead), "what the law gives one body is answered by another");
    for unit in away(along).iter().chain(&away(lead)) {
        for role in [Role::Officer, Role::UnitHead, Role::Clerk] {
            let near = school::staff(role, Some(unit.as_str()), None);
            assert!(!may_see(&near, along, &world.policy) && !may_see(&near, lead, &world.policy));
        }
    }
    let posts = world.policy.leaders_kept_away(&away(along));
    for post in POSTS.iter().filter(|post| posts.iter().any(|away| away == *post)) {
        let leader = school::leader(post);
        assert!(!may_see(&leader, along, &world.policy) && !may_see(&leader, lead, &world.policy));
    }
}

/// Everything that must hold of what one deed wrote.
pub fn of_a_deed(before: &Before, written: &[Written], deed: &Deed, no: &CaseNo, herd: &Herd, world: &World) {
    let after = stand(herd);
    for (on, line) in written {
        what_follows_is_of_the_rule(on, line, deed, no);
        no_clock_moves_by_being_together(line);
        it_is_judged_apart(on, line, written);
        another_round_goes_to_who_answered(line, herd, on);
        protection_of_its_own_stays(line);
        undoing_has_its_time(line, world);
        recusal_of_its_own_stays(line);
        a_rule_parts_only_what_differs(line, &after, world);
        who_is_named_on_the_lead_stays_away(line, &after[on], &after);
        who_is_named_on_the_lead_is_named_along(on, line, &after);
    }
    nobody_learns_the_minute(no, &after[no], written);
    for (lead, case) in before.iter().filter(|(_, case)| !case.joined.is_empty()) {
        the_answer_reaches_all(lead, case, &after, written);
        progress_reaches_all(lead, case, &after, written);
    }
    for (on, case) in before.iter().filter(|(_, case)| case.stage == Stage::Merged) {
        nobody_is_answered_before_the_lead(on, case, written);
    }
    goes_back_to_where_it_was(written);
}

/// What is written on others than the one somebody acts upon is written by the rule, or is the other side of the same deed.
fn what_follows_is_of_the_rule(on: &CaseNo, line: &Line, deed: &Deed, no: &CaseNo) {
    if on == no || !deed.is_ordinary() {
        return;
    }
    assert_eq!(line.recorded.by, By::Rule, "{} on {on}, which nobody touched", name_of(&line.recorded.event));
    let follows = matches!(
        line.recorded.event,
        Event::Recused { .. }
            | Event::RecusalLifted(_)
            | Event::Protected {}
            | Event::RestrictionLowered {}
            | Event::ProgressReported { through: Some(_), .. }
            | Event::Replied { through: Some(_), .. }
            | Event::StruckOff {}
            | Event::Unmerged {}
            | Event::Parted { .. }
            | Event::Assigned { .. }
            | Event::Escalated { .. }
    );
    assert!(follows, "{} follows from nothing", name_of(&line.recorded.event));
}

// 3.8, 4.2
fn no_clock_moves_by_being_together(line: &Line) {
    let is_about_both = matches!(
        line.recorded.event,
        Event::Merged { .. }
            | Event::Unmerged {}
            | Event::Joined { .. }
            | Event::Parted { .. }
            | Event::Protected {}
    );
    if let Some(before) = line.before.as_ref().filter(|_| is_about_both) {
        assert_eq!(before.round().promises, line.after.round().promises, "a promise moved");
        assert_eq!(before.round().waits, line.after.round().waits);
    }
}

// 3.8
fn it_is_judged_apart(on: &CaseNo, line: &Line, written: &[Written]) {
    if matches!(
        line.recorded.event,
        Event::Rated { .. } | Event::EffectChecked { .. } | Event::Reopened { .. }
    ) {
        assert!(written.iter().all(|(other, _)| other == on), "a judgement touched another case");
    }
}

// 3.8, 5.3
fn another_round_goes_to_who_answered(line: &Line, herd: &Herd, on: &CaseNo) {
    let Event::Reopened { .. } = line.recorded.event else { return };
    let lines = &herd.lives[on].lines;
    let earlier = lines.iter().filter(|earlier| earlier.recorded.seq < line.recorded.seq);
    let Some(answered) =
        earlier.clone().rev().find(|earlier| matches!(earlier.recorded.event, Event::Replied { .. }))
    else {
        panic!("a round was opened on what was never answered");
    };
    let Event::Replied { through: Some(unit), .. } = &answered.recorded.event else { return };
    let since = earlier.filter(|earlier| earlier.recorded.seq > answered.recorded.seq);
    let mut unit = Some(unit.clone());
    for line in since {
        match &line.recorded.event {
            Event::Recused { units, .. } => unit = unit.filter(|unit| !units.contains(unit)),
            Event::Succeeded(Succession { from, unit: heir }) if unit.as_ref() == Some(from) => {
                unit = Some(heir.clone());
            }
            _ => {}
        }
    }
    assert_eq!(line.after.unit, unit, "another round did not go to the unit that had answered");
}

// 7.6
fn protection_of_its_own_stays(line: &Line) {
    let Some(before) = line.before.as_ref().filter(|before| before.stage == Stage::Merged) else { return };
    if let Event::RestrictionLowered {} = line.recorded.event {
        assert!(before.is_protected_by_lead, "its own protection was lowered with that of the lead");
    }
}

// 3.8
fn a_rule_parts_only_what_differs(line: &Line, after: &Before, world: &World) {
    let (Event::Unmerged {}, By::Rule, Some(along)) = (&line.recorded.event, &line.recorded.by, &line.before)
    else {
        return;
    };
    let lead = &after[&along.merged.as_ref().expect("it was merged").into];
    let away = |case: &Case| world.policy.with_heirs(&case.recused);
    let road = |case: &Case| {
        world.policy.statutory_of(&case.kind, case.category.as_ref()).map(|procedure| procedure.id.clone())
    };
    let differs = away(along) != away(lead)
        || along.restricted != lead.restricted
        || along.is_crisis() != lead.is_crisis()
        || road(along) != road(lead);
    assert!(differs || !lead.stage.is_open(), "parted from its lead for nothing");
}

// 2.4, 3.8
fn who_is_named_on_the_lead_stays_away(line: &Line, parted: &Case, after: &Before) {
    let (Event::Unmerged {}, By::Rule, Some(along)) = (&line.recorded.event, &line.recorded.by, &line.before)
    else {
        return;
    };
    let lead = &after[&along.merged.as_ref().expect("it was merged").into];
    let let_in = lead.recused.iter().find(|unit| lead.is_recused_by_itself(unit) && !parted.is_recused(unit));
    assert_eq!(let_in, None, "named on the lead, and let in where it had come along");
}

// 2.4, 3.8
fn who_is_named_on_the_lead_is_named_along(lead: &CaseNo, line: &Line, after: &Before) {
    let (Event::Recused { units, heirs, .. }, By::Staff { .. }) = (&line.recorded.event, &line.recorded.by)
    else {
        return;
    };
    let is_heir = |unit: &UnitId| heirs.iter().any(|heir| heir.unit == *unit);
    for (no, along) in after.iter().filter(|(_, other)| is_along(other, lead)) {
        let is_named = |unit: &UnitId| {
            along.is_recused_by_itself(unit) || along.recused_with_lead.contains(unit) || is_heir(unit)
        };
        let left = units.iter().find(|unit| !is_named(unit));
        assert_eq!(left, None, "named on the lead {lead}, and away from {no} for another's sake alone");
    }
}

// 2.4
fn recusal_of_its_own_stays(line: &Line) {
    let (Event::RecusalLifted(lifting), By::Rule, Some(before)) =
        (&line.recorded.event, &line.recorded.by, &line.before)
    else {
        return;
    };
    let own = lifting.units.iter().find(|unit| before.is_recused_by_itself(unit));
    assert_eq!(own, None, "kept away for its own sake and let in with the lead");
}

// 3.8
fn undoing_has_its_time(line: &Line, world: &World) {
    let (Event::Unmerged {}, By::Staff { .. }) = (&line.recorded.event, &line.recorded.by) else { return };
    let merger = line.before.as_ref().and_then(|before| before.merged.as_ref()).expect("it was merged");
    let days = u32::from(world.policy.merging.undo_days);
    assert!(line.recorded.at < merger.at.plus_hours(days * 24), "undone too late");
}

// 2.1
fn nobody_learns_the_minute(no: &CaseNo, case: &Case, written: &[Written]) {
    let act = written.first().filter(|(on, line)| on == no && line.is_of_requester);
    let Some((_, act)) = act.filter(|_| case.identity == Identity::Anonymous) else { return };
    for (on, line) in written {
        let (at, own) = (line.recorded.at, act.recorded.at);
        let is_pushed_up = line.before.as_ref().is_some_and(|before| before.last_at == at);
        let name = name_of(&line.recorded.event);
        assert!(at == own || is_pushed_up, "{name} on {on} tells the minute of an anonymous act on {no}");
    }
}

fn lines_on(written: &[Written], no: &CaseNo) -> Vec<Line> {
    written.iter().filter(|(on, _)| on == no).map(|(_, line)| line.clone()).collect()
}

// 3.8, 5.1
fn the_answer_reaches_all(lead: &CaseNo, before: &Case, after: &Before, written: &[Written]) {
    let of_lead = lines_on(written, lead);
    let is_answer = |line: &&Line| matches!(line.recorded.event, Event::Replied { .. });
    let Some(answered) = of_lead.iter().find(is_answer) else { return };
    let Event::Replied { outcome, visibility, files, .. } = &answered.recorded.event else { return };
    for other in &before.joined {
        let lines = lines_on(written, other);
        let got =
            lines.iter().find(is_answer).unwrap_or_else(|| panic!("{other} was not answered with its lead"));
        let Event::Replied { outcome: of_other, visibility: to, through, files: papers, .. } =
            &got.recorded.event
        else {
            unreachable!("it is an answer");
        };
        assert_eq!((of_other, through.as_ref()), (outcome, answered.after.unit.as_ref()));
        let words = said(&lines, TextKind::Words).expect("every answer has words");
        let (own, joined) = (said(&of_lead, TextKind::Words), said(&of_lead, TextKind::JoinedWords));
        let is_for_all = *visibility == Visibility::Public;
        assert_eq!(
            Some(words),
            if is_for_all { joined.or(own) } else { joined },
            "words of the lead's alone"
        );
        assert!(is_for_all || papers.is_empty(), "papers of the lead's requester went along");
        assert!(!is_for_all || papers == files);
        let may_be_read = *to == Visibility::Public;
        assert!(!may_be_read || (is_for_all && got.after.may_publish && !got.after.restricted));
        assert_eq!((after[other].stage, &after[other].merged), (Stage::Replied, &None));
    }
    assert!(after[lead].joined.is_empty(), "somebody still waits for an answered lead");
}

// 3.8, 5.2
fn progress_reaches_all(lead: &CaseNo, before: &Case, after: &Before, written: &[Written]) {
    let of_lead = lines_on(written, lead);
    let is_report = |line: &&Line| matches!(line.recorded.event, Event::ProgressReported { .. });
    if !of_lead.iter().any(|line| is_report(&line)) {
        return;
    }
    for other in &before.joined {
        let lines = lines_on(written, other);
        assert!(lines.iter().any(|line| is_report(&line)), "{other} did not hear how it stands");
        assert_eq!(said(&lines, TextKind::Words), said(&of_lead, TextKind::JoinedWords));
        assert!(after[other].round().first_reply_at.is_some());
    }
}

// 3.8
fn nobody_is_answered_before_the_lead(on: &CaseNo, before: &Case, written: &[Written]) {
    let at = |no: &CaseNo| {
        let is_answer = |line: &Line| matches!(line.recorded.event, Event::Replied { .. });
        written.iter().position(|(other, line)| other == no && is_answer(line))
    };
    let lead = &before.merged.as_ref().expect("it is merged").into;
    assert!(at(on).is_none() || at(lead).is_some_and(|first| Some(first) < at(on)), "{on} before {lead}");
}

// 3.8
fn goes_back_to_where_it_was(written: &[Written]) {
    for (no, line) in written {
        let Event::Unmerged {} = line.recorded.event else { continue };
        let merger = line.before.as_ref().and_then(|before| before.merged.clone()).expect("it was merged");
        assert_eq!(line.after.stage, merger.stage, "{no} did not go back to where it was");
        assert!(line.after.merged.is_none() && line.after.stage.is_open());
    }
}

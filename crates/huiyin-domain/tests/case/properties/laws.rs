//! The laws, each on one line of a record or on the case between two lines.

use super::past_the_unit;
use super::steps::MARK;
use crate::events::name_of;
use crate::record::{Life, Line, World};
use huiyin_domain::access::{Role, may_see};
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::*;

/// From where to where each event may lead. "closed" stands for archived, declined and withdrawn.
const TRANSITIONS: &[(&str, &[Stage], To)] = &[
    ("accepted", &[Stage::Submitted], To::This(Stage::Accepted)),
    ("assigned", &[Stage::Accepted], To::This(Stage::Assigned)),
    ("transferred", &[Stage::Submitted, Stage::Accepted, Stage::Assigned], To::This(Stage::Assigned)),
    ("escalated", &[Stage::Submitted], To::This(Stage::Accepted)),
    ("escalated", &[Stage::Accepted, Stage::Assigned], To::Same),
    ("instructed", &[Stage::Accepted, Stage::Assigned], To::This(Stage::Assigned)),
    ("signed_for", &[Stage::Assigned], To::Same),
    ("allotted", &[Stage::Assigned], To::Same),
    ("sent_back", &[Stage::Assigned], To::This(Stage::Accepted)),
    ("taken_back", &[Stage::Assigned], To::This(Stage::Accepted)),
    ("progress_reported", &[Stage::Assigned], To::Same),
    ("replied", &[Stage::Assigned], To::This(Stage::Replied)),
    ("matched", &Stage::ALL, To::Same),
    ("removed", &[Stage::Archived, Stage::Declined, Stage::Withdrawn], To::Same),
    ("noted", &[Stage::Submitted, Stage::Accepted, Stage::Assigned, Stage::Replied, Stage::Rated], To::Same),
    ("supplemented", &[Stage::Submitted, Stage::Accepted, Stage::Assigned, Stage::Replied], To::Same),
    ("urged", &[Stage::Submitted, Stage::Accepted, Stage::Assigned], To::Same),
    ("rated", &[Stage::Replied], To::This(Stage::Rated)),
    ("rated", &[Stage::Rated, Stage::Accepted, Stage::Assigned], To::Same),
    ("follow_up_tried", &[Stage::Replied], To::Same),
    ("reopened", &[Stage::Rated, Stage::Archived], To::This(Stage::Assigned)),
    ("reopened", &[Stage::Rated, Stage::Archived], To::This(Stage::Accepted)),
    ("assigned", &[Stage::Submitted], To::This(Stage::Assigned)),
    ("replied", &[Stage::Merged], To::This(Stage::Replied)),
    ("supplemented", &[Stage::Merged], To::Same),
    ("urged", &[Stage::Merged], To::Same),
    ("progress_reported", &[Stage::Merged], To::Same),
    ("withdrawn", &[Stage::Merged], To::This(Stage::Withdrawn)),
    ("corrected", &[Stage::Merged], To::Same),
    ("succeeded", &[Stage::Assigned, Stage::Replied, Stage::Rated, Stage::Merged], To::Same),
    ("assistance_asked", &[Stage::Assigned], To::Same),
    ("opinion_given", &[Stage::Assigned], To::Same),
    ("assistance_reminded", &[Stage::Assigned], To::Same),
    ("assistance_missed", &[Stage::Assigned], To::Same),
    ("recused", &[Stage::Assigned], To::This(Stage::Accepted)),
    (
        "recused",
        &[Stage::Submitted, Stage::Accepted, Stage::Assigned, Stage::Replied, Stage::Rated],
        To::Same,
    ),
    ("recused", &[Stage::Merged], To::Same),
    (
        "recusal_lifted",
        &[Stage::Submitted, Stage::Accepted, Stage::Assigned, Stage::Replied, Stage::Rated, Stage::Merged],
        To::Same,
    ),
    ("protected", &[Stage::Merged], To::Same),
    ("restriction_lowered", &[Stage::Merged, Stage::Archived], To::Same),
    ("complaint_answered", &Stage::ALL, To::Same),
    ("complaint_missed", &Stage::ALL, To::Same),
    ("merged", OPEN, To::This(Stage::Merged)),
    ("unmerged", &[Stage::Merged], To::This(Stage::Assigned)),
    ("unmerged", &[Stage::Merged], To::This(Stage::Accepted)),
    ("unmerged", &[Stage::Merged], To::This(Stage::Submitted)),
    ("joined", OPEN, To::Same),
    ("parted", ANY_LIVING, To::Same),
    ("parted", &[Stage::Declined, Stage::Withdrawn], To::Same),
    ("split_off", OPEN, To::Same),
    ("extension_asked", &[Stage::Assigned], To::Same),
    ("extended", &[Stage::Assigned], To::Same),
    ("extension_refused", &[Stage::Assigned], To::Same),
    ("asked", &[Stage::Assigned], To::Same),
    ("resumed", &[Stage::Assigned], To::Same),
    ("shelved", &[Stage::Replied], To::Same),
    ("shelved_reviewed", LISTED, To::Same),
    ("review_missed", LISTED, To::Same),
    ("struck_off", LISTED, To::Same),
    ("strike_off_asked", LISTED, To::Same),
    ("reply_proposed", &[Stage::Assigned], To::Same),
    ("reply_returned", &[Stage::Assigned], To::Same),
    ("handling_complained", ANY_LIVING, To::Same),
    ("handling_complained", &[Stage::Declined, Stage::Merged], To::Same),
    ("effect_check_due", &[Stage::Rated, Stage::Archived], To::Same),
    ("effect_checked", &[Stage::Rated, Stage::Archived], To::Same),
    ("supervision_ended", &[Stage::Rated, Stage::Archived], To::Same),
    (
        "restriction_lowered",
        &[Stage::Submitted, Stage::Accepted, Stage::Assigned, Stage::Replied, Stage::Rated],
        To::Same,
    ),
    ("withdrawn", &[Stage::Submitted, Stage::Accepted, Stage::Assigned], To::This(Stage::Withdrawn)),
    ("declined", &[Stage::Submitted, Stage::Accepted], To::This(Stage::Declined)),
    (
        "corrected",
        &[Stage::Submitted, Stage::Accepted, Stage::Assigned, Stage::Replied, Stage::Rated, Stage::Archived],
        To::Same,
    ),
    ("classified", &[Stage::Submitted], To::Same),
    ("published", &[Stage::Assigned, Stage::Replied, Stage::Rated, Stage::Archived], To::Same),
    (
        "unpublished",
        &[Stage::Accepted, Stage::Assigned, Stage::Replied, Stage::Rated, Stage::Archived],
        To::Same,
    ),
    ("reminded", &[Stage::Submitted, Stage::Accepted, Stage::Assigned], To::Same),
    ("reminded_by_hand", &[Stage::Submitted, Stage::Accepted, Stage::Assigned], To::Same),
    ("deadline_missed", &[Stage::Submitted, Stage::Accepted, Stage::Assigned], To::Same),
    ("supervised", ANY_LIVING, To::Same),
    ("archived", &[Stage::Replied, Stage::Rated], To::This(Stage::Archived)),
    ("field_arrived", &[Stage::Assigned], To::Same),
    ("field_pictured", &[Stage::Assigned], To::Same),
    ("part_awaited", &[Stage::Assigned], To::Same),
    ("part_due", &[Stage::Assigned], To::Same),
    ("squad_called", &[Stage::Assigned], To::Same),
    ("squad_released", &[Stage::Assigned], To::Same),
    ("work_reported", &[Stage::Assigned], To::Same),
    ("cosigners_named", OPEN, To::Same),
    ("cosign_answered", OPEN, To::Same),
    ("proposal_settled", OPEN, To::Same),
];

/// Stages in which a matter may stand on the list of what cannot be done yet.
const LISTED: &[Stage] =
    &[Stage::Accepted, Stage::Assigned, Stage::Replied, Stage::Rated, Stage::Archived, Stage::Merged];
const OPEN: &[Stage] = &[Stage::Submitted, Stage::Accepted, Stage::Assigned];
const ANY_LIVING: &[Stage] =
    &[Stage::Submitted, Stage::Accepted, Stage::Assigned, Stage::Replied, Stage::Rated, Stage::Archived];

enum To {
    This(Stage),
    Same,
}

/// Everything that must hold of a line just written.
pub fn of_a_line(line: &Line, world: &World) {
    transition_is_legal(line);
    promises_move_only_by_promising(line);
    working_deadlines_fall_on_working_days(line, world);
    passing_on_wins_no_time(line, world);
    a_day_granted_is_the_day(line);
    words_stay_out_of_the_record(line);
    anonymity_holds(line, world);
    the_protected_stays_protected(line);
    the_next_in_charge_is_told(line, world);
    only_what_is_over_is_removed(line, world);
    past_the_unit::a_law_moves_its_own_clock_alone(line);
    past_the_unit::a_complaint_leaves_no_mark(line, world);
}

/// Everything that must hold of a case between two lines.
pub fn of_a_case(life: &Life, world: &World, now: Instant) {
    the_fold_is_the_case(life);
    one_unit_is_responsible(life.case(), world);
    a_recused_unit_wears_no_hat(life.case(), world);
    the_clock_settles_and_wakes(life, world, now);
    nothing_is_witnessed_twice(life);
}

fn transition_is_legal(line: &Line) {
    let (name, after) = (name_of(&line.recorded.event), line.after.stage);
    let Some(before) = line.before.as_ref().map(|case| case.stage) else {
        return assert_eq!((name, after), ("submitted", Stage::Submitted));
    };
    let is_legal = TRANSITIONS.iter().any(|(event, from, to)| {
        let to = match to {
            To::This(stage) => *stage,
            To::Same => before,
        };
        *event == name && from.contains(&before) && to == after
    });
    assert!(is_legal, "{name} from {before:?} to {after:?} is in no row of the table");
}

fn promises_of(event: &Event) -> &[Promise] {
    match event {
        Event::Submitted { promises, .. }
        | Event::Accepted { promises }
        | Event::Assigned { promises, .. }
        | Event::Transferred { promises, .. }
        | Event::Escalated { promises, .. }
        | Event::Instructed { promises, .. }
        | Event::Corrected { promises, .. }
        | Event::Classified(Classified { promises, .. })
        | Event::Extended { promises }
        | Event::Resumed { promises, .. }
        | Event::Reopened { promises, .. } => promises,
        _ => &[],
    }
}

// 4.2
fn promises_move_only_by_promising(line: &Line) {
    let promised = promises_of(&line.recorded.event);
    let is_new_round =
        line.before.as_ref().is_none_or(|before| before.rounds.len() != line.after.rounds.len());
    for clock in due::CLOCKS {
        let before = line.before.as_ref().and_then(|case| case.round().promise(clock));
        let expected = match promised.iter().find(|promise| promise.clock == clock) {
            Some(promise) => Some(promise),
            None if is_new_round => None,
            None => before,
        };
        assert_eq!(line.after.round().promise(clock), expected, "{clock:?} moved without a promise");
    }
}

// 4.1
fn working_deadlines_fall_on_working_days(line: &Line, world: &World) {
    for promise in promises_of(&line.recorded.event) {
        let (day, time) = (promise.due.day(), promise.due.time_of_day());
        let counts = match promise.calendar {
            ClockCalendar::Working => world.calendar.is_working_day(day),
            ClockCalendar::School => world.calendar.is_school_day(day, &world.policy.terms),
            ClockCalendar::Hours => continue,
        };
        assert!(counts, "{:?} ends on a rest day, {day}", promise.clock);
        assert_eq!(time, world.policy.office.closes);
        assert!(day > promise.from.day(), "the starting day counts");
    }
}

// 3.3
fn passing_on_wins_no_time(line: &Line, world: &World) {
    if let Event::Assigned { promises, .. }
    | Event::Transferred { promises, .. }
    | Event::Escalated { promises, .. } = &line.recorded.event
    {
        let (after, limits) = (&line.after, &world.policy.limits);
        assert_eq!(
            after.awaits_instruction,
            after.route == Some(Route::Refer),
            "nothing waits for a leader before whom it no longer lies"
        );
        let running = after.round().promise(Clock::Result).expect("a case on a route has a result clock");
        // A leader's own day is no limit of the school; and what goes up because it was bounced twice keeps its limit.
        let goes_up = matches!(line.recorded.event, Event::Escalated { .. }) && line.recorded.by == By::Rule;
        if goes_up {
            assert!(promises.is_empty(), "bouncing won time");
        } else if let Some(limit) = limits.iter().find(|limit| limit.id == running.limit) {
            let fits =
                limit.routes.is_empty() || after.route.is_some_and(|route| limit.routes.contains(&route));
            assert!(fits, "the limit of another route came along: {} on {:?}", limit.id, after.route);
        }
        for promise in promises {
            assert_eq!(
                Some(promise.from),
                line.after.counted_from(),
                "passing a case on restarted its clock"
            );
        }
    }
}

// 4.4
fn a_day_granted_is_the_day(line: &Line) {
    if let Event::Extended { .. } = &line.recorded.event {
        assert_eq!(line.after.asked_at, None, "a wait from before would move the day that was granted");
    }
}

// 10.5
fn words_stay_out_of_the_record(line: &Line) {
    let stored = serde_json::to_string(&line.recorded).expect("a line can be written");
    assert!(!stored.contains(MARK), "words of a person stand in the record: {stored}");
}

// 2.1
fn anonymity_holds(line: &Line, world: &World) {
    if line.after.identity != Identity::Anonymous {
        return;
    }
    let is_personal = |kind| matches!(kind, TextKind::Contact | TextKind::OnBehalfOf);
    assert!(!line.texts.iter().any(|text| is_personal(text.kind)), "a personal datum of nobody was kept");
    let at = line.recorded.at;
    let is_pushed_up = line.before.as_ref().is_some_and(|before| before.last_at == at);
    let is_own_act = line.recorded.by == By::Requester;
    let is_answered_at_once = line.recorded.by == By::Rule && line.is_of_requester;
    if is_own_act {
        assert!(at == at.floor_to_hour() || is_pushed_up, "the minute of an anonymous act was kept");
    }
    if let (Event::Resumed { until, .. }, true) = (&line.recorded.event, is_answered_at_once) {
        // The clock goes on from the answer as it was recorded; its promise keeps where it was counted from.
        assert!(*until <= at, "a clock that goes on tells the minute of an anonymous act");
    } else if is_own_act || is_answered_at_once {
        let is_corrected = matches!(line.recorded.event, Event::Corrected { .. });
        let stood = |clock| line.before.as_ref().and_then(|case| case.round().promise(clock));
        for promise in promises_of(&line.recorded.event) {
            // A clock that words of danger make earlier keeps where it was counted from, if that is not over.
            if is_corrected && stood(promise.clock).is_some_and(|old| old.from == promise.from) {
                continue;
            }
            assert_eq!(promise.from, at, "a promise tells the minute of an anonymous act");
            let hours = world.policy.limits.iter().find(|limit| limit.id == promise.limit);
            if let Some(hours) = hours.and_then(|limit| limit.hours) {
                let next_hour = at.floor_to_hour().plus_hours(1);
                assert_eq!(promise.due, next_hour.plus_hours(u32::from(hours)), "an hour was cut short");
            }
        }
    }
}

// 1.7
fn the_protected_stays_protected(line: &Line) {
    let after = &line.after;
    assert!(!after.is_published || (after.may_publish && !after.restricted), "shown against the rule");
    if let Some(before) = &line.before {
        let is_called_off = matches!(line.recorded.event, Event::RestrictionLowered {});
        assert!(after.restricted || !before.restricted || is_called_off, "protection was lifted");
        let says_so = matches!(line.recorded.event, Event::Rated { publish: Some(true), .. });
        assert!(after.may_publish <= before.may_publish || says_so, "consent appeared from nowhere");
    }
}

fn the_fold_is_the_case(life: &Life) {
    let folded = fold(life.lines.iter().map(|line| &line.recorded));
    assert_eq!(folded.as_ref(), Some(life.case()));
}

// 3.4
pub fn one_unit_is_responsible(case: &Case, world: &World) {
    // A unit that is kept away after it answered leaves a closed round to nobody.
    let is_answered = matches!(case.stage, Stage::Replied | Stage::Rated | Stage::Archived);
    if case.stage == Stage::Assigned || (is_answered && case.recused.is_empty()) {
        let unit = case.unit.as_ref().expect("somebody is responsible");
        assert!(!case.assisting.contains(unit), "the responsible unit assists itself");
    } else if !is_answered && !matches!(case.stage, Stage::Withdrawn | Stage::Merged) {
        assert_eq!(case.unit, None);
    }
    let responsible = case.responsible(&world.policy);
    assert_eq!(responsible.is_some(), case.stage.is_open(), "nobody answers for an open case");
    assert!(responsible.is_none_or(|unit| !case.is_recused(&unit)), "a unit answers for a case about itself");
}

// 2.4
pub fn a_recused_unit_wears_no_hat(case: &Case, world: &World) {
    for unit in &case.recused {
        for role in [Role::Officer, Role::UnitHead, Role::Clerk] {
            let near = crate::school::staff(role, Some(unit.as_str()), None);
            assert!(!may_see(&near, case, &world.policy), "{unit} sees a case about itself");
        }
    }
    assert!(!case.assisting.iter().any(|unit| case.is_recused(unit)), "a recused unit assists");
}

// 9.1
fn the_next_in_charge_is_told(line: &Line, world: &World) {
    let moves = matches!(
        line.recorded.event,
        Event::Assigned { .. } | Event::Transferred { .. } | Event::SentBack { .. } | Event::Reopened { .. }
    );
    let is_taken_away = line.before.as_ref().is_some_and(|before| before.unit != line.after.unit);
    if !(moves || is_taken_away && matches!(line.recorded.event, Event::Recused { .. })) {
        return;
    }
    let told = notified(&line.recorded, line.before.as_ref(), &line.after, &world.policy);
    let stands_in = world.policy.stands_in(&line.after.recused).cloned();
    let next = line.after.unit.clone().or(stands_in).map_or(Audience::Office, Audience::Unit);
    assert!(told.contains(&next), "{} told {told:?}, not {next:?}", name_of(&line.recorded.event));
}

// 5.6
fn only_what_is_over_is_removed(line: &Line, world: &World) {
    let Event::Removed { what } = line.recorded.event else { return };
    let before = line.before.as_ref().expect("a case is there before anything of it is removed");
    assert_eq!(line.recorded.by, By::Clock, "nobody removes by hand");
    assert!(before.removed < Some(what), "removed twice");
    assert!(before.shelved.is_none() && before.unsolved_since().is_none(), "it is still watched");
    let rule = world.policy.retention_of(&before.kind, before.category.as_ref()).expect("a rule says so");
    let days = rule.days(what).expect("the rule names the step");
    let ended = before.ended_at.expect("only what is over is removed").day();
    assert!((0..days).fold(ended, |day, _| day.next()) <= line.recorded.at.day(), "removed too early");
}

// 4.6
fn the_clock_settles_and_wakes(life: &Life, world: &World, now: Instant) {
    let mut looked = Life { case: life.case.clone(), lines: vec![] };
    looked.carry_out(world, &Actor::Clock, now, Command::NoteTime).expect("the clock may look");
    let again = world.ask(looked.case.as_ref(), &Actor::Clock, now, Command::NoteTime);
    assert_eq!(again, Ok(vec![]), "the clock found something twice");
    let Some(next) = next_check(looked.case(), &world.policy) else { return };
    assert!(next > now, "the clock would never rest");
    let look = |at| world.ask(looked.case.as_ref(), &Actor::Clock, at, Command::NoteTime);
    assert_eq!(look(next.plus_ms(-1)), Ok(vec![]), "the clock found something before it meant to look");
    assert_ne!(look(next), Ok(vec![]), "the clock was called for nothing");
}

// 4.6
fn nothing_is_witnessed_twice(life: &Life) {
    let case = life.case();
    let mut missed = case.missed.clone();
    missed.sort();
    missed.dedup();
    assert_eq!(missed.len(), case.missed.len(), "a missed promise was witnessed twice");
    let mut reminded = case.reminded.clone();
    reminded.sort();
    reminded.dedup();
    assert_eq!(reminded.len(), case.reminded.len(), "a unit was reminded twice of the same step");
}

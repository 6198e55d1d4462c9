//! What the requester has just done, said back to them above their case (ui.md §12).
//!
//! It is read from the record, so it is the same by account and by receipt code, is true after a second press or a fresh
//! look, and goes by itself.

use crate::cases::log::Bench;
use crate::cases::sight::Seen;
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{By, Case, Clock, Event, HandlingComplaint, Identity, Recorded, Stage};
use huiyin_foundation::say;

/// So long after the act it is still said.
const FRESH_MS: i64 = 5 * 60_000;
const HOUR_MS: i64 = 3_600_000;

/// The sentence; empty when the newest thing on the case is not a fresh act of its requester.
pub(crate) fn just_done(seen: &Seen, bench: &Bench<'_>) -> String {
    let case = seen.case();
    let by_itself = |line: &&Recorded| matches!(line.by, By::Rule | By::Clock);
    let newest = seen.loaded.record.iter().rev().find(|line| !by_itself(line));
    match newest {
        Some(line) if line.by == By::Requester && is_fresh(case, line.at, bench.now) => {
            sentence(case, &line.event, bench)
        }
        _ => String::new(),
    }
}

/// Acts on an anonymous case carry only the hour.
fn is_fresh(case: &Case, at: Instant, now: Instant) -> bool {
    match case.identity {
        Identity::Anonymous => now.0 - at.0 < HOUR_MS,
        _ => now.0 - at.0 < FRESH_MS,
    }
}

fn sentence(case: &Case, event: &Event, bench: &Bench<'_>) -> String {
    let is_along = case.stage == Stage::Merged;
    let unit = case.unit.as_ref().and_then(|id| bench.policy.unit(id)).filter(|_| !is_along);
    let holder =
        if is_along { "承办单位" } else { unit.map_or("受理部门", |unit| unit.name.as_str()) };
    let until = |clock| {
        // One that is handled together with another waits for the day of that one.
        let promise = case.round().promise(clock).filter(|promise| promise.due > bench.now && !is_along);
        promise.map(|promise| say::moment_long(bench.now, promise.due))
    };
    match event {
        Event::Urged { .. } => {
            let again = case.urged_at.map(|at| at.plus_hours(u32::from(bench.policy.urging.every_hours)));
            let again = again
                .map_or_else(String::new, |at| format!("；{} 起可以再催", say::moment_long(bench.now, at)));
            let result =
                until(Clock::Result).map_or_else(String::new, |until| format!("，应在 {until} 前给您结果"));
            format!("已催办，{holder}已收到提醒{result}{again}")
        }
        Event::Supplemented { .. } => {
            let result =
                until(Clock::Result).map_or_else(String::new, |until| format!("，{until} 前给您结果"));
            format!("已补充，{holder}马上能看到，接着办理{result}")
        }
        Event::HandlingComplained(HandlingComplaint { due, about_office, .. }) => {
            let whom = if *about_office { "上一级和纪检督办" } else { "协调部门" };
            let until = due
                .map_or_else(String::new, |due| format!("，{} 前答复您", say::moment_long(bench.now, due)));
            format!("已送{whom}{until}；承办单位看不到，也不会知道")
        }
        Event::EffectChecked { .. } if case.stage.is_open() => match until(Clock::Result) {
            Some(until) => format!("收到了，没解决的重新办理，{until} 前给您结果"),
            None => "收到了，没解决的重新办理".to_owned(),
        },
        Event::EffectChecked { .. } if case.unsolved_since().is_some() => {
            "收到了，还没解决的由协调部门督办，有结果会告诉您".to_owned()
        }
        Event::EffectChecked { .. } => "收到了，谢谢您再说一声；没有别的要您做了".to_owned(),
        Event::CosignersNamed(named) => {
            format!("已请 {} 位教职工附议，他们在消息里看得到；谁答应了，这里马上能看到", named.count)
        }
        Event::Withdrawn {} => "已撤回，不再办理，编号保留".to_owned(),
        Event::Rated { corrects: true, .. } => "评价已更正，以您自己写的为准；评价不显示您的姓名".to_owned(),
        Event::Rated { .. } if case.stage.is_open() => match until(Clock::Result) {
            Some(until) => format!("评价已收到，没解决的重新办理，{until} 前给您结果；评价不显示您的姓名"),
            None => "评价已收到，没解决的重新办理；评价不显示您的姓名".to_owned(),
        },
        Event::Rated { .. } if case.unsolved_since().is_some() => {
            "评价已收到，还没解决的由协调部门督办，有结果会告诉您；评价不显示您的姓名".to_owned()
        }
        Event::Rated { .. } => "评价已收到，谢谢；评价不显示您的姓名".to_owned(),
        Event::Reopened { automatic: false, .. } => match until(Clock::Result) {
            Some(until) => format!("已要求重新办理，{until} 前给您结果"),
            None => "已要求重新办理".to_owned(),
        },
        Event::Unpublished {} => "已撤下公开，只有您自己看得到".to_owned(),
        _ => String::new(),
    }
}

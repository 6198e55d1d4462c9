//! What whoever reads the dossier has just done, said back to them above it: what happened, and what comes next by when.
//!
//! It is read from the record, so that it is the same after a second press, and goes by itself.

use crate::cases::log::Bench;
use crate::cases::sight::Seen;
use crate::cases::timeline::Item;
use huiyin_domain::access::sees_line;
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::{By, Case, Clock, Recorded, Stage};
use huiyin_foundation::say;
use huiyin_foundation::web::Visitor;

/// So long after the act it is still said.
const FRESH_MS: i64 = 2 * 60_000;

/// The sentence; empty when the newest thing that somebody did to the case is not a fresh act of the reader.
pub(super) fn just_done<'i>(
    seen: &Seen,
    items: impl Iterator<Item = &'i Item>,
    visitor: &Visitor,
    bench: &Bench<'_>,
) -> String {
    let is_somebodys = |line: &&Recorded| !matches!(line.by, By::Rule | By::Clock);
    // What goes past the reader is not there, not even by a sentence that goes away.
    let read = || seen.loaded.record.iter().filter(|line| sees_line(&seen.hats, line));
    let Some(newest) = read().rev().find(is_somebodys) else { return String::new() };
    let is_own = matches!(&newest.by, By::Staff { person, .. } if visitor.person.as_ref() == Some(person));
    if !is_own || bench.now.0 - newest.at.0 >= FRESH_MS {
        return String::new();
    }
    // One press may be several lines, with what a rule adds to it between them: what it was about is the first of them.
    let of_this_press =
        |line: &&Recorded| line.at == newest.at && (line.by == newest.by || !is_somebodys(line));
    let pressed = read().rev().skip_while(|line| line.seq > newest.seq).take_while(of_this_press);
    let acts: Vec<u32> = pressed.filter(is_somebodys).map(|line| line.seq).collect();
    let Some(item) = items.filter(|item| acts.contains(&item.seq)).min_by_key(|item| item.seq) else {
        return String::new();
    };
    format!("已记下：{}。{}", item.title, next(seen.case(), bench))
}

/// 「接下来：后勤管理处 11 月 26 日（周四）18:00 前首次回应反映人。」
fn next(case: &Case, bench: &Bench<'_>) -> String {
    let day = |at: Instant| say::moment_long(bench.now, at);
    if case.stage == Stage::Replied && !case.is_crisis() {
        let until = case.round().replied_at.map(|at| at.plus_hours(u32::from(bench.policy.rating.days) * 24));
        return until.map_or_else(String::new, |until| format!("接下来：反映人 {} 前评价。", day(until)));
    }
    let unit = case.responsible(bench.policy).or(case.unit.clone());
    let office = || bench.policy.unit(&bench.policy.school.coordinator);
    let unit = unit.as_ref().and_then(|id| bench.policy.unit(id)).or_else(office);
    let unit = unit.map_or("协调部门", |unit| unit.name.as_str());
    let Some(promise) = case.next_promise() else { return String::new() };
    let what = match promise.clock {
        Clock::Acknowledge => "受理",
        Clock::FirstReply => "首次回应反映人",
        Clock::Result => "反馈结果",
    };
    match promise.due > bench.now {
        true => format!("接下来：{unit} {} 前{what}。", day(promise.due)),
        false => format!("{unit}应于 {} 前{what}，已经过了，请尽快。", day(promise.due)),
    }
}

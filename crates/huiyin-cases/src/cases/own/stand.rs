//! How one's own case stands, in one line at its top: what is promised next and by when, what one is asked for, or who looks into
//! it now.

use crate::cases::log::{self, Bench};
use crate::cases::sight::Seen;
use huiyin_domain::case::{Case, Clock, Stage};
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::say;

/// The promise that runs, or how it ended.
pub(super) struct Stand {
    pub tone: &'static str,
    pub icon: &'static str,
    pub title: String,
    pub line: String,
}

/// The lead case of one that is handled together with it.
pub(super) fn lead_of(tx: &mut Tx, case: &Case) -> Result<Option<Case>, Error> {
    let Some(merger) = case.merged.as_ref().filter(|_| case.stage == Stage::Merged) else { return Ok(None) };
    Ok(log::load(tx, &merger.into)?.map(|loaded| loaded.case))
}

/// By when the answer of the lead case is promised and who gives it: all that its requester is told of the lead.
fn with_lead(bench: &Bench<'_>, lead: Option<&Case>) -> Stand {
    let title = "和相同的诉求一起办理";
    let unit = lead.and_then(|lead| lead.unit.as_ref()).and_then(|id| bench.policy.unit(id));
    let by = unit.map_or_else(String::new, |unit| format!("承办：{}。", unit.name));
    let line = format!(
        "{by}有进展和答复时，您在这里同时收到；您单独评价，没解决就为您单独重办。可以补充、催办，也可以反映办理问题。"
    );
    let running = lead.filter(|lead| lead.stage.is_open());
    let promise = running
        .and_then(|lead| lead.round().promise(Clock::Result).filter(|promise| !lead.stands_still(promise)));
    let Some(promise) = promise else {
        return Stand { tone: "info", icon: "layers", title: title.to_owned(), line };
    };
    let due = say::due(bench.now, promise.due, promise.calendar, bench.calendar);
    if due.tone == say::Tone::Bad {
        let title = format!("{title}，{}，应于 {} 前给您结果", due.left, due.at);
        return Stand { tone: "bad", icon: "triangle-alert", title, line };
    }
    let extended = if promise.is_extended() { "（已批准延期）" } else { "" };
    let title = format!("{title}，{} 前给您结果{extended}", due.at);
    Stand { tone: "info", icon: "layers", title, line }
}

/// How the case stands for its requester; `lead` is the case it is handled together with.
pub(super) fn standing(bench: &Bench<'_>, seen: &Seen, lead: Option<&Case>) -> Option<Stand> {
    let case = seen.case();
    let unit = case.unit.as_ref().and_then(|id| bench.policy.unit(id));
    let holder = unit.map_or_else(String::new, |unit| {
        let phone = if unit.phone.is_empty() { String::new() } else { format!("，电话 {}", unit.phone) };
        format!("承办：{}{phone}", unit.name)
    });
    if case.stage == Stage::Replied && case.is_crisis() {
        let (title, line) = ("已答复".to_owned(), "还需要帮助，随时可以再说，也可以直接打电话".to_owned());
        return Some(Stand { tone: "info", icon: "message-square-text", title, line });
    }
    if case.stage == Stage::Replied {
        let until = case.round().replied_at?.plus_hours(u32::from(bench.policy.rating.days) * 24);
        let shelved = case.shelved.as_ref().map(|shelf| say::day_long(bench.now, shelf.review_on));
        let (title, shelved) = match shelved {
            Some(day) => {
                ("暂时办不了，已挂账，请您评价".to_owned(), format!("；{day}前再看一次，办成了会再答复您"))
            }
            None => ("已答复，请您评价".to_owned(), String::new()),
        };
        let again = match (case.is_on_statute(), case.reopens_by_itself(bench.policy)) {
            (true, _) => "",
            (false, true) => "；没解决会自动重新办理",
            (false, false) => "；还没解决的由协调部门督办",
        };
        let line = format!("{} 前可以评价{again}{shelved}", say::moment_long(bench.now, until));
        return Some(Stand { tone: "info", icon: "message-square-text", title, line });
    }
    if case.unsolved_since().is_some() && !case.reopens_by_itself(bench.policy) {
        let title = "您说还没解决，已报协调部门督办".to_owned();
        let line = format!("协调部门会责成重办，或者说明为什么办不到；结果会发消息告诉您。{holder}");
        return Some(Stand { tone: "warn", icon: "bell-ring", title, line });
    }
    if case.stage == Stage::Merged {
        return Some(with_lead(bench, lead));
    }
    if let Some(asked_at) = case.asked_at.filter(|_| case.next_promise().is_none()) {
        let until = asked_at.plus_hours(u32::from(bench.policy.asking.days) * 24);
        let until = say::moment_long(bench.now, until);
        let line = format!("补充以前计时暂停；{until} 前没有补充，会按已有情况接着办。{holder}");
        return Some(Stand { tone: "warn", icon: "message-square-text", title: "请您补充".into(), line });
    }
    let promise = case.next_promise()?;
    let due = say::due(bench.now, promise.due, promise.calendar, bench.calendar);
    let what = match promise.clock {
        Clock::Acknowledge => "受理",
        Clock::FirstReply => "回应您",
        Clock::Result => "给您结果",
    };
    Some(if due.tone == say::Tone::Bad {
        let title = format!("{}，应于 {} 前{what}", due.left, due.at);
        let climbs = !bench.policy.supervision.ladder.is_empty();
        let pressed = match case.supervised {
            Some(_) => "已升级督办，不用您再催。",
            None if climbs => "会按规定自动升级督办，不用您再催。",
            None => "",
        };
        let line = format!("{pressed}{holder}");
        Stand { tone: "bad", icon: "triangle-alert", title, line }
    } else {
        let tone = if due.tone == say::Tone::Warn { "warn" } else { "info" };
        let provisional =
            if promise.provisional { "（明年放假安排公布后可能调整）" } else { "" };
        let extended = if promise.is_extended() { "（已批准延期）" } else { "" };
        let title = format!("{} 前{what}{extended}{provisional}", due.at);
        let line = format!("{}。{}{holder}{}", due.left, part(case, bench), together(case));
        Stand { tone, icon: due.tone.icon(), title, line }
    })
}

/// 「缺配件，预计 11 月 30 日到货。」「应急维修服务队到现场办理。」; empty for neither.
fn part(case: &Case, bench: &Bench<'_>) -> String {
    let day = case.field.part_on.map(|day| say::day_long(bench.now, day));
    let part = day.map_or_else(String::new, |day| format!("缺配件，预计 {day}到货。"));
    let squad = case.field.squad.as_ref().and_then(|work| bench.policy.squad(&work.squad));
    let squad = squad.map_or_else(String::new, |squad| format!("{}到现场办理。", squad.name));
    format!("{part}{squad}")
}

/// 「3 个单位一起办」; empty for one alone.
fn together(case: &Case) -> String {
    match case.assisting.len() {
        0 => String::new(),
        others => format!("，{} 个单位一起办", others + 1),
    }
}

//! The promise that runs, one that stands still while the requester is asked, or how the round ended.

use crate::cases::log::Standing;
use huiyin_domain::case::{Case, Clock, ClockCalendar, Promise};
use huiyin_domain::ids::UnitId;
use huiyin_foundation::say::{self, Due, Tone};
use huiyin_foundation::web::percent_of;

/// The promise that runs, or how it ended.
pub(super) struct Ring {
    pub percent: i64,
    pub tone: &'static str,
    pub label: String,
    pub due: Option<Due>,
    pub sentence: String,
    pub first_reply: String,
    pub clause: String,
    pub is_provisional: bool,
}

/// `unit` is whose desk it is: one that assists reads first until when its own opinion is wanted.
pub(super) fn ring(case: &Case, unit: &UnitId, standing: &Standing) -> Option<Ring> {
    if let Some(owed) = own_opinion(case, unit, standing) {
        return Some(owed);
    }
    let (now, round) = (standing.now, case.round());
    if let Some(promise) = case.next_promise() {
        let due = say::due(now, promise.due, promise.calendar, &standing.calendar);
        let percent = percent_of(now.0 - promise.from.0, promise.due.0 - promise.from.0);
        let extended = if promise.is_extended() { "（已批准延期）" } else { "" };
        return Some(Ring {
            percent,
            tone: due.tone.class(),
            label: format!("{}期限已用 {percent}%", say::clock(promise.clock)),
            sentence: format!(
                "{}{} 前{}{extended}",
                if due.tone == Tone::Bad { "应于 " } else { "" },
                due.at,
                owed(promise.clock)
            ),
            first_reply: first_reply(case),
            clause: promise.clause.clone(),
            is_provisional: promise.provisional,
            due: Some(due),
        });
    }
    let promise = round.promise(Clock::Result)?;
    if case.stage.is_open() {
        return standing_still(case, promise, standing);
    }
    let at = round.replied_at?;
    let is_in_time = at <= promise.due;
    let late = format!("超期 {} 答复", say::lasted(at.0 - promise.due.0));
    Some(Ring {
        percent: 100,
        tone: if is_in_time { "ok" } else { "bad" },
        label: "这一轮已答复".into(),
        due: None,
        sentence: format!(
            "{} 答复，{}",
            say::moment(now, at),
            if is_in_time { "在期限内".to_owned() } else { late }
        ),
        first_reply: first_reply(case),
        clause: promise.clause.clone(),
        is_provisional: false,
    })
}

/// The inner time of a unit that assists and has not given its opinion yet, with the lead's clock beside it (3.3).
fn own_opinion(case: &Case, unit: &UnitId, standing: &Standing) -> Option<Ring> {
    let asked = case.assistance.iter().find(|asked| asked.unit == *unit && asked.answered_at.is_none());
    let asked = asked.filter(|_| case.stage.is_open())?;
    let now = standing.now;
    let due = say::due(now, asked.due, ClockCalendar::Working, &standing.calendar);
    let percent = percent_of(now.0 - asked.asked_at.0, asked.due.0 - asked.asked_at.0);
    let leads = case
        .next_promise()
        .map(|promise| format!("牵头单位 {} 前{}", say::moment_long(now, promise.due), owed(promise.clock)));
    Some(Ring {
        percent,
        tone: due.tone.class(),
        label: format!("协办意见的期限已用 {percent}%"),
        sentence: format!("{}{} 前给协办意见", if due.tone == Tone::Bad { "应于 " } else { "" }, due.at),
        first_reply: leads.unwrap_or_default(),
        clause: standing.policy.policy.assisting.clause.clone(),
        is_provisional: false,
        due: Some(due),
    })
}

/// The result clock while the requester is asked for more.
fn standing_still(case: &Case, promise: &Promise, standing: &Standing) -> Option<Ring> {
    let asked_at = case.asked_at?;
    let asking = &standing.policy.policy.asking;
    let until = asked_at.plus_hours(u32::from(asking.days) * 24);
    let percent = percent_of(asked_at.0 - promise.from.0, promise.due.0 - promise.from.0);
    Some(Ring {
        percent,
        tone: "info",
        label: format!("计时暂停，结果期限已用 {percent}%"),
        due: None,
        sentence: format!(
            "计时暂停：等反映人补充，{} 前没有补充就接着计时",
            say::moment_long(standing.now, until)
        ),
        first_reply: first_reply(case),
        clause: asking.clause.clone(),
        is_provisional: false,
    })
}

fn first_reply(case: &Case) -> String {
    let round = case.round();
    match (round.first_reply_at, round.promise(Clock::FirstReply)) {
        (Some(at), Some(promise)) if at <= promise.due => "首次回应按时".to_owned(),
        (Some(at), Some(promise)) => format!("首次回应超时 {}", say::lasted(at.0 - promise.due.0)),
        _ => String::new(),
    }
}

fn owed(clock: Clock) -> &'static str {
    match clock {
        Clock::Acknowledge => "受理",
        Clock::FirstReply => "给反映人首次回应",
        Clock::Result => "反馈结果",
    }
}

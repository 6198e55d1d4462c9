//! A line of the ledger in words, the same on paper and in the workbook.

use super::queries::Kept;
use crate::stored::unit_name;
use huiyin_domain::calendar::Instant;
use huiyin_domain::case::Stage;
use huiyin_domain::policy::Policy;
use huiyin_foundation::say;

/// What stands instead of the words of a protected or dangerous matter: the ledger is printed and handed on (7.6).
const NOT_PUBLIC: &str = "不公开事项";
const DAY_MS: i64 = 86_400_000;

/// The heads of the columns.
pub(super) const HEADS: [&str; 10] = [
    "序号",
    "编号",
    "反映问题",
    "反映渠道",
    "受理日期",
    "办理方式",
    "办结日期",
    "办理情况",
    "原因（未办结须注明）",
    "满意度",
];

/// A line in words.
pub(super) struct Line {
    pub serial: usize,
    pub no: String,
    pub title: String,
    pub channel: String,
    pub unit: String,
    pub accepted_on: String,
    pub route: &'static str,
    pub done_on: String,
    pub state: &'static str,
    pub reason: String,
    pub satisfaction: &'static str,
    pub is_done: bool,
    pub is_open: bool,
    pub is_on_time: bool,
    /// Whether more time had been given for its result.
    pub is_extended: bool,
    /// Whether it counts in the rate: done, or due and not done, and no protected matter.
    pub is_rated: bool,
    is_explained: bool,
}

impl Line {
    pub(super) fn of(case: Kept, serial: usize, policy: &Policy, now: Instant) -> Line {
        let is_open = case.stage.is_open();
        let is_done = matches!(case.stage, Stage::Replied | Stage::Rated | Stage::Archived);
        let done_at = case.replied_at.filter(|_| is_done);
        let channel = policy.channel(&case.channel);
        let report = case.report.as_deref().map(str::trim).unwrap_or_default();
        let is_over = case.result_due.is_some_and(|due| due <= now);
        let said = if case.is_restricted { "" } else { report };
        Line {
            serial,
            channel: channel.map_or_else(|| case.channel.to_string(), |channel| channel.name.clone()),
            unit: case.unit.as_ref().map_or_else(String::new, |id| unit_name(policy, id)),
            accepted_on: day(case.accepted_at.unwrap_or(case.submitted_at)),
            route: case.route.map(say::route).unwrap_or_default(),
            done_on: done_at.map(day).unwrap_or_default(),
            state: state(case.stage),
            satisfaction: match (case.satisfaction, case.stage) {
                (Some(satisfaction), _) if is_done => say::satisfaction(satisfaction),
                (_, Stage::Replied) => "待评价",
                (_, Stage::Archived) => "未评价",
                _ => "",
            },
            reason: if is_open { reason(&case, said, now) } else { String::new() },
            is_explained: !report.is_empty(),
            is_on_time: done_at.is_some_and(|at| case.result_due.is_none_or(|due| at < due)),
            is_extended: case.is_extended,
            is_rated: !case.is_restricted && (is_done || is_open && is_over),
            is_done,
            is_open,
            no: case.no.0,
            title: if case.is_restricted { NOT_PUBLIC.to_owned() } else { case.title },
        }
    }

    /// Whether it is not done and nobody has said why.
    pub(super) fn lacks_reason(&self) -> bool {
        self.is_open && !self.is_explained
    }

    /// The cells in the order of [`HEADS`].
    pub(super) fn cells(&self) -> [String; 10] {
        [
            self.serial.to_string(),
            self.no.clone(),
            self.title.clone(),
            self.channel.clone(),
            self.accepted_on.clone(),
            self.route.to_owned(),
            self.done_on.clone(),
            self.state.to_owned(),
            self.reason.clone(),
            self.satisfaction.to_owned(),
        ]
    }
}

fn state(stage: Stage) -> &'static str {
    match stage {
        Stage::Submitted | Stage::Accepted | Stage::Assigned => "未办结",
        Stage::Replied | Stage::Rated | Stage::Archived => "已办结",
        Stage::Declined => "不予受理",
        Stage::Withdrawn => "已撤回",
        Stage::Merged => "已并案",
    }
}

/// What the unit last told the requester, and how far it is behind.
fn reason(case: &Kept, report: &str, now: Instant) -> String {
    let late_ms = case.result_due.map_or(0, |due| now.0 - due.0);
    let mut behind = Vec::new();
    if late_ms > 0 {
        behind.push(format!("超期 {} 天", (late_ms + DAY_MS - 1) / DAY_MS));
    }
    if case.urges > 0 {
        behind.push(format!("反映人催办 {} 次", case.urges));
    }
    let behind = if behind.is_empty() { String::new() } else { format!("（{}）", behind.join("，")) };
    format!("{report}{behind}")
}

fn day(at: Instant) -> String {
    at.day().to_string()
}

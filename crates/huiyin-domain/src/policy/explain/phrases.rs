//! The words for the small things that rules are made of.

use crate::case::{Clock, Identity, Level, Route, Urgency};
use crate::ids::{KindId, UnitId};
use crate::policy::{Audience, Limit, Policy};

pub(super) fn unit<'p>(policy: &'p Policy, id: &'p UnitId) -> &'p str {
    policy.unit(id).map_or(id.as_str(), |unit| &unit.name)
}

pub(super) fn kinds(policy: &Policy, ids: &[KindId]) -> String {
    let names = ids.iter().map(|id| policy.kind(id).map_or(id.as_str(), |kind| kind.name.as_str()));
    listed(names)
}

pub(super) fn units(policy: &Policy, ids: &[UnitId]) -> String {
    listed(ids.iter().map(|id| unit(policy, id)))
}

pub(super) fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.collect::<Vec<_>>().join("、")
}

pub(super) fn clock(clock: Clock) -> &'static str {
    match clock {
        Clock::Acknowledge => "受理",
        Clock::FirstReply => "首次回应",
        Clock::Result => "答复结果",
    }
}

pub(super) fn route(route: Route) -> &'static str {
    match route {
        Route::Direct => "直接办理",
        Route::Transfer => "转办",
        Route::Refer => "呈办",
    }
}

pub(super) fn urgency(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Normal => "一般",
        Urgency::Urgent => "加急",
        Urgency::Critical => "特急",
    }
}

pub(super) fn level(level: Level) -> &'static str {
    match level {
        Level::UnitHead => "办理单位负责人",
        Level::Coordinator => "协调部门",
        Level::LeaderInCharge => "分管校领导",
        Level::Head => "学校主要负责人",
    }
}

pub(super) fn audience(audience: Audience) -> &'static str {
    match audience {
        Audience::Students => "学生",
        Audience::Staff => "教职工",
        Audience::All => "师生",
    }
}

pub(super) fn identity(identity: Identity) -> &'static str {
    match identity {
        Identity::Open => "默认实名",
        Identity::Sealed => "默认保密（办理单位看不到姓名）",
        Identity::Anonymous => "默认匿名（只凭回执查询）",
    }
}

/// 「48 小时内」
pub(super) fn measure(limit: &Limit) -> String {
    if let Some(days) = limit.working_days {
        format!("{days} 个工作日内")
    } else if let Some(days) = limit.school_days {
        format!("{days} 个教学日内")
    } else if let Some(hours) = limit.hours {
        // Nobody reads 360 hours as half a month.
        if hours > 72 && hours % 24 == 0 {
            format!("{} 天（{hours} 小时）内", hours / 24)
        } else {
            format!("{hours} 小时内")
        }
    } else {
        "当天 24:00 前".to_owned()
    }
}

/// 「加急、特急的报修走转办时」, empty when the limit fits everything.
pub(super) fn condition(policy: &Policy, limit: &Limit) -> String {
    let urgencies = listed(limit.urgencies.iter().map(|one| urgency(*one)));
    let kinds = kinds(policy, &limit.kinds);
    let routes = listed(limit.routes.iter().map(|one| route(*one)));
    let mut parts = Vec::new();
    if limit.reopened {
        parts.push("再次办理的".to_owned());
    }
    if !urgencies.is_empty() {
        parts.push(format!("{urgencies}的"));
    }
    if !kinds.is_empty() {
        parts.push(kinds);
    }
    if !routes.is_empty() {
        parts.push(format!("{routes}的"));
    }
    parts.concat()
}

/// Days as people say them where they make whole years: 3 年, else 180 天.
pub fn long_time(days: u16) -> String {
    if days >= 365 && days.is_multiple_of(365) {
        format!("{} 年", days / 365)
    } else {
        format!("{days} 天")
    }
}

//! Limits, and what moves them: more time, waiting for the requester, the list of what cannot be done yet.

use super::phrases;
use crate::case::due::CLOCKS;
use crate::policy::{Limit, Policy};

pub(super) fn limits(policy: &Policy) -> Vec<String> {
    let mut lines = vec![
        "同一个时钟从上往下看，第一条合适的算数。期限一经承诺就不再变，以后改规则只管以后的。".to_owned(),
    ];
    for clock in CLOCKS {
        let limits: Vec<&Limit> = policy.limits.iter().filter(|limit| limit.clock == clock).collect();
        lines.push(format!("{}：", phrases::clock(clock)));
        for (index, limit) in limits.into_iter().enumerate() {
            let whose = match phrases::condition(policy, limit) {
                condition if !condition.is_empty() => condition,
                _ if index == 0 => "所有诉求".to_owned(),
                _ => "其余的".to_owned(),
            };
            lines.push(format!("· {whose}：{}。依据：{}。", phrases::measure(limit), limit.clause));
        }
    }
    let is_used = |is_set: fn(&Limit) -> bool| policy.limits.iter().any(is_set);
    if is_used(|limit| limit.working_days.is_some()) {
        lines.push("工作日按国家放假和调休安排算，当天不计。".to_owned());
    }
    if is_used(|limit| limit.school_days.is_some()) {
        lines.push("教学日是学期里的工作日，寒暑假不计，当天不计。".to_owned());
    }
    if is_used(|limit| limit.hours.is_some() || limit.same_day) {
        lines.push("小时按钟点连续算，夜里和休息日也算。".to_owned());
    }
    lines
}

pub(super) fn more_time(policy: &Policy) -> Vec<String> {
    let (extension, asking, shelving) = (&policy.extension, &policy.asking, &policy.shelving);
    let first = match extension.times {
        0 => "答复结果的期限不能延长。".to_owned(),
        times => format!(
            "到期之前，单位可以写明理由和新的日期申请延期，由受理员批；每件最多延 {times} 次，每次最多延 {} 个工作日。延期告知诉求人，单独统计。首次回应不能延。",
            extension.working_days_max
        ),
    };
    let stops = match asking.times {
        0 => "请诉求人补充，期限不停。".to_owned(),
        times => format!(
            "请诉求人补充的时候，结果的期限暂停，每轮最多停 {times} 次，首次回应的期限照走；补充以后接着算，{} 天没有补充也接着算，按已有情况办。",
            asking.days
        ),
    };
    vec![
        format!("{first}依据：{}。", extension.clause),
        format!("{stops}依据：{}。", asking.clause),
        format!(
            "暂时办不了的要说明原因，写明计划和 {} 天以内的复核日期，挂账到销账为止；销账由承办单位申请、协调部门核实，协调部门自己的由督办员核实；到了日期没有复核的由单位负责人督办，再错过的由协调部门督办。依据：{}。",
            shelving.review_days_max, shelving.clause
        ),
    ]
}

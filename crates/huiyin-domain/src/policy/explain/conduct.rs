//! Limits, supervision, handing back, judging, publishing, safety.

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

pub(super) fn supervision(policy: &Policy) -> Vec<String> {
    let rules = &policy.supervision;
    let reminder = |hours: &u16| match hours {
        0 => "到期时".to_owned(),
        hours => format!("到期前 {hours} 小时"),
    };
    let reminders: Vec<String> = rules.remind_hours_before.iter().map(reminder).collect();
    let mut lines = vec![match reminders.as_slice() {
        [] => "到期前不自动催办。".to_owned(),
        [one] => format!("{one}催办一次；办完就不再催。"),
        [many @ .., last] => format!("{}和{last}各催办一次；办完就不再催。", many.join("、")),
    }];
    for rung in &rules.ladder {
        let when = match rung.hours_after {
            0 => "一超期".to_owned(),
            hours => format!("超期 {hours} 小时"),
        };
        lines.push(format!("· {when}：由{}督办。", phrases::level(rung.level)));
    }
    lines.push(format!("依据：{}。", rules.clause));
    lines
}

pub(super) fn sending_back(policy: &Policy) -> Vec<String> {
    let rules = &policy.sending_back;
    let first = match rules.times {
        0 => "派到的单位不得退回。".to_owned(),
        times => format!(
            "单位认为不该由自己办的，收到后 {} 个工作日内可以说明理由退回，每件最多退 {times} 次；之后由{}指定，不得再退。",
            rules.within_working_days,
            phrases::unit(policy, &policy.school.coordinator)
        ),
    };
    vec![first, format!("依据：{}。", rules.clause)]
}

pub(super) fn rating(policy: &Policy) -> Vec<String> {
    let rules = &policy.rating;
    let rounds = match rules.automatic_rounds {
        0 => "说「没解决」的，由本人决定要不要再次办理。".to_owned(),
        rounds => format!("说「没解决」的自动再办，最多 {rounds} 轮；还没解决的进入督办。"),
    };
    let reopen = match rules.reopen_days {
        0 => "评价以后不再重办。".to_owned(),
        days => format!("评价后 {days} 天内，本人可以要求再次办理。"),
    };
    vec![
        format!("单位答复后 {} 天内请诉求人评价；到期没有评价的归档，记作「未评价」，不算满意。", rules.days),
        rounds,
        reopen,
        format!("评价时可以勾选：{}。", phrases::listed(rules.complaints.iter().map(String::as_str))),
        format!("诉求人每 {} 小时可以催一次。", policy.urging.every_hours),
        format!("依据：{}。", rules.clause),
    ]
}

pub(super) fn publishing(policy: &Policy) -> Vec<String> {
    let public =
        phrases::listed(policy.kinds.iter().filter(|kind| kind.public).map(|kind| kind.name.as_str()));
    let never =
        phrases::listed(policy.kinds.iter().filter(|kind| kind.restricted).map(|kind| kind.name.as_str()));
    let mut lines = vec!["诉求人同意、公开审核去掉姓名和个人信息以后才公开。".to_owned()];
    if !public.is_empty() {
        lines.push(format!("表单上替您先选「可以公开」的：{public}。"));
    }
    if !never.is_empty() {
        lines.push(format!("永不公开的：{never}，以及受限的分类和涉及安全的诉求。"));
    }
    lines.push(format!("晒单榜上，少于 {} 件的单位只列数字、不排名次。", policy.board.sample_min));
    lines
}

pub(super) fn safety(policy: &Policy) -> Vec<String> {
    let phones = policy.phones();
    let numbers: Vec<String> =
        phones.iter().map(|phone| format!("{} {}", phone.name, phone.number)).collect();
    let files = &policy.attachments;
    vec![
        format!("提交前先显示电话：{}。", numbers.join("，")),
        format!(
            "出现下面的词，或勾选「有人身危险」，就作为受限诉求，由人判断；任何文字都不会因为用词被拒绝、拖延或降级：{}。",
            phrases::listed(policy.safety.crisis_words.iter().map(String::as_str))
        ),
        format!("提示加急的词：{}。", phrases::listed(policy.safety.urgent_words.iter().map(String::as_str))),
        format!(
            "附件每次最多 {} 个，每个不超过 {} MB，图片不超过 {} 百万像素。",
            files.count_max, files.size_mib_max, files.megapixels_max
        ),
    ]
}

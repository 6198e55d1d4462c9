//! Supervision, handing back, answering, judging, publishing, safety.

use super::phrases;
use crate::policy::{Policy, SecondLook};

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
    if let Some(days) = rules.reply_working_days {
        lines.push(format!("督办单发出后，承办单位 {days} 个工作日内书面回复。"));
    }
    lines.push(format!("依据：{}。", rules.clause));
    lines
}

pub(super) fn sending_back(policy: &Policy) -> Vec<String> {
    let rules = &policy.sending_back;
    let within = match (rules.within_working_hours, rules.within_working_days) {
        (Some(hours), _) => format!("{hours} 个工作小时内"),
        (None, days) => format!("{} 个工作日内", days.unwrap_or_default()),
    };
    let first = match rules.times {
        0 => "派到的单位不得退回。".to_owned(),
        times => {
            let office = phrases::unit(policy, &policy.school.coordinator);
            // 第二次退回才有上一级裁定。
            let upwards = if times > 1 {
                "第二次退回的，报分管校领导裁定，期限不变。"
            } else {
                ""
            };
            format!(
                "单位认为不该由自己办的，收到后 {within}可以说明理由退回，每件最多退 {times} 次；之后由{office}指定，不得再退。{upwards}"
            )
        }
    };
    vec![first, format!("依据：{}。", rules.clause)]
}

pub(super) fn answering(policy: &Policy) -> Vec<String> {
    let rule = &policy.answering;
    let which = match rule.second_look {
        SecondLook::None => "答复由承办人直接发出，单位负责人不另外审核。",
        SecondLook::Restricted => "受限诉求的答复，先由单位负责人审核再发出。",
        SecondLook::Public => "公开的答复，先由单位负责人审核再发出。",
        SecondLook::All => "每一件答复都先由单位负责人审核再发出。",
    };
    let office = phrases::unit(policy, &policy.school.coordinator);
    let mut lines = vec![format!(
        "{which}单位还没有负责人的，由{office}代为签发或退改；审核不停时钟。依据：{}。",
        rule.clause
    )];
    lines.extend(rating(policy));
    lines
}

fn rating(policy: &Policy) -> Vec<String> {
    let rules = &policy.rating;
    let rounds = match rules.automatic_rounds {
        0 => "说「没解决」的，由本人决定要不要再次办理。".to_owned(),
        rounds => format!(
            "说「没解决」的自动再办，最多 {rounds} 轮；还没解决的进入督办，由协调部门责成重办或说明后结束，在此之前不归档。"
        ),
    };
    let reopen = match rules.reopen_days {
        0 => "评价以后不再重办。".to_owned(),
        days => format!("评价后 {days} 天内，本人可以要求再次办理。"),
    };
    let effect = match rules.effect_check_weeks {
        0 => "解决了的不再回访。".to_owned(),
        weeks => format!(
            "说「解决了」或「部分解决」的，{weeks} 周后再问一次效果，{} 天内可答；又不行了的再办一轮或进入督办。",
            rules.days
        ),
    };
    let calls = match rules.follow_up_calls {
        0 => "不打电话回访，由诉求人自己评价。".to_owned(),
        times => {
            format!("没有评价的可以打电话回访，一天打一次，最多打 {times} 次；没打通不算回答，更不算满意。")
        }
    };
    vec![
        format!("单位答复后 {} 天内请诉求人评价；到期没有评价的归档，记作「未评价」，不算满意。", rules.days),
        calls,
        rounds,
        reopen,
        effect,
        format!("评价时可以勾选：{}。", phrases::listed(rules.complaints.iter().map(String::as_str))),
        format!(
            "诉求人每 {} 小时可以催一次，也可以反映一次办理中的问题；反映的问题不经承办单位，直接到协调部门，{} 个工作日内答复本人；反映协调部门自己的，由上一级答复。依据：{}。",
            policy.urging.every_hours,
            policy.handling_complaints.answer_working_days,
            policy.handling_complaints.clause
        ),
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
    let early = &policy.warnings;
    lines.push(format!(
        "热点预警：同一件事 {} 天内有 {} 个人反映，列为苗头；{} 天内有 {} 个人反映，发预警。比往常明显多的也发预警，容许的误报每月 {} 次。依据：{}。",
        early.notice_days,
        early.notice_people,
        early.warning_days,
        early.warning_people,
        early.false_alarms_per_month,
        early.clause
    ));
    if !policy.search.synonyms.is_empty() {
        let groups = policy.search.groups().map(|words| words.join("＝"));
        lines.push(format!("搜索时当作一个词的：{}。", groups.collect::<Vec<_>>().join("；")));
    }
    lines
}

pub(super) fn safety(policy: &Policy) -> Vec<String> {
    let phones = policy.phones();
    let office = phrases::unit(policy, &policy.school.coordinator);
    let recusal = match &policy.safety.recusal_unit {
        Some(unit) => format!("反映{office}的，由{}代为受理、派单。", phrases::unit(policy, unit)),
        None => format!("没有写明谁代{office}受理，反映{office}的仍由它受理。"),
    };
    let numbers: Vec<String> =
        phones.iter().map(|phone| format!("{} {}", phone.name, phone.number)).collect();
    let files = &policy.attachments;
    vec![
        format!("提交前先显示电话：{}。", numbers.join("，")),
        format!(
            "出现下面的词，或勾选「有人身危险」，就作为受限诉求，由人判断；任何文字都不会因为用词被拒绝、拖延或降级：{}。",
            phrases::listed(policy.safety.crisis_words.iter().map(String::as_str))
        ),
        format!("反映谁，就不由谁来办：写明反映哪个单位的，那个单位看不到、也派不到。{recusal}"),
        format!("提示加急的词：{}。", phrases::listed(policy.safety.urgent_words.iter().map(String::as_str))),
        format!(
            "附件每次最多 {} 个，每个不超过 {} MB，图片不超过 {} 百万像素。",
            files.count_max, files.size_mib_max, files.megapixels_max
        ),
    ]
}

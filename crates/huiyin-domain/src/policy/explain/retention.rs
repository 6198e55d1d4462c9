//! How long what is kept.

use super::phrases;
use crate::case::Removal;
use crate::policy::{Policy, RetentionRule};

pub(super) fn retention(policy: &Policy) -> Vec<String> {
    let rules = &policy.retention.rules;
    let mut lines: Vec<String> = rules
        .iter()
        .enumerate()
        .map(|(index, rule)| {
            let whose = match retention_whose(policy, rule) {
                whose if !whose.is_empty() => whose,
                _ if index == 0 => "所有诉求".to_owned(),
                _ => "其余的".to_owned(),
            };
            format!("· {whose}：{}。依据：{}。", steps(rule), rule.clause)
        })
        .collect();
    if !rules.iter().any(|rule| rule.kinds.is_empty() && rule.categories.is_empty()) {
        lines.push("· 没有写到的：长期保存。".to_owned());
    }
    lines.push(format!(
        "删去之前先列出清单，由两个人先后确认，提前 {} 天告知本人；办理记录和已公开的答复不删，挂账的和没解决的不删。依据：{}。",
        policy.retention.notice_days, policy.retention.clause
    ));
    lines
}

/// Of which cases a rule speaks; empty when of all.
pub fn retention_whose(policy: &Policy, rule: &RetentionRule) -> String {
    let categories =
        rule.categories.iter().filter_map(|id| policy.category(id)).map(|category| category.name.as_str());
    let parts = [phrases::kinds(policy, &rule.kinds), phrases::listed(categories)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("里的")
}

/// 办结 180 天后删去联系方式，3 年后隐去姓名
fn steps(rule: &RetentionRule) -> String {
    let said = Removal::ALL.into_iter().filter_map(|step| Some((step, rule.days(step)?)));
    let said = said.map(|(step, days)| {
        let what = match step {
            Removal::Contact => "删去联系方式",
            Removal::Requester => "隐去本人",
            Removal::Words => "删去正文和附件",
        };
        format!("{}后{what}", phrases::long_time(days))
    });
    let mut text = format!("办结 {}", said.collect::<Vec<_>>().join("，"));
    if rule.words_days.is_none() {
        text.push_str("，正文长期保存");
    }
    text
}

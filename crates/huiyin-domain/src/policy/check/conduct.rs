//! Orders that cannot hold: an office that closes before it opens, a ladder that leads down, a promise nobody can keep.

use crate::case::Removal;
use crate::policy::parse::Sources;
use crate::policy::{Policy, can_be_dialled};
use crate::reading::Table;

/// Complains of everything that contradicts itself.
pub(in crate::policy) fn conduct(policy: &Policy, at: &Sources<'_>) {
    if policy.office.opens >= policy.office.closes {
        at.office.complain_of("closes", "下班时间要晚于上班时间".to_owned());
    }
    kinds(policy, &at.kinds);
    supervision(policy, &at.supervision);
    sending_back(policy, &at.sending_back);
    safety(policy, &at.safety);
    retention(policy, &at.retention);
    terms(policy, &at.terms);
    statutory(policy, &at.statutory);
    for (category, table) in policy.categories.iter().zip(&at.categories) {
        if category.valid_until < category.valid_from && category.valid_until.is_some() {
            table.complain_of("valid_until", format!("{}的最后一天早于第一天", category.name));
        }
        short_words(table, "words", &category.words);
    }
    if let Some(first) = at.channels.first()
        && policy.online_channel().is_none()
    {
        first.complain("至少要有一个渠道由师生自己在网上提交（不写 registered_by_staff）".to_owned());
    }
    for (channel, table) in policy.channels.iter().zip(&at.channels) {
        if channel.outside && !channel.registered_by_staff {
            table.complain_of(
                "outside",
                format!("{}的来件在校外提出，要由工作人员登记（registered_by_staff）", channel.name),
            );
        }
    }
}

fn kinds(policy: &Policy, tables: &[Table<'_>]) {
    for (kind, table) in policy.kinds.iter().zip(tables) {
        if kind.restricted && kind.public {
            table.complain_of("public", format!("{}是受限类型，不能提议公开答复", kind.name));
        }
        if kind.restricted && kind.dispatches_itself {
            table.complain_of("dispatches_itself", format!("{}是受限类型，不能自动派单", kind.name));
        }
        let has_target =
            policy.categories_of(&kind.id).any(|category| category.unit.is_some() && !category.restricted);
        if kind.dispatches_itself && !kind.restricted && !has_target {
            table
                .complain_of("dispatches_itself", format!("{}要自动派单，却没有一个分类写明单位", kind.name));
        }
    }
    if let Some(first) = tables.first()
        && !policy.kinds.iter().any(|kind| kind.on_home)
    {
        first.complain("首页至少要有一个入口，请给一个类型写上 on_home = true".to_owned());
    }
}

/// What the law protects is protected here, and so never becomes a rate; and a procedure for everything would be for nothing.
fn statutory(policy: &Policy, tables: &[Table<'_>]) {
    for (procedure, table) in policy.statutory.iter().zip(tables) {
        let name = &procedure.name;
        if procedure.kinds.is_empty() && procedure.categories.is_empty() {
            table.complain(format!("{name}要在 kinds、categories 里至少写一个：哪些诉求走这条路"));
            continue;
        }
        if procedure.extension_days.is_none() && !procedure.extension_by.is_head() {
            table.complain_of(
                "extension_by",
                format!("{name}没有写可以延长几天（extension_days），不用写由谁批"),
            );
        }
        let is_open_kind = |id| policy.kind(id).is_some_and(|kind| !kind.restricted);
        let is_open_category = |id| policy.category(id).is_some_and(|category| !category.restricted);
        let open_kinds = procedure.kinds.is_empty() || procedure.kinds.iter().any(is_open_kind);
        let open_categories =
            procedure.categories.is_empty() || procedure.categories.iter().any(is_open_category);
        if open_kinds && open_categories {
            table.complain(format!(
                "{name}的类型或分类要是受限的（restricted = true）：走法定程序的不公开、不计入比率"
            ));
        }
    }
}

fn supervision(policy: &Policy, table: &Table<'_>) {
    let hours = &policy.supervision.remind_hours_before;
    for index in 1..hours.len() {
        if hours[index] >= hours[index - 1] {
            table.complain_of_item(
                "remind_hours_before",
                index,
                "提醒要从早到晚写，后一个小时数要比前一个小".to_owned(),
            );
        }
    }
    for pair in policy.supervision.ladder.windows(2) {
        if pair[1].level <= pair[0].level {
            table.complain_of(
                "ladder",
                "督办要逐级上升：单位负责人、协调部门、分管校领导、主要负责人".to_owned(),
            );
        }
        if pair[1].hours_after <= pair[0].hours_after {
            table.complain_of("ladder", "督办每上一级，超时的小时数要更大".to_owned());
        }
    }
}

fn sending_back(policy: &Policy, table: &Table<'_>) {
    let rule = &policy.sending_back;
    if rule.within_working_days.is_some() == rule.within_working_hours.is_some() {
        table.complain("退回的时限要在 within_working_days、within_working_hours 里恰好写一个".to_owned());
    }
}

fn safety(policy: &Policy, table: &Table<'_>) {
    if policy.safety.phones.is_empty() {
        table.complain("求助电话至少要写一个，用 [[safety.phones]] 开头".to_owned());
    }
    for phone in policy.safety.phones.iter().filter(|phone| !phone.number.is_empty()) {
        if !can_be_dialled(&phone.number) {
            table.complain_of("phones", format!("{}的号码「{}」拨不出去", phone.name, phone.number));
        }
    }
    short_words(table, "crisis_words", &policy.safety.crisis_words);
    short_words(table, "urgent_words", &policy.safety.urgent_words);
}

/// One character alone stands in far too many texts.
fn short_words(table: &Table<'_>, key: &str, words: &[String]) {
    for (index, word) in words.iter().enumerate().filter(|(_, word)| word.trim().chars().count() == 1) {
        table.complain_of_item(key, index, format!("「{word}」只有一个字，会误中太多，请写成词"));
    }
}

/// Nothing goes while its requester may still come back to it, and no step goes before the one that it contains.
fn retention(policy: &Policy, table: &Table<'_>) {
    let days_min = policy.days_after_the_end();
    for (index, rule) in policy.retention.rules.iter().enumerate() {
        let at = |reason| table.complain_of_item("rules", index, reason);
        let days: Vec<u16> = Removal::ALL.iter().filter_map(|step| rule.days(*step)).collect();
        if days.is_empty() {
            at("contact_days、requester_days、words_days 至少要写一个".to_owned());
        }
        if days.iter().any(|days| *days < days_min) {
            at(format!("办结后 {days_min} 天内本人还可以评价、回答效果或要求重办，保存期限不能更短"));
        }
        if days.windows(2).any(|pair| pair[1] < pair[0]) {
            at("保存期限要从短到长：联系方式、姓名、正文和附件".to_owned());
        }
        for kind in rule.kinds.iter().filter(|kind| policy.kind(kind).is_none()) {
            at(format!("kinds 指向的类型「{kind}」不在 [[kinds]] 里"));
        }
        for category in rule.categories.iter().filter(|category| policy.category(category).is_none()) {
            at(format!("categories 指向的类别「{category}」不在 [[categories]] 里"));
        }
    }
}

fn terms(policy: &Policy, tables: &[Table<'_>]) {
    for (index, (term, table)) in policy.terms.iter().zip(tables).enumerate() {
        if term.until <= term.from {
            table.complain_of("until", format!("{}的最后一天要晚于第一天 {}", term.name, term.from));
        }
        if index > 0 && term.from <= policy.terms[index - 1].until {
            table.complain_of("from", format!("{}与前一个学期重叠，学期要按先后写", term.name));
        }
    }
}

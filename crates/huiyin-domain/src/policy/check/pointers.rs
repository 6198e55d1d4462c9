//! Ids stand once, and whatever points at something finds it.

use crate::ids::{CategoryId, KindId, UnitId};
use crate::policy::Policy;
use crate::policy::parse::Sources;
use crate::reading::Table;
use std::collections::HashMap;

/// Complains of ids written twice, of pointers that find nothing, and of circles among units.
pub(in crate::policy) fn pointers(policy: &Policy, at: &Sources<'_>) {
    complain_of_doubles("id", &at.kinds, policy.kinds.iter().map(|kind| kind.id.as_str()));
    complain_of_doubles("name", &at.kinds, policy.kinds.iter().map(|kind| kind.name.as_str()));
    complain_of_doubles("id", &at.units, policy.units.iter().map(|unit| unit.id.as_str()));
    complain_of_doubles("id", &at.leaders, policy.leaders.iter().map(|leader| leader.id.as_str()));
    complain_of_doubles("id", &at.categories, policy.categories.iter().map(|category| category.id.as_str()));
    complain_of_doubles(
        "name",
        &at.categories,
        policy.categories.iter().map(|category| category.name.as_str()),
    );
    complain_of_doubles("id", &at.channels, policy.channels.iter().map(|channel| channel.id.as_str()));
    complain_of_doubles("name", &at.channels, policy.channels.iter().map(|channel| channel.name.as_str()));
    complain_of_doubles("id", &at.places, policy.places.iter().map(|place| place.id.as_str()));
    complain_of_doubles("id", &at.limits, policy.limits.iter().map(|limit| limit.id.as_str()));
    complain_of_doubles("id", &at.terms, policy.terms.iter().map(|term| term.id.as_str()));
    complain_of_doubles("id", &at.statutory, policy.statutory.iter().map(|procedure| procedure.id.as_str()));
    let pointers = Pointers { policy };
    pointers.complain_of_unit(&at.school, "coordinator", &policy.school.coordinator);
    if let Some(unit) = &policy.safety.recusal_unit {
        pointers.complain_of_unit(&at.safety, "recusal_unit", unit);
        if *unit == policy.school.coordinator {
            at.safety.complain_of("recusal_unit", "代为受理的单位不能就是协调部门自己".to_owned());
        }
    }
    squads(&pointers, &at.squads);
    units(&pointers, &at.units);
    leaders(policy, &at.leaders);
    for (category, table) in policy.categories.iter().zip(&at.categories) {
        pointers.complain_of_kinds(table, &category.kinds);
        if let Some(unit) = &category.unit {
            pointers.complain_of_unit(table, "unit", unit);
        }
        for rule in &category.by_place {
            pointers.complain_of_unit(table, "by_place", &rule.unit);
            for place in rule.places.iter().filter(|place| policy.place(place).is_none()) {
                table.complain_of("by_place", format!("by_place 指向的地点「{place}」不在 [[places]] 里"));
            }
        }
        for (index, unit) in category.assisting.iter().enumerate() {
            if category.unit.as_ref() == Some(unit) {
                table.complain_of_item("assisting", index, format!("「{unit}」已是主办单位，不必再列为协办"));
            } else if let Some(reason) = pointers.against_unit("assisting", unit) {
                table.complain_of_item("assisting", index, reason);
            }
        }
    }
    for (channel, table) in policy.channels.iter().zip(&at.channels) {
        pointers.complain_of_unit(table, "owner", &channel.owner);
        if channel.cosigners_min.is_some() && !channel.real_name_only {
            table.complain_of(
                "cosigners_min",
                "附议人要知道是谁提的，请同时写 real_name_only = true".to_owned(),
            );
        }
        if let Some(kind) = channel.form.as_ref().filter(|kind| policy.kind(kind).is_none()) {
            table.complain_of("form", format!("form 指向的类型「{kind}」不在 [[kinds]] 里"));
        }
    }
    // Everybody needs a road on which no name is asked.
    if policy.online_channel().is_none()
        && let Some(first) = at.channels.first()
    {
        first.complain("渠道里要有一条本人提交、学生和教职工都能用、不限实名的".to_owned());
    }
    for (limit, table) in policy.limits.iter().zip(&at.limits) {
        pointers.complain_of_kinds(table, &limit.kinds);
    }
    for (procedure, table) in policy.statutory.iter().zip(&at.statutory) {
        pointers.complain_of_unit(table, "unit", &procedure.unit);
        pointers.complain_of_kinds(table, &procedure.kinds);
        for (index, id) in procedure.categories.iter().enumerate() {
            if policy.category(id).is_none() {
                let reason = format!("categories 指向的分类「{id}」不在 [[categories]] 里");
                table.complain_of_item("categories", index, reason);
            }
        }
    }
}

fn squads(pointers: &Pointers<'_>, tables: &[Table<'_>]) {
    let policy = pointers.policy;
    complain_of_doubles("id", tables, policy.squads.iter().map(|squad| squad.id.as_str()));
    complain_of_doubles("name", tables, policy.squads.iter().map(|squad| squad.name.as_str()));
    for (squad, table) in policy.squads.iter().zip(tables) {
        pointers.complain_of_unit(table, "unit", &squad.unit);
        pointers.complain_of_kinds(table, &squad.kinds);
        let unknown = |category: &&CategoryId| policy.category(category).is_none();
        for category in squad.categories.iter().filter(unknown) {
            table.complain_of(
                "categories",
                format!("categories 指向的类别「{category}」不在 [[categories]] 里"),
            );
        }
        // Both stand in the same place of a duty.
        if policy.leader(squad.id.as_str()).is_some() {
            table.complain_of("id", format!("「{}」已是校领导岗位的代号，请换一个", squad.id));
        }
    }
}

struct Pointers<'p> {
    policy: &'p Policy,
}

impl Pointers<'_> {
    fn against_unit(&self, key: &str, id: &UnitId) -> Option<String> {
        match self.policy.unit(id) {
            _ if id.as_str().is_empty() => None,
            None => Some(format!("{key} 指向的单位「{id}」不在 [[units]] 里")),
            Some(unit) if unit.closed && self.policy.heir_of(id).is_none() => {
                Some(format!("{key} 指向的「{}」已停用，请改为接手的单位", unit.name))
            }
            Some(_) => None,
        }
    }

    fn complain_of_unit(&self, table: &Table<'_>, key: &str, id: &UnitId) {
        if let Some(reason) = self.against_unit(key, id) {
            table.complain_of(key, reason);
        }
    }

    fn complain_of_kinds(&self, table: &Table<'_>, kinds: &[KindId]) {
        for (index, kind) in kinds.iter().enumerate().filter(|(_, kind)| self.policy.kind(kind).is_none()) {
            table.complain_of_item("kinds", index, format!("kinds 指向的类型「{kind}」不在 [[kinds]] 里"));
        }
    }
}

fn units(pointers: &Pointers<'_>, tables: &[Table<'_>]) {
    let policy = pointers.policy;
    let mut known: HashMap<&str, &str> = HashMap::new();
    for (unit, table) in policy.units.iter().zip(tables) {
        for (name, key) in
            std::iter::once((&unit.name, "name")).chain(unit.aliases.iter().map(|name| (name, "aliases")))
        {
            match known.insert(name, unit.id.as_str()) {
                Some(other) if other != unit.id.as_str() => {
                    table.complain_of(key, format!("「{name}」已是单位 {other} 的名称或别名"));
                }
                _ => {}
            }
        }
        if let Some(parent) = &unit.parent {
            if policy.unit(parent).is_none() {
                table.complain_of("parent", format!("parent 指向的单位「{parent}」不在 [[units]] 里"));
            } else if is_above_itself(policy, &unit.id) {
                table.complain_of("parent", format!("{}的上级绕了一圈又回到自己", unit.name));
            }
        }
        if let Some(successor) = &unit.successor {
            if !unit.closed {
                table.complain_of("successor", format!("{}还没有停用，不写接手的单位", unit.name));
            } else if policy.heir_of(&unit.id).is_none() {
                table.complain_of("successor", format!("successor 指向的「{successor}」不在或也没有人接手"));
            }
        }
        if let Some(post) = unit.leader.as_ref().filter(|post| policy.leader(post).is_none()) {
            table.complain_of("leader", format!("leader 指向的岗位「{post}」不在 [[leaders]] 里"));
        }
    }
}

fn is_above_itself(policy: &Policy, id: &UnitId) -> bool {
    let mut at = policy.unit(id).and_then(|unit| unit.parent.as_ref());
    for _ in 0..policy.units.len() {
        match at {
            Some(above) if above == id => return true,
            Some(above) => at = policy.unit(above).and_then(|unit| unit.parent.as_ref()),
            None => return false,
        }
    }
    false
}

fn leaders(policy: &Policy, tables: &[Table<'_>]) {
    let mut heads = policy.leaders.iter().zip(tables).filter(|(leader, _)| leader.head);
    match (heads.next(), heads.next()) {
        (None, _) => {
            if let Some(first) = tables.first() {
                first.complain("校领导岗位里要有一个写上 head = true（学校主要负责人）".to_owned());
            }
        }
        (Some(_), Some((second, table))) => {
            table.complain_of("head", format!("主要负责人只能有一个岗位，「{}」是第二个", second.name));
        }
        (Some(_), None) => {}
    }
}

fn complain_of_doubles<'v>(key: &str, tables: &[Table<'_>], values: impl Iterator<Item = &'v str>) {
    let mut seen: Vec<&str> = Vec::new();
    for (value, table) in values.zip(tables).filter(|(value, _)| !value.is_empty()) {
        if seen.contains(&value) {
            table.complain_of(key, format!("{key}「{value}」前面已经用过"));
        }
        seen.push(value);
    }
}

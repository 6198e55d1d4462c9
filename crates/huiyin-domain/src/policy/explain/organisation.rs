//! Entrances, units, catalogue, channels, places, terms.

use super::phrases;
use crate::policy::{Category, Kind, Policy, Squad, Unit};

pub(super) fn entrances(policy: &Policy) -> Vec<String> {
    let on_home =
        phrases::listed(policy.kinds.iter().filter(|kind| kind.on_home).map(|kind| kind.entrance.as_str()));
    let mut lines =
        vec![format!("首页入口：{on_home}。入口只是先替您选好类型，选错了也会受理，由受理员改正。")];
    lines.extend(policy.kinds.iter().map(entrance));
    lines
}

fn entrance(kind: &Kind) -> String {
    let mut ways = vec![phrases::identity(kind.identity)];
    ways.push(if kind.public { "提议公开答复" } else { "答复默认不公开" });
    if kind.needs_place {
        ways.push("必须写明地点");
    }
    if kind.dispatches_itself {
        ways.push("按派单目录自动派给单位，不经人工");
    }
    if kind.restricted {
        ways.push("受限：不自动派单，永不公开");
    }
    format!("· {}（{}）：{}。{}", kind.name, kind.hint, ways.join("，"), kind.note)
}

pub(super) fn dispatch(policy: &Policy) -> Vec<String> {
    let coordinator = phrases::unit(policy, &policy.school.coordinator);
    let by_itself = phrases::listed(
        policy.kinds.iter().filter(|kind| kind.dispatches_itself).map(|kind| kind.name.as_str()),
    );
    let mut lines = vec![format!("{coordinator}受理、派单、催办和督办。")];
    lines.push(if by_itself.is_empty() {
        "每一件都由受理员派，没有自动派单的类型。".to_owned()
    } else {
        format!("{by_itself}选了有主办单位的分类就直接派给单位，其余的由受理员派。")
    });
    lines.push("派法有三种：单位本职的直接办理；属于别的单位的转办，一家主办、几家协办；面广或难办的呈办，由校领导批示。".to_owned());
    let proposals = &policy.proposals;
    lines.push(match proposals.automatic_from {
        None => format!("系统按学校历史给出建议，由受理员定，不自动转办。依据：{}。", proposals.clause),
        Some(from) => format!(
            "学校历史里确认过的满 {} 件以后，一百件里至少 {from} 件会对的建议由系统直接转办，单位可以退回；涉险、受保护和走法定程序的一律由人看。依据：{}。",
            proposals.confirmed_min, proposals.clause
        ),
    });
    let (assisting, merging) = (&policy.assisting, &policy.merging);
    lines.push(format!(
        "协办单位 {} 个工作日内给意见，比主办的期限早一个工作日；主办可以吹哨请别的单位一起办，两边都计时。依据：{}。",
        assisting.inner_working_days, assisting.clause
    ));
    lines.push(format!(
        "同一件事可以并案办理，各人仍看自己的一页、各自评价；{} 天内可以取消。一件里有两件事的拆开办，期限从原件提交时数。依据：{}。",
        merging.undo_days, merging.clause
    ));
    lines.extend(policy.squads.iter().filter(|squad| !squad.closed).map(|squad| squad_line(policy, squad)));
    lines
}

fn squad_line(policy: &Policy, squad: &Squad) -> String {
    let unit = phrases::unit(policy, &squad.unit);
    let kinds = match squad.kinds.as_slice() {
        [] => "简单的活".to_owned(),
        kinds => format!("简单的{}", phrases::kinds(policy, kinds)),
    };
    let names = squad.categories.iter().filter_map(|id| policy.category(id));
    let categories = match squad.categories.as_slice() {
        [] => String::new(),
        _ => format!("（{}）", phrases::listed(names.map(|category| category.name.as_str()))),
    };
    format!(
        "{}可以替{unit}到现场做{kinds}{categories}；责任、期限和答复仍在{unit}，受保护和保密的不交。依据：{}。",
        squad.name, squad.clause
    )
}

pub(super) fn channels(policy: &Policy) -> Vec<String> {
    let channel = |channel: &crate::policy::Channel| {
        let by = match channel {
            channel if channel.outside => "校外转来，工作人员登记并与校内来件比对",
            channel if channel.registered_by_staff && channel.form.is_some() => {
                "本人提交，也可由工作人员登记"
            }
            channel if channel.registered_by_staff => "工作人员登记",
            _ => "本人提交",
        };
        let cosigned = channel.cosigners_min.map_or_else(String::new, |count| {
            format!("，提出后请人附议，一般 {count} 人；人数够不够都照样受理，是否立案由人决定")
        });
        let by_name = if channel.real_name_only { "，限实名" } else { "" };
        let clause =
            if channel.clause.is_empty() { String::new() } else { format!("（{}）", channel.clause) };
        format!(
            "· {}：{}牵头，面向{}，{by}{by_name}{cosigned}{clause}。",
            channel.name,
            phrases::unit(policy, &channel.owner),
            phrases::audience(channel.audience)
        )
    };
    policy.channels.iter().map(channel).collect()
}

pub(super) fn catalogue(policy: &Policy) -> Vec<String> {
    policy.categories.iter().map(|category| catalogue_line(policy, category)).collect()
}

fn catalogue_line(policy: &Policy, category: &Category) -> String {
    let mut parts = vec![match &category.unit {
        Some(unit) => phrases::unit(policy, unit).to_owned(),
        None => "由受理员看内容定单位".to_owned(),
    }];
    if !category.assisting.is_empty() {
        parts.push(format!("{}常协办", phrases::units(policy, &category.assisting)));
    }
    if !category.kinds.is_empty() {
        parts.push(format!("用于{}", phrases::kinds(policy, &category.kinds)));
    }
    for rule in &category.by_place {
        let names = rule.places.iter().map(|id| policy.place(id).map_or(id.as_str(), |place| &place.name));
        parts.push(format!("{}归{}", phrases::listed(names), phrases::unit(policy, &rule.unit)));
    }
    match (category.valid_from, category.valid_until) {
        (None, None) => {}
        (Some(from), None) => parts.push(format!("{from} 起用")),
        (None, Some(until)) => parts.push(format!("用到 {until}")),
        (Some(from), Some(until)) => parts.push(format!("{from} 至 {until} 使用")),
    }
    if category.restricted {
        parts.push("受限：不自动派单，永不公开".to_owned());
    }
    format!("· {}：{}。", category.name, parts.join("；"))
}

pub(super) fn units(policy: &Policy) -> Vec<String> {
    let (closed, open): (Vec<&Unit>, Vec<&Unit>) = policy.units.iter().partition(|unit| unit.closed);
    let mut lines = vec![format!("共 {} 个单位。", open.len())];
    lines.extend(open.iter().map(|unit| unit_line(policy, unit)));
    if !closed.is_empty() {
        lines.push(format!(
            "已停用：{}。",
            closed.iter().map(|unit| closed_unit(policy, unit)).collect::<Vec<_>>().join("、")
        ));
    }
    lines
}

fn closed_unit(policy: &Policy, unit: &Unit) -> String {
    match policy.heir_of(&unit.id) {
        Some(heir) => format!("{}（由{}接手）", unit.name, phrases::unit(policy, heir)),
        None => unit.name.clone(),
    }
}

fn unit_line(policy: &Policy, unit: &Unit) -> String {
    let mut parts = Vec::new();
    if let Some(parent) = &unit.parent {
        parts.push(format!("属{}", phrases::unit(policy, parent)));
    }
    parts.push(match policy.leader_of(&unit.id) {
        Some(post) => format!("向{}负责", post.name),
        None => "未写分管校领导".to_owned(),
    });
    if !unit.class.is_empty() {
        parts.push(format!("归在「{}」里比较", unit.class));
    }
    if !unit.phone.is_empty() {
        parts.push(format!("电话 {}", unit.phone));
    }
    format!("· {}：{}。", unit.name, parts.join("，"))
}

pub(super) fn places_and_terms(policy: &Policy) -> Vec<String> {
    let mut campuses: Vec<&str> = Vec::new();
    for place in policy.places.iter().filter(|place| !place.closed) {
        if !campuses.contains(&place.campus.as_str()) {
            campuses.push(&place.campus);
        }
    }
    let mut lines = Vec::new();
    for campus in campuses {
        let here = policy.places.iter().filter(|place| place.campus == campus && !place.closed);
        let label = if campus.is_empty() { "未写校区" } else { campus };
        lines.push(format!("{label}：{}。", phrases::listed(here.map(|place| place.name.as_str()))));
    }
    let closed: Vec<&str> =
        policy.places.iter().filter(|place| place.closed).map(|place| place.name.as_str()).collect();
    if !closed.is_empty() {
        lines.push(format!("不再能选：{}。", closed.join("、")));
    }
    lines.extend(policy.terms.iter().map(|term| format!("{}：{} 至 {}。", term.name, term.from, term.until)));
    lines
}

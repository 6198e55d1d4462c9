//! What a school still lacks before it can answer everybody (10.1), each thing with the page that mends it.

use crate::admin::places::are_of_the_preset;
use huiyin_cases::learning;
use huiyin_domain::calendar::{Calendar, Day};
use huiyin_domain::policy::{Policy, SecondLook};
use huiyin_domain::shipped;
use huiyin_foundation::db::{DbError, Tx};
use huiyin_foundation::error::Error;
use huiyin_people::units;

/// Something that is not ready yet.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Lack {
    /// What is missing.
    pub words: String,
    /// What comes of it.
    pub follows: &'static str,
    /// Where it is mended.
    pub href: String,
    /// What the way there says.
    pub button: &'static str,
    /// Whom it concerns, each with its own way there, when they are too many for a line each.
    pub concerned: Vec<Concerned>,
}

/// One of many that lack the same.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Concerned {
    /// Its name.
    pub name: String,
    /// Where it is mended.
    pub href: String,
}

/// So many of a kind still get a line each; more stand in one line that unfolds.
const LINES_MAX: usize = 3;

/// Everything that is missing: first what keeps a school from beginning, then what makes it slow or wrong.
pub(super) fn find(
    tx: &mut Tx,
    policy: &Policy,
    calendar: &Calendar,
    today: Day,
    is_demo: bool,
) -> Result<Vec<Lack>, DbError> {
    let mut lacks = of_the_school(policy, is_demo);
    if units::clerks(tx)?.is_empty() {
        let office =
            policy.unit(&policy.school.coordinator).map_or("统筹单位", |unit| unit.name.as_str());
        lacks.push(lack(
            format!("{office}还没有受理员"),
            "要人工受理的诉求没有人看见",
            "/admin/people",
            "指定受理员",
        ));
    }
    let unstaffed = units::without_handler(tx, policy)?.into_iter().map(|id| Concerned {
        name: policy.unit(&id).map_or_else(|| id.to_string(), |unit| unit.name.clone()),
        href: format!("/admin/units/{id}"),
    });
    let many = lack(String::new(), "转给它的件没有人签收", "/admin/people/roster", "导入名册");
    lacks.extend(grouped(unstaffed.collect(), "还没有承办员", "个单位还没有承办员", "看单位", many));
    if policy.answering.second_look != SecondLook::None {
        let headless = units::without_head(tx, policy)?.into_iter().map(|id| Concerned {
            name: policy.unit(&id).map_or_else(|| id.to_string(), |unit| unit.name.clone()),
            href: format!("/admin/units/{id}"),
        });
        let many = lack(String::new(), "要先审核的答复由协调部门代为签发", "/admin/people", "指定负责人");
        lacks.extend(grouped(headless.collect(), "还没有负责人", "个单位还没有负责人", "看单位", many));
    }
    if !is_demo && are_of_the_preset(&policy.places) {
        lacks.push(lack(
            "地点还是预设里的，不是本校的楼".to_owned(),
            "师生提交时选不到自己的楼",
            "/admin/places",
            "改地点",
        ));
    }
    let vacant = units::vacant_posts(tx, policy)?.into_iter().map(|post| Concerned {
        name: policy.leader(&post).map_or_else(|| post.clone(), |leader| leader.name.clone()),
        href: "/admin/people".to_owned(),
    });
    let many = lack(String::new(), "呈给这个岗位的件没有人批示", "/admin/people", "指定人员");
    lacks.extend(grouped(vacant.collect(), "还没有人", "个校领导岗位还没有人", "指定人员", many));
    lacks.extend(empty_squads(tx, policy)?);
    lacks.extend(in_the_catalogue(policy));
    lacks.extend(without_telephone(policy));
    if let Some(year) = calendar.missing_year(today) {
        lacks.push(lack(
            format!("还没有 {year} 年的放假调休安排"),
            "跨到那一年的期限先按周一至周五算，标明「暂定」",
            "/admin/limits#calendar",
            "看怎么补",
        ));
    }
    Ok(lacks)
}

/// What the proposals come from cannot be read.
pub(super) fn damaged_model(tx: &mut Tx) -> Result<Option<Lack>, Error> {
    let damaged = learning::damaged(tx)?;
    Ok(damaged.map(|version| {
        lack(
            format!("建议所依据的第 {version} 版损坏了"),
            "现在用的是它前面能读的一版；都读不出来时只用类别目录里的词",
            "/admin/proposals",
            "看各版",
        )
    }))
}

fn of_the_school(policy: &Policy, is_demo: bool) -> Vec<Lack> {
    let mut lacks = Vec::new();
    if policy.school.duty_phone.is_empty() {
        lacks.push(lack(
            "还没有填总值班电话".to_owned(),
            "有危险的人在页面上找不到学校的电话，只有 110、119、120",
            "/admin/school",
            "填电话",
        ));
    }
    if !is_demo && has_placeholder_name(policy) {
        lacks.push(lack(
            format!("校名还是预设里的「{}」", policy.school.name),
            "师生在每一页上看到的都是它",
            "/admin/school",
            "填校名",
        ));
    }
    lacks
}

fn empty_squads(tx: &mut Tx, policy: &Policy) -> Result<Vec<Lack>, DbError> {
    let mut empty = Vec::new();
    for squad in policy.squads.iter().filter(|squad| !squad.closed) {
        if units::members_of(tx, &squad.id)?.is_empty() {
            let href = format!("/admin/squads/{}", squad.id);
            empty.push(Concerned { name: squad.name.clone(), href });
        }
    }
    let many = lack(String::new(), "交给它的活没有人收到", "/admin/squads", "加队员");
    Ok(grouped(empty, "还没有队员", "个服务队还没有队员", "加队员", many))
}

fn in_the_catalogue(policy: &Policy) -> Vec<Lack> {
    let orphaned = policy.categories.iter().filter(|category| category.unit.is_none());
    let orphaned = orphaned.map(|category| Concerned {
        name: category.name.clone(),
        href: format!("/admin/categories/{}", category.id),
    });
    let many = lack(String::new(), "选了它的诉求要由受理员逐件定单位", "/admin/categories", "看类别");
    let mut lacks = grouped(orphaned.collect(), "没有主办单位", "个类别没有主办单位", "定单位", many);
    for kind in policy.kinds.iter().filter(|kind| policy.categories_of(&kind.id).next().is_none()) {
        lacks.push(lack(
            format!("类型「{}」下面没有类别", kind.name),
            "这一类诉求都要由受理员逐件定单位",
            "/admin/categories/new",
            "加类别",
        ));
    }
    lacks
}

fn without_telephone(policy: &Policy) -> Option<Lack> {
    let silent = policy.units.iter().filter(|unit| !unit.closed && unit.phone.is_empty()).count();
    let words = format!("{silent} 个单位还没有填办公电话");
    (silent > 0).then(|| lack(words, "师生在自己的件上看不到承办单位的电话", "/admin/units", "看单位"))
}

/// One line for each, or one that unfolds when there are many.
fn grouped(
    concerned: Vec<Concerned>,
    one_lacks: &str,
    many_lack: &str,
    button: &'static str,
    many: Lack,
) -> Vec<Lack> {
    if concerned.len() > LINES_MAX {
        return vec![Lack { words: format!("{} {many_lack}", concerned.len()), concerned, ..many }];
    }
    let alone =
        |one: Concerned| lack(format!("「{}」{one_lacks}", one.name), many.follows, &one.href, button);
    concerned.into_iter().map(alone).collect()
}

/// Whether the school still bears the name of a shipped preset.
fn has_placeholder_name(policy: &Policy) -> bool {
    shipped::preset("campus").is_some_and(|preset| preset.school.name == policy.school.name)
}

fn lack(words: String, follows: &'static str, href: &str, button: &'static str) -> Lack {
    Lack { words, follows, href: href.to_owned(), button, concerned: Vec::new() }
}

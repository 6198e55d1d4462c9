//! What a school still lacks before it can answer everybody (10.1), each thing with the page that mends it.

use huiyin_domain::calendar::{Calendar, Day};
use huiyin_domain::ids::UnitId;
use huiyin_domain::policy::Policy;
use huiyin_domain::shipped;
use huiyin_foundation::db::{DbError, Tx};
use huiyin_people::units;

/// Something that is not ready yet.
#[derive(Debug, PartialEq, Eq)]
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

/// So many units without an officer still get a line each.
const LINES_MAX: usize = 3;

/// Everything that is missing, the most pressing first.
pub(super) fn find(
    tx: &mut Tx,
    policy: &Policy,
    calendar: &Calendar,
    today: Day,
    is_demo: bool,
) -> Result<Vec<Lack>, DbError> {
    let mut lacks = Vec::new();
    if !is_demo && has_placeholder_name(policy) {
        lacks.push(lack(
            format!("校名还是预设里的「{}」", policy.school.name),
            "师生在每一页上看到的都是它",
            "/admin/school".to_owned(),
            "填校名",
        ));
    }
    if units::clerks(tx)?.is_empty() {
        let office =
            policy.unit(&policy.school.coordinator).map_or("统筹单位", |unit| unit.name.as_str());
        lacks.push(lack(
            format!("{office}还没有受理员"),
            "要人工受理的诉求没有人看见",
            "/admin/people".to_owned(),
            "指定受理员",
        ));
    }
    lacks.extend(without_officer(units::without_handler(tx, policy)?, policy));
    for post in units::vacant_posts(tx, policy)? {
        let name = policy.leader(&post).map_or(post.as_str(), |leader| leader.name.as_str());
        lacks.push(lack(
            format!("「{name}」还没有人"),
            "呈给这个岗位的件没有人批示",
            "/admin/people".to_owned(),
            "指定人员",
        ));
    }
    lacks.extend(in_the_catalogue(policy));
    if let Some(year) = calendar.missing_year(today) {
        lacks.push(lack(
            format!("还没有 {year} 年的放假调休安排"),
            "跨到那一年的期限先按周一至周五算，标明「暂定」",
            "/admin/limits#calendar".to_owned(),
            "看怎么补",
        ));
    }
    Ok(lacks)
}

fn without_officer(ids: Vec<UnitId>, policy: &Policy) -> Vec<Lack> {
    let concerned: Vec<Concerned> = ids
        .into_iter()
        .map(|id| Concerned {
            name: policy.unit(&id).map_or_else(|| id.to_string(), |unit| unit.name.clone()),
            href: format!("/admin/units/{id}"),
        })
        .collect();
    if concerned.len() > LINES_MAX {
        let words = format!("{} 个单位还没有承办员", concerned.len());
        let together = lack(words, "转给它们的件没有人签收", "/admin/units".to_owned(), "看单位");
        return vec![Lack { concerned, ..together }];
    }
    let alone = |unit: Concerned| {
        lack(format!("{}还没有承办员", unit.name), "转给它的件没有人签收", unit.href, "看单位")
    };
    concerned.into_iter().map(alone).collect()
}

fn in_the_catalogue(policy: &Policy) -> Vec<Lack> {
    let mut lacks = Vec::new();
    for category in policy.categories.iter().filter(|category| category.unit.is_none()) {
        lacks.push(lack(
            format!("类别「{}」没有主办单位", category.name),
            "选了它的诉求要由受理员逐件定单位",
            format!("/admin/categories/{}", category.id),
            "定单位",
        ));
    }
    for kind in policy.kinds.iter().filter(|kind| policy.categories_of(&kind.id).next().is_none()) {
        lacks.push(lack(
            format!("类型「{}」下面没有类别", kind.name),
            "这一类诉求都要由受理员逐件定单位",
            "/admin/categories/new".to_owned(),
            "加类别",
        ));
    }
    lacks
}

/// Whether the school still bears the name of a shipped preset.
fn has_placeholder_name(policy: &Policy) -> bool {
    shipped::preset("campus").is_some_and(|preset| preset.school.name == policy.school.name)
}

fn lack(words: String, follows: &'static str, href: String, button: &'static str) -> Lack {
    Lack { words, follows, href, button, concerned: Vec::new() }
}

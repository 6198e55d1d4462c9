//! What a correction changed, from what to what (3.5): kind, category, place and urgency are no secret to the requester.

use crate::dossier::{category_name, kind_of, place_words};
use huiyin_domain::case::{Case, Classified, Event, Promise};
use huiyin_domain::policy::{Policy, Statutory};
use huiyin_foundation::say;

/// That it was corrected, or onto which road of the law it went by that; and from what to what.
pub(super) fn told(
    before: Option<&Case>,
    event: &Event,
    promises: &[Promise],
    policy: &Policy,
) -> (String, String) {
    let law = promises.iter().find(|promise| promise.is_statutory());
    let road = law.and_then(|promise| {
        let is_its = |known: &&Statutory| promise.limit.ends_with(&format!(":{}", known.id));
        policy.statutory.iter().find(is_its)
    });
    let changes = changes(before, event, policy);
    let road = road.map(|procedure| format!("转入法定程序：{}", procedure.name));
    (road.unwrap_or_else(|| title(&changes)), in_words(&changes))
}

/// Under which category the rule of the school has put it, and why.
pub(super) fn classified(it: &Classified, words: &str, policy: &Policy) -> String {
    let category = category_name(policy, Some(&it.category));
    let by = if words.is_empty() { String::new() } else { format!("依据：{words}。") };
    let (share, model) = (it.share, it.model);
    format!("归入“{category}”。{by}学校历史里这样的建议一百件有 {share} 件是对的（第 {model} 版）")
}

/// What a field was and is, in words.
struct Change {
    what: &'static str,
    from: String,
    to: String,
}

const CATEGORY: &str = "类别";

/// What really changed; empty where everything stood there already.
fn changes(before: Option<&Case>, event: &Event, policy: &Policy) -> Vec<Change> {
    let (Some(before), Event::Corrected { kind, category, place, urgency, .. }) = (before, event) else {
        return Vec::new();
    };
    let kinds = kind.as_ref().map(|id| (kind_of(policy, &before.kind).0, kind_of(policy, id).0));
    let category_of = |id| category_name(policy, id);
    let categories =
        category.as_ref().map(|id| (category_of(before.category.as_ref()), category_of(Some(id))));
    let place_of = |id| place_words(policy, id, "");
    let places = place.as_ref().map(|id| (place_of(before.place.as_ref()), place_of(Some(id))));
    let urgencies = urgency.map(|to| (say::urgency(before.urgency).to_owned(), say::urgency(to).to_owned()));
    let named = [("类型", kinds), (CATEGORY, categories), ("地点", places), ("紧急程度", urgencies)];
    let changed = named.into_iter().filter_map(|(what, change)| change.map(|(from, to)| (what, from, to)));
    changed.filter(|(_, from, to)| from != to).map(|(what, from, to)| Change { what, from, to }).collect()
}

/// 更正了类别、地点
fn title(changes: &[Change]) -> String {
    let what: Vec<&str> = changes.iter().map(|change| change.what).collect();
    if let [Change { what: CATEGORY, from, .. }] = changes
        && from.is_empty()
    {
        return "确定了类别".to_owned();
    }
    if what.is_empty() {
        "核对了登记内容，没有改动".to_owned()
    } else {
        format!("更正了{}", what.join("、"))
    }
}

/// 类别：未分类 → 网络；地点：没有写 → 图书馆
fn in_words(changes: &[Change]) -> String {
    let from = |change: &Change| match (change.from.as_str(), change.what) {
        ("", CATEGORY) => "未分类".to_owned(),
        ("", _) => "没有写".to_owned(),
        (words, _) => words.to_owned(),
    };
    let words = changes.iter().map(|change| format!("{}：{} → {}", change.what, from(change), change.to));
    words.collect::<Vec<_>>().join("；")
}

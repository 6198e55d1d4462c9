//! What the page of a case says of it in a few words each: who brought it, where it is, who has it, what was decided.

use super::{parts, roads, turns};
use crate::cases::log::Bench;
use crate::cases::sight::Seen;
use huiyin_domain::access::Hat;
use huiyin_domain::case::TextKind;
use huiyin_domain::ids::PersonId;
use huiyin_foundation::say;
use std::collections::BTreeMap;

/// The facts that there are, in the order in which they are read.
pub(super) fn facts(
    seen: &Seen,
    bench: &Bench<'_>,
    names: &BTreeMap<PersonId, String>,
) -> Vec<(&'static str, String)> {
    let (case, policy) = (seen.case(), bench.policy);
    let assisting: Vec<String> = case.assisting.iter().map(|unit| parts::unit_name(policy, unit)).collect();
    let channel =
        policy.channel(&case.channel).map_or_else(|| case.channel.to_string(), |it| it.name.clone());
    // The clerk may have to call back, the addressed leader decides; supervision and audit need no name.
    let may_know = seen.hats.iter().any(|hat| matches!(hat, Hat::Clerk | Hat::Addressee));
    let name = seen.requester.as_ref().filter(|_| may_know).and_then(|person| names.get(person));
    let identity = say::identity(case.identity);
    let contact = if may_know { seen.texts.of(1, TextKind::Contact) } else { "" };
    let on_behalf_of = if may_know { seen.texts.of(1, TextKind::OnBehalfOf) } else { "" };
    let echoes = if seen.echoes > 0 { format!("{} 人", seen.echoes) } else { String::new() };
    let all = [
        ("反映人", name.map_or_else(|| identity.to_owned(), |name| format!("{name}（{identity}）"))),
        ("替谁登记", on_behalf_of.to_owned()),
        ("联系方式", contact.to_owned()),
        ("也遇到", echoes),
        ("提交", say::moment(bench.now, case.submitted_at)),
        ("渠道", channel),
        ("类别", parts::category_name(policy, case.category.as_ref())),
        ("地点", parts::place_words(policy, case.place.as_ref(), seen.texts.room())),
        ("方式", case.route.map_or("", say::route).to_owned()),
        ("承办", case.unit.as_ref().map_or_else(String::new, |unit| parts::unit_name(policy, unit))),
        ("协办", assisting.join("、")),
        ("呈报", case.leader.as_deref().map_or_else(String::new, |post| parts::leader_name(policy, post))),
        (
            "督办",
            case.supervised.map_or_else(String::new, |level| say::supervised(level, case.unit.is_some())),
        ),
        ("退回", if case.send_backs > 0 { format!("{} 次", case.send_backs) } else { String::new() }),
        ("催办", if case.urges > 0 { format!("反映人催了 {} 次", case.urges) } else { String::new() }),
        (
            "公开",
            match (case.restricted, case.may_publish) {
                (true, _) => "不公开（这类事项只单独答复）".into(),
                (false, true) => "同意公开".into(),
                (false, false) => "只答复本人".into(),
            },
        ),
    ];
    all.into_iter()
        .chain(turns::facts(case, bench.now))
        .chain(roads::facts(seen, bench))
        .filter(|(_, value)| !value.is_empty())
        .collect()
}

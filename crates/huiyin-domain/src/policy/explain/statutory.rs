//! The roads that the law has laid, with what it says.

use super::phrases;
use crate::policy::{ExtensionBy, Policy, Statutory};

pub(super) fn procedures(policy: &Policy) -> Vec<String> {
    let first = "下面这些诉求由法定的机构按法定的期限办，期限按自然天算，当天不计，最后一天是休息日的顺延到下一个工作日；不公开、不计入比率，也不按普通诉求延期、暂停和重办。涉及人身危险的先按特急处置。".to_owned();
    let each = policy.statutory.iter().map(|procedure| said(policy, procedure));
    std::iter::once(first).chain(each).collect()
}

fn said(policy: &Policy, procedure: &Statutory) -> String {
    let Statutory { name, days, rights, clause, .. } = procedure;
    let kinds = phrases::kinds(policy, &procedure.kinds);
    let categories = procedure.categories.iter().filter_map(|id| policy.category(id));
    let categories = phrases::listed(categories.map(|category| category.name.as_str()));
    let whose = match (kinds.is_empty(), categories.is_empty()) {
        (false, false) => format!("{kinds}里的{categories}"),
        (false, true) => kinds,
        _ => format!("分类为{categories}的"),
    };
    let unit = phrases::unit(policy, &procedure.unit);
    let more = match procedure.extension_days {
        Some(days) => {
            let by = match procedure.extension_by {
                ExtensionBy::Head => "该机构负责人",
                ExtensionBy::School => "学校负责人（分管校领导或主要负责人）",
            };
            format!("，可以延长一次，最多 {days} 天，由{by}批")
        }
        None => String::new(),
    };
    let filing = match procedure.filing_days {
        Some(days) => format!("一般在收到决定之日起 {days} 天内提出，过了也收，由{unit}决定。"),
        None => String::new(),
    };
    let outcomes = procedure.outcomes.as_ref().map_or_else(String::new, |words| {
        format!("结论写作「{}」「{}」「{}」。", words.solved, words.partly, words.explained)
    });
    format!(
        "· {name}（{whose}）：交{unit}，{days} 天内作出结论{more}。{filing}{outcomes}{rights}依据：{clause}。"
    )
}

//! Time limits leave no gap: whatever case comes, every clock finds a limit, and no limit stands where none can reach it.

use crate::case::due::CLOCKS;
use crate::case::{Clock, Route};
use crate::policy::words;
use crate::policy::{Limit, Policy};
use crate::reading::Table;

/// Complains of limits without exactly one measure, of limits never reached, and of clocks without a limit.
pub(in crate::policy) fn limits(policy: &Policy, tables: &[Table<'_>]) {
    for (index, (limit, table)) in policy.limits.iter().zip(tables).enumerate() {
        measure(policy, limit, table);
        if limit.clock == Clock::Acknowledge && !limit.routes.is_empty() {
            table.complain_of("routes", "受理时还没有分路线，acknowledge 不能写 routes".to_owned());
        }
        if let Some(earlier) = policy.limits[..index].iter().find(|earlier| covers(earlier, limit)) {
            table.complain(format!(
                "时限 {} 永远用不上：前面的 {} 已经包括了它，请把条件细的写在前面",
                limit.id, earlier.id
            ));
        }
    }
    let Some(first) = tables.first() else { return };
    for clock in CLOCKS {
        for reason in gaps(policy, clock) {
            first.complain(reason);
        }
    }
}

fn measure(policy: &Policy, limit: &Limit, table: &Table<'_>) {
    let measures =
        [limit.working_days.is_some(), limit.school_days.is_some(), limit.hours.is_some(), limit.same_day];
    let count = measures.iter().filter(|is_set| **is_set).count();
    if count != 1 {
        table.complain(format!(
            "时限 {} 要在 working_days、school_days、hours、same_day 里恰好写一个，现在写了 {count} 个",
            limit.id
        ));
    }
    if limit.school_days.is_some() && policy.terms.is_empty() {
        table.complain_of("school_days", "按教学日计算要先在 [[terms]] 里写明学期起止".to_owned());
    }
}

/// Whether every case that fits the later limit fits the earlier one too.
fn covers(earlier: &Limit, later: &Limit) -> bool {
    fn holds_all<T: PartialEq>(wide: &[T], narrow: &[T]) -> bool {
        wide.is_empty() || (!narrow.is_empty() && narrow.iter().all(|one| wide.contains(one)))
    }
    earlier.clock == later.clock
        && holds_all(&earlier.routes, &later.routes)
        && holds_all(&earlier.kinds, &later.kinds)
        && holds_all(&earlier.urgencies, &later.urgencies)
        && (!earlier.reopened || later.reopened)
}

/// For which routes this clock has no limit that fits every kind and urgency. The result clock may wait for the route;
/// the other two are promised before there is one.
fn gaps(policy: &Policy, clock: Clock) -> Vec<String> {
    let fits_all = |limit: &&Limit| {
        limit.clock == clock && limit.kinds.is_empty() && limit.urgencies.is_empty() && !limit.reopened
    };
    let general: Vec<&Limit> = policy.limits.iter().filter(fits_all).collect();
    let name = words::CLOCKS.iter().find(|(_, known)| *known == clock).map_or("", |(word, _)| *word);
    if general.iter().any(|limit| limit.routes.is_empty()) {
        Vec::new()
    } else if clock != Clock::Result {
        vec![format!("缺少对所有类型都适用的 {name} 时限（不写 routes、kinds、urgencies、reopened）")]
    } else {
        let missing = |route: &Route| !general.iter().any(|limit| limit.routes.contains(route));
        let routes = words::ROUTES.iter().filter(|(_, route)| missing(route));
        routes.map(|(word, _)| format!("缺少路线 {word} 上对所有类型都适用的 {name} 时限")).collect()
    }
}

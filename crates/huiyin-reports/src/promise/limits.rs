//! The time limits of the settings in force, in words.

use huiyin_domain::case::Clock;
use huiyin_domain::policy::{Limit, Policy};
use huiyin_foundation::say;

/// A limit in words.
pub(super) struct Promised {
    /// 受理, 首次回应, 反馈结果
    pub what: &'static str,
    /// 报修, 加急、特急, 其他
    pub whose: String,
    /// 24 小时内
    pub span: String,
    /// Where it stands.
    pub clause: String,
}

/// Every limit, by clock; within a clock the first that fits holds, as in the settings.
pub(super) fn table(policy: &Policy) -> Vec<Promised> {
    let of = |clock| policy.limits.iter().filter(move |limit| limit.clock == clock);
    [Clock::Acknowledge, Clock::FirstReply, Clock::Result]
        .into_iter()
        .flat_map(of)
        .map(|limit| in_words(limit, policy))
        .collect()
}

fn in_words(limit: &Limit, policy: &Policy) -> Promised {
    Promised {
        what: say::clock(limit.clock),
        whose: whose(limit, policy),
        span: say::limit_span(limit),
        clause: limit.clause.clone(),
    }
}

/// For which cases a limit holds.
fn whose(limit: &Limit, policy: &Policy) -> String {
    let kinds: Vec<&str> =
        limit.kinds.iter().filter_map(|id| policy.kind(id)).map(|kind| kind.name.as_str()).collect();
    let urgencies: Vec<&str> = limit.urgencies.iter().map(|urgency| say::urgency(*urgency)).collect();
    let routes: Vec<&str> = limit.routes.iter().map(|route| say::route(*route)).collect();
    let again = if limit.reopened { vec!["再次办理"] } else { vec![] };
    let parts: Vec<String> = [urgencies, kinds, routes, again]
        .into_iter()
        .filter(|words| !words.is_empty())
        .map(|words| words.join("、"))
        .collect();
    match (parts.is_empty(), is_the_only_one(limit, policy)) {
        (false, _) => parts.join("的"),
        (true, true) => "所有诉求".to_owned(),
        (true, false) => "其他诉求".to_owned(),
    }
}

fn is_the_only_one(limit: &Limit, policy: &Policy) -> bool {
    policy.limits.iter().filter(|other| other.clock == limit.clock).count() == 1
}

/// What happens after a limit is missed, rung by rung.
pub(super) fn rungs(policy: &Policy) -> Vec<String> {
    let ladder = policy.supervision.ladder.iter();
    let when = |hours: u16| match hours {
        0 => "到期没办".to_owned(),
        hours if hours % 24 == 0 => format!("超期 {} 天", hours / 24),
        hours => format!("超期 {hours} 小时"),
    };
    ladder.map(|rung| format!("{}，报{}", when(rung.hours_after), say::level(rung.level))).collect()
}

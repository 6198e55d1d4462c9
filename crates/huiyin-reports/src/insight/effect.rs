//! Before and after: how many a week came in before something was begun, and how many since it was done (7.2).

use super::entering::that_may_enter;
use super::scope::Scope;
use super::window::DAY_MS;
use huiyin_domain::calendar::Instant;
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::{Filter, Tx};
use huiyin_foundation::error::Error;

/// Before is the span of so many days.
const BEFORE_DAYS: i64 = 28;
/// After fewer days than these nothing can be said.
const AFTER_MIN_DAYS: i64 = 7;

/// What is counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted<'a> {
    pub topic: &'a str,
    pub category: &'a str,
    pub place: &'a str,
}

/// How many before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Effect {
    /// In the four weeks before it was begun.
    pub before: i64,
    /// Since it was done, and in how many whole days; none while it is not done.
    pub after: Option<(i64, i64)>,
}

impl Effect {
    /// Counts, of what this reader sees.
    pub fn of(
        tx: &mut Tx,
        policy: &Policy,
        scope: &Scope,
        what: Counted<'_>,
        (begun, done): (Instant, Option<Instant>),
        now: Instant,
    ) -> Result<Effect, Error> {
        let before = count(tx, policy, scope, what, Instant(begun.0 - BEFORE_DAYS * DAY_MS), begun)?;
        let after = match done {
            Some(done) => Some((count(tx, policy, scope, what, done, now)?, (now.0 - done.0) / DAY_MS)),
            None => None,
        };
        Ok(Effect { before, after })
    }

    /// 「开始前 4 周 12 件，平均每周 3 件」
    pub fn before_said(&self) -> String {
        format!("开始前 4 周 {} 件，平均每周 {} 件", self.before, a_week(self.before, BEFORE_DAYS))
    }

    /// 「办完后 14 天 2 件，平均每周 1 件」; why nothing can be said yet.
    pub fn after_said(&self) -> String {
        match self.after {
            None => "办完以后再比".to_owned(),
            Some((_, days)) if days < AFTER_MIN_DAYS => "办完满 7 天再比".to_owned(),
            Some((n, days)) => format!("办完后 {days} 天 {n} 件，平均每周 {} 件", a_week(n, days)),
        }
    }
}

fn a_week(n: i64, days: i64) -> String {
    super::list::number(n as f64 * 7.0 / days.max(1) as f64)
}

fn count(
    tx: &mut Tx,
    policy: &Policy,
    scope: &Scope,
    what: Counted<'_>,
    from: Instant,
    until: Instant,
) -> Result<i64, Error> {
    let filter = Filter::new("select count(*) as n from cases where cases.submitted_at > ").value(from);
    let filter = filter.sql("\n and cases.submitted_at <= ").value(until).sql("\n and ");
    let filter = scope.narrow(that_may_enter(filter, policy));
    let filter = if what.topic.is_empty() {
        let filter = filter.sql("\n and cases.category = ").value(what.category);
        let filter = filter.sql("\n and (coalesce(cases.place, '') = ").value(what.place);
        filter.sql(" or ").value(what.place).sql(" = '')")
    } else {
        let filter = filter.sql(
            "\n and exists (select 1 from insight_members
               where insight_members.case_no = cases.case_no and insight_members.topic = ",
        );
        filter.value(what.topic).sql(")")
    };
    let (sql, values) = filter.finish();
    // How many came in of this between two moments?
    Ok(tx.query_one(sql, &values)?.int("n")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn before_and_after_are_said_a_week_and_only_when_there_is_something_to_compare() {
        let effect = |after| Effect { before: 12, after };
        assert_eq!(effect(None).before_said(), "开始前 4 周 12 件，平均每周 3 件");
        assert_eq!(effect(None).after_said(), "办完以后再比");
        assert_eq!(effect(Some((0, 3))).after_said(), "办完满 7 天再比");
        assert_eq!(effect(Some((2, 14))).after_said(), "办完后 14 天 2 件，平均每周 1 件");
    }
}

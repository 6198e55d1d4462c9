//! When a topic has drawn a crowd: so many different people within so many days (7.1). People count, messages do not; all of
//! whom nobody knows who they are count as one.

use super::entering::that_may_enter;
use super::warnings::{self, Kind, Warning};
use super::window::DAY_MS;
use huiyin_domain::calendar::Instant;
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::{Filter, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;

/// The same topic is not told again within so many days.
const QUIET_DAYS: i64 = 60;

/// Looks at a topic after a case has joined it.
pub(super) fn look(tx: &mut Tx, app: &App, topic: &str, at: Instant) -> Result<(), Error> {
    let in_force = app.policy_in_force();
    let policy = &in_force.policy;
    let rules = &policy.warnings;
    for (kind, people, days) in [
        (Kind::Notice, rules.notice_people, rules.notice_days),
        (Kind::Crowd, rules.warning_people, rules.warning_days),
    ] {
        if warnings::was_raised(tx, kind, topic, Instant(at.0 - QUIET_DAYS * DAY_MS), at)? {
            continue;
        }
        let found = drawn(tx, policy, topic, at, i64::from(days))?;
        if found.1 >= i64::from(people) {
            let warning = Warning::of_crowd(kind, topic, at, i64::from(days), found);
            warnings::raise(tx, app, &warning)?;
        }
    }
    Ok(())
}

/// How many messages, and of how many people, came to a topic within so many days up to this moment.
fn drawn(tx: &mut Tx, policy: &Policy, topic: &str, at: Instant, days: i64) -> Result<(i64, i64), Error> {
    let filter = Filter::new(
        "select count(*) as messages, count(distinct coalesce(cases.requester_key, '')) as people
         from insight_members
         join cases on cases.case_no = insight_members.case_no
         where insight_members.topic = ",
    );
    let filter = filter.value(topic).sql("\n and insight_members.at_ms > ").value(at.0 - days * DAY_MS);
    let filter = filter.sql("\n and insight_members.at_ms <= ").value(at).sql("\n and ");
    let (sql, values) = that_may_enter(filter, policy).finish();
    // How many people spoke of it?
    let row = tx.query_one(sql, &values)?;
    Ok((row.int("messages")?, row.int("people")?))
}

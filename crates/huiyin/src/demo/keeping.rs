//! How long the demonstration keeps what: short enough that its ten weeks show a list of what need not be kept any longer,
//! made by the administrator and waiting for somebody else to confirm it.

use super::cast::Cast;
use huiyin_cases::cases::log::Bench;
use huiyin_cases::retention;
use huiyin_domain::calendar::TimeOfDay;
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;

/// A school keeps telephone numbers for half a year; a demonstration has no half year.
const CONTACT_DAYS: u16 = 45;
const CLAUSE: &str =
    "演示用：联系方式只留 45 天，好让十周的演示里看得到清单；平台默认是半年，姓名留 3 年、正文和附件留 10 年";
const LISTED_AT: TimeOfDay = TimeOfDay { minutes: 15 * 60 + 10 };

/// The same settings with the shorter time, in the rule that speaks of all that no other speaks of.
pub fn with_short_keeping(mut policy: Policy) -> Policy {
    let rules = &mut policy.retention.rules;
    let rest = rules.iter_mut().find(|rule| rule.kinds.is_empty() && rule.categories.is_empty());
    if let Some(rule) = rest.filter(|rule| rule.contact_days.is_some_and(|days| days > CONTACT_DAYS)) {
        rule.contact_days = Some(CONTACT_DAYS);
        CLAUSE.clone_into(&mut rule.clause);
    }
    policy
}

/// The administrator listed yesterday what was due.
pub fn list(tx: &mut Tx, bench: &Bench<'_>, cast: &Cast) -> Result<(), Error> {
    let Some(admin) = cast.administrator() else { return Ok(()) };
    let at = bench.now.day().before().at(LISTED_AT);
    retention::list_due(tx, bench, bench.keys.uuid_v7(at), &admin.person, at)?;
    Ok(())
}

//! Which cases' time is over, by the rules in force.

use huiyin_domain::calendar::{Day, Instant};
use huiyin_domain::case::Removal;
use huiyin_domain::ids::{CaseNo, CategoryId, KindId};
use huiyin_domain::policy::{Policy, RetentionRule};
use huiyin_foundation::db::{Row, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::params;

/// More than two people look through at once; the next list takes the rest.
pub(super) const LISTED_MAX: usize = 5_000;
const BATCH: i64 = 1_000;

/// A case of which something need not be kept any longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Due {
    pub no: CaseNo,
    pub step: Removal,
    pub ended_at: Instant,
}

/// A rule with the last day of closing from which each of its steps is due today, the furthest step first.
struct Cutoffs<'p> {
    rule: &'p RetentionRule,
    days: Vec<(Removal, Day)>,
}

impl Cutoffs<'_> {
    fn of(rule: &RetentionRule, today: Day) -> Cutoffs<'_> {
        let back = |days: u16| (0..days).fold(today, |day, _| day.before());
        let days = Removal::ALL.into_iter().rev().filter_map(|step| Some((step, back(rule.days(step)?))));
        Cutoffs { rule, days: days.collect() }
    }
}

/// The cases that are due today, the longest closed first, at most [`LISTED_MAX`].
pub(super) fn due(tx: &mut Tx, policy: &Policy, today: Day) -> Result<Vec<Due>, Error> {
    let rules: Vec<Cutoffs<'_>> =
        policy.retention.rules.iter().map(|rule| Cutoffs::of(rule, today)).collect();
    let Some(latest) = rules.iter().flat_map(|rule| rule.days.iter().map(|(_, day)| *day)).max() else {
        return Ok(Vec::new());
    };
    let (before, mut after) = (latest.next().start(), (Instant(i64::MIN), String::new()));
    let mut found = Vec::new();
    while found.len() < LISTED_MAX {
        // Which cases were closed so long ago that a rule may speak of them, behind this one?
        let rows = tx.query(
            "select case_no, kind, category, ended_at, removed
             from cases
             where ended_at is not null
               and coalesce(removed, '') <> 'words'
               and stage in ('archived', 'declined', 'withdrawn')
               and shelved_at is null
               and unsolved_since is null
               and ended_at < $1
               and (ended_at, case_no) > ($2, $3)
             order by ended_at, case_no
             limit $4",
            params![before, after.0, after.1.as_str(), BATCH],
        )?;
        let Some(last) = rows.last() else { break };
        after = (last.instant("ended_at")?, last.text("case_no")?);
        for row in &rows {
            found.extend(judged(row, &rules)?);
        }
    }
    found.truncate(LISTED_MAX);
    Ok(found)
}

fn judged(row: &Row, rules: &[Cutoffs<'_>]) -> Result<Option<Due>, Error> {
    let (kind, category): (KindId, Option<CategoryId>) = (row.get("kind")?, row.get("category")?);
    let removed = row.opt_text("removed")?.as_deref().and_then(Removal::from_word);
    let ended_at = row.instant("ended_at")?;
    let rule = rules.iter().find(|cutoffs| cutoffs.rule.fits(&kind, category.as_ref()));
    let steps = rule.into_iter().flat_map(|cutoffs| &cutoffs.days);
    let step = steps.filter(|(_, day)| ended_at.day() <= *day).map(|(step, _)| *step).next();
    match step.filter(|step| removed < Some(*step)) {
        Some(step) => Ok(Some(Due { no: row.get("case_no")?, step, ended_at })),
        None => Ok(None),
    }
}

//! Questions of leaders: what lies before a post, what a post has instructed, how the units in charge stand.

use crate::cases::sight::{accused_among, not_about};
use crate::dossier::{Line, OPEN, PRESSING, after};
use crate::supervision::{Light, lines_for, read};
use huiyin_domain::calendar::Day;
use huiyin_domain::ids::UnitId;
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::{Filter, Tx};
use huiyin_foundation::error::Error;

/// The units a leader answers for: those of the posts, all of them for the head of the school.
pub(crate) fn units_in_charge(policy: &Policy, posts: &[String]) -> Vec<UnitId> {
    let is_head = is_head(policy, posts);
    let is_theirs = |id: &UnitId| policy.leader_of(id).is_some_and(|leader| posts.contains(&leader.id));
    let units = policy.units.iter().map(|unit| &unit.id);
    units.filter(|id| is_head || is_theirs(id)).cloned().collect()
}

/// Whether the head of the school is among these posts.
pub(super) fn is_head(policy: &Policy, posts: &[String]) -> bool {
    policy.leaders.iter().any(|leader| leader.head && posts.contains(&leader.id))
}

/// What waits for an instruction of these posts, the oldest first.
pub(super) fn waiting(
    tx: &mut Tx,
    light: Light<'_>,
    posts: &[String],
    rows_max: usize,
) -> Result<Vec<Line>, Error> {
    // What lies before these posts?
    let filter = lines_for(light.away).sql("awaits_instruction = 1 and leader in ").list(posts);
    read(tx, light, filter.sql(" order by submitted_at, case_no limit ").value(rows_max))
}

/// What has been late for longest among these units.
pub(super) fn worst(
    tx: &mut Tx,
    light: Light<'_>,
    units: &[UnitId],
    rows_max: usize,
) -> Result<Vec<Line>, Error> {
    // What is late at these units?
    let filter = lines_for(light.away).sql("next_due <= ").value(light.now).sql(" and unit in ").list(units);
    read(tx, light, filter.sql(" order by next_due, case_no limit ").value(rows_max))
}

/// How units stand together.
pub(super) struct InCharge {
    /// Cases they owe an answer.
    pub open: u64,
    /// Of these, late.
    pub late: u64,
    /// Answers promised for the last days.
    pub promised: u64,
    /// Of these, in time.
    pub in_time: u64,
}

/// What these units have open, and how they kept time since a day.
pub(super) fn in_charge(
    tx: &mut Tx,
    light: Light<'_>,
    units: &[UnitId],
    since: Day,
) -> Result<InCharge, Error> {
    // How much runs at these units, and how much of it is late?
    let (now, away) = (light.now, accused_among(tx, light.away)?);
    let late = Filter::new("select count(*) as n, coalesce(sum(case when next_due <= ")
        .value(now)
        .sql(" then 1 else 0 end), 0) as late from cases where ");
    let (sql, values) = not_about(late, &away).sql("next_due is not null and unit in ").list(units).finish();
    let running = tx.query_one(sql, &values)?;
    // How much more waits for its requester there?
    let (sql, values) = not_about(Filter::new("select count(*) as n from cases where "), &away)
        .sql("asked_at is not null and next_due is null and unit in ")
        .list(units)
        .finish();
    let waiting = tx.query_one(sql, &values)?.get::<u64>("n")?;
    // How many answers fell due at these units lately, and how many came in time?
    let (sql, values) = Filter::new(
        "select
           cast(coalesce(sum(n), 0) as bigint) as promised,
           cast(coalesce(sum(case when measure <> 'result_missed' then n else 0 end), 0) as bigint) as in_time
         from case_counts
         where measure in ('replied_in_time', 'replied_in_extended_time', 'result_missed')
           and day >= ",
    )
    .value(since)
    .sql(" and unit in ")
    .list(units)
    .finish();
    let kept = tx.query_one(sql, &values)?;
    Ok(InCharge {
        open: running.get::<u64>("n")? + waiting,
        late: running.get("late")?,
        promised: kept.get("promised")?,
        in_time: kept.get("in_time")?,
    })
}

/// What these posts have instructed: what still runs by what is due first, or what is answered by what moved last.
pub(super) fn instructed(
    tx: &mut Tx,
    light: Light<'_>,
    posts: &[String],
    is_running: bool,
    cursor: &str,
    rows_max: usize,
) -> Result<Vec<Line>, Error> {
    // What became of what these posts instructed?
    let mut filter = lines_for(light.away).sql("is_instructed = 1 and leader in ").list(posts);
    let from = after(cursor);
    if is_running {
        filter = filter.sql(" and ").sql(OPEN);
        if let Some((due, no)) = from {
            filter = filter.sql(" and (").sql(PRESSING).sql(", case_no) > (");
            filter = filter.value(due).sql(", ").value(no).sql(")");
        }
        filter = filter.sql(" order by ").sql(PRESSING).sql(", case_no limit ");
    } else {
        filter = filter.sql(" and not ").sql(OPEN);
        if let Some((at, no)) = from {
            filter = filter.sql(" and (last_at, case_no) < (").value(at).sql(", ").value(no).sql(")");
        }
        filter = filter.sql(" order by last_at desc, case_no desc limit ");
    }
    read(tx, light, filter.value(rows_max))
}

/// How many of what these posts instructed still run, and how many are answered.
pub(super) fn instructed_counts(
    tx: &mut Tx,
    light: Light<'_>,
    posts: &[String],
) -> Result<(u64, u64), Error> {
    // How many instructed cases run, how many are answered?
    let away = accused_among(tx, light.away)?;
    let counts = Filter::new(
        "select
           coalesce(sum(case when stage in ('submitted', 'accepted', 'assigned') then 1 else 0 end), 0) as running,
           coalesce(sum(case when stage in ('submitted', 'accepted', 'assigned') then 0 else 1 end), 0) as answered
         from cases
         where ",
    );
    let (sql, values) = not_about(counts, &away).sql("is_instructed = 1 and leader in ").list(posts).finish();
    let row = tx.query_one(sql, &values)?;
    Ok((row.get("running")?, row.get("answered")?))
}

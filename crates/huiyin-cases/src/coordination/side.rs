//! The side bar of whoever coordinates, supervises, leads or audits, with what waits there.

use crate::cases::sight::{accused_among, not_about};
use crate::dossier::leader_name;
use huiyin_domain::access::{Role, units_near};
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::UnitId;
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::{Filter, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::web::{Side, Visitor};

/// The side bar of the first of these seats that the visitor has; none for whoever has none of them.
pub(crate) fn side(
    tx: &mut Tx,
    policy: &Policy,
    visitor: &Visitor,
    now: Instant,
) -> Result<Option<Side>, Error> {
    let near = units_near(&visitor.duties, policy);
    let reads_about_office = !near.contains(&policy.school.coordinator);
    let away = accused_among(tx, &near)?;
    let office = policy.unit(&policy.school.coordinator).map_or("", |unit| unit.name.as_str());
    if visitor.has(Role::Clerk) {
        let (waiting, pressing) = of_office(tx, now, &away, reads_about_office)?;
        let side = Side::clerk(office).counting_hot("/triage", waiting).counting("/supervision", pressing);
        return Ok(Some(side));
    }
    if visitor.has(Role::Supervisor) {
        let (_, pressing) = of_office(tx, now, &away, reads_about_office)?;
        return Ok(Some(Side::supervisor(office).counting_hot("/supervision", pressing)));
    }
    let posts = posts_of(visitor);
    if let Some(post) = posts.first() {
        let (waiting, running) = of_leader(tx, &posts, &away)?;
        let side = Side::leader(&leader_name(policy, post));
        let side = side.counting_hot("/leader", waiting).counting("/leader/instructions", running);
        return Ok(Some(side));
    }
    if visitor.has(Role::Publisher) {
        return Ok(Some(Side::publisher(office)));
    }
    Ok(visitor.has(Role::Auditor).then(|| Side::auditor(office)))
}

/// The leader posts that somebody holds.
pub(crate) fn posts_of(visitor: &Visitor) -> Vec<String> {
    let duties = visitor.duties.iter().filter(|duty| duty.role == Role::Leader);
    duties.filter_map(|duty| duty.post.clone()).collect()
}

/// What waits to be dispatched, and what presses on the page of supervision: late, or more time is asked for, or its handling
/// is complained of; each case once. What is said of the office itself counts only for whoever reads it there.
fn of_office(
    tx: &mut Tx,
    now: Instant,
    away: &[UnitId],
    reads_about_office: bool,
) -> Result<(u32, u32), Error> {
    let filter = Filter::new("select\n (select count(*) from cases\n where ");
    let filter = not_about(filter, away)
        .sql("stage in ('submitted', 'accepted')\n and awaits_instruction = 0) as waiting,")
        .sql("\n (select count(*) from (\n select case_no from cases\n where ");
    let filter = not_about(filter, away).sql("next_due <= ").value(now);
    let filter = not_about(filter.sql("\n union\n select case_no from cases\n where "), away)
        .sql("extension_asked is not null\n union\n select case_no from cases\n where ");
    let (sql, values) = not_about(filter, away)
        .sql("complaint_due is not null and complaint_about_office <= ")
        .value(reads_about_office)
        .sql(") as pressing) as pressing")
        .finish();
    // How many cases wait for a decision, and how many press?
    let row = tx.query_one(sql, &values)?;
    Ok((row.get("waiting")?, row.get("pressing")?))
}

fn of_leader(tx: &mut Tx, posts: &[String], away: &[UnitId]) -> Result<(u32, u32), Error> {
    // How many cases lie before these posts, and how many that they instructed still run?
    let filter = Filter::new(
        "select coalesce(sum(awaits_instruction), 0) as waiting,
           coalesce(sum(is_instructed), 0) as running
         from cases
         where ",
    );
    let filter =
        not_about(filter, away).sql("stage in ('submitted', 'accepted', 'assigned')\n and leader in ");
    let (sql, values) = filter.list(posts).finish();
    let row = tx.query_one(sql, &values)?;
    Ok((row.get("waiting")?, row.get("running")?))
}

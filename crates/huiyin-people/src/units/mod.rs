//! Who works where: questions over people and duties, for dispatch, notices and the list of what is not ready yet.
//!
//! The organisation itself (units, leader posts) is policy; the people in it are duties of the identity room.

#[cfg(test)]
mod tests;

use huiyin_domain::access::Role;
use huiyin_domain::ids::{PersonId, SquadId, UnitId};
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::{DbError, Row, Tx};
use huiyin_foundation::params;
use std::collections::BTreeSet;

/// Somebody who holds a duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Who.
    pub person: PersonId,
    /// Name.
    pub name: String,
    /// Telephone; may be empty.
    pub phone: String,
    /// The duty.
    pub role: Role,
    /// Where it holds; empty where it needs no unit.
    pub unit: String,
    /// The leader post or the squad; empty for others.
    pub post: String,
}

/// Officers of a unit, the head last.
pub fn officers_of(tx: &mut Tx, unit: &UnitId) -> Result<Vec<Holder>, DbError> {
    let mut found = holders(tx, Role::Officer, unit.as_str(), "")?;
    found.extend(holders(tx, Role::UnitHead, unit.as_str(), "")?);
    Ok(found)
}

/// Heads of a unit.
pub fn heads_of(tx: &mut Tx, unit: &UnitId) -> Result<Vec<Holder>, DbError> {
    holders(tx, Role::UnitHead, unit.as_str(), "")
}

/// Clerks of the coordinating office.
pub fn clerks(tx: &mut Tx) -> Result<Vec<Holder>, DbError> {
    holders(tx, Role::Clerk, "", "")
}

/// Whoever holds a leader post.
pub fn leader_at(tx: &mut Tx, post: &str) -> Result<Option<Holder>, DbError> {
    Ok(holders(tx, Role::Leader, "", post)?.into_iter().next())
}

/// The members of a volunteer squad.
pub fn members_of(tx: &mut Tx, squad: &SquadId) -> Result<Vec<Holder>, DbError> {
    holders(tx, Role::Volunteer, "", squad.as_str())
}

/// Everybody who holds this role anywhere.
pub fn all_with(tx: &mut Tx, role: Role) -> Result<Vec<Holder>, DbError> {
    holders(tx, role, "", "")
}

/// Units that may get cases but have nobody to open them.
pub fn without_handler(tx: &mut Tx, policy: &Policy) -> Result<Vec<UnitId>, DbError> {
    let mut staffed: BTreeSet<String> = BTreeSet::new();
    for role in [Role::Officer, Role::UnitHead] {
        staffed.extend(all_with(tx, role)?.into_iter().map(|holder| holder.unit));
    }
    let open = policy.units.iter().filter(|unit| !unit.closed);
    Ok(open.filter(|unit| !staffed.contains(unit.id.as_str())).map(|unit| unit.id.clone()).collect())
}

/// Units with somebody to answer but no head: where answers have a second look, theirs cannot go out.
pub fn without_head(tx: &mut Tx, policy: &Policy) -> Result<Vec<UnitId>, DbError> {
    let holding = |tx: &mut Tx, role| -> Result<BTreeSet<String>, DbError> {
        Ok(all_with(tx, role)?.into_iter().map(|holder| holder.unit).collect())
    };
    let (answering, headed) = (holding(tx, Role::Officer)?, holding(tx, Role::UnitHead)?);
    let open = policy.units.iter().filter(|unit| !unit.closed);
    let headless =
        open.filter(|unit| answering.contains(unit.id.as_str()) && !headed.contains(unit.id.as_str()));
    Ok(headless.map(|unit| unit.id.clone()).collect())
}

/// Leader posts that nobody holds.
pub fn vacant_posts(tx: &mut Tx, policy: &Policy) -> Result<Vec<String>, DbError> {
    let held: BTreeSet<String> = all_with(tx, Role::Leader)?.into_iter().map(|holder| holder.post).collect();
    let vacant = policy.leaders.iter().filter(|leader| !held.contains(&leader.id));
    Ok(vacant.map(|leader| leader.id.clone()).collect())
}

/// Who holds a role; an empty unit or post means any.
fn holders(tx: &mut Tx, role: Role, unit: &str, post: &str) -> Result<Vec<Holder>, DbError> {
    // Who holds this role here?
    tx.query_map(
        "select p.id, p.name, p.phone, d.unit_id, d.post
           from duties d
           join people p on p.id = d.person_id
          where d.role = $1
            and ($2 = '' or d.unit_id = $2)
            and ($3 = '' or d.post = $3)
            and p.disabled = 0
          order by p.number",
        params![role.word(), unit, post],
        |row| holder(row, role),
    )
}

fn holder(row: &Row, role: Role) -> Result<Holder, DbError> {
    Ok(Holder {
        person: row.get("id")?,
        name: row.get("name")?,
        phone: row.get("phone")?,
        role,
        unit: row.get("unit_id")?,
        post: row.get("post")?,
    })
}

//! Who works where is answered from the duties of open accounts.

use super::*;
use crate::identity::{PersonEntry, PersonKind, disable, set_duties, upsert};
use huiyin_domain::access::Duty;
use huiyin_foundation::testing::{TEST_MORNING, TestSchool};

fn appoint(tx: &mut Tx, number: &str, duties: &[Duty]) -> Result<PersonId, DbError> {
    let entry = PersonEntry {
        number: number.to_owned(),
        name: format!("职员{number}"),
        kind: PersonKind::Staff,
        department: String::new(),
        email: String::new(),
        phone: "8000".to_owned(),
    };
    let (id, _) = upsert(tx, &PersonId(format!("p-{number}")), &entry, TEST_MORNING)?;
    set_duties(tx, &id, duties)?;
    Ok(id)
}

fn at(role: Role, unit: &UnitId) -> Duty {
    Duty { role, unit: Some(unit.clone()), post: None }
}

#[tokio::test]
async fn a_unit_without_an_open_account_is_not_ready() {
    let school = TestSchool::new();
    let policy = school.policy_in_force().policy.clone();
    let units: Vec<UnitId> =
        policy.units.iter().filter(|unit| !unit.closed).map(|unit| unit.id.clone()).collect();
    let (first, second) = (units[0].clone(), units[1].clone());
    school
        .db
        .write(move |tx| {
            let officer = [at(Role::Officer, &first)];
            appoint(tx, "1", &officer)?;
            let gone = appoint(tx, "2", &[at(Role::Officer, &second)])?;
            disable(tx, &gone)?;
            let missing = without_handler(tx, &policy)?;
            assert!(!missing.contains(&first) && missing.contains(&second));
            assert_eq!(missing.len(), units.len() - 1);
            Ok::<_, DbError>(())
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn officers_come_before_the_head_and_posts_name_their_leader() {
    let school = TestSchool::new();
    let policy = school.policy_in_force().policy.clone();
    let (unit, post) = (policy.units[0].id.clone(), policy.leaders[0].id.clone());
    school
        .db
        .write(move |tx| {
            appoint(tx, "1", &[at(Role::UnitHead, &unit)])?;
            appoint(
                tx,
                "2",
                &[at(Role::Officer, &unit), Duty { role: Role::Clerk, unit: None, post: None }],
            )?;
            appoint(tx, "3", &[Duty { role: Role::Leader, unit: None, post: Some(post.clone()) }])?;
            let roles: Vec<Role> = officers_of(tx, &unit)?.into_iter().map(|holder| holder.role).collect();
            assert_eq!(roles, [Role::Officer, Role::UnitHead]);
            assert_eq!(heads_of(tx, &unit)?.len(), 1);
            assert_eq!(clerks(tx)?[0].name, "职员2");
            assert_eq!(leader_at(tx, &post)?.unwrap().name, "职员3");
            assert_eq!(leader_at(tx, "nobody")?, None);
            assert_eq!(vacant_posts(tx, &policy)?.len(), policy.leaders.len() - 1);
            Ok::<_, DbError>(())
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn a_unit_that_answers_without_a_head_is_named() {
    let school = TestSchool::new();
    let policy = school.policy_in_force().policy.clone();
    let [first, second] = [0, 1].map(|place| policy.units[place].id.clone());
    school
        .db
        .write(move |tx| {
            appoint(tx, "1", &[at(Role::Officer, &first)])?;
            assert_eq!(without_head(tx, &policy)?, std::slice::from_ref(&first));
            appoint(tx, "2", &[at(Role::UnitHead, &first), at(Role::UnitHead, &second)])?;
            assert_eq!(without_head(tx, &policy)?, []);
            Ok::<_, DbError>(())
        })
        .await
        .unwrap();
}

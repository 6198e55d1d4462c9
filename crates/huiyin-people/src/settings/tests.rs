//! A change makes a new version, and only one of two changes to the same version wins.

use super::*;
use huiyin_foundation::testing::{TEST_MORNING, TestSchool};

async fn installed() -> TestSchool {
    let school = TestSchool::new();
    let policy = school.policy_in_force().policy.clone();
    school.db.write(move |tx| install(tx, "campus", policy, TEST_MORNING)).await.unwrap();
    school
}

fn with_phone(school: &School, phone: &str) -> Policy {
    let mut policy = school.policy_in_force().policy.clone();
    policy.school.duty_phone = phone.to_owned();
    policy
}

#[tokio::test]
async fn a_change_is_in_force_at_once_and_the_older_version_is_kept() {
    let school = installed().await;
    let before = school.policy_in_force().policy.clone();
    let changed = with_phone(&school, "0531-00000000");
    let by = PersonId::from("admin");
    assert_eq!(change(&school, &by, "换了总机", 1, changed.clone()).await.unwrap(), 2);

    assert_eq!(school.policy_in_force().version, 2);
    assert_eq!(school.policy_in_force().policy, changed);
    let first = school.db.read(|tx| version(tx, 1)).await.unwrap();
    assert_eq!(first, Some(before));
    let lines = school.db.read(history).await.unwrap();
    assert_eq!(lines.len(), 2);
    assert_eq!(
        (lines[0].version, lines[0].note.as_str(), lines[0].made_by.clone()),
        (2, "换了总机", Some(by))
    );
    assert_eq!(lines[1].made_by, None);
}

#[tokio::test]
async fn of_two_changes_to_the_same_version_one_is_told_to_look_again() {
    let school = installed().await;
    let by = PersonId::from("admin");
    change(&school, &by, "", 1, with_phone(&school, "1")).await.unwrap();
    let late = change(&school, &by, "", 1, with_phone(&school, "2")).await;
    assert!(matches!(late, Err(Error::Conflict { .. })), "{late:?}");
    assert_eq!(school.policy_in_force().policy.school.duty_phone, "1");
}

#[tokio::test]
async fn settings_that_do_not_hold_together_are_refused_with_the_reason() {
    let school = installed().await;
    let mut broken = school.policy_in_force().policy.clone();
    broken.school.coordinator = "nobody".into();
    let refused = change(&school, &PersonId::from("admin"), "", 1, broken).await;
    let Err(Error::Invalid(errors)) = refused else { panic!("{refused:?}") };
    assert!(errors.of("policy").unwrap().contains("nobody"), "{errors}");
    assert_eq!(school.policy_in_force().version, 1);
}

#[tokio::test]
async fn what_another_process_changed_is_taken_over_and_never_turned_back() {
    let school = installed().await;
    let newer = with_phone(&school, "3");
    school.db.write(move |tx| versions::add(tx, None, "", 1, newer, TEST_MORNING)).await.unwrap();
    assert_eq!(school.policy_in_force().version, 1);
    refresh(&school).await.unwrap();
    assert_eq!(school.policy_in_force().version, 2);
    put_in_force(&school, PolicyInForce { version: 1, policy: with_phone(&school, "old") });
    assert_eq!(school.policy_in_force().policy.school.duty_phone, "3");
}

//! The administrator's rooms over HTTP.

mod catalogue;
mod channels;
mod people;
mod posters;
mod proposals;
mod rules;
mod squads;
mod status;

use huiyin_domain::access::Role;
use huiyin_foundation::testing::{Answer, Hand, Letterbox, TEST_MORNING, TestApp, TestSchool};
use huiyin_people::settings;

/// A school whose preset is installed as version 1.
async fn opened() -> TestApp {
    let app = TestApp::new(super::routes());
    let policy = app.policy_in_force().policy.clone();
    app.db.write(move |tx| settings::install(tx, "campus", policy, TEST_MORNING)).await.unwrap();
    app
}

fn admin(app: &TestApp) -> Hand<'_> {
    app.holder(Role::Admin)
}

/// The notes of all versions, the newest first.
async fn notes(app: &TestApp) -> Vec<String> {
    let lines = app.db.read(settings::history).await.unwrap();
    lines.into_iter().map(|line| line.note).collect()
}

#[track_caller]
fn leads_to(answer: &Answer, to: &str) {
    answer.is(303);
    assert_eq!(answer.location(), to);
}

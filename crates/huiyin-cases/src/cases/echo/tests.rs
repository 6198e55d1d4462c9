//! Saying 「我也遇到」: who may, and that it counts once.

use super::routes;
use huiyin_domain::ids::PersonId;
use huiyin_foundation::db::DbError;
use huiyin_foundation::params;
use huiyin_foundation::testing::TestApp;

const NO: &str = "HY-20261123-0001";
const PATH: &str = "/public/HY-20261123-0001/echo";

/// A case brought in by another student.
fn with_case(is_published: bool) -> TestApp {
    let app = TestApp::new(routes());
    let key = app.keys.person_ref(&PersonId::from("p-other"));
    let put = app.db.write_now::<_, DbError>(move |tx| {
        tx.execute(
            "insert into cases (
               case_no, kind, title, requester_key, is_published, identity, channel, urgency, restricted,
               may_publish, stage, awaits_instruction, is_key, submitted_at, round, is_provisional, missed,
               send_backs, urges, files, last_seq, last_at, last_hash)
             values ($1, 'repair', 'x', $2, $3, 'open', 'online', 'normal', 0,
               1, 'replied', 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, $4)",
            params![NO, key, is_published, vec![0_u8; 32]],
        )
    });
    put.unwrap();
    app
}

fn echoes(app: &TestApp) -> i64 {
    let count = app.db.read_now::<_, DbError>(|tx| {
        tx.query_one("select count(*) as n from case_echoes", params![])?.int("n")
    });
    count.unwrap()
}

#[tokio::test]
async fn saying_it_twice_counts_once() {
    let app = with_case(true);
    for _ in 0..2 {
        let answer = app.student().post(PATH, &[]).await;
        assert_eq!(answer.is(303).location(), "/public/HY-20261123-0001");
    }
    assert_eq!(echoes(&app), 1);
}

#[tokio::test]
async fn the_requester_does_not_echo_themselves() {
    let app = with_case(true);
    app.other_student().post(PATH, &[]).await.is(303);
    assert_eq!(echoes(&app), 0);
}

#[tokio::test]
async fn a_case_that_is_not_published_cannot_be_echoed_and_is_not_told_of() {
    let app = with_case(false);
    app.student().post(PATH, &[]).await.is(404);
    app.student().post("/public/HY-20261123-0009/echo", &[]).await.is(404);
    assert_eq!(echoes(&app), 0);
}

#[tokio::test]
async fn a_stale_or_missing_token_stores_nothing_and_asks_again() {
    let app = with_case(true);
    let answer = app.student().post_as_is(PATH, &[]).await;
    assert_eq!(answer.is(303).location(), "/public/HY-20261123-0001?stale=1");
    let token = app.student().token();
    app.pass_hours(24 * 30);
    let answer = app.student().post_as_is(PATH, &[("_token", &token)]).await;
    assert_eq!(answer.is(303).location(), "/public/HY-20261123-0001?stale=1");
    assert_eq!(echoes(&app), 0);
}

#[tokio::test]
async fn a_stranger_signs_in_first() {
    let app = with_case(true);
    app.anyone().post(PATH, &[]).await.is(401).says("重新登录");
    assert_eq!(echoes(&app), 0);
}

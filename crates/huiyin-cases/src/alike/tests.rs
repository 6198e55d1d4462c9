//! What is shown to somebody who is about to tell it again: what everybody may read, and nothing else.

use crate::routes;
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::PersonId;
use huiyin_foundation::db::DbError;
use huiyin_foundation::index::{self, Entry, Shelf};
use huiyin_foundation::params;
use huiyin_foundation::testing::TestApp;

const ASK: &str = "/say/repair/alike";

/// A school at which another student's case is published, and a second one is not.
fn school() -> TestApp {
    let app = TestApp::new(routes());
    put(&app, "HY-20261120-0001", "三号楼空调不制冷", "开了半天只出热风", true);
    put(&app, "HY-20261120-0002", "三号楼空调滴水到床上", "半夜被淋醒", false);
    put(&app, "HY-20261120-0003", "食堂二楼晚餐排队太长", "", true);
    app
}

fn put(app: &TestApp, no: &'static str, title: &'static str, body: &'static str, is_published: bool) {
    let key = app.keys.person_ref(&PersonId::from("p-other"));
    let laid = app.db.write_now::<_, DbError>(move |tx| {
        tx.execute(
            "insert into cases (
               case_no, kind, title, requester_key, is_published, public_title, public_body, published_at, identity,
               channel, urgency, restricted, may_publish, stage, awaits_instruction, is_key, submitted_at, round,
               is_provisional, missed, send_backs, urges, files, last_seq, last_at, last_hash)
             values ($1, 'repair', $2, $3, $4, $2, $5, 0, 'open',
               'online', 'normal', 0, 1, 'assigned', 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, $6)",
            params![no, title, key, is_published, body, vec![0_u8; 32]],
        )?;
        let entry = Entry { room: "cases", key: no, title, body, at: Instant(0), marks: &[] };
        // The unpublished one lies there too, as if somebody had forgotten to take it down.
        index::put(tx, Shelf::Public, &entry)
    });
    laid.unwrap();
}

#[tokio::test]
async fn a_public_case_like_it_is_shown_with_the_words_in_common_and_the_way_to_join() {
    let app = school();
    let page = app.student().post(ASK, &[("title", "３號樓空調又不制冷")]).await;
    page.is(200)
        .says("有 1 件很像")
        .says("三号楼空调不制冷")
        .says("都写到：")
        .says("不制冷")
        .says("我也遇到");
    page.hides("滴水").hides("食堂");
    assert!(page.html().contains("formaction=\"/public/HY-20261120-0001/echo\""));
}

#[tokio::test]
async fn joining_takes_the_press_of_the_form_it_stands_in() {
    let app = school();
    let pressed = [("title", "三号楼空调不制冷"), ("body", "写到一半")];
    let answer = app.student().post("/public/HY-20261120-0001/echo", &pressed).await;
    assert_eq!(answer.is(303).location(), "/public/HY-20261120-0001");
    app.student().post(ASK, &pressed).await.says("您已加入").says("1 人也遇到").hides("formaction");
    app.other_student().post(ASK, &pressed).await.says("这是您提的").hides("formaction");
}

#[tokio::test]
async fn whoever_is_not_signed_in_is_shown_the_same_and_told_how_to_join() {
    let app = school();
    let page = app.anyone().post(ASK, &[("title", "三号楼空调不制冷")]).await;
    page.is(200).says("三号楼空调不制冷").says("登录后点“我也遇到”").hides("formaction");
}

#[tokio::test]
async fn what_is_not_public_any_more_is_not_shown_whatever_the_index_says() {
    let app = school();
    app.anyone().post(ASK, &[("title", "三号楼空调滴水到床上")]).await.is(200).hides("滴水");
    app.other_student().post(ASK, &[("title", "三号楼空调滴水到床上")]).await.is(200).hides("滴水");
}

#[tokio::test]
async fn a_few_letters_signs_and_what_is_like_nothing_show_nothing() {
    let app = school();
    let long = "空调".repeat(3_000);
    for title in ["", "空调", "，。！？！", "\"'*(NEAR)", "🙂🙂🙂🙂🙂", "校车时刻表在哪里看"]
    {
        let page = app.student().post(ASK, &[("title", title)]).await;
        page.is(200).hides("很像");
    }
    app.student().post(ASK, &[("title", &long), ("body", &long)]).await.is(200);
    app.student().post("/say/nothing-of-the-kind/alike", &[("title", "三号楼空调")]).await.is(404);
}

#[tokio::test]
async fn what_is_reported_in_confidence_is_compared_with_nothing() {
    let app = school();
    let kinds = app.policy_in_force().policy.kinds.clone();
    let restricted = kinds.iter().find(|kind| kind.restricted).expect("a kind in confidence");
    let path = format!("/say/{}/alike", restricted.id);
    app.student().post(&path, &[("title", "三号楼空调不制冷")]).await.is(200).hides("很像");
    let form = app.student().get(&format!("/say/{}", restricted.id)).await;
    assert!(!form.html().contains("hx-post"), "and nothing is sent while it is typed");
}

#[tokio::test]
async fn the_last_step_shows_it_to_whoever_has_no_script() {
    let app = school();
    let kept = [
        ("title", "三号楼空调不制冷了"),
        ("place", "dorm-3"),
        ("identity", "open"),
        ("publish", "no"),
        ("no_phone", "yes"),
        ("go", "3"),
    ];
    let place = app.policy_in_force().policy.places[0].id.to_string();
    let answers: Vec<(&str, &str)> = kept
        .iter()
        .map(|(name, value)| (*name, if *name == "place" { place.as_str() } else { value }))
        .collect();
    app.student()
        .post("/say/repair", &answers)
        .await
        .is(200)
        .says("核对一下")
        .says("有 1 件很像")
        .says("我也遇到");
}

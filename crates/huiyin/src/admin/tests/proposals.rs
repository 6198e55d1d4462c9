//! The versions that were learned, one of them in use; and the rule by which what is sure goes out.

use super::*;
use huiyin_cases::learning;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;

const PATH: &str = "/admin/proposals";

fn damage(app: &TestApp, version: u32) {
    let sql = "update models set body = $2 where version = $1";
    let spoil = move |tx: &mut huiyin_foundation::db::Tx| {
        Ok::<_, Error>(tx.execute(sql, params![version, b"nothing".as_slice()])?)
    };
    assert_eq!(app.db.write_now(spoil).unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_goes_back_to_an_older_version_and_a_damaged_one_is_told() {
    let app = opened().await;
    let hand = admin(&app);
    hand.get(PATH).await.is(200).says("还没有学过");
    for _ in 0..2 {
        learning::draw(&app.app(), true).unwrap();
    }
    hand.get(PATH).await.says("第 2 版").says("正在用").says("确认过的还太少").says("学校历史 0 件");
    leads_to(&hand.post(&format!("{PATH}/1"), &[]).await, PATH);
    let in_use = app.db.read_now(learning::known).unwrap().unwrap().version;
    assert_eq!(in_use, 1);
    hand.get("/admin").await.is(200).hides("损坏了");
    damage(&app, 1);
    hand.get("/admin").await.says("建议所依据的第 1 版损坏了").says("看各版");
    hand.get(PATH).await.says("第 1 版损坏了");
    for nowhere in ["77", "x"] {
        hand.post(&format!("{PATH}/{nowhere}"), &[]).await.is(404);
    }
}

#[tokio::test]
async fn whether_anything_goes_out_by_itself_is_set_here_and_written_down() {
    let app = opened().await;
    let hand = admin(&app);
    hand.get(PATH).await.is(200).says("不自动转办，都由受理员定");
    let form = [("based_on", "1"), ("automatic_from", "97")];
    leads_to(&hand.post(PATH, &form).await, &format!("{PATH}?saved=2"));
    assert_eq!(app.policy_in_force().policy.proposals.automatic_from, Some(97));
    assert!(notes(&app).await[0].contains("自动转办：不自动转办 → 一百件里至少 97 件会对的"));
    let form = [("based_on", "2"), ("automatic_from", "3")];
    hand.post(PATH, &form).await.is(422).says("请从列出的里面选一个");
    let form = [("based_on", "2"), ("automatic_from", "")];
    leads_to(&hand.post(PATH, &form).await, &format!("{PATH}?saved=3"));
    assert_eq!(app.policy_in_force().policy.proposals.automatic_from, None);
}

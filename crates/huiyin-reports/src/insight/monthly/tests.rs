//! The topic of a month from its beginning to the page that everybody reads.

use crate::tests::{Shelved, hours_ago, put};
use huiyin_domain::access::Role;
use huiyin_foundation::params;
use huiyin_foundation::testing::TestApp;

/// So many cases of the first category within the last weeks.
fn app(cases: usize) -> TestApp {
    let app = TestApp::new(crate::routes());
    for at in 0..cases {
        let no: &'static str = format!("HY-20261101-{at:04}").leak();
        Shelved { submitted_at: hours_ago(60 + 24 * at as i64), ..Shelved::new(no, "宿舍太吵") }.put(&app);
    }
    let category = app.policy_in_force().policy.categories[0].id.clone();
    put(&app, "update cases set category = $1", params![category].to_vec());
    app
}

async fn open(app: &TestApp) -> String {
    let category = app.policy_in_force().policy.categories[0].id.clone();
    let order = [
        ("month", "2026-11"),
        ("title", "让夜里安静下来"),
        ("category", category.as_str()),
        ("unit", "logistics"),
        ("plan", "十一点后楼管巡一遍"),
    ];
    let answer = app.clerk().post("/staff/monthly", &order).await;
    answer.is(303).headers["location"].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_monthly_topic_has_a_plan_tasks_progress_and_counts_before_and_after() {
    let app = app(8);
    let (clerk, officer) = (app.clerk(), app.officer("logistics"));
    let address = open(&app).await;
    let id = address.rsplit('/').next().unwrap().to_owned();
    clerk.get("/staff/monthly").await.is(200).says("让夜里安静下来").says("2026 年 11 月").says("办理中");
    officer.get(&address).await.is(200).says("十一点后楼管巡一遍").says("开始前 4 周 8 件，平均每周 2 件");
    officer.post(&format!("{address}/progress"), &[("words", "排好了班")]).await.is(303);
    let category = app.policy_in_force().policy.categories[0].id.clone();
    let task = [
        ("monthly", id.as_str()),
        ("category", category.as_str()),
        ("unit", "logistics"),
        ("what", "贴出安静时间"),
        ("days", "2"),
    ];
    clerk.post("/staff/tasks", &task).await.is(303);
    clerk.get(&address).await.says("贴出安静时间").says("办完 0 项，共 1 项").says("报告进展 排好了班");
    clerk.post(&format!("{address}/close"), &[]).await.is(422).says("请写明办成了什么");
    clerk.post(&format!("{address}/close"), &[("words", "夜里安静多了")]).await.is(303);
    clerk.post(&format!("{address}/close"), &[("words", "再办结")]).await.is(409).says("已经办结了");
    clerk.post("/staff/tasks", &task).await.is(409);
    officer.post(&format!("{address}/progress"), &[("words", "还有")]).await.is(409);
    app.pass_hours(24 * 14);
    clerk.get(&address).await.says("已办结").says("办完后 14 天 0 件，平均每周 0 件");
}

#[tokio::test]
async fn everybody_reads_what_the_office_published_and_nothing_before_or_after() {
    let app = app(8);
    let address = open(&app).await;
    let id = address.rsplit('/').next().unwrap().to_owned();
    let public = format!("/monthly/{id}");
    app.anyone().get(&public).await.is(404);
    app.anyone().get("/monthly").await.is(200).says("还没有公开的题目").hides("让夜里安静");
    let clerk = app.clerk();
    clerk.post(&format!("{address}/publish"), &[]).await.is(422).says("给大家的话");
    clerk.post(&format!("{address}/publish"), &[("words", "这个月办好夜里太吵")]).await.is(303);
    clerk.post(&format!("{address}/publish"), &[("words", "再公开")]).await.is(409);
    let page = app.anyone().get(&public).await;
    page.is(200).says("这个月办好夜里太吵").says("后勤管理处牵头").says("开始前 4 周 8 件");
    page.hides("宿舍太吵").hides("HY-2026");
    app.anyone().get("/monthly").await.says("让夜里安静下来");
    clerk.post(&format!("{address}/unpublish"), &[]).await.is(303);
    app.anyone().get(&public).await.is(404);
    clerk.post(&format!("{address}/unpublish"), &[]).await.is(409);
    clerk.get(&address).await.says("撤下公开");
}

#[tokio::test]
async fn small_numbers_are_not_told_to_everybody() {
    let app = app(4);
    let address = open(&app).await;
    app.clerk().post(&format!("{address}/publish"), &[("words", "说几句")]).await.is(303);
    let id = address.rsplit('/').next().unwrap();
    app.anyone().get(&format!("/monthly/{id}")).await.is(200).says("不公布件数").hides("4 件");
}

#[tokio::test]
async fn only_those_whom_it_concerns_see_it_inside() {
    let app = app(5);
    let address = open(&app).await;
    for hand in
        [app.clerk(), app.officer("logistics"), app.leader("deputy-services"), app.holder(Role::Supervisor)]
    {
        hand.get(&address).await.is(200);
        hand.get("/staff/monthly").await.says("让夜里安静下来");
    }
    for hand in [app.officer("library"), app.leader("deputy-teaching"), app.holder(Role::Auditor)] {
        hand.get(&address).await.is(404);
        hand.get("/staff/monthly").await.is(200).hides("让夜里安静下来");
    }
    app.officer("library").post(&format!("{address}/progress"), &[("words", "啊")]).await.is(404);
    app.student().get(&address).await.is(403);
    app.officer("logistics").post(&format!("{address}/publish"), &[("words", "啊")]).await.is(403);
}

#[tokio::test]
async fn what_is_missing_is_named() {
    let app = app(0);
    let page = app.clerk().post("/staff/monthly", &[("month", "2030-01")]).await;
    page.is(422).says("请选这个月或下个月").says("请选一个话题，或者选一类事").says("请写上题目");
    page.says("请选牵头单位").says("请写明打算怎么办");
}

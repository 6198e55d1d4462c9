//! A task from the warning to its end, and who sees it.

use crate::insight::follow;
use crate::tests::{Shelved, hours_ago, put};
use huiyin_domain::access::Role;
use huiyin_foundation::db::DbError;
use huiyin_foundation::params;
use huiyin_foundation::testing::TestApp;

async fn app() -> (TestApp, String) {
    let app = TestApp::new(crate::routes());
    for (at, title) in ["热水不热", "洗澡热水不热", "三号公寓热水不热"].into_iter().enumerate()
    {
        let no: &'static str = format!("HY-20261120-000{at}").leak();
        let requester: &'static str = format!("p-{at}").leak();
        let asked = Shelved { requester: Some(requester), ..Shelved::new(no, title) };
        Shelved { submitted_at: hours_ago(40 - at as i64), ..asked }.put(&app);
    }
    follow(&app.app()).await.unwrap();
    let topic = app
        .db
        .read_now::<_, DbError>(|tx| {
            tx.query_one("select topic from insight_topics", params![])?.text("topic")
        })
        .unwrap();
    (app, topic)
}

fn order(topic: &str) -> Vec<(&str, &str)> {
    vec![("topic", topic), ("unit", "logistics"), ("what", "检修热水锅炉"), ("days", "3"), ("lead", "王师傅")]
}

/// Opens a task as the office does; its address.
async fn open(app: &TestApp, topic: &str) -> String {
    let answer = app.clerk().post("/staff/tasks", &order(topic)).await;
    answer.is(303).headers["location"].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_task_goes_from_the_topic_to_the_unit_and_back_until_it_is_confirmed() {
    let (app, topic) = app().await;
    let (clerk, officer) = (app.clerk(), app.officer("logistics"));
    clerk.get(&format!("/staff/tasks/new?topic={topic}")).await.is(200).says("热水不热");
    let task = open(&app, &topic).await;
    let page = officer.get(&task).await;
    // The test's day is a Tuesday: three working days on is Friday, at the close of office hours.
    page.is(200).says("检修热水锅炉").says("后勤管理处，王师傅").says("11 月 27 日（周五）");
    page.says("开始前 4 周 3 件").says("办完以后再比").hides("确认办好").hides("作罢");
    officer.get("/staff/tasks").await.is(200).says("在办 1").says("检修热水锅炉");
    let act = |act: &str| format!("{task}/{act}");
    officer.post(&act("progress"), &[]).await.is(422).says("请写明做到哪一步了");
    officer.post(&act("progress"), &[("words", "配件已到")]).await.is(303);
    clerk.post(&act("confirm"), &[]).await.is(409).says("报告办完以后才能确认");
    officer.post(&act("done"), &[("words", "换了循环泵")]).await.is(303);
    officer.post(&act("done"), &[("words", "换了循环泵")]).await.is(409);
    clerk.get(&task).await.says("等协调部门确认").says("报告办完 换了循环泵").says("办完满 7 天再比");
    clerk.post(&act("return"), &[("words", "东侧还不热")]).await.is(303);
    officer.get(&task).await.says("办理中").says("退回再办 东侧还不热");
    officer.post(&act("done"), &[("words", "东侧也好了")]).await.is(303);
    clerk.post(&act("confirm"), &[]).await.is(303);
    officer.post(&act("progress"), &[("words", "还有")]).await.is(409);
    clerk.post(&act("call-off"), &[("words", "不用了")]).await.is(409);
    clerk.get(&task).await.says("已办好").says("确认办好").says("受理员");
    clerk.get(&format!("/staff/topics/{topic}")).await.says("检修热水锅炉").says("已办好");
}

#[tokio::test]
async fn a_task_is_seen_by_those_whom_it_concerns_and_by_nobody_else() {
    let (app, topic) = app().await;
    let task = open(&app, &topic).await;
    for hand in [
        app.clerk(),
        app.officer("logistics"),
        app.unit_head("logistics"),
        app.leader("deputy-services"),
        app.leader("president"),
        app.holder(Role::Supervisor),
    ] {
        hand.get(&task).await.is(200).says("检修热水锅炉");
        hand.get("/staff/tasks").await.is(200).says("检修热水锅炉");
    }
    for hand in [
        app.officer("library"),
        app.leader("deputy-teaching"),
        app.holder(Role::Publisher),
        app.holder(Role::Auditor),
        app.holder(Role::Admin),
    ] {
        hand.get(&task).await.is(404);
        hand.get("/staff/tasks").await.is(200).hides("检修热水锅炉");
    }
    app.student().get(&task).await.is(403);
    let words = [("words", "看过了")];
    app.officer("library").post(&format!("{task}/progress"), &words).await.is(404);
    app.holder(Role::Supervisor).post(&format!("{task}/confirm"), &[]).await.is(403);
}

#[tokio::test]
async fn what_cannot_be_taken_is_shown_again_as_it_was_typed() {
    let (app, topic) = app().await;
    let clerk = app.clerk();
    let page = clerk.post("/staff/tasks", &[("topic", &topic), ("what", "查"), ("days", "999")]).await;
    page.is(422).says("请选由哪个单位去办").says("请用一句话写明办什么");
    let mut order = order(&topic);
    order[3] = ("days", "0");
    clerk.post("/staff/tasks", &order).await.is(422).says("请写几个工作日，1 到 60");
    assert!(clerk.post("/staff/tasks", &order).await.html().contains("value=\"检修热水锅炉\""));
    order[3] = ("days", "3");
    order[0] = ("topic", "");
    clerk.post("/staff/tasks", &order).await.is(422).says("请选是哪一类的事");
    order[0] = ("topic", "nowhere");
    clerk.post("/staff/tasks", &order).await.is(404);
    assert!(clerk.get("/staff/tasks").await.text().contains("没有在办的任务"));
}

#[tokio::test]
async fn after_a_week_it_is_said_whether_it_helped_and_of_their_own_cases_only() {
    let (app, topic) = app().await;
    put(&app, "update cases set unit = 'library' where case_no = 'HY-20261120-0000'", vec![]);
    let task = open(&app, &topic).await;
    app.clerk().get(&task).await.says("开始前 4 周 3 件");
    app.officer("logistics").get(&task).await.says("开始前 4 周 2 件").hides("热水不热");
    app.officer("logistics").post(&format!("{task}/done"), &[("words", "好了")]).await.is(303);
    app.pass_hours(24 * 14);
    app.clerk().get(&task).await.says("办完后 14 天 0 件，平均每周 0 件");
}

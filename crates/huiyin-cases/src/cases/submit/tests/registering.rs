//! Registering for somebody at the counter or on the telephone.

use super::*;
use huiyin_domain::access::Role;

const CALL: [(&str, &str); 8] = [
    ("channel", "phone"),
    ("kind", "repair"),
    ("title", "家属区路灯坏了两盏"),
    ("body", "晚上走路看不清"),
    ("room", "家属区北门"),
    ("identity", "open"),
    ("on_behalf_of", "周老师"),
    ("contact", "8123"),
];

#[tokio::test]
async fn a_clerk_registers_a_call_and_prints_a_slip() {
    let app = site();
    app.clerk().get("/register").await.is(200).says("代为登记").says("交受理员派单");
    let slip = app.clerk().post("/register", &CALL).await;
    slip.is(200)
        .says("诉求登记单")
        .says("家属区路灯坏了两盏")
        .says("周老师")
        .says("查询码")
        .says("再登记一件");
    assert!(slip.html().contains(&format!("\"/staff/cases/{}\"", number(&slip))));
    assert!(number(&slip).starts_with("HY-20261124-"));
    let row = app.db.read(|tx| tx.query_one("select receipt_hash, requester_id, channel from cases", &[]));
    let row = row.await.unwrap();
    assert!(row.opt_text("receipt_hash").unwrap().is_some());
    assert_eq!(row.opt_text("requester_id").unwrap(), None);
}

#[tokio::test]
async fn an_officer_takes_a_matter_of_the_own_unit_at_once() {
    let app = site();
    let fields = but(&CALL, &[("kind", "inquiry"), ("unit", "student-affairs")]);
    let officer = app.officer("student-affairs");
    officer.get("/register").await.is(200).says("学生工作部（处）");
    let slip = officer.post("/register", &fields).await;
    let own_desk = format!("/desk/student-affairs/cases/{}", number(&slip));
    slip.is(200).says("已派给学生工作部（处）");
    assert!(slip.html().contains(&own_desk));
    let other = officer.post("/register", &but(&fields, &[("unit", "library")])).await;
    other.is(422).says("只能派给列表里的单位");
    let restricted = officer.post("/register", &but(&fields, &[("kind", "report")])).await;
    restricted.is(422).says("只能由受理员派单");
    assert_eq!(cases(&app).await, 1);
    let elsewhere = officer.post("/register", &but(&fields, &[("unit", "")])).await;
    elsewhere.is(200).hides("打开这件");
}

#[tokio::test]
async fn the_record_names_who_registered_and_gave_it_and_danger_goes_to_the_clerks() {
    let app = site();
    let fields = but(&CALL, &[("kind", "inquiry"), ("unit", "student-affairs")]);
    let officer = app.officer("student-affairs");
    officer.post("/register", &fields).await.is(200);
    let bodies = app
        .db
        .read(|tx| tx.query_map("select body from case_events order by seq", &[], |row| row.text("body")));
    let bodies = bodies.await.unwrap();
    assert_eq!(bodies.len(), 3);
    for body in bodies {
        assert!(body.contains(officer.id().as_str()) && !body.contains("rule"), "{body}");
    }
    let danger = but(&fields, &[("body", "他说不想活了，站在楼顶边上")]);
    let slip = officer.post("/register", &danger).await;
    slip.is(200).says("待受理员派单（可能有人身危险，已提醒受理员）");
}

#[tokio::test]
async fn a_clerk_gives_it_to_any_unit_at_once() {
    let app = site();
    let fields = but(&CALL, &[("kind", "inquiry"), ("unit", "student-affairs")]);
    app.clerk().post("/register", &fields).await.is(200).says("学生工作部（处）");
    let unit = app.db.read(|tx| tx.query_one("select unit from cases", &[])?.text("unit"));
    assert_eq!(unit.await.unwrap(), "student-affairs");
}

#[tokio::test]
async fn an_anonymous_visitor_stays_so_on_the_slip() {
    let app = site();
    let slip = app.clerk().post("/register", &but(&CALL, &[("identity", "anonymous")])).await;
    slip.is(200).hides("周老师").hides("8123").says("匿名");
    let kinds = app
        .db
        .read(|tx| tx.query_map("select kind from case_texts order by kind", &[], |row| row.text("kind")));
    assert_eq!(kinds.await.unwrap(), ["body", "room", "title"]);
}

#[tokio::test]
async fn the_same_registration_sent_twice_makes_one_case() {
    let app = site();
    let clerk = app.clerk();
    let token = clerk.token();
    let fields = but(&CALL, &[("kind", "inquiry"), ("unit", "student-affairs"), ("_token", &token)]);
    let first = clerk.post_as_is("/register", &fields).await;
    let second = clerk.post_as_is("/register", &fields).await;
    second.is(200);
    assert_eq!(number(&first), number(&second));
    assert_eq!(cases(&app).await, 1);
}

#[tokio::test]
async fn what_is_missing_is_said_and_the_rest_stays() {
    let app = site();
    let page = app
        .clerk()
        .post("/register", &but(&CALL, &[("title", ""), ("kind", ""), ("channel", "online")]))
        .await;
    page.is(422).says("有 3 处要改").says("请选是怎么来的").says("请选类型").says("请写一句话说清问题");
    page.says("晚上走路看不清");
    let token = app.clerk().token();
    app.pass_hours(13);
    let stale = app.clerk().post_as_is("/register", &but(&CALL, &[("_token", &token)])).await;
    stale.is(422).says("内容都在，请再点一次提交").says("晚上走路看不清");
    assert_eq!(cases(&app).await, 0);
}

#[tokio::test]
async fn only_clerks_and_those_who_work_in_a_unit_register() {
    let app = site();
    app.anyone().get("/register").await.is(303);
    app.student().get("/register").await.is(403);
    for role in [Role::Supervisor, Role::Publisher, Role::Auditor, Role::Admin] {
        app.holder(role).get("/register").await.is(403);
        app.holder(role).post("/register", &CALL).await.is(403);
    }
    app.unit_head("student-affairs").get("/register").await.is(200);
}

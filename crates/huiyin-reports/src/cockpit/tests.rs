//! The leader's figures: of the units in their charge, with what stands behind each number.

use crate::insight::follow;
use crate::tests::{Shelved, count, hours_ago, put};
use huiyin_domain::access::Role;
use huiyin_domain::case::Measure;
use huiyin_foundation::params;
use huiyin_foundation::testing::TestApp;

fn app() -> TestApp {
    let app = TestApp::new(crate::routes());
    for (unit, n) in [("logistics", 12), ("library", 7)] {
        count(&app, "2026-11-11", unit, Measure::Assigned, n);
        count(&app, "2026-11-12", unit, Measure::Replied, n - 1);
        count(&app, "2026-11-12", unit, Measure::RepliedInTime, n - 2);
        count(&app, "2026-11-12", unit, Measure::ResultMissed, 1);
    }
    app
}

#[tokio::test]
async fn a_leader_reads_the_units_in_their_charge_with_numerator_and_denominator() {
    let app = app();
    let page = app.leader("deputy-services").get("/leader/data").await;
    page.is(200)
        .says("交办 12 件 已答复 11 件")
        .says("按期办结率 90.9 % 按期 / 到期 10 / 11")
        .says("后勤管理处");
    page.hides("图书馆").says("共收到 12 件，答复 11 件").says("评价回收率 —");
    assert!(page.html().contains("href=\"/ledger/term?unit=logistics\""));
    app.leader("president").get("/leader/data").await.says("交办 19 件").says("图书馆").says("后勤管理处");
    app.leader("deputy-services").get("/leader/data?span=term").await.is(200).says("第一学期");
    app.leader("deputy-services").get("/leader/data?span=nonsense").await.is(200).says("2026 年 11 月");
}

#[tokio::test]
async fn what_many_speak_of_there_and_where_is_shown_from_their_cases_only() {
    let app = app();
    for (at, title) in ["热水不热", "洗澡热水不热", "公寓热水不热", "热水不热两天"].into_iter().enumerate()
    {
        let no: &'static str = format!("HY-20261120-000{at}").leak();
        let requester: &'static str = format!("p-{at}").leak();
        let asked = Shelved { requester: Some(requester), ..Shelved::new(no, title) };
        Shelved { submitted_at: hours_ago(60 - at as i64), channel: "hotline", ..asked }.put(&app);
    }
    let place = app.policy_in_force().policy.places[0].clone();
    put(&app, "update cases set place = $1", params![&place.id].to_vec());
    let outside = app.policy_in_force().policy.channels.iter().find(|one| one.outside).cloned().unwrap();
    put(&app, "update cases set channel = $1", params![&outside.id].to_vec());
    follow(&app.app()).await.unwrap();
    let page = app.leader("deputy-services").get("/leader/data").await;
    page.is(200).says("热水不热").says("近 7 天 4 件，4 人").says(&place.name);
    page.says(&format!("{} 4 件", outside.name));
    let page = app.leader("deputy-teaching").get("/leader/data").await;
    page.is(200).hides("热水不热").hides(&place.name).says("没有从 12345 等校外渠道来的件");
    put(&app, "update cases set restricted = 1", vec![]);
    let page = app.leader("deputy-services").get("/leader/data").await;
    page.hides("热水不热").hides(&place.name).says("没有从 12345");
}

#[tokio::test]
async fn nobody_but_leaders_finds_it() {
    let app = app();
    for hand in [app.clerk(), app.officer("logistics"), app.holder(Role::Supervisor), app.student()] {
        hand.get("/leader/data").await.is(403);
    }
    app.anyone().get("/leader/data").await.is(303);
}

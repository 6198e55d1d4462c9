//! The first page, as strangers, students and staff find it.

use crate::tests::{Shelved, count, echo, hours_ago};
use huiyin_domain::access::Role;
use huiyin_domain::case::Measure;
use huiyin_foundation::testing::TestApp;

fn app() -> TestApp {
    TestApp::new(crate::routes())
}

#[tokio::test]
async fn a_new_school_shows_an_invitation_and_no_made_up_case() {
    let app = app();
    let page = app.anyone().get("/").await;
    page.is(200).says("有事请讲，事事有回音").says("近 30 天还没有公开的件，来说第一件").says("登录后看进度");
    page.says("昨天没有收到诉求，也没有办结的件").hides("人也遇到").hides("满意率按");
}

#[tokio::test]
async fn the_five_entrances_of_the_settings_lead_to_their_forms() {
    let app = app();
    let html = app.anyone().get("/").await.html();
    for kind in ["suggestion", "inquiry", "repair", "complaint", "employment"] {
        assert!(html.contains(&format!("href=\"/say/{kind}\"")), "{kind}");
    }
    assert!(!html.contains("/say/report"), "an entrance that is not on the first page");
}

#[tokio::test]
async fn what_waits_for_me_comes_first_and_others_cases_do_not_come_at_all() {
    let app = app();
    let open = Shelved {
        requester: Some("p-student"),
        due: Some(hours_ago(-5)),
        submitted_at: hours_ago(1),
        ..Shelved::new("HY-20261124-0001", "灯不亮")
    };
    open.put(&app);
    Shelved {
        requester: Some("p-student"),
        ..Shelved::new("HY-20261123-0001", "自习区开到几点").answered(3)
    }
    .put(&app);
    Shelved { requester: Some("p-other"), ..Shelved::new("HY-20261123-0002", "别人的事") }.put(&app);
    let page = app.student().get("/").await;
    page.is(200).says("全部 2 件").says("已答复，等您评价").says("今天 15:00 前反馈结果").hides("别人的事");
    let text = page.text();
    assert!(text.find("自习区开到几点") < text.find("灯不亮"), "{text}");
    app.anyone().get("/").await.hides("灯不亮");
    app.clerk().get("/").await.hides("灯不亮").says("还没提过诉求，有事请讲");
}

#[tokio::test]
async fn the_published_case_that_most_people_met_stands_first() {
    let app = app();
    Shelved::new("HY-20261124-0001", "原话甲").answered(1).shown_as("校车加一班", "……").put(&app);
    Shelved::new("HY-20261124-0002", "原话乙").answered(1).shown_as("饮水机换滤芯", "……").put(&app);
    Shelved::new("HY-20261124-0003", "没有公开的事").put(&app);
    echo(&app, "HY-20261124-0002", "p-1");
    echo(&app, "HY-20261124-0002", "p-2");
    let page = app.anyone().get("/").await;
    page.says("2 人也遇到").hides("原话甲").hides("没有公开的事").hides("来说第一件");
    let text = page.text();
    assert!(text.find("饮水机换滤芯") < text.find("校车加一班"), "{text}");
}

#[tokio::test]
async fn what_was_shown_long_ago_moves_nobody_now_unless_it_still_runs() {
    let app = app();
    let at = hours_ago(24 * 50);
    let old = |no, title| Shelved { submitted_at: at, published_at: at, ..Shelved::new(no, title) };
    Shelved {
        stage: "archived", ..old("HY-20261005-0001", "原话甲").shown_as("五十天前的事", "……")
    }
    .put(&app);
    old("HY-20261005-0002", "原话乙").shown_as("五十天了还在办的事", "……").put(&app);
    app.anyone().get("/").await.hides("五十天前的事").says("五十天了还在办的事");
}

#[tokio::test]
async fn yesterday_is_told_in_four_numbers_with_how_many_judged() {
    let app = app();
    count(&app, "2026-11-23", "", Measure::Received, 12);
    count(&app, "2026-11-23", "logistics", Measure::FirstReplied, 9);
    count(&app, "2026-11-23", "logistics", Measure::Replied, 7);
    count(&app, "2026-11-23", "logistics", Measure::Rated, 4);
    count(&app, "2026-11-23", "logistics", Measure::Satisfied, 3);
    count(&app, "2026-11-24", "", Measure::Received, 500);
    let page = app.anyone().get("/").await;
    page.says("12 收到").says("9 已回应").says("7 办结").says("评价不足 5 份").hides("75 %").hides("500");
    count(&app, "2026-11-23", "library", Measure::Rated, 1);
    count(&app, "2026-11-23", "library", Measure::Satisfied, 1);
    app.anyone().get("/").await.says("80 % 满意率").says("5 份评价");
}

#[tokio::test]
async fn whoever_works_here_finds_the_way_to_their_desk() {
    let app = app();
    app.officer("logistics").get("/").await.says("我的工作台").says("后勤管理处待办");
    app.holder(Role::Admin).get("/").await.says("系统管理");
    app.student().get("/").await.hides("我的工作台");
}

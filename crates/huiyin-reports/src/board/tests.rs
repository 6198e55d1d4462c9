//! The board as it is read: figures with what they were made of, places only for those with enough answers.

use crate::tests::{Shelved, count};
use huiyin_domain::case::Measure;
use huiyin_foundation::testing::TestApp;

fn app() -> TestApp {
    TestApp::new(crate::routes())
}

fn work(app: &TestApp, day: &'static str, unit: &'static str, replied: i64, in_time: i64) {
    count(app, day, unit, Measure::Assigned, replied);
    count(app, day, unit, Measure::Replied, replied);
    count(app, day, unit, Measure::RepliedInTime, in_time);
    count(app, day, unit, Measure::ResultMissed, replied - in_time);
}

#[tokio::test]
async fn every_share_stands_beside_its_numerator_denominator_and_change() {
    let app = app();
    count(&app, "2026-11-10", "", Measure::Received, 40);
    count(&app, "2026-10-10", "", Measure::Received, 30);
    count(&app, "2026-10-31", "", Measure::Received, 900);
    work(&app, "2026-11-11", "logistics", 20, 19);
    work(&app, "2026-10-11", "logistics", 10, 9);
    let page = app.anyone().get("/board").await;
    page.is(200).says("晒单榜 · 2026 年 11 月").says("受理 40 件").says("比上月同期 +10 件");
    page.says("24 小时回应率 — 按时 / 到期 0 / 0")
        .says("按期办结率 95 % 按期 / 到期 19 / 20，超期 1 件 比上月同期 +5 个百分点");
    page.hides("900").hides("黄牌");
}

#[tokio::test]
async fn units_are_ranked_within_their_class_and_only_with_enough_answers() {
    let app = app();
    work(&app, "2026-11-11", "logistics", 20, 19);
    work(&app, "2026-11-11", "library", 10, 10);
    work(&app, "2026-11-11", "network", 4, 4);
    work(&app, "2026-11-11", "teaching", 6, 3);
    count(&app, "2026-11-11", "finance", Measure::ResultMissed, 6);
    let text = app.anyone().get("/board").await.text();
    assert!(text.contains("1 图书馆"), "{text}");
    assert!(text.contains("2 后勤管理处"), "{text}");
    assert!(text.contains("— 网络信息中心 4"), "{text}");
    assert!(text.contains("机关部门 1 教务处"), "{text}");
    assert!(text.contains("2 财务处"), "a unit that never answers has its place, the last: {text}");
    assert!(!text.contains("校医院"), "a unit without cases is left out: {text}");
}

#[tokio::test]
async fn answers_in_a_time_that_was_extended_are_in_time_and_counted_apart() {
    let app = app();
    work(&app, "2026-11-11", "logistics", 20, 18);
    count(&app, "2026-11-11", "logistics", Measure::RepliedInExtendedTime, 5);
    let page = app.anyone().get("/board").await;
    page.says("按期办结率 92 % 按期 / 到期 23 / 25，其中延期 5 件，超期 2 件");
    page.says("92% 23 / 25，其中延期 5 件，超期 2 件");
    app.anyone().get("/promise").await.says("延期后在新期限内答复的也算按期");
}

#[tokio::test]
async fn a_new_school_has_no_zeros_dressed_as_shares() {
    let app = app();
    let page = app.anyone().get("/board?span=week").await;
    page.is(200)
        .says("受理 0 件")
        .says("满意率 —")
        .says("这段时间还没有单位办件")
        .hides("0 %")
        .hides("比上周同期");
}

#[tokio::test]
async fn the_lines_of_the_chart_are_also_a_table() {
    let app = app();
    count(&app, "2026-11-10", "", Measure::Received, 7);
    count(&app, "2026-11-12", "logistics", Measure::Replied, 5);
    let page = app.anyone().get("/board").await;
    page.says("共收到 7 件，答复 5 件，11-10 收到最多，7 件").says("2026-11-10 7 0").says("2026-11-12 0 5");
    assert!(page.html().contains("<polyline class=\"line-2\""));
    app.anyone().get("/board?span=term").await.says("2026—2027 学年第一学期").says("2026-08-31 0 0");
    app.anyone().get("/board?span=nonsense").await.is(200).says("2026 年 11 月");
}

#[tokio::test]
async fn what_was_just_answered_is_public() {
    let app = app();
    Shelved::new("HY-20261123-0001", "原话").answered(1).shown_as("校车加一班", "……").put(&app);
    Shelved::new("HY-20261123-0002", "不公开的").answered(1).put(&app);
    app.anyone().get("/board").await.says("校车加一班").hides("原话").hides("不公开的");
}

#[tokio::test]
async fn a_share_of_fewer_than_five_opinions_is_told_to_nobody() {
    let app = app();
    work(&app, "2026-11-11", "logistics", 20, 19);
    count(&app, "2026-11-11", "logistics", Measure::Rated, 4);
    count(&app, "2026-11-11", "logistics", Measure::Satisfied, 1);
    let page = app.anyone().get("/board").await;
    page.is(200).says("评价不足 5 份").hides("25 %").hides("1 / 4");
    count(&app, "2026-11-12", "logistics", Measure::Rated, 1);
    app.anyone().get("/board").await.says("20 %").says("1 / 5").hides("评价不足");
}

// 7.6: whoever watched a board that ticks would know the minute in which a report went out.
#[tokio::test]
async fn what_happens_today_moves_the_board_tomorrow() {
    let app = app();
    count(&app, "2026-11-23", "logistics", Measure::Assigned, 3);
    let before = app.anyone().get("/board").await;
    before.is(200).says("截至 11 月 23 日（周一），只数过完的日子");
    count(&app, "2026-11-24", "", Measure::Received, 1);
    count(&app, "2026-11-24", "discipline", Measure::Assigned, 1);
    for span in ["week", "month", "term"] {
        let page = app.anyone().get(&format!("/board?span={span}")).await;
        page.says("受理 0 件").hides("纪检").hides("2026-11-24");
    }
    assert_eq!(app.anyone().get("/board").await.text(), before.text());
    app.pass_hours(24);
    app.anyone().get("/board").await.says("受理 1 件").says("纪检").says("2026-11-24 1 0");
    app.anyone().get("/promise").await.says("当天发生的，第二天才算进去");
}

#[tokio::test]
async fn the_newest_day_is_seen_first() {
    let app = app();
    let html = app.anyone().get("/board").await.html().to_owned();
    let place = |day: &str| html.find(day).unwrap();
    assert!(place("2026-11-23") < place("2026-11-22"), "the table begins with the newest day");
    assert!(html.contains("table-frame newest-first"), "the drawing begins at its new end");
}

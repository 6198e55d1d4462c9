//! Finding what may be found, and nothing else.

use crate::tests::Shelved;
use huiyin_foundation::testing::TestApp;

fn app() -> TestApp {
    let app = TestApp::new(crate::routes());
    Shelved::new("HY-20261123-0001", "原话：校车")
        .shown_as("校车 WiFi 加一班", "晚高峰等 100% 两趟")
        .put(&app);
    Shelved { requester: Some("p-student"), ..Shelved::new("HY-20261123-0002", "宿舍灯_不亮") }.put(&app);
    app
}

#[tokio::test]
async fn public_cases_are_found_by_number_title_and_text() {
    let app = app();
    for q in ["20261123-0001", "hy-20261123-0001", "wifi", "晚高峰", "100%25"] {
        app.anyone().get(&format!("/search?q={q}")).await.is(200).says("校车 WiFi 加一班");
    }
}

#[tokio::test]
async fn words_that_were_not_published_are_not_searched() {
    let app = app();
    app.anyone().get("/search?q=原话").await.says("没找到，直接提交").hides("校车");
    app.anyone().get("/search?q=宿舍灯").await.says("没找到").hides("HY-20261123-0002");
    app.other_student().get("/search?q=HY-20261123-0002").await.says("没找到");
}

#[tokio::test]
async fn ones_own_case_is_found_by_its_title() {
    let app = app();
    let page = app.student().get("/search?q=灯_不").await;
    page.says("宿舍灯_不亮");
    assert!(page.html().contains("href=\"/cases/HY-20261123-0002\""));
}

#[tokio::test]
async fn signs_of_the_pattern_are_letters() {
    let app = app();
    app.student().get("/search?q=%25").await.says("校车").hides("宿舍灯");
    app.student().get("/search?q=灯_亮").await.says("没找到");
    app.student().get("/search?q=!").await.says("没找到");
}

#[tokio::test]
async fn an_empty_search_finds_nothing_and_says_where_it_looks() {
    let app = app();
    app.anyone().get("/search?q=%20").await.is(200).says("在公开的诉求和您自己的诉求里找").hides("没找到");
}

#[tokio::test]
async fn what_was_typed_is_shown_as_text() {
    let app = app();
    app.anyone().get("/search?q=%3Cscript%3E").await.is(200).hides("<script>").says("没找到");
}

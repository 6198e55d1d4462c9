//! The promises are those of the settings, and the whole of them is said.

use huiyin_foundation::testing::TestApp;

#[tokio::test]
async fn every_limit_of_the_settings_is_told_with_its_clause() {
    let app = TestApp::new(crate::routes());
    let page = app.anyone().get("/promise").await;
    let in_force = app.policy_in_force();
    page.is(200);
    for limit in &in_force.policy.limits {
        page.says(&limit.clause);
    }
    page.says("首次回应 其他诉求 24 小时内")
        .says("反馈结果 报修 48 小时内")
        .says("反馈结果 转办 5 个工作日内");
    page.says("反馈结果 申诉 15 天内").says("到期没办，报单位负责人").says("超期 1 天，报协调部门");
}

#[tokio::test]
async fn it_says_who_sees_what_and_where_that_ends() {
    let app = TestApp::new(crate::routes());
    let page = app.anyone().get("/promise").await;
    page.says("不存账号、会话、网络地址和浏览器信息").says("校园网可能记录您何时上网");
    page.says("查询码丢了，谁也找不回来").says("举报、申诉、心理健康").says("8110");
}

#[tokio::test]
async fn it_says_how_every_rate_is_reckoned() {
    let app = TestApp::new(crate::routes());
    let page = app.anyone().get("/promise").await;
    page.says("（满意 + 基本满意）÷ 收到的评价")
        .says("按期的答复 ÷（按期的答复 + 到期没有答复的）")
        .says("不足 5 件的单位不排名");
    assert!(page.html().contains("id=\"method\""));
}

//! How a no looks: pages that say what happened and what to do, fragments for parts of pages, nothing of our own inside.

use super::site;
use crate::error::{Error, FieldErrors};
use crate::testing::TestApp;
use crate::web::{Door, Form, Routes};

fn saying_no() -> TestApp {
    let routes = Routes::new("tests")
        .post("/refused", Door::Anyone, async |_: Form| {
            Error::refused("已经答复过了，不能再退回", "《办法》第十二条")
        })
        .get("/conflict", Door::Anyone, async || Error::conflict("这件刚被别人签收"))
        .get("/slow", Door::Anyone, async || Error::TooMany { retry_after_s: 240 })
        .get("/full", Door::Anyone, async || Error::Full)
        .get("/fault", Door::Anyone, async || Error::internal("password=hunter2"))
        .get("/fields", Door::Anyone, async || {
            let mut errors = FieldErrors::new();
            errors.add("title", "请写一句话说清问题");
            Error::Invalid(errors)
        });
    TestApp::new(routes)
}

#[tokio::test]
async fn a_refusal_names_its_clause_and_gives_the_words_back() {
    let words = "三楼东侧走廊的灯，已经报修两次还是不亮。";
    let answer = saying_no().anyone().post("/refused", &[("words", words), ("title", "短")]).await;
    answer.is(409).says("已经答复过了，不能再退回").says("依据：《办法》第十二条").says("刷新").says(words);
}

#[tokio::test]
async fn each_trouble_has_its_status_and_its_way_on() {
    let app = saying_no();
    app.anyone().get("/conflict").await.is(409).says("这件刚被别人签收").says("刷新");
    let slow = app.anyone().get("/slow").await;
    slow.is(429).says("请 4 分钟后再试");
    assert_eq!(slow.headers["retry-after"], "240");
    app.anyone().get("/full").await.is(507).says("存放空间已满");
    app.anyone().get("/fields").await.is(422).says("请写一句话说清问题");
    app.anyone().get("/nowhere").await.is(404).says("编号可能抄错一位").says("搜索");
}

#[tokio::test]
async fn a_fault_of_ours_shows_a_number_and_a_telephone_and_nothing_else() {
    let answer = saying_no().anyone().get("/fault").await;
    let number = answer.headers["x-request-number"].to_str().unwrap().to_owned();
    let phone = saying_no().policy_in_force().policy.school.duty_phone.clone();
    answer.is(500).says(&number).says(&phone).hides("hunter2");
    site().anyone().get("/boom").await.is(500).hides("lamp").says("没有办成");
}

#[tokio::test]
async fn a_part_of_a_page_gets_a_part_and_is_sent_to_sign_in_by_the_script() {
    let app = site();
    let part = app.anyone().get_with("/nowhere", &[("hx-request", "true")]).await;
    part.is(404).says("没有找到").hides("<html");
    let sign_in = app.anyone().get_with("/mine", &[("hx-request", "true")]).await;
    assert_eq!(
        (sign_in.status.as_u16(), &sign_in.headers["hx-redirect"]),
        (200, &"/sign-in?next=%2F".parse().unwrap())
    );
}

#[tokio::test]
async fn whoever_is_lost_is_still_recognised() {
    site().student().get("/nowhere").await.is(404).says("学生甲");
    site().anyone().get("/nowhere").await.is(404).says("登录");
}

#[tokio::test]
async fn an_address_meant_for_forms_says_so_to_a_browser() {
    let answer = site().anyone().get_with("/say", &[("accept", "text/html")]).await;
    answer.is(405).says("这个地址不能直接打开");
}

#[tokio::test]
async fn an_address_meant_for_forms_is_never_a_blank_page_and_knows_who_asks() {
    site().student().get("/say").await.is(405).says("这个地址不能直接打开").says("学生甲");
}

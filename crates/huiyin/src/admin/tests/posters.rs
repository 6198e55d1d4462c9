//! Codes for rooms: what they hold, and the sheets to print.

use super::*;
use huiyin_foundation::pdf::Typeface;

const ADDRESS: &str = "address=https%3A%2F%2Fhy.example.edu.cn";

#[tokio::test]
async fn each_ticked_place_has_a_code_and_each_named_room_one_of_its_own() {
    let app = TestApp::new(crate::admin::routes());
    let admin = app.holder(Role::Admin);
    admin.get("/admin/posters").await.is(200).says("图书馆").says("报修二维码");
    let page =
        admin.get(&format!("/admin/posters/sheets?place-library=yes&place-gymnasium=yes&{ADDRESS}")).await;
    page.is(200).says("图书馆").says("体育馆");
    assert_eq!(page.html().matches("<svg viewBox").count(), 2);
    let rooms = "rooms=%E4%B8%89%E5%B1%82%20301%0A%E4%B8%89%E5%B1%82%20302";
    let page = admin.get(&format!("/admin/posters/sheets?place-library=yes&{rooms}&{ADDRESS}")).await;
    page.is(200).says("三层 301").says("三层 302");
}

#[tokio::test]
async fn without_a_place_or_an_address_the_form_says_so_at_the_field() {
    let app = TestApp::new(crate::admin::routes());
    let admin = app.holder(Role::Admin);
    admin.get("/admin/posters/sheets").await.is(422).says("请至少选一处地点").says("请写师生打开平台的网址");
    let both = format!("/admin/posters/sheets.pdf?place-library=yes&place-gymnasium=yes&rooms=301&{ADDRESS}");
    admin.get(&both).await.is(422).says("写了房间就只选一处地点");
    app.officer("logistics").get("/admin/posters").await.is(403);
}

#[tokio::test]
async fn the_sheets_come_as_a_file_or_the_page_says_that_there_is_no_font() {
    let app = TestApp::new(crate::admin::routes());
    let admin = app.holder(Role::Admin);
    let answer = admin.get(&format!("/admin/posters/sheets.pdf?place-library=yes&size=one&{ADDRESS}")).await;
    if Typeface::is_here(None) {
        assert_eq!(answer.is(200).headers["content-type"], "application/pdf");
    } else {
        answer.is(409).says("服务器上没有中文字体");
    }
}

//! Bad input: nothing that was typed is lost, nothing harmful is kept, and a sentence says what to do.

use super::site;
use crate::testing::{Answer, TestApp, TestSchool};
use crate::web::{Door, Form, Routes};
use huiyin_domain::policy::parse;

const CAMPUS: &str = include_str!("../../../../../presets/campus.toml");

async fn said(fields: &[(&str, &str)]) -> Answer {
    site().anyone().post("/say", fields).await
}

#[tokio::test]
async fn nul_bytes_and_strange_line_ends_go_and_the_words_stay() {
    said(&[("title", " 灯\0坏\r\n了 "), ("words", "一\r\n二\r三\0 \n")])
        .await
        .is(200)
        .says("title[灯坏 了]")
        .says("words[一 二 三]");
}

#[tokio::test]
async fn direction_marks_cannot_turn_a_title_around() {
    let answer =
        said(&[("title", "请付\u{202e}001\u{202c} 元"), ("words", "旁白\u{202d}反写\u{2066}保留")]).await;
    answer.is(200).says("title[请付001 元]");
    answer.hides("\u{202e}").hides("\u{202d}").says("反写\u{2066}保留");
}

#[tokio::test]
async fn bytes_that_are_no_text_are_shown_and_told_about() {
    let app = site();
    let answer = app.anyone().post_bytes("/say", &[], b"title=%E7%81%AF%FF%FE&words=ok").await;
    answer.is(200).says("title[灯��]").says("title: 有几个字没能识别");
}

#[tokio::test]
async fn emoji_markup_and_plus_signs_arrive_as_they_were_typed() {
    let answer = said(&[("title", "1+1=2 & 50% 🦉"), ("words", "<script>alert(1)</script>")]).await;
    assert!(answer.html().contains("title[1+1=2 & 50% 🦉] words[<script>alert(1)</script>]"));
}

#[tokio::test]
async fn an_over_long_text_comes_back_whole_with_how_much_is_too_much() {
    async fn judge(form: Form) -> String {
        let mut errors = form.errors();
        form.expect_at_most(&mut errors, "title", "标题", 40);
        let filled = form.filled(errors);
        format!("{}|{}", filled.error("title").unwrap_or_default(), filled.value("title").chars().count())
    }
    let app = TestApp::new(Routes::new("tests").post("/judge", Door::Anyone, judge));
    app.anyone().post("/judge", &[("title", &"长".repeat(46))]).await.says("标题超过 40 字，请删去 6 字|46");
    app.anyone().post("/judge", &[("title", &"长".repeat(100_000))]).await.is(200).says("|100000");
    app.anyone().post("/judge", &[("title", &"长".repeat(40))]).await.is(200).says("|40");
}

#[tokio::test]
async fn what_no_honest_form_sends_is_refused_with_a_sentence() {
    let huge = "长".repeat(400_000);
    said(&[("words", &huge)]).await.is(413).says("内容太多");
    let many: Vec<(&str, &str)> = (0..401).map(|_| ("x", "1")).collect();
    said(&many).await.is(413);
}

fn small_school() -> TestApp {
    let mut policy = parse(CAMPUS, "presets/campus.toml").unwrap();
    policy.attachments.count_max = 2;
    policy.attachments.size_mib_max = 1;
    TestApp::over(TestSchool::of(policy), Routes::new("tests").post("/say", Door::Anyone, super::echo))
}

#[tokio::test]
async fn files_arrive_in_order_with_their_names() {
    let app = small_school();
    let files =
        [("photo", "a.jpg", &b"one"[..]), ("photo", "../../b.png", &b"three"[..]), ("photo", "", &b""[..])];
    let answer = app.anyone().post_files("/say", &[("title", "灯坏了")], &files).await;
    answer.is(200).says("title[灯坏了]").says("wrong[]").says("files[a.jpg=3|../../b.png=5]");
    answer.says("token[Valid");
}

#[tokio::test]
async fn too_many_or_too_large_photos_do_not_cost_the_text_behind_them() {
    let app = small_school();
    let large = vec![7_u8; (1 << 20) + 1];
    let files =
        [("photo", "a.jpg", &b"one"[..]), ("photo", "b.jpg", &large[..]), ("photo", "c.jpg", &b"two"[..])];
    let answer = app.anyone().post_files("/say", &[("title", "灯坏了")], &files).await;
    answer
        .is(200)
        .says("title[灯坏了]")
        .says("photo: 第 2 张照片超过 1 MB，请重选")
        .says("files[a.jpg=3|c.jpg=3]");
    let files = [("photo", "a", &b"1"[..]), ("photo", "b", &b"2"[..]), ("photo", "c", &b"3"[..])];
    let answer = app.anyone().post_files("/say", &[("title", "灯坏了")], &files).await;
    answer.is(200).says("files[a=1|b=1]").says("最多 2 张照片");
}

#[tokio::test]
async fn a_torn_upload_is_told_as_one() {
    let app = small_school();
    let answer = app
        .anyone()
        .post_bytes(
            "/say",
            &[("content-type", "multipart/form-data; boundary=edge")],
            b"--edge\r\ncontent-disposition: form-data; name=\"title\"\r\n\r\nhalf",
        )
        .await;
    answer.is(400).says("没有传完整");
}

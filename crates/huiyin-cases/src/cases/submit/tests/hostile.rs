//! Words that are odd, broken or meant to hurt: stored as they are meant, shown as text, never a reason to refuse.

use super::*;

#[tokio::test]
async fn markup_and_emoji_are_words_like_any_other() {
    let app = site();
    let title = "<script>alert(1)</script> 🏚️ & \"灯\"";
    let sent = app.student().post("/cases", &but(&NAMED_LAMP, &[("title", title)])).await;
    sent.is(303);
    assert_eq!(written(&app, &number(&sent)).await.title(), title);
    let check = app.student().post("/say/repair", &but(&NAMED_LAMP, &[("title", title), ("go", "3")])).await;
    check.is(200).hides("<script>alert");
}

#[tokio::test]
async fn marks_that_turn_the_direction_and_nul_bytes_are_taken_out() {
    let app = site();
    let fields =
        but(&NAMED_LAMP, &[("title", "灯\u{202e}不\0亮\u{2066}"), ("body", "第一行\r\n第二行\u{202e}\0")]);
    let sent = app.student().post("/cases", &fields).await;
    let texts = written(&app, &number(&sent)).await;
    assert_eq!((texts.title(), texts.body()), ("灯不亮", "第一行\n第二行"));
}

#[tokio::test]
async fn bytes_that_are_no_text_are_asked_for_again() {
    let app = site();
    let student = app.student();
    let page = student.post_files("/say/repair", &[("go", "2"), ("room", "三楼")], &[]).await;
    page.is(422).says("请写一句话说清问题");
    let damaged = but(&LAMP, &[("title", "灯\u{fffd}不亮")]);
    let page = student.post("/say/repair", &damaged).await;
    page.is(422).says("有几个字没能识别").says(LAMP[1].1);
    let page = student.post("/cases", &but(&NAMED_LAMP, &[("body", "灯\u{fffd}不亮")])).await;
    page.is(422).says("有几个字没能识别").says("灯\u{fffd}不亮");
    assert_eq!(cases(&app).await, 0);
}

#[tokio::test]
async fn every_character_counts_once_whatever_its_bytes() {
    let app = site();
    let forty = "🏚".repeat(40);
    let sent = app.student().post("/cases", &but(&NAMED_LAMP, &[("title", &forty)])).await;
    sent.is(303);
}

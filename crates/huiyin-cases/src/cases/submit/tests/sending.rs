//! Sending with an account, and the receipt.

use super::*;

#[tokio::test]
async fn a_case_sent_has_a_number_a_promise_and_a_page_to_come_back_to() {
    let app = site();
    let student = app.student();
    let sent = student.post("/cases", &NAMED_LAMP).await;
    sent.is(303);
    let no = number(&sent);
    assert_eq!(sent.location(), format!("/cases/{no}/receipt"));
    assert!(no.starts_with("HY-20261124-"));
    let receipt = student.get(sent.location()).await;
    receipt.is(200).says("已收到，马上有人管").says(&no).says("明天 10:00 前回应您").says("8110");
    receipt.hides("查询码　");
    let texts = written(&app, &no).await;
    assert_eq!((texts.title(), texts.body()), (LAMP[0].1, LAMP[1].1));
}

#[tokio::test]
async fn a_receipt_opened_later_says_how_the_case_stands() {
    let app = site();
    let sent = app.student().post("/cases", &but(&NAMED_LAMP, &[("title", "公寓水龙头漏水")])).await;
    app.student().get(sent.location()).await.says("自动派给");
    app.pass_hours(26);
    let school = app.app();
    crate::cases::deadlines::sweep(&school).await.unwrap();
    let later = app.student().get(sent.location()).await;
    later.is(200).says("回执").says("公寓水龙头漏水").says("待签收").hides("已收到，马上有人管");
}

#[tokio::test]
async fn nobody_else_opens_a_receipt() {
    let app = site();
    let sent = app.student().post("/cases", &NAMED_LAMP).await;
    app.other_student().get(sent.location()).await.is(404);
    app.clerk().get(sent.location()).await.is(404);
    app.anyone().get(sent.location()).await.is(303);
}

#[tokio::test]
async fn the_same_form_sent_twice_makes_one_case() {
    let app = site();
    let student = app.student();
    let token = student.token();
    let fields = but(&NAMED_LAMP, &[("_token", &token)]);
    let (first, second) =
        tokio::join!(student.post_as_is("/cases", &fields), student.post_as_is("/cases", &fields));
    let third = student.post_as_is("/cases", &fields).await;
    assert_eq!(number(&first), number(&second));
    assert_eq!(number(&first), number(&third));
    app.pass_hours(72);
    assert_eq!(number(&first), number(&student.post_as_is("/cases", &fields).await));
    assert_eq!(cases(&app).await, 1);
}

#[tokio::test]
async fn an_old_or_foreign_token_brings_the_check_page_back_and_stores_nothing() {
    let app = site();
    let student = app.student();
    let old = student.token();
    app.pass_hours(13);
    for token in [old.as_str(), &app.other_student().token(), "", "nonsense"] {
        let page = student.post_as_is("/cases", &but(&NAMED_LAMP, &[("_token", token)])).await;
        page.is(422).says("这一页打开太久或登录有变化，内容都在，请再点一次提交。").says(LAMP[1].1);
        assert_eq!(value(&page.html(), "phone"), "138 5311 2233");
    }
    assert_eq!(cases(&app).await, 0);
}

#[tokio::test]
async fn a_session_that_ended_at_the_last_step_loses_nothing() {
    let app = site();
    let over = app.anyone().post("/cases", &NAMED_LAMP).await;
    over.is(422).says("登录已经结束").says("登录后接着提交");
    assert_eq!(cases(&app).await, 0);
    let html = over.html();
    for (name, typed) in &NAMED_LAMP[1..4] {
        assert_eq!(value(&html, name), *typed);
    }
    assert_eq!(value(&html, "phone"), "138 5311 2233");
    assert_eq!(value(&html, "wanted"), "open");
    // Signing in leads back to the last step, which then goes through.
    let fields = but(&NAMED_LAMP, &[("identity", "anonymous"), ("wanted", "open"), ("go", "sign-in")]);
    let parked = app.anyone().post("/say/repair", &fields).await;
    let key = parked.location().rsplit_once("%3D").unwrap().1.to_owned();
    let back = app.student().get(&format!("/say/repair?parked={key}")).await;
    back.is(200).says("核对一下").says(LAMP[1].1);
    let sent = app.student().post("/cases", &but(&NAMED_LAMP, &[("parked", &key)])).await;
    sent.is(303);
}

#[tokio::test]
async fn everything_is_judged_once_more_when_it_is_sent() {
    let app = site();
    let student = app.student();
    let page = student.post("/cases", &but(&NAMED_LAMP, &[("title", "")])).await;
    page.is(422).says("请写一句话说清问题").says(LAMP[1].1);
    let page = student.post("/cases", &but(&NAMED_LAMP, &[("identity", "")])).await;
    page.is(422).says("请选一种身份");
    let page = student.post("/cases", &but(&NAMED_LAMP, &[("identity", "anonymous")])).await;
    page.is(422).says("请再点一次提交");
    assert!(page.html().contains("action=\"/nameless/cases\""));
    assert_eq!(cases(&app).await, 0);
}

#[tokio::test]
async fn a_matter_in_danger_shows_the_telephones_and_is_never_held_up() {
    let app = site();
    let student = app.student();
    let fields = but(&NAMED_LAMP, &[("danger", "yes"), ("go", "3")]);
    student.post("/say/repair", &fields).await.is(200).says("等不及的先打电话").says("有人身危险");
    let words = but(&NAMED_LAMP, &[("title", "有人站在楼顶"), ("go", "3")]);
    student.post("/say/repair", &words).await.is(200).says("等不及的先打电话");
    student.post("/cases", &words).await.is(303);
    let row = app.db.read(|tx| tx.query_one("select urgency, restricted, may_publish from cases", &[]));
    let row = row.await.unwrap();
    assert_eq!(row.text("urgency").unwrap(), "critical");
    assert!(row.flag("restricted").unwrap());
    // The consent is kept as it was said; what is restricted is shown to nobody all the same.
    assert!(row.flag("may_publish").unwrap());
}

#[tokio::test]
async fn a_sealed_case_keeps_the_number_encrypted_and_no_person() {
    let app = site();
    let sent = app.student().post("/cases", &but(&NAMED_LAMP, &[("identity", "sealed")])).await;
    sent.is(303);
    let row = app.db.read(|tx| {
        tx.query_one(
            "select requester_id, words, sealed
             from cases
             join case_texts using (case_no)
             where case_texts.kind = 'contact'",
            &[],
        )
    });
    let row = row.await.unwrap();
    assert_eq!(row.opt_text("requester_id").unwrap(), None);
    assert!(row.flag("sealed").unwrap());
    assert!(!row.text("words").unwrap().contains("138"));
}

#[tokio::test]
async fn whoever_writes_of_danger_reads_the_telephones_again_on_the_receipt() {
    let app = site();
    let calm = app.student().post("/cases", &NAMED_LAMP).await;
    app.student().get(calm.location()).await.is(200).hides("等不及的先打电话");
    let danger = but(&NAMED_LAMP, &[("body", "室友说不想活了，站在楼顶边上")]);
    let sent = app.student().post("/cases", &danger).await;
    app.student().get(sent.location()).await.is(200).says("等不及的先打电话").says("120").says("110");
}

#[tokio::test]
async fn a_title_in_which_nothing_can_be_seen_is_no_title() {
    let app = site();
    for nothing in ["\u{200b}\u{3164}", "\u{2063}\u{2800}", "\u{ad}"] {
        let sent = app.student().post("/cases", &but(&NAMED_LAMP, &[("title", nothing)])).await;
        sent.is(422);
    }
    let seen = app.student().post("/cases", &but(&NAMED_LAMP, &[("title", "灯\u{200d}坏了")])).await;
    seen.is(303);
}

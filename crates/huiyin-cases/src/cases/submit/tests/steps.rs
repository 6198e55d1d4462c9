//! From step to step: nothing is lost, and what is missing is said.

use super::*;

#[tokio::test]
async fn the_kinds_say_how_long_it_takes_and_who_sees_it() {
    let app = site();
    let page = app.anyone().get("/say").await;
    page.is(200).says("我要报修").says("24 小时内回应").says("受理后 48 小时内反馈结果");
    page.says("投诉谁，就不由谁来评判").says("学校值班电话").says("8110");
}

#[tokio::test]
async fn an_unknown_kind_does_not_exist() {
    let app = site();
    app.anyone().get("/say/nonsense").await.is(404);
    app.student().post("/say/nonsense", &LAMP).await.is(404);
}

#[tokio::test]
async fn a_number_of_a_person_is_pointed_out_before_it_is_sent_and_stays_as_it_is() {
    let app = site();
    let fields = but(&NAMED_LAMP, &[("body", "请打 138 5311 2233，找我"), ("go", "3")]);
    let page = app.student().post("/say/repair", &fields).await;
    page.is(200).says("内容里有手机号，要公开时我们会替您遮住").says("请打 138 5311 2233，找我");
    let plain = app.student().post("/say/repair", &but(&NAMED_LAMP, &[("go", "3")])).await;
    plain.hides("要公开时我们会替您遮住");
}

#[tokio::test]
async fn going_back_loses_neither_title_nor_room() {
    let html = site().student().get("/say/repair").await.html();
    for id in ["title", "room"] {
        let at = html.find(&format!("id=\"{id}\"")).unwrap();
        let field = &html[at..at + html[at..].find('>').unwrap()];
        assert!(!field.contains("autocomplete"), "a browser forgets such a field on the way back: {field}");
    }
}

#[tokio::test]
async fn the_first_step_shows_the_telephones_before_anything_is_sent() {
    let app = site();
    let page = app.anyone().get("/say/repair").await;
    page.is(200).says("哪里坏了？").says("有人身危险").says("110");
}

#[tokio::test]
async fn the_sheet_in_a_room_fills_in_the_place() {
    let app = site();
    let page = app.anyone().get("/say/repair?place=residence-6&room=305").await;
    let html = page.html();
    assert!(html.contains("value=\"residence-6\" selected"));
    assert_eq!(value(&html, "room"), "305");
}

#[tokio::test]
async fn three_steps_carry_every_answer_on() {
    let app = site();
    let student = app.student();
    let second = student.post("/say/repair", &LAMP).await;
    second.is(200).says("怎么答复您？").says("实名").says("保密").says("匿名");
    assert_eq!(value(&second.html(), "title"), LAMP[0].1);
    let third = student.post("/say/repair", &but(&NAMED_LAMP, &[("go", "3")])).await;
    third.is(200).says("核对一下").says(LAMP[0].1).says(LAMP[1].1).says("三楼东侧走廊").says("13853112233");
    third.says("实名（学生甲）").says("可以公开").says("明天 10:00 前回应您");
    assert!(third.html().contains("action=\"/cases\""));
    let back = student.post("/say/repair", &but(&NAMED_LAMP, &[("go", "1")])).await;
    back.is(200).says(LAMP[1].1);
    for (name, typed) in [("title", LAMP[0].1), ("identity", "open"), ("phone", "138 5311 2233")] {
        assert_eq!(value(&back.html(), name), typed);
    }
    assert_eq!(cases(&app).await, 0);
}

#[tokio::test]
async fn a_repair_that_says_what_it_is_goes_straight_to_its_unit() {
    let app = site();
    let fields = but(&NAMED_LAMP, &[("title", "六号公寓三层水龙头漏水"), ("go", "3")]);
    let page = app.student().post("/say/repair", &fields).await;
    page.is(200).says("自动派给").says("前反馈结果");
}

#[tokio::test]
async fn missing_words_bring_the_step_back_with_the_rest_in_it() {
    let app = site();
    let page = app.student().post("/say/repair", &but(&LAMP, &[("title", " "), ("room", "")])).await;
    page.is(422).says("有 2 处要改").says("请写一句话说清问题").says("请选楼宇，或写明地点").says(LAMP[1].1);
    assert!(page.html().contains("<title>错误："));
}

#[tokio::test]
async fn a_long_title_is_kept_and_told_how_much_is_too_much() {
    let app = site();
    let long = "长".repeat(46);
    let page = app.student().post("/say/repair", &but(&LAMP, &[("title", &long)])).await;
    page.is(422).says("标题超过 40 字，请删去 6 字");
    assert_eq!(value(&page.html(), "title"), long);
    let body = "很".repeat(2001);
    let page = app.student().post("/say/repair", &but(&LAMP, &[("body", &body)])).await;
    page.is(422).says("详细说明超过 2000 字，请删去 1 字").says(&body);
}

#[tokio::test]
async fn a_wrong_number_asks_for_a_number_or_none() {
    let app = site();
    let fields = but(&NAMED_LAMP, &[("phone", "1385311"), ("go", "3")]);
    let page = app.student().post("/say/repair", &fields).await;
    page.is(422).says("请填写 11 位手机号，或改选“不留电话”");
    assert_eq!(value(&page.html(), "phone"), "1385311");
    let fields = but(&fields, &[("no_phone", "yes")]);
    app.student().post("/say/repair", &fields).await.is(200).says("不留电话").says("核对一下");
}

#[tokio::test]
async fn a_made_up_place_or_category_is_asked_again() {
    let app = site();
    let fields = but(&LAMP, &[("place", "moon"), ("category", "moon-dust")]);
    let page = app.student().post("/say/repair", &fields).await;
    page.is(422).says("列表里没有这个地点").says("这一类里没有这个类别");
}

#[tokio::test]
async fn the_kind_proposes_identity_and_audience() {
    let app = site();
    let fields = [("title", "食堂窗口态度很差"), ("go", "2")];
    let page = app.student().post("/say/complaint", &fields).await;
    let html = page.html();
    assert!(html.contains("value=\"sealed\" checked"));
    assert!(html.contains("value=\"no\" checked"));
    let report = app.student().post("/say/report", &fields).await;
    report.is(200).says("只给您看。举报永不公开。");
}

#[tokio::test]
async fn a_stranger_is_offered_anonymity_and_a_way_to_sign_in() {
    let app = site();
    let page = app.anyone().post("/say/repair", &LAMP).await;
    page.is(200).says("登录后接着提交").says("凭查询码");
    assert!(page.html().contains("value=\"anonymous\" checked"));
    page.hides("value=\"open\"").hides("name=\"phone\"");
    let page = app.anyone().post("/say/repair", &but(&NAMED_LAMP, &[("go", "3")])).await;
    page.is(422).says("实名和保密要先登录");
}

#[tokio::test]
async fn who_signs_in_half_way_finds_everything_again() {
    let app = site();
    let fields = but(&LAMP, &[("identity", "anonymous"), ("publish", "no"), ("go", "sign-in")]);
    let parked = app.anyone().post("/say/repair", &fields).await;
    parked.is(303);
    let next = parked.location().strip_prefix("/sign-in?next=").unwrap();
    let next = next.replace("%2F", "/").replace("%3F", "?").replace("%3D", "=");
    assert!(next.starts_with("/say/repair?parked="), "{next}");
    assert!(!next.contains("%E5"), "no word of the matter stands in an address");

    let page = app.student().get(&next).await;
    page.is(200).says("怎么答复您？");
    assert_eq!(value(&page.html(), "title"), LAMP[0].1);
    // Reloading is no loss; going on clears what was parked.
    app.student().get(&next).await.is(200).says("怎么答复您？");
    let key = value(&page.html(), "parked").to_owned();
    let fields = but(&NAMED_LAMP, &[("parked", &key), ("go", "3")]);
    app.student().post("/say/repair", &fields).await.is(200).says("核对一下").hides(&key);
    app.student().get(&next).await.says("已经过期清掉了");
}

#[tokio::test]
async fn only_a_form_of_ours_of_a_bearable_length_is_parked() {
    let app = site();
    let fields = but(&LAMP, &[("go", "sign-in")]);
    app.anyone().post_as_is("/say/repair", &fields).await.is(422).says("请再点一次提交");
    let long = "很长".repeat(3_000);
    let fields = but(&LAMP, &[("body", &long), ("go", "sign-in")]);
    app.anyone().post("/say/repair", &fields).await.says("详细说明超过");
    let left = app.db.read(|tx| tx.query_one("select count(*) as n from parked_answers", &[])?.int("n"));
    assert_eq!(left.await.unwrap(), 0);
}

#[tokio::test]
async fn parked_answers_do_not_lie_about_for_long() {
    let app = site();
    let parked = app.anyone().post("/say/repair", &but(&LAMP, &[("go", "sign-in")])).await;
    let key = parked.location().rsplit_once("%3D").unwrap().1.to_owned();
    app.pass_hours(4);
    app.student().get(&format!("/say/repair?parked={key}")).await.says("已经过期清掉了");
    app.anyone().post("/say/repair", &but(&LAMP, &[("go", "sign-in")])).await.is(303);
    let left = app.db.read(|tx| tx.query_one("select count(*) as n from parked_answers", &[])?.int("n"));
    assert_eq!(left.await.unwrap(), 1);
}

#[tokio::test]
async fn a_form_opened_yesterday_still_goes_on() {
    let app = site();
    let student = app.student();
    let token = student.token();
    app.pass_hours(30);
    let fields = but(&LAMP, &[("_token", &token)]);
    student.post_as_is("/say/repair", &fields).await.is(200).says("怎么答复您？");
}

#[tokio::test]
async fn the_channel_of_the_sheet_is_kept_and_no_other_can_be_named() {
    let app = site();
    let page = app.student().get("/say/repair?place=residence-6&via=room-code").await;
    assert_eq!(value(&page.html(), "via"), "room-code");
    for (via, kept) in [("room-code", "room-code"), ("hotline-12345", "online"), ("moon", "online")] {
        app.student().post("/cases", &but(&NAMED_LAMP, &[("via", via)])).await.is(303);
        let last = app.db.read(|tx| {
            tx.query_one("select channel from cases order by case_no desc limit 1", &[])?.text("channel")
        });
        assert_eq!(last.await.unwrap(), kept, "{via}");
    }
}

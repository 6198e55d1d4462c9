//! The requester's side over HTTP.

use crate::cases::tests::{act, bring_in, officer_of, rate, reply, unit_of};
use huiyin_domain::case::{Actor, Answer, Command, Identity, Solved};
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::testing::TestApp;

fn app() -> TestApp {
    TestApp::new(crate::routes())
}

fn answered(app: &TestApp) -> CaseNo {
    let no = bring_in(app, Identity::Open, None);
    let unit = unit_of(app, &no);
    act(app, officer_of(&unit), &no, reply()).unwrap();
    no
}

#[tokio::test]
async fn my_case_says_where_it_is_and_until_when() {
    let app = app();
    let no = bring_in(&app, Identity::Open, None);
    let page = app.student().get(&format!("/cases/{no}")).await;
    page.is(200)
        .says("三号学生公寓二层水龙头漏水")
        .says("待签收")
        .says("今天 24:00 前回应您")
        .says("系统自动派单");
    app.student().get("/cases").await.is(200).says("三号学生公寓二层水龙头漏水");
}

#[tokio::test]
async fn nobody_else_finds_my_case() {
    let app = app();
    let no = bring_in(&app, Identity::Open, None);
    let path = format!("/cases/{no}");
    let missing = app.other_student().get("/cases/HY-20261124-9999").await;
    let hidden = app.other_student().get(&path).await;
    assert_eq!((hidden.status.as_u16(), missing.status.as_u16()), (404, 404));
    hidden.hides("水龙头");
    app.officer("finance").get(&path).await.is(404);
    app.clerk().get(&path).await.is(404);
    assert_eq!(app.anyone().get(&path).await.status.as_u16(), 303);
}

#[tokio::test]
async fn unsolved_opens_a_second_round_and_solved_ends_it() {
    let app = app();
    let no = answered(&app);
    let path = format!("/cases/{no}/rating");
    app.student()
        .get(&path)
        .await
        .is(200)
        .says("您的问题解决了吗")
        .says("已更换阀芯")
        .says("今天 10:00 答复")
        .says("12 月 1 日（周二）10:00 前不评价");
    let fields = [("solved", "no"), ("satisfaction", "dissatisfied"), ("words", "还是漏")];
    let answer = app.student().post(&path, &fields).await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, format!("/cases/{no}").as_str()));
    app.student().get(&format!("/cases/{no}")).await.says("重新办理").says("还是漏");
    act(&app, officer_of(&unit_of(&app, &no)), &no, reply()).unwrap();
    app.student().post(&path, &[("solved", "yes"), ("satisfaction", "satisfied")]).await.is(303);
    app.student().get(&format!("/cases/{no}")).await.says("已解决").says("已评价").hides("不用您再催");
}

#[tokio::test]
async fn a_rating_without_an_answer_comes_back_with_what_was_typed() {
    let app = app();
    let no = answered(&app);
    let path = format!("/cases/{no}/rating");
    let page = app.student().post(&path, &[("satisfaction", "fairly"), ("words", "等了两天")]).await;
    page.is(422).says("有 1 处要改").says("请选：解决了、部分解决或没解决").says("等了两天");
    let untouched = app.student().get(&format!("/cases/{no}")).await;
    untouched.says("已答复").says("待评价").hides("已评价");
}

#[tokio::test]
async fn a_stale_form_stores_nothing_and_loses_nothing() {
    let app = app();
    let no = answered(&app);
    let path = format!("/cases/{no}/supplement");
    let page = app.student().post_as_is(&path, &[("_token", "old"), ("words", "今天又漏了")]).await;
    page.is(422).says("今天又漏了");
    app.student().get(&format!("/cases/{no}")).await.is(200).hides("今天又漏了");
}

/// How often the page says something.
fn times(page: &huiyin_foundation::testing::Answer, words: &str) -> usize {
    page.text().matches(words).count()
}

#[tokio::test]
async fn a_supplement_tapped_twice_is_kept_once_and_other_words_are_another() {
    let app = app();
    let no = answered(&app);
    let path = format!("/cases/{no}/supplement");
    let token = app.student().token();
    let send = |words: &'static str| {
        let (path, token, hand) = (path.clone(), token.clone(), app.student());
        async move { hand.post_as_is(&path, &[("_token", &token), ("words", words)]).await }
    };
    for _ in 0..2 {
        let answer = send("今天又漏了").await;
        assert_eq!((answer.status.as_u16(), answer.location()), (303, format!("/cases/{no}").as_str()));
    }
    let page = app.student().get(&format!("/cases/{no}")).await;
    assert_eq!(times(&page, "今天又漏了"), 1, "{}", page.text());
    send("三层也漏了").await.is(303);
    app.student().get(&format!("/cases/{no}")).await.says("三层也漏了");
    app.pass_hours(13);
    send("今天又漏了").await.is(303);
    assert_eq!(times(&app.student().get(&format!("/cases/{no}")).await, "今天又漏了"), 1);
}

#[tokio::test]
async fn the_answer_to_a_supplement_by_receipt_can_be_loaded_again() {
    let app = app();
    let code = app.keys.receipt_code_from(b"nonce of the form");
    crate::cases::tests::bring_in_by_receipt(&app, &app.keys.receipt_code_hash(&code));
    let (code, token) = (code.grouped(), app.anyone().token());
    let fields = [("_token", token.as_str()), ("code", &code), ("words", "夜里更严重")];
    for hours in [0, 0, 13] {
        app.pass_hours(hours);
        let page = app.anyone().post_as_is("/receipt/supplement", &fields).await;
        page.is(200);
        assert_eq!(times(&page, "夜里更严重"), 1, "{}", page.text());
    }
}

#[tokio::test]
async fn danger_in_later_words_calls_the_clerks_and_asks_for_no_judgement() {
    let app = app();
    let no = bring_in(&app, Identity::Open, None);
    let path = format!("/cases/{no}/supplement");
    app.student().post(&path, &[("words", "修不好就算了，我不想活了")]).await.is(303);
    let urgency = app.db.read(|tx| tx.query_one("select urgency from cases", &[])?.text("urgency"));
    assert_eq!(urgency.await.unwrap(), "critical");
    app.student().get(&format!("/cases/{no}")).await.is(200).says("不想活了").hides("按特急处理");
    act(&app, officer_of(&unit_of(&app, &no)), &no, private_reply()).unwrap();
    app.student().get(&format!("/cases/{no}")).await.is(200).says("已答复").hides("去评价").hides("请您评价");
    app.student().get("/cases").await.is(200).hides("去评价");
    let rating = [("solved", "yes"), ("satisfaction", "satisfied")];
    app.student().post(&format!("/cases/{no}/rating"), &rating).await.is(409).says("不做满意度评价");
}

fn private_reply() -> Command {
    let Command::Reply(Answer { words, outcome, files, .. }) = reply() else { unreachable!() };
    Command::Reply(Answer {
        words,
        outcome,
        public: None,
        files,
        shelving: None,
        joined_words: String::new(),
    })
}

#[tokio::test]
async fn urging_twice_in_a_day_is_answered_with_the_rule() {
    let app = app();
    let no = bring_in(&app, Identity::Open, None);
    let path = format!("/cases/{no}/reminder");
    app.student().post(&path, &[("because", "no_contact")]).await.is(303);
    let again = app.student().post(&path, &[("because", "other"), ("words", "很急")]).await;
    again.is(409).says("11 月 25 日 10:00 起可以再催");
    app.student().get(&path).await.is(409);
    app.pass_hours(2);
    let page = app.student().get(&format!("/cases/{no}")).await;
    page.says("已经催过，明天 10:00 起可以再催").hides(&format!("/cases/{no}/reminder"));
    app.pass_hours(22);
    let page = app.student().get(&format!("/cases/{no}")).await;
    page.says("催一催").hides("已经催过");
    app.student().get(&path).await.is(200).says("明天 10:00 起才能再催");
}

#[tokio::test]
async fn what_was_done_is_said_back_for_a_while() {
    let app = app();
    let no = bring_in(&app, Identity::Open, None);
    let path = format!("/cases/{no}");
    app.student().get(&path).await.hides("已催办，").says("到时间没有结果");
    app.student().post(&format!("{path}/reminder"), &[("because", "no_contact")]).await.is(303);
    app.student().get(&path).await.says("已催办，后勤管理处已收到提醒").says("明天 10:00 起可以再催");
    app.pass_hours(1);
    app.student().get(&path).await.hides("已催办，");
    app.student().post(&format!("{path}/withdrawal"), &[("words", "")]).await.is(303);
    app.student().get(&path).await.says("已撤回，不再办理，编号保留").hides("到时间没有结果");
}

#[tokio::test]
async fn supervision_is_claimed_only_when_it_was_recorded() {
    let app = app();
    let no = bring_in(&app, Identity::Open, None);
    app.pass_hours(60);
    let late = app.student().get(&format!("/cases/{no}")).await;
    late.says("超期").says("会按规定自动升级督办").hides("已升级督办");
    act(&app, huiyin_domain::case::Actor::Clock, &no, Command::NoteTime).unwrap();
    app.student().get(&format!("/cases/{no}")).await.says("已升级督办，不用您再催");
}

#[tokio::test]
async fn a_receipt_holder_adds_and_rates_without_an_account() {
    let app = app();
    let code = app.keys.receipt_code_from(b"nonce of the form");
    let no = crate::cases::tests::bring_in_by_receipt(&app, &app.keys.receipt_code_hash(&code));
    let code = code.grouped();
    let page = app.anyone().post("/receipt/supplement", &[("code", &code), ("words", "夜里更严重")]).await;
    page.is(200).says("夜里更严重").says(no.as_str()).says("已补充，后勤管理处马上能看到");
    act(&app, officer_of(&unit_of(&app, &no)), &no, reply()).unwrap();
    let form = app.anyone().post("/receipt/rating", &[("code", &code), ("ask", "1")]).await;
    form.is(200).says("您的问题解决了吗");
    let done = app
        .anyone()
        .post("/receipt/rating", &[("code", &code), ("solved", "yes"), ("satisfaction", "satisfied")])
        .await;
    done.is(200).says("已解决").says("评价已收到，谢谢").says("已评价").hides("不用您再催");
    let wrong = app.anyone().post("/receipt/supplement", &[("code", "0000-0000"), ("words", "猜一猜")]).await;
    wrong.is(404).hides("水龙头");
}

#[tokio::test]
async fn a_photo_can_be_added_and_opens_only_by_its_link() {
    let app = app();
    let no = bring_in(&app, Identity::Open, None);
    let png = picture();
    let path = format!("/cases/{no}/supplement");
    let sent =
        app.student().post_files(&path, &[("words", "拍到了")], &[("photo", "学号2026.png", &png)]).await;
    assert_eq!(sent.status.as_u16(), 303, "{}", sent.text());
    let page = app.student().get(&format!("/cases/{no}")).await;
    page.hides("学号2026");
    let html = page.html();
    let link = html
        .split('"')
        .find(|part| part.starts_with("/files/"))
        .unwrap()
        .replace("&amp;", "&")
        .replace("&#38;", "&");
    app.anyone().get(&link).await.is(200);
    let id = link.split('?').next().unwrap();
    app.anyone().get(id).await.is(404);
    app.anyone().get(&link.replace("until=", "until=9")).await.is(404);
}

#[tokio::test]
async fn a_closed_case_offers_nothing_more() {
    let app = app();
    let no = bring_in(&app, Identity::Open, None);
    act(&app, huiyin_domain::case::Actor::Requester, &no, Command::Withdraw { reason: "自己修好了".into() })
        .unwrap();
    app.student().get(&format!("/cases/{no}")).await.is(200).says("已撤回").hides("action-bar");
    assert!(act(&app, huiyin_domain::case::Actor::Requester, &no, rate(Solved::Yes)).is_err());
}

/// A small picture, made here.
fn picture() -> Vec<u8> {
    // A one-pixel PNG written by hand: signature, header, one deflated line, end.
    const PNG: [u8; 69] = [
        137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0,
        144, 119, 83, 222, 0, 0, 0, 12, 73, 68, 65, 84, 120, 156, 99, 248, 207, 192, 0, 0, 3, 1, 1, 0, 201,
        254, 146, 239, 0, 0, 0, 0, 73, 69, 78, 68, 174, 66, 96, 130,
    ];
    PNG.to_vec()
}

// 5.4
#[tokio::test]
async fn a_complaint_about_the_handling_goes_past_the_unit() {
    let app = app();
    let no = bring_in(&app, Identity::Open, None);
    let path = format!("/cases/{no}/complaint");
    app.student().get(&format!("/cases/{no}")).await.says("反映办理问题");
    app.student().post(&path, &[("words", "")]).await.is(422).says("请写明办理中有什么问题");
    app.student().post(&path, &[("words", "师傅让我撤回")]).await.is(303);
    let own = app.student().get(&format!("/cases/{no}")).await;
    own.says("已送协调部门").says("前答复您；承办单位看不到，也不会知道").says("师傅让我撤回");
    app.clerk().get(&format!("/staff/cases/{no}")).await.says("师傅让我撤回");
    let unit = unit_of(&app, &no);
    app.officer(unit.as_str()).get(&format!("/desk/{unit}/cases/{no}")).await.is(200).hides("师傅让我撤回");
    app.student().post(&path, &[("words", "又来了")]).await.is(409).says("11 月 25 日 10:00 起可以再反映");
}

// 5.3
#[tokio::test]
async fn some_weeks_later_the_requester_says_whether_it_still_holds() {
    let app = app();
    let no = bring_in(&app, Identity::Open, None);
    act(&app, officer_of(&unit_of(&app, &no)), &no, private_reply()).unwrap();
    let (own, path) = (format!("/cases/{no}"), format!("/cases/{no}/effect"));
    let rating = [("solved", "yes"), ("satisfaction", "satisfied")];
    app.student().post(&format!("{own}/rating"), &rating).await.is(303);
    assert!(!app.student().get(&own).await.html().contains("/effect\""));
    app.pass_hours(29 * 24);
    act(&app, Actor::Clock, &no, Command::NoteTime).unwrap();
    let page = app.student().get(&own).await;
    assert!(page.is(200).html().contains(&format!("href=\"{path}\"")), "the way to say so is offered");
    app.student().post(&path, &[]).await.is(422).says("请选：解决了");
    app.student().post(&path, &[("solved", "no"), ("words", "又漏了")]).await.is(303);
    app.student().get(&own).await.says("没有解决，按规定自动进入第 2 轮办理").says("又漏了");
}

#[tokio::test]
async fn whoever_is_asked_for_more_finds_it_first_among_what_waits_for_them() {
    let app = app();
    let no = bring_in(&app, Identity::Open, None);
    app.pass_hours(1);
    bring_in(&app, Identity::Open, None);
    app.student().get("/cases?view=mine").await.is(200).hides("水龙头漏水");
    let asks = Command::AskRequester { words: "是哪一个水龙头？".into() };
    act(&app, officer_of(&unit_of(&app, &no)), &no, asks).unwrap();
    for path in ["/cases?view=mine", "/cases"] {
        let page = app.student().get(path).await;
        page.is(200).says("等我回应 1").says("进行中 2").says("请您补充").says("去补充");
        let html = page.html();
        let first = html.split("class=\"item-title\"").nth(1).unwrap();
        assert!(first.contains(&format!("/cases/{no}")), "what waits for me comes first");
    }
    let supplement = format!("/cases/{no}/supplement");
    app.student().get(&supplement).await.is(200).says("是哪一个水龙头？").says("请您补充");
    app.student().post(&supplement, &[("words", "窗边那一个。")]).await.is(303);
    app.student().get(&supplement).await.is(200).hides("是哪一个水龙头？");
    app.student().get("/cases").await.says("等我回应 0").hides("请您补充");
}

// 5.4
#[tokio::test]
async fn how_often_one_may_urge_is_the_rule_of_the_school() {
    let mut policy = huiyin_domain::shipped::preset("campus").unwrap();
    policy.urging.every_hours = 48;
    let app = TestApp::over(huiyin_foundation::testing::TestSchool::of(policy), crate::routes());
    let no = bring_in(&app, Identity::Open, None);
    for act in ["reminder", "complaint"] {
        let page = app.student().get(&format!("/cases/{no}/{act}")).await;
        page.is(200).says("11 月 26 日（周四）10:00 起才能再").hides("小时");
    }
}

//! Answering with comfort: drafts, templates, and two officers at one case.

use super::*;

fn path(no: &CaseNo, noun: &str) -> String {
    format!("{DESK}/cases/{no}/{noun}")
}

async fn save_draft(hand: &Hand<'_>, no: &CaseNo, words: &str) {
    let fields = [("words", words), ("outcome", "partly"), ("visibility", "private")];
    hand.post(&path(no, "draft"), &fields).await.is(303);
}

#[tokio::test]
async fn a_draft_is_found_again_and_shown_to_nobody_else_but_the_head() {
    let app = app();
    let no = leak(&app);
    let officer = app.officer("logistics");
    save_draft(&officer, &no, "水龙头已换，周三再来看一次。").await;
    let page = format!("{DESK}/cases/{no}?act=reply");
    officer.get(&page).await.is(200).says("水龙头已换，周三再来看一次。").says("存的草稿");
    officer.get(DESK).await.says("您写了一半的答复").says("图书馆三层水龙头漏水");
    second_officer(&app).get(&page).await.is(200).hides("水龙头已换");
    app.clerk().get(&format!("/staff/cases/{no}")).await.is(200).hides("水龙头已换");
    let head = app.unit_head("logistics");
    head.get(&page).await.is(200).says("写了一半的答复").says("水龙头已换，周三再来看一次。");
    // The last saving counts.
    save_draft(&officer, &no, "水龙头已换好。").await;
    officer.get(&page).await.says("水龙头已换好。").hides("周三再来看一次");
}

#[tokio::test]
async fn a_draft_is_gone_when_the_answer_is_sent_or_it_is_dropped() {
    let app = app();
    let no = leak(&app);
    let officer = app.officer("logistics");
    save_draft(&officer, &no, "先写一半。").await;
    officer.post(&path(&no, "draft"), &[("keep", "no")]).await.is(303);
    officer.get(&format!("{DESK}/cases/{no}?act=reply")).await.hides("先写一半");
    save_draft(&officer, &no, "又写一半。").await;
    let answer = [("words", "已经修好。"), ("outcome", "solved"), ("visibility", "private")];
    officer.post(&path(&no, "reply"), &answer).await.is(303);
    officer.get(DESK).await.hides("您写了一半的答复");
    let left = app.db.read_now(|tx| {
        let row = tx.query_one("select count(*) as n from answer_drafts", huiyin_foundation::params![])?;
        Ok::<i64, Error>(row.int("n")?)
    });
    assert_eq!(left.unwrap(), 0);
}

#[tokio::test]
async fn a_page_with_scripts_saves_without_leaving_and_a_stranger_saves_nothing() {
    let app = app();
    let no = leak(&app);
    let fields = [("words", "正在写。"), ("quietly", "yes")];
    app.officer("logistics").post(&path(&no, "draft"), &fields).await.is(200).says("草稿已存");
    let elsewhere = format!("/desk/residence/cases/{no}/draft");
    app.officer("residence").post(&elsewhere, &fields).await.is(404);
    let stale = [("_token", "nonsense"), ("words", "正在写。")];
    app.officer("logistics").post_as_is(&path(&no, "draft"), &stale).await.is(409);
}

#[tokio::test]
async fn drafts_that_nobody_touches_are_swept_after_two_months() {
    let app = app();
    let no = leak(&app);
    save_draft(&app.officer("logistics"), &no, "写了一半。").await;
    let sweep = |app: &TestApp| {
        let now = app.now();
        app.db.write_now(move |tx| crate::desk::sweep_drafts(tx, now)).unwrap()
    };
    assert_eq!(sweep(&app), 0);
    app.pass_hours(24 * 61);
    assert_eq!(sweep(&app), 1);
}

#[tokio::test]
async fn who_opens_a_case_sees_that_somebody_else_has_it_open_until_that_is_over() {
    let app = app();
    let no = leak(&app);
    let page = format!("{DESK}/cases/{no}");
    let officer = app.officer("logistics");
    for hand in [&officer, &second_officer(&app), &app.clerk()] {
        crate::dossier::tests::law::appoint(&app, hand, hand.visitor.duties[0].clone());
    }
    officer.get(&page).await.is(200).hides("也打开了这件");
    officer.get(&page).await.hides("也打开了这件");
    second_officer(&app).get(&page).await.says("（刚刚）也打开了这件");
    app.clerk()
        .get(&format!("/staff/cases/{no}"))
        .await
        .says("工作人员（刚刚）、工作人员（刚刚）也打开了这件");
    app.pass_hours(1);
    second_officer(&app).get(&page).await.hides("也打开了这件");
    let now = app.now();
    let swept = app.db.write_now(move |tx| crate::cases::presence::sweep(tx, now));
    assert_eq!(swept.unwrap(), 2, "all but the one who opened it just now");
}

#[tokio::test]
async fn who_comes_second_is_told_who_was_first_with_which_words_and_keeps_their_own() {
    let app = app();
    let no = leak(&app);
    let (first, second) = (app.officer("logistics"), second_officer(&app));
    let before = seen(&second.get(&format!("{DESK}/cases/{no}?act=progress")).await);
    let fields = [("words", "水工今天下午到。"), ("seen", before.as_str())];
    first.post(&path(&no, "progress"), &fields).await.is(303);
    let fields = [("words", "我们明天来看。"), ("seen", before.as_str())];
    let held = second.post(&path(&no, "progress"), &fields).await;
    held.is(409).says("已发阶段反馈：“水工今天下午到。”").says("我们明天来看。").says("请再点一次");
    assert_eq!(case(&app, &no).last_seq, 4, "nothing of the second was carried out");
    let again = [("words", "我们明天来看。"), ("seen", &seen(&held))];
    second.post(&path(&no, "progress"), &again).await.is(303);
    assert_eq!(case(&app, &no).last_seq, 5);
}

#[tokio::test]
async fn words_that_the_requester_added_meanwhile_are_read_before_the_answer_goes_out() {
    let app = app();
    let no = leak(&app);
    let officer = app.officer("logistics");
    let before = seen(&officer.get(&format!("{DESK}/cases/{no}?act=reply")).await);
    let added = Command::Supplement { words: "二层也漏了。".into(), files: vec![] };
    act(&app, Actor::Requester, &no, added);
    let answer = [("words", "三层已修好。"), ("outcome", "solved"), ("seen", before.as_str())];
    let held = officer.post(&path(&no, "reply"), &answer).await;
    held.is(409).says("反映人已补充情况：“二层也漏了。”").says("三层已修好。");
    assert_eq!(case(&app, &no).stage, Stage::Assigned);
}

#[tokio::test]
async fn the_head_writes_templates_and_an_unknown_blank_is_answered_at_the_field() {
    let app = app();
    let (templates, no) = (format!("{DESK}/templates"), leak(&app));
    let words = "{{称呼}}：{{受理编号}} 已由{{单位}}办好，类别是{{类别}}。";
    let fields = [
        ("name", "已经办好"),
        ("act", "reply"),
        ("category", "repairs"),
        ("outcome", "solved"),
        ("words", words),
    ];
    app.officer("logistics").post(&templates, &fields).await.is(403);
    let head = app.unit_head("logistics");
    let wrong = [("name", "坏的"), ("act", "reply"), ("words", "您好 {{身份证号}}。")];
    head.post(&templates, &wrong)
        .await
        .is(422)
        .says("没有「{{身份证号}}」这一项")
        .says("您好 {{身份证号}}。");
    head.post(&templates, &fields).await.is(303);
    app.officer("logistics").get(&templates).await.is(200).says("已经办好").hides("删去");
    let workbench = app.officer("logistics").get(&format!("{DESK}/cases/{no}?act=reply")).await;
    workbench.says("已经办好");
    let html = workbench.html();
    assert!(html.contains(&format!("{no} 已由")), "the number is filled in");
    assert!(html.contains("data-choice=\"solved\""));
    app.unit_head("residence").get("/desk/residence/templates").await.is(200).hides("已经办好");
}

#[tokio::test]
async fn a_template_never_names_who_is_hidden() {
    let app = app();
    know(&app, "p-student", "林晚", PersonKind::Student);
    let fields = [("name", "问候"), ("act", "reply"), ("words", "{{称呼}}：谢谢反映。")];
    app.unit_head("logistics").post(&format!("{DESK}/templates"), &fields).await.is(303);
    // What may become public begins without a name too.
    let cases = [
        (Identity::Open, false, "林晚同学：谢谢反映。"),
        (Identity::Open, true, "您好：谢谢反映。"),
        (Identity::Sealed, false, "您好：谢谢反映。"),
    ];
    for (identity, may_publish, expected) in cases {
        let no = bring_in(&app, Submission { may_publish, ..repair("图书馆灯不亮", identity) });
        let page = app.officer("logistics").get(&format!("{DESK}/cases/{no}?act=reply")).await;
        assert!(page.html().contains(expected), "{identity:?}");
    }
}

#[tokio::test]
async fn the_schools_templates_reach_every_unit_and_only_administrators_write_them() {
    let app = app();
    let fields = [("name", "全校的问候"), ("act", "reply"), ("words", "{{称呼}}：收到。")];
    app.unit_head("logistics").post("/admin/templates", &fields).await.is(403);
    let admin = app.holder(Role::Admin);
    admin.post("/admin/templates", &fields).await.is(303);
    let page = app.unit_head("residence").get("/desk/residence/templates").await;
    page.is(200).says("全校的问候").says("全校通用").hides("删去");
    let html = admin.get("/admin/templates").await.html();
    let id = html.split_once("?edit=").unwrap().1.split('#').next().unwrap().to_owned();
    let theft = [("id", id.as_str()), ("name", "改掉"), ("act", "reply"), ("words", "嘿。")];
    app.unit_head("residence").post("/desk/residence/templates", &theft).await.is(404);
    admin.post("/admin/templates", &[("id", id.as_str()), ("do", "removal")]).await.is(303);
    admin.get("/admin/templates").await.hides("全校的问候");
}

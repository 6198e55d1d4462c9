//! The workbench: what is done, what is refused, and that nothing typed is ever lost.

use super::*;
use huiyin_domain::case::{Satisfaction, Solved};

#[tokio::test]
async fn a_note_or_interim_words_sent_twice_from_one_form_are_kept_once() {
    let app = app();
    let no = leak(&app);
    let officer = app.officer("logistics");
    officer.post(&format!("{DESK}/cases/{no}/signature"), &[]).await.is(303);
    for act in ["note", "progress"] {
        let path = format!("{DESK}/cases/{no}/{act}");
        let token = officer.token();
        // Without `seen`, and on a case that has moved on: the form itself is known.
        let send = |words: &'static str| {
            let (path, token, hand) = (path.clone(), token.clone(), app.officer("logistics"));
            async move { hand.post_as_is(&path, &[("_token", &token), ("words", words)]).await }
        };
        for _ in 0..3 {
            send("水工下午四点到。").await.is(303);
        }
        let before = case(&app, &no).last_seq;
        send("水工改到明早。").await.is(303);
        assert_eq!(case(&app, &no).last_seq, before + 1, "other words are another form");
    }
    assert_eq!(case(&app, &no).last_seq, 3 + 1 + 4);
}

#[tokio::test]
async fn a_bare_file_id_is_nobodys_attachment() {
    let app = app();
    let no = leak(&app);
    let fields = [("words", "照片见附件。"), ("file", "00112233445566778899aabbccddeeff")];
    app.officer("logistics").post(&format!("{DESK}/cases/{no}/progress"), &fields).await.is(303);
    assert_eq!(case(&app, &no).files.len(), 0);
}

#[tokio::test]
async fn neither_a_sealed_nor_an_anonymous_requester_is_named() {
    let app = app();
    know(&app, "p-student", "林晚", PersonKind::Student);
    let officer = app.officer("logistics");
    for (identity, word) in [(Identity::Sealed, "保密"), (Identity::Anonymous, "匿名")] {
        let no = bring_in(&app, repair("图书馆灯不亮", identity));
        for path in [DESK.to_owned(), format!("{DESK}/cases/{no}")] {
            officer
                .get(&path)
                .await
                .is(200)
                .says(word)
                .hides("林晚")
                .hides("13800006021")
                .hides("计算机学院");
        }
    }
}

#[tokio::test]
async fn a_late_return_is_refused_with_the_clause_and_nothing_typed_is_lost() {
    let app = app();
    let no = leak(&app);
    app.pass_hours(24 * 5);
    let fields =
        [("ground", "not_our_duty"), ("suggested", "residence"), ("reason", "公寓里的归公寓中心管。")];
    let refused = app.officer("logistics").post(&format!("{DESK}/cases/{no}/return"), &fields).await;
    let clause = app.policy_in_force().policy.sending_back.clause.clone();
    refused.is(409).says("不能再退回").says(&clause).says("公寓里的归公寓中心管。");
    assert_eq!(case(&app, &no).unit, Some("logistics".into()));
}

#[tokio::test]
async fn a_return_in_time_goes_back_to_the_coordinating_office() {
    let app = app();
    let no = leak(&app);
    let officer = app.officer("logistics");
    let path = format!("{DESK}/cases/{no}/return");
    officer
        .post(&path, &[("reason", "不归我们。")])
        .await
        .is(422)
        .says("请选退回的原因")
        .says("请选建议单位");
    let fields =
        [("ground", "not_our_duty"), ("suggested", "residence"), ("reason", "不归我们。"), ("seen", "3")];
    let sent = officer.post(&path, &fields).await;
    assert_eq!(sent.is(303).location(), "/desk/logistics?done=return");
    officer.get(sent.location()).await.says("已退回").says("没有待办的件");
    officer.post(&path, &fields).await.is(303);
    let late = second_officer(&app).post(&path, &fields).await;
    late.is(409).says("前已退回").says("由协调部门安排");
}

#[tokio::test]
async fn a_public_answer_without_consent_is_refused_and_the_words_stay() {
    let app = app();
    let private = Submission { may_publish: false, ..repair("图书馆椅子坏了", Identity::Open) };
    let no = bring_in(&app, private);
    let officer = app.officer("logistics");
    officer.get(&format!("{DESK}/cases/{no}")).await.says("仅反映人可见").hides("value=\"public\"");
    let fields = [
        ("words", "椅子已经换新。"),
        ("outcome", "solved"),
        ("visibility", "public"),
        ("public_title", "图书馆椅子坏了"),
    ];
    let refused = officer.post(&format!("{DESK}/cases/{no}/reply"), &fields).await;
    refused.is(409).says("没有同意公开").says("公开须经反映人同意").says("椅子已经换新。");
    assert_eq!(case(&app, &no).stage, Stage::Assigned);
}

#[tokio::test]
async fn a_public_answer_with_consent_is_published() {
    let app = app();
    let no = leak(&app);
    let officer = app.officer("logistics");
    let here = format!("{DESK}/cases/{no}");
    officer.get(&here).await.says("请删去姓名").says("图书馆三层水龙头漏水");
    let unnamed = [("words", "已修好。"), ("outcome", "solved"), ("visibility", "public")];
    officer.post(&format!("{here}/reply"), &unnamed).await.is(422).says("请写公开标题").says("已修好。");
    let fields = [("public_title", "图书馆水龙头漏水"), ("public_body", "三层水龙头漏水")];
    officer.post(&format!("{here}/reply"), &[&unnamed[..], &fields[..]].concat()).await.is(303);
    assert!(case(&app, &no).is_published);
}

#[tokio::test]
async fn a_public_answer_names_nobody_and_gives_no_number_of_a_person() {
    let app = app();
    know(&app, "p-student", "林晚", PersonKind::Student);
    let no = bring_in(&app, repair("图书馆灯不亮，学号 2026010203", Identity::Open));
    let officer = app.officer("logistics");
    let reply = format!("{DESK}/cases/{no}/reply");
    let answer = |words| {
        [("words", words), ("outcome", "solved"), ("visibility", "public"), ("public_title", "图书馆灯不亮")]
    };
    let named = "林晚同学：已换灯管。";
    officer.post(&reply, &answer(named)).await.is(422).says("这里有反映人或登记时写的姓名").says(named);
    for words in ["找李师傅 13900001111。", "2026010203 同学您好，已换灯管。"] {
        officer.post(&reply, &answer(words)).await.is(422).says("办公电话可以写").says(words);
    }
    assert_eq!(case(&app, &no).stage, Stage::Assigned);
    officer.post(&reply, &answer("已换灯管，再坏请打 0531-88360000。")).await.is(303);
    assert!(case(&app, &no).is_published);
}

#[tokio::test]
async fn a_telephone_number_is_covered_for_the_public_and_not_let_through() {
    let app = app();
    let no = bring_in(&app, repair("图书馆灯不亮，请打 13900001111", Identity::Open));
    let officer = app.officer("logistics");
    let here = format!("{DESK}/cases/{no}");
    let page = officer.get(&here).await;
    assert!(page.html().contains("value=\"图书馆灯不亮，请打 ×××\""), "{}", page.html());
    let fields = [
        ("words", "已换灯管。"),
        ("outcome", "solved"),
        ("visibility", "public"),
        ("public_title", "图书馆灯不亮，请打 13900001111"),
    ];
    let reply = officer.post(&format!("{here}/reply"), &fields).await;
    reply.is(422).says("这里有一长串数字").says("已换灯管。");
    assert!(reply.html().contains("data-opened-by=\"public\" open"), "what everybody will read stands open");
    assert!(!case(&app, &no).is_published);
}

#[tokio::test]
async fn the_story_of_the_case_has_its_colours() {
    let app = app();
    let no = leak(&app);
    let page = app.officer("logistics").get(&format!("{DESK}/cases/{no}")).await;
    assert!(page.html().contains("spot spot-done"), "{}", page.html());
}

#[tokio::test]
async fn what_is_missing_or_too_long_comes_back_as_it_was_typed() {
    let app = app();
    let no = leak(&app);
    let officer = app.officer("logistics");
    let reply = format!("{DESK}/cases/{no}/reply");
    officer
        .post(&reply, &[("words", "已查明原因。")])
        .await
        .is(422)
        .says("请选办理结果")
        .says("已查明原因。");
    let long = "长".repeat(2003);
    let answer = officer.post(&reply, &[("words", &long), ("outcome", "solved")]).await;
    answer.is(422).says("答复内容超过 2000 字，请删去 3 字").says(&long);
    let stale = officer.post_as_is(&reply, &[("words", "写了很久的答复"), ("outcome", "solved")]).await;
    stale.is(422).says("请再点一次提交").says("写了很久的答复");
    assert_eq!(case(&app, &no).stage, Stage::Assigned);
}

#[tokio::test]
async fn a_paper_that_is_none_is_refused_and_a_picture_goes_with_the_answer() {
    let app = app();
    let no = leak(&app);
    let officer = app.officer("logistics");
    let reply = format!("{DESK}/cases/{no}/reply");
    let fields = [("words", "照片见附件。"), ("outcome", "explained")];
    let refused = officer.post_files(&reply, &fields, &[("files", "a.jpg", b"no picture at all")]).await;
    refused.is(422).says("第 1 个文件不是照片").says("照片见附件。");
    let pdf: &[u8] = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";
    officer.post_files(&reply, &fields, &[("files", "a.pdf", pdf)]).await.is(303);
    let page = officer.get(&format!("{DESK}/cases/{no}")).await;
    page.says("附件1.pdf");
    let html = page.html().replace("&#38;", "&").replace("&amp;", "&");
    let link = html.split("href=\"").find(|part| part.starts_with("/files/")).unwrap();
    officer.get(link.split('"').next().unwrap()).await.is(200);
}

#[tokio::test]
async fn whoever_comes_second_is_told_who_was_first() {
    let app = app();
    know(&app, "p-second", "周宁", PersonKind::Staff);
    let no = leak(&app);
    let officer = app.officer("logistics");
    let at = seen(&officer.get(&format!("{DESK}/cases/{no}")).await);
    second_officer(&app).post(&format!("{DESK}/cases/{no}/signature"), &[("seen", &at)]).await.is(303);
    let reply = [("words", "已修好，请查看。"), ("outcome", "solved"), ("seen", at.as_str())];
    second_officer(&app).post(&format!("{DESK}/cases/{no}/reply"), &reply).await.is(303);
    app.clock.advance_ms(3 * 60_000);
    let mine = [("words", "我也写了一份答复。"), ("outcome", "solved"), ("seen", at.as_str())];
    let refused = officer.post(&format!("{DESK}/cases/{no}/reply"), &mine).await;
    refused
        .is(409)
        .says("周宁 3 分钟前已答复：“已修好，请查看。”。")
        .says("这一轮已经答复过了")
        .says("我也写了一份答复。");
    let signed = officer.post(&format!("{DESK}/cases/{no}/signature"), &[("seen", &at)]).await;
    signed.is(409).says("周宁 3 分钟前已答复：“已修好，请查看。”。");
}

#[tokio::test]
async fn the_same_form_sent_twice_is_done_once() {
    let app = app();
    let no = leak(&app);
    let officer = app.officer("logistics");
    let note = [("words", "等配件。"), ("seen", "3")];
    for _ in 0..2 {
        officer.post(&format!("{DESK}/cases/{no}/note"), &note).await.is(303);
    }
    let page = officer.get(&format!("{DESK}/cases/{no}")).await;
    assert_eq!(page.text().matches("等配件。").count(), 1);
    let reply = [("words", "换好了。"), ("outcome", "solved"), ("seen", "3")];
    for _ in 0..2 {
        officer.post(&format!("{DESK}/cases/{no}/reply"), &reply).await.is(303);
    }
}

#[tokio::test]
async fn a_template_with_holes_is_not_sent() {
    let app = app();
    let no = leak(&app);
    let officer = app.officer("logistics");
    let here = format!("{DESK}/cases/{no}");
    let words = "因为【原因】，要到【新的日期】。【原因】会再说明。";
    for (act, fields) in
        [("reply", vec![("words", words), ("outcome", "solved")]), ("progress", vec![("words", words)])]
    {
        let page = officer.post(&format!("{here}/{act}"), &fields).await;
        page.is(422).says("还有【原因】【新的日期】没有写").says(words);
    }
    officer.get(&here).await.hides("会再说明");
    officer.post(&format!("{here}/progress"), &[("words", "因为缺件，周五到。")]).await.is(303);
}

#[tokio::test]
async fn notes_stay_inside_and_the_outside_view_leaves_them_out() {
    let app = app();
    let no = leak(&app);
    let officer = app.officer("logistics");
    let here = format!("{DESK}/cases/{no}");
    officer.post(&format!("{here}/note"), &[("words", "同批阀芯一起换。")]).await.is(303);
    officer.get(&here).await.says("同批阀芯一起换。");
    officer.get(&format!("{here}?record=outside")).await.says("反映人看到的").hides("同批阀芯一起换。");
}

#[tokio::test]
async fn a_second_round_is_marked_and_urges_are_counted() {
    let app = app();
    let no = leak(&app);
    let officer = app.officer("logistics");
    let reply = [("words", "已修好。"), ("outcome", "solved")];
    officer.post(&format!("{DESK}/cases/{no}/reply"), &reply).await.is(303);
    let rate = Command::Rate {
        contacted: Some(false),
        solved: Solved::No,
        satisfaction: Satisfaction::Dissatisfied,
        complaints: vec![],
        words: String::new(),
        publish: None,
        reopen: false,
    };
    act(&app, Actor::Requester, &no, rate);
    officer.get(&format!("{DESK}?view=again")).await.says("重新办理").says("图书馆三层水龙头漏水");
    officer.get(&format!("{DESK}/cases/{no}")).await.says("第 2 轮").says("答复并办结");
    officer.get(&format!("{DESK}/figures")).await.says("没解决").says("1 件 · 100.0%").says("样本少");
}

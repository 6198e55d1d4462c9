//! The second look over HTTP: an answer is laid before the head, returned with words, laid again, and signed.

use super::*;
use huiyin_domain::policy::{Policy, SecondLook, parse};
use huiyin_foundation::testing::TestSchool;

const CAMPUS: &str = include_str!("../../../../../presets/campus.toml");
const FIRST: [(&str, &str); 3] =
    [("words", "阀门老化，已经换新。请再看看。"), ("outcome", "solved"), ("visibility", "private")];
const SECOND: [(&str, &str); 3] =
    [("words", "阀门老化，今天下午已经换新。请再看看。"), ("outcome", "solved"), ("visibility", "private")];

fn school_with(second_look: SecondLook) -> TestApp {
    let mut policy: Policy = parse(CAMPUS, "presets/campus.toml").unwrap();
    policy.answering.second_look = second_look;
    TestApp::over(TestSchool::of(policy), crate::routes())
}

/// What the page of the head has in its form: the line of the record that is signed.
fn draft(page: &Answer) -> String {
    let html = page.html();
    let (_, rest) = html.split_once("name=\"draft\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn an_answer_is_proposed_returned_with_words_proposed_again_and_signed() {
    let app = school_with(SecondLook::All);
    let no = leak(&app);
    let (here, own) = (format!("{DESK}/cases/{no}"), format!("/cases/{no}"));
    let (officer, head) = (app.officer("logistics"), app.unit_head("logistics"));
    officer.get(&here).await.says("送审").says("单位负责人签发后反映人才看得到").hides("答复并办结");
    let refused = officer.post(&format!("{here}/reply"), &FIRST).await;
    refused.is(409).says("先送单位负责人审核").says("阀门老化，已经换新。");
    officer.post(&format!("{here}/proposal"), &[("words", "")]).await.is(422).says("请写答复内容");
    let sent = officer.post(&format!("{here}/proposal"), &FIRST).await;
    officer.get(sent.is(303).location()).await.says("答复已送审").says("已送审，等单位负责人签发");
    app.student().get(&own).await.is(200).hides("阀门老化").hides("送审");

    let page = head.get(&here).await;
    page.is(200).says("等您签发的答复").says("签发").says("退改");
    let first = draft(&page);
    let rewriting = format!("{here}/rewriting");
    let without = head.post(&rewriting, &[("draft", &first), ("rewriting", "")]).await;
    without.is(422).says("请写要怎样修改").says("阀门老化，已经换新。");
    head.post(&rewriting, &[("draft", &first), ("rewriting", "写明是哪天换的。")]).await.is(303);
    let page = officer.get(&here).await;
    page.is(200).says("单位负责人退改了答复").says("写明是哪天换的。").hides("等您签发");
    assert!(page.html().contains("阀门老化，已经换新。请再看看。</textarea>"), "the draft stays in the form");

    officer.post(&format!("{here}/proposal"), &SECOND).await.is(303);
    let page = head.get(&here).await;
    assert!(page.html().contains("<del>已经换新。</del><ins>今天下午已经换新。</ins>请再看看。"));
    let approval = format!("{here}/approval");
    let late = head.post(&approval, &[("draft", &first)]).await;
    late.is(409).says("又改过").says("今天下午已经换新。");
    officer.post(&approval, &[("draft", &draft(&page))]).await.is(404);
    let signed = head.post(&approval, &[("draft", &draft(&page))]).await;
    head.get(signed.is(303).location()).await.says("已签发，反映人会收到通知");
    app.student().get(&own).await.says("今天下午已经换新。").hides("写明是哪天换的").hides("退改");
    assert_eq!(case(&app, &no).stage, Stage::Replied);
    head.post(&approval, &[("draft", &draft(&page))]).await.is(409).says("已经答复");
}

#[tokio::test]
async fn only_the_head_of_this_unit_signs_and_nobody_else_knows_of_it() {
    let app = school_with(SecondLook::All);
    let no = leak(&app);
    let here = format!("{DESK}/cases/{no}");
    app.officer("logistics").post(&format!("{here}/proposal"), &FIRST).await.is(303);
    let seq = case(&app, &no).proposed.unwrap().seq.to_string();
    let words = [("draft", seq.as_str()), ("rewriting", "改。")];
    for act in ["approval", "rewriting"] {
        let path = format!("{here}/{act}");
        app.officer("logistics").post(&path, &words).await.is(404);
        for hand in [app.unit_head("library"), app.student(), app.clerk(), app.leader("president")] {
            hand.post(&path, &words).await.is(403);
        }
        let elsewhere = format!("/desk/library/cases/{no}/{act}");
        app.unit_head("library").post(&elsewhere, &words).await.is(404);
    }
    let proposal = format!("/desk/library/cases/{no}/proposal");
    app.officer("library").post(&proposal, &FIRST).await.is(404);
    assert!(case(&app, &no).proposed.is_some());
}

#[tokio::test]
async fn where_only_public_answers_are_looked_at_the_others_go_out_at_once() {
    let app = school_with(SecondLook::Public);
    let no = leak(&app);
    let here = format!("{DESK}/cases/{no}");
    let officer = app.officer("logistics");
    officer.get(&here).await.says("答复并办结").says("公开的答复先送单位负责人签发");
    let public = [
        ("words", "已修好。"),
        ("outcome", "solved"),
        ("visibility", "public"),
        ("public_title", "图书馆三层水龙头漏水"),
        ("public_body", "已修好。"),
    ];
    officer.post(&format!("{here}/reply"), &public).await.is(409).says("先送单位负责人审核");
    officer.post(&format!("{here}/proposal"), &public).await.is(303);
    assert!(!case(&app, &no).is_published);
    let head = app.unit_head("logistics");
    let page = head.get(&here).await;
    page.says("公开标题").says("图书馆三层水龙头漏水");
    head.post(&format!("{here}/approval"), &[("draft", &draft(&page))]).await.is(303);
    assert!(case(&app, &no).is_published);
    let other = leak(&app);
    officer.post(&format!("{DESK}/cases/{other}/reply"), &FIRST).await.is(303);
    assert_eq!(case(&app, &other).stage, Stage::Replied);
}

#[tokio::test]
async fn the_head_may_change_the_draft_and_answer_and_papers_go_along() {
    let app = school_with(SecondLook::All);
    let no = leak(&app);
    let here = format!("{DESK}/cases/{no}");
    let paper = ("files", "单据.pdf", &b"%PDF-1.4\n%%EOF\n"[..]);
    let sent = app.officer("logistics").post_files(&format!("{here}/proposal"), &FIRST, &[paper]).await;
    sent.is(303);
    let head = app.unit_head("logistics");
    let page = head.get(&here).await;
    page.is(200).says("答复并办结").says("已收下 1 个附件");
    let html = page.html();
    let (_, rest) = html.split_once("name=\"file\" value=\"").unwrap();
    let ticket = rest.split('"').next().unwrap();
    let answer = [SECOND[0], SECOND[1], SECOND[2], ("file", ticket)];
    head.post(&format!("{here}/reply"), &answer).await.is(303);
    let case = case(&app, &no);
    assert_eq!((case.stage, case.proposed), (Stage::Replied, None));
    app.student().get(&format!("/cases/{no}")).await.says("今天下午已经换新。").says("附件1.pdf");
}

#[tokio::test]
async fn a_draft_that_can_no_longer_go_out_is_returned_and_the_rule_says_why() {
    let app = school_with(SecondLook::All);
    let no = leak(&app);
    let here = format!("{DESK}/cases/{no}");
    let later = [
        ("words", "缺配件。"),
        ("outcome", "cannot_yet"),
        ("visibility", "private"),
        ("plan", "到货后更换。"),
        ("review_on", "2026-11-25"),
    ];
    app.officer("logistics").post(&format!("{here}/proposal"), &later).await.is(303);
    app.pass_hours(72);
    let head = app.unit_head("logistics");
    let page = head.get(&here).await;
    page.is(200).says("等您签发的答复").says("现在不能签发：").says("复核日期").says("退改");
    assert!(!page.html().contains("/approval\""), "nobody is offered what would be refused");
    let (path, draft) = (format!("{here}/rewriting"), draft(&page));
    head.post(&path, &[("draft", &draft), ("rewriting", "换一个复核日期。")]).await.is(303);
    assert_eq!(case(&app, &no).proposed, None);
}

//! The page of one case at the desks: who reads it, what it offers, and that no word is lost and no act done twice.

mod along;
pub(crate) mod law;
mod likeness;
mod named;
mod pressed;
mod roads;
mod silent;

use crate::cases::log::{Bringer, Standing, carry_out, load, submit};
use huiyin_domain::access::Role;
use huiyin_domain::case::{Actor, Case, Command, Identity, Place, Submission};
use huiyin_domain::ids::{CaseNo, UnitId};
use huiyin_foundation::testing::{Hand, TestApp};

/// A case that a student has sent in.
pub(crate) fn brought(app: &TestApp, kind: &str, title: &str, body: &str) -> CaseNo {
    brought_as(app, kind, title, body, Identity::Open)
}

/// What somebody tells, without category, place or files.
pub(crate) fn told(kind: &str, title: &str, body: &str, identity: Identity) -> Submission {
    Submission {
        kind: kind.into(),
        category: None,
        title: title.into(),
        body: body.into(),
        place: Place::default(),
        identity,
        channel: "online".into(),
        danger: false,
        may_publish: true,
        contact: "13800000000".into(),
        on_behalf_of: String::new(),
        outside_no: String::new(),
        files: vec![],
        unit: None,
        about: Vec::new(),
        split_from: None,
    }
}

/// The same under another identity.
pub(crate) fn brought_as(app: &TestApp, kind: &str, title: &str, body: &str, identity: Identity) -> CaseNo {
    let submission = told(kind, title, body, identity);
    let (school, standing) = (app.app(), Standing::of(app));
    let no = app.db.write_now(move |tx| {
        let bench = standing.bench(&school.keys);
        let bringer = Bringer::Account("p-student".into());
        submit(tx, &bench, &Actor::Requester, None, &bringer, None, submission)
    });
    no.unwrap()
}

/// Somebody does something to a case without a page.
pub(crate) fn done(app: &TestApp, hand: &Hand<'_>, no: &CaseNo, command: Command) {
    let actor = Actor::Staff { person: hand.id(), duties: hand.visitor.duties.clone() };
    let (school, standing, no) = (app.app(), Standing::of(app), no.clone());
    let outcome = app.db.write_now(move |tx| {
        carry_out(tx, &standing.bench(&school.keys), &actor, None, &no, command).map(|_| ())
    });
    outcome.unwrap();
}

/// How a case stands.
pub(crate) fn standing(app: &TestApp, no: &CaseNo) -> Case {
    let no = no.clone();
    app.db.read_now(move |tx| load(tx, &no)).unwrap().unwrap().case
}

fn site() -> TestApp {
    TestApp::new(crate::routes())
}

fn assign(unit: &str) -> Command {
    Command::Assign { unit: UnitId::from(unit), forced: false, reason: String::new() }
}

#[tokio::test]
async fn one_form_is_carried_out_once_even_when_the_case_has_moved_on() {
    let app = site();
    let no = brought(&app, "suggestion", "快递站晚间能否延长到 21:30", "");
    let clerk = app.clerk();
    let token = clerk.token();
    let path = format!("/staff/cases/{no}/note");
    for _ in 0..3 {
        clerk.post_as_is(&path, &[("_token", &token), ("note", "先问后勤。")]).await.is(303);
    }
    assert_eq!(standing(&app, &no).last_seq, 2);
}

#[tokio::test]
async fn a_report_does_not_reach_the_unit_it_names_unless_somebody_looked_into_it() {
    let app = site();
    let no = brought(&app, "report", "举报纪检监察机构处理不公", "投标的只有一家。");
    let path = format!("/staff/cases/{no}/assignment");
    let asked = app.clerk().post(&path, &[("unit", "discipline")]).await;
    asked.is(422).says("可能反映的就是它").says("已核实，被反映的不是这个单位");
    assert_eq!(standing(&app, &no).unit, None);
    app.clerk().post(&path, &[("unit", "discipline"), ("looked_into", "yes")]).await.is(303);
    assert_eq!(standing(&app, &no).unit, Some("discipline".into()));
}

#[tokio::test]
async fn whoever_reads_a_protected_case_is_seen_by_those_who_supervise() {
    let app = site();
    let no = brought(&app, "report", "举报采购不公", "投标的只有一家。");
    let path = format!("/staff/cases/{no}");
    let open = brought(&app, "suggestion", "快递站晚间能否延长到 21:30", "");
    for _ in 0..2 {
        app.clerk().get(&path).await.is(200).hides("谁看过这件");
        app.clerk().get(&format!("/staff/cases/{open}")).await.is(200);
    }
    app.holder(Role::Auditor).get(&path).await.is(200).says("谁看过这件").says("诉求详情");
    let kept = app.db.read_now::<_, huiyin_foundation::error::Error>(|tx| {
        Ok(tx.query_one("select count(*) as n from case_reads", &[])?.int("n")?)
    });
    assert_eq!(kept.unwrap(), 2, "once for the clerk within ten minutes, once for the auditor");
    app.pass_hours(1);
    app.clerk().get(&path).await.is(200);
    let again = app.db.read_now::<_, huiyin_foundation::error::Error>(|tx| {
        Ok(tx.query_one("select count(*) as n from case_reads", &[])?.int("n")?)
    });
    assert_eq!(again.unwrap(), 3);
}

#[tokio::test]
async fn a_clerk_reads_the_case_and_finds_a_form_for_each_act_that_is_open() {
    let app = site();
    let no = brought(&app, "suggestion", "快递站晚间能否延长到 21:30", "下课以后赶不上。");
    let page = app.clerk().get(&format!("/staff/cases/{no}")).await;
    page.is(200).says("快递站晚间能否延长到 21:30").says("下课以后赶不上。").says("反映人提交了诉求");
    page.says("直接办理").says("转办").says("呈报校领导").says("不予受理").says("更正").says("内部批注");
    page.hides("撤下的理由").hides("/publication\"");
}

#[tokio::test]
async fn the_unit_proposed_in_the_list_is_chosen_on_the_page_and_nobody_heads_a_case_without_a_unit() {
    let app = site();
    let no = brought(&app, "complaint", "食堂饭菜涨价没有公示", "");
    let html = app.clerk().get(&format!("/staff/cases/{no}")).await.html();
    assert!(html.contains("<option value=\"catering\" selected>"), "the words speak for the canteen");
    assert!(!html.contains("<option value=\"unit_head\""), "there is no head to supervise");
    done(&app, &app.clerk(), &no, assign("catering"));
    let html = app.clerk().get(&format!("/staff/cases/{no}")).await.html();
    assert!(html.contains("<option value=\"unit_head\""));
}

#[tokio::test]
async fn whoever_only_reads_finds_nothing_to_press_and_no_name() {
    let app = site();
    let no = brought(&app, "suggestion", "快递站晚间能否延长到 21:30", "");
    let page = app.holder(Role::Auditor).get(&format!("/staff/cases/{no}")).await;
    page.is(200).says("只能查看").hides("13800000000");
    app.clerk().get(&format!("/staff/cases/{no}")).await.says("13800000000");
}

#[tokio::test]
async fn an_officer_is_sent_to_the_workbench_and_strangers_to_the_case_see_nothing() {
    let app = site();
    let no = brought(&app, "suggestion", "快递站晚间能否延长到 21:30", "");
    done(&app, &app.clerk(), &no, assign("logistics"));
    let path = format!("/staff/cases/{no}");
    let answer = app.officer("logistics").get(&path).await;
    assert_eq!(answer.is(303).location(), format!("/desk/logistics/cases/{no}"));
    app.officer("library").get(&path).await.is(404);
    app.holder(Role::Admin).get(&path).await.is(404);
    app.student().get(&path).await.is(403);
    app.clerk().get("/staff/cases/HY-20261124-0999").await.is(404);
    app.clerk().post(&format!("/staff/cases/{no}/whim"), &[]).await.is(404);
}

#[tokio::test]
async fn a_double_press_is_one_act() {
    let app = site();
    let no = brought(&app, "suggestion", "快递站晚间能否延长到 21:30", "");
    let path = format!("/staff/cases/{no}/note");
    let form = [("seen", "1"), ("note", "先问一下快递公司。")];
    app.clerk().post(&path, &form).await.is(303);
    app.clerk().post(&path, &form).await.is(303);
    assert_eq!(standing(&app, &no).last_seq, 2);
    app.clerk().get(&format!("/staff/cases/{no}")).await.says("先问一下快递公司。");
}

#[tokio::test]
async fn what_happened_meanwhile_is_shown_first_and_the_words_are_kept() {
    let app = site();
    let no = brought(&app, "suggestion", "快递站晚间能否延长到 21:30", "");
    done(&app, &app.clerk(), &no, assign("logistics"));
    let form = [("seen", "1"), ("ground", "out_of_scope"), ("decline_words", "这是快递公司的事。")];
    let answer = app.clerk().post(&format!("/staff/cases/{no}/declination"), &form).await;
    answer.is(409).says("这件刚有新进展").says("已派给后勤管理处");
    let form = [("seen", "1"), ("note", "快递公司说要加人手。")];
    let answer = app.clerk().post(&format!("/staff/cases/{no}/note"), &form).await;
    answer.is(409).says("快递公司说要加人手。");
}

#[tokio::test]
async fn a_form_that_lay_too_long_is_shown_again_with_its_words() {
    let app = site();
    let no = brought(&app, "suggestion", "快递站晚间能否延长到 21:30", "");
    let clerk = app.clerk();
    let token = clerk.token();
    app.pass_hours(13);
    let form = [("_token", token.as_str()), ("note", "先问一下快递公司。")];
    let answer = clerk.post_as_is(&format!("/staff/cases/{no}/note"), &form).await;
    answer.is(422).says("这一页打开太久").says("先问一下快递公司。");
    assert_eq!(standing(&app, &no).last_seq, 1);
}

#[tokio::test]
async fn a_correction_says_what_and_why() {
    let app = site();
    let no = brought(&app, "suggestion", "快递站晚间能否延长到 21:30", "");
    let path = format!("/staff/cases/{no}/correction");
    let answer = app.clerk().post(&path, &[("urgency", "urgent")]).await;
    answer.is(422).says("请写更正的理由");
    app.clerk().post(&path, &[("correction_reason", "写错了")]).await.is(422).says("请至少改一处");
    app.clerk().post(&path, &[("kind", "complaint"), ("correction_reason", "是投诉")]).await.is(303);
    assert_eq!(standing(&app, &no).kind.as_str(), "complaint");
    let page = app.clerk().get(&format!("/staff/cases/{no}")).await;
    page.says("已记下：更正了类型。接下来：").says("前受理。");
    app.holder(Role::Supervisor).get(&format!("/staff/cases/{no}")).await.hides("已记下：");
    let (place, urgency) = (("place", "library"), ("urgency", "urgent"));
    app.clerk().post(&path, &[place, urgency, ("correction_reason", "在图书馆。")]).await.is(303);
    let own = app.student().get(&format!("/cases/{no}")).await;
    own.says("更正了类型").says("类型：建议 → 投诉").hides("是投诉");
    own.says("更正了地点、紧急程度").says("地点：没有写 → 图书馆；紧急程度：一般 → 加急");
    app.clerk().get(&format!("/staff/cases/{no}")).await.says("类型：建议 → 投诉").says("在图书馆。");
    app.clerk().post(&path, &[("category", "repairs"), ("correction_reason", "是报修。")]).await.is(303);
    app.student().get(&format!("/cases/{no}")).await.says("类别：未分类 → ");
}

#[tokio::test]
async fn a_text_is_offered_to_the_public_with_its_numbers_covered() {
    let app = site();
    let no = brought(&app, "suggestion", "快递站晚间能否延长", "打我电话 13912345678。");
    done(&app, &app.clerk(), &no, assign("logistics"));
    let page = app.clerk().get(&format!("/staff/cases/{no}?open=publication")).await;
    page.is(200).says("打我电话 ×××。");
    let path = format!("/staff/cases/{no}/publication");
    app.clerk().post(&path, &[("public_title", "")]).await.is(422).says("请写公开标题");
    app.clerk().post(&path, &[("public_title", "快递站能否延长")]).await.is(303);
    assert!(standing(&app, &no).is_published);
    let path = format!("/staff/cases/{no}/unpublication");
    app.clerk().post(&path, &[("unpublish_reason", "再核实一次")]).await.is(303);
    assert!(!standing(&app, &no).is_published);
}

#[tokio::test]
async fn a_ground_brings_its_words() {
    let app = site();
    let no = brought(&app, "suggestion", "快递站晚间能否延长", "");
    let page = app.clerk().get(&format!("/staff/cases/{no}?ground=out_of_scope")).await;
    page.is(200).says("学校无权处理");
}

// 7.6
#[tokio::test]
async fn a_false_alarm_is_called_off_with_a_reason_and_protected_kinds_stay_protected() {
    let app = site();
    let no = brought(&app, "complaint", "爬上楼顶修水箱的梯子坏了", "");
    assert!(standing(&app, &no).restricted);
    let path = format!("/staff/cases/{no}/unrestriction");
    app.clerk().get(&format!("/staff/cases/{no}")).await.says("解除保护（误报）");
    app.clerk().post(&path, &[]).await.is(422).says("请写解除保护的理由");
    app.holder(Role::Auditor).post(&path, &[("unrestriction_reason", "误报")]).await.is(404);
    app.clerk().post(&path, &[("unrestriction_reason", "说的是梯子，已电话核实。")]).await.is(303);
    assert!(!standing(&app, &no).restricted);
    app.student().get(&format!("/cases/{no}")).await.hides("已电话核实");
    let report = brought(&app, "report", "有人收礼", "");
    app.clerk().get(&format!("/staff/cases/{report}")).await.is(200).hides("解除保护（误报）");
}

//! The desk of the coordinating office: what waits, in which order, and the three ways on.

use crate::dossier::tests::{brought, done, standing};
use huiyin_domain::access::{Duty, Role};
use huiyin_domain::case::{Clock, Command, Route, SendBackGround, Stage};
use huiyin_domain::ids::{CaseNo, UnitId};
use huiyin_domain::policy;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::testing::{TestApp, TestSchool};
use huiyin_people::identity::{self, PersonEntry, PersonKind};

mod picking;

const TITLE: &str = "希望图书馆周末早点开门";

fn site() -> TestApp {
    TestApp::new(crate::routes())
}

fn a_case(app: &TestApp) -> CaseNo {
    brought(app, "suggestion", TITLE, "自习座位不够。")
}

#[tokio::test]
async fn what_waits_is_shown_with_a_proposal_and_its_reason() {
    let app = site();
    let no = a_case(&app);
    let in_force = app.policy_in_force();
    let text = format!("{TITLE}\n自习座位不够。");
    let found = policy::propose(&in_force.policy, &"suggestion".into(), &text);
    let page = app.clerk().get("/triage").await;
    page.is(200).says("今日收 1 件，自动派单 0 件， 1 件等您定").says(no.as_str()).says(TITLE).says("实名");
    page.says(&format!("图书馆 {}%", found[0].share)).says("图书馆 很有把握");
    page.says("依据：图书馆").says("建议依据：类别目录里的词").hides("近 30 天");
    page.says("直接办理 3 个工作日内").says("转办 5 个工作日内").says("呈报校领导 7 个工作日内");
}

#[tokio::test]
async fn a_matter_of_the_unit_itself_is_given_directly() {
    let app = site();
    let no = a_case(&app);
    let form = [("seen", "1"), ("unit", "library")];
    let answer = app.clerk().post(&format!("/triage/{no}/assignment"), &form).await;
    assert_eq!(answer.is(303).location(), format!("/triage?done={no}"));
    let case = standing(&app, &no);
    assert_eq!(
        (case.stage, case.route, case.unit),
        (Stage::Assigned, Some(Route::Direct), Some(UnitId::from("library")))
    );
    let page = app.clerk().get(&format!("/triage?done={no}")).await;
    page.says("已交图书馆办理，11 月 27 日（周五）").says("没有等您定的件");
    page.says("各单位此刻").says("图书馆 1 1 0");
}

#[tokio::test]
async fn another_units_matter_is_handed_over_with_helpers() {
    let app = site();
    let no = a_case(&app);
    let form =
        [("unit", "library"), ("assisting", "logistics"), ("assisting", ""), ("assisting", "security")];
    app.clerk().post(&format!("/triage/{no}/transfer"), &form).await.is(303);
    let case = standing(&app, &no);
    assert_eq!(case.route, Some(Route::Transfer));
    assert_eq!(case.assisting, [UnitId::from("logistics"), UnitId::from("security")]);
    app.clerk().get(&format!("/triage?done={no}")).await.says("12 月 1 日（周二）");
    app.clerk()
        .get(&format!("/staff/cases/{no}"))
        .await
        .says("转办给图书馆")
        .says("请后勤管理处一起办")
        .says("请保卫处一起办");
}

#[tokio::test]
async fn a_weighty_matter_is_laid_before_a_leader_with_a_brief() {
    let app = site();
    let no = a_case(&app);
    let path = format!("/triage/{no}/escalation");
    let form = [("leader", "deputy-teaching"), ("brief", "")];
    app.clerk().post(&path, &form).await.is(422).says("请写拟办意见");
    let form = [("leader", "deputy-teaching"), ("brief", "请图书馆牵头，三日内拿出办法。")];
    app.clerk().post(&path, &form).await.is(303);
    assert!(standing(&app, &no).awaits_instruction);
    let page = app.clerk().get(&format!("/triage?done={no}")).await;
    page.says("已呈报分管教学的校领导，12 月 3 日（周四）").says("没有等您定的件");
    app.clerk().get("/triage?show=escalated").await.says(TITLE).says("已呈报分管教学的校领导");
}

#[tokio::test]
async fn a_direct_road_has_no_helpers_and_needs_a_unit() {
    let app = site();
    let no = a_case(&app);
    let path = format!("/triage/{no}/assignment");
    app.clerk().post(&path, &[("unit", "")]).await.is(422).says("请选承办单位");
    let form = [("unit", "library"), ("assisting", "security")];
    app.clerk().post(&path, &form).await.is(422).says("直接办理不带协办单位");
    assert_eq!(standing(&app, &no).stage, Stage::Submitted);
}

#[tokio::test]
async fn a_closed_unit_is_neither_offered_nor_taken() {
    let mut policy = TestSchool::new().policy_in_force().policy.clone();
    for unit in policy.units.iter_mut().filter(|unit| unit.id.as_str() == "sports") {
        unit.closed = true;
    }
    let app = TestApp::over(TestSchool::of(policy), crate::routes());
    let no = a_case(&app);
    app.clerk().get("/triage").await.is(200).hides("value=\"sports\"");
    let form = [("unit", "sports"), ("transfer_reason", "体育馆也有自习区，请一起看。")];
    let answer = app.clerk().post(&format!("/triage/{no}/transfer"), &form).await;
    answer.is(409).says("没有这个单位，或已经停用").says("体育馆也有自习区，请一起看。");
}

#[tokio::test]
async fn nothing_is_declined_without_a_word() {
    let app = site();
    let no = a_case(&app);
    let path = format!("/triage/{no}/declination");
    let answer = app.clerk().post(&path, &[("ground", "out_of_scope"), ("decline_words", " ")]).await;
    answer.is(422).says("请写给反映人的说明");
    assert!(answer.html().contains("<option value=\"out_of_scope\" selected"));
    let form = [("ground", ""), ("decline_words", "请走馆际互借。")];
    app.clerk().post(&path, &form).await.is(422).says("请选不予受理的理由").says("请走馆际互借。");
    let form = [("ground", "out_of_scope"), ("decline_words", "请走馆际互借。")];
    app.clerk().post(&path, &form).await.is(303);
    assert_eq!(standing(&app, &no).stage, Stage::Declined);
}

#[tokio::test]
async fn danger_stands_on_top_and_on_a_shelf_of_its_own() {
    let app = site();
    a_case(&app);
    app.clock.advance_ms(60_000);
    brought(&app, "suggestion", "楼顶的门没有锁", "有人说不想活了。");
    let page = app.clerk().get("/triage").await;
    let text = page.says("紧急 · 先打电话").says("命中涉险词：").text();
    assert!(page.html().contains("triage-phones") && page.html().contains("tel:13800000000"));
    assert!(text.find("楼顶的门没有锁").unwrap() < text.find(TITLE).unwrap());
    app.clerk().get("/triage?show=danger").await.says("楼顶的门没有锁").hides(TITLE);
}

#[tokio::test]
async fn a_report_goes_to_the_body_of_the_law_and_shows_nobodys_telephone() {
    let app = site();
    brought(&app, "report", "举报后勤管理处采购不公", "投标的只有一家。");
    let page = app.clerk().get("/triage").await;
    let html = page.says("举报后勤管理处采购不公").says("纪检监察机构 法定机构").html();
    assert!(!html.contains("triage-phones") && !html.contains("13800000000"));
    assert!(!html.contains("<option value=\"logistics\" selected"));
}

#[tokio::test]
async fn an_appeal_is_told_apart_before_it_is_given_to_anybody() {
    let app = site();
    brought(&app, "appeal", "对我的记过处分不服", "处分决定书见附件。");
    let page = app.clerk().get("/triage").await;
    page.says("对我的记过处分不服").says("先分清是哪一种").says("转入法定程序").hides("直接办理");
}

#[tokio::test]
async fn what_comes_back_says_why_and_whom_the_unit_proposes() {
    let app = site();
    let no = a_case(&app);
    done(
        &app,
        &app.clerk(),
        &no,
        Command::Assign { unit: "library".into(), forced: false, reason: String::new() },
    );
    let back = Command::SendBack {
        ground: SendBackGround::NotOurDuty,
        suggested: Some("logistics".into()),
        reason: "开门时间由物业定。".into(),
    };
    done(&app, &app.officer("library"), &no, back);
    let page = app.clerk().get("/triage?show=returned").await;
    page.says("退回：不是本单位职责：开门时间由物业定。").says("后勤管理处 退回时建议");
}

#[tokio::test]
async fn what_speaks_for_no_unit_is_on_the_unsure_shelf() {
    let app = site();
    a_case(&app);
    brought(&app, "suggestion", "有一个想法想当面说", "");
    app.clerk().get("/triage?show=unsure").await.says("有一个想法想当面说").hides(TITLE);
}

#[tokio::test]
async fn the_unsure_shelf_is_counted_whole_and_turned_to_its_last_case() {
    let app = site();
    for n in 1..=60 {
        let words = if n % 2 == 0 { TITLE.to_owned() } else { format!("第 {n} 个想法想当面说") };
        brought(&app, "suggestion", &words, "");
        app.clock.advance_ms(1_000);
    }
    let first = app.clerk().get("/triage?show=unsure").await;
    first.says("拿不准 30").says("第 49 个想法").hides("第 51 个想法").hides(TITLE);
    let html = first.html();
    let next = html.split("href=\"/triage?show=unsure").nth(2).unwrap().split('"').next().unwrap();
    let next = format!("/triage?show=unsure{next}").replace("&#38;", "&").replace("&amp;", "&");
    let last = app.clerk().get(&next).await;
    last.says("拿不准 30").says("第 51 个想法").says("第 59 个想法").hides("第 49 个想法").hides("后面的件");
}

#[tokio::test]
async fn a_long_inbox_is_read_page_by_page() {
    let app = site();
    for n in 1..=27 {
        brought(&app, "suggestion", &format!("第 {n} 条建议"), "");
        app.clock.advance_ms(1_000);
    }
    let first = app.clerk().get("/triage").await;
    first.says("待转办 27").says("第 25 条建议").hides("第 26 条建议");
    let html = first.html();
    let next = html.split("href=\"/triage?show=all").nth(1).unwrap().split('"').next().unwrap();
    let next = format!("/triage?show=all{next}").replace("&#38;", "&").replace("&amp;", "&");
    app.clerk()
        .get(&next)
        .await
        .says("第 26 条建议")
        .says("第 27 条建议")
        .hides("第 25 条建议")
        .hides("后面的件");
}

#[tokio::test]
async fn only_the_office_enters() {
    let app = site();
    let no = a_case(&app);
    app.officer("logistics").get("/triage").await.is(403);
    app.student().get("/triage").await.is(403);
    app.holder(Role::Supervisor).get("/triage").await.is(403);
    assert_eq!(app.anyone().get("/triage").await.is(303).location(), "/sign-in?next=%2Ftriage");
    let form = [("unit", "logistics")];
    app.officer("logistics").post(&format!("/triage/{no}/assignment"), &form).await.is(403);
}

// 2.4
#[tokio::test]
async fn a_clerk_with_a_post_elsewhere_finds_nothing_on_the_list_that_is_about_it() {
    let app = site();
    let office = app.policy_in_force().policy.school.coordinator.clone();
    let duty = |role, unit| Duty { role, unit: Some(unit), post: None };
    let both = vec![duty(Role::Clerk, office), duty(Role::Officer, "library".into())];
    let both = app.person("p-both", "两处任职", both);
    let titles = ["馆长对人很凶", "馆里有人不想活了", "有一个想法想当面说"];
    for title in titles {
        let no = brought(&app, "suggestion", title, "说的是馆里的事。");
        let units = vec!["library".into()];
        done(&app, &app.clerk(), &no, Command::Recuse { units, reason: "反映的就是它。".into() });
    }
    app.pass_hours(24 * 10);
    app.clerk().get("/triage").await.says("超期 3").says(titles[0]).says("13800000000");
    for shelf in ["all", "unsure", "danger"] {
        let page = both.get(&format!("/triage?show={shelf}")).await;
        page.is(200).says("超期 0").hides("13800000000").hides("说的是馆里的事").hides("HY-");
        page.hides(titles[0]).hides(titles[1]).hides(titles[2]);
    }
}

#[tokio::test]
async fn an_address_that_takes_only_forms_leads_to_its_case() {
    let app = site();
    let no = a_case(&app);
    for (asked, to) in [
        (format!("/triage/{no}/transfer"), format!("/staff/cases/{no}")),
        (format!("/staff/cases/{no}/note"), format!("/staff/cases/{no}")),
        (format!("/desk/library/cases/{no}/reply"), format!("/desk/library/cases/{no}")),
    ] {
        assert_eq!(app.clerk().get(&asked).await.is(303).location(), to);
    }
}

// 9.1
#[tokio::test]
async fn a_message_names_its_day_and_is_read_on_another_one() {
    let app = site();
    let officer = app.officer("library");
    let entry = PersonEntry {
        number: "g-1".into(),
        name: "承办员".into(),
        kind: PersonKind::Staff,
        department: String::new(),
        email: String::new(),
        phone: String::new(),
    };
    let (person, now, duties) = (officer.id(), app.now(), officer.visitor.duties.clone());
    let kept = app.db.write_now(move |tx| {
        identity::upsert(tx, &person, &entry, now)?;
        identity::set_duties(tx, &person, &duties).map(|_| ()).map_err(Error::from)
    });
    kept.unwrap();
    let no = a_case(&app);
    let form = [("seen", "1"), ("unit", "library")];
    app.clerk().post(&format!("/triage/{no}/assignment"), &form).await.is(303);
    let key = app.keys.person_ref(&officer.id());
    let told = app.db.read_now(move |tx| {
        let row = tx.query_one("select words from messages where person_key = $1", params![key])?;
        row.text("words").map_err(Error::from)
    });
    let told = told.unwrap();
    assert_eq!(told, format!("新件 {no}，请签收，11 月 25 日（周三）10:00 前首次回应"));
}

// 4.4, 5.4
#[tokio::test]
async fn the_count_beside_supervision_holds_what_asks_for_time_and_what_is_complained_of() {
    let app = site();
    let no = brought(&app, "suggestion", TITLE, "自习座位不够。");
    let assign = Command::Assign { unit: "library".into(), forced: false, reason: String::new() };
    done(&app, &app.clerk(), &no, assign);
    let clerk = app.clerk();
    let page = || clerk.get("/supervision");
    page().await.is(200).says("督办 电话回访");
    let promise = standing(&app, &no).round().promise(Clock::Result).cloned().unwrap();
    let until = app.app().calendar.load_full().nth_working_day_after(promise.due.day(), 1).0;
    let more = Command::AskExtension { until, reason: "要和物业商量。".into() };
    done(&app, &app.officer("library"), &no, more);
    page().await.says("督办 1 电话回访");
    // The same case once, whatever presses in it.
    let complaint = [("words", "没有人联系我。")];
    app.student().post(&format!("/cases/{no}/complaint"), &complaint).await.is(303);
    page().await.says("督办 1 电话回访");
    let other = brought(&app, "suggestion", "快递站晚间能否延长", "");
    let assign = Command::Assign { unit: "library".into(), forced: false, reason: String::new() };
    done(&app, &app.clerk(), &other, assign);
    let about_office = [("words", "办公室压了两天才派。"), ("about_office", "yes")];
    app.student().post(&format!("/cases/{other}/complaint"), &about_office).await.is(303);
    page().await.says("督办 1 电话回访");
    app.holder(Role::Supervisor).get("/supervision").await.says("督办 2 校外来件");
}

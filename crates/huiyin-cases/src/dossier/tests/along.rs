//! What is left to somebody whose case was merged into another, over HTTP: progress, urging, complaining (3.8, 5.2, 5.4).

use super::law::{appoint, merged, path, told};
use super::*;
use crate::cases::tests::solved;
use huiyin_domain::access::Duty;
use huiyin_domain::case::Stage;

async fn along(app: &TestApp) -> (CaseNo, CaseNo) {
    let (lead, other) = merged(app);
    app.clerk().post(&path(&lead, "merging"), &[("others", other.as_str())]).await.is(303);
    (lead, other)
}

// 3.8, 5.2
#[tokio::test]
async fn who_came_along_reads_the_progress_of_the_lead_in_words_of_their_own() {
    let app = site();
    let (lead, other) = along(&app).await;
    let here = format!("/desk/library/cases/{lead}");
    let officer = app.officer("library");
    officer.get(&format!("{here}?act=progress")).await.says("给并案 1 位的进展");
    let alone = [("words", "302 室张同学：下周一给您答复。")];
    officer.post(&format!("{here}/progress"), &alone).await.is(409).says("请写明给并案各位的进展");
    let both =
        [("words", "302 室张同学：下周一给您答复。"), ("joined_words", "正在和保卫处商量，下周一答复。")];
    officer.post(&format!("{here}/progress"), &both).await.is(303);
    let page = app.student().get(&format!("/cases/{other}")).await;
    page.says("阶段反馈").says("正在和保卫处商量").says("一起办的那件，图书馆反馈").hides("张同学");
    app.student().get(&format!("/cases/{lead}")).await.says("张同学").hides("正在和保卫处商量");
    assert!(
        told(&app, &app.student()).iter().any(|words| words.contains("图书馆") && words.contains("进展"))
    );
    let case = standing(&app, &other);
    assert_eq!((case.stage, case.round().first_reply_at.is_some()), (Stage::Merged, true));
    // Questions to the requester of the lead, and what they answer, stay theirs.
    let ask = Command::AskRequester { words: "请问您的学号？".into() };
    done(&app, &officer, &lead, ask);
    app.student().post(&format!("/cases/{lead}/supplement"), &[("words", "学号二〇二三。")]).await.is(303);
    app.student().get(&format!("/cases/{other}")).await.hides("学号");
}

// 3.8, 5.4
#[tokio::test]
async fn urging_by_who_came_along_reaches_the_unit_of_the_lead() {
    let app = site();
    let (lead, other) = along(&app).await;
    let officer = app.officer("library");
    appoint(&app, &officer, Duty { role: Role::Officer, unit: Some("library".into()), post: None });
    app.student().get(&format!("/cases/{other}")).await.says("催一催").says("反映办理问题");
    let urge = [("because", "no_contact"), ("words", "快期末了。")];
    app.student().post(&format!("/cases/{other}/reminder"), &urge).await.is(303);
    app.student().get(&format!("/cases/{other}")).await.says("您催办").says("已催办，承办单位已收到提醒");
    let heard = told(&app, &officer);
    assert!(heard.iter().any(|words| words.contains("催办") && words.contains(lead.as_str())), "{heard:?}");
    assert!(
        !heard.iter().any(|words| words.contains(other.as_str())),
        "the unit knows it by the lead: {heard:?}"
    );
    officer.get(&format!("/desk/library/cases/{lead}")).await.says("催办：").says("快期末了。");
    app.student().get(&format!("/cases/{lead}")).await.hides("快期末了。");
    app.student().post(&format!("/cases/{other}/reminder"), &urge).await.is(409).says("起可以再催");
    app.student().post(&format!("/cases/{lead}/reminder"), &urge).await.is(303);
}

// 3.8, 5.4
#[tokio::test]
async fn who_came_along_complains_about_the_handling_as_anybody_does() {
    let app = site();
    let (lead, other) = along(&app).await;
    let complaint = [("words", "没有人理并进去的人。")];
    app.student().post(&format!("/cases/{other}/complaint"), &complaint).await.is(303);
    app.clerk().get("/supervision?show=complaints").await.says("没有人理并进去的人。");
    app.officer("library").get(&format!("/desk/library/cases/{lead}")).await.hides("没有人理");
    let answer = [("complaint_answer", "已请图书馆逐位联系。")];
    app.clerk().post(&path(&other, "complaint-answer"), &answer).await.is(303);
    app.student().get(&format!("/cases/{other}")).await.says("已请图书馆逐位联系。");
}

// 5.4
#[tokio::test]
async fn a_complaint_goes_above_the_office_where_the_office_has_the_lead_or_never_took_it_on() {
    let app = site();
    let clerks_read = async |no: &CaseNo, words: &str| {
        app.clerk().get(&format!("/staff/cases/{no}")).await.is(200).hides(words);
        app.clerk().get("/supervision?show=complaints").await.hides(words);
        app.holder(Role::Supervisor).get("/supervision?show=complaints").await.says(words);
    };
    // The lead lies with the office: who came along complains of the office.
    let (lead, other) = (
        brought(&app, "suggestion", "周末图书馆能否早开半小时", ""),
        brought(&app, "suggestion", "图书馆早点开门", ""),
    );
    app.clerk().post(&path(&lead, "merging"), &[("others", other.as_str())]).await.is(303);
    app.student().post(&format!("/cases/{other}/complaint"), &[("words", "并了就没下文。")]).await.is(303);
    clerks_read(&other, "并了就没下文").await;
    // Nobody has taken it on, and the time for that is over.
    app.student().get(&format!("/cases/{lead}")).await.hides("反映办理问题");
    app.pass_hours(60);
    app.student().post(&format!("/cases/{lead}/complaint"), &[("words", "压在办公室。")]).await.is(303);
    clerks_read(&lead, "压在办公室").await;
    // It was not accepted.
    let no = brought(&app, "suggestion", "校门口的路灯不亮", "");
    let decline = [("ground", "out_of_scope"), ("decline_words", "属于市政，请打 12345。")];
    app.clerk().post(&path(&no, "declination"), &decline).await.is(303);
    app.student().get(&format!("/cases/{no}")).await.says("不予受理").says("反映办理问题");
    app.student().post(&format!("/cases/{no}/complaint"), &[("words", "灯是学校的。")]).await.is(303);
    clerks_read(&no, "灯是学校的").await;
}

// 5.7
#[tokio::test]
async fn more_time_for_a_student_appeal_is_given_by_the_school_and_not_by_the_committee() {
    let app = site();
    let no = brought(&app, "appeal", "对记过处分不服", "");
    let form = [("procedure", "/student-appeal"), ("statute_reason", "是对处分的申诉。")];
    app.clerk().post(&path(&no, "statute"), &form).await.is(303);
    let here = format!("/desk/student-appeals/cases/{no}");
    let (officer, head) = (app.officer("student-appeals"), app.unit_head("student-appeals"));
    let in_charge = app.leader("deputy-students");
    appoint(&app, &in_charge, Duty { role: Role::Leader, unit: None, post: Some("deputy-students".into()) });
    appoint(&app, &head, Duty { role: Role::UnitHead, unit: Some("student-appeals".into()), post: None });
    officer.get(&format!("{here}?act=extension")).await.says("最多 15 天，由学校负责人批");
    let asked = [("until", "2026-12-24"), ("reason", "案情复杂。")];
    officer.post(&format!("{here}/extension"), &asked).await.is(303);
    officer.get(&here).await.says("等学校负责人批");
    assert!(
        told(&app, &in_charge).iter().any(|words| words.contains("申请延期")),
        "{:?}",
        told(&app, &in_charge)
    );
    assert!(!told(&app, &head).iter().any(|words| words.contains("申请延期")));
    head.get(&here).await.hides("批延期");
    head.post(&format!("{here}/more-time"), &[]).await.is(409).says("由学校负责人决定");
    app.clerk().post(&path(&no, "extension"), &[]).await.is(409).says("由学校负责人决定");
    in_charge.get(&format!("/staff/cases/{no}")).await.says("批准延期").says("案情复杂。");
    in_charge.post(&path(&no, "extension"), &[]).await.is(303);
    assert_eq!(standing(&app, &no).extensions, 1);
}

// 3.8, 5.7
#[tokio::test]
async fn what_is_split_off_a_petition_stays_on_its_road_and_an_office_hears_where_nobody_works() {
    let app = site();
    appoint(&app, &app.clerk(), Duty { role: Role::Clerk, unit: Some("office".into()), post: None });
    let no = brought(&app, "inquiry", "安置补偿的老问题", "");
    let page = app.clerk().get(&format!("/staff/cases/{no}")).await;
    page.says("信访（");
    assert!(!page.html().contains("value=\"/petition\""), "the category brings a kind that has it");
    let form = [("procedure", "complaint/petition"), ("statute_reason", "属于信访。")];
    app.clerk().post(&path(&no, "statute"), &form).await.is(303);
    let split = [("split_title", "另一处也是这样"), ("split_unit", "")];
    app.clerk().post(&path(&no, "splitting"), &split).await.is(303);
    let rows = app.db.read_now(|tx| {
        let sql = "select category from cases order by case_no desc limit 1";
        Ok::<_, huiyin_foundation::error::Error>(tx.query_one(sql, &[])?.opt_text("category")?)
    });
    assert_eq!(rows.unwrap().as_deref(), Some("petition"));
    let other = brought(&app, "appeal", "对记过处分不服", "");
    let form = [("procedure", "/student-appeal"), ("statute_reason", "是对处分的申诉。")];
    app.clerk().post(&path(&other, "statute"), &form).await.is(303);
    let heard = told(&app, &app.clerk());
    let is_said = |words: &String| words.contains("学生申诉处理委员会") && words.contains("还没有承办员");
    assert!(heard.iter().any(is_said), "{heard:?}");
    assert!(
        !heard.iter().any(|words| words.contains("请签收") && words.contains(other.as_str())),
        "{heard:?}"
    );
}

// 2.4, 3.8
#[tokio::test]
async fn a_recusal_lifted_on_the_lead_is_lifted_where_it_went_along_and_not_where_it_was_named() {
    let app = site();
    let (lead, other) = along(&app).await;
    let units = vec!["security".into()];
    let recuse = Command::Recuse { units: units.clone(), reason: "反映的就是它。".into() };
    let lift = Command::LiftRecusal { units: units.clone(), reason: "弄错了。".into() };
    done(&app, &app.clerk(), &lead, recuse.clone());
    assert_eq!(standing(&app, &other).recused, units);
    done(&app, &app.clerk(), &lead, lift.clone());
    assert!(standing(&app, &other).recused.is_empty());
    assert_eq!(standing(&app, &other).stage, Stage::Merged);
    for no in [&lead, &other] {
        done(&app, &app.clerk(), no, recuse.clone());
    }
    done(&app, &app.clerk(), &lead, lift);
    assert_eq!(standing(&app, &other).recused, units, "it was named there too");
    assert_ne!(standing(&app, &other).stage, Stage::Merged);
    assert!(standing(&app, &lead).joined.is_empty());
    app.officer("security").get(&format!("/desk/security/cases/{other}")).await.is(404);
}

// 5.7
#[tokio::test]
async fn what_came_of_an_appeal_is_called_as_the_law_calls_it_in_lists_and_templates_too() {
    let app = site();
    let no = brought(&app, "appeal", "对记过处分不服", "");
    let form = [("procedure", "/student-appeal"), ("statute_reason", "是对处分的申诉。")];
    app.clerk().post(&path(&no, "statute"), &form).await.is(303);
    let officer = app.officer("student-appeals");
    let reply = solved("处分决定证据不足，予以撤销。", "");
    done(&app, &officer, &no, reply);
    officer.get("/desk/student-appeals/done").await.is(200).says("撤销原处理").hides("已解决");
    let own = [
        ("name", "撤销处分"),
        ("act", "reply"),
        ("category", "student-appeal"),
        ("outcome", "solved"),
        ("words", "撤销原处分决定。"),
    ];
    app.unit_head("student-appeals").post("/desk/student-appeals/templates", &own).await.is(303);
    let page = officer.get("/desk/student-appeals/templates").await;
    page.is(200).says("撤销原处理").hides("· 已解决");
    let form = app.unit_head("student-appeals").get("/desk/student-appeals/templates").await;
    form.says("已解决（学生申诉：撤销原处理）");
    app.officer("logistics").get("/desk/logistics/templates").await.is(200).hides("撤销原处理");
}

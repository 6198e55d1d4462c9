//! The leaders' pages: what lies before a post, the instruction, what became of it, and who does not get in.

use crate::dossier::tests::{brought, done, standing};
use huiyin_domain::case::{Command, Stage};
use huiyin_domain::ids::{CaseNo, UnitId};
use huiyin_foundation::testing::TestApp;

const TITLE: &str = "希望图书馆周末早点开门";
const POST: &str = "deputy-teaching";

fn site() -> TestApp {
    TestApp::new(crate::routes())
}

/// A case that lies before the leader of [`POST`].
fn a_laid_case(app: &TestApp) -> CaseNo {
    let no = brought(app, "suggestion", TITLE, "自习座位不够。");
    let brief = "请图书馆牵头，三日内拿出办法。".to_owned();
    done(app, &app.clerk(), &no, Command::Escalate { leader: POST.into(), brief });
    no
}

#[tokio::test]
async fn a_leader_finds_what_waits_and_reads_what_the_office_proposes() {
    let app = site();
    let no = a_laid_case(&app);
    app.leader(POST).get("/leader").await.is(200).says("等您批示 1").says(TITLE).says("您分管的");
    let page = app.leader(POST).get(&format!("/leader/cases/{no}")).await;
    page.is(200)
        .says("呈办件，待您批示")
        .says("请图书馆牵头，三日内拿出办法。")
        .says("不填按原定：12 月 3 日（周四）");
    assert!(page.html().contains("<option value=\"library\" selected"), "the words speak for the library");
    app.leader("deputy-students").get("/leader").await.says("没有等您批示的件");
}

#[tokio::test]
async fn an_instruction_sends_the_case_to_its_unit_until_the_leaders_day() {
    let app = site();
    let no = a_laid_case(&app);
    let path = format!("/leader/cases/{no}");
    let form = [("words", "同意，请抓紧。"), ("unit", "library"), ("until", "2026-12-01"), ("key", "yes")];
    let answer = app.leader(POST).post(&path, &form).await;
    assert_eq!(answer.is(303).location(), format!("/leader/instructions?done={no}"));
    let case = standing(&app, &no);
    assert_eq!((case.stage, case.unit.clone()), (Stage::Assigned, Some(UnitId::from("library"))));
    assert!(case.is_key && !case.awaits_instruction);
    let page = app.leader(POST).get("/leader/instructions").await;
    page.says("同意，请抓紧。").says("重点督办").says("图书馆");
    app.leader(POST).get(&path).await.says("分管教学的校领导已批示，图书馆办理").says("再作批示");
    app.clerk().get("/supervision?show=instructed").await.says(TITLE).says("同意，请抓紧。");
}

#[tokio::test]
async fn a_tick_stands_for_the_commonest_words_where_scripts_are_off() {
    let app = site();
    let no = a_laid_case(&app);
    let form = [("agreed", "yes"), ("words", ""), ("unit", "library")];
    app.leader(POST).post(&format!("/leader/cases/{no}"), &form).await.is(303);
    app.leader(POST).get("/leader/instructions").await.says("同意拟办意见。");
}

#[tokio::test]
async fn an_instruction_lacks_nothing_and_loses_nothing() {
    let app = site();
    let no = a_laid_case(&app);
    let path = format!("/leader/cases/{no}");
    let answer = app.leader(POST).post(&path, &[("words", ""), ("unit", "library")]).await;
    answer.is(422).says("请写批示内容");
    let form = [("words", "请尽快办，当面报告。"), ("unit", "library"), ("until", "明天")];
    app.leader(POST).post(&path, &form).await.is(422).says("这样的日期").says("请尽快办，当面报告。");
    let form = [("words", "请尽快办，当面报告。"), ("unit", "library"), ("until", "2026-11-20")];
    let answer = app.leader(POST).post(&path, &form).await;
    answer.is(409).says("日期不能早于今天").says("请尽快办，当面报告。");
    assert!(standing(&app, &no).awaits_instruction);
}

#[tokio::test]
async fn another_leader_does_not_instruct() {
    let app = site();
    let no = a_laid_case(&app);
    let (path, form) = (format!("/leader/cases/{no}"), [("words", "我来批。"), ("unit", "library")]);
    app.leader("deputy-students").get(&path).await.is(404);
    app.leader("deputy-students").post(&path, &form).await.is(404);
    // The head of the school sees every case, and may not instruct on what lies before another.
    app.leader("president").get(&path).await.is(200).says("这件没有等您批示");
    app.leader("president").post(&path, &form).await.is(409).says("这件没有呈报给您");
    app.clerk().get("/leader").await.is(403);
    app.officer("library").get("/leader/instructions").await.is(403);
}

#[tokio::test]
async fn a_leader_asks_after_what_was_instructed() {
    let app = site();
    let no = a_laid_case(&app);
    let form = [("words", "同意。"), ("unit", "library")];
    app.leader(POST).post(&format!("/leader/cases/{no}"), &form).await.is(303);
    let form = [("reminder", "办到哪一步了")];
    app.leader(POST).post(&format!("/leader/cases/{no}/reminder"), &form).await.is(303);
    app.leader(POST).get("/leader/instructions").await.says("已提醒 1 次");
    app.clerk().get(&format!("/staff/cases/{no}")).await.says("办到哪一步了");
}

#[tokio::test]
async fn what_is_late_in_charge_is_red_on_the_first_page() {
    let app = site();
    let no = brought(&app, "suggestion", TITLE, "");
    done(
        &app,
        &app.clerk(),
        &no,
        Command::Assign { unit: "library".into(), forced: false, reason: String::new() },
    );
    app.pass_hours(48);
    app.leader(POST).get("/leader").await.says(TITLE).says("超期 1 件").says("超期 1 天");
    app.leader("deputy-students").get("/leader").await.hides(TITLE);
}

#[tokio::test]
async fn what_waits_for_its_requester_is_still_instructed_and_not_answered() {
    let app = site();
    let no = a_laid_case(&app);
    let form = [("words", "同意。"), ("unit", "library")];
    app.leader(POST).post(&format!("/leader/cases/{no}"), &form).await.is(303);
    done(&app, &app.officer("library"), &no, Command::AskRequester { words: "是哪一层？".into() });
    assert_eq!(standing(&app, &no).next_promise(), None);
    let leader = app.leader(POST);
    let page = leader.get("/leader/instructions").await;
    page.is(200).says(TITLE).says("请反映人补充").says("在办 1").says("已答复 0");
    leader.get("/leader/instructions?show=answered").await.hides(TITLE);
    leader.get("/leader").await.says("在办 1 件").says("个单位在办 1 件，没有超期");
    app.clerk().get("/supervision?show=instructed").await.says(TITLE).says("请反映人补充");
}

#[tokio::test]
async fn an_instruction_does_not_carry_a_report_to_the_unit_it_names_unless_somebody_looked_into_it() {
    let app = site();
    let no = brought(&app, "report", "举报纪检监察机构处理不公", "投标的只有一家。");
    let brief = "请批示。".to_owned();
    done(&app, &app.clerk(), &no, Command::Escalate { leader: POST.into(), brief });
    let path = format!("/leader/cases/{no}");
    let form = [("words", "请核实。"), ("unit", "discipline")];
    let asked = app.leader(POST).post(&path, &form).await;
    asked.is(422).says("可能反映的就是它").says("已核实，被反映的不是这个单位").says("请核实。");
    assert_eq!(standing(&app, &no).unit, None);
    let ticked = [("words", "请核实。"), ("unit", "discipline"), ("looked_into", "yes")];
    app.leader(POST).post(&path, &ticked).await.is(303);
    assert_eq!(standing(&app, &no).unit, Some("discipline".into()));
}

#[tokio::test]
async fn what_the_office_handed_on_without_an_instruction_is_not_among_what_a_leader_instructed() {
    let app = site();
    let no = a_laid_case(&app);
    done(
        &app,
        &app.clerk(),
        &no,
        Command::Assign { unit: "library".into(), forced: false, reason: String::new() },
    );
    let case = standing(&app, &no);
    assert_eq!((case.leader.as_deref(), case.is_instructed), (Some(POST), false));
    let (leader, office) = (app.leader(POST), app.clerk());
    leader.get("/leader/instructions").await.hides(TITLE);
    office.get("/supervision?show=instructed").await.hides(TITLE);
    app.officer("library").get("/desk/library").await.says("呈报过").hides("批示：");
    app.officer("library").get(&format!("/desk/library/cases/{no}")).await.says("没有批示");
    // What lay before him he still may read.
    leader.get(&format!("/leader/cases/{no}")).await.is(200).says(TITLE);
    let brief = "请再定。".to_owned();
    done(&app, &office, &no, Command::Escalate { leader: POST.into(), brief });
    let form = [("words", "同意，请抓紧。"), ("unit", "library")];
    leader.post(&format!("/leader/cases/{no}"), &form).await.is(303);
    assert!(standing(&app, &no).is_instructed);
    leader.get("/leader/instructions").await.says(TITLE);
    office.get("/supervision?show=instructed").await.says(TITLE);
    app.officer("library").get("/desk/library").await.says("批示：");
    // Laid before him once more, it waits; what he said before is on the record.
    done(&app, &office, &no, Command::Escalate { leader: POST.into(), brief: "情况有变。".into() });
    assert!(!standing(&app, &no).is_instructed);
}

#[tokio::test]
async fn a_unit_that_is_kept_away_is_not_among_those_to_choose_from() {
    let app = site();
    let no = a_laid_case(&app);
    let path = format!("/leader/cases/{no}");
    assert!(app.leader(POST).get(&path).await.html().contains("<option value=\"security\""));
    let recuse = Command::Recuse { units: vec!["security".into()], reason: "反映的就是它。".into() };
    done(&app, &app.clerk(), &no, recuse);
    let page = app.leader(POST).get(&path).await.html();
    assert!(page.contains("<option value=\"library\"") && !page.contains("<option value=\"security\""));
}

// 3.4
#[tokio::test]
async fn what_two_units_sent_back_lies_before_a_leader_with_their_reasons_and_its_place() {
    let app = site();
    let no = brought(&app, "suggestion", TITLE, "自习座位不够。");
    let correct = Command::Correct {
        kind: None,
        category: None,
        place: Some("residence-3".into()),
        urgency: None,
        reason: "写在正文里。".into(),
    };
    done(&app, &app.clerk(), &no, correct);
    let sent_back = [
        ("library", [("ground", "not_our_duty"), ("suggested", "logistics"), ("reason", "开门归后勤。")]),
        ("logistics", [("ground", "unclear"), ("suggested", ""), ("reason", "门禁不归我们。")]),
    ];
    for (unit, form) in sent_back {
        let assign = Command::Assign { unit: unit.into(), forced: false, reason: String::new() };
        done(&app, &app.clerk(), &no, assign);
        app.officer(unit).post(&format!("/desk/{unit}/cases/{no}/return"), &form).await.is(303);
    }
    let post = standing(&app, &no).leader.unwrap();
    let list = app.leader(&post).get("/leader").await;
    list.says("图书馆退回：不是本单位职责").says("后勤管理处退回：内容看不明白，需先补充");
    let page = app.leader(&post).get(&format!("/leader/cases/{no}")).await;
    page.says("三号学生公寓")
        .says("建议交后勤管理处")
        .says("开门归后勤。")
        .says("门禁不归我们。")
        .says("退回过两次");
}

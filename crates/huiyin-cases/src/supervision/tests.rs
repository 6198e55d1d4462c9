//! Supervision: what is late shows, a reminder by hand shows, the ladder shows.

use super::queries::{Shelf, pressing};
use super::resting::page_of;
use crate::dossier::LINE;
use crate::dossier::tests::{brought, done, standing};
use huiyin_domain::access::Role;
use huiyin_domain::case::{Answer, Clock, Command, Level, Outcome, Shelving, Stage};
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::db::{Engine, Filter};
use huiyin_foundation::error::Error;
use huiyin_foundation::pdf::Typeface;
use huiyin_foundation::testing::TestApp;

mod order;

const TITLE: &str = "希望图书馆周末早点开门";

fn site() -> TestApp {
    TestApp::new(crate::routes())
}

/// A case that its unit has let lie for two days.
fn a_late_case(app: &TestApp) -> CaseNo {
    let no = brought(app, "suggestion", TITLE, "自习座位不够。");
    done(
        app,
        &app.clerk(),
        &no,
        Command::Assign { unit: "library".into(), forced: false, reason: String::new() },
    );
    app.pass_hours(48);
    no
}

#[tokio::test]
async fn nothing_is_late_until_a_promise_has_run_out() {
    let app = site();
    brought(&app, "suggestion", TITLE, "");
    app.clerk().get("/supervision").await.is(200).says("没有超期").hides(TITLE);
}

#[tokio::test]
async fn what_is_late_says_how_late_who_has_it_and_which_rung_comes_next() {
    let app = site();
    let no = a_late_case(&app);
    let page = app.holder(Role::Supervisor).get("/supervision").await;
    page.is(200).says(no.as_str()).says("超期 1 天").says("首次回应").says("图书馆").says("还没有提醒过");
    page.says("11 月 25 日（周三）10:00 报单位负责人");
    app.clerk().get("/triage").await.says("超期 1").says("图书馆 1 1 1");
}

#[tokio::test]
async fn a_reminder_by_hand_shows_and_a_double_press_is_one() {
    let app = site();
    let no = a_late_case(&app);
    let seen = standing(&app, &no).last_seq.to_string();
    let (path, form) = (format!("/supervision/{no}/reminder"), [("seen", seen.as_str()), ("show", "late")]);
    let answer = app.holder(Role::Supervisor).post(&path, &form).await;
    assert_eq!(answer.is(303).location(), format!("/supervision?show=late&done={no}"));
    app.holder(Role::Supervisor).post(&path, &form).await.is(303);
    let page = app.clerk().get("/supervision").await;
    page.says("已提醒 1 次").hides("已提醒 2 次");
}

#[tokio::test]
async fn supervision_names_a_rung_and_a_demand() {
    let app = site();
    let no = a_late_case(&app);
    let path = format!("/supervision/{no}/supervision");
    let form = [("level", "coordinator"), ("demand", "")];
    app.clerk().post(&path, &form).await.is(422).says("请写督办要求");
    let form = [("level", ""), ("demand", "请今天 17:00 前说明。")];
    app.clerk().post(&path, &form).await.is(422).says("请选督办到哪一级").says("请今天 17:00 前说明。");
    let form = [("level", "coordinator"), ("demand", "请今天 17:00 前说明。")];
    app.clerk().post(&path, &form).await.is(303);
    assert_eq!(standing(&app, &no).supervised, Some(Level::Coordinator));
    app.clerk().get("/supervision?show=supervised").await.says("已督办，报协调部门").says("报分管校领导");
}

#[tokio::test]
async fn only_those_who_supervise_enter_and_only_to_supervise() {
    let app = site();
    let no = a_late_case(&app);
    app.officer("library").get("/supervision").await.is(403);
    app.student().get("/supervision").await.is(403);
    app.leader("deputy-teaching").get("/supervision").await.is(403);
    app.clerk().post(&format!("/supervision/{no}/transfer"), &[("unit", "library")]).await.is(404);
    app.clerk().post("/supervision/HY-20261124-0999/reminder", &[]).await.is(404);
}

#[tokio::test]
async fn a_reminder_says_by_which_means_it_was_given() {
    let app = site();
    let no = brought(&app, "suggestion", TITLE, "自习座位不够。");
    done(
        &app,
        &app.clerk(),
        &no,
        Command::Assign { unit: "library".into(), forced: false, reason: String::new() },
    );
    app.pass_hours(24 * 10);
    app.clerk().get("/supervision").await.says("电话").says("纸质");
    let path = format!("/supervision/{no}/reminder");
    app.clerk().post(&path, &[("means", "phone")]).await.is(303);
    app.clerk().get(&format!("/staff/cases/{no}")).await.says("协调部门催办").says("电话");
    app.clerk()
        .post(&format!("/staff/cases/{no}/reminder"), &[("means", "paper"), ("reminder", "已送函。")])
        .await
        .is(303);
    app.clerk().get(&format!("/staff/cases/{no}")).await.says("纸质").says("已送函。");
}

/// A case that its requester has called unsolved after the last round that opens by itself.
async fn an_unsolved_case(app: &TestApp) -> CaseNo {
    let no = brought(app, "suggestion", TITLE, "自习座位不够。");
    done(
        app,
        &app.clerk(),
        &no,
        Command::Assign { unit: "library".into(), forced: false, reason: String::new() },
    );
    for _ in 0..2 {
        let (words, files) = ("已经提早半小时。".to_owned(), vec![]);
        let reply = Command::Reply(Answer {
            words,
            outcome: Outcome::Solved,
            public: None,
            files,
            shelving: None,
            joined_words: String::new(),
        });
        done(app, &app.officer("library"), &no, reply);
        let rating = [("solved", "no"), ("satisfaction", "dissatisfied")];
        app.student().post(&format!("/cases/{no}/rating"), &rating).await.is(303);
    }
    no
}

#[tokio::test]
async fn what_stayed_unsolved_is_held_until_another_round_is_ordered() {
    let app = site();
    let no = an_unsolved_case(&app).await;
    let list = app.holder(Role::Supervisor).get("/supervision?show=unsolved").await;
    list.is(200).says("仍未解决").says(TITLE).says("责成重办").says("结束督办").says("共 1 件");
    let path = format!("/staff/cases/{no}/round");
    app.clerk().get(&format!("/staff/cases/{no}")).await.says("自动重办的次数已经用完");
    app.clerk().post(&path, &[]).await.is(422).says("请写重办的要求");
    app.holder(Role::Supervisor).post(&path, &[("round_reason", "周末八点开门。")]).await.is(303);
    assert_eq!(standing(&app, &no).rounds.len(), 3);
    app.clerk().get("/supervision?show=unsolved").await.hides(TITLE);
    let page = app.student().get(&format!("/cases/{no}")).await;
    page.says("周末八点开门。").says("校领导或纪检责成重办，进入第 3 轮办理").hides("协调部门责成重办");
}

#[tokio::test]
async fn the_record_says_who_pressed_the_office_or_somebody_above_it() {
    let app = site();
    let no = a_late_case(&app);
    let path = format!("/supervision/{no}/reminder");
    app.holder(Role::Supervisor).post(&path, &[]).await.is(303);
    app.clerk().get(&format!("/staff/cases/{no}")).await.says("校领导或纪检催办").hides("协调部门催办");
    app.clerk().post(&path, &[]).await.is(303);
    app.clerk().get(&format!("/staff/cases/{no}")).await.says("协调部门催办");
}

#[tokio::test]
async fn supervision_of_what_stayed_unsolved_ends_with_a_conclusion_only() {
    let app = site();
    let no = an_unsolved_case(&app).await;
    let path = format!("/staff/cases/{no}/conclusion");
    app.clerk().post(&path, &[("conclusion_words", "")]).await.is(422).says("请写督办的结论");
    app.officer("library").post(&path, &[("conclusion_words", "就这样。")]).await.is(404);
    app.clerk().post(&path, &[("conclusion_words", "馆员编制已满，下学期再议。")]).await.is(303);
    assert_eq!(standing(&app, &no).stage, Stage::Rated);
    app.clerk().get("/supervision?show=unsolved").await.hides(TITLE);
    app.student().get(&format!("/cases/{no}")).await.says("督办结束").says("下学期再议。");
}

#[tokio::test]
async fn a_case_that_waits_for_its_requester_stays_on_every_list_it_was_on() {
    let app = site();
    let no = a_late_case(&app);
    let press = [("level", "coordinator"), ("demand", "请今天 17:00 前说明。")];
    app.clerk().post(&format!("/supervision/{no}/supervision"), &press).await.is(303);
    app.clerk().get("/supervision?show=waiting").await.is(200).says("这里现在没有件");
    done(&app, &app.officer("library"), &no, Command::AskRequester { words: "是哪一层？".into() });
    assert_eq!(standing(&app, &no).next_promise(), None);
    for shelf in ["supervised", "waiting"] {
        let list = app.clerk().get(&format!("/supervision?show={shelf}")).await;
        list.is(200).says(TITLE).says("共 1 件").says("今天 10:00 请反映人补充").says("前没有补充就接着计时");
    }
    app.clerk().get("/supervision").await.says("没有超期");
    app.clerk().get("/triage").await.says("图书馆 1 0 0");
    app.leader("deputy-teaching").get("/leader").await.says("1 个单位").hides("现在没有在办的件");
    app.student().post(&format!("/cases/{no}/supplement"), &[("words", "三层。")]).await.is(303);
    app.clerk().get("/supervision?show=waiting").await.hides(TITLE);
}

// 8.7
#[tokio::test]
async fn each_list_is_read_by_its_index_on_every_page() {
    let app = site();
    if app.db.engine() != Engine::Sqlite {
        return;
    }
    let indexes = [
        (Shelf::Late, "cases_by_due", "1795485600000"),
        (Shelf::Supervised, "cases_open", "1795485600000"),
        (Shelf::Instructed, "cases_open", "1795485600000"),
        (Shelf::Extension, "cases_extension", "2026-11-30"),
        (Shelf::Unsolved, "cases_unsolved", "1795485600000"),
        (Shelf::Shelved, "cases_shelved", "2026-11-30"),
    ];
    for (shelf, index, key) in indexes {
        for cursor in [String::new(), format!("{key}.HY-20261124-0001")] {
            let (now, policy) = (app.now(), app.policy_in_force().policy.clone());
            let plan = app.db.read_now::<_, Error>(move |tx| {
                let asking = Filter::new("explain query plan ").sql(LINE);
                let asking = match shelf {
                    Shelf::Late | Shelf::Supervised | Shelf::Instructed => {
                        pressing(asking, now, shelf, &cursor, 26)
                    }
                    _ => page_of(asking, &policy, shelf, &cursor, 26),
                };
                let (sql, values) = asking.finish();
                let rows = tx.query(sql, &values)?;
                Ok(rows.iter().map(|row| row.text("detail")).collect::<Result<Vec<_>, _>>()?)
            });
            let plan = plan.unwrap().join("; ").to_lowercase();
            assert!(plan.contains(index) && !plan.contains("b-tree for order by"), "{shelf:?}: {plan}");
        }
    }
}

/// What the requester was told last.
fn told_last(app: &TestApp, no: &CaseNo) -> String {
    let (no, key) = (no.clone(), app.keys.own_refs(&"p-student".into())[0].clone());
    let found = app.db.read_now::<_, Error>(move |tx| {
        let sql =
            "select words from messages where case_no = $1 and person_key = $2 order by at_ms desc, id desc";
        Ok(tx
            .query(sql, huiyin_foundation::params![no, key])?
            .first()
            .map(|row| row.text("words"))
            .transpose()?)
    });
    found.unwrap().unwrap_or_default()
}

// 5.3, 9.1
#[tokio::test]
async fn the_requester_is_told_what_was_decided_over_what_stayed_unsolved() {
    let app = site();
    let no = an_unsolved_case(&app).await;
    app.pass_hours(1);
    done(&app, &app.clerk(), &no, Command::OrderRound { reason: "周末八点开门。".into() });
    let told = told_last(&app, &no);
    assert!(told.contains("责成重新办理，") && told.contains("前给您结果"), "{told}");
    let other = an_unsolved_case(&app).await;
    app.pass_hours(1);
    done(&app, &app.clerk(), &other, Command::CloseSupervision { words: "编制已满。".into() });
    assert!(told_last(&app, &other).contains("督办已结束，请看结论"));
}

// 4.4, 9.1
#[tokio::test]
async fn the_requester_is_told_of_each_review_of_what_cannot_be_done_yet_and_of_its_end() {
    let app = site();
    let no = brought(&app, "suggestion", TITLE, "自习座位不够。");
    done(
        &app,
        &app.clerk(),
        &no,
        Command::Assign { unit: "library".into(), forced: false, reason: String::new() },
    );
    let plan = |day: &str| {
        Some(Shelving { plan: "下学期增加人手。".into(), review_on: day.parse().unwrap() })
    };
    let reply = |outcome, shelving| {
        let (words, files) = ("说明如上。".to_owned(), vec![]);
        Command::Reply(Answer { words, outcome, public: None, files, shelving, joined_words: String::new() })
    };
    let officer = app.officer("library");
    done(&app, &officer, &no, reply(Outcome::CannotYet, plan("2026-12-10")));
    assert!(told_last(&app, &no).contains("已答复"));
    app.pass_hours(1);
    let next = "2026-12-21".parse().unwrap();
    done(&app, &app.clerk(), &no, Command::ReviewShelved { words: "仍缺人手。".into(), next });
    let told = told_last(&app, &no);
    assert!(told.contains("挂账已复核") && told.contains("12 月 21 日"), "{told}");
    app.pass_hours(1);
    done(&app, &app.clerk(), &no, Command::StrikeOff { words: "已招到人。".into() });
    assert!(told_last(&app, &no).contains("已销账"));
    let other = brought(&app, "suggestion", TITLE, "自习座位不够。");
    done(
        &app,
        &app.clerk(),
        &other,
        Command::Assign { unit: "library".into(), forced: false, reason: String::new() },
    );
    done(&app, &officer, &other, reply(Outcome::CannotYet, plan("2026-12-10")));
    let rating = [("solved", "no"), ("satisfaction", "dissatisfied")];
    app.student().post(&format!("/cases/{other}/rating"), &rating).await.is(303);
    app.pass_hours(1);
    done(&app, &officer, &other, reply(Outcome::Solved, None));
    assert!(told_last(&app, &other).contains("已答复"), "the answer says it, not the list");
}

/// A late case that was reminded by hand and is supervised.
async fn a_supervised_case(app: &TestApp) -> CaseNo {
    let no = a_late_case(app);
    let clerk = app.clerk();
    let fields = [("means", "phone"), ("reminder", "已电话联系，请今天下班前回复。")];
    clerk.post(&format!("/staff/cases/{no}/reminder"), &fields).await.is(303);
    let fields = [("level", "coordinator"), ("demand", "请今天 17:00 前书面说明逾期原因。")];
    clerk.post(&format!("/supervision/{no}/supervision"), &fields).await.is(303);
    no
}

#[tokio::test]
async fn the_order_of_supervision_says_what_the_record_says_and_names_nobody() {
    let app = site();
    let no = a_supervised_case(&app).await;
    app.clerk().get("/supervision").await.says("督办单");
    app.clerk().get(&format!("/staff/cases/{no}")).await.says("打印督办单");
    let page = app.holder(Role::Supervisor).get(&format!("/supervision/{no}/order")).await;
    page.is(200).says(&format!("督字 {no} 第 1 号")).says("图书馆").says(TITLE).says("已超期");
    page.says("请今天 17:00 前书面说明逾期原因。").says("催办（电话）：已电话联系").says("2026 年 11 月");
    page.says(&app.policy_in_force().policy.supervision.clause).hides("13800000000");
    page.says("签发 党委办公室/校长办公室 督办层级").says("回复期限 2026 年 11 月 30 日 18:00 前书面回复");
    let higher = [("level", "leader_in_charge"), ("demand", "请分管校领导过问。")];
    let supervisor = app.holder(Role::Supervisor);
    supervisor.post(&format!("/supervision/{no}/supervision"), &higher).await.is(303);
    supervisor.get(&format!("/supervision/{no}/order")).await.says("第 2 号").says("签发 纪检督办 督办层级");
    app.officer("library").get(&format!("/supervision/{no}/order")).await.is(403);
    let calm = brought(&app, "suggestion", "还没有督办的建议", "");
    app.clerk().get(&format!("/supervision/{calm}/order")).await.is(404);
    app.clerk().get(&format!("/supervision/{calm}/order.pdf")).await.is(404);
}

#[tokio::test]
async fn the_words_of_the_order_can_be_read_back_out_of_its_file() {
    let app = site();
    let no = a_supervised_case(&app).await;
    let answer = app.clerk().get(&format!("/supervision/{no}/order.pdf")).await;
    if !Typeface::is_here(None) {
        answer.is(409).says("服务器上没有中文字体");
        return;
    }
    assert_eq!(answer.is(200).headers["content-type"], "application/pdf");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("order.pdf");
    std::fs::write(&file, &answer.body).unwrap();
    let read = std::process::Command::new("pdftotext").arg("-layout").arg(&file).arg("-").output();
    let read = read.expect("pdftotext of Debian's poppler-utils reads papers; `cargo xtask ci` installs it");
    let words = String::from_utf8(read.stdout).unwrap();
    for said in [TITLE, no.as_str(), "图书馆", "请今天 17:00 前书面说明逾期原因。", "签字", "催办（电话）"]
    {
        assert!(words.contains(said), "{said} is not in:\n{words}");
    }
}

#[tokio::test]
async fn a_unit_is_called_in_only_about_what_is_supervised_and_what_was_said_is_kept() {
    let app = site();
    let no = a_late_case(&app);
    let (clerk, path) = (app.clerk(), format!("/staff/cases/{no}/reminder"));
    clerk.post(&path, &[("means", "talk"), ("reminder", "")]).await.is(422).says("请写约谈的情况");
    let talk = [("means", "talk"), ("reminder", "11 月 24 日约谈馆长，要求三日内办结。")];
    clerk.post(&path, &talk).await.is(409).says("约谈之前先发督办单");
    let fields = [("level", "coordinator"), ("demand", "请说明。")];
    clerk.post(&format!("/supervision/{no}/supervision"), &fields).await.is(303);
    clerk.post(&path, &talk).await.is(303);
    clerk.get(&format!("/staff/cases/{no}")).await.says("约谈了承办单位").says("要求三日内办结");
    clerk.get(&format!("/supervision/{no}/order")).await.says("约谈承办单位：11 月 24 日约谈馆长");
}

// 5.7
#[tokio::test]
async fn more_time_that_a_law_gives_is_not_for_the_office_to_decide() {
    let app = site();
    let no = brought(&app, "complaint", "对记过处分不服", "");
    let form = [("procedure", "appeal/student-appeal"), ("statute_reason", "是对处分的申诉。")];
    app.clerk().post(&format!("/staff/cases/{no}/statute"), &form).await.is(303);
    let until = standing(&app, &no).round().promise(Clock::Result).unwrap().due.day().next();
    let ask = Command::AskExtension { until, reason: "材料还没有到齐。".into() };
    done(&app, &app.officer("student-appeals"), &no, ask);
    let list = app.clerk().get("/supervision?show=extension").await;
    list.is(200).says("材料还没有到齐。").says("由承办机构负责人决定").hides("不同意");
}

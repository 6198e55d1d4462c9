//! The turns of a case over HTTP: what cannot be done yet, a question to the requester, more time.

use super::*;

const DAY_OF_REVIEW: &str = "2026-12-24";

#[tokio::test]
async fn what_cannot_be_done_yet_needs_a_plan_and_a_day_and_nothing_typed_is_lost() {
    let app = app();
    let no = leak(&app);
    let officer = app.officer("logistics");
    let here = format!("{DESK}/cases/{no}");
    let page = officer.get(&here).await;
    page.is(200).says("挂账的计划").says("最晚 2027 年 2 月 24 日（周三）（92 天以内）");
    assert!(page.html().contains("name=\"review_on\" type=\"date\""), "no script is needed");
    let without = [("words", "缺配件。"), ("outcome", "cannot_yet"), ("visibility", "private")];
    let answer = officer.post(&format!("{here}/reply"), &without).await;
    answer.is(422).says("请写挂账的计划").says("请选复核日期").says("缺配件。");
    let plan = ("plan", "配件到货后更换。");
    let reply = |day: &'static str| [&without[..], &[plan, ("review_on", day)]].concat();
    let far = officer.post(&format!("{here}/reply"), &reply("2027-12-24")).await;
    far.is(409).says("92 天").says("配件到货后更换。");
    let rest = officer.post(&format!("{here}/reply"), &reply("2026-12-27")).await;
    rest.is(409).says("那天是休息日，请选上班的日子").says("配件到货后更换。");
    officer.post(&format!("{here}/reply"), &reply(DAY_OF_REVIEW)).await.is(303);
    officer.get(&here).await.says("暂时办不了，已挂账").says("挂账");
    app.student().get(&format!("/cases/{no}")).await.says("配件到货后更换。").says("12 月 24 日");
    assert!(case(&app, &no).shelved.is_some());
}

#[tokio::test]
async fn a_question_to_the_requester_stops_the_clock_where_both_can_see_it() {
    let app = app();
    let no = leak(&app);
    let officer = app.officer("logistics");
    let here = format!("{DESK}/cases/{no}");
    officer.post(&format!("{here}/question"), &[("words", "")]).await.is(422).says("请写要补充什么");
    let asked = officer.post(&format!("{here}/question"), &[("words", "是哪一个水龙头？")]).await;
    assert_eq!(asked.is(303).location(), format!("{here}?done=question"));
    officer.get(asked.location()).await.says("已请反映人补充").says("计时暂停：等反映人补充");
    officer.get(DESK).await.is(200).says("等反映人补充").says("图书馆三层水龙头漏水").says("没有待办的件");
    app.clerk().get(&format!("/staff/cases/{no}")).await.says("请反映人补充，办结期限暂停");
    let student = app.student();
    let own = format!("/cases/{no}");
    student.get(&own).await.is(200).says("请您补充").says("补充以前计时暂停").says("是哪一个水龙头？");
    app.pass_hours(24);
    student.post(&format!("{own}/supplement"), &[("words", "窗边那一个。")]).await.is(303);
    student.get(&own).await.hides("补充以前计时暂停").says("办结期限恢复计算");
    officer.get(&here).await.hides("计时暂停：").says("窗边那一个。");
    officer.get(DESK).await.says("共 1 件");
}

#[tokio::test]
async fn more_time_is_asked_for_at_the_workbench_and_granted_by_the_office_once() {
    let app = app();
    let no = leak(&app);
    let officer = app.officer("logistics");
    let (here, there) = (format!("{DESK}/cases/{no}"), format!("/staff/cases/{no}"));
    officer.post(&format!("{here}/progress"), &[("words", "水工已看过，要换阀门。")]).await.is(303);
    let ask = [("until", "2026-11-30"), ("reason", "配件在路上。")];
    let empty = officer.post(&format!("{here}/extension"), &[("until", ""), ("reason", "")]).await;
    empty.is(422).says("请选延到哪一天").says("请写延期的理由");
    let far = officer.post(&format!("{here}/extension"), &[("until", "2027-03-01"), ask[1]]).await;
    far.is(409).says("5 个工作日").says("配件在路上。");
    officer.post(&format!("{here}/extension"), &ask).await.is(303);
    officer.get(&here).await.says("已申请延到").hides("/extension\"");
    let list = app.clerk().get("/supervision?show=extension").await;
    list.is(200).says("延期待批").says("申请延到 11 月 30 日").says("配件在路上。").says("批准");
    app.clerk().get(&there).await.says("申请延到").says("配件在路上。").says("批准延期").says("不同意延期");
    app.clerk().post(&format!("{there}/extension"), &[("extension_until", "")]).await.is(303);
    app.student().get(&format!("/cases/{no}")).await.says("已批准延期").says("11 月 30 日");
    officer.get(&here).await.says("（已批准延期）").says("已延 1 次");
    assert_eq!(case(&app, &no).extensions, 1);
    app.clerk().get("/supervision?show=extension").await.hides("图书馆三层水龙头漏水");
    let again = officer.post(&format!("{here}/extension"), &[("until", "2026-12-01"), ask[1]]).await;
    again.is(409);
}

#[tokio::test]
async fn more_time_refused_is_told_to_both_and_the_limit_stays() {
    let app = app();
    let no = leak(&app);
    let officer = app.officer("logistics");
    let path = format!("{DESK}/cases/{no}/extension");
    officer.post(&path, &[("until", "2026-11-30"), ("reason", "配件在路上。")]).await.is(303);
    let due = case(&app, &no).next_promise().map(|promise| promise.due);
    let refusal = format!("/staff/cases/{no}/extension-refusal");
    app.clerk().post(&refusal, &[]).await.is(422).says("请写不同意延期的理由");
    officer.post(&refusal, &[("extension_refusal", "自己批自己")]).await.is(404);
    app.clerk().post(&refusal, &[("extension_refusal", "库房有配件。")]).await.is(303);
    for page in
        [app.student().get(&format!("/cases/{no}")).await, officer.get(&format!("{DESK}/cases/{no}")).await]
    {
        page.is(200).says("没有批准延期").says("库房有配件。");
    }
    assert_eq!(case(&app, &no).next_promise().map(|promise| promise.due), due);
}

/// A case put on the list of what cannot be done yet.
async fn a_shelved_case(app: &TestApp) -> CaseNo {
    let no = leak(app);
    let reply = [
        ("words", "缺配件。"),
        ("outcome", "cannot_yet"),
        ("visibility", "private"),
        ("plan", "配件到货后更换。"),
        ("review_on", DAY_OF_REVIEW),
    ];
    app.officer("logistics").post(&format!("{DESK}/cases/{no}/reply"), &reply).await.is(303);
    no
}

#[tokio::test]
async fn what_cannot_be_done_yet_is_on_the_list_of_the_unit_and_of_the_school_until_struck_off() {
    let app = app();
    let no = a_shelved_case(&app).await;
    let (officer, clerk) = (app.officer("logistics"), app.clerk());
    let (list, here) = (format!("{DESK}/shelved"), format!("{DESK}/cases/{no}"));
    officer
        .get(&list)
        .await
        .is(200)
        .says("图书馆三层水龙头漏水")
        .says("12 月 24 日")
        .says("配件到货后更换。");
    clerk
        .get("/supervision?show=shelved")
        .await
        .says("图书馆三层水龙头漏水")
        .says("配件到货后更换。")
        .says("销账");
    app.officer("library").get("/desk/library/shelved").await.is(200).says("没有挂账的件");
    app.officer("library").get(&list).await.is(403);
    // The time to judge passes and the case is closed; it stays on the list, and is late there.
    app.pass_hours(40 * 24);
    act(&app, Actor::Clock, &no, Command::NoteTime);
    assert_eq!(case(&app, &no).stage, Stage::Archived);
    officer.get(&list).await.says("过了日期，没有复核");
    officer.get(&here).await.says("还在挂账").says("复核挂账").says("销账");
    let review = format!("{here}/review");
    officer.post(&review, &[("words", "")]).await.is(422).says("请写复核的情况").says("请选下次复核的日期");
    officer
        .post(&review, &[("words", "厂家停产，在找替代。"), ("next", "2027-09-01")])
        .await
        .is(409)
        .says("92 天");
    officer.post(&review, &[("words", "厂家停产，在找替代。"), ("next", "2027-01-20")]).await.is(303);
    officer.get(&list).await.says("厂家停产，在找替代。").hides("过了日期");
    app.student().get(&format!("/cases/{no}")).await.says("厂家停产，在找替代。");
    let off = format!("{here}/striking-off");
    officer.post(&off, &[("words", "")]).await.is(422).says("请写办成了什么");
    officer.post(&off, &[("words", "换了新型号。")]).await.is(303);
    officer.get(&list).await.says("换了新型号。").hides("没有挂账的件");
    officer.get(&here).await.says("已申请销账，等核实");
    officer.post(&off, &[("words", "再申请一次。")]).await.is(409).says("已经申请销账").says("再申请一次。");
    app.student().get(&format!("/cases/{no}")).await.says("承办单位申请销账").says("换了新型号。");
    clerk.get("/supervision?show=shelved").await.says("换了新型号。");
    let office = format!("/staff/cases/{no}");
    clerk.get(&office).await.says("承办单位申请销账：换了新型号。");
    let struck = [("striking_off_words", "到现场看过。")];
    clerk.post(&format!("{office}/striking-off"), &struck).await.is(303);
    officer.get(&list).await.says("没有挂账的件");
    clerk.get("/supervision?show=shelved").await.hides("图书馆三层水龙头漏水");
    app.student().get(&format!("/cases/{no}")).await.says("已销账").says("到现场看过。");
    officer.post(&off, &[("words", "再销一次。")]).await.is(409).says("再销一次。");
}

#[tokio::test]
async fn only_the_unit_and_the_office_look_at_it_again() {
    let app = app();
    let no = a_shelved_case(&app).await;
    let fields = [
        ("words", "看过。"),
        ("next", "2026-12-30"),
        ("review_words", "看过。"),
        ("review_next", "2026-12-30"),
    ];
    let supervisor = app.holder(Role::Supervisor);
    supervisor.post(&format!("/staff/cases/{no}/review"), &fields).await.is(404);
    supervisor.get(&format!("/staff/cases/{no}")).await.says("销账").hides("复核挂账");
    for act in ["review", "striking-off"] {
        app.officer("library").post(&format!("/desk/library/cases/{no}/{act}"), &fields).await.is(404);
        let office = format!("/staff/cases/{no}/{act}");
        app.leader("president").post(&office, &fields).await.is(404);
        app.student().post(&office, &fields).await.is(403);
    }
    let office = format!("/staff/cases/{no}");
    app.clerk().get(&office).await.says("复核挂账").says("销账");
    app.clerk().post(&format!("{office}/review"), &[]).await.is(422).says("请写复核的情况");
    app.clerk().post(&format!("{office}/review"), &fields).await.is(303);
    app.clerk().post(&format!("{office}/striking-off"), &[]).await.is(422).says("请写销账的说明");
    app.clerk().post(&format!("{office}/striking-off"), &[("striking_off_words", "已换。")]).await.is(303);
    assert!(case(&app, &no).shelved.is_none());
}

#[tokio::test]
async fn an_answer_before_the_head_stands_at_the_top_of_the_desk() {
    let app = app();
    let no = leak(&app);
    let fields = [("words", "已修好。"), ("outcome", "solved"), ("visibility", "private")];
    app.officer("logistics").post(&format!("{DESK}/cases/{no}/proposal"), &fields).await.is(303);
    app.officer("logistics").get(DESK).await.says("已送审，等单位负责人签发");
    app.unit_head("logistics").get(DESK).await.says("等您签发的答复");
    let draft = case(&app, &no).proposed.unwrap().seq.to_string();
    app.unit_head("logistics")
        .post(&format!("{DESK}/cases/{no}/approval"), &[("draft", &draft)])
        .await
        .is(303);
    app.unit_head("logistics").get(DESK).await.hides("等您签发的答复");
}

#[tokio::test]
async fn everything_that_waits_for_its_requester_is_found_by_turning_the_list() {
    let app = app();
    let officer = app.officer("logistics");
    for nth in 0..27 {
        let no = bring_in(&app, repair(&format!("漏水第 {nth:02} 处"), Identity::Open));
        let duties = officer.visitor.duties.clone();
        let asks = Command::AskRequester { words: "是哪一个？".into() };
        act(&app, Actor::Staff { person: officer.id(), duties }, &no, asks);
    }
    let first = officer.get(DESK).await;
    first.is(200).says("漏水第 00 处").says("漏水第 24 处").hides("漏水第 25 处").says("后面的件");
    let html = first.html();
    let before = html.split("#waiting\">后面的件").next().unwrap();
    let next = before.rsplit("href=\"").next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
    let second = officer.get(&next).await;
    second.is(200).says("漏水第 25 处").says("漏水第 26 处").hides("漏水第 24 处").hides("后面的件");
    second.says("从头看");
}

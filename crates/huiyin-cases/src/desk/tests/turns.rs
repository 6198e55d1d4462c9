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
    page.is(200).says("挂账的计划").says("92 天以内");
    assert!(page.html().contains("name=\"review_on\" type=\"date\""), "no script is needed");
    let without = [("words", "缺配件。"), ("outcome", "cannot_yet"), ("visibility", "private")];
    let answer = officer.post(&format!("{here}/reply"), &without).await;
    answer.is(422).says("请写挂账的计划").says("请选复核日期").says("缺配件。");
    let plan = ("plan", "配件到货后更换。");
    let reply = |day: &'static str| [&without[..], &[plan, ("review_on", day)]].concat();
    let far = officer.post(&format!("{here}/reply"), &reply("2027-12-24")).await;
    far.is(409).says("92 天").says("配件到货后更换。");
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
    app.clerk().get(&there).await.says("申请延到").says("配件在路上。").says("批准延期").says("不同意延期");
    app.clerk().post(&format!("{there}/extension"), &[("extension_until", "")]).await.is(303);
    app.student().get(&format!("/cases/{no}")).await.says("已批准延期").says("11 月 30 日");
    officer.get(&here).await.says("（已批准延期）").says("已延 1 次");
    assert_eq!(case(&app, &no).extensions, 1);
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

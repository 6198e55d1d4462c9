//! One press takes a proposal, another puts it right, and both are counted.

use super::*;
use crate::learning::{self, Drawn};
use huiyin_foundation::db::Tx;

fn noted(app: &TestApp, no: &CaseNo) -> Option<(i64, String, String, String)> {
    let no = no.clone();
    let found = app.db.read_now(move |tx: &mut Tx| {
        let sql = "select model, proposed, coalesce(category, '') as category, outcome from proposals where case_no = $1";
        let row = tx.query_opt(sql, params![no])?;
        row.map(|row| Ok::<_, Error>((row.int(0)?, row.text(1)?, row.text(2)?, row.text(3)?))).transpose()
    });
    found.unwrap()
}

fn counted(app: &TestApp) -> (u64, u64) {
    let found = app.db.read_now(|tx| learning::agreement(tx, huiyin_domain::calendar::Instant(0))).unwrap();
    (found.accepted, found.asked)
}

// 3.1
#[tokio::test]
async fn one_press_sets_the_category_and_gives_the_case_to_its_unit() {
    let app = site();
    let no = a_case(&app);
    let form = [("seen", "1"), ("unit", "sports"), ("pick", "library")];
    app.clerk().post(&format!("/triage/{no}/assignment"), &form).await.is(303);
    let case = standing(&app, &no);
    assert_eq!((case.stage, case.route), (Stage::Assigned, Some(Route::Direct)));
    assert_eq!((case.unit, case.category), (Some("library".into()), Some("library".into())));
    let page = app.clerk().get(&format!("/staff/cases/{no}")).await;
    page.says("确定了类别").says("类别：未分类 → 图书馆").says("已派给图书馆");
    let (model, proposed, category, outcome) = noted(&app, &no).unwrap();
    assert_eq!((model, category.as_str(), outcome.as_str()), (0, "library", "accepted"));
    assert!(proposed.split(' ').next() == Some("library"), "{proposed}");
    let other = brought(&app, "suggestion", "食堂早点开门", "");
    app.clerk().get("/triage").await.says("近 30 天提议被采纳 1/1").says(other.as_str());
}

#[tokio::test]
async fn what_was_proposed_wrongly_is_put_right_in_one_press_and_counted() {
    let app = site();
    let no = a_case(&app);
    app.clerk().get("/triage").await.says("建议都不对，另选类别").says("按这个类别交主办单位");
    let path = format!("/triage/{no}/assignment");
    app.clerk().post(&path, &[("pick", "catering")]).await.is(303);
    assert_eq!(standing(&app, &no).unit, Some("catering".into()));
    assert_eq!((noted(&app, &no).unwrap().3.as_str(), counted(&app)), ("otherwise", (0, 1)));
    // Taken first, put under another category afterwards: it was not right after all.
    let later = brought(&app, "suggestion", "图书馆的灯太暗", "");
    app.clerk().post(&format!("/triage/{later}/assignment"), &[("pick", "library")]).await.is(303);
    assert_eq!(counted(&app), (1, 2));
    let form = [("category", "repairs"), ("correction_reason", "灯归后勤修")];
    app.clerk().post(&format!("/triage/{later}/correction"), &form).await.is(303);
    assert_eq!(counted(&app), (0, 2));
}

#[tokio::test]
async fn a_unit_that_was_chosen_by_hand_counts_too() {
    let app = site();
    let [agreed, otherwise] = [a_case(&app), a_case(&app)];
    app.clerk().post(&format!("/triage/{agreed}/transfer"), &[("unit", "library")]).await.is(303);
    app.clerk().post(&format!("/triage/{otherwise}/transfer"), &[("unit", "logistics")]).await.is(303);
    assert_eq!(counted(&app), (1, 2));
    let silent = brought(&app, "suggestion", "有一个想法想当面说", "");
    app.clerk().post(&format!("/triage/{silent}/transfer"), &[("unit", "library")]).await.is(303);
    assert_eq!((counted(&app), noted(&app, &silent)), ((1, 2), None), "nothing was proposed");
}

#[tokio::test]
async fn what_cannot_be_picked_is_refused_and_nothing_is_half_done() {
    let app = site();
    let no = a_case(&app);
    let path = format!("/triage/{no}/assignment");
    for (category, sentence) in [("furniture", "不用在这一类诉求上"), ("nowhere", "不用在这一类诉求上")]
    {
        app.clerk().post(&path, &[("pick", category)]).await.is(409).says(sentence);
    }
    assert_eq!((standing(&app, &no).stage, standing(&app, &no).category), (Stage::Submitted, None));
    assert_eq!(noted(&app, &no), None);
}

#[tokio::test]
async fn of_a_report_or_what_the_law_has_a_road_for_nothing_is_picked() {
    let app = site();
    brought(&app, "report", "举报后勤管理处采购不公", "");
    brought(&app, "appeal", "对我的记过处分不服", "");
    app.clerk().get("/triage").await.is(200).says("举报后勤管理处采购不公").hides("name=\"pick\"");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_says_which_it_is_and_what_it_learned_from() {
    let app = site();
    let no = a_case(&app);
    let first = learning::draw(&app.app(), false).unwrap();
    assert!(matches!(first, Drawn::New { version: 1, takes_over: true, .. }), "{first:?}");
    app.clerk().get("/triage").await.says("类别目录里的词和初始样例");
    app.clerk().post(&format!("/triage/{no}/assignment"), &[("pick", "library")]).await.is(303);
    assert_eq!(noted(&app, &no).unwrap().0, 1);
    learning::draw(&app.app(), false).unwrap();
    brought(&app, "suggestion", "自习的座位总被人占着", "");
    let page = app.clerk().get("/triage").await;
    page.says("建议依据：学校历史 1 件").says("图书馆").says("依据：");
}

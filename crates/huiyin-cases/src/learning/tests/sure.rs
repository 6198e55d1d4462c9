//! What goes out by the rule of the school, and what becomes of it.

use super::*;
use crate::dossier::tests::standing;
use huiyin_domain::case::{By, Event, Stage};
use huiyin_foundation::testing::TestSchool;

/// A school that lets go what is right 97 times in a hundred.
fn lets_go() -> TestApp {
    let mut policy = TestSchool::new().policy_in_force().policy.clone();
    policy.proposals.automatic_from = Some(97);
    TestApp::over(TestSchool::of(policy), crate::routes())
}

/// So many confirmed cases about two things, learned and taken into use.
fn learned_from(app: &TestApp, count: usize) {
    let right = |place: usize| if place % 4 < 2 { "library" } else { "catering" };
    let taught = teach(&[], &lessons(count, right), None).unwrap();
    let (body, at) = (taught.model.to_bytes(), app.now());
    app.db.write_now(move |tx| store::keep(tx, at, State::InUse, &taught.told, ("sum", &body))).unwrap();
}

fn last_events(app: &TestApp, no: &CaseNo) -> Vec<Event> {
    let no = no.clone();
    let loaded = app.db.read_now(move |tx| crate::cases::log::load(tx, &no)).unwrap().unwrap();
    let by_rule = loaded.record.into_iter().filter(|line| line.by == By::Rule);
    by_rule.map(|line| line.event).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sure_goes_out_says_so_and_may_be_handed_back() {
    let app = lets_go();
    learned_from(&app, 400);
    let sure = brought(&app, "suggestion", "图书馆借书12", "");
    let silent = brought(&app, "suggestion", "有一个想法想当面说", "");
    let danger = brought(&app, "suggestion", "图书馆借书13", "我不想活了");
    assert_eq!(dispatch_sure(&app.app()).await.unwrap(), 1);
    let case = standing(&app, &sure);
    assert_eq!(
        (case.stage, case.unit, case.category),
        (Stage::Assigned, Some("library".into()), Some("library".into()))
    );
    assert_eq!(last_events(&app, &sure).len(), 3);
    assert_eq!([standing(&app, &silent).stage, standing(&app, &danger).stage], [Stage::Submitted; 2]);
    assert_eq!(dispatch_sure(&app.app()).await.unwrap(), 0, "once");
    let page = app.clerk().get(&format!("/staff/cases/{sure}")).await;
    page.says("按学校规则自动转办").says("归入“图书馆”。依据：").says("（第 1 版）");
    app.student().get(&format!("/cases/{sure}")).await.is(200).says("按学校规则自动转办");
    app.clerk().get("/triage").await.says("按规则自动转办 1 件，退回或更正 0 件");
    // Nobody has looked at it: it teaches nothing.
    assert_eq!(learned(&app), []);
    let command =
        Command::SendBack {
            ground: SendBackGround::NotOurDuty, suggested: None, reason: "不归我们".into()
        };
    act(&app, crate::cases::tests::officer_of(&"library".into()), &sure, command).unwrap();
    app.clerk().get("/triage").await.says("按规则自动转办 1 件，退回或更正 1 件");
    assert_eq!(dispatch_sure(&app.app()).await.unwrap(), 0, "what came back is for a person");
}

#[tokio::test(flavor = "multi_thread")]
async fn too_few_confirmed_or_no_rule_and_everything_waits_for_a_person() {
    let app = lets_go();
    learned_from(&app, 349);
    let no = brought(&app, "suggestion", "图书馆借书12", "");
    assert_eq!(dispatch_sure(&app.app()).await.unwrap(), 0);
    assert_eq!(standing(&app, &no).stage, Stage::Submitted);
    let off = site();
    learned_from(&off, 400);
    brought(&off, "suggestion", "图书馆借书12", "");
    assert_eq!(dispatch_sure(&off.app()).await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn at_night_it_is_learned_once_and_when_somebody_looks_for_it_at_once() {
    let app = site();
    assert_eq!(round(&app.app()).await.unwrap(), 0, "nobody needs it and it is day");
    brought(&app, "suggestion", "图书馆早点开门", "");
    app.clerk().get("/triage").await.is(200);
    assert_eq!(round(&app.app()).await.unwrap(), 1, "somebody looked for proposals");
    assert_eq!(round(&app.app()).await.unwrap(), 0);
    confirmed(&app, "图书馆周末早点开门", "library");
    assert_eq!(round(&app.app()).await.unwrap(), 0, "it waits for the night");
    app.pass_hours(17);
    assert_eq!(round(&app.app()).await.unwrap(), 1, "three in the morning");
    assert_eq!(round(&app.app()).await.unwrap(), 0);
    app.pass_hours(24);
    assert_eq!(round(&app.app()).await.unwrap(), 0, "nothing was confirmed since");
}

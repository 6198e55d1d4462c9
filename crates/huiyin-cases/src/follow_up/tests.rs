//! Who has not judged is called, what is said is recorded as said, and nobody unreached counts as satisfied.

use crate::cases::tests::reply;
use crate::cases::{refold, verify};
use crate::dossier::tests::{brought, brought_as, done, standing};
use huiyin_domain::access::{Duty, Role};
use huiyin_domain::case::{Command, Identity, Satisfaction, Solved, Stage};
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::db::Row;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::testing::TestApp;

fn site() -> TestApp {
    TestApp::new(crate::routes())
}

fn assign(app: &TestApp, no: &CaseNo, unit: &str) {
    let command = Command::Assign { unit: unit.into(), forced: false, reason: String::new() };
    done(app, &app.clerk(), no, command);
}

/// A case of a student that the library has answered.
fn answered(app: &TestApp, identity: Identity) -> CaseNo {
    let no = brought_as(app, "suggestion", "周末图书馆能否早开半小时", "", identity);
    assign(app, &no, "library");
    done(app, &app.officer("library"), &no, reply());
    no
}

const UNSOLVED: [(&str, &str); 5] = [
    ("reached", "yes"),
    ("contacted", "no"),
    ("solved", "no"),
    ("satisfaction", "dissatisfied"),
    ("words", "门还是九点才开。"),
];

#[tokio::test]
async fn whoever_has_not_judged_stands_on_the_list_after_three_days() {
    let app = site();
    let no = answered(&app, Identity::Open);
    app.clerk().get("/follow-ups?show=online").await.is(200).hides(no.as_str()).says("网上没有评价的 0");
    app.pass_hours(3 * 24);
    let list = app.clerk().get("/follow-ups?show=online").await;
    list.says(no.as_str()).says("网上没有评价的 1").says("前可以评价");
    app.holder(Role::Supervisor).get("/follow-ups?show=online").await.says(no.as_str());
    app.officer("library").get("/follow-ups").await.is(403);
    app.student().get("/follow-ups").await.is(403);
    app.pass_hours(40 * 24);
    app.clerk().get("/follow-ups?show=online").await.hides(no.as_str());
}

#[tokio::test]
async fn what_is_said_on_the_phone_is_recorded_and_opens_another_round() {
    let app = site();
    let no = answered(&app, Identity::Open);
    let path = format!("/follow-ups/{no}");
    let page = app.clerk().get(&path).await;
    page.is(200).says("13800000000").says("承办单位联系过您吗").says("照原话记");
    let nothing = app.clerk().post(&path, &[("reached", "yes"), ("words", "门还是九点才开。")]).await;
    nothing.is(422).says("请问：解决了、部分解决还是没解决").says("门还是九点才开。");
    assert_eq!(standing(&app, &no).stage, Stage::Replied);
    app.clerk().post(&path, &UNSOLVED).await.is(303);
    let case = standing(&app, &no);
    assert_eq!((case.stage, case.rounds.len()), (Stage::Assigned, 2));
    let first = &case.rounds[0];
    assert_eq!((first.solved, first.satisfaction), (Some(Solved::No), Some(Satisfaction::Dissatisfied)));
    let own = app.student().get(&format!("/cases/{no}")).await;
    own.says("电话回访：没解决，不满意").says("门还是九点才开。");
    let key = app.keys.person_ref(&app.student().id()).to_string();
    let told = app.db.read_now(move |tx| {
        let sql = "select words from messages where person_key = $1 and kind = 'rating_taken'";
        Ok::<_, Error>(tx.query_map(sql, params![key], |row| row.text("words"))?)
    });
    assert!(told.unwrap().iter().any(|words| words.contains("记得不对的请自己改")));
}

#[tokio::test]
async fn nobody_reached_is_no_answer_and_nobody_is_called_twice_a_day_or_a_fourth_time() {
    let app = site();
    let no = answered(&app, Identity::Open);
    let (path, missed) = (format!("/follow-ups/{no}"), [("reached", "no")]);
    app.clerk().post(&path, &missed).await.is(303);
    app.clerk().post(&path, &missed).await.is(409).says("今天已经打过一次");
    app.student().get(&format!("/cases/{no}")).await.says("打过您的电话，没有打通");
    for _ in 0..2 {
        app.pass_hours(24);
        app.clerk().post(&path, &missed).await.is(303);
    }
    app.pass_hours(24);
    app.clerk().post(&path, &missed).await.is(409).says("不再打");
    app.clerk().get("/follow-ups?show=online").await.hides(no.as_str());
    let case = standing(&app, &no);
    assert_eq!((case.stage, case.round().satisfaction), (Stage::Replied, None), "silence is no answer");
}

#[tokio::test]
async fn a_form_about_somebody_who_may_not_be_called_gives_back_its_words_and_no_number() {
    let app = site();
    let unanswered = brought(&app, "suggestion", "周末图书馆能否早开半小时", "");
    let words = [("reached", "yes"), ("words", "说门还是九点才开。")];
    let back = app.clerk().post(&format!("/follow-ups/{unanswered}"), &words).await;
    back.is(422).says("说门还是九点才开。").hides("13800000000").hides(&app.student().visitor.name);
    // Called today and protected since.
    let no = answered(&app, Identity::Open);
    app.clerk().post(&format!("/follow-ups/{no}"), &[("reached", "no")]).await.is(303);
    app.clerk().get(&format!("/follow-ups/{no}")).await.is(200).says("13800000000");
    let (kind, category) = (None, Some("teacher-conduct".into()));
    let reason = "属于师德。".into();
    let protect = Command::Correct { kind, category, place: None, urgency: None, reason };
    done(&app, &app.clerk(), &no, protect);
    assert!(standing(&app, &no).restricted);
    app.clerk().get(&format!("/follow-ups/{no}")).await.is(409).hides("13800000000");
}

#[tokio::test]
async fn whoever_also_works_in_the_unit_that_answered_does_not_ask_about_it() {
    let app = site();
    let no = answered(&app, Identity::Open);
    let duty = |role, unit: Option<&str>| Duty { role, unit: unit.map(Into::into), post: None };
    let both = vec![duty(Role::Supervisor, None), duty(Role::Officer, Some("library"))];
    let both = app.person("p-both", "两头", both);
    app.pass_hours(3 * 24);
    both.get("/follow-ups?show=online").await.is(200).hides(no.as_str());
    both.post(&format!("/follow-ups/{no}"), &UNSOLVED).await.is(409).says("您所在的单位自己答复的");
    assert_eq!(standing(&app, &no).rounds.len(), 1);
}

#[tokio::test]
async fn nobody_is_called_about_what_is_sealed_and_no_office_about_its_own_answer() {
    let app = site();
    let sealed = answered(&app, Identity::Sealed);
    app.clerk().get(&format!("/follow-ups/{sealed}")).await.is(409).says("等反映人自己评价");
    app.clerk().post(&format!("/follow-ups/{sealed}"), &UNSOLVED).await.is(409);
    let own = brought(&app, "inquiry", "校历什么时候出", "");
    assign(&app, &own, "office");
    done(&app, &app.officer("office"), &own, reply());
    app.pass_hours(3 * 24);
    app.clerk().get("/follow-ups?show=online").await.hides(own.as_str()).hides(sealed.as_str());
    app.clerk().post(&format!("/follow-ups/{own}"), &UNSOLVED).await.is(409).says("请由别人回访");
    let supervisor = app.holder(Role::Supervisor);
    supervisor.get("/follow-ups?show=online").await.says(own.as_str()).hides(sealed.as_str());
    supervisor.post(&format!("/follow-ups/{own}"), &UNSOLVED).await.is(303);
    assert_eq!(standing(&app, &own).rounds.len(), 2);
    app.officer("library").post(&format!("/follow-ups/{own}"), &UNSOLVED).await.is(403);
}

/// What is counted of judgements, as kept.
fn counted(app: &TestApp) -> Vec<(String, i64)> {
    let rows = app.db.read_now(|tx| {
        let sql =
            "select measure, cast(sum(n) as bigint) as n from case_counts group by measure order by measure";
        let one = |row: &Row| Ok::<_, Error>((row.text("measure")?, row.int("n")?));
        tx.query_map(sql, &[], one)
    });
    let judged = ["rated", "solved", "unsolved", "satisfied", "dissatisfied"];
    let mut rows = rows.unwrap();
    rows.retain(|(measure, n)| judged.contains(&measure.as_str()) && *n != 0);
    rows
}

// 5.3, 7.4
#[tokio::test]
async fn what_the_phone_took_down_wrongly_is_put_right_by_the_requester_and_in_the_figures() {
    let app = site();
    let no = answered(&app, Identity::Open);
    app.clerk().post(&format!("/follow-ups/{no}"), &UNSOLVED).await.is(303);
    assert_eq!(standing(&app, &no).rounds.len(), 2);
    let own = format!("/cases/{no}");
    app.student().get(&own).await.says("电话回访：没解决").says("更正评价");
    app.student().get(&format!("{own}/rating")).await.is(200).says("以您自己写的为准").hides("请重新办理");
    let yes = [("solved", "yes"), ("satisfaction", "satisfied"), ("words", "我说的是现在好了。")];
    app.student().post(&format!("{own}/rating"), &yes).await.is(303);
    let page = app.student().get(&own).await;
    page.says("您更正了电话里记下的评价：解决了，满意").says("评价已更正").hides("更正评价");
    assert_eq!(standing(&app, &no).rounds.len(), 2, "the round that it began goes on");
    let one = |word: &str| (word.to_owned(), 1);
    let kept = counted(&app);
    assert_eq!(kept, [one("rated"), one("satisfied"), one("solved")]);
    let policy = app.policy_in_force();
    let folded = app.db.write_now(move |tx| {
        tx.execute("update case_folding set version = 0", &[])?;
        refold::bring_up_to_date(tx, &policy.policy)
    });
    assert_eq!(folded.unwrap(), 1);
    assert_eq!(counted(&app), kept, "folded anew it is the same");
    let policy = app.policy_in_force();
    let found = app.db.read_now(move |tx| verify::verify(tx, &policy.policy, |_| {})).unwrap();
    assert!(found.is_ok(), "{:?}", found.err());
}

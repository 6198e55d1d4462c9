//! What the checks find in answers, what the office does about it, and what a sample says.

use super::{Matter, about, answered, assigned, brought, site};
use crate::screening::look;
use huiyin_domain::access::{Duty, Role};
use huiyin_domain::case::Identity;
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::testing::TestApp;

const GOOD: &str = "图书馆从下周起周末早上七点开门，晚上十点半关门。咨询请打 8120。";

async fn an_answer(app: &TestApp, words: &str) -> CaseNo {
    let no = brought(app, Matter::default());
    assigned(app, &no, "library");
    app.pass_hours(1);
    answered(app, &no, "library", words);
    look(&app.app()).await.unwrap();
    no
}

// 7.5
#[tokio::test]
async fn an_empty_answer_is_found_once_and_stays_settled_when_somebody_said_why() {
    let app = site();
    let clerk = app.clerk();
    clerk.get("/staff/quality").await.is(200).says("没有问题数据");
    let (empty, good) = (an_answer(&app, "收到，谢谢您的关注。").await, an_answer(&app, GOOD).await);
    let page = clerk.get("/staff/quality").await;
    page.is(200).says("1 / 2，50.0%，1 件没看").says("剩下的实质内容不到 13 个字").hides("没有问题数据");
    let list = clerk.get("/staff/quality/empty").await;
    list.is(200).says(empty.as_str()).says("收到，谢谢您的关注。").hides(good.as_str());
    let fine = "/staff/quality/empty/fine";
    clerk.post(fine, &[("no", empty.as_str()), ("reason", "")]).await.is(422).says("请写为什么没有问题");
    app.officer("library").post(fine, &[("no", empty.as_str()), ("reason", "就这样")]).await.is(403);
    for reason in ["已经电话说明过。", "第二次"] {
        clerk.post(fine, &[("no", empty.as_str()), ("reason", reason)]).await.is(303);
    }
    look(&app.app()).await.unwrap();
    clerk.get("/staff/quality").await.is(200).says("没有问题数据").says("1 / 2，50.0%");
    clerk.get("/staff/quality/empty").await.is(200).says("已经电话说明过。").hides("第二次");
    clerk.get("/staff/quality/nothing").await.is(404);
}

// 7.5
#[tokio::test]
async fn the_unit_is_asked_to_mend_by_the_same_steps_as_for_a_list() {
    let app = site();
    let clerk = app.clerk();
    let no = an_answer(&app, "收到。").await;
    let path = format!("/staff/findings/{no}");
    let asked = [("words", "请补答复。"), ("due_on", "2026-11-27"), ("from", "check:empty")];
    clerk.post(&format!("{path}/asking"), &asked).await.is(303);
    clerk.get("/staff/quality/empty").await.is(200).says("核实中").says("已请单位改").hides("退改");
    let desk = format!("/desk/library/findings/{no}");
    app.officer("library").get(&desk).await.is(200).says("数据质量：空答复").says("请补答复。");
}

// 7.5, 2.4
#[tokio::test]
async fn a_check_counts_and_shows_only_what_the_reader_may_see() {
    let app = site();
    let (one, hidden) = (an_answer(&app, "收到。").await, an_answer(&app, "收到。").await);
    about(&app, &hidden, "logistics");
    app.holder(Role::Supervisor).get("/staff/quality").await.is(200).says("2 / 2，100.0%");
    let duties = [(Role::Clerk, "office"), (Role::Officer, "logistics")].map(|(role, unit)| Duty {
        role,
        unit: Some(unit.into()),
        post: None,
    });
    let both = app.person("p-both", "两处任职", duties.to_vec());
    both.get("/staff/quality").await.is(200).says("1 / 1，100.0%");
    both.get("/staff/quality/empty").await.is(200).says(one.as_str()).hides(hidden.as_str());
    let fine = [("no", hidden.as_str()), ("reason", "没事。")];
    both.post("/staff/quality/empty/fine", &fine).await.is(404);
    app.leader("deputy-teaching").get("/staff/quality").await.is(403);
}

// 2.4, 7.5
#[tokio::test]
async fn the_answer_to_a_sealed_case_is_read_on_its_own_page_where_the_reading_is_kept() {
    let app = site();
    let no = brought(&app, Matter { identity: Identity::Sealed, ..Matter::default() });
    assigned(&app, &no, "library");
    answered(&app, &no, "library", "收到，谢谢您。");
    look(&app.app()).await.unwrap();
    let page = app.clerk().get("/staff/quality/empty").await;
    page.is(200).says(no.as_str()).says("保密的件，答复打开查看").hides("谢谢您");
}

// 7.5
#[tokio::test]
async fn an_answer_within_minutes_and_without_anybody_to_turn_to_is_found() {
    let app = site();
    let no = brought(&app, Matter::default());
    assigned(&app, &no, "library");
    app.clock.advance_ms(60_000);
    answered(&app, &no, "library", "图书馆从下周起周末早上七点开门，晚上十点半关门。");
    look(&app.app()).await.unwrap();
    for check in ["quick", "contact"] {
        app.clerk().get(&format!("/staff/quality/{check}")).await.is(200).says(no.as_str());
    }
    app.clerk().get("/staff/quality/empty").await.is(200).says("没有问题数据");
}

// 7.5
#[tokio::test]
async fn a_sample_is_drawn_kept_with_its_seed_reviewed_and_told_with_how_far_it_may_be_off() {
    let app = site();
    let clerk = app.clerk();
    let draw = [("from", "2026-11-01"), ("until", "2026-12-20"), ("wanted", "2"), ("stratified", "yes")];
    clerk.post("/staff/samples", &draw).await.is(422).says("这段时间没有办结的件");
    let mut numbers = Vec::new();
    for _ in 0..4 {
        numbers.push(an_answer(&app, GOOD).await);
    }
    let few = [("from", "2026-11-01"), ("until", "2026-10-01"), ("wanted", "0")];
    clerk.post("/staff/samples", &few).await.is(422).says("不早于开始那天").says("请写 1 到 200 之间的整数");
    app.pass_hours(24 * 20);
    crate::cases::deadlines::sweep(&app.app()).await.unwrap();
    let made = clerk.post("/staff/samples", &draw).await;
    let sample = made.is(303).location().to_owned();
    let page = clerk.get(&sample).await;
    page.is(200).says("评了 0 件，共 2 件").says("从 4 件里按单位件数分摊抽的").says("随机种子");
    let drawn: Vec<&CaseNo> = numbers.iter().filter(|no| page.html().contains(no.as_str())).collect();
    assert_eq!(drawn.len(), 2);
    let other = numbers.iter().find(|no| !drawn.contains(no)).unwrap();
    let review = format!("{sample}/review");
    let said = |no| [("no", no), ("answered", "yes"), ("polite", "yes"), ("truthful", ""), ("in_time", "no")];
    clerk.post(&review, &said(other.as_str())).await.is(404);
    clerk.post(&review, &[("no", drawn[0].as_str())]).await.is(422).says("请至少答一问");
    clerk.post(&review, &said(drawn[0].as_str())).await.is(303);
    clerk
        .get(&sample)
        .await
        .is(200)
        .says("评了 1 件，共 2 件")
        .says("1 / 1，100.0%，误差范围 20.7%—100.0%")
        .says("0 / 1");
    let policy = app.policy_in_force().policy.clone();
    let head = policy.head().unwrap().id.clone();
    app.leader(&head).get(&sample).await.is(200).says("1 / 1，100.0%").hides("评一评");
    app.leader(&head).get("/staff/samples").await.is(200).says("全校 · 2 件");
    app.officer("library").get(&sample).await.is(403);
    about(&app, drawn[0], "office");
    clerk.get(&sample).await.is(200).hides(drawn[0].as_str()).says("评了 0 件，共 1 件");
}

//! An order that went out says what it said when it was issued.

use super::*;
use crate::cases::deadlines;
use crate::dossier::tests::law::appoint;
use huiyin_domain::access::Duty;
use huiyin_foundation::params;
use huiyin_foundation::school::PolicyInForce;
use huiyin_foundation::testing::Hand;

async fn step_up(hand: &Hand<'_>, no: &CaseNo, level: &str) {
    let form = [("level", level), ("demand", "请书面说明逾期原因。")];
    hand.post(&format!("/supervision/{no}/supervision"), &form).await.is(303);
}

async fn paper(app: &TestApp, no: &CaseNo) -> String {
    app.clerk().get(&format!("/supervision/{no}/order")).await.is(200).text()
}

fn replying_within(app: &TestApp, days: Option<u16>) {
    let mut in_force = PolicyInForce::clone(&app.policy_in_force());
    in_force.policy.supervision.reply_working_days = days;
    app.policy.store(in_force.into());
}

#[tokio::test]
async fn a_later_setting_or_calendar_moves_no_day_that_was_named() {
    let app = site();
    let no = a_late_case(&app);
    step_up(&app.clerk(), &no, "coordinator").await;
    let issued = paper(&app, &no).await;
    assert!(issued.contains("回复期限 2026 年 11 月 30 日 18:00 前书面回复 "), "{issued}");
    app.calendar.store(std::sync::Arc::default());
    for days in [Some(9), None] {
        replying_within(&app, days);
        assert_eq!(paper(&app, &no).await, issued, "{days:?}");
    }
    step_up(&app.clerk(), &no, "head").await;
    app.clerk().get(&format!("/supervision/{no}/order")).await.says("第 2 号").hides("回复期限");
}

#[tokio::test]
async fn who_issued_it_is_whoever_they_were_that_day() {
    let app = site();
    let no = a_late_case(&app);
    let supervisor = app.holder(Role::Supervisor);
    step_up(&supervisor, &no, "coordinator").await;
    // They work in the office from the next day on.
    appoint(&app, &supervisor, Duty { role: Role::Clerk, unit: Some("office".into()), post: None });
    assert!(paper(&app, &no).await.contains("签发 纪检督办 督办层级"));
    let head = app.policy_in_force().policy.leaders.iter().find(|post| post.head).unwrap().clone();
    let duty = |role, post| Duty { role, unit: None, post };
    let duties = vec![duty(Role::Supervisor, None), duty(Role::Leader, Some(head.id.to_string()))];
    step_up(&app.person("p-leader", "校领导", duties), &no, "head").await;
    let expected = format!("签发 {} 督办层级", head.name);
    let issued = paper(&app, &no).await;
    assert!(issued.contains(&expected), "{issued}");
}

#[tokio::test]
async fn what_a_rule_steps_up_is_a_paper_too_and_a_day_beyond_the_calendar_may_move() {
    let app = site();
    let no = a_late_case(&app);
    deadlines::sweep(&app.app()).await.unwrap();
    app.pass_hours(36 * 24);
    deadlines::sweep(&app.app()).await.unwrap();
    let paper = paper(&app, &no).await;
    assert!(paper.contains("签发 党委办公室/校长办公室（超期未办，按规定自动逐级督办）"), "{paper}");
    assert!(paper.contains("前书面回复（放假安排公布后可能调整）"), "{paper}");
}

#[tokio::test]
async fn an_older_order_names_neither_a_day_nor_a_post_that_it_did_not_keep() {
    let app = site();
    let no = a_late_case(&app);
    step_up(&app.holder(Role::Supervisor), &no, "coordinator").await;
    let (found, changed) = (no.clone(), no.clone());
    let older = app.db.write_now::<_, Error>(move |tx| {
        let sql = "select seq, body from case_events where case_no = $1 and name = 'supervised'";
        let row = tx.query_one(sql, params![found])?;
        let mut body: serde_json::Value = serde_json::from_str(row.str("body")?).unwrap();
        for field in ["reply_by", "issuer"] {
            assert!(body.as_object_mut().unwrap().remove(field).is_some(), "{field}");
        }
        let seq: u32 = row.get("seq")?;
        let sql = "update case_events set body = $3 where case_no = $1 and seq = $2";
        Ok(tx.execute(sql, params![changed, seq, body.to_string()])?)
    });
    assert_eq!(older.unwrap(), 1);
    let school = app.policy_in_force().policy.school.name.clone();
    let page = app.clerk().get(&format!("/supervision/{no}/order")).await;
    page.is(200).says(&format!("签发 {school} 督办层级")).hides("回复期限");
}

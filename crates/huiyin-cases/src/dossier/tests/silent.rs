//! What a page leaves unsaid: who reads because of a complaint, what a rule parted, and what a group had not heard yet.

use super::law::{appoint, merged, path};
use super::*;
use crate::cases::tests::solved;
use huiyin_domain::access::Duty;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::testing::TestSchool;

const OPENED: &str = "也打开了这件";

fn on_the_roster<'a>(app: &TestApp, hand: Hand<'a>) -> Hand<'a> {
    for duty in hand.visitor.duties.clone() {
        appoint(app, &hand, duty);
    }
    hand
}

// 5.1, 5.4
#[tokio::test]
async fn who_reads_because_of_a_complaint_is_not_named_to_those_it_goes_past() {
    let app = site();
    let (clerk, officer) = (on_the_roster(&app, app.clerk()), on_the_roster(&app, app.officer("library")));
    let no = brought(&app, "suggestion", "周末图书馆能否早开半小时", "");
    done(&app, &clerk, &no, assign("library"));
    let (dossier, desk) = (format!("/staff/cases/{no}"), format!("/desk/library/cases/{no}"));
    clerk.get(&dossier).await.is(200);
    officer.get(&desk).await.says(OPENED);
    let complaint = [("words", "没有人理。")];
    app.student().post(&format!("/cases/{no}/complaint"), &complaint).await.is(303);
    clerk.get(&dossier).await.says("没有人理。").says(OPENED);
    officer.get(&desk).await.is(200).hides(OPENED);
}

// 5.1
#[tokio::test]
async fn who_also_supervises_or_is_kept_away_meanwhile_is_not_named() {
    let app = site();
    let duty = |role, unit: Option<&str>| Duty { role, unit: unit.map(UnitId::from), post: None };
    let both = vec![duty(Role::Clerk, Some("office")), duty(Role::Supervisor, None)];
    let both = app.person("p-both", "兼职督办", both);
    appoint(&app, &both, duty(Role::Clerk, Some("office")));
    let (clerk, officer) = (on_the_roster(&app, app.clerk()), on_the_roster(&app, app.officer("library")));
    let no = brought(&app, "suggestion", "周末图书馆能否早开半小时", "");
    done(&app, &clerk, &no, assign("library"));
    let dossier = format!("/staff/cases/{no}");
    both.get(&dossier).await.is(200);
    clerk.get(&dossier).await.is(200).hides(OPENED);
    officer.get(&format!("/desk/library/cases/{no}")).await.is(200);
    clerk.get(&dossier).await.says(OPENED);
    let form = [("recused", "library"), ("recusal_reason", "反映的就是它。")];
    clerk.post(&path(&no, "recusal"), &form).await.is(303);
    clerk.get(&dossier).await.is(200).hides(OPENED);
}

// 2.4, 3.8
#[tokio::test]
async fn that_a_rule_parted_a_case_is_not_told_on_the_lead() {
    let app = site();
    let (clerk, officer) = (app.clerk(), app.officer("library"));
    let (lead, other) = merged(&app);
    let desk = format!("/desk/library/cases/{lead}");
    let join = [("others", other.as_str())];
    clerk.post(&path(&lead, "merging"), &join).await.is(303);
    let undone = clerk.get(&format!("/staff/cases/{other}?open=unmerging")).await;
    undone.says("12 月 1 日（周二）10:00 前可以取消");
    // By hand: everybody on the lead is told.
    let reason = [("unmerging_reason", "是两件事。")];
    clerk.post(&path(&other, "unmerging"), &reason).await.is(303);
    officer.get(&desk).await.says("已分开，各自办理");
    app.student().get(&format!("/cases/{lead}")).await.says("并进来的一件已分开");
    // Because the unit of the lead is kept away from what came along: nobody there is.
    let (lead, other) = merged(&app);
    let desk = format!("/desk/library/cases/{lead}");
    clerk.post(&path(&lead, "merging"), &[("others", other.as_str())]).await.is(303);
    let seen = |html: String| {
        html.split_once("name=\"seen\" value=\"").unwrap().1.split('"').next().unwrap().to_owned()
    };
    let before = seen(officer.get(&format!("{desk}?act=progress")).await.html());
    let form = [("recused", "library"), ("recusal_reason", "反映的就是它。")];
    clerk.post(&path(&other, "recusal"), &form).await.is(303);
    assert!(standing(&app, &lead).joined.is_empty(), "it goes by itself again");
    let page = officer.get(&format!("{desk}?act=progress")).await;
    page.is(200).hides("已分开");
    let report = [("words", "正在商量。"), ("seen", before.as_str())];
    officer.post(&format!("{desk}/progress"), &report).await.is(303);
    clerk.get(&format!("/staff/cases/{lead}")).await.is(200).hides("已分开");
    app.student().get(&format!("/cases/{lead}")).await.hides("已分开");
    // Because both were answered.
    let (lead, other) = merged(&app);
    clerk.post(&path(&lead, "merging"), &[("others", other.as_str())]).await.is(303);
    let reply = solved("下周起八点开门。", "下周起八点开门。");
    done(&app, &officer, &lead, reply);
    officer.get(&format!("/desk/library/cases/{lead}")).await.says("下周起").hides("已分开");
    app.student().get(&format!("/cases/{lead}")).await.says("下周起").hides("已分开");
    app.student().get(&format!("/cases/{other}")).await.says("下周起");
}

// 2.4, 9.1
#[tokio::test]
async fn what_waits_for_the_group_of_a_unit_that_is_kept_away_is_taken_back() {
    let robot = |unit: &str| {
        format!(
            "[[robots]]\nname = \"{unit}\"\nkind = \"wecom\"\nurl = \"https://example.edu.cn/{unit}\"\nunit = \"{unit}\"\n"
        )
    };
    let school = TestSchool::new().with_post(&[robot("library"), robot("office")].concat());
    let app = TestApp::over(school, crate::routes());
    let waiting = || {
        let channels = app.db.read_now(|tx| {
            let sql = "select channel, case_no from outbox where state = 'waiting' order by channel, case_no";
            tx.query_map(sql, params![], |row| {
                Ok::<_, Error>((row.text("channel")?, row.get::<CaseNo>("case_no")?))
            })
        });
        channels.unwrap()
    };
    let (no, other) = merged(&app);
    done(&app, &app.clerk(), &other, assign("library"));
    let for_library = |no: &CaseNo| ("robot:library".to_owned(), no.clone());
    assert!(waiting().contains(&for_library(&no)), "{:?}", waiting());
    let form = [("recused", "library"), ("recusal_reason", "反映的就是它。")];
    app.clerk().post(&path(&no, "recusal"), &form).await.is(303);
    let left = waiting();
    assert!(!left.contains(&for_library(&no)), "{left:?}");
    assert!(left.contains(&for_library(&other)), "what it is told of others still leaves: {left:?}");
    assert!(left.contains(&("robot:office".to_owned(), no.clone())), "nobody else's is taken back: {left:?}");
}

// 5.4, 5.6
#[tokio::test]
async fn who_supervises_and_works_in_the_office_does_not_read_or_answer_what_is_said_of_it() {
    let app = site();
    let duty = |role, unit: Option<&str>| Duty { role, unit: unit.map(UnitId::from), post: None };
    let both = vec![duty(Role::Supervisor, None), duty(Role::Officer, Some("office"))];
    let both = app.person("p-both", "兼职督办", both);
    let no = brought(&app, "suggestion", "周末图书馆能否早开半小时", "");
    done(&app, &app.clerk(), &no, assign("library"));
    let complaint = [("words", "办公室压了两天才派。"), ("about_office", "yes")];
    app.student().post(&format!("/cases/{no}/complaint"), &complaint).await.is(303);
    let dossier = format!("/staff/cases/{no}");
    app.holder(Role::Supervisor).get(&dossier).await.is(200).says("压了两天");
    both.get(&dossier).await.is(200).hides("压了两天");
    both.get("/supervision?show=complaints").await.is(200).hides("压了两天");
    let answer = [("complaint_answer", "没有压。")];
    both.post(&path(&no, "complaint-answer"), &answer).await.is(409).says("没有待答复的办理问题");
    assert!(standing(&app, &no).complaint.is_some(), "it still waits for who stands above the office");
}

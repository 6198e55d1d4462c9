//! From a list to a remedy: the steps, who takes them, who hears of them, and who sees nothing.

use super::{Matter, about, assigned, brought, site};
use crate::dossier::tests::{done, standing};
use huiyin_domain::access::Role;
use huiyin_domain::case::Command;
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::testing::{Hand, TestApp};
use huiyin_people::identity::{PersonEntry, PersonKind, set_duties, upsert};

/// Gives somebody the account that their session speaks of.
fn engage(app: &TestApp, hand: &Hand<'_>) {
    let (id, name, duties) = (hand.id(), hand.visitor.name.clone(), hand.visitor.duties.clone());
    let now = app.now();
    let engaged = app.db.write_now(move |tx| {
        let (department, email, phone) = (String::new(), String::new(), String::new());
        let (number, kind) = (id.to_string(), PersonKind::Staff);
        let entry = PersonEntry { number, name, kind, department, email, phone };
        let (person, _) = upsert(tx, &id, &entry, now)?;
        Ok::<_, Error>(set_duties(tx, &person, &duties)?)
    });
    engaged.unwrap();
}

/// What somebody was told last about a case.
fn told_last(app: &TestApp, hand: &Hand<'_>, no: &CaseNo) -> String {
    let (key, no) = (app.keys.person_ref(&hand.id()), no.clone());
    let found = app.db.read_now(move |tx: &mut Tx| {
        let sql =
            "select words from messages where case_no = $1 and person_key = $2 order by at_ms desc, id desc";
        Ok::<_, Error>(tx.query_opt(sql, params![no, key])?.map(|row| row.text("words")).transpose()?)
    });
    found.unwrap().unwrap_or_default()
}

fn a_case(app: &TestApp) -> CaseNo {
    let no = brought(app, Matter::default());
    assigned(app, &no, "library");
    no
}

// 7.3
#[tokio::test]
async fn what_is_found_is_checked_put_right_and_closed_step_by_step_and_moves_the_case_not_at_all() {
    let app = site();
    let (clerk, officer) = (app.clerk(), app.officer("library"));
    for hand in [&clerk, &officer] {
        engage(&app, hand);
    }
    let no = a_case(&app);
    let before = standing(&app, &no);
    let office = format!("/staff/findings/{no}");
    let desk = format!("/desk/library/findings/{no}");
    officer.get(&desk).await.is(404);
    clerk.get(&format!("{office}?from=list:repeated")).await.is(200).says("交图书馆核实").says("要核实什么");
    let asked = |day| [("words", "是不是又没开门？"), ("due_on", day), ("from", "list:repeated")];
    let asking = format!("{office}/asking");
    clerk.post(&asking, &asked("2026-11-28")).await.is(422).says("请选工作日").says("是不是又没开门？");
    clerk.post(&asking, &asked("2026-11-24")).await.is(422).says("请选明天起的日子");
    clerk.post(&asking, &asked("2026-11-27")).await.is(303);
    clerk.post(&asking, &asked("2026-11-27")).await.is(409).says("已经有人办过");
    assert_eq!(told_last(&app, &officer, &no), format!("{no} 请核实，11 月 27 日（周五） 前回复"));

    officer.get(&office).await.is(303);
    let page = officer.get(&desk).await;
    page.is(200).says("清单：反复反映").says("是不是又没开门？").says("协调督办").hides("受理员");
    officer.get("/desk/library/findings").await.is(200).says("核实中").says(no.as_str());
    let answer = format!("{desk}/answer");
    officer.post(&answer, &[("words", "钥匙不在。")]).await.is(422).says("请选属实还是不属实");
    officer.post(&format!("{desk}/report"), &[("words", "改好了。")]).await.is(409);
    officer.post(&answer, &[("is_so", "yes"), ("words", "钥匙不在。")]).await.is(303);
    assert_eq!(told_last(&app, &clerk, &no), format!("{no} 图书馆已核实，请看结果"));

    clerk.get("/staff/findings").await.is(200).says("属实，待定整改").says(no.as_str());
    let order = |who| [("words", "每天七点前到岗。"), ("due_on", "2026-12-01"), ("responsible", who)];
    clerk.post(&format!("{office}/order"), &order("p-nobody")).await.is(422).says("已不在这个单位");
    clerk.post(&format!("{office}/order"), &order("p-officer-library")).await.is(303);
    assert_eq!(told_last(&app, &officer, &no), format!("{no} 请整改，12 月 1 日（周二） 前改好并报告"));
    officer.get(&desk).await.is(200).says("责任人 承办员").says("每天七点前到岗。");
    app.pass_hours(24 * 8);
    clerk.get("/staff/findings?show=ordered").await.is(200).says("过了日期");
    officer.post(&format!("{desk}/report"), &[("words", "配了备用钥匙。")]).await.is(303);
    clerk.get(&office).await.is(200).says("没改到位，再改").says("配了备用钥匙。");
    clerk.post(&format!("{office}/closing"), &[("words", "")]).await.is(422).says("请写结论");
    clerk.post(&format!("{office}/closing"), &[("words", "到现场看过，改好了。")]).await.is(303);
    clerk.get("/staff/findings?show=closed").await.is(200).says("已了结").says(no.as_str());
    officer.get(&desk).await.is(200).says("到现场看过，改好了。");
    assert_eq!(standing(&app, &no), before, "the case itself was not touched");
}

// 7.3, 2.4
#[tokio::test]
async fn what_is_found_is_the_business_of_the_unit_and_the_office_and_of_nobody_else() {
    let app = site();
    let no = a_case(&app);
    let path = format!("/staff/findings/{no}");
    let asked = [("words", "请核实。"), ("due_on", "2026-11-27")];
    app.officer("library").post(&format!("{path}/asking"), &asked).await.is(403);
    app.holder(Role::Supervisor).post(&format!("{path}/asking"), &asked).await.is(303);
    app.officer("logistics").get(&path).await.is(404);
    app.officer("logistics").get(&format!("/desk/logistics/findings/{no}")).await.is(404);
    app.officer("logistics").get("/desk/logistics/findings").await.is(200).says("没有要核实整改的件");
    let policy = app.policy_in_force().policy.clone();
    let in_charge = policy.leader_of(&"library".into()).unwrap().id.clone();
    app.leader(&in_charge).get(&path).await.is(200).says("核实中").hides("要求整改");
    let other = policy.leaders.iter().find(|post| post.id != in_charge && !post.head).unwrap();
    app.leader(&other.id).get(&path).await.is(404);
    app.leader(&other.id).get("/staff/findings?show=asked").await.is(200).hides(no.as_str());
    app.student().get(&path).await.is(403);
    // The case goes elsewhere: what was asked lies with the first unit no longer.
    let transfer = Command::Transfer {
        unit: "logistics".into(),
        assisting: vec![],
        forced: false,
        reason: "归后勤管。".into(),
    };
    done(&app, &app.clerk(), &no, transfer);
    app.officer("library").get(&format!("/desk/library/findings/{no}")).await.is(404);
    app.officer("library").get("/desk/library/findings").await.is(200).hides(no.as_str());
    about(&app, &no, "office");
    app.clerk().get("/staff/findings?show=asked").await.is(200).hides(no.as_str());
    app.holder(Role::Supervisor).get("/staff/findings?show=asked").await.is(200).says(no.as_str());
}

// 7.3
#[tokio::test]
async fn a_whole_list_goes_to_the_units_at_once_each_case_to_its_own_and_none_twice() {
    let app = site();
    let clerk = app.clerk();
    let (one, other, nobodys) =
        (a_case(&app), brought(&app, Matter::default()), brought(&app, Matter::default()));
    assigned(&app, &other, "logistics");
    app.pass_hours(24 * 40);
    crate::screening::screen(&app.app()).await.unwrap();
    let path = "/staff/lists/shelved/asking";
    let asked = [("words", "为什么还没有答复？"), ("due_on", "2027-01-08")];
    clerk.post(path, &[("words", ""), ("due_on", "2027-01-08")]).await.is(422).says("请写要单位核实什么");
    app.officer("library").post(path, &asked).await.is(403);
    for _ in 0..2 {
        clerk.post(path, &asked).await.is(303);
    }
    let page = clerk.get("/staff/findings?show=asked").await;
    page.is(200).says(one.as_str()).says(other.as_str()).hides(nobodys.as_str());
    app.officer("library").get("/desk/library/findings").await.says(one.as_str()).hides(other.as_str());
    clerk.get(&format!("/staff/findings/{nobodys}")).await.is(200).says("先转办，再交单位核实");
}

// 5.6, 7.3
#[tokio::test]
async fn what_was_written_about_a_case_goes_with_the_words_of_the_case() {
    let app = site();
    let no = a_case(&app);
    let asked = [("words", "反映人说钥匙丢了。"), ("due_on", "2026-11-27")];
    app.clerk().post(&format!("/staff/findings/{no}/asking"), &asked).await.is(303);
    let words = |app: &TestApp| {
        let sql = "select words from screening_steps";
        let row =
            app.db.read_now(move |tx: &mut Tx| Ok::<_, Error>(tx.query_one(sql, params![])?.text("words")?));
        row.unwrap()
    };
    crate::screening::screen(&app.app()).await.unwrap();
    assert_eq!(words(&app), "反映人说钥匙丢了。");
    let gone = no.clone();
    let marked = app.db.write_now(move |tx: &mut Tx| {
        Ok::<_, Error>(tx.execute("update cases set removed = 'words' where case_no = $1", params![gone])?)
    });
    marked.unwrap();
    crate::screening::screen(&app.app()).await.unwrap();
    assert_eq!(words(&app), "");
}

//! A proposal, those who are asked to co-sign it, and the word of the unit that leads the channel; over HTTP.

use super::standing;
use crate::cases::log::load;
use crate::cases::verify;
use huiyin_domain::case::{Case, Command};
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::testing::{Hand, TestApp};
use huiyin_people::identity::{self, PersonEntry, PersonKind};

fn app() -> TestApp {
    TestApp::new(crate::routes())
}

fn known<'a>(app: &'a TestApp, id: &str, name: &str, kind: PersonKind) -> Hand<'a> {
    let entry = PersonEntry {
        number: id.into(),
        name: name.into(),
        kind,
        department: String::new(),
        email: String::new(),
        phone: String::new(),
    };
    let (person, now) = (id.into(), app.now());
    let kept = app
        .db
        .write_now(move |tx| identity::upsert(tx, &person, &entry, now).map(|_| ()).map_err(Error::from));
    kept.unwrap();
    app.person(id, name, vec![])
}

fn case(app: &TestApp, no: &CaseNo) -> Case {
    let no = no.clone();
    app.db.read_now(move |tx| load(tx, &no)).unwrap().unwrap().case
}

/// How many messages of a kind somebody got.
fn told(app: &TestApp, hand: &Hand<'_>, kind: &'static str) -> i64 {
    let key = app.keys.person_ref(&hand.id());
    let count = app.db.read_now(move |tx| {
        let sql = "select count(*) as n from messages where person_key = $1 and kind = $2";
        tx.query_one(sql, params![&key, kind])?.int("n").map_err(Error::from)
    });
    count.unwrap()
}

/// A proposal of a member of staff, and its number.
async fn a_proposal(app: &TestApp, proposer: &Hand<'_>) -> CaseNo {
    let fields = [
        ("kind", "suggestion"),
        ("via", "congress"),
        ("title", "东校区班车增开一班"),
        ("body", "早上七点半的车坐不下。"),
        ("identity", "open"),
        ("publish", "no"),
        ("no_phone", "yes"),
    ];
    let sent = proposer.post("/cases", &fields).await;
    let no = sent.is(303).location().trim_start_matches("/cases/").trim_end_matches("/receipt").to_owned();
    assert_eq!(case(app, &CaseNo(no.clone())).channel.as_str(), "congress");
    CaseNo(no)
}

#[tokio::test]
async fn colleagues_are_asked_by_number_and_only_their_own_word_makes_them_co_signers() {
    let app = app();
    let proposer = known(&app, "t-1", "周老师", PersonKind::Staff);
    let (first, second) =
        (known(&app, "t-2", "李老师", PersonKind::Staff), known(&app, "t-3", "王老师", PersonKind::Staff));
    let stranger = known(&app, "t-4", "赵老师", PersonKind::Staff);
    let no = a_proposal(&app, &proposer).await;
    let (own, naming, page) =
        (format!("/cases/{no}"), format!("/cases/{no}/cosigners"), format!("/cosigning/{no}"));
    proposer.get(&own).await.is(200).says("附议 0 / 3").says("请人附议");
    first.get(&page).await.is(404);
    proposer.post(&naming, &[("numbers", "t-2、t-3 t-2")]).await.is(303);
    proposer.get(&naming).await.says("李老师（t-2）").says("王老师（t-3）").says("还没有附议");
    assert_eq!((case(&app, &no).cosigners.len(), case(&app, &no).cosigned()), (2, 0));
    assert_eq!(told(&app, &first, "cosign_asked"), 1);
    first
        .get(&page)
        .await
        .is(200)
        .says("东校区班车增开一班")
        .says("周老师")
        .says("附议 0 / 3")
        .hides("办理过程");
    first.post(&page, &[("answer", "consent")]).await.is(303);
    first
        .get(&page)
        .await
        .says("您已附议")
        .says("办理过程")
        .says("提案人提交了诉求")
        .hides("您提交")
        .hides("李老师（t-2）")
        .hides("王老师（t-3）");
    second.post(&page, &[]).await.is(422).says("请选附议或不附议");
    second.get("/cases").await.says("东校区班车增开一班").says("等您说附不附议");
    second.post(&page, &[("answer", "decline")]).await.is(303);
    second.get("/cases").await.hides("东校区班车");
    first.get("/cases").await.says("您已附议");
    let names = proposer.get(&naming).await;
    names.says("还没有附议").hides("没有附议）").hides("没有答复");
    proposer.get(&own).await.hides("没有附议");
    second.get(&page).await.is(200).says("您没有附议").hides("东校区班车");
    second.post(&page, &[("answer", "consent")]).await.is(303);
    stranger.get(&page).await.is(404);
    stranger.post(&page, &[("answer", "consent")]).await.is(404);
    proposer.get(&own).await.says("附议 1 / 3").says("一位教职工附议");
    assert_eq!(case(&app, &no).cosigned(), 1);
    assert_eq!(told(&app, &proposer, "cosign_answered"), 1, "nobody is told who said no");
    app.clerk().get("/triage").await.says("教代会提案").says("附议 1 / 3");
    proposer.get(&format!("{own}/receipt")).await.says("提案由工会牵头").says("一般 3 位");
}

#[tokio::test]
async fn nobody_is_asked_twice_and_only_colleagues_are() {
    let app = app();
    let proposer = known(&app, "t-1", "周老师", PersonKind::Staff);
    known(&app, "t-2", "李老师", PersonKind::Staff);
    known(&app, "s-1", "学生甲", PersonKind::Student);
    let no = a_proposal(&app, &proposer).await;
    let naming = format!("/cases/{no}/cosigners");
    for (numbers, says) in
        [("", "请填附议人的工号"), ("t-9", "没有工号是 t-9"), ("s-1", "没有工号是 s-1"), ("t-1", "您自己")]
    {
        proposer.post(&naming, &[("numbers", numbers)]).await.is(422).says(says);
    }
    proposer.post(&naming, &[("numbers", "t-2")]).await.is(303);
    proposer.post(&naming, &[("numbers", "t-2")]).await.is(422).says("已经请过");
    assert_eq!(case(&app, &no).cosigners.len(), 1);
}

#[tokio::test]
async fn the_form_sent_twice_asks_once() {
    let app = app();
    let proposer = known(&app, "t-1", "周老师", PersonKind::Staff);
    known(&app, "t-2", "李老师", PersonKind::Staff);
    let no = a_proposal(&app, &proposer).await;
    let token = proposer.token();
    let form = [("_token", token.as_str()), ("numbers", "t-2")];
    for _ in 0..2 {
        proposer.post_as_is(&format!("/cases/{no}/cosigners"), &form).await.is(303);
    }
    assert_eq!(case(&app, &no).cosigners.len(), 1);
}

#[tokio::test]
async fn who_co_signs_does_nothing_else_and_hears_of_the_answer() {
    let app = app();
    let proposer = known(&app, "t-1", "周老师", PersonKind::Staff);
    let first = known(&app, "t-2", "李老师", PersonKind::Staff);
    let no = a_proposal(&app, &proposer).await;
    proposer.post(&format!("/cases/{no}/cosigners"), &[("numbers", "t-2")]).await.is(303);
    first.post(&format!("/cosigning/{no}"), &[("answer", "consent")]).await.is(303);
    first.get(&format!("/cases/{no}")).await.is(404);
    let judged = [("solved", "yes"), ("satisfaction", "satisfied")];
    first.post(&format!("/cases/{no}/rating"), &judged).await.is(404);
    app.clerk().post(&format!("/staff/cases/{no}/assignment"), &[("unit", "logistics")]).await.is(303);
    let answer = [("words", "下月起加一班。"), ("outcome", "solved"), ("visibility", "private")];
    app.officer("logistics").post(&format!("/desk/logistics/cases/{no}/reply"), &answer).await.is(303);
    assert_eq!(told(&app, &first, "cosigned_news"), 1);
    first.get(&format!("/cosigning/{no}")).await.is(200).says("下月起加一班。").hides("不再附议");
}

#[tokio::test]
async fn the_leading_unit_or_the_office_says_what_becomes_of_it_and_names_only_who_said_yes() {
    let app = app();
    let proposer = known(&app, "t-1", "周老师", PersonKind::Staff);
    let first = known(&app, "t-2", "李老师", PersonKind::Staff);
    known(&app, "t-3", "王老师", PersonKind::Staff);
    let no = a_proposal(&app, &proposer).await;
    proposer.post(&format!("/cases/{no}/cosigners"), &[("numbers", "t-2 t-3")]).await.is(303);
    first.post(&format!("/cosigning/{no}"), &[("answer", "consent")]).await.is(303);
    let here = format!("/staff/cases/{no}/proposal");
    app.officer("logistics").get(&here).await.is(404);
    app.clerk().get(&format!("/staff/cases/{no}")).await.says("附议 1 / 3，看附议、定立案");
    app.clerk()
        .get(&here)
        .await
        .is(200)
        .says("李老师")
        .hides("王老师")
        .says("另有 1 位还没有答复")
        .says("定下来");
    app.clerk().post(&format!("/staff/cases/{no}/assignment"), &[("unit", "union")]).await.is(303);
    let union = app.officer("union");
    union.get(&format!("/desk/union/cases/{no}")).await.says("附议 1 / 3");
    union.post(&here, &[("settled", "suggestion")]).await.is(422).says("请写作为建议办理的理由");
    let said = [("settled", "suggestion"), ("reason", "附议不足，先按建议办。")];
    union.post(&here, &said).await.is(303);
    union.get(&here).await.says("作为建议办理").hides("定下来");
    union.post(&here, &[("settled", "filed")]).await.is(409).says("已经定过");
    proposer.get(&format!("/cases/{no}")).await.says("作为建议办理").says("附议不足，先按建议办。");
    let policy = app.policy_in_force();
    let words = standing(&policy.policy, &case(&app, &no));
    assert_eq!(words.as_deref(), Some("附议 1 / 3，作为建议办理"));
}

#[tokio::test]
async fn no_name_stands_in_the_record_and_the_chain_holds() {
    let app = app();
    let proposer = known(&app, "t-1", "周老师", PersonKind::Staff);
    let first = known(&app, "t-2", "李老师", PersonKind::Staff);
    let no = a_proposal(&app, &proposer).await;
    proposer.post(&format!("/cases/{no}/cosigners"), &[("numbers", "t-2")]).await.is(303);
    first.post(&format!("/cosigning/{no}"), &[("answer", "consent")]).await.is(303);
    let bodies = app.db.read_now(|tx| {
        tx.query_map("select body from case_events", &[], |row| row.text("body")).map_err(Error::from)
    });
    for body in bodies.unwrap() {
        assert!(!body.contains("李老师") && !body.contains("t-2"), "{body}");
    }
    let policy = app.policy_in_force().policy.clone();
    let checked = app.db.read_now(move |tx| verify::verify(tx, &policy, |_| {}));
    assert!(checked.unwrap().is_ok());
}

#[tokio::test]
async fn an_ordinary_suggestion_has_no_co_signers() {
    let app = app();
    let teacher = known(&app, "t-1", "周老师", PersonKind::Staff);
    let fields = [
        ("kind", "suggestion"),
        ("title", "东校区班车增开一班"),
        ("identity", "open"),
        ("publish", "no"),
        ("no_phone", "yes"),
    ];
    let sent = teacher.post("/cases", &fields).await;
    let no = sent.is(303).location().trim_start_matches("/cases/").trim_end_matches("/receipt").to_owned();
    teacher.get(&format!("/cases/{no}")).await.hides("请人附议");
    teacher.get(&format!("/cases/{no}/cosigners")).await.is(404);
    app.clerk().get(&format!("/staff/cases/{no}/proposal")).await.is(404);
}

#[tokio::test]
async fn whoever_names_too_many_at_once_is_told_so_before_anybody_is_looked_for() {
    let app = app();
    let proposer = known(&app, "t-1", "周老师", PersonKind::Staff);
    let no = a_proposal(&app, &proposer).await;
    let many: Vec<String> = (0..5_000).map(|n| format!("x{n}")).collect();
    let sent = proposer.post(&format!("/cases/{no}/cosigners"), &[("numbers", &many.join(" "))]).await;
    sent.is(422).says("一次最多请 30 人").hides("没有工号是");
}

#[tokio::test]
async fn an_officer_reads_who_co_signs_beside_the_side_bar_of_their_desk() {
    let app = app();
    let proposer = known(&app, "t-1", "周老师", PersonKind::Staff);
    let no = a_proposal(&app, &proposer).await;
    let assign = Command::Assign { unit: "logistics".into(), forced: false, reason: String::new() };
    crate::dossier::tests::done(&app, &app.clerk(), &no, assign);
    let page = app.officer("logistics").get(&format!("/staff/cases/{no}/proposal")).await;
    page.is(200).says("附议人数供参考").says("后勤管理处");
    assert!(page.html().contains("class=\"side\"") && page.html().contains("href=\"/desk/logistics\""));
}

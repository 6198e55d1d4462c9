//! A squad at work under its unit, over HTTP.

use crate::cases::log::{Bringer, Standing, carry_out, load, submit};
use huiyin_domain::access::{Duty, Role};
use huiyin_domain::case::{Actor, Case, Command, Event, Identity, Place, Stage, Submission};
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::error::Error;
use huiyin_foundation::testing::TestApp;
use huiyin_people::identity::{self, PersonEntry, PersonKind};

const SQUAD: &str = "emergency-repair";

fn app() -> TestApp {
    TestApp::new(crate::routes())
}

fn repair(app: &TestApp, identity: Identity) -> CaseNo {
    repair_that_says(app, identity, "昨晚开始漏水。")
}

fn repair_that_says(app: &TestApp, identity: Identity, body: &str) -> CaseNo {
    let submission = Submission {
        kind: "repair".into(),
        category: Some("repairs".into()),
        title: "图书馆三层水龙头漏水".into(),
        body: body.into(),
        place: Place { id: Some("library".into()), room: "三层东侧".into() },
        identity,
        channel: "online".into(),
        danger: false,
        may_publish: true,
        contact: "13800006021".into(),
        on_behalf_of: String::new(),
        outside_no: String::new(),
        files: vec![],
        unit: None,
        about: Vec::new(),
        split_from: None,
    };
    let (standing, school) = (Standing::of(app), app.app());
    let brought = app.db.write_now(move |tx| {
        let bench = standing.bench(&school.keys);
        submit(tx, &bench, &Actor::Requester, None, &Bringer::Account("p-student".into()), None, submission)
    });
    brought.unwrap()
}

fn case(app: &TestApp, no: &CaseNo) -> Case {
    let no = no.clone();
    app.db.read_now(move |tx| load(tx, &no)).unwrap().unwrap().case
}

fn hand_over(no: &CaseNo) -> (String, [(&'static str, &'static str); 2]) {
    (format!("/desk/logistics/field/{no}/squad"), [("squad", SQUAD), ("squad_words", "带一个阀芯。")])
}

#[tokio::test]
async fn a_squad_sees_where_and_what_and_neither_who_nor_how_to_reach_them() {
    let app = app();
    let no = repair(&app, Identity::Open);
    let volunteer = app.volunteer(SQUAD);
    volunteer.get("/squad").await.is(200).says("现在没有请服务队办的");
    volunteer.get(&format!("/squad/{no}")).await.is(404);
    let (way, form) = hand_over(&no);
    app.officer("logistics").post(&way, &form).await.is(303);
    volunteer.get("/squad").await.is(200).says("图书馆三层水龙头漏水").says("三层东侧");
    let order = volunteer.get(&format!("/squad/{no}")).await;
    order
        .is(200)
        .says("昨晚开始漏水。")
        .says("带一个阀芯。")
        .says("后勤管理处")
        .hides("13800006021")
        .hides("学生甲");
    for closed in [format!("/staff/cases/{no}"), "/register".into(), format!("/desk/logistics/cases/{no}")] {
        volunteer.get(&closed).await.is(403);
    }
    app.volunteer("another").get(&format!("/squad/{no}")).await.is(404);
    app.student().get(&format!("/squad/{no}")).await.is(403);
}

#[tokio::test]
async fn the_squad_comes_and_reports_and_the_unit_answers() {
    let app = app();
    let no = repair(&app, Identity::Open);
    let (way, form) = hand_over(&no);
    let (officer, volunteer) = (app.officer("logistics"), app.volunteer(SQUAD));
    officer.post(&way, &form).await.is(303);
    let before = case(&app, &no);
    let here = format!("/squad/{no}");
    volunteer.get("/squad").await.says("图书馆三层水龙头漏水").hides("等单位确认");
    volunteer.get(&here).await.hides("再次到场");
    for _ in 0..2 {
        volunteer.post(&format!("{here}/arrival"), &[]).await.is(303);
    }
    volunteer.get(&here).await.says("再次到场");
    volunteer.post(&format!("{here}/report"), &[("is_done", "yes")]).await.is(422).says("请写做了什么");
    let report = [("is_done", "yes"), ("words", "换了阀芯。")];
    let paper = ("files", "a.pdf", &b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"[..]);
    let refused = volunteer.post_files(&format!("{here}/report"), &report, &[paper]).await;
    refused.is(422).says("第 1 个是 PDF，这里只收照片").says("换了阀芯。");
    assert!(refused.html().contains("id=\"report-files-error\""), "at the field");
    assert_eq!(
        volunteer.post(&format!("{here}/report"), &report).await.is(303).location(),
        "/squad?done=report"
    );
    volunteer.get("/squad").await.says("已报修好").says("等单位确认").says("图书馆三层水龙头漏水");
    volunteer.post(&format!("{here}/report"), &report).await.is(409).says("等单位确认");
    let case_now = case(&app, &no);
    assert_eq!((case_now.stage, &case_now.unit), (Stage::Assigned, &Some("logistics".into())));
    assert_eq!(
        case_now.next_promise().map(|promise| promise.due),
        before.next_promise().map(|promise| promise.due)
    );
    officer
        .get(&format!("/desk/logistics/field/{no}"))
        .await
        .says("已报修好，请确认后答复")
        .says("换了阀芯。");
    app.clerk().get(&format!("/staff/cases/{no}")).await.says("应急维修服务队").says("服务队报已修好");
    let own = app.student().get(&format!("/cases/{no}")).await;
    own.says("请应急维修服务队到现场办理")
        .says("责任、期限和答复仍在承办单位")
        .hides("换了阀芯。")
        .hides("队员");
    let answer = [("words", "换了阀芯，我们看过了。"), ("outcome", "solved"), ("visibility", "private")];
    officer.post(&format!("/desk/logistics/cases/{no}/reply"), &answer).await.is(303);
    volunteer.get(&here).await.is(404);
    volunteer.get("/squad").await.hides("图书馆三层水龙头漏水");
}

#[tokio::test]
async fn the_unit_takes_the_work_back_and_the_squad_gives_back_what_it_cannot_do() {
    let app = app();
    let no = repair(&app, Identity::Open);
    let (way, form) = hand_over(&no);
    let (officer, volunteer) = (app.officer("logistics"), app.volunteer(SQUAD));
    officer.post(&way, &form).await.is(303);
    officer.post(&way, &form).await.is(409).says("已经交给服务队");
    officer.post(&format!("/desk/logistics/field/{no}/squad-release"), &[]).await.is(303);
    volunteer.get(&format!("/squad/{no}")).await.is(404);
    officer.post(&way, &[("squad", SQUAD), ("squad_words", "再看看。")]).await.is(303);
    let report = [("is_done", "no"), ("words", "要关总阀。")];
    volunteer.post(&format!("/squad/{no}/report"), &report).await.is(303);
    volunteer.get(&format!("/squad/{no}")).await.is(404);
    officer.get(&format!("/desk/logistics/field/{no}")).await.says("要关总阀。").says("交给服务队");
    let released = |event: &Event| matches!(event, Event::SquadReleased {});
    let no_of_case = no.clone();
    let record = app.db.read_now(move |tx| load(tx, &no_of_case)).unwrap().unwrap().record;
    assert_eq!(record.iter().filter(|line| released(&line.event)).count(), 1);
}

#[tokio::test]
async fn what_is_sealed_is_never_handed_on_and_what_becomes_protected_is_gone_at_once() {
    let app = app();
    let sealed = repair(&app, Identity::Sealed);
    let (way, form) = hand_over(&sealed);
    app.officer("logistics").get(&format!("/desk/logistics/field/{sealed}")).await.hides("交给服务队");
    app.officer("logistics").post(&way, &form).await.is(409).says("不交服务队");
    let no = repair(&app, Identity::Open);
    let (way, form) = hand_over(&no);
    app.officer("logistics").post(&way, &form).await.is(303);
    let (standing, school, number) = (Standing::of(&app), app.app(), no.clone());
    let words = app.policy_in_force().policy.safety.crisis_words[0].clone();
    let added = app.db.write_now(move |tx| {
        let bench = standing.bench(&school.keys);
        let command = Command::Supplement { words, files: vec![] };
        carry_out(tx, &bench, &Actor::Requester, None, &number, command).map(|_| ())
    });
    added.unwrap();
    app.volunteer(SQUAD).get(&format!("/squad/{no}")).await.is(404);
    app.volunteer(SQUAD).get("/squad").await.hides("图书馆三层水龙头漏水");
}

#[tokio::test]
async fn whoever_has_a_desk_too_sees_the_order_of_the_squad_as_a_volunteer_and_nothing_more() {
    let app = app();
    let no = repair(&app, Identity::Open);
    let (way, form) = hand_over(&no);
    app.officer("logistics").post(&way, &form).await.is(303);
    let both = app.person(
        "p-both",
        "两边都有的人",
        vec![
            Duty { role: Role::Officer, unit: Some("library".into()), post: None },
            Duty { role: Role::Volunteer, unit: None, post: Some(SQUAD.into()) },
        ],
    );
    both.get(&format!("/squad/{no}")).await.is(200).hides("13800006021");
    both.get(&format!("/staff/cases/{no}")).await.is(404);
}

#[tokio::test]
async fn what_a_requester_wrote_of_themselves_is_covered_on_the_order() {
    let app = app();
    let entry = PersonEntry {
        number: "s-1".into(),
        name: "孙国平".into(),
        kind: PersonKind::Student,
        department: String::new(),
        email: String::new(),
        phone: String::new(),
    };
    let now = app.now();
    let kept = app.db.write_now(move |tx| {
        identity::upsert(tx, &"p-student".into(), &entry, now).map(|_| ()).map_err(Error::from)
    });
    kept.unwrap();
    let no = repair_that_says(&app, Identity::Open, "我是孙国平，电话 13912345678，漏水。");
    let (way, form) = hand_over(&no);
    app.officer("logistics").post(&way, &form).await.is(303);
    let order = app.volunteer(SQUAD).get(&format!("/squad/{no}")).await;
    order.is(200).says("我是×××，电话 ×××，漏水。").hides("孙国平").hides("13912345678");
}

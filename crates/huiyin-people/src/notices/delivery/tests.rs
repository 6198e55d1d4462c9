//! Letters leave by a real mail server, as each person wishes, and say nothing of the matter.

use super::*;
use crate::identity::{PersonEntry, PersonKind, upsert};
use crate::notices::{InPlace, Notice, Recipient, Teller, announce, routes, tell};
use huiyin_domain::ids::{PersonId, UnitId};
use huiyin_foundation::db::Tx;
use huiyin_foundation::outbox::{Standing, standings};
use huiyin_foundation::testing::{MailServer, Receiver, Reply, TEST_MORNING, TestApp, TestSchool};

const NO: &str = "HY-20261124-0042";

async fn school(server: &MailServer) -> TestApp {
    let app = TestApp::over(TestSchool::new().with_post(&server.post()), routes());
    for (id, email) in
        [("p-student", "stu@example.edu.cn"), ("p-other", "busy@example.edu.cn"), ("p-none", "")]
    {
        let entry = PersonEntry {
            number: id.to_owned(),
            name: id.to_owned(),
            kind: PersonKind::Student,
            department: String::new(),
            email: email.to_owned(),
            phone: String::new(),
        };
        let id = PersonId::from(id);
        app.db.write(move |tx| upsert(tx, &id, &entry, TEST_MORNING)).await.unwrap();
    }
    app
}

async fn told(app: &TestApp, recipient: Recipient, notice: Notice) {
    told_of(app, NO.into(), recipient, notice).await;
}

async fn told_of(app: &TestApp, no: CaseNo, recipient: Recipient, notice: Notice) {
    let (keys, outlets, at) = (app.keys.clone(), app.config.outlets.clone(), app.now());
    let work = move |tx: &mut Tx| {
        let coordinator = UnitId::from("office");
        let teller = Teller {
            keys: &keys,
            outlets: &outlets,
            coordinator: &coordinator,
            in_place: InPlace::Clerks,
            at,
            not_before: at,
        };
        tell(tx, &teller, &recipient, &no, &notice)
    };
    app.db.write(work).await.unwrap();
}

fn answered() -> Notice {
    Notice::Answered { title: "宿舍水房的灯坏了".into(), unit: "后勤处".into() }
}

fn me() -> Recipient {
    Recipient::Person(PersonId::from("p-student"))
}

async fn mail_stands(app: &TestApp) -> Standing {
    app.db.read(|tx| standings(tx, TEST_MORNING.day())).await.unwrap().remove(0)
}

#[tokio::test]
async fn a_letter_says_number_and_way_and_nothing_of_what_was_written() {
    let server = MailServer::new();
    let app = school(&server).await;
    told(&app, me(), answered()).await;
    assert_eq!(deliver(&app.app()).await.unwrap(), 1);
    let taken = server.taken();
    assert_eq!(taken[0].to, ["stu@example.edu.cn"]);
    assert_eq!(taken[0].subject, format!("【回音】{NO} 后勤处已答复，请看结果并评价"));
    assert!(taken[0].body.contains(&format!("http://127.0.0.1:8080/cases/{NO}")), "{}", taken[0].body);
    assert!(!taken[0].body.contains("水房") && !taken[0].subject.contains("水房"));
    assert_eq!(deliver(&app.app()).await.unwrap(), 0, "sent once");
    assert_eq!(mail_stands(&app).await.sent, 1);
}

#[tokio::test]
async fn a_letter_about_a_sealed_case_does_not_lead_its_carrier_to_the_case() {
    let server = MailServer::new();
    let app = school(&server).await;
    let sealed = app.keys.sealed_ref(&PersonId::from("p-student"));
    told(&app, Recipient::PersonKey(sealed), answered()).await;
    deliver(&app.app()).await.unwrap();
    let taken = &server.taken()[0];
    assert!(!taken.body.contains(NO) && !taken.subject.contains(NO), "{}", taken.body);
    assert!(taken.body.contains("/messages"));
}

#[tokio::test]
async fn what_is_only_to_be_known_comes_together_in_the_morning_in_one_letter() {
    let server = MailServer::new();
    let app = school(&server).await;
    for no in 0..40 {
        told_of(
            &app,
            format!("HY-20261123-{no:04}").as_str().into(),
            me(),
            Notice::Missed { of: "反馈结果" },
        )
        .await;
    }
    assert_eq!(deliver(&app.app()).await.unwrap(), 0, "not before the morning");
    app.pass_hours(22);
    assert_eq!(deliver(&app.app()).await.unwrap(), 40);
    let taken = server.taken();
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].subject, "【回音】40 条新消息");
    assert!(taken[0].body.contains("HY-20261123-0029") && taken[0].body.contains("另有 10 条"));
}

#[tokio::test]
async fn at_night_nothing_comes_but_danger() {
    let server = MailServer::new();
    let app = school(&server).await;
    app.pass_hours(13);
    told(&app, me(), answered()).await;
    told(&app, me(), Notice::Danger).await;
    deliver(&app.app()).await.unwrap();
    assert_eq!(server.taken().len(), 1);
    assert!(server.taken()[0].subject.contains("紧急"));
    app.pass_hours(8);
    deliver(&app.app()).await.unwrap();
    assert_eq!(server.taken().len(), 2);
}

#[tokio::test]
async fn what_somebody_does_not_want_stays_and_who_has_no_address_is_not_written_to() {
    let server = MailServer::new();
    let app = school(&server).await;
    let student = app.student();
    student.get("/settings/notices").await.is(200).says("邮件").says("stu@example.edu.cn").hides("要办的");
    let chosen = [("mail-own_asks", "off"), ("mail-own_news", "nonsense"), ("quiet_from", "23:30")];
    student.post("/settings/notices", &chosen).await.is(303);
    student.get("/settings/notices?saved=yes").await.says("已保存");
    told(&app, me(), answered()).await;
    told(&app, Recipient::Person(PersonId::from("p-none")), answered()).await;
    told(&app, Recipient::Person(PersonId::from("p-gone")), answered()).await;
    assert_eq!(deliver(&app.app()).await.unwrap(), 0);
    assert!(server.taken().is_empty());
    assert_eq!(mail_stands(&app).await.waiting, 0);
}

#[tokio::test]
async fn one_address_that_is_busy_or_a_server_that_is_gone_holds_up_nobody_and_is_seen() {
    let server = MailServer::new();
    let app = school(&server).await;
    told(&app, Recipient::Person(PersonId::from("p-other")), answered()).await;
    told(&app, me(), answered()).await;
    assert_eq!(deliver(&app.app()).await.unwrap(), 1);
    let standing = mail_stands(&app).await;
    assert_eq!((standing.sent, standing.waiting, standing.failing), (1, 1, 1));
    assert!(standing.last_reason.contains("451"));
    drop(server);
    // The case is told of all the same.
    told(&app, me(), answered()).await;
    app.student().get("/messages").await.says("后勤处已答复");
    assert_eq!(deliver(&app.app()).await.unwrap(), 0);
    assert!(mail_stands(&app).await.last_reason.contains("拒绝连接"));
}

#[tokio::test]
async fn a_school_without_doors_to_the_outside_puts_down_no_letter() {
    let app = TestApp::new(routes());
    told(&app, Recipient::Person(app.student().id()), answered()).await;
    let letters =
        app.db.read(|tx| tx.query_one("select count(*) as letters from outbox", &[])?.get::<i64>("letters"));
    assert_eq!(letters.await.unwrap(), 0);
    app.student().get("/settings/notices").await.says("学校还没有接通");
}

#[tokio::test]
async fn a_receiver_that_asks_to_be_left_alone_hears_nothing_until_then_and_everything_afterwards() {
    for (asks, minutes) in
        [(Reply::AsksToWait(429, "7200"), 120), (Reply::AsksToWait(503, "Tue, 24 Nov 2026 02:40:00 GMT"), 40)]
    {
        let receiver = Receiver::new(&[asks, Reply::Says(204, "")]).await;
        let post = format!(
            "[[webhooks]]\nname = \"ops\"\nurl = \"{}/hear\"\nsecret = \"{HOOK_SECRET}\"\n",
            receiver.url
        );
        let app = TestApp::over(TestSchool::new().with_post(&post), routes());
        announced(&app, 3).await;
        assert_eq!(deliver(&app.app()).await.unwrap(), 0);
        assert_eq!(receiver.heard().len(), 1, "the others were not tried");
        // What comes meanwhile does not knock either, and no try is counted.
        app.clock.advance_ms((minutes - 1) * 60_000);
        announced(&app, 1).await;
        assert_eq!(deliver(&app.app()).await.unwrap(), 0);
        assert_eq!(receiver.heard().len(), 1);
        let standing = mail_stands(&app).await;
        assert!(standing.last_reason.contains("对方请稍后再送"), "{standing:?}");
        app.clock.advance_ms(2 * 60_000);
        assert_eq!(deliver(&app.app()).await.unwrap(), 4);
    }
}

const HOOK_SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// So many events for the webhooks.
async fn announced(app: &TestApp, count: usize) {
    let (keys, outlets, at) = (app.keys.clone(), app.config.outlets.clone(), app.now());
    let work = move |tx: &mut Tx| {
        let coordinator = UnitId::from("office");
        let teller = Teller {
            keys: &keys,
            outlets: &outlets,
            coordinator: &coordinator,
            in_place: InPlace::Clerks,
            at,
            not_before: at,
        };
        let told = BTreeMap::from([("missed", Topic::Due)]);
        (0..count).try_for_each(|_| announce(tx, &teller, &NO.into(), &told))
    };
    app.db.write(work).await.unwrap();
}

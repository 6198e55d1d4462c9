//! Messages reach whom they concern, say nothing of the matter, and are read by their owner only.

use super::*;
use crate::identity::{PersonEntry, PersonKind, set_duties, upsert};
use huiyin_domain::access::Duty;
use huiyin_foundation::testing::{Hand, TEST_MORNING, TestApp};

const NO: &str = "HY-20261124-0042";

async fn told(app: &TestApp, recipient: Recipient, notice: Notice) -> usize {
    let keys = app.keys.clone();
    let (outlets, coordinator) = (app.config.outlets.clone(), UnitId::from("office"));
    let work = move |tx: &mut Tx| {
        let (at, not_before) = (TEST_MORNING, TEST_MORNING);
        let teller = Teller {
            keys: &keys,
            outlets: &outlets,
            coordinator: &coordinator,
            in_place: InPlace::Clerks,
            at,
            not_before,
        };
        tell(tx, &teller, &recipient, &NO.into(), &notice)
    };
    app.db.write(work).await.unwrap()
}

fn to_dispatch() -> Notice {
    Notice::ToDispatch
}

async fn read_so_far(hand: &Hand<'_>, app: &TestApp) -> u32 {
    let (keys, person) = (app.keys.clone(), hand.id());
    app.db.read(move |tx| unread(tx, &keys, &person)).await.unwrap()
}

async fn appoint(app: &TestApp, id: &str, role: Role, unit: &str) {
    let entry = PersonEntry {
        number: id.to_owned(),
        name: id.to_owned(),
        kind: PersonKind::Staff,
        department: String::new(),
        email: String::new(),
        phone: String::new(),
    };
    let (id, duty) = (PersonId::from(id), Duty { role, unit: Some(unit.into()), post: None });
    let work = move |tx: &mut Tx| {
        upsert(tx, &id, &entry, TEST_MORNING)?;
        set_duties(tx, &id, &[duty])
    };
    app.db.write(work).await.unwrap();
}

#[tokio::test]
async fn the_requester_reads_what_is_new_and_then_has_seen_it() {
    let app = TestApp::new(routes());
    let student = app.student();
    student.get("/messages").await.is(200).says("还没有消息");
    let answered = Notice::Answered { title: "水房的灯坏了三天".into(), unit: "后勤处".into() };
    let key = app.keys.person_ref(&student.id());
    assert_eq!(told(&app, Recipient::PersonKey(key), answered).await, 1);

    let page = student.get("/messages").await;
    page.is(200).says("1 条没看").says("后勤处已答复").says("今天 10:00");
    let href = page.html().split("href=\"/messages/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    app.other_student().get(&format!("/messages/{href}")).await.is(404);
    assert_eq!(read_so_far(&student, &app).await, 1);
    let opened = student.get(&format!("/messages/{href}")).await;
    assert_eq!(opened.is(303).location(), "/cases/HY-20261124-0042");
    assert_eq!(read_so_far(&student, &app).await, 0);
    student.get("/messages").await.says("都看过了");
}

#[tokio::test]
async fn one_click_says_that_everything_was_seen_but_only_from_our_own_page() {
    let app = TestApp::new(routes());
    let student = app.student();
    for _ in 0..3 {
        told(&app, Recipient::Person(student.id()), to_dispatch()).await;
    }
    student.post_as_is("/messages/read", &[("_token", "made.up.token")]).await.is(303);
    assert_eq!(read_so_far(&student, &app).await, 3);
    student.post("/messages/read", &[]).await.is(303);
    assert_eq!(read_so_far(&student, &app).await, 0);
}

#[tokio::test]
async fn a_unit_is_its_officers_and_head_each_told_once() {
    let app = TestApp::new(routes());
    appoint(&app, "o1", Role::Officer, "logistics").await;
    appoint(&app, "o2", Role::Officer, "logistics").await;
    appoint(&app, "h1", Role::UnitHead, "logistics").await;
    appoint(&app, "o3", Role::Officer, "library").await;
    appoint(&app, "c1", Role::Clerk, "office").await;
    assert_eq!(told(&app, Recipient::Unit("logistics".into()), to_dispatch()).await, 3);
    assert_eq!(told(&app, Recipient::UnitHead("logistics".into()), to_dispatch()).await, 1);
    assert_eq!(told(&app, Recipient::UnitHead("library".into()), to_dispatch()).await, 1);
    assert_eq!(told(&app, Recipient::Clerks, to_dispatch()).await, 1);
    assert_eq!(told(&app, Recipient::Leader("nobody".into()), to_dispatch()).await, 0);
}

#[tokio::test]
async fn every_kind_of_message_leads_every_role_to_a_page_that_is_theirs() {
    let app = TestApp::new(routes());
    let leads_to = async |hand: Hand<'_>, notice: &Notice| {
        told(&app, Recipient::Person(hand.id()), notice.clone()).await;
        let page = hand.get("/messages").await.html();
        let id = page.split("href=\"/messages/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let way = hand.get(&format!("/messages/{id}")).await.location().to_owned();
        let (keys, person) = (app.keys.clone(), hand.id());
        app.db
            .write(move |tx| {
                tx.execute("delete from messages where $1 <> ''", params![keys.person_ref(&person)])
            })
            .await
            .unwrap();
        way
    };
    let (until, unit, title) = (|| "今天 18:00".to_owned(), || "后勤处".to_owned(), || "灯坏了".to_owned());
    let for_staff = [
        Notice::NewForUnit { until: until() },
        Notice::ToAssist { until: until(), unit: unit(), by_whistle: false },
        Notice::ToAssist { until: until(), unit: unit(), by_whistle: true },
        Notice::Supplemented,
        Notice::Urged,
        Notice::Judged,
        Notice::Reopened { by: None, until: until() },
        Notice::Reopened { by: Some("协调部门".into()), until: until() },
        Notice::DueSoon { of: "首次回应", until: until() },
        Notice::Missed { of: "反馈结果" },
        Notice::Supervised,
        Notice::Reminded { by: "校领导或纪检".into() },
        Notice::SentBack { unit: unit() },
        Notice::ToDispatch,
        Notice::Danger,
        Notice::ToInstruct,
        Notice::Withdrawn,
        Notice::ExtensionAsked { unit: unit() },
        Notice::NobodyThere { unit: unit(), until: until() },
        Notice::StrikeOffAsked { unit: unit() },
        Notice::ExtensionDecided,
        Notice::ToApprove,
        Notice::ReplyReturned,
        Notice::HandlingComplained,
        Notice::ReviewMissed,
        Notice::PartDue,
        Notice::ComplaintMissed,
    ];
    for notice in &for_staff {
        let hands = [
            app.officer("logistics"),
            app.clerk(),
            app.leader("vice-logistics"),
            app.holder(Role::Supervisor),
        ];
        for hand in hands {
            assert_eq!(leads_to(hand, notice).await, format!("/staff/cases/{NO}"), "{notice:?}");
        }
    }
    let for_requesters = [
        Notice::HandedOn { title: title(), unit: unit(), until: until() },
        Notice::Progress { title: title(), unit: unit() },
        Notice::Answered { title: title(), unit: unit() },
        Notice::Declined { title: title() },
        Notice::Escalated { title: title() },
        Notice::Asked { title: title(), unit: unit() },
        Notice::Extended { title: title(), until: until() },
        Notice::EffectAsked { title: title() },
        Notice::KeptAway { title: title() },
        Notice::HandledTogether { title: title() },
        Notice::OthersJoined { title: title() },
        Notice::ByItselfAgain { title: title(), until: until() },
        Notice::SplitInTwo { title: title() },
        Notice::ToBeRemoved { count: 2, from: until() },
        Notice::RemovalCalledOff { count: 2 },
        Notice::PartAwaited { title: title(), until: until() },
        Notice::ComplaintAnswered { title: title() },
        Notice::RatingTaken { title: title() },
        Notice::RecusalLifted { title: title() },
    ];
    for notice in &for_requesters {
        // Staff bring in matters of their own too.
        for hand in [app.student(), app.clerk()] {
            assert_eq!(leads_to(hand, notice).await, format!("/cases/{NO}"), "{notice:?}");
        }
    }
    let public = leads_to(app.student(), &Notice::EchoAnswered).await;
    assert_eq!(public, format!("/public/{NO}"));
}

#[tokio::test]
async fn a_unit_in_which_nobody_works_yet_is_heard_of_by_the_clerks() {
    let app = TestApp::new(routes());
    appoint(&app, "c1", Role::Clerk, "office").await;
    assert_eq!(told(&app, Recipient::Unit("logistics".into()), to_dispatch()).await, 1);
    assert_eq!(told(&app, Recipient::UnitHead("logistics".into()), to_dispatch()).await, 1);
}

#[tokio::test]
async fn long_lists_are_turned_page_by_page_and_odd_pages_do_no_harm() {
    let app = TestApp::new(routes());
    let student = app.student();
    for _ in 0..31 {
        told(&app, Recipient::Person(student.id()), to_dispatch()).await;
    }
    student.get("/messages").await.says("更早的").says("第 1 / 2 页");
    let second = student.get("/messages?page=2").await;
    assert_eq!(second.says("更近的").html().matches("message-new").count(), 1);
    for odd in ["0", "-1", "99", "x", "99999999999999999999"] {
        student.get(&format!("/messages?page={odd}")).await.is(200);
    }
    app.anyone().get("/messages").await.is(303);
}

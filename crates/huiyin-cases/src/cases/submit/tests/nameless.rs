//! The road without a name, and asking with the code.

use super::*;
use huiyin_domain::access::{Duty, Role};
use huiyin_foundation::db::DbError;
use huiyin_foundation::testing::TestSchool;
use huiyin_people::identity::{self, PersonEntry, PersonKind};

fn code(answer: &Answer) -> String {
    let html = answer.html();
    let (_, after) = html.split_once("id=\"code\">").expect("the receipt shows the code");
    after.split('<').next().unwrap().to_owned()
}

#[tokio::test]
async fn the_receipt_code_is_shown_once_and_opens_the_case() {
    let app = site();
    let receipt = app.anyone().post("/nameless/cases", &NAMELESS_LAMP).await;
    receipt.is(200).says("已收到，马上有人管").says("它只在这里显示一次");
    let no = number(&receipt);
    assert_eq!(no.len(), "HY-".len() + 8);
    assert_eq!(code(&receipt).len(), 24 + 5);
    assert!(receipt.headers.get("set-cookie").is_none());
    assert_eq!(written(&app, &no).await.title(), LAMP[0].1);
    app.pass_hours(1);
    let found = app.anyone().post("/receipt", &[("code", &code(&receipt).to_lowercase())]).await;
    found.is(200).says(&no);
}

#[tokio::test]
async fn the_same_form_sent_again_shows_the_same_code() {
    let app = site();
    let anyone = app.anyone();
    let token = anyone.token();
    let fields = but(&NAMELESS_LAMP, &[("_token", &token)]);
    let first = anyone.post_as_is("/nameless/cases", &fields).await;
    let second = anyone.post_as_is("/nameless/cases", &fields).await;
    assert_eq!((number(&first), code(&first)), (number(&second), code(&second)));
    assert_eq!(cases(&app).await, 1);
}

#[tokio::test]
async fn a_receipt_loaded_again_days_later_is_still_the_same_case() {
    let app = site();
    let anyone = app.anyone();
    let token = anyone.token();
    let fields = but(&NAMELESS_LAMP, &[("_token", &token)]);
    let first = anyone.post_as_is("/nameless/cases", &fields).await;
    app.pass_hours(72);
    let again = anyone.post_as_is("/nameless/cases", &fields).await;
    again.is(200);
    assert_eq!((number(&first), code(&first)), (number(&again), code(&again)));
    assert_eq!(cases(&app).await, 1);
}

#[tokio::test]
async fn somebody_signed_in_leaves_no_trace_on_the_road_without_a_name() {
    let app = site();
    let student = app.student();
    let fields = but(&NAMELESS_LAMP, &[("go", "3")]);
    let check = student.post("/say/repair", &fields).await;
    check.is(200).says("匿名提交前，请知道").hides("学生甲（").hides("13853112233");
    let html = check.html();
    assert!(html.contains("action=\"/nameless/cases\""));
    // The form of the check page carries the token of that road, the rest of the page the visitor's own.
    let (_, form) = html.split_once("action=\"/nameless/cases\"").unwrap();
    let token = value(form, "_token").to_owned();
    let sent = student.post_as_is("/nameless/cases", &but(&NAMELESS_LAMP, &[("_token", &token)])).await;
    sent.is(200).says("收好这个查询码").hides("学生甲");
    let dump = app.db.read(|tx| {
        let mut rows = Vec::new();
        for table in [
            "select * from cases",
            "select * from case_events",
            "select * from case_texts",
            "select * from case_forms",
            "select * from messages",
        ] {
            rows.extend(tx.query(table, &[])?);
        }
        Ok::<_, DbError>(format!("{rows:?}"))
    });
    let dump = dump.await.unwrap();
    assert!(!dump.contains("p-student"));
    for reference in app.keys.letter_refs(&"p-student".into()) {
        assert!(!dump.contains(&reference));
    }
    assert!(!dump.contains("session-of"));
    // Nor the nonce, from which the code could be made again.
    assert!(!dump.contains(token.split('.').next().unwrap()));
    // The record knows the hour, not the minute.
    let at = app.db.read(|tx| tx.query_one("select at_ms from case_events", &[])?.int("at_ms"));
    assert_eq!(at.await.unwrap() % 3_600_000, 0);
}

#[tokio::test]
async fn a_name_or_number_that_came_along_is_not_kept() {
    let app = site();
    let fields = but(&NAMELESS_LAMP, &[("phone", "13853112233")]);
    app.anyone().post("/nameless/cases", &fields).await.is(200);
    let kinds = app
        .db
        .read(|tx| tx.query_map("select kind from case_texts order by kind", &[], |row| row.text("kind")));
    assert_eq!(kinds.await.unwrap(), ["body", "room", "title"]);
}

#[tokio::test]
async fn only_a_case_without_a_name_goes_this_way() {
    let app = site();
    let page = app.student().post("/nameless/cases", &NAMED_LAMP).await;
    page.is(422).says("实名和保密要先登录");
    assert_eq!(cases(&app).await, 0);
}

#[tokio::test]
async fn a_stale_form_of_this_road_comes_back_too() {
    let app = site();
    let token = app.anyone().token();
    app.pass_hours(13);
    let page = app.anyone().post_as_is("/nameless/cases", &but(&NAMELESS_LAMP, &[("_token", &token)])).await;
    page.is(422).says("内容都在，请再点一次提交").says(LAMP[1].1);
    assert_eq!(cases(&app).await, 0);
}

#[tokio::test]
async fn every_wrong_code_gets_the_same_answer() {
    let app = site();
    let receipt = app.anyone().post("/nameless/cases", &NAMELESS_LAMP).await;
    let right = code(&receipt);
    let first = if right.starts_with('0') { "1" } else { "0" };
    let mistyped = format!("{first}{}", &right[1..]);
    let unknown = app.keys.receipt_code_from(b"another form").grouped();
    for wrong in [mistyped.as_str(), unknown.as_str(), "7K3M", "完全不对"] {
        let page = app.anyone().post("/receipt", &[("code", wrong)]).await;
        page.is(422).says("查询码不对，请核对后再试");
        assert_eq!(value(&page.html(), "code"), wrong);
    }
    app.anyone().post("/receipt", &[("code", " ")]).await.is(422).says("请填写查询码");
    app.anyone().get("/receipt").await.is(200).says("凭码查询");
}

#[tokio::test]
async fn asking_too_often_is_slowed_down_for_everybody_at_that_address() {
    let app = TestApp::over(TestSchool::limited(), submit::routes());
    let mut statuses = Vec::new();
    for _ in 0..30 {
        statuses.push(app.anyone().post("/receipt", &[("code", "7K3M")]).await.status.as_u16());
    }
    assert_eq!(statuses.iter().filter(|status| **status == 422).count(), 20);
    let slowed = app.anyone().post("/receipt", &[("code", "7K3M")]).await;
    slowed.is(429).says("查询的次数有点多");
    assert!(slowed.headers.contains_key("retry-after"));
}

#[tokio::test]
async fn a_flood_of_anonymous_cases_is_slowed_down_and_loses_no_words() {
    let app = TestApp::over(TestSchool::limited(), submit::routes());
    for _ in 0..20 {
        app.anyone().post("/nameless/cases", &NAMELESS_LAMP).await.is(200);
    }
    let slowed = app.anyone().post("/nameless/cases", &NAMELESS_LAMP).await;
    slowed.is(429).says("匿名提交的有点多").says(LAMP[1].1);
    assert_eq!(cases(&app).await, 20);
}

#[tokio::test]
async fn the_message_to_the_clerks_does_not_tell_the_minute() {
    let app = site();
    let now = app.now();
    let entry = PersonEntry {
        number: "90001".into(),
        name: "受理员".into(),
        kind: PersonKind::Staff,
        department: String::new(),
        email: String::new(),
        phone: String::new(),
    };
    let hired = app.db.write(move |tx| {
        let (clerk, _) = identity::upsert(tx, &"p-clerk".into(), &entry, now)?;
        let duty = Duty { role: Role::Clerk, unit: None, post: None };
        identity::set_duties(tx, &clerk, &[duty])
    });
    hired.await.unwrap();
    app.app().clock.advance_ms(17 * 60_000 + 123);
    let fields = but(&NAMELESS_LAMP, &[("kind", "inquiry"), ("title", "有件事想问问")]);
    app.anyone().post("/nameless/cases", &fields).await.is(200);
    let messages = app.db.read(|tx| tx.query_map("select at_ms from messages", &[], |row| row.int("at_ms")));
    assert_eq!(messages.await.unwrap(), [now.0]);
}

//! What is over is listed, looked at by two, announced, taken away, and missed by nobody who checks.

use super::{carry_out_lists, due};
use crate::cases::log::{Bringer, Standing, submit};
use crate::cases::removal;
use crate::cases::tests::{act, found_by_verify, leaking_tap, officer_of, rate, reply, unit_of};
use crate::dossier::tests::{brought, brought_as, standing};
use axum::body::Bytes;
use huiyin_domain::access::{Duty, Role};
use huiyin_domain::case::{Actor, Command, Identity, Removal, Solved};
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;
use huiyin_foundation::files::{self, FileLimits};
use huiyin_foundation::params;
use huiyin_foundation::testing::{Answer, MailServer, TestApp, TestSchool};

mod keepers;
mod older;

const YEAR_HOURS: u32 = 365 * 24;

fn site() -> TestApp {
    TestApp::new(crate::routes())
}

fn picture_bytes() -> Bytes {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(4, 4, image::Rgb([200, 90, 40]))
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner().into()
}

/// A case that its requester took back at once.
fn over(app: &TestApp, identity: Identity) -> CaseNo {
    let no = brought_as(app, "suggestion", "希望图书馆早点开门", "请联系 13800000000。", identity);
    act(app, Actor::Requester, &no, Command::Withdraw { reason: "不用了".into() }).unwrap();
    no
}

fn texts_of(app: &TestApp, no: &CaseNo) -> Vec<String> {
    let no = no.clone();
    let sql = "select kind from case_texts where case_no = $1 order by seq, kind";
    let found = app.db.read_now(move |tx| Ok::<_, Error>(tx.query_map(sql, params![no], |row| row.text(0))?));
    found.unwrap()
}

fn column(app: &TestApp, no: &CaseNo, sql: &'static str) -> Option<String> {
    let no = no.clone();
    app.db.read_now(move |tx| Ok::<_, Error>(tx.query_one(sql, params![no])?.opt_text(0)?)).unwrap()
}

async fn listed(app: &TestApp) -> String {
    let made = app.holder(Role::Admin).post("/retention", &[]).await;
    made.is(303).location().to_owned()
}

async fn pressed(app: &TestApp, role: Role, list: &str, button: &str) -> Answer {
    app.holder(role).post(&format!("{list}/{button}"), &[]).await
}

#[tokio::test]
async fn what_is_over_is_listed_confirmed_by_another_announced_and_taken_away() {
    let app = site();
    let (no, young) = (over(&app, Identity::Open), brought(&app, "suggestion", "还在办的一件", "。"));
    app.pass_hours(3 * YEAR_HOURS);
    let list = listed(&app).await;
    let page = app.holder(Role::Admin).get(&list).await;
    page.is(200).says(no.as_str()).says("与本人的关联").says("1 件").hides(young.as_str());
    page.says("请另一位管理员或审计员").hides("图书馆").hides("确认，");
    pressed(&app, Role::Admin, &list, "confirm").await.is(409).says("清单是您列的");
    assert_eq!(carry_out_lists(&app.app()).await.unwrap(), 0, "nobody has confirmed");
    pressed(&app, Role::Auditor, &list, "confirm").await.is(303);
    assert_eq!(carry_out_lists(&app.app()).await.unwrap(), 0, "the day has not come");
    let told = "select words from messages where case_no = $1 and kind = 'to_be_removed'";
    assert!(column(&app, &no, told).unwrap().contains("您有 1 件诉求"));
    app.holder(Role::Admin).get(&list).await.says("确认，已告知本人，");
    app.student().get(&format!("/cases/{no}")).await.is(200);
    app.pass_hours(14 * 24);
    assert_eq!(carry_out_lists(&app.app()).await.unwrap(), 1);
    assert_eq!(carry_out_lists(&app.app()).await.unwrap(), 0, "once");
    app.student().get(&format!("/cases/{no}")).await.is(404);
    assert_eq!(standing(&app, &no).removed, Some(Removal::Requester));
    assert_eq!(texts_of(&app, &no), ["body", "title", "reason"], "the contact is gone, the words stay");
    for sql in [
        "select requester_id from cases where case_no = $1",
        "select requester_key from cases where case_no = $1",
    ] {
        assert_eq!(column(&app, &no, sql), None);
    }
    assert_eq!(
        column(&app, &no, "select max(words) from messages where case_no = $1 and kind like 'to_be%'"),
        None
    );
    app.holder(Role::Auditor)
        .get(&format!("/staff/cases/{no}"))
        .await
        .is(200)
        .says("保存期满，删去与本人的关联");
    app.holder(Role::Admin).get(&list).await.says("已删去").says("按清单删完");
    assert_eq!(found_by_verify(&app), None);
}

#[tokio::test]
async fn after_ten_years_words_and_files_go_and_what_everybody_reads_stays() {
    let app = site();
    let picture = app.files.keep(
        &app.keys,
        picture_bytes(),
        FileLimits::from_policy(&app.policy_in_force().policy.attachments),
        app.now(),
    );
    let picture = picture.await.unwrap();
    let (id, kept) = (picture.id.clone(), picture.clone());
    app.db.write(move |tx| files::remember(tx, &kept)).await.unwrap();
    let (school, now) = (app.app(), Standing::of(&app));
    let mut submission = leaking_tap(Identity::Open);
    submission.files = vec![id];
    let bringer = Bringer::Account("p-student".into());
    let no = app.db.write_now(move |tx| {
        submit(tx, &now.bench(&school.keys), &Actor::Requester, None, &bringer, None, submission)
    });
    let no = no.unwrap();
    let officer = officer_of(&unit_of(&app, &no));
    act(&app, officer, &no, reply()).unwrap();
    act(&app, Actor::Requester, &no, rate(Solved::Yes)).unwrap();
    app.pass_hours(40 * 24);
    act(&app, Actor::Clock, &no, Command::NoteTime).unwrap();
    app.pass_hours(10 * YEAR_HOURS + 3 * 24);
    assert!(app.files.bytes_of(&picture).is_ok());
    let list = listed(&app).await;
    app.holder(Role::Auditor).get(&list).await.says("正文和附件");
    pressed(&app, Role::Auditor, &list, "confirm").await.is(303);
    app.pass_hours(14 * 24);
    assert_eq!(carry_out_lists(&app.app()).await.unwrap(), 1);
    assert_eq!(texts_of(&app, &no), ["words", "public_body", "public_title"], "the public answer");
    assert!(app.files.bytes_of(&picture).is_err(), "the picture is gone from the disk");
    assert_eq!(
        column(&app, &no, "select title from cases where case_no = $1").as_deref(),
        Some("（已按保存期限删去）")
    );
    assert_eq!(
        column(&app, &no, "select public_title from cases where case_no = $1").as_deref(),
        Some("公寓水龙头漏水")
    );
    let page = app.holder(Role::Auditor).get(&format!("/staff/cases/{no}")).await;
    page.is(200).says("正文和附件已按保存期限删去").hides("地面都湿了");
    assert_eq!(found_by_verify(&app), None);
    let again = listed_nothing(&app).await;
    again.is(200).says("今天没有保存期满的件");
}

async fn listed_nothing(app: &TestApp) -> Answer {
    app.holder(Role::Admin).post("/retention", &[]).await
}

#[tokio::test]
async fn a_case_is_left_out_and_a_list_called_off() {
    let app = site();
    let (kept, other) = (over(&app, Identity::Open), over(&app, Identity::Sealed));
    app.pass_hours(YEAR_HOURS);
    let list = listed(&app).await;
    let leave = format!("{list}/leave-out");
    let (auditor, why) = (app.holder(Role::Auditor), ("reason", "申诉还没有完。"));
    auditor.post(&leave, &[("no", kept.as_str())]).await.is(422).says("请写为什么留着");
    auditor.post(&leave, &[("no", kept.as_str()), why]).await.is(303);
    auditor.post(&leave, &[("no", kept.as_str()), why]).await.is(409);
    auditor.post(&leave, &[("no", "HY-20990101-0001"), why]).await.is(409);
    auditor.get(&list).await.says("这次留着").says("申诉还没有完。").says("1 件").says("放回清单");
    let back = format!("{list}/put-back");
    app.holder(Role::Admin).post(&back, &[("no", kept.as_str())]).await.is(303);
    app.holder(Role::Admin).post(&back, &[("no", kept.as_str())]).await.is(409);
    auditor.get(&list).await.hides("申诉还没有完。").says("2 件");
    auditor.post(&leave, &[("no", kept.as_str()), why]).await.is(303);
    assert_eq!(listed(&app).await, list, "there is one list at a time");
    pressed(&app, Role::Auditor, &list, "confirm").await.is(303);
    // Only contacts: nobody is told, and the page does not say so.
    app.holder(Role::Admin).get(&list).await.says("确认，").hides("已告知本人");
    auditor.post(&leave, &[("no", other.as_str()), why]).await.is(409);
    auditor.post(&back, &[("no", kept.as_str())]).await.is(409);
    pressed(&app, Role::Admin, &list, "call-off").await.is(303);
    pressed(&app, Role::Admin, &list, "call-off").await.is(409);
    app.pass_hours(30 * 24);
    assert_eq!(carry_out_lists(&app.app()).await.unwrap(), 0);
    assert_eq!(standing(&app, &kept).removed, None);
    let list = listed(&app).await;
    app.holder(Role::Admin).get(&list).await.says("联系方式").says("2 件");
}

#[tokio::test]
async fn what_is_to_be_kept_by_the_time_its_turn_comes_is_kept() {
    let app = site();
    let (no, open) = (over(&app, Identity::Open), brought(&app, "suggestion", "还在办的一件", "。"));
    app.pass_hours(YEAR_HOURS);
    let list = listed(&app).await;
    let (id, slipped) = (list.rsplit('/').next().unwrap().to_owned(), open.clone());
    app.db
        .write_now::<_, Error>(move |tx| {
            let sql = "insert into retention_items (list_id, case_no, step, ended_at, state) values ($1, $2, 'contact', 0, 'listed')";
            Ok(tx.execute(sql, params![id, slipped])?)
        })
        .unwrap();
    pressed(&app, Role::Auditor, &list, "confirm").await.is(303);
    app.pass_hours(14 * 24);
    assert_eq!(carry_out_lists(&app.app()).await.unwrap(), 1);
    app.holder(Role::Admin).get(&list).await.says("仍在保存期内，没有删");
    assert_eq!(standing(&app, &open).removed, None);
    assert_eq!(standing(&app, &no).removed, Some(Removal::Contact));
    assert_eq!(found_by_verify(&app), None);
}

#[tokio::test]
async fn the_list_says_what_the_domain_would_say() {
    let app = site();
    let cases = [over(&app, Identity::Open), over(&app, Identity::Sealed), over(&app, Identity::Anonymous)];
    for days in [1, 178, 1, 1, 914, 1, 1, 2554, 1, 1] {
        app.pass_hours(days * 24);
        let (policy, today) = (app.policy_in_force(), app.now().day());
        let listed = app.db.read_now(move |tx| due::due(tx, &policy.policy, today)).unwrap();
        for no in &cases {
            let (case, policy) = (standing(&app, no), app.policy_in_force());
            let has_come = |step: &Removal| {
                huiyin_domain::case::kept_until(&case, *step, &policy.policy).is_some_and(|day| day <= today)
            };
            let expected = Removal::ALL.into_iter().rev().find(has_come);
            let found = listed.iter().find(|due| due.no == *no).map(|due| due.step);
            assert_eq!(found, expected, "{no} on {today}");
        }
    }
}

#[tokio::test]
async fn the_clock_alone_removes_and_only_in_time() {
    let app = site();
    let no = over(&app, Identity::Open);
    assert!(matches!(step(&app, &no, Removal::Contact), Err(Error::Refused { .. })));
    assert!(texts_of(&app, &no).contains(&"contact".to_owned()));
}

#[tokio::test]
async fn only_administrators_and_auditors_enter() {
    let app = site();
    for hand in [app.clerk(), app.student(), app.officer("library"), app.holder(Role::Supervisor)] {
        hand.get("/retention").await.is(403);
        hand.post("/retention", &[]).await.is(403);
    }
    app.holder(Role::Admin).get("/retention").await.is(200).says("举报、申诉").says("10 年").says("长期");
    app.holder(Role::Auditor).get("/retention/nothing").await.is(404);
    let stale = app.holder(Role::Admin).post_as_is("/retention", &[("_token", "x")]).await;
    stale.is(422).says("请再点一次提交");
}

#[tokio::test]
async fn what_is_shown_to_nobody_any_longer_is_not_kept_as_public() {
    let app = site();
    let no = archived(&app);
    act(&app, Actor::Requester, &no, Command::Unpublish { reason: String::new() }).unwrap();
    app.pass_hours(10 * YEAR_HOURS + 3 * 24);
    step(&app, &no, Removal::Words).unwrap();
    assert_eq!(texts_of(&app, &no), Vec::<String>::new());
    assert_eq!(column(&app, &no, "select public_title from cases where case_no = $1").as_deref(), Some(""));
    assert_eq!(found_by_verify(&app), None);
}

#[tokio::test]
async fn what_is_written_after_words_were_removed_is_no_alteration() {
    let app = site();
    let no = archived(&app);
    app.pass_hours(10 * YEAR_HOURS + 3 * 24);
    step(&app, &no, Removal::Words).unwrap();
    let clerk = app.clerk();
    crate::dossier::tests::done(&app, &clerk, &no, Command::Unpublish { reason: "有人认出来了".into() });
    assert_eq!(texts_of(&app, &no), ["reason"], "what was shown goes with its being shown");
    assert_eq!(column(&app, &no, "select public_title from cases where case_no = $1").as_deref(), Some(""));
    assert_eq!(found_by_verify(&app), None);
}

#[tokio::test]
async fn a_complaint_after_the_end_begins_the_time_anew() {
    let app = site();
    let no = archived(&app);
    app.pass_hours(170 * 24);
    let complaint =
        Command::ComplainAboutHandling { words: "没有人来过。".into(), about_office: false };
    act(&app, Actor::Requester, &no, complaint).unwrap();
    app.pass_hours(20 * 24);
    assert!(matches!(step(&app, &no, Removal::Contact), Err(Error::Refused { .. })));
}

#[tokio::test]
async fn whoever_may_not_see_a_case_on_a_list_neither_leaves_it_out_nor_confirms() {
    let app = site();
    let no = over(&app, Identity::Open);
    let about = no.clone();
    app.db
        .write_now::<_, Error>(move |tx| {
            Ok(tx.execute("update cases set recused = 'library' where case_no = $1", params![about])?)
        })
        .unwrap();
    app.pass_hours(YEAR_HOURS);
    let list = listed(&app).await;
    let near = [Role::Auditor, Role::Officer].map(|role| Duty {
        role,
        unit: (role == Role::Officer).then(|| "library".into()),
        post: None,
    });
    let near = app.person("p-near", "兼职审计", near.into());
    near.get(&list).await.is(200).hides(no.as_str());
    near.post(&format!("{list}/leave-out"), &[("no", no.as_str()), ("reason", "留着。")]).await.is(409);
    near.post(&format!("{list}/confirm"), &[]).await.is(409).says("请另一位管理员或审计员来确认");
}

#[tokio::test]
async fn a_list_that_is_called_off_stops_and_one_broken_case_keeps_no_other_waiting() {
    let app = site();
    let (whole, broken) = (over(&app, Identity::Open), over(&app, Identity::Open));
    app.pass_hours(YEAR_HOURS);
    let list = listed(&app).await;
    pressed(&app, Role::Auditor, &list, "confirm").await.is(303);
    let spoilt = broken.clone();
    app.db
        .write_now::<_, Error>(move |tx| {
            Ok(tx.execute("update case_events set body = 'no event' where case_no = $1", params![spoilt])?)
        })
        .unwrap();
    app.pass_hours(14 * 24);
    assert_eq!(carry_out_lists(&app.app()).await.unwrap(), 1);
    assert_eq!(standing(&app, &whole).removed, Some(Removal::Contact));
    app.holder(Role::Admin).get(&list).await.says("没有删成，请联系维护的人").says("按清单删完");
}

/// Takes a step at once.
fn step(app: &TestApp, no: &CaseNo, step: Removal) -> Result<(), Error> {
    let (school, now, no) = (app.app(), Standing::of(app), no.clone());
    app.db.write_now(move |tx| removal::remove(tx, &now.bench(&school.keys), &no, step).map(|_| ()))
}

/// A repair that was answered for everybody to read, judged and closed.
fn archived(app: &TestApp) -> CaseNo {
    let no = brought(app, "repair", "水龙头漏水", "地面都湿了。");
    let officer = officer_of(&unit_of(app, &no));
    act(app, officer, &no, reply()).unwrap();
    act(app, Actor::Requester, &no, rate(Solved::Yes)).unwrap();
    app.pass_hours(40 * 24);
    act(app, Actor::Clock, &no, Command::NoteTime).unwrap();
    no
}

/// What was put down for whoever wrote the letter of a case, in the order of time.
fn written_to(app: &TestApp, no: &CaseNo) -> Vec<String> {
    let no = no.clone();
    let sql = "select kind from outbox where case_no = $1 and recipient = $2 order by id";
    let found = app.db.read_now(move |tx| {
        let exchange = huiyin_people::notices::exchange_of(tx, &no)?.unwrap_or_default();
        Ok::<_, Error>(tx.query_map(sql, params![no, exchange], |row| row.text(0))?)
    });
    found.unwrap()
}

#[tokio::test]
async fn whoever_wrote_by_mail_is_told_too_and_all_are_told_when_the_list_is_called_off() {
    let server = MailServer::new();
    let app = TestApp::over(TestSchool::new().with_post(&server.post()), crate::routes());
    let (old, own) = (over(&app, Identity::Open), over(&app, Identity::Open));
    app.pass_hours(3 * YEAR_HOURS - 200 * 24);
    let young = over(&app, Identity::Open);
    for no in [&old, &young] {
        let (keys, no) = (app.keys.clone(), no.clone());
        let write = move |tx: &mut Tx| {
            huiyin_people::notices::write_to(tx, &keys, &no, "zhang@stu.example.edu.cn", "", "hash")
        };
        app.db.write_now(write).unwrap();
    }
    app.pass_hours(200 * 24);
    let list = listed(&app).await;
    assert_eq!(written_to(&app, &old), [""; 0], "nobody has confirmed");
    pressed(&app, Role::Auditor, &list, "confirm").await.is(303);
    assert_eq!(written_to(&app, &old), ["to_be_removed"]);
    assert_eq!(written_to(&app, &young), ["address_to_be_forgotten"]);
    app.clock.advance_ms(60_000);
    pressed(&app, Role::Auditor, &list, "call-off").await.is(303);
    assert_eq!(written_to(&app, &old), ["to_be_removed", "removal_called_off"]);
    assert_eq!(written_to(&app, &young), ["address_to_be_forgotten", "removal_called_off"]);
    let told = "select words from messages where case_no = $1 and kind = 'removal_called_off'";
    assert!(column(&app, &old, told).unwrap().contains("您有 2 件诉求"), "one message for both");
    assert!(standing(&app, &own).removed.is_none());
    // Of a list that nobody confirmed nobody was told, so nobody is told that it ended.
    let list = listed(&app).await;
    pressed(&app, Role::Admin, &list, "call-off").await.is(303);
    assert_eq!(written_to(&app, &old).len(), 2);
}

//! The questions, their owners, and who reads the answers.

use super::{CATEGORY, Matter, PLACE, about, answered, assigned, brought, site};
use crate::cases::log::Standing;
use crate::dossier::tests::done;
use crate::screening::hits::{Reach, asked};
use crate::screening::question::{Kind, Question};
use crate::screening::{saved, screen};
use huiyin_domain::access::{Duty, Role};
use huiyin_domain::case::{Command, Identity, SendBackGround};
use huiyin_foundation::db::{Engine, Filter};
use huiyin_foundation::error::Error;
use huiyin_foundation::testing::TestApp;

async fn reads(app: &TestApp, kind: Kind) -> String {
    screen(&app.app()).await.unwrap();
    app.clerk().get(&format!("/staff/lists/{}", kind.word())).await.is(200).text()
}

// 7.3
#[tokio::test]
async fn the_same_person_again_after_an_answer_stands_on_the_list_and_a_sealed_one_does_not() {
    let app = site();
    let matter = |identity| Matter { category: Some(CATEGORY), identity, ..Matter::default() };
    let (open, sealed) = (brought(&app, matter(Identity::Open)), brought(&app, matter(Identity::Sealed)));
    for no in [&open, &sealed] {
        assigned(&app, no, "library");
    }
    app.pass_hours(2);
    let too_early = brought(&app, matter(Identity::Open));
    app.pass_hours(1);
    for no in [&open, &sealed] {
        answered(&app, no, "library", "从下周起周末七点开门。");
    }
    app.pass_hours(24);
    let again = brought(&app, matter(Identity::Open));
    let sealed_again = brought(&app, matter(Identity::Sealed));
    let other = brought(&app, Matter { category: None, ..Matter::default() });
    let page = reads(&app, Kind::Repeated).await;
    assert!(page.contains(again.as_str()) && page.contains(&format!("前一件 {open}")), "{page}");
    for no in [&sealed_again, &too_early, &other] {
        assert!(!page.contains(no.as_str()), "{no}: {page}");
    }
}

// 7.3
#[tokio::test]
async fn many_people_about_one_matter_at_one_place_stand_together_and_one_person_is_no_crowd() {
    let app = site();
    let crowd = |person, place| {
        let (category, title) = (Some(CATEGORY), "三号楼又跳闸了");
        Matter { person, category, place: Some(place), title, ..Matter::default() }
    };
    for person in ["p-1", "p-2", "p-3", "p-4", "p-5"] {
        brought(&app, crowd(person, PLACE));
        brought(&app, crowd("p-1", "canteen-2"));
    }
    let page = reads(&app, Kind::Concentrated).await;
    assert!(page.contains("共 5 件"), "{page}");
    let policy = app.policy_in_force().policy.clone();
    let name = |id: &str| policy.place(&id.into()).unwrap().name.clone();
    let heading = format!("{} · {}", policy.category(&CATEGORY.into()).unwrap().name, name(PLACE));
    assert!(page.contains(&heading) && !page.contains(&format!("· {}", name("canteen-2"))), "{page}");
}

// 7.3, 3.4
#[tokio::test]
async fn what_was_sent_back_twice_is_on_the_list_from_the_second_time_on() {
    let app = site();
    let no = brought(&app, Matter::default());
    for (unit, is_listed) in [("library", false), ("logistics", true)] {
        assigned(&app, &no, unit);
        let reason = "不归我们管。".to_owned();
        let back = Command::SendBack { ground: SendBackGround::NotOurDuty, reason, suggested: None };
        done(&app, &app.officer(unit), &no, back);
        assert_eq!(reads(&app, Kind::Bounced).await.contains(no.as_str()), is_listed);
    }
}

// 7.3, 2.4
#[tokio::test]
async fn a_list_and_its_counts_hold_only_what_the_reader_may_see() {
    let app = site();
    let (one, hidden) = (brought(&app, Matter::default()), brought(&app, Matter::default()));
    for no in [&one, &hidden] {
        assigned(&app, no, "library");
    }
    about(&app, &hidden, "logistics");
    app.pass_hours(24 * 40);
    screen(&app.app()).await.unwrap();
    app.clerk().get("/staff/lists/shelved").await.is(200).says("共 2 件").says(hidden.as_str());
    let duties = [(Role::Clerk, "office"), (Role::Officer, "logistics")].map(|(role, unit)| Duty {
        role,
        unit: Some(unit.into()),
        post: None,
    });
    let both = app.person("p-both", "两处任职", duties.to_vec());
    both.get("/staff/lists/shelved").await.is(200).says("共 1 件").says(one.as_str()).hides(hidden.as_str());
    both.get("/staff/lists").await.is(200).says("1 件");
    let sheet = both.get("/staff/lists/shelved/sheet.xlsx").await;
    assert_eq!(sheet.is(200).body.get(..2), Some(&b"PK"[..]));
    let policy = app.policy_in_force().policy.clone();
    let in_charge = policy.leader_of(&"library".into()).unwrap().id.clone();
    app.leader(&in_charge).get("/staff/lists/shelved").await.is(200).says(one.as_str());
    let other = policy.leaders.iter().find(|post| post.id != in_charge && !post.head).unwrap();
    app.leader(&other.id)
        .get("/staff/lists/shelved")
        .await
        .is(200)
        .says("没有符合口径的件")
        .hides(one.as_str());
    for hand in [app.officer("library"), app.student(), app.holder(Role::Auditor)] {
        hand.get("/staff/lists").await.is(403);
    }
}

// 7.3
#[tokio::test]
async fn the_office_changes_the_numbers_and_what_was_asked_before_stays_to_be_read() {
    let app = site();
    let no = brought(&app, Matter::default());
    assigned(&app, &no, "library");
    app.pass_hours(24 * 12);
    let clerk = app.clerk();
    assert!(!reads(&app, Kind::Shelved).await.contains(no.as_str()));
    clerk.get("/staff/lists/shelved/question").await.is(200).says("改口径");
    let typed =
        |days: &'static str| [("name", "久拖"), ("version", "0"), ("at_least", days), ("unit", "library")];
    let path = "/staff/lists/shelved/question";
    clerk.post(path, &typed("0")).await.is(422).says("请写 1 到 366 之间的整数");
    clerk.post(path, &typed("10")).await.is(303);
    let page = clerk.get("/staff/lists/shelved").await;
    page.is(200).says("提交满 10 天还没答复的件").says("只看“图书馆”").says("改过 1 次").says(no.as_str());
    clerk.post(path, &typed("20")).await.is(409).says("刚有人改过");
    app.officer("library").post(path, &typed("20")).await.is(403);
    let away = [("name", "久拖"), ("version", "1"), ("at_least", "10"), ("set_aside", "yes")];
    clerk.post(path, &away).await.is(303);
    clerk.get("/staff/lists").await.is(200).says("停用的清单 1 份");
}

// 7.3
#[tokio::test]
async fn an_own_list_stands_first_and_says_what_changed_in_a_week() {
    let app = site();
    let clerk = app.clerk();
    let entry = huiyin_people::identity::PersonEntry {
        number: "t-1".into(),
        name: "受理员".into(),
        kind: huiyin_people::identity::PersonKind::Staff,
        department: String::new(),
        email: String::new(),
        phone: String::new(),
    };
    let (id, duties, now) = (clerk.id(), clerk.visitor.duties.clone(), app.now());
    let engaged = app.db.write_now(move |tx| {
        let (person, _) = huiyin_people::identity::upsert(tx, &id, &entry, now)?;
        Ok::<_, Error>(huiyin_people::identity::set_duties(tx, &person, &duties)?)
    });
    engaged.unwrap();
    let new = [("kind", "shelved"), ("name", "后勤久拖"), ("at_least", "5"), ("owner", "p-clerk")];
    clerk
        .post("/staff/lists", &[("kind", "shelved"), ("owner", "p-nobody")])
        .await
        .is(422)
        .says("重新选一位");
    let made = clerk.post("/staff/lists", &new).await;
    let list = made.is(303).location().to_owned();
    clerk.get(&list).await.is(200).says("受理员 新建").says("没有符合口径的件").says("满一周后可比");
    let page = clerk.get("/staff/lists").await.is(200).text();
    assert!(page.find("后勤久拖") < page.find("挂账和久拖"), "{page}");
    let no = brought(&app, Matter::default());
    assigned(&app, &no, "library");
    app.pass_hours(24 * 8);
    clerk.post(&format!("{list}/run"), &[]).await.is(303);
    clerk.get(&list).await.is(200).says("比一周前多 1 件").says(no.as_str());
    answered(&app, &no, "library", "从下周起周末七点开门。");
    clerk.post(&format!("{list}/run"), &[]).await.is(303);
    clerk.get(&list).await.is(200).says("和一周前一样多").hides(no.as_str());
    clerk.get("/staff/lists/nowhere").await.is(404);
}

// 8.7
#[tokio::test]
async fn a_list_is_read_by_its_index_and_looks_at_no_case_that_it_does_not_show() {
    let app = site();
    if app.db.engine() != Engine::Sqlite {
        return;
    }
    let (standing, clerk) = (Standing::of(&app), app.clerk());
    let plan = app.db.read_now::<_, Error>(move |tx| {
        let reach = Reach::of(tx, &standing.policy.policy, &clerk.visitor)?;
        let list = saved::find(tx, Kind::Hard.word())?.unwrap();
        assert_eq!(list.question, Question::ready(Kind::Hard));
        let (sql, values) = asked(Filter::new("explain query plan "), &reach, &list, 0, 25).finish();
        let rows = tx.query(sql, &values)?;
        Ok(rows.iter().map(|row| row.text("detail")).collect::<Result<Vec<_>, _>>()?)
    });
    let plan = plan.unwrap().join("; ").to_lowercase();
    assert!(plan.contains("screening_hits_now") && !plan.contains("scan cases"), "{plan}");
    assert!(!plan.contains("b-tree for order by"), "{plan}");
}

//! Topics over HTTP: what groups, who sees what of it, what the office decides, and that it all comes again alike.

mod unseen;

use super::history::{History, number_of};
use super::{follow, forget, look_behind, look_for_rises};
use crate::tests::{Shelved, hours_ago, put};
use huiyin_domain::access::Role;
use huiyin_foundation::db::DbError;
use huiyin_foundation::params;
use huiyin_foundation::testing::{TEST_MORNING, TestApp};

const BOILER: [&str; 6] = [
    "三号公寓热水不热",
    "热水不热，晚上洗澡冷",
    "三号公寓的热水又不热了",
    "洗澡热水不热已经两天",
    "三号公寓热水不热没人管",
    "热水不热什么时候修好",
];
const PEOPLE: [&str; 6] = ["p-1", "p-2", "p-3", "p-4", "p-5", "p-6"];
const NUMBERS: [&str; 6] = [
    "HY-20261120-0001",
    "HY-20261120-0002",
    "HY-20261121-0001",
    "HY-20261121-0002",
    "HY-20261122-0001",
    "HY-20261122-0002",
];

fn app() -> TestApp {
    TestApp::new(crate::routes())
}

/// So many people say that the water is cold, one every ten hours, the last ten hours ago.
fn cold_water(app: &TestApp, people: usize) {
    for at in 0..people {
        let since = 10 * (people - at) as i64;
        Shelved {
            requester: Some(PEOPLE[at]),
            submitted_at: hours_ago(since),
            ..Shelved::new(NUMBERS[at], BOILER[at])
        }
        .put(app);
    }
}

fn topics(app: &TestApp) -> Vec<(String, String)> {
    app.db
        .read_now::<_, DbError>(|tx| {
            tx.query_map("select case_no, topic from insight_members order by case_no", params![], |row| {
                Ok((row.text("case_no")?, row.text("topic")?))
            })
        })
        .unwrap()
}

fn topic(app: &TestApp) -> String {
    topics(app).into_iter().map(|(_, topic)| topic).find(|topic| !topic.is_empty()).unwrap()
}

fn warned(app: &TestApp) -> Vec<String> {
    app.db
        .read_now::<_, DbError>(|tx| {
            tx.query_map("select kind from insight_warnings order by at_ms, kind", params![], |row| {
                row.text("kind")
            })
        })
        .unwrap()
}

fn told(app: &TestApp) -> i64 {
    let sql = "select count(*) as told from messages where kind = 'forewarned'";
    app.db.read_now::<_, DbError>(move |tx| tx.query_one(sql, params![])?.int("told")).unwrap()
}

#[tokio::test]
async fn a_school_without_anything_unusual_is_told_so() {
    let app = app();
    follow(&app.app()).await.unwrap();
    app.clerk().get("/staff/warnings").await.is(200).says("这周没有异常").says("14 天内 3 个人");
}

#[tokio::test]
async fn what_several_people_say_in_other_words_is_one_topic_named_by_what_they_share() {
    let app = app();
    cold_water(&app, 5);
    Shelved { requester: Some("p-9"), ..Shelved::new("HY-20261123-0009", "图书馆周末几点开门") }.put(&app);
    assert_eq!(follow(&app.app()).await.unwrap(), 6);
    let page = app.clerk().get("/staff/warnings").await;
    page.is(200).says("热水不热").says("预警").says("5 件，5 人").hides("图书馆周末").hides("这周没有异常");
    assert_eq!(warned(&app), ["notice", "crowd"]);
    let page = app.clerk().get(&format!("/staff/topics/{}", topic(&app))).await;
    page.is(200)
        .says("5 人， 5 件（全校）")
        .says("三号公寓热水不热没人管")
        .says("14 天内 3 人")
        .hides("图书馆");
}

#[tokio::test]
async fn going_over_it_again_changes_nothing_and_tells_nobody_twice() {
    let app = app();
    put(
        &app,
        "insert into people (id, number, name, kind, department, email, phone, theme, text_size, created_ms, disabled)
         values ('c', 'c', '受理员', 'staff', '', '', '', 'system', 'normal', 0, 0)",
        vec![],
    );
    put(
        &app,
        "insert into duties (person_id, role, unit_id, post) values ('c', 'clerk', 'office', '')",
        vec![],
    );
    cold_water(&app, 5);
    follow(&app.app()).await.unwrap();
    let before = topics(&app);
    assert_eq!(told(&app), 1);
    assert_eq!(follow(&app.app()).await.unwrap(), 0);
    forget(&app.app()).await.unwrap();
    assert_eq!(topics(&app), []);
    assert_eq!(follow(&app.app()).await.unwrap(), 5);
    assert_eq!((topics(&app), told(&app), warned(&app).len()), (before, 1, 2));
}

#[tokio::test]
async fn the_same_cases_one_by_one_or_at_once_make_the_same_topics() {
    let (together, apart) = (app(), app());
    for at in 0..40 {
        let titles = ["空调不制冷", "食堂排队太久", "图书馆插座没电", "校车不准点", "热水不热"];
        let no: &'static str = format!("HY-20261101-{at:04}").leak();
        let title: &'static str =
            format!("{}{}", titles[at * 7 % 5], ["，请看一下", "", "怎么办"][at % 3]).leak();
        let shelved = Shelved {
            requester: Some(PEOPLE[at % 6]),
            submitted_at: hours_ago(500 - at as i64),
            ..Shelved::new(no, title)
        };
        shelved.put(&together);
        shelved.put(&apart);
        follow(&apart.app()).await.unwrap();
    }
    follow(&together.app()).await.unwrap();
    assert_eq!(topics(&together), topics(&apart));
    assert!(topics(&together).iter().any(|(_, topic)| !topic.is_empty()));
}

#[tokio::test]
async fn one_person_who_writes_often_is_no_crowd() {
    let app = app();
    for at in 0..6 {
        let shelved = Shelved { submitted_at: hours_ago(20), ..Shelved::new(NUMBERS[at], BOILER[at]) };
        Shelved { requester: Some("p-1"), ..shelved }.put(&app);
    }
    follow(&app.app()).await.unwrap();
    assert_eq!(warned(&app), Vec::<String>::new());
    app.clerk().get("/staff/warnings").await.says("这周没有异常").hides("热水");
    app.clerk().get(&format!("/staff/topics/{}", topic(&app))).await.is(404);
}

#[tokio::test]
async fn protected_sealed_withdrawn_and_recused_cases_enter_no_topic_and_leave_it() {
    let app = app();
    cold_water(&app, 6);
    put(&app, "update cases set restricted = 1 where case_no = 'HY-20261120-0001'", vec![]);
    follow(&app.app()).await.unwrap();
    let topic = topic(&app);
    let address = format!("/staff/topics/{topic}");
    app.clerk().get(&address).await.is(200).says("5 人， 5 件").hides("HY-20261120-0001");
    for (sql, left) in [
        ("update cases set identity = 'sealed' where case_no = 'HY-20261120-0002'", "4 人， 4 件"),
        ("update cases set recused = 'library' where case_no = 'HY-20261121-0001'", "3 人， 3 件"),
    ] {
        put(&app, sql, vec![]);
        app.clerk().get(&address).await.is(200).says(left);
    }
    put(&app, "update cases set stage = 'withdrawn' where case_no = 'HY-20261121-0002'", vec![]);
    app.clerk().get(&address).await.is(404);
    app.clerk().get("/staff/warnings").await.hides("热水");
}

// 7.1
#[tokio::test]
async fn what_was_imported_counts_for_what_is_usual_and_what_somebody_sealed_does_not() {
    let app = app();
    let first_day = |app: &TestApp| {
        let (policy, now) = (app.policy_in_force(), app.now());
        app.db.read_now(move |tx| History::read(tx, &policy.policy, now)).unwrap().first
    };
    let day = |hours: i64| number_of(hours_ago(hours).day());
    let imported =
        Shelved { submitted_at: hours_ago(24 * 400), ..Shelved::new("HY-20251019-0001", "旧年的一件") };
    imported.put(&app);
    put(&app, "update cases set identity = 'sealed'", vec![]);
    assert_eq!(first_day(&app), day(24 * 400));
    let sealed = Shelved {
        requester: Some(PEOPLE[0]),
        submitted_at: hours_ago(24 * 500),
        ..Shelved::new("HY-20250711-0001", "保密的一件")
    };
    sealed.put(&app);
    put(&app, "update cases set identity = 'sealed'", vec![]);
    assert_eq!(first_day(&app), day(24 * 400), "the sealed one is not counted");
}

#[tokio::test]
async fn a_leader_counts_and_reads_only_what_is_theirs() {
    let app = app();
    cold_water(&app, 6);
    put(&app, "update cases set unit = 'library' where case_no >= 'HY-20261122'", vec![]);
    follow(&app.app()).await.unwrap();
    let address = format!("/staff/topics/{}", topic(&app));
    let page = app.leader("deputy-services").get(&address).await;
    page.is(200)
        .says("4 人， 4 件（您分管和经手的）")
        .hides("HY-20261122-0001")
        .hides("没人管")
        .hides("天内");
    app.leader("deputy-teaching").get(&address).await.is(404);
    app.leader("president").get(&address).await.is(200).says("6 人， 6 件（全校）");
    app.holder(Role::Supervisor).get(&address).await.is(200).hides("整理这个话题");
    app.officer("logistics").get(&address).await.is(403);
    app.student().get(&address).await.is(403);
    app.anyone().get(&address).await.is(303);
}

#[tokio::test]
async fn the_office_names_and_closes_a_topic_with_a_reason() {
    let app = app();
    cold_water(&app, 5);
    follow(&app.app()).await.unwrap();
    let address = format!("/staff/topics/{}", topic(&app));
    let clerk = app.clerk();
    let act = |act: &str| format!("{address}/{act}");
    clerk.post(&act("rename"), &[("name", "南区锅炉")]).await.is(422).says("请写明理由");
    clerk.post(&act("rename"), &[("name", ""), ("reason", "查过")]).await.is(422).says("请写上新的名称");
    clerk.post(&act("rename"), &[("name", "南区锅炉"), ("reason", "同一台锅炉")]).await.is(303);
    clerk.get(&address).await.says("南区锅炉").says("改名为“南区锅炉”：同一台锅炉");
    app.leader("deputy-services").get(&address).await.is(200).hides("南区锅炉").says("热水不热");
    app.holder(Role::Supervisor).post(&act("close"), &[("reason", "修好了")]).await.is(403);
    clerk.post(&act("close"), &[("reason", "换了锅炉")]).await.is(303);
    clerk.get("/staff/warnings").await.hides("南区锅炉");
    clerk.post(&act("rename"), &[("name", "别的"), ("reason", "想改")]).await.is(409).says("已经关闭");
    // What comes after is another topic.
    Shelved {
        requester: Some("p-7"),
        submitted_at: hours_ago(-1),
        ..Shelved::new("HY-20261124-0001", BOILER[0])
    }
    .put(&app);
    app.pass_hours(3);
    follow(&app.app()).await.unwrap();
    let all = topics(&app);
    assert_ne!(all[0].1, all[5].1);
    forget(&app.app()).await.unwrap();
    follow(&app.app()).await.unwrap();
    assert_eq!(topics(&app), all, "what was decided is applied again");
    clerk.get(&address).await.says("南区锅炉").says("已关闭");
}

#[tokio::test]
async fn topics_are_joined_and_a_case_is_taken_out_and_both_hold_when_all_is_made_anew() {
    let app = app();
    cold_water(&app, 4);
    for (at, title) in
        ["浴室淋浴喷头出水小", "浴室的淋浴喷头出水很小", "淋浴喷头出水小"].into_iter().enumerate()
    {
        let no: &'static str = format!("HY-20261119-000{at}").leak();
        let asked = Shelved::new(no, title);
        Shelved { requester: Some(PEOPLE[at]), submitted_at: hours_ago(100), ..asked }.put(&app);
    }
    follow(&app.app()).await.unwrap();
    let all = topics(&app);
    let (shower, water) = (all[0].1.clone(), all[3].1.clone());
    assert_ne!(shower, water);
    let clerk = app.clerk();
    let merge = format!("/staff/topics/{shower}/merge");
    clerk.post(&merge, &[("into", &shower), ("reason", "一样")]).await.is(409).says("不能并入自己");
    clerk.post(&merge, &[("into", "nowhere"), ("reason", "一样")]).await.is(409).says("重新选");
    clerk.post(&merge, &[("into", &water), ("reason", "都是锅炉压力不够")]).await.is(303);
    clerk.get(&format!("/staff/topics/{shower}")).await.is(303);
    let address = format!("/staff/topics/{water}");
    clerk.get(&address).await.is(200).says("7 件").says("并入另一个话题：都是锅炉压力不够");
    let split = format!("{address}/split");
    clerk.post(&split, &[("no", "HY-20261119-0001"), ("reason", "是喷头堵了")]).await.is(303);
    clerk.post(&split, &[("no", "HY-20261119-0001"), ("reason", "是喷头堵了")]).await.is(409);
    clerk.get(&address).await.says("6 件").says("移出 HY-20261119-0001：是喷头堵了");
    let decided = topics(&app);
    forget(&app.app()).await.unwrap();
    follow(&app.app()).await.unwrap();
    assert_eq!(topics(&app), decided);
}

#[tokio::test]
async fn cases_of_earlier_years_that_come_in_late_make_all_topics_anew() {
    let app = app();
    cold_water(&app, 3);
    follow(&app.app()).await.unwrap();
    assert_eq!(look_behind(&app.app()).await.unwrap(), 0);
    Shelved { submitted_at: hours_ago(5000), ..Shelved::new("HY-20260401-0001", "热水不热") }.put(&app);
    assert_eq!(follow(&app.app()).await.unwrap(), 0);
    assert_eq!(look_behind(&app.app()).await.unwrap(), 1);
    assert_eq!(follow(&app.app()).await.unwrap(), 4);
}

// Of an anonymous case the record keeps the hour alone: it stands before others that came earlier in that hour.
#[tokio::test]
async fn an_anonymous_case_of_the_same_hour_is_taken_in_its_place() {
    let app = app();
    let half_past = TEST_MORNING.plus_ms(1_800_000);
    Shelved { submitted_at: half_past, ..Shelved::new(NUMBERS[1], BOILER[1]) }.put(&app);
    app.pass_hours(1);
    assert_eq!(follow(&app.app()).await.unwrap(), 0, "the hour is hardly over");
    Shelved { submitted_at: hours_ago(0), ..Shelved::new(NUMBERS[0], BOILER[0]) }.put(&app);
    app.pass_hours(1);
    assert_eq!(follow(&app.app()).await.unwrap(), 2);
    assert_eq!(look_behind(&app.app()).await.unwrap(), 0);
}

#[tokio::test]
async fn more_than_usual_of_a_category_at_a_place_is_told_with_its_numbers_once_a_day() {
    let app = app();
    let policy = &app.policy_in_force().policy;
    let (category, place) = (policy.categories[0].id.clone(), policy.places[0].id.clone());
    let named = format!("{} {}", policy.places[0].name, policy.categories[0].name);
    let mut all: Vec<(i64, usize)> = (2..40).map(|week| (week * 7 * 24, 0)).collect();
    all.extend((0..8).map(|at| (30 + at * 3, at as usize)));
    for (at, (hours, person)) in all.into_iter().enumerate() {
        let no: &'static str = format!("HY-20260101-{at:04}").leak();
        let requester: &'static str = format!("p-{person}").leak();
        let shelved = Shelved { submitted_at: hours_ago(hours), ..Shelved::new(no, "不一样的事") };
        Shelved { requester: Some(requester), ..shelved }.put(&app);
    }
    put(&app, "update cases set category = $1, place = $2", params![&category, &place].to_vec());
    assert_eq!(look_for_rises(&app.app()).await.unwrap(), 1);
    assert_eq!(look_for_rises(&app.app()).await.unwrap(), 0, "it looks once a day");
    let page = app.clerk().get("/staff/warnings").await;
    page.is(200)
        .says(&named)
        .says("7 天 8 件，8 人")
        .says("拿过去 180 天试过：会发 1 次")
        .hides("不一样的事");
    assert_eq!(warned(&app), ["burst"]);
    // What has become protected since counts no longer, and a number of fewer than three is not shown.
    put(&app, "update cases set restricted = 1 where requester_key <> ''", vec![]);
    app.clerk().get("/staff/warnings").await.is(200).hides(&named).says("这周没有异常");
    put(&app, "update cases set restricted = 0", vec![]);
    app.pass_hours(24);
    assert_eq!(look_for_rises(&app.app()).await.unwrap(), 0, "and tells the same once in two weeks");
    // The same number of one person alone is told to nobody.
    put(&app, "delete from insight_warnings", vec![]);
    put(&app, "delete from insight_state", vec![]);
    put(&app, "update cases set requester_key = 'one'", vec![]);
    assert_eq!(look_for_rises(&app.app()).await.unwrap(), 0);
}

#[tokio::test]
async fn a_forecast_wants_a_year_and_says_so() {
    let app = app();
    cold_water(&app, 3);
    let page = app.clerk().get("/staff/forecast").await;
    page.is(200).says("记录还不满一年，没有往年可比，暂不预报");
    let category = app.policy_in_force().policy.categories[0].clone();
    for at in 0..12 {
        let no: &'static str = format!("HY-20250101-{at:04}").leak();
        Shelved { submitted_at: hours_ago(24 * (364 - at)), ..Shelved::new(no, "暖气不热") }.put(&app);
    }
    Shelved { submitted_at: hours_ago(24 * 370), ..Shelved::new("HY-20250101-0099", "暖气") }.put(&app);
    put(&app, "update cases set category = $1", params![&category.id].to_vec());
    let page = app.holder(Role::Supervisor).get("/staff/forecast").await;
    page.is(200).says(&category.name).says("往年的数从最近一年写起，共看了 1 年").hides("暂不预报");
}

//! Signing in and out, links that set a password, how pages are liked: over HTTP, with cookies as a browser keeps them.

use super::*;
use huiyin_domain::access::{Duty, Role};
use huiyin_domain::ids::PersonId;
use huiyin_foundation::config::RateLimits;
use huiyin_foundation::db::DbError;
use huiyin_foundation::limits::Limits;
use huiyin_foundation::params;
use huiyin_foundation::school::{App, School};
use huiyin_foundation::testing::{Browser, TEST_MORNING, TestSchool};
use huiyin_foundation::web::{Page, html, site};
use std::sync::Arc;

const PASSWORD: &str = "春风又绿江南岸";

struct House {
    _school: TestSchool,
    app: App,
}

impl House {
    async fn new() -> House {
        House::with(|_| {}).await
    }

    /// With something about the school changed before it opens.
    async fn with(change: impl FnOnce(&mut School)) -> House {
        let school = TestSchool::new().altered(change);
        let house = House { app: school.app(), _school: school };
        house.add("20230001", "林同学", &[]).await;
        house.add("9001", "王老师", &[duty(Role::Clerk)]).await;
        house
    }

    async fn add(&self, number: &str, name: &str, duties: &[Duty]) -> PersonId {
        let hash = self.app.passwords.hash(&self.app.keys, PASSWORD).await;
        let kind = if duties.is_empty() { PersonKind::Student } else { PersonKind::Staff };
        let (department, email, phone) = ("信息学院".to_owned(), String::new(), String::new());
        let entry = PersonEntry { number: number.into(), name: name.into(), kind, department, email, phone };
        let (id, duties) = (PersonId(format!("p-{number}")), duties.to_vec());
        self.app
            .db
            .write(move |tx| {
                upsert(tx, &id, &entry, TEST_MORNING)?;
                set_duties(tx, &id, &duties)?;
                set_password(tx, &id, &hash)?;
                Ok::<_, DbError>(id)
            })
            .await
            .unwrap()
    }

    fn browser(&self) -> Browser {
        let rows = routes().get("/who", Door::SignedIn, async |page: Page| page.visitor.name).get(
            "/triage",
            Door::Clerk,
            async || html(Nothing),
        );
        Browser::new(site(rows, self.app.clone(), Arc::new(Keeper)))
    }

    async fn signed_in(&self, number: &str) -> Browser {
        let mut browser = self.browser();
        browser.get("/sign-in").await;
        browser.post("/sign-in", &[("number", number), ("password", PASSWORD)]).await.is(303);
        browser
    }

    async fn count(&self, table: &'static str) -> i64 {
        let sql = match table {
            "sessions" => "select count(*) as rows from sessions",
            _ => "select count(*) as rows from setup_links",
        };
        self.app.db.read(move |tx| tx.query_one(sql, params![])?.int("rows")).await.unwrap()
    }

    fn pass_minutes(&self, minutes: i64) {
        self.app.clock.advance_ms(minutes * 60_000);
    }
}

#[derive(askama::Template)]
#[template(source = "", ext = "html")]
struct Nothing;

fn duty(role: Role) -> Duty {
    Duty { role, unit: None, post: None }
}

#[tokio::test]
async fn one_signs_in_lands_where_one_works_and_signs_out_again() {
    let house = House::new().await;
    let mut browser = house.browser();
    browser.get("/sign-in").await.is(200).says("登录");
    let answer = browser.post("/sign-in", &[("number", "9001"), ("password", PASSWORD)]).await;
    assert_eq!(answer.is(303).location(), "/triage");
    let cookie = answer.headers["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    browser.get("/who").await.is(200).says("王老师");

    browser.get("/settings").await;
    let kept = browser.clone();
    assert_eq!(browser.post("/sign-out", &[]).await.is(303).location(), "/");
    browser.get("/who").await.is(303);
    let mut thief = kept;
    thief.get("/who").await.is(303);
    assert_eq!(house.count("sessions").await, 0);
}

#[tokio::test]
async fn one_is_led_back_to_the_page_one_came_for_and_nowhere_else() {
    let house = House::new().await;
    let mut browser = house.browser();
    let to_sign_in = browser.get("/who?x=1").await;
    assert_eq!(to_sign_in.is(303).location(), "/sign-in?next=%2Fwho%3Fx%3D1");
    let page = browser.follow(&to_sign_in).await;
    assert!(page.html().contains("value=\"/who?x=1\""), "{}", page.html());
    let fields = [("number", "20230001"), ("password", PASSWORD), ("next", "/who?x=1")];
    assert_eq!(browser.post("/sign-in", &fields).await.location(), "/who?x=1");
    let fields = [("number", "20230001"), ("password", PASSWORD), ("next", "//elsewhere.example")];
    browser.get("/sign-in").await;
    assert_eq!(browser.post("/sign-in", &fields).await.location(), "/");
}

#[tokio::test]
async fn wrong_names_wrong_passwords_and_closed_accounts_get_the_same_answer() {
    let house = House::new().await;
    let gone = house.add("20230009", "周同学", &[]).await;
    house.app.db.write(move |tx| disable(tx, &gone)).await.unwrap();
    let mut seen = Vec::new();
    for (number, password) in [("20230001", "wrong password"), ("nobody", PASSWORD), ("20230009", PASSWORD)] {
        let mut browser = house.browser();
        browser.get("/sign-in").await;
        let answer = browser.post("/sign-in", &[("number", number), ("password", password)]).await;
        answer.is(422).says("账号或密码不对，请核对后再试").hides(password);
        assert!(browser.cookies.is_empty());
        assert!(answer.html().contains(number), "the number stays in its box");
        seen.push(answer.text().replace(number, ""));
    }
    assert!(seen.windows(2).all(|pair| pair[0] == pair[1]), "{seen:?}");
}

#[tokio::test]
async fn empty_boxes_are_named_one_by_one() {
    let house = House::new().await;
    let mut browser = house.browser();
    browser.get("/sign-in").await;
    let answer = browser.post("/sign-in", &[("number", ""), ("password", "")]).await;
    answer.is(422).says("有 2 处要改").says("请填学工号").says("请填密码");
    assert!(answer.html().contains("<title>错误："), "{}", answer.html());
}

#[tokio::test]
async fn a_form_that_did_not_come_from_here_signs_nobody_in() {
    let house = House::new().await;
    let mut browser = house.browser();
    browser.get("/sign-in").await;
    browser.token = "made.up.token".to_owned();
    browser
        .post("/sign-in", &[("number", "20230001"), ("password", PASSWORD)])
        .await
        .is(422)
        .says("请再点一次提交");
    assert!(browser.cookies.is_empty());
}

#[tokio::test]
async fn every_sign_in_is_a_new_session_and_ends_the_older_one_of_the_browser() {
    let house = House::new().await;
    let mut browser = house.signed_in("20230001").await;
    let first = browser.cookies.clone();
    browser.get("/sign-in").await;
    browser.post("/sign-in", &[("number", "9001"), ("password", PASSWORD)]).await.is(303);
    assert_ne!(browser.cookies, first);
    let mut older = house.browser();
    older.cookies = first;
    older.get("/who").await.is(303);
    browser.get("/who").await.is(200).says("王老师");
}

#[tokio::test]
async fn staff_are_signed_out_after_half_an_hour_of_silence_and_after_twelve_hours_anyway() {
    let house = House::new().await;
    let mut silent = house.signed_in("9001").await;
    house.pass_minutes(29);
    silent.get("/who").await.is(200);
    house.pass_minutes(29);
    silent.get("/who").await.is(200);
    house.pass_minutes(31);
    silent.get("/who").await.is(303);

    let mut busy = house.signed_in("9001").await;
    for _ in 0..35 {
        house.pass_minutes(20);
        busy.get("/who").await.is(200);
    }
    house.pass_minutes(25);
    busy.get("/who").await.is(303);
}

#[tokio::test]
async fn students_stay_signed_in_for_two_weeks() {
    let house = House::new().await;
    let mut browser = house.signed_in("20230001").await;
    house.pass_minutes(13 * 24 * 60);
    browser.get("/who").await.is(200);
    house.pass_minutes(25 * 60);
    browser.get("/who").await.is(303);
    let now = house.app.now();
    assert_eq!(house.app.db.write(move |tx| sweep(tx, now)).await.unwrap(), 1);
}

#[tokio::test]
async fn while_nothing_can_be_written_people_stay_signed_in() {
    let house = House::new().await;
    let mut browser = house.browser();
    browser.get("/sign-in").await;
    browser.post("/sign-in", &[("number", "20230001"), ("password", PASSWORD)]).await.is(303);
    house._school.pass_hours(1);
    let refuses = "create trigger full before update on sessions begin select raise(abort, 'full'); end";
    // Only one of the engines refuses in these words; the road is the same with both.
    if house.app.db.write(move |tx| tx.execute(refuses, params![])).await.is_ok() {
        browser.get("/who").await.is(200).says("林同学");
    }
}

#[tokio::test]
async fn a_closed_account_is_out_at_once() {
    let house = House::new().await;
    let mut browser = house.signed_in("20230001").await;
    house.app.db.write(|tx| disable(tx, &PersonId::from("p-20230001"))).await.unwrap();
    browser.get("/who").await.is(303);
}

#[tokio::test]
async fn guessing_one_account_is_slowed_down() {
    let house = House::with(|school| {
        school.limits = Limits::new(RateLimits::On, &school.keys, TEST_MORNING);
    })
    .await;
    let mut browser = house.browser();
    browser.get("/sign-in").await;
    for _ in 0..8 {
        browser.post("/sign-in", &[("number", "20230001"), ("password", "guess")]).await.is(422);
    }
    let slowed = browser.post("/sign-in", &[("number", "20230001"), ("password", PASSWORD)]).await;
    assert!(slowed.is(429).headers.contains_key("retry-after"));
    browser.get("/sign-in").await;
    browser.post("/sign-in", &[("number", "9001"), ("password", PASSWORD)]).await.is(303);
}

#[tokio::test]
async fn a_setup_link_sets_a_password_once() {
    let house = House::new().await;
    let person = PersonId::from("p-9001");
    let keys = house.app.keys.clone();
    let path = house.app.db.write(move |tx| offer_setup(tx, &keys, &person, TEST_MORNING)).await.unwrap();
    let mut browser = house.browser();
    browser.get(&path).await.is(200).says("王老师").says("9001");
    browser
        .post(&path, &[("new", "short"), ("again", "short")])
        .await
        .is(422)
        .says("密码至少 8 个字，现在是 5 个");
    browser
        .post(&path, &[("new", "新的密码一二三四"), ("again", "别的密码一二三四")])
        .await
        .is(422)
        .says("两次填的不一样");
    let done = browser.post(&path, &[("new", "新的密码一二三四"), ("again", "新的密码一二三四")]).await;
    assert_eq!(done.is(303).location(), "/triage");
    browser.get("/who").await.is(200).says("王老师");
    assert_eq!(house.count("setup_links").await, 0);
    browser.get(&path).await.is(410).says("这个链接不能用了");

    let mut again = house.browser();
    again.get("/sign-in").await;
    again.post("/sign-in", &[("number", "9001"), ("password", PASSWORD)]).await.is(422);
    again.post("/sign-in", &[("number", "9001"), ("password", "新的密码一二三四")]).await.is(303);
}

#[tokio::test]
async fn a_setup_link_ends_after_two_days_and_when_a_newer_one_is_given() {
    let house = House::new().await;
    let offer = async || {
        let (keys, now) = (house.app.keys.clone(), house.app.now());
        house.app.db.write(move |tx| offer_setup(tx, &keys, &PersonId::from("p-9001"), now)).await.unwrap()
    };
    let (first, second) = (offer().await, offer().await);
    let mut browser = house.browser();
    browser.get(&first).await.is(410);
    browser.get(&second).await.is(200);
    house.pass_minutes(48 * 60);
    browser.get(&second).await.is(410);
    browser.get("/setup/made-up").await.is(410);
}

#[tokio::test]
async fn changing_the_password_signs_other_devices_out() {
    let house = House::new().await;
    let (mut here, mut elsewhere) = (house.signed_in("20230001").await, house.signed_in("20230001").await);
    here.get("/settings").await.is(200).says("林同学").says("信息学院");
    let wrong = [("current", "wrong one"), ("new", "新的密码一二三四"), ("again", "新的密码一二三四")];
    here.post("/settings/password", &wrong).await.is(422).says("现在的密码不对").hides("新的密码一二三四");
    let right = [("current", PASSWORD), ("new", "新的密码一二三四"), ("again", "新的密码一二三四")];
    let before = here.cookies.clone();
    let done = here.post("/settings/password", &right).await;
    here.follow(&done).await.says("密码改好了");
    assert_ne!(here.cookies, before);
    elsewhere.get("/who").await.is(303);
}

#[tokio::test]
async fn text_size_and_theme_are_kept() {
    let house = House::new().await;
    let mut browser = house.signed_in("20230001").await;
    browser.get("/settings").await;
    let done = browser.post("/settings", &[("size", "huge"), ("theme", "dark")]).await;
    let page = browser.follow(&done).await;
    page.is(200).says("已保存");
    assert!(page.html().contains("data-theme=\"dark\" data-size=\"huge\""));
    let done = browser.post("/settings", &[("size", "enormous"), ("theme", "<script>")]).await;
    let page = browser.follow(&done).await;
    assert!(!page.html().contains("data-theme") && !page.html().contains("data-size"));
}

#[tokio::test]
async fn in_the_demonstration_every_role_is_one_click_away_and_nowhere_else() {
    let house = House::new().await;
    let mut browser = house.browser();
    browser.get("/sign-in").await.hides("演示");
    browser.post("/sign-in/as", &[("person", "p-9001")]).await.is(404);

    let demo = House::with(|school| school.is_demo = true).await;
    let mut browser = demo.browser();
    browser.get("/sign-in").await.says("演示").says("林同学").says("受理员").says("王老师");
    let answer = browser.post("/sign-in/as", &[("person", "p-9001")]).await;
    assert_eq!(answer.is(303).location(), "/triage");
    browser.get("/who").await.says("王老师");
    let first = browser.cookies.clone();
    browser.get("/sign-in").await;
    browser.post("/sign-in/as", &[("person", "p-20230001")]).await.is(303);
    assert_ne!(browser.cookies, first);
    browser.post("/sign-in/as", &[("person", "nobody")]).await.is(404);
}

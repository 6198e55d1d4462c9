//! Squads: made, changed, closed; members come by number and go with a button, and the list of changes knows it.

use super::*;
use huiyin_domain::access::{Duty, Role};
use huiyin_domain::ids::{PersonId, UnitId};
use huiyin_people::identity::{self, PersonEntry, PersonKind};

const PATH: &str = "/admin/squads/light-repair";

const MADE: [(&str, &str); 6] = [
    ("based_on", "1"),
    ("id", "light-repair"),
    ("name", "小修服务队"),
    ("unit", "residence"),
    ("kinds", "repair"),
    ("categories", "furniture"),
];

async fn person(app: &TestApp, number: &'static str, name: &'static str, duties: Vec<Duty>) -> PersonId {
    let entry = PersonEntry {
        number: number.into(),
        name: name.into(),
        kind: PersonKind::Student,
        department: String::new(),
        email: String::new(),
        phone: String::new(),
    };
    let now = app.now();
    let write = move |tx: &mut huiyin_foundation::db::Tx| {
        let (id, _) = identity::upsert(tx, &PersonId(format!("p-{number}")), &entry, now)?;
        identity::set_duties(tx, &id, &duties)?;
        Ok::<_, huiyin_foundation::db::DbError>(id)
    };
    app.db.write(write).await.unwrap()
}

async fn duties(app: &TestApp, id: &PersonId) -> Vec<(Role, Option<String>)> {
    let id = id.clone();
    let duties = app.db.read(move |tx| identity::duties_of(tx, &id)).await.unwrap();
    duties.into_iter().map(|duty| (duty.role, duty.post)).collect()
}

#[tokio::test]
async fn a_squad_is_made_changed_and_closed_and_takes_what_its_form_says() {
    let app = opened().await;
    let hand = admin(&app);
    hand.get("/admin/squads").await.is(200).says("应急维修服务队").says("没有队员").says("0 名队员");
    leads_to(&hand.post("/admin/squads/new", &MADE).await, &format!("{PATH}?saved=2"));
    hand.get(&format!("{PATH}?saved=2")).await.is(200).says("第 2 版").says("还没有队员");
    assert!(notes(&app).await[0].contains("新服务队「小修服务队」"), "{:?}", notes(&app).await);
    let takes = |app: &TestApp, unit: &str, kind: &str, category: &str| {
        let policy = app.policy_in_force().policy.clone();
        let (unit, kind, category) = (unit.into(), kind.into(), category.into());
        policy.squads_for(&unit, &kind, Some(&category)).any(|squad| squad.name == "小修服务队")
    };
    assert!(takes(&app, "residence", "repair", "furniture"));
    assert!(
        !takes(&app, "residence", "repair", "repairs") && !takes(&app, "logistics", "repair", "furniture")
    );
    let changed =
        [("based_on", "2"), ("name", "小修服务队"), ("unit", "logistics"), ("clause", "团委〔2026〕7 号")];
    leads_to(&hand.post(PATH, &changed).await, "/admin/squads?saved=3");
    let note = notes(&app).await.remove(0);
    for told in [
        "服务队「小修服务队」",
        "→ 后勤管理处",
        "类型：报修 → （空）",
        "类别：公寓家具 → （空）",
        "依据：（空） → 团委",
    ] {
        assert!(note.contains(told), "{told}: {note}");
    }
    assert!(takes(&app, "logistics", "complaint", "repairs"), "nothing ticked means everything");
    let closed = [&changed[1..], &[("based_on", "3"), ("closed", "yes")]].concat();
    leads_to(&hand.post(PATH, &closed).await, "/admin/squads?saved=4");
    assert!(!takes(&app, "logistics", "complaint", "repairs"));
    hand.get("/admin/squads").await.says("已停用");
    assert!(hand.get(PATH).await.html().contains(r#"name="closed" value="yes" checked"#));
}

#[tokio::test]
async fn a_squad_that_does_not_hold_together_is_not_kept() {
    let app = opened().await;
    let hand = admin(&app);
    for (place, value, sentence) in [
        (1, "小修", "代号请用小写字母"),
        (1, "emergency-repair", "代号“emergency-repair”已经用了"),
        (1, "president", "代号“president”已经用了"),
        (2, "", "请填写队名"),
        (2, "应急维修服务队", "前面已经用过"),
        (3, "", "请选在哪个单位下面"),
        (4, "nothing", "不在 [[kinds]] 里"),
    ] {
        let mut typed = MADE;
        typed[place].1 = value;
        let refused = hand.post("/admin/squads/new", &typed).await;
        refused.is(422).says(sentence);
    }
    assert_eq!(app.policy_in_force().version, 1);
    hand.get("/admin/squads/nowhere").await.is(404);
    hand.post("/admin/squads/nowhere/joining", &[("number", "S1")]).await.is(404);
    app.officer("logistics").get("/admin/squads").await.is(403);
    app.volunteer("emergency-repair").get("/admin/squads/emergency-repair").await.is(403);
}

#[tokio::test]
async fn members_come_by_number_and_go_and_keep_their_other_duties() {
    let app = opened().await;
    let hand = admin(&app);
    let officer = Duty { role: Role::Officer, unit: Some(UnitId::from("library")), post: None };
    let id = person(&app, "S1", "周小禾", vec![officer]).await;
    person(&app, "admin", "管理员甲", vec![]).await;
    let path = "/admin/squads/emergency-repair";
    hand.get("/admin").await.says("「应急维修服务队」还没有队员");
    let refused = hand.post(&format!("{path}/joining"), &[("number", "S9")]).await;
    refused.is(422).says("没有这个学工号的账号").says("应急维修服务队");
    assert!(refused.html().contains(r#"value="S9""#), "what was typed is kept");
    assert!(
        refused.html().contains(r#"name="name" type="text" value="应急维修服务队""#),
        "the other form stays filled in"
    );
    for _ in 0..2 {
        leads_to(&hand.post(&format!("{path}/joining"), &[("number", "S1")]).await, path);
    }
    hand.get(path).await.says("周小禾").says("退出");
    hand.get("/admin/squads").await.says("1 名队员");
    hand.get("/admin").await.hides("还没有队员");
    let member = (Role::Volunteer, Some("emergency-repair".to_owned()));
    assert_eq!(duties(&app, &id).await.len(), 2);
    assert!(duties(&app, &id).await.contains(&member), "joined twice is joined once");
    let told = hand.get(&format!("/admin/people/changes?person={id}")).await;
    told.says("管理员甲 改").says("图书馆 承办员").says("应急维修服务队 服务队队员");
    hand.post(&format!("{path}/leaving"), &[("person", id.as_str())]).await.is(303);
    assert_eq!(duties(&app, &id).await, [(Role::Officer, None)]);
    hand.get(path).await.hides("周小禾");

    let gone = person(&app, "S2", "韩越", vec![]).await;
    app.db.write(move |tx| identity::disable(tx, &gone)).await.unwrap();
    hand.post(&format!("{path}/joining"), &[("number", "S2")]).await.is(422).says("这个账号已停用");
    app.clerk().post(&format!("{path}/joining"), &[("number", "S1")]).await.is(403);
}

//! People: found, added, given duties, closed, given a link.

use super::*;
use huiyin_domain::access::Duty;
use huiyin_domain::ids::PersonId;
use huiyin_people::identity::{self, PersonEntry, PersonKind};

async fn added(app: &TestApp, number: &str) -> String {
    let typed = [("number", number), ("name", "周敏"), ("kind", "staff"), ("department", "后勤管理处")];
    let answer = admin(app).post("/admin/people/new", &typed).await;
    answer.is(303);
    answer.location().split('?').next().unwrap().to_owned()
}

async fn duties(app: &TestApp, path: &str) -> Vec<Duty> {
    let id = PersonId(path.rsplit('/').next().unwrap().to_owned());
    app.db.read(move |tx| identity::duties_of(tx, &id)).await.unwrap()
}

#[tokio::test]
async fn a_person_is_added_found_and_not_added_twice() {
    let app = opened().await;
    let path = added(&app, "T2041").await;
    admin(&app).get("/admin/people?q=周敏").await.says("T2041").says("没设密码");
    admin(&app).get("/admin/people?q=nobody").await.says("没有找到");
    let hand = admin(&app);
    let twice =
        hand.post("/admin/people/new", &[("number", "T2041"), ("name", "另一人"), ("kind", "staff")]).await;
    twice.is(422).says("学工号 T2041 已有账号");
    admin(&app).get(&path).await.says("账号").says("后勤管理处");
    admin(&app).get("/admin/people/nobody").await.is(404);
}

#[tokio::test]
async fn a_duty_needs_its_unit_and_unticked_duties_go() {
    let app = opened().await;
    let path = added(&app, "T2041").await;
    let save = format!("{path}/duties");
    admin(&app).post(&save, &[("role", "officer")]).await.is(422).says("要选是哪个单位的");
    admin(&app).post(&save, &[("role", "officer"), ("unit", "logistics")]).await.is(303);
    assert_eq!(duties(&app, &path).await[0].unit.as_ref().unwrap().as_str(), "logistics");
    admin(&app).get(&path).await.says("承办员");
    admin(&app).post(&save, &[("duty", "officer|logistics|"), ("role", "auditor")]).await.is(303);
    assert_eq!(duties(&app, &path).await.len(), 2);
    admin(&app).post(&save, &[]).await.is(303);
    assert!(duties(&app, &path).await.is_empty());
}

#[tokio::test]
async fn who_changed_which_role_or_account_is_told_as_it_was_and_as_it_is() {
    let app = opened().await;
    let hand = admin(&app);
    let (id, entry, now) =
        (hand.id(), PersonEntry { number: "A1".into(), name: "管理员甲".into(), ..nobody() }, app.now());
    app.db.write(move |tx| identity::upsert(tx, &id, &entry, now)).await.unwrap();
    let path = added(&app, "T2041").await;
    let id = path.rsplit('/').next().unwrap();
    hand.get("/admin/people/changes").await.is(200).says("还没有改动");
    hand.post(&format!("{path}/duties"), &[("role", "officer"), ("unit", "logistics")]).await.is(303);
    app.clock.advance_ms(60_000);
    hand.post(&format!("{path}/account"), &[("account", "closed")]).await.is(303);
    let all = hand.get("/admin/people/changes").await;
    let text = all.says("周敏").says("管理员甲 改").says("角色：没有角色 → 后勤管理处 承办员").text();
    assert!(text.find("账号：可登录 → 停用") < text.find("角色：没有角色"), "the newest first: {text}");
    hand.get(&format!("/admin/people/changes?person={id}")).await.is(200).says("周敏的角色和账号");
    hand.get(&format!("/admin/people/changes?person={}", hand.id())).await.says("还没有改动");
    hand.get("/admin/people/changes?person=nobody").await.is(404);
    app.clerk().get("/admin/people/changes").await.is(403);
}

fn nobody() -> PersonEntry {
    let empty = String::new;
    PersonEntry {
        number: empty(),
        name: empty(),
        kind: PersonKind::Staff,
        department: empty(),
        email: empty(),
        phone: empty(),
    }
}

#[tokio::test]
async fn a_link_is_shown_once_and_not_for_a_closed_account() {
    let app = opened().await;
    let path = added(&app, "T2041").await;
    let shown = admin(&app).post(&format!("{path}/link"), &[]).await;
    shown.is(200).says("只显示这一次，11 月 26 日（周四）10:00 前能用一次").says("/setup/");
    admin(&app).get(&path).await.hides("/setup/");
    leads_to(
        &admin(&app).post(&format!("{path}/account"), &[("account", "closed")]).await,
        &format!("{path}?done=closed"),
    );
    admin(&app).get(&path).await.says("已停用");
    admin(&app).post(&format!("{path}/link"), &[]).await.is(422).says("账号已停用，请先恢复");
    admin(&app).post(&format!("{path}/account"), &[("account", "open")]).await.is(303);
    admin(&app).get(&path).await.hides("已停用");
}

#[tokio::test]
async fn a_roster_says_which_lines_were_not_taken() {
    let app = opened().await;
    let table = "学工号,姓名,身份\nS1,王一,学生\n,无号,学生\n";
    let hand = admin(&app);
    let answer =
        hand.post_files("/admin/people/roster", &[], &[("roster", "名册.csv", table.as_bytes())]).await;
    answer.is(200).says("新建 1 人").says("1 行没有收下").says("第 3 行");
    admin(&app).post_files("/admin/people/roster", &[], &[]).await.is(422).says("请选一个名册文件");
}

//! Channels with a form of their own: for whom they are, by whose name, and the way past them.

use super::*;
use huiyin_foundation::error::Error;
use huiyin_foundation::testing::Hand;
use huiyin_people::identity::{self, PersonEntry, PersonKind};

const FORM: &str = "/say/inquiry?via=staff-consultation";

/// A question of a member of staff, answered to the end.
const QUESTION: [(&str, &str); 7] = [
    ("kind", "inquiry"),
    ("via", "staff-consultation"),
    ("title", "职称评审材料什么时候交"),
    ("identity", "open"),
    ("publish", "no"),
    ("no_phone", "yes"),
    ("go", "3"),
];

fn known<'a>(app: &'a TestApp, id: &str, kind: PersonKind) -> Hand<'a> {
    let entry = PersonEntry {
        number: id.into(),
        name: "周老师".into(),
        kind,
        department: String::new(),
        email: String::new(),
        phone: String::new(),
    };
    let (person, now) = (id.into(), app.now());
    let kept = app
        .db
        .write_now(move |tx| identity::upsert(tx, &person, &entry, now).map(|_| ()).map_err(Error::from));
    kept.unwrap();
    app.person(id, "周老师", vec![])
}

#[tokio::test]
async fn a_member_of_staff_asks_by_name_and_the_case_bears_the_channel() {
    let app = site();
    let teacher = known(&app, "p-teacher", PersonKind::Staff);
    teacher.get("/say").await.is(200).says("教职工咨询").says("面向教职工，限实名");
    teacher.get(FORM).await.is(200).says("教职工咨询").says("走「我要咨询」");
    let reply = teacher.post("/say/inquiry", &but(&QUESTION, &[("go", "2")])).await;
    reply.is(200).says("实名").hides("谁也查不到是谁").hides("加密存放").says("改走网上平台");
    teacher.post("/say/inquiry", &QUESTION).await.is(200).says("渠道").says("教职工咨询");
    let sent = teacher.post("/cases", &QUESTION).await;
    sent.is(303);
    let row = app.db.read(|tx| tx.query_one("select channel, identity from cases", &[])).await.unwrap();
    assert_eq!(
        (row.text("channel").unwrap(), row.text("identity").unwrap()),
        ("staff-consultation".into(), "open".into())
    );
}

#[tokio::test]
async fn another_identity_is_refused_with_the_clause_and_the_ordinary_road_keeps_every_word() {
    let app = site();
    let teacher = known(&app, "p-teacher", PersonKind::Staff);
    for identity in ["sealed", "anonymous"] {
        let fields = but(&QUESTION, &[("identity", identity)]);
        for path in ["/say/inquiry", "/cases"] {
            let answer = teacher.post(path, &fields).await;
            answer.is(422).says("教职工咨询限实名").says("依据：信息沟通实施办法").says("改走网上平台");
            assert_eq!(value(&answer.html(), "title"), "职称评审材料什么时候交");
        }
    }
    let nameless = but(&QUESTION, &[("identity", "anonymous")]);
    app.anyone().post("/nameless/cases", &nameless).await.is(422).says("限实名");
    assert_eq!(cases(&app).await, 0);
    let plain = teacher.post("/say/inquiry", &but(&QUESTION, &[("go", "plain")])).await;
    plain.is(200).says("匿名").says("保密").hides("教职工咨询限实名");
    assert_eq!(value(&plain.html(), "title"), "职称评审材料什么时候交");
    assert!(!plain.html().contains("staff-consultation"));
    let other = but(&QUESTION, &[("via", ""), ("identity", "anonymous"), ("publish", "no")]);
    app.anyone().post("/nameless/cases", &other).await.is(200).says("查询码");
}

#[tokio::test]
async fn a_student_is_told_whose_it_is_and_where_to_go_and_keeps_what_was_written() {
    let app = site();
    let student = known(&app, "p-student", PersonKind::Student);
    student.get("/say").await.is(200).hides("教职工咨询");
    student.get(FORM).await.is(403).says("教职工咨询只给教职工用").says("改走「我要咨询」");
    for path in ["/say/inquiry", "/cases"] {
        let answer = student.post(path, &QUESTION).await;
        answer.is(403).says("只给教职工用");
        assert_eq!(value(&answer.html(), "title"), "职称评审材料什么时候交");
        assert!(!answer.html().contains("name=\"via\""));
    }
    assert_eq!(cases(&app).await, 0);
}

#[tokio::test]
async fn a_stranger_is_asked_to_sign_in_or_to_take_the_ordinary_road() {
    let app = site();
    app.anyone().get("/say").await.says("教职工咨询");
    app.anyone().get(FORM).await.is(200).says("走「我要咨询」");
    let reply = app.anyone().post("/say/inquiry", &but(&QUESTION, &[("go", "2"), ("identity", "")])).await;
    reply
        .is(200)
        .says("限实名，请先登录")
        .says("登录后接着提交")
        .says("改走网上平台")
        .hides("谁也查不到是谁");
}

#[tokio::test]
async fn what_only_staff_register_is_chosen_by_no_address() {
    let app = site();
    let teacher = known(&app, "p-teacher", PersonKind::Staff);
    teacher.post("/cases", &but(&QUESTION, &[("via", "phone")])).await.is(303);
    let row = app.db.read(|tx| tx.query_one("select channel from cases", &[])).await.unwrap();
    assert_eq!(row.text("channel").unwrap(), "online");
}

#[tokio::test]
async fn at_the_counter_such_a_channel_asks_for_the_name() {
    let app = site();
    let call = [
        ("channel", "staff-consultation"),
        ("kind", "inquiry"),
        ("title", "职称评审材料什么时候交"),
        ("identity", "open"),
        ("on_behalf_of", "周老师"),
    ];
    for wrong in [("identity", "anonymous"), ("identity", "sealed")] {
        app.clerk().post("/register", &but(&call, &[wrong])).await.is(422).says("请改选别的来路");
    }
    app.clerk()
        .post("/register", &but(&call, &[("on_behalf_of", "")]))
        .await
        .is(422)
        .says("限实名，请填姓名");
    app.clerk().post("/register", &call).await.is(200).says("诉求登记单");
    assert_eq!(cases(&app).await, 1);
}

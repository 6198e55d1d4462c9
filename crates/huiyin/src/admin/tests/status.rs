//! What is not ready yet is named, and nobody but the administrator enters.

use super::*;

#[tokio::test]
async fn only_the_administrator_enters() {
    let app = opened().await;
    for path in [
        "/admin",
        "/admin/school",
        "/admin/people",
        "/admin/people/new",
        "/admin/people/roster",
        "/admin/units",
        "/admin/places",
        "/admin/squads",
        "/admin/squads/new",
        "/admin/channels",
        "/admin/limits/hours",
        "/admin/limits/early",
        "/admin/limits/turns",
        "/admin/categories",
        "/admin/limits",
        "/admin/limits/terms",
    ] {
        app.anyone().get(path).await.is(303);
        app.student().get(path).await.is(403);
        app.clerk().get(path).await.is(403);
        app.leader("president").get(path).await.is(403);
        admin(&app).get(path).await.is(200);
    }
}

#[tokio::test]
async fn what_is_missing_is_listed_with_the_page_that_mends_it() {
    let app = opened().await;
    let page = admin(&app).get("/admin").await;
    page.says("校名还是预设里的")
        .says("还没有受理员")
        .says("43 个单位还没有承办员")
        .says("地点还是预设里的")
        .says("还没有 2027 年的放假调休安排");
    assert!(page.html().contains("href=\"/admin/school\""));
    page.says("第 1 版").says("通知只在站内消息里");
}

#[tokio::test]
async fn a_school_without_a_duty_telephone_is_told_so_first_and_shows_no_number() {
    let school = TestSchool::of(huiyin_domain::shipped::preset("campus").unwrap());
    let app = TestApp::over(school, crate::admin::routes());
    let html = admin(&app).get("/admin").await.html();
    let (telephone, name) =
        (html.find("还没有填总值班电话").unwrap(), html.find("校名还是预设里的").unwrap());
    assert!(telephone < name, "what somebody in danger needs comes first");
    let lost = app.anyone().get("/nowhere").await;
    lost.is(404).says("学校还没有公布值班电话").hides("24 小时有人").hides("8110");
    let typed =
        [("based_on", "1"), ("name", "明德大学"), ("promise", "有问必答"), ("duty_phone", "打保卫处")];
    let refused = admin(&app).post("/admin/school", &typed).await;
    refused.is(422).says("要能直接拨通");
    assert!(refused.html().contains("打保卫处"), "what was typed is kept");
}

#[tokio::test]
async fn a_new_name_makes_version_two_and_is_no_longer_missing() {
    let app = opened().await;
    let hand = admin(&app);
    let typed = [("based_on", "1"), ("name", "明德大学"), ("promise", "有问必答"), ("duty_phone", "8110")];
    leads_to(&hand.post("/admin/school", &typed).await, "/admin?saved=2");
    let page = hand.get("/admin?saved=2").await;
    page.says("已保存，第 2 版设置马上生效").hides("校名还是预设里的");
    let newest = notes(&app).await.remove(0);
    assert!(newest.contains("校名：示范大学 → 明德大学"), "{newest}");
    assert!(!newest.contains("值班电话"), "{newest}");

    let late = hand
        .post(
            "/admin/school",
            &[("based_on", "1"), ("name", "博文大学"), ("promise", "有问必答"), ("duty_phone", "8110")],
        )
        .await;
    late.is(409).says("现在是第 2 版");
    assert!(late.html().contains("博文大学"), "what was typed is kept");
    assert_eq!(app.policy_in_force().policy.school.name, "明德大学");
}

#[tokio::test]
async fn a_school_without_a_name_is_not_saved() {
    let app = opened().await;
    let answer = admin(&app).post("/admin/school", &[("based_on", "1"), ("duty_phone", "8120")]).await;
    answer.is(422).says("请填写校名");
    assert!(answer.html().contains("8120"));
    let stale = admin(&app).post_as_is("/admin/school", &[("name", "明德大学")]).await;
    stale.is(422).says("请再点一次提交");
    assert_eq!(app.policy_in_force().version, 1);
}

#[tokio::test]
async fn ways_out_of_the_house_are_shown_with_what_failed_and_can_be_tried() {
    let post = "[smtp]\nhost = \"127.0.0.1\"\nport = 1\nsecurity = \"none\"\nfrom = \"a@example.edu.cn\"\n\
                [[robots]]\nname = \"后勤群\"\nkind = \"wecom\"\nurl = \"http://127.0.0.1:1/k\"\nunit = \"logistics\"\n";
    let app = TestApp::over(TestSchool::new().with_post(post), crate::admin::routes());
    admin(&app).get("/admin").await.says("邮件").says("群机器人「后勤群」").hides("127.0.0.1:1/k");
    let by_mail = admin(&app).post("/admin/letters/trial", &[("channel", "mail")]).await;
    assert_eq!(by_mail.is(303).location(), "/admin?letters=nowhere#letters");
    let unknown = admin(&app).post("/admin/letters/trial", &[("channel", "robot:别人的群")]).await;
    unknown.is(303);
    let to_group = admin(&app).post("/admin/letters/trial", &[("channel", "robot:后勤群")]).await;
    assert_eq!(to_group.is(303).location(), "/admin?letters=trial#letters");
    assert_eq!(huiyin_people::notices::delivery::deliver(&app.app()).await.unwrap(), 0);
    admin(&app)
        .get("/admin")
        .await
        .says("有没送到的")
        .says("最近一次没送成：连不上对方")
        .says("其中没送成 1");
    admin(&app).post("/admin/letters/again", &[("channel", "robot:后勤群")]).await.is(303);
}

#[tokio::test]
async fn the_page_says_how_the_mailbox_stands_and_why_letters_lie_aside() {
    let letterbox = Letterbox::new();
    let app = TestApp::over(TestSchool::new().with_post(&letterbox.post("")), crate::admin::routes());
    admin(&app).get("/admin").await.says("校长信箱").says("还没有去看过");
    letterbox.deliver(b"From: a@example.edu.cn\r\nSubject: news\r\nPrecedence: bulk\r\n\r\nbody");
    huiyin_cases::mailbox::look(&app.app()).await.unwrap();
    admin(&app).get("/admin").await.says("有搁下的").says("群发信 1").hides("a@example").hides("news");
    let again = admin(&app).post("/admin/letters/in", &[]).await;
    assert_eq!(again.is(303).location(), "/admin?letters=in#letters");
    admin(&app).get("/admin").await.says("下一次收信时再收一遍");
    drop(letterbox);
    huiyin_cases::mailbox::look(&app.app()).await.unwrap();
    admin(&app).get("/admin").await.says("没收全").says("连不上收信服务器");
}

#[tokio::test]
async fn what_is_in_hand_is_what_the_ledger_counts_as_not_done() {
    let app = opened().await;
    let rows =
        [("submitted", false), ("assigned", false), ("replied", false), ("rated", false), ("archived", true)];
    for ((stage, is_over), place) in rows.into_iter().zip(1..) {
        let (no, ended) = (format!("HY-20261123-000{place}"), is_over.then(|| app.now()));
        app.db
            .write_now::<_, huiyin_foundation::db::DbError>(move |tx| {
                tx.execute(
                    "insert into cases (
                       case_no, kind, title, channel, stage, submitted_at, ended_at, identity, urgency, restricted,
                       may_publish, awaits_instruction, is_key, round, is_provisional, missed, send_backs, urges,
                       files, last_seq, last_at, last_hash, is_published)
                     values ($1, 'repair', '灯不亮', 'online', $2, 0, $3, 'open', 'normal', 0,
                       1, 0, 0, 1, 0, 0, 0, 0, 0, 3, 0, $4, 0)",
                    huiyin_foundation::params![no, stage, ended, vec![0_u8; 32]],
                )
            })
            .unwrap();
    }
    admin(&app).get("/admin").await.says("诉求 5 件，在办 2 件");
}

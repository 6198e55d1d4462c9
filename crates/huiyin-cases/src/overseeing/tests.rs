//! Who finds which list, and what stands on it.

use crate::dossier::tests::{brought, done};
use huiyin_domain::access::{Duty, Role};
use huiyin_domain::case::{Answer, Command, Identity, Outcome, PublicText};
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::testing::{TestApp, tear_index};
use huiyin_people::identity::{self, PersonEntry, PersonKind};

const TITLE: &str = "希望图书馆周末早点开门";

fn site() -> TestApp {
    TestApp::new(crate::routes())
}

fn answered(app: &TestApp) -> CaseNo {
    let no = brought(app, "suggestion", TITLE, "自习座位不够。");
    done(
        app,
        &app.clerk(),
        &no,
        Command::Assign { unit: "library".into(), forced: false, reason: String::new() },
    );
    let words = "从下周起周末七点开门。".to_owned();
    let reply = Command::Reply(Answer {
        words,
        outcome: Outcome::Solved,
        public: None,
        files: vec![],
        shelving: None,
        joined_words: String::new(),
    });
    done(app, &app.officer("library"), &no, reply);
    no
}

#[tokio::test]
async fn an_answered_case_waits_to_be_shown_until_it_is() {
    let app = site();
    let publisher = app.holder(Role::Publisher);
    publisher.get("/publishing").await.is(200).says("没有等着公开的件");
    let no = answered(&app);
    let page = publisher.get("/publishing").await;
    page.says(TITLE).says("图书馆").says("去审核");
    assert!(page.html().contains(&format!("/staff/cases/{no}?open=publication#publication")));
    publisher.get(&format!("/staff/cases/{no}?open=publication")).await.is(200).says("公开标题");
    let public = PublicText { title: "周末几点开门".into(), body: String::new() };
    done(&app, &publisher, &no, Command::Publish(public));
    publisher.get("/publishing").await.hides(TITLE);
    done(&app, &publisher, &no, Command::Unpublish { reason: "反映人改了主意。".into() });
    publisher.get("/publishing").await.hides(TITLE);
}

#[tokio::test]
async fn an_auditor_finds_any_case_by_number_or_title_and_can_only_read_it() {
    let app = site();
    let no = answered(&app);
    brought(&app, "report", "评优名单里有人送礼", "");
    let auditor = app.holder(Role::Auditor);
    auditor.get("/audit").await.is(200).says(TITLE).says("评优名单里有人送礼");
    auditor.get(&format!("/audit?q={}", no.as_str().to_lowercase())).await.says(TITLE).hides("评优");
    auditor.get("/audit?q=%25").await.says("没有符合条件的件");
    auditor.get(&format!("/staff/cases/{no}")).await.is(200).says("只能查看");
}

#[tokio::test]
async fn the_lists_are_for_those_whose_duty_it_is() {
    let app = site();
    for hand in [app.student(), app.clerk(), app.officer("library"), app.holder(Role::Admin)] {
        hand.get("/publishing").await.is(403);
        hand.get("/audit").await.is(403);
    }
    app.holder(Role::Auditor).get("/publishing").await.is(403);
    app.holder(Role::Publisher).get("/audit").await.is(403);
    app.anyone().get("/audit").await.is(303);
}

// 2.4
#[tokio::test]
async fn what_is_kept_from_a_reader_stands_in_no_address_of_the_next_page_either() {
    let app = site();
    let mut numbers = Vec::new();
    for _ in 0..27 {
        numbers.push(answered(&app));
        app.clock.advance_ms(60_000);
    }
    // The last line of the first page, counted from the newest.
    let hidden = numbers[2].clone();
    let about = hidden.clone();
    let marked = app.db.write_now(move |tx| {
        Ok::<_, Error>(tx.execute("update cases set recused = 'library' where case_no = $1", params![about])?)
    });
    marked.unwrap();
    for (list, role) in [("/audit", Role::Auditor), ("/publishing", Role::Publisher)] {
        let near = Duty { role: Role::Officer, unit: Some("library".into()), post: None };
        let of = |duties| app.person("p-both", "两处任职", duties);
        let own = Duty { role, unit: None, post: None };
        let page = of(vec![own, near]).get(list).await;
        page.is(200).hides(hidden.as_str());
        assert!(!page.html().contains(hidden.as_str()), "{list}");
        assert!(page.html().contains(numbers[1].as_str()), "{list}: the page is full without it");
        assert!(app.holder(role).get(list).await.html().contains(hidden.as_str()), "{list}");
    }
}

// 8.1
#[tokio::test]
async fn a_text_is_offered_to_the_public_without_the_name_of_who_wrote_it() {
    let app = site();
    let entry = PersonEntry {
        number: "s-1".into(),
        name: "孙国平".into(),
        kind: PersonKind::Student,
        department: String::new(),
        email: String::new(),
        phone: String::new(),
    };
    let now = app.now();
    let kept = app.db.write_now(move |tx| {
        identity::upsert(tx, &"p-student".into(), &entry, now).map(|_| ()).map_err(Error::from)
    });
    kept.unwrap();
    let no = brought(&app, "suggestion", TITLE, "我是孙国平，自习座位不够。");
    done(
        &app,
        &app.clerk(),
        &no,
        Command::Assign { unit: "library".into(), forced: false, reason: String::new() },
    );
    let publisher = app.holder(Role::Publisher);
    let page = app.officer("library").get(&format!("/desk/library/cases/{no}?act=reply")).await;
    page.is(200).says("我是×××，自习座位不够。");
    let answer = [
        ("words", "已经提早。"),
        ("outcome", "solved"),
        ("visibility", "public"),
        ("public_title", "周末几点开门"),
        ("public_body", "孙国平问几点开门。"),
    ];
    let sent = app.officer("library").post(&format!("/desk/library/cases/{no}/reply"), &answer).await;
    sent.is(422).says("反映人或登记时写的姓名").says("已经提早。");
    let private = [("words", "已经提早。"), ("outcome", "solved"), ("visibility", "private")];
    app.officer("library").post(&format!("/desk/library/cases/{no}/reply"), &private).await.is(303);
    let page = publisher.get(&format!("/staff/cases/{no}?open=publication")).await;
    page.is(200).says("我是×××，自习座位不够。");
    let path = format!("/staff/cases/{no}/publication");
    let named = [("public_title", "孙国平问几点开门"), ("public_body", "座位不够。")];
    publisher.post(&path, &named).await.is(422).says("反映人或登记时写的姓名").says("座位不够。");
    let plain = [("public_title", "周末几点开门"), ("public_body", "座位不够。")];
    publisher.post(&path, &plain).await.is(303);
}

#[tokio::test]
async fn whoever_looks_over_the_units_finds_a_case_by_number_title_or_place_and_only_theirs() {
    let app = site();
    let no = answered(&app);
    let find = |q: &str| format!("/staff/search?q={q}");
    for hand in [app.clerk(), app.holder(Role::Supervisor)] {
        for q in ["周末早点", no.as_str(), "%E5%91%A8"] {
            hand.get(&find(q)).await.is(200).says(TITLE);
        }
        hand.get(&find("%25")).await.is(200).hides(TITLE).says("没有找到");
    }
    let policy = app.policy_in_force().policy.clone();
    let leader = |post: &str| Duty { role: Role::Leader, unit: None, post: Some(post.to_owned()) };
    let in_charge = policy.leader_of(&"library".into()).unwrap().id.clone();
    app.person("p-in-charge", "分管", vec![leader(&in_charge)]).get(&find("周末")).await.says(TITLE);
    let other = policy.leaders.iter().find(|post| post.id != in_charge && !post.head).unwrap();
    app.person("p-other", "别的", vec![leader(&other.id)]).get(&find("周末")).await.hides(TITLE);
    app.officer("library").get(&find("周末")).await.is(403);
    app.student().get(&find("周末")).await.is(403);
    let own = app.clerk().get(&find("周末")).await.html();
    assert_eq!(own.matches("type=\"search\"").count(), 1, "one field to search in, and one only");
    let page = app.clerk().get("/triage").await.html();
    assert!(page.contains("action=\"/staff/search\""), "the search at the top leads there too");
}

// 8.7
#[tokio::test]
async fn staff_find_by_what_stands_in_the_text_by_sound_and_are_told_how_many() {
    let app = site();
    let no = answered(&app);
    let clerk = app.clerk();
    for q in ["自习座位", "zhoumo", "tsg", "圖書館", "座位+周末", &no.as_str().to_lowercase()] {
        let page = clerk.get(&format!("/staff/search?q={q}")).await;
        page.is(200).says("找到 1 件");
        assert!(page.html().contains(no.as_str()), "{q}");
    }
    let page = clerk.get("/staff/search?q=周末").await;
    assert!(page.html().contains("<mark>周末</mark>"));
    clerk.get("/staff/search?q=粥末").await.says("读音相同").says("找到 1 件");
    clerk.get("/staff/search?q=没有这回事").await.says("没有找到").hides("找到 0 件");
}

// 2.4
#[tokio::test]
async fn what_is_kept_from_a_reader_is_neither_found_nor_counted() {
    let app = site();
    let (kept, open) = (answered(&app), answered(&app));
    let about = kept.clone();
    let marked = app.db.write_now(move |tx| {
        Ok::<_, Error>(tx.execute("update cases set recused = 'library' where case_no = $1", params![about])?)
    });
    marked.unwrap();
    let near = Duty { role: Role::Officer, unit: Some("library".into()), post: None };
    let clerk = Duty { role: Role::Clerk, unit: None, post: None };
    let both = app.person("p-both", "两处任职", vec![clerk, near]);
    for q in ["周末", "自习座位", "zhoumo"] {
        let page = both.get(&format!("/staff/search?q={q}")).await;
        page.is(200).says("找到 1 件").hides(kept.as_str());
        assert!(!page.html().contains(kept.as_str()) && page.html().contains(open.as_str()), "{q}");
    }
    both.get(&format!("/staff/search?q={kept}")).await.says("没有找到").hides("找到 1 件");
    app.clerk().get("/staff/search?q=周末").await.says("找到 2 件");
}

#[tokio::test]
async fn an_anonymous_case_is_found_by_its_number_before_its_hour_is_over() {
    let app = site();
    let no = crate::dossier::tests::brought_as(&app, "suggestion", TITLE, "", Identity::Anonymous);
    app.clerk().get(&format!("/staff/search?q={no}")).await.says("找到 1 件").says(TITLE);
    app.clerk().get("/staff/search?q=图书馆").await.says("没有找到");
}

#[tokio::test]
async fn a_torn_index_is_no_error_for_staff_either() {
    let app = site();
    let nos: Vec<CaseNo> = (0..20).map(|_| answered(&app)).collect();
    if !tear_index(&app.db) {
        return;
    }
    for _ in 0..2 {
        app.clerk().get("/staff/search?q=周末").await.is(200).says("正在重建搜索");
        app.officer("library").get("/desk/library/search?q=周末").await.is(200).says("正在重建搜索");
    }
    app.clerk().get(&format!("/staff/search?q={}", nos[0])).await.is(200).says(TITLE);
    assert!(answered(&app).as_str().starts_with("HY-"), "and cases come in and are answered");
    crate::cases::shelves::mend(&app.app()).await.unwrap();
    app.clerk().get("/staff/search?q=周末").await.is(200).says("找到 21 件").hides("正在重建");
}

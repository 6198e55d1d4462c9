//! Who finds which list, and what stands on it.

use crate::dossier::tests::{brought, done};
use huiyin_domain::access::Role;
use huiyin_domain::case::{Answer, Command, Outcome, PublicText};
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::testing::TestApp;

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

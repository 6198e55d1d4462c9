//! The board of days over HTTP.

use crate::dossier::tests::{brought, done};
use huiyin_domain::case::{Answer, Command, Outcome};
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::testing::TestApp;

fn given(app: &TestApp, title: &str) -> CaseNo {
    let no = brought(app, "suggestion", title, "");
    done(
        app,
        &app.clerk(),
        &no,
        Command::Assign { unit: "library".into(), forced: false, reason: String::new() },
    );
    no
}

#[tokio::test]
async fn what_came_was_answered_and_was_left_over_stands_there_by_day_and_leads_to_the_cases() {
    let app = TestApp::new(crate::routes());
    let first = app.now().day();
    let (answered, left) = (given(&app, "第一件建议"), given(&app, "第二件建议"));
    app.pass_hours(24);
    let second = app.now().day();
    let reply = Command::Reply(Answer {
        words: "已经办好。".into(),
        outcome: Outcome::Solved,
        public: None,
        files: vec![],
        shelving: None,
        joined_words: String::new(),
    });
    done(&app, &app.officer("library"), &answered, reply);
    let officer = app.officer("library");
    let board = officer.get("/desk/library/days").await;
    board.is(200).says("现在结余 1 件");
    let of = |day, show| format!("/desk/library/days?day={day}&show={show}");
    assert!(board.html().contains(&format!("day={first}&amp;show=came#list")), "the numbers lead to cases");
    let page = officer.get(&of(first, "left")).await;
    page.is(200).says("结余的 2 件").says(answered.as_str()).says(left.as_str());
    officer.get(&of(second, "left")).await.says("结余的 1 件").says(left.as_str()).hides(answered.as_str());
    officer.get(&of(second, "answered")).await.says("答复的 1 件").says(answered.as_str());
    officer.get(&of(second, "came")).await.says("交来的 0 件");
    app.officer("logistics").get("/desk/library/days").await.is(403);
}

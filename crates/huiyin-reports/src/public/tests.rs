//! What everybody may read, and what they may not.

use crate::tests::{Shelved, echo, event, hours_ago, put};
use huiyin_foundation::testing::TestApp;

fn app() -> TestApp {
    TestApp::new(crate::routes())
}

fn bus() -> Shelved {
    Shelved { solved: Some("yes"), satisfaction: Some("fairly"), stage: "rated", ..answered_bus() }
}

fn answered_bus() -> Shelved {
    Shelved::new("HY-20261123-0001", "我是三班的，校车太少")
        .answered(1)
        .shown_as("校车加一班", "晚高峰等两趟")
}

#[tokio::test]
async fn a_published_case_tells_question_answer_time_and_what_came_of_it() {
    let app = app();
    bus().put(&app);
    event(&app, "HY-20261123-0001", 3, "replied", "从下周一起加开一班。");
    let page = app.anyone().get("/public/HY-20261123-0001").await;
    page.is(200).says("校车加一班").says("晚高峰等两趟").says("后勤管理处").says("用时 23 小时");
    page.says("从下周一起加开一班。").says("反映人评价：解决了，基本满意").hides("我是三班的");
    page.says("登录后点“我也遇到”");
}

// 5.7
#[tokio::test]
async fn what_came_of_a_matter_of_the_law_is_called_as_the_law_calls_it() {
    let app = app();
    bus().put(&app);
    app.anyone().get("/public/HY-20261123-0001").await.says("已解决");
    let petition = "update cases set category = 'petition', solved = null, stage = 'replied'";
    put(&app, petition, vec![]);
    // Danger that did not go by the law, or a category put under it after the answer.
    app.anyone().get("/public/HY-20261123-0001").await.is(200).says("已解决").hides("予以支持");
    put(&app, "update cases set is_on_statute = 1", vec![]);
    app.anyone().get("/public/HY-20261123-0001").await.is(200).says("予以支持").hides("已解决");
}

#[tokio::test]
async fn a_private_answer_is_not_shown_with_the_public_case() {
    let app = app();
    Shelved { visibility: Some("private"), ..answered_bus() }.put(&app);
    event(&app, "HY-20261123-0001", 3, "replied", "请到办公室找王老师。");
    let page = app.anyone().get("/public/HY-20261123-0001").await;
    page.is(200).hides("王老师").says("答复只给反映人看");
}

#[tokio::test]
async fn what_is_not_published_does_not_exist() {
    let app = app();
    Shelved::new("HY-20261123-0002", "没有公开").put(&app);
    Shelved { is_withdrawn_from_public: true, ..bus() }.put(&app);
    app.anyone().get("/public/HY-20261123-0002").await.is(404);
    app.anyone().get("/public/HY-20261123-0001").await.is(404).hides("校车");
    app.clerk().get("/public/HY-19990101-0001").await.is(404);
    app.anyone().get("/public").await.is(200).hides("校车").says("还没有公开的件");
}

#[tokio::test]
async fn i_met_this_too_is_offered_once_and_never_to_the_requester() {
    let app = app();
    Shelved { requester: Some("p-other"), ..bus() }.put(&app);
    let path = "/public/HY-20261123-0001";
    let offer = format!("action=\"{path}/echo\"");
    assert!(app.student().get(path).await.html().contains(&offer));
    app.other_student().get(path).await.says("这是您提的").hides(&offer);
    echo(&app, "HY-20261123-0001", "p-student");
    app.student().get(path).await.says("您已加入").says("1 人也遇到").hides(&offer);
    app.student().get(&format!("{path}?stale=1")).await.says("请再点一次“我也遇到”");
}

#[tokio::test]
async fn the_list_is_narrowed_by_kind_unit_and_state_in_the_address() {
    let app = app();
    bus().put(&app);
    Shelved {
        kind: "suggestion",
        unit: Some("library"),
        ..Shelved::new("HY-20261123-0003", "x").shown_as("自习区开到十一点", "……")
    }
    .put(&app);
    let shows = async |path: &str, bus: bool, library: bool| {
        let text = app.anyone().get(path).await.text();
        assert_eq!(text.contains("校车加一班"), bus, "{path}: {text}");
        assert_eq!(text.contains("自习区开到十一点"), library, "{path}: {text}");
    };
    shows("/public", true, true).await;
    shows("/public?kind=suggestion", false, true).await;
    shows("/public?unit=logistics", true, false).await;
    shows("/public?state=open", false, true).await;
    shows("/public?state=answered&kind=&unit=", true, false).await;
    app.anyone().get("/public?unit=nowhere").await.is(200).says("没有符合条件的件").says("清除筛选");
}

#[tokio::test]
async fn a_long_list_is_turned_page_by_page_and_nothing_is_lost_or_shown_twice() {
    const NUMBERS: [&str; 4] = ["HY-20261101-", "HY-20261102-", "HY-20261103-", "HY-20261104-"];
    let app = app();
    let mut all = Vec::new();
    for (day, begin) in NUMBERS.iter().enumerate() {
        for serial in 1..=10 {
            let no: &'static str = Box::leak(format!("{begin}{serial:04}").into_boxed_str());
            // Ten were shown at the same moment, so that the number must decide.
            let published_at = hours_ago(day as i64);
            Shelved { published_at, ..Shelved::new(no, "x").answered(1).shown_as(no, "……") }.put(&app);
            all.push(no.to_owned());
        }
    }
    let mut seen = Vec::new();
    let mut path = "/public?kind=repair".to_owned();
    loop {
        let html = app.anyone().get(&path).await.html();
        seen.extend(html.split("href=\"/public/").skip(1).map(|rest| rest[..16].to_owned()));
        let Some((before, _)) = html.split_once("\" rel=\"next\"") else { break };
        path = before.rsplit("href=\"").next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
        assert!(path.starts_with("/public?kind=repair&after="), "{path}");
    }
    assert_eq!(seen, all);
}

#[tokio::test]
async fn a_damaged_place_in_the_address_begins_at_the_newest() {
    let app = app();
    bus().put(&app);
    app.anyone().get("/public?after=nonsense").await.is(200).says("校车加一班");
}

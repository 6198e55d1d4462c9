//! Finding what may be found, and nothing else; what is said of how it was found; and that counts are right.

use crate::tests::Shelved;
use huiyin_foundation::db::DbError;
use huiyin_foundation::index::{self, Shelf};
use huiyin_foundation::testing::{TestApp, tear_index};

fn app() -> TestApp {
    let app = TestApp::new(crate::routes());
    Shelved::new("HY-20261123-0001", "原话：校车")
        .shown_as("校车 WiFi 加一班", "晚高峰等 100% 两趟")
        .put(&app);
    Shelved { requester: Some("p-student"), ..Shelved::new("HY-20261123-0002", "宿舍灯_不亮") }.put(&app);
    app
}

/// What is marked on a page.
fn marked(html: impl AsRef<str>) -> Vec<String> {
    let html = html.as_ref();
    html.split("<mark>")
        .skip(1)
        .filter_map(|rest| rest.split_once("</mark>"))
        .map(|(word, _)| word.to_owned())
        .collect()
}

#[tokio::test]
async fn public_cases_are_found_by_number_title_and_text() {
    let app = app();
    for q in ["20261123-0001", "hy-20261123-0001", "wifi", "晚高峰", "100%25", "校車", "xiaoche", "jyb"]
    {
        let page = app.anyone().get(&format!("/search?q={q}")).await;
        page.is(200).hides("没找到");
        assert!(page.html().contains("href=\"/public/HY-20261123-0001\""), "{q}");
    }
}

#[tokio::test]
async fn what_was_asked_for_is_marked_in_title_and_text() {
    let app = app();
    let page = app.anyone().get("/search?q=校车+高峰").await;
    assert_eq!(marked(page.html()), ["校车", "高峰"]);
    assert_eq!(marked(app.anyone().get("/search?q=xiaoche").await.html()), ["校车"]);
}

#[tokio::test]
async fn words_that_were_not_published_are_not_searched() {
    let app = app();
    app.anyone().get("/search?q=原话").await.says("没找到，直接提交").hides("校车");
    app.anyone().get("/search?q=宿舍灯").await.says("没找到").hides("HY-20261123-0002");
    app.other_student().get("/search?q=HY-20261123-0002").await.says("没找到");
    app.other_student().get("/search?in=mine&q=宿舍灯").await.says("没找到").hides("不亮");
}

#[tokio::test]
async fn ones_own_case_is_found_by_its_words() {
    let app = app();
    for q in ["灯_不", "HY-20261123-0002", "ssd", "宿舍+不亮"] {
        let page = app.student().get(&format!("/search?q={q}")).await;
        page.says("我的诉求");
        assert!(page.html().contains("href=\"/cases/HY-20261123-0002\""), "{q}");
    }
}

#[tokio::test]
async fn signs_alone_ask_for_nothing() {
    let app = app();
    for q in ["%25", "!", "*", "%22", "'", "🙂", "%F0%9F%99%82%22OR%22", "NEAR(", "title:"] {
        app.student().get(&format!("/search?q={q}")).await.is(200).says("没找到").hides("校车 WiFi");
    }
}

#[tokio::test]
async fn an_empty_search_finds_nothing_and_says_where_it_looks() {
    let app = app();
    app.anyone().get("/search?q=%20").await.is(200).says("在公开的诉求和您自己的诉求里找").hides("没找到");
}

#[tokio::test]
async fn what_was_typed_is_shown_as_text_and_carried_into_the_form() {
    let app = app();
    let page = app.anyone().get("/search?q=%3Cscript%3E").await;
    page.is(200).hides("<script>").says("没找到").says("少写几个字");
    assert!(page.html().contains("href=\"/say?title=%3Cscript%3E\""), "{}", page.html());
}

#[tokio::test]
async fn groups_are_counted_and_each_goes_on_to_its_end() {
    let app = TestApp::new(crate::routes());
    let nos: Vec<String> = (0..47).map(|at| format!("HY-20261101-{at:04}")).collect();
    for (at, no) in nos.iter().enumerate() {
        let no: &'static str = no.clone().leak();
        let (title, body) =
            if at % 2 == 0 { ("空调不制冷", "修") } else { ("三号楼太热", "空调修好了") };
        let case = Shelved::new(no, "原话").shown_as(title, body).answered(1);
        let published_at = case.published_at.plus_ms(at as i64 * 60_000);
        Shelved { published_at, ..case }.put(&app);
    }
    Shelved::new("HY-20261102-0001", "原话").shown_as("空调又坏了", "").put(&app);
    let page = app.anyone().get("/search?q=空调").await;
    page.says("办过的 47").says("正在办 1").says("全部 47 件");
    for (order, first) in [("", "HY-20261101-0046"), ("&order=new", "HY-20261101-0046")] {
        let mut seen = Vec::new();
        let mut address = format!("/search?q=空调&in=done{order}");
        loop {
            let page = app.anyone().get(&address).await;
            let html = page.is(200).html().to_owned();
            seen.extend(html.split("href=\"/public/").skip(1).map(|rest| rest[..16].to_owned()));
            let next = html.split("rel=\"next\"").next().filter(|_| html.contains("rel=\"next\""));
            let Some(next) = next.and_then(|before| before.rsplit("href=\"").next()) else { break };
            address = next.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
        }
        assert_eq!(seen.len(), 47, "{order}");
        assert_eq!(seen[0], first);
        let mut every = seen.clone();
        every.sort();
        assert_eq!(every, nos, "each once");
        let even = |no: &String| no[15..].parse::<u32>().unwrap() % 2 == 0;
        let in_title_first = seen.iter().take(24).all(even);
        assert_eq!(in_title_first, order.is_empty());
    }
}

#[tokio::test]
async fn filters_are_the_indexs_own_and_change_the_counts() {
    let app = TestApp::new(crate::routes());
    let shown =
        |no, kind, unit| Shelved {
            kind, unit: Some(unit), ..Shelved::new(no, "原话").shown_as("空调", "")
        };
    shown("HY-20261101-0001", "repair", "logistics").put(&app);
    shown("HY-20261101-0002", "inquiry", "library").put(&app);
    let old = shown("HY-20250901-0003", "repair", "library");
    Shelved { published_at: old.published_at.plus_ms(-300 * 86_400_000), ..old }.put(&app);
    for (filter, count) in [
        ("", 3),
        ("&kind=repair", 2),
        ("&unit=library", 2),
        ("&unit=library&kind=repair", 1),
        ("&since=1", 2),
        ("&since=12", 3),
        ("&since=3&unit=library", 1),
    ] {
        let page = app.anyone().get(&format!("/search?q=空调{filter}")).await;
        page.is(200).says(&format!("正在办 {count}"));
    }
    let none = app.anyone().get("/search?q=空调&unit=nobody").await;
    none.says("没有符合条件的件").says("清除筛选");
    app.anyone().get("/search?kind=inquiry").await.says("正在办 1");
}

#[tokio::test]
async fn what_was_asked_besides_the_letters_is_said() {
    let app = app();
    Shelved::new("HY-20261123-0003", "原话").shown_as("三号楼空调不冷", "").put(&app);
    Shelved::new("HY-20261123-0004", "原话").shown_as("自习室几点关门", "").put(&app);
    app.anyone().get("/search?q=冷气").await.says("也找了：空调").says("不冷");
    let page = app.anyone().get("/search?q=空条").await;
    page.says("读音相同").says("不冷");
    assert_eq!(marked(page.html()), ["空调"]);
    let page = app.anyone().get("/search?q=自刁室").await;
    page.says("没有“自刁室”，找的是“自习室”").says("几点关门");
    assert_eq!(marked(page.html()), ["自习室"]);
}

#[tokio::test]
async fn while_the_index_is_rebuilt_the_page_says_so_and_answers_from_what_is_there() {
    let app = app();
    let building = app.db.write_now::<_, DbError>(|tx| {
        index::renew(tx, Shelf::Public)?;
        index::begin(tx, Shelf::Public, 200)?;
        index::advance(tx, Shelf::Public, "x", 74)
    });
    building.unwrap();
    let page = app.anyone().get("/search?q=校车").await;
    page.is(200).says("正在重建搜索，已完成 37 %").says("校车 WiFi");
}

#[tokio::test]
async fn a_torn_index_is_no_error_page() {
    let app = app();
    for at in 0..40 {
        let no: &'static str = format!("HY-20261001-{at:04}").leak();
        Shelved::new(no, "原话").shown_as("校车太挤", "").put(&app);
    }
    if !tear_index(&app.db) {
        return;
    }
    for _ in 0..2 {
        app.anyone().get("/search?q=校车").await.is(200).says("正在重建搜索");
    }
    let standing = app.db.read_now(|tx| index::standing(tx, Shelf::Public)).unwrap();
    assert_eq!(standing, index::Standing::Torn);
}

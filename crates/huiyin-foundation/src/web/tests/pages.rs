//! What every page carries: language, title, the visitor's looks; the side bar; the lists of the widgets.

use crate::testing::TestApp;
use crate::web::{Pages, Routes, Side, percent_of};
use huiyin_domain::access::{Duty, Role};

async fn page_of(app: &TestApp, path: &str) -> String {
    app.student().get(path).await.is(200).html()
}

#[tokio::test]
async fn a_page_names_its_language_its_heading_and_the_school() {
    let app = TestApp::new(Routes::new("tests"));
    let html = page_of(&app, "/_design").await;
    let school = app.policy_in_force().policy.school.name.clone();
    assert!(html.contains("<html lang=\"zh-CN\">"));
    assert!(html.contains(&format!("<title>样式册 - {school}</title>")));
    assert_eq!(html.matches("<h1").count(), 2, "the heading, and the one of the sample panel");
    assert!(html.contains("href=\"#main\"") && html.contains("<main id=\"main\""));
}

#[tokio::test]
async fn chosen_looks_stand_on_the_root_and_unchosen_ones_do_not() {
    let app = TestApp::new(Routes::new("tests"));
    assert!(
        page_of(&app, "/_design?theme=dark&size=huge")
            .await
            .contains("<html lang=\"zh-CN\" data-theme=\"dark\" data-size=\"huge\">")
    );
    assert!(page_of(&app, "/_design?theme=nonsense").await.contains("<html lang=\"zh-CN\">"));
}

#[tokio::test]
async fn inside_wechat_the_page_leaves_its_own_title_bar_out() {
    let app = TestApp::new(Routes::new("tests"));
    let agents = [
        ("Mozilla/5.0 MicroMessenger/8.0", false),
        ("Mozilla/5.0 wxwork/4.1", false),
        ("Mozilla/5.0 Chrome/140", true),
    ];
    for (agent, has_bar) in agents {
        let answer = app.anyone().get_with("/_design?layout=step", &[("user-agent", agent)]).await;
        assert_eq!(answer.html().contains("phone-head"), has_bar, "{agent}");
    }
}

#[tokio::test]
async fn a_person_of_several_duties_finds_every_seat_once() {
    let app = TestApp::new(Routes::new("tests"));
    let unit = app.policy_in_force().policy.units[0].clone();
    let duty = |role, unit| Duty { role, unit, post: None };
    let duties = vec![
        duty(Role::Officer, Some(unit.id.clone())),
        duty(Role::UnitHead, Some(unit.id.clone())),
        duty(Role::Clerk, None),
    ];
    let answer = app.person("p-both", "甲", duties).get("/_design").await;
    assert_eq!(answer.html().matches(&format!("href=\"/desk/{}\"", unit.id)).count(), 1);
    answer.says(&format!("{}待办", unit.name)).says("受理转办");
}

#[test]
fn the_side_bar_marks_the_longest_line_that_leads_here() {
    let current = |path: &str| {
        let side = Side::officer("library", "图书馆").standing_at(path);
        let links: Vec<_> =
            side.groups.into_iter().flat_map(|group| group.links).filter(|link| link.is_current).collect();
        links.into_iter().map(|link| link.href).collect::<Vec<_>>()
    };
    assert_eq!(current("/desk/library"), ["/desk/library"]);
    assert_eq!(current("/desk/library/cases/HY-1"), ["/desk/library"]);
    assert_eq!(current("/desk/library/done"), ["/desk/library/done"]);
    assert_eq!(current("/desk/library-annex"), [""; 0]);
}

#[test]
fn the_pages_of_a_list_keep_its_filter_and_stop_at_its_ends() {
    let pages = Pages::new(45, 2, 20, "/public?kind=repair");
    assert_eq!((pages.last, pages.offset(20)), (3, 20));
    assert_eq!(pages.previous().as_deref(), Some("/public?kind=repair&page=1"));
    assert_eq!(pages.next().as_deref(), Some("/public?kind=repair&page=3"));
    let beyond = Pages::new(0, 99, 20, "/public");
    assert_eq!((beyond.number, beyond.last, beyond.next(), beyond.previous()), (1, 1, None, None));
}

#[test]
fn a_share_of_nothing_is_nothing() {
    assert_eq!(percent_of(0, 0), 0);
    assert_eq!(percent_of(2_u64, 3_u64), 66);
    assert_eq!(percent_of(5, 3), 100);
    assert_eq!(percent_of(-1, 3), 0);
}

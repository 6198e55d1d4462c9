//! What came from outside is registered with its number, compared with what was raised inside, and counted by cause.

use crate::dossier::tests::{brought, standing};
use huiyin_domain::access::Role;
use huiyin_domain::case::LeakCause;
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::testing::{Answer, TestApp};

const FROM_HOTLINE: [(&str, &str); 6] = [
    ("channel", "hotline-12345"),
    ("outside_no", "GD20261124-88"),
    ("kind", "complaint"),
    ("title", "宿舍热水又停了"),
    ("identity", "open"),
    ("on_behalf_of", "热线转来"),
];

fn site() -> TestApp {
    TestApp::new(crate::routes())
}

fn number(slip: &Answer) -> CaseNo {
    let html = slip.html();
    let at = html.find("/staff/cases/HY-").unwrap() + "/staff/cases/".len();
    CaseNo(html[at..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect())
}

async fn registered(app: &TestApp) -> CaseNo {
    number(&app.clerk().post("/register", &FROM_HOTLINE).await)
}

#[tokio::test]
async fn a_matter_from_outside_is_registered_with_its_number_there() {
    let app = site();
    let without: Vec<_> = FROM_HOTLINE.into_iter().filter(|(name, _)| *name != "outside_no").collect();
    app.clerk().post("/register", &without).await.is(422).says("请填对方的来件编号");
    registered(&app).await;
    let list = app.clerk().get("/outside").await;
    list.is(200).says("宿舍热水又停了").says("GD20261124-88").says("待比对 1").says("共转来 1 件");
}

#[tokio::test]
async fn it_is_compared_with_an_earlier_case_and_counted_by_cause() {
    let app = site();
    let earlier = brought(&app, "complaint", "宿舍热水停了三天", "没人来修。");
    app.pass_hours(24);
    let no = registered(&app).await;
    let path = format!("/outside/{no}");
    app.clerk().get(&path).await.is(200).says("为什么到了校外").says("宿舍热水又停了");
    app.clerk().post(&path, &[("cause", "")]).await.is(422).says("请选为什么到了校外");
    let needs = app.clerk().post(&path, &[("cause", "not_solved")]).await;
    needs.is(422).says("请在上面选先前那一件，或填它的编号");
    let unknown = [("cause", "not_solved"), ("earlier_no", "HY-20260101-9999")];
    app.clerk().post(&path, &unknown).await.is(422).says("没有这个编号的件");
    let itself = [("cause", "not_solved"), ("earlier_no", no.as_str())];
    app.clerk().post(&path, &itself).await.is(422).says("这是本件自己的编号");
    let typed = earlier.as_str().to_lowercase();
    let found = [("cause", "not_solved"), ("earlier_no", typed.as_str())];
    let done = app.clerk().post(&path, &found).await;
    assert_eq!(done.is(303).location(), format!("/outside?show=compared&done={no}"));
    assert_eq!(standing(&app, &no).leak, Some((Some(earlier.clone()), LeakCause::NotSolved)));
    let list = app.clerk().get("/outside?show=not_solved").await;
    list.is(200).says("其中校内反映过的 1 件").says(earlier.as_str()).says("校内答复过，问题没有解决");
    app.clerk().get(&format!("/staff/cases/{no}")).await.says(&format!("与校内先前的 {earlier} 比对"));
}

#[tokio::test]
async fn a_later_comparison_takes_the_place_of_the_first() {
    let app = site();
    let no = registered(&app).await;
    let path = format!("/outside/{no}");
    app.clerk().post(&path, &[("cause", "way_unknown")]).await.is(303);
    let supervisor = app.holder(Role::Supervisor);
    supervisor.get(&path).await.is(200);
    supervisor.post(&path, &[("cause", "no_trust")]).await.is(303);
    assert_eq!(standing(&app, &no).leak, Some((None, LeakCause::NoTrust)));
    let list = app.clerk().get("/outside").await;
    list.says("待比对 0").says("已比对 1").says("其中校内反映过的 0 件");
}

#[tokio::test]
async fn a_case_from_inside_is_not_compared_and_units_do_not_enter() {
    let app = site();
    let inside = brought(&app, "complaint", "食堂打饭排队太久", "每天都这样。");
    app.clerk().get(&format!("/outside/{inside}")).await.is(404);
    app.clerk().post(&format!("/outside/{inside}"), &[("cause", "no_trust")]).await.is(404);
    app.officer("library").get("/outside").await.is(403);
    app.student().get("/outside").await.is(403);
    app.leader("deputy-teaching").get("/outside").await.is(403);
}

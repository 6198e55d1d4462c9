//! The lists of the desk: what waits, what was done, what is found, and who finds nothing.

use super::*;
use crate::desk::queries;
use crate::desk::view::{Cursor, Shelf, View};
use huiyin_domain::case::Outcome;
use huiyin_domain::ids::UnitId;
use huiyin_foundation::db::{Engine, Filter};
use huiyin_foundation::school::PolicyInForce;

#[tokio::test]
async fn a_unit_that_assists_finds_the_case_on_a_shelf_of_its_own() {
    let app = app();
    let no = leak(&app);
    app.officer("library").get("/desk/library").await.is(200).hides("协办");
    let handed = Command::Transfer {
        unit: "logistics".into(),
        assisting: vec!["library".into()],
        forced: false,
        reason: "请一起看".into(),
    };
    let clerk = app.clerk();
    crate::dossier::tests::done(&app, &clerk, &no, handed);
    let shelf = app.officer("library").get("/desk/library?view=assisting").await;
    shelf.is(200).says("协办").says("图书馆三层水龙头漏水");
    app.officer("network").get("/desk/network?view=assisting").await.is(200).hides("水龙头漏水");
}

#[tokio::test]
async fn a_unit_that_assists_finds_first_what_it_owes_first_and_what_it_has_given_last() {
    let app = app();
    let bring = |title: &str| crate::dossier::tests::brought(&app, "suggestion", title, "");
    let helped = |no: &CaseNo| {
        let handed = Command::Transfer {
            unit: "logistics".into(),
            assisting: vec!["library".into()],
            forced: false,
            reason: "请一起看".into(),
        };
        crate::dossier::tests::done(&app, &app.clerk(), no, handed);
    };
    // The lead answers for the second before it answers for the first; of the helper the first is wanted earlier.
    let second = bring("先提交的一件");
    app.pass_hours(25);
    let first = bring("后提交的一件");
    helped(&first);
    app.pass_hours(24);
    helped(&second);
    let officer = app.officer("library");
    let list = "/desk/library?view=assisting";
    let place = |page: &str, title: &str| page.find(title).expect("it is on the list");
    let page = officer.get(list).await;
    page.says("给意见的期限").says("共 2 件");
    let page = page.html();
    assert!(place(&page, "后提交的一件") < place(&page, "先提交的一件"));
    let here = format!("/desk/library/cases/{first}?view=assisting");
    officer.get(&here).await.says("1 / 2");
    let asked = case(&app, &first).assistance[0].due;
    let next = format!("{list}&after={}.{first}", asked.0);
    officer.get(&next).await.says("先提交的一件").hides("后提交的一件");
    let given = [("words", "可以。")];
    officer.post(&format!("/desk/library/cases/{first}/opinion"), &given).await.is(303);
    let page = officer.get(list).await;
    page.says("已给意见").says("共 2 件");
    let page = page.html();
    assert!(place(&page, "先提交的一件") < place(&page, "后提交的一件"), "given ones stand last");
    app.pass_hours(24 * 14);
    let page = officer.get(list).await;
    page.says("超期");
    assert_eq!(crate::cases::tests::found_by_verify(&app), None);
}

#[tokio::test]
async fn a_case_is_signed_for_from_the_list_answered_and_found_among_the_done() {
    let app = app();
    know(&app, "p-student", "林晚", PersonKind::Student);
    let no = leak(&app);
    let officer = app.officer("logistics");
    let list = officer.get(DESK).await;
    list.is(200)
        .says("图书馆三层水龙头漏水")
        .says("林晚")
        .says("图书馆 三层东侧")
        .says("待签收")
        .says("待首次回应");
    list.says("共 1 件").hides("13800006021");
    let at = seen(&list);
    let signed =
        officer.post(&format!("{DESK}/cases/{no}/signature"), &[("from", "list"), ("seen", &at)]).await;
    assert_eq!((signed.is(303).location()), "/desk/logistics?done=signature");
    officer.get(signed.location()).await.says("已签收").says("办理中");

    let here = format!("{DESK}/cases/{no}");
    let bench = officer.get(&format!("{here}?template=repaired")).await;
    bench
        .is(200)
        .says("您好：您反映的图书馆 三层东侧")
        .says("13800006021")
        .says("计算机学院")
        .says("答复并办结");
    let progress = [("words", "下午三点上门。"), ("seen", "9")];
    officer.post(&format!("{here}/progress"), &progress).await.is(303);
    let reply = [("words", "已更换阀芯，试水正常。"), ("outcome", "solved"), ("visibility", "private")];
    let answered = officer.post(&format!("{here}/reply"), &reply).await;
    assert_eq!(answered.is(303).location(), format!("{here}?done=reply"));
    officer
        .get(answered.location())
        .await
        .says("已答复，反映人会收到通知")
        .says("已更换阀芯")
        .says("在期限内");
    officer.get(DESK).await.says("1 / 1 件").says("今天清零了");
    officer.get(&format!("{DESK}/done")).await.says("已解决").says("按期").says("未评价");
    officer.get(&format!("{DESK}/figures")).await.says("1 件到期：按期 1 件，超期 0 件").says("样本少");
    assert_eq!(case(&app, &no).stage, Stage::Replied);
}

#[tokio::test]
async fn another_units_officer_finds_neither_the_desk_nor_the_case() {
    let app = app();
    let no = leak(&app);
    let stranger = app.officer("library");
    stranger.get(DESK).await.is(403);
    stranger.get(&format!("{DESK}/cases/{no}")).await.is(403);
    stranger.get(&format!("/desk/library/cases/{no}")).await.is(404).hides("水龙头");
    let note = [("words", "想看一眼")];
    stranger.post(&format!("/desk/library/cases/{no}/note"), &note).await.is(404);
    app.student().get(DESK).await.is(403);
    app.clerk().get(DESK).await.is(403);
    assert_eq!(app.anyone().get(DESK).await.is(303).location(), "/sign-in?next=%2Fdesk%2Flogistics");
}

#[tokio::test]
async fn a_list_of_sixty_is_turned_page_by_page_without_losing_or_doubling_any() {
    let app = app();
    for place in 0..60 {
        if place % 7 == 0 {
            app.clock.advance_ms(60_000);
        }
        bring_in(&app, repair(&format!("漏水第 {place} 处"), Identity::Open));
    }
    let officer = app.officer("logistics");
    let (mut path, mut found) = (DESK.to_owned(), Vec::new());
    for page in 0..3 {
        let html = officer.get(&path).await.html();
        let table = html.split("</table>").next().unwrap().to_owned();
        let rows = table.split("class=\"table-title\"").skip(1);
        found.extend(rows.map(|row| row.split(['>', '<']).nth(1).unwrap().to_owned()));
        let next = html.split("rel=\"next\"").next().and_then(|before| before.rsplit("href=\"").next());
        path = next.unwrap().trim_end_matches(['"', ' ']).replace("&amp;", "&").replace("&#38;", "&");
        if page == 0 {
            // What comes in meanwhile, or leaves, moves nothing that was not shown yet.
            bring_in(&app, repair("后来的一件", Identity::Open));
        }
    }
    let mut expected: Vec<String> = (0..60).map(|place| format!("漏水第 {place} 处")).collect();
    expected.push("后来的一件".into());
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}

#[tokio::test]
async fn tabs_and_filters_narrow_the_list_and_the_way_along_it() {
    let app = app();
    let first = leak(&app);
    app.clock.advance_ms(60_000);
    let elsewhere = Place { id: Some("lake".into()), room: String::new() };
    let second = bring_in(&app, Submission { place: elsewhere, ..repair("湖边路灯不亮", Identity::Open) });
    let officer = app.officer("logistics");
    officer.post(&format!("{DESK}/cases/{first}/signature"), &[]).await.is(303);
    officer.get(&format!("{DESK}?view=unsigned")).await.says("湖边路灯不亮").hides("水龙头");
    officer.get(&format!("{DESK}?place=library")).await.says("水龙头").hides("湖边路灯不亮");
    officer.get(&format!("{DESK}?kind=complaint")).await.says("没有符合条件的件").says("清除筛选");
    let bench = officer.get(&format!("{DESK}/cases/{first}")).await;
    bench.says("1 / 2").says("下一件");
    assert!(bench.html().contains(&format!("{DESK}/cases/{second}\" rel=\"next\"")));
    app.pass_hours(50);
    officer.get(&format!("{DESK}?view=late")).await.says("超期 2").says("湖边路灯不亮");
}

#[tokio::test]
async fn search_finds_by_number_title_and_place_only_among_the_units_own() {
    let app = app();
    let no = leak(&app);
    let other = Submission {
        kind: "inquiry".into(),
        category: Some("fees".into()),
        ..repair("图书馆罚款怎么交", Identity::Open)
    };
    bring_in(&app, other);
    let officer = app.officer("logistics");
    for typed in [no.as_str(), "水龙头", "图书馆", "三层"] {
        let found = officer.get(&format!("{DESK}/search?q={typed}")).await;
        found.is(200).says("三层").hides("罚款");
        assert!(found.html().contains(no.as_str()), "{typed}");
    }
    for typed in ["shuilongtou", "水籠頭", "slt", "水聋头"] {
        let found = officer.get(&format!("{DESK}/search?q={typed}")).await;
        found.is(200).hides("罚款");
        assert!(found.html().contains("<mark>水龙头</mark>"), "{typed}");
    }
    officer.get(&format!("{DESK}/search?q=100%25")).await.says("没有符合条件的件");
}

#[tokio::test]
async fn the_queue_is_read_by_its_index() {
    let app = app();
    if app.db.engine() != Engine::Sqlite {
        return;
    }
    let after = Cursor { due: app.now(), no: "HY-20261124-0001".into() };
    let views = [Shelf::All, Shelf::Assisting]
        .into_iter()
        .flat_map(|shelf| [None, Some(after.clone())].map(|after| View { after, shelf, ..View::default() }));
    for view in views {
        let (now, shelf) = (app.now(), view.shelf);
        let plan = app.db.read_now::<_, Error>(move |tx| {
            let asking = Filter::new("explain query plan ");
            let unit: UnitId = "logistics".into();
            let desk = queries::Desk { unit: &unit, away: &[] };
            let (sql, values) = queries::page_of_queue(asking, desk, &view, now).finish();
            let rows = tx.query(sql, &values)?;
            Ok(rows.iter().map(|row| row.text("detail")).collect::<Result<Vec<_>, _>>()?)
        });
        let plan = plan.unwrap().join("; ").to_lowercase();
        let index = if shelf == Shelf::Assisting { "case_opinions_by_time" } else { "cases_by_unit_due" };
        assert!(plan.contains(index), "{plan}");
        assert!(!plan.contains("scan cases") && !plan.contains("temp b-tree"), "{plan}");
    }
}

#[tokio::test]
async fn the_desk_is_counted_in_its_index_alone() {
    let app = app();
    if app.db.engine() != Engine::Sqlite {
        return;
    }
    let now = app.now();
    for shelf in Shelf::ALL {
        let plan = app.db.read_now::<_, Error>(move |tx| {
            let (view, asking) = (View { shelf, ..View::default() }, Filter::new("explain query plan "));
            let unit: UnitId = "logistics".into();
            let desk = queries::Desk { unit: &unit, away: &[] };
            let (sql, values) = queries::counting(asking, desk, &view, now).finish();
            let rows = tx.query(sql, &values)?;
            Ok(rows.iter().map(|row| row.text("detail")).collect::<Result<Vec<_>, _>>()?)
        });
        let plan = plan.unwrap().join("; ").to_lowercase();
        let index = if shelf == Shelf::Assisting { "case_opinions_by_time" } else { "cases_by_unit_due" };
        assert!(plan.contains(&format!("covering index {index}")), "{plan}");
    }
}

// 3.4
#[tokio::test]
async fn whoever_hands_back_a_case_that_came_back_before_is_told_that_it_goes_up() {
    let app = app();
    let no = leak(&app);
    let fields = [("ground", "not_our_duty"), ("suggested", "residence"), ("reason", "不归我们。")];
    let back = |unit: &str| format!("/desk/{unit}/cases/{no}/return");
    let first = app.officer("logistics").post(&back("logistics"), &fields).await;
    app.officer("logistics").get(first.is(303).location()).await.says("由协调部门重新安排");
    let assign = Command::Assign { unit: "residence".into(), forced: false, reason: String::new() };
    crate::dossier::tests::done(&app, &app.clerk(), &no, assign);
    let fields = [("ground", "not_our_duty"), ("suggested", "logistics"), ("reason", "也不归我们。")];
    let officer = app.officer("residence");
    let second = officer.post(&back("residence"), &fields).await;
    let page = officer.get(second.is(303).location()).await;
    page.says("已呈报校领导定由谁办").hides("由协调部门重新安排");
}

// 5.7
#[tokio::test]
async fn what_came_of_a_report_in_danger_is_called_as_on_its_own_page() {
    let app = app();
    let report = Submission {
        kind: "report".into(),
        category: None,
        danger: true,
        place: Place::default(),
        ..repair("宿舍有人持刀", Identity::Open)
    };
    let no = bring_in(&app, report);
    crate::dossier::tests::done(
        &app,
        &app.clerk(),
        &no,
        Command::Assign { unit: "logistics".into(), forced: false, reason: String::new() },
    );
    assert!(!case(&app, &no).is_on_statute(), "danger does not wait for the law");
    answered(&app, &no);
    app.unit_head("logistics").get(&format!("{DESK}/done")).await.says("已解决").hides("属实，已处理");
    app.unit_head("logistics").get(&format!("{DESK}/cases/{no}")).await.says("已解决").hides("属实，已处理");
}

// 5.7
#[tokio::test]
async fn an_answer_keeps_its_name_though_its_category_is_put_under_a_procedure_later() {
    let app = app();
    let no = leak(&app);
    answered(&app, &no);
    let mut in_force = PolicyInForce::clone(&app.policy_in_force());
    let petition = in_force.policy.statutory.iter_mut().find(|procedure| procedure.id == "petition");
    petition.unwrap().categories.push("repairs".into());
    app.policy.store(in_force.into());
    app.unit_head("logistics").get(&format!("{DESK}/done")).await.says("已解决").hides("予以支持");
}

fn answered(app: &TestApp, no: &CaseNo) {
    let reply = Command::Reply(huiyin_domain::case::Answer {
        words: "已经处理好了。".into(),
        outcome: Outcome::Solved,
        public: None,
        files: vec![],
        shelving: None,
        joined_words: String::new(),
    });
    crate::dossier::tests::done(app, &app.unit_head("logistics"), no, reply);
}

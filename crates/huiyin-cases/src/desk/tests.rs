//! The desk over HTTP: what officers read, what they may do, and what they are told when they may not.

use super::queries;
use super::view::{Cursor, View};
use crate::cases::log::{Bringer, Standing, carry_out, load, submit};
use huiyin_domain::access::{Duty, Role};
use huiyin_domain::case::{Actor, Case, Command, Identity, Place, Satisfaction, Solved, Stage, Submission};
use huiyin_domain::ids::{CaseNo, PersonId};
use huiyin_foundation::db::{Engine, Filter};
use huiyin_foundation::error::Error;
use huiyin_foundation::testing::{Answer, Hand, TestApp};
use huiyin_people::identity::{self, PersonEntry, PersonKind};

const DESK: &str = "/desk/logistics";

fn app() -> TestApp {
    TestApp::new(crate::routes())
}

fn repair(title: &str, identity: Identity) -> Submission {
    Submission {
        kind: "repair".into(),
        category: Some("repairs".into()),
        title: title.into(),
        body: "昨晚开始漏水，地面都湿了。".into(),
        place: Place { id: Some("library".into()), room: "三层东侧".into() },
        identity,
        channel: "online".into(),
        danger: false,
        may_publish: true,
        contact: "13800006021".into(),
        on_behalf_of: String::new(),
        files: vec![],
    }
}

fn bring_in(app: &TestApp, submission: Submission) -> CaseNo {
    let (standing, school) = (Standing::of(app), app.app());
    let bringer = match submission.identity {
        Identity::Anonymous => Bringer::Receipt(format!("hash of {}", submission.title)),
        _ => Bringer::Account("p-student".into()),
    };
    let brought = app.db.write_now(move |tx| {
        let bench = standing.bench(&school.keys);
        submit(tx, &bench, &Actor::Requester, None, &bringer, None, submission)
    });
    brought.unwrap()
}

fn leak(app: &TestApp) -> CaseNo {
    bring_in(app, repair("图书馆三层水龙头漏水", Identity::Open))
}

fn act(app: &TestApp, actor: Actor, no: &CaseNo, command: Command) {
    let (standing, school, no) = (Standing::of(app), app.app(), no.clone());
    let done = app.db.write_now(move |tx| {
        let bench = standing.bench(&school.keys);
        carry_out(tx, &bench, &actor, Some(&"logistics".into()), &no, command).map(|_| ())
    });
    done.unwrap();
}

fn case(app: &TestApp, no: &CaseNo) -> Case {
    let no = no.clone();
    app.db.read_now(move |tx| load(tx, &no)).unwrap().unwrap().case
}

fn know(app: &TestApp, id: &str, name: &str, kind: PersonKind) {
    let entry = PersonEntry {
        number: id.into(),
        name: name.into(),
        kind,
        department: "计算机学院".into(),
        email: String::new(),
        phone: String::new(),
    };
    let (id, now) = (PersonId::from(id), app.now());
    app.db
        .write_now(move |tx| identity::upsert(tx, &id, &entry, now).map(|_| ()).map_err(Error::from))
        .unwrap();
}

fn second_officer(app: &TestApp) -> Hand<'_> {
    let duty = Duty { role: Role::Officer, unit: Some("logistics".into()), post: None };
    app.person("p-second", "第二位", vec![duty])
}

fn seen(page: &Answer) -> String {
    let html = page.html();
    let (_, rest) = html.split_once("name=\"seen\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
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
        .says("林晚同学：您反映的图书馆 三层东侧")
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
    officer.get(&format!("{DESK}/figures")).await.says("1 件答复中 1 件按期").says("样本少");
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
async fn neither_a_sealed_nor_an_anonymous_requester_is_named() {
    let app = app();
    know(&app, "p-student", "林晚", PersonKind::Student);
    let officer = app.officer("logistics");
    for (identity, word) in [(Identity::Sealed, "保密"), (Identity::Anonymous, "匿名")] {
        let no = bring_in(&app, repair("图书馆灯不亮", identity));
        for path in [DESK.to_owned(), format!("{DESK}/cases/{no}")] {
            officer
                .get(&path)
                .await
                .is(200)
                .says(word)
                .hides("林晚")
                .hides("13800006021")
                .hides("计算机学院");
        }
    }
}

#[tokio::test]
async fn a_late_return_is_refused_with_the_clause_and_nothing_typed_is_lost() {
    let app = app();
    let no = leak(&app);
    app.pass_hours(24 * 5);
    let fields =
        [("ground", "not_our_duty"), ("suggested", "residence"), ("reason", "公寓里的归公寓中心管。")];
    let refused = app.officer("logistics").post(&format!("{DESK}/cases/{no}/return"), &fields).await;
    let clause = app.policy_in_force().policy.sending_back.clause.clone();
    refused.is(409).says("不能再退回").says(&clause).says("公寓里的归公寓中心管。");
    assert_eq!(case(&app, &no).unit, Some("logistics".into()));
}

#[tokio::test]
async fn a_return_in_time_goes_back_to_the_coordinating_office() {
    let app = app();
    let no = leak(&app);
    let officer = app.officer("logistics");
    let path = format!("{DESK}/cases/{no}/return");
    officer
        .post(&path, &[("reason", "不归我们。")])
        .await
        .is(422)
        .says("请选退回的原因")
        .says("请选建议单位");
    let fields =
        [("ground", "not_our_duty"), ("suggested", "residence"), ("reason", "不归我们。"), ("seen", "3")];
    let sent = officer.post(&path, &fields).await;
    assert_eq!(sent.is(303).location(), "/desk/logistics?done=return");
    officer.get(sent.location()).await.says("已退回").says("没有待办的件");
    officer.post(&path, &fields).await.is(303);
    let late = second_officer(&app).post(&path, &fields).await;
    late.is(409).says("前已退回").says("由协调部门安排");
}

#[tokio::test]
async fn a_public_answer_without_consent_is_refused_and_the_words_stay() {
    let app = app();
    let private = Submission { may_publish: false, ..repair("图书馆椅子坏了", Identity::Open) };
    let no = bring_in(&app, private);
    let officer = app.officer("logistics");
    officer.get(&format!("{DESK}/cases/{no}")).await.says("仅反映人可见").hides("value=\"public\"");
    let fields = [
        ("words", "椅子已经换新。"),
        ("outcome", "solved"),
        ("visibility", "public"),
        ("public_title", "图书馆椅子坏了"),
    ];
    let refused = officer.post(&format!("{DESK}/cases/{no}/reply"), &fields).await;
    refused.is(409).says("没有同意公开").says("公开须经反映人同意").says("椅子已经换新。");
    assert_eq!(case(&app, &no).stage, Stage::Assigned);
}

#[tokio::test]
async fn a_public_answer_with_consent_is_published() {
    let app = app();
    let no = leak(&app);
    let officer = app.officer("logistics");
    let here = format!("{DESK}/cases/{no}");
    officer.get(&here).await.says("请删去姓名").says("图书馆三层水龙头漏水");
    let unnamed = [("words", "已修好。"), ("outcome", "solved"), ("visibility", "public")];
    officer.post(&format!("{here}/reply"), &unnamed).await.is(422).says("请写公开标题").says("已修好。");
    let fields = [("public_title", "图书馆水龙头漏水"), ("public_body", "三层水龙头漏水")];
    officer.post(&format!("{here}/reply"), &[&unnamed[..], &fields[..]].concat()).await.is(303);
    assert!(case(&app, &no).is_published);
}

#[tokio::test]
async fn what_is_missing_or_too_long_comes_back_as_it_was_typed() {
    let app = app();
    let no = leak(&app);
    let officer = app.officer("logistics");
    let reply = format!("{DESK}/cases/{no}/reply");
    officer
        .post(&reply, &[("words", "已查明原因。")])
        .await
        .is(422)
        .says("请选办理结果")
        .says("已查明原因。");
    let long = "长".repeat(2003);
    let answer = officer.post(&reply, &[("words", &long), ("outcome", "solved")]).await;
    answer.is(422).says("答复内容超过 2000 字，请删去 3 字").says(&long);
    let stale = officer.post_as_is(&reply, &[("words", "写了很久的答复"), ("outcome", "solved")]).await;
    stale.is(422).says("请再点一次提交").says("写了很久的答复");
    assert_eq!(case(&app, &no).stage, Stage::Assigned);
}

#[tokio::test]
async fn a_paper_that_is_none_is_refused_and_a_picture_goes_with_the_answer() {
    let app = app();
    let no = leak(&app);
    let officer = app.officer("logistics");
    let reply = format!("{DESK}/cases/{no}/reply");
    let fields = [("words", "照片见附件。"), ("outcome", "explained")];
    let refused = officer.post_files(&reply, &fields, &[("files", "a.jpg", b"no picture at all")]).await;
    refused.is(422).says("第 1 个文件不是照片").says("照片见附件。");
    let pdf: &[u8] = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";
    officer.post_files(&reply, &fields, &[("files", "a.pdf", pdf)]).await.is(303);
    officer.get(&format!("{DESK}/cases/{no}")).await.says("附件1.pdf");
}

#[tokio::test]
async fn whoever_comes_second_is_told_who_was_first() {
    let app = app();
    know(&app, "p-second", "周宁", PersonKind::Staff);
    let no = leak(&app);
    let officer = app.officer("logistics");
    let at = seen(&officer.get(&format!("{DESK}/cases/{no}")).await);
    second_officer(&app).post(&format!("{DESK}/cases/{no}/signature"), &[("seen", &at)]).await.is(303);
    let reply = [("words", "已修好，请查看。"), ("outcome", "solved"), ("seen", at.as_str())];
    second_officer(&app).post(&format!("{DESK}/cases/{no}/reply"), &reply).await.is(303);
    app.clock.advance_ms(3 * 60_000);
    let mine = [("words", "我也写了一份答复。"), ("outcome", "solved"), ("seen", at.as_str())];
    let refused = officer.post(&format!("{DESK}/cases/{no}/reply"), &mine).await;
    refused.is(409).says("周宁 3 分钟前已答复。").says("这一轮已经答复过了").says("我也写了一份答复。");
    let signed = officer.post(&format!("{DESK}/cases/{no}/signature"), &[("seen", &at)]).await;
    signed.is(409).says("周宁 3 分钟前已答复。");
}

#[tokio::test]
async fn the_same_form_sent_twice_is_done_once() {
    let app = app();
    let no = leak(&app);
    let officer = app.officer("logistics");
    let note = [("words", "等配件。"), ("seen", "3")];
    for _ in 0..2 {
        officer.post(&format!("{DESK}/cases/{no}/note"), &note).await.is(303);
    }
    let page = officer.get(&format!("{DESK}/cases/{no}")).await;
    assert_eq!(page.text().matches("等配件。").count(), 1);
    let reply = [("words", "换好了。"), ("outcome", "solved"), ("seen", "3")];
    for _ in 0..2 {
        officer.post(&format!("{DESK}/cases/{no}/reply"), &reply).await.is(303);
    }
}

#[tokio::test]
async fn notes_stay_inside_and_the_outside_view_leaves_them_out() {
    let app = app();
    let no = leak(&app);
    let officer = app.officer("logistics");
    let here = format!("{DESK}/cases/{no}");
    officer.post(&format!("{here}/note"), &[("words", "同批阀芯一起换。")]).await.is(303);
    officer.get(&here).await.says("同批阀芯一起换。");
    officer.get(&format!("{here}?record=outside")).await.says("反映人看到的").hides("同批阀芯一起换。");
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
async fn a_second_round_is_marked_and_urges_are_counted() {
    let app = app();
    let no = leak(&app);
    let officer = app.officer("logistics");
    let reply = [("words", "已修好。"), ("outcome", "solved")];
    officer.post(&format!("{DESK}/cases/{no}/reply"), &reply).await.is(303);
    let rate = Command::Rate {
        contacted: Some(false),
        solved: Solved::No,
        satisfaction: Satisfaction::Dissatisfied,
        complaints: vec![],
        words: String::new(),
        reopen: false,
    };
    act(&app, Actor::Requester, &no, rate);
    officer.get(&format!("{DESK}?view=again")).await.says("重新办理").says("图书馆三层水龙头漏水");
    officer.get(&format!("{DESK}/cases/{no}")).await.says("第 2 轮").says("答复并办结");
    officer.get(&format!("{DESK}/figures")).await.says("没解决").says("1 件 · 100.0%").says("样本少");
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
        found.is(200).says("图书馆三层水龙头漏水").hides("罚款");
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
    for after in [None, Some(after)] {
        let now = app.now();
        let plan = app.db.read_now::<_, Error>(move |tx| {
            let asking = Filter::new("explain query plan ").sql(queries::LINE);
            let view = View { after, ..View::default() };
            let (sql, values) = queries::page_of_queue(asking, &"logistics".into(), &view, now).finish();
            let rows = tx.query(sql, &values)?;
            Ok(rows.iter().map(|row| row.text("detail")).collect::<Result<Vec<_>, _>>()?)
        });
        let plan = plan.unwrap().join("; ").to_lowercase();
        assert!(plan.contains("cases_by_unit_due"), "{plan}");
        assert!(!plan.contains("scan cases") && !plan.contains("temp b-tree"), "{plan}");
    }
}

//! One thing done to all that are ticked: each case answered for itself, whatever else was ticked or made up.

use super::*;
use huiyin_domain::ids::UnitId;

const BATCH: &str = "/desk/logistics/batch";

/// Two colleagues of the unit with accounts: the one who acts, and 张老师.
fn colleagues(app: &TestApp) {
    for (id, name) in [("p-officer-logistics", "王敏"), ("p-second", "张老师")] {
        know(app, id, name, PersonKind::Staff);
        let duty = Duty { role: Role::Officer, unit: Some(UnitId::from("logistics")), post: None };
        let id = PersonId::from(id);
        let given = app
            .db
            .write_now(move |tx| identity::set_duties(tx, &id, &[duty]).map(|_| ()).map_err(Error::from));
        given.unwrap();
    }
}

fn leaks(app: &TestApp, count: usize) -> Vec<CaseNo> {
    (0..count).map(|place| bring_in(app, repair(&format!("漏水第 {place} 处"), Identity::Open))).collect()
}

fn allotting<'a>(numbers: &[&'a str]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![("act", "allotment"), ("officer", "p-second")];
    fields.extend(numbers.iter().map(|no| ("case", *no)));
    fields
}

#[tokio::test]
async fn ticked_cases_are_given_to_a_colleague_who_is_told_and_finds_them() {
    let app = app();
    colleagues(&app);
    let cases = leaks(&app, 3);
    let officer = app.officer("logistics");
    let (first, second) = (cases[0].as_str(), cases[1].as_str());
    let mut fields = allotting(&[first, second, first]);
    fields.push(("list", "kind=repair"));
    let given = officer.post(BATCH, &fields).await;
    let back = "/desk/logistics?kind=repair&done=allotment&count=2&to=p-second";
    assert_eq!(given.is(303).location(), back);
    officer.get(back).await.says("2 件已分给 张老师").says("共 3 件");
    assert_eq!(case(&app, &cases[0]).officer, Some("p-second".into()));
    assert_eq!((case(&app, &cases[1]).signed_at, case(&app, &cases[2]).officer.clone()), (None, None));
    let told = app.db.read_now::<_, Error>(|tx| {
        let rows = tx.query("select case_no from messages where kind = 'allotted' order by case_no", &[])?;
        Ok(rows.iter().map(|row| row.text("case_no")).collect::<Result<Vec<_>, _>>()?)
    });
    assert_eq!(told.unwrap(), [first, second]);
    let record = officer.get(&format!("{DESK}/cases/{first}")).await;
    record.says("分给张老师办理");
    app.student().get(&format!("/cases/{first}")).await.is(200).hides("张老师");

    officer
        .get(&format!("{DESK}?officer=p-second"))
        .await
        .says("漏水第 0 处")
        .says("共 2 件")
        .hides("漏水第 2 处");
    officer
        .get(&format!("{DESK}?officer=nobody"))
        .await
        .says("漏水第 2 处")
        .says("共 1 件")
        .hides("漏水第 0 处");
    let mine = officer.get(&format!("{DESK}?officer=p-officer-logistics&view=unsigned")).await;
    mine.says("没有符合条件的件").says("我（王敏）");
    assert!(
        mine.html().contains("/desk/logistics?view=late&amp;officer=p-officer-logistics")
            || mine.html().contains("/desk/logistics?view=late&#38;officer=p-officer-logistics")
    );
}

#[tokio::test]
async fn what_could_not_be_done_is_listed_with_its_reason_and_the_rest_is_done() {
    let app = app();
    colleagues(&app);
    let cases = leaks(&app, 2);
    let answered = Command::Reply(huiyin_domain::case::Answer {
        words: "已修好".into(),
        outcome: huiyin_domain::case::Outcome::Solved,
        public: None,
        files: vec![],
        shelving: None,
        joined_words: String::new(),
    });
    let officer = app.officer("logistics");
    let actor = crate::cases::log::staff(&officer.id(), &officer.visitor.duties);
    act(&app, actor, &cases[0], answered);
    let elsewhere = bring_in(
        &app,
        Submission {
            kind: "inquiry".into(),
            category: Some("fees".into()),
            ..repair("别家的事", Identity::Open)
        },
    );
    let ticked = [cases[0].as_str(), cases[1].as_str(), elsewhere.as_str(), "HY-20990101-9999"];
    let page = officer.post(BATCH, &allotting(&ticked)).await;
    page.is(200).says("1 件已分给 张老师").says("3 件没有办成").says("这件已经答复，现在不能分给经办人");
    page.says(elsewhere.as_str()).says("HY-20990101-9999").hides("别家的事");
    let html = page.html();
    assert_eq!(html.matches("本单位没有这件，或已经转走").count(), 2, "theirs and none are answered alike");
    assert_eq!(case(&app, &cases[1]).officer, Some("p-second".into()));
    assert_eq!(case(&app, &elsewhere).officer, None);
}

#[tokio::test]
async fn ticked_cases_are_signed_for_once_however_often_the_form_is_sent() {
    let app = app();
    colleagues(&app);
    let cases = leaks(&app, 2);
    let officer = app.officer("logistics");
    let token = officer.token();
    let fields = [
        ("_token", token.as_str()),
        ("act", "signature"),
        ("case", cases[0].as_str()),
        ("case", cases[1].as_str()),
    ];
    for _ in 0..2 {
        let signed = officer.post_as_is(BATCH, &fields).await;
        assert_eq!(signed.is(303).location(), "/desk/logistics?done=signatures&count=2");
    }
    assert_eq!(case(&app, &cases[0]).officer, Some("p-officer-logistics".into()));
    let again = officer.post(BATCH, &[("act", "signature"), ("case", cases[0].as_str())]).await;
    again.is(200).says("1 件没有办成").says("这件已经签收");
}

#[tokio::test]
async fn nothing_ticked_too_much_ticked_a_stranger_and_an_old_form_show_the_list_again() {
    let app = app();
    colleagues(&app);
    let cases = leaks(&app, 2);
    let officer = app.officer("logistics");
    officer.post(BATCH, &allotting(&[])).await.is(422).says("还没有勾选").says("漏水第 0 处");
    let many: Vec<String> = (0..26).map(|no| format!("HY-20261124-{no:04}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    officer.post(BATCH, &allotting(&many)).await.is(422).says("一次最多办 25 件，您选了 26 件");
    let crowd = vec![cases[0].as_str(); 10_000];
    officer.post(BATCH, &allotting(&crowd)).await.is(413).says("内容太多");
    let stranger = [("act", "allotment"), ("officer", "p-student"), ("case", cases[0].as_str())];
    officer.post(BATCH, &stranger).await.is(422).says("这位不在本单位");

    let mut old = allotting(&[cases[1].as_str()]);
    old.push(("_token", "gone"));
    let shown = officer.post_as_is(BATCH, &old).await;
    shown.is(422).says("请再点一次");
    let ticked = format!("value=\"{}\" aria-label=\"选 {} 漏水第 1 处\" checked", cases[1], cases[1]);
    assert_eq!(shown.html().matches(&ticked).count(), 2, "in the table and on its card");
    assert_eq!(shown.html().matches(" checked").count(), 2);
    assert!(cases.iter().all(|no| case(&app, no).officer.is_none()));
}

#[tokio::test]
async fn only_the_units_own_people_may_act_on_its_list() {
    let app = app();
    colleagues(&app);
    let cases = leaks(&app, 1);
    app.officer("library").post(BATCH, &allotting(&[cases[0].as_str()])).await.is(403);
    app.clerk().post(BATCH, &allotting(&[cases[0].as_str()])).await.is(403);
    app.officer("library").get("/desk/library?view=assisting").await.hides("data-ticks");
    assert_eq!(case(&app, &cases[0]).officer, None);
}

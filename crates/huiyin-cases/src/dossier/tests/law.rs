//! Roads of the law, complaints about the handling, and what follows a lead case, over HTTP (2.4, 3.8, 5.4, 5.7).

use super::*;
use crate::cases::tests::solved;
use huiyin_domain::access::Duty;
use huiyin_domain::case::{Answer, Outcome, PublicText, Stage};
use huiyin_foundation::error::Error;
use huiyin_people::identity::{self, PersonEntry, PersonKind};

const TITLE: &str = "对记过处分不服";

pub(super) fn path(no: &CaseNo, noun: &str) -> String {
    format!("/staff/cases/{no}/{noun}")
}

/// They hold their duty on the roster too: messages go to whoever stands there.
pub(crate) fn appoint(app: &TestApp, hand: &Hand<'_>, duty: Duty) {
    let entry = PersonEntry {
        number: hand.id().0,
        name: "工作人员".into(),
        kind: PersonKind::Staff,
        department: String::new(),
        email: String::new(),
        phone: String::new(),
    };
    let (person, now) = (hand.id(), app.now());
    let given = app.db.write_now(move |tx| {
        identity::upsert(tx, &person, &entry, now)?;
        identity::set_duties(tx, &person, &[duty]).map(|_| ()).map_err(Error::from)
    });
    given.unwrap();
}

/// What somebody was told, in order.
pub(crate) fn told(app: &TestApp, hand: &Hand<'_>) -> Vec<String> {
    let key = app.keys.person_ref(&hand.id()).to_string();
    let rows = app.db.read_now(move |tx| {
        let sql = "select words from messages where person_key = $1 order by id";
        Ok::<_, Error>(tx.query_map(sql, huiyin_foundation::params![key], |row| row.text("words"))?)
    });
    rows.unwrap()
}

// 5.7
#[tokio::test]
async fn what_is_an_appeal_by_law_goes_to_its_committee_under_its_own_clock() {
    let app = site();
    let no = brought(&app, "complaint", TITLE, "处分决定书编号见附件。");
    done(&app, &app.clerk(), &no, assign("student-affairs"));
    app.clerk()
        .get(&format!("/staff/cases/{no}"))
        .await
        .says("转入法定程序")
        .says("学生申诉（学生申诉处理委员会，15 天）");
    let form = [("procedure", ""), ("statute_reason", "是对处分的申诉。")];
    app.clerk().post(&path(&no, "statute"), &form).await.is(422).says("请选属于哪一种法定程序");
    for pair in ["complaint/student-appeal", "appeal/petition", "complaint/", "/repairs"] {
        let form = [("procedure", pair), ("statute_reason", "是对处分的申诉。")];
        app.clerk().post(&path(&no, "statute"), &form).await.is(422).says("不属于同一种法定程序");
    }
    let form = [("procedure", "appeal/student-appeal"), ("statute_reason", "是对处分的申诉。")];
    app.clerk().post(&path(&no, "statute"), &form).await.is(303);
    let case = standing(&app, &no);
    assert_eq!(case.unit, Some("student-appeals".into()));
    assert!(case.is_on_statute() && case.restricted);
    app.officer("student-affairs").get(&format!("/desk/student-affairs/cases/{no}")).await.is(404);
    let elsewhere = [("unit", "teaching"), ("transfer_reason", "请研究")];
    let refused = app.clerk().post(&path(&no, "transfer"), &elsewhere).await;
    refused.is(409).says("依法由学生申诉处理委员会办理").says("普通高等学校学生管理规定");
    let own = app.student().get(&format!("/cases/{no}")).await;
    own.says("学生申诉的法定程序").hides("省级教育行政部门").hides("是对处分的申诉。");
    // One day holds, the law's; that of the road it came from is not shown beside it.
    own.says("12 月 9 日").hides("11 月 27 日");
    let desk =
        app.officer("student-appeals").get(&format!("/desk/student-appeals/cases/{no}?act=reply")).await;
    desk.says("维持原处理").says("撤销原处理").hides("暂不能办").hides("部分解决");
    let reply = Command::Reply(Answer {
        words: "维持原处分决定。".into(),
        outcome: Outcome::Explained,
        public: None,
        files: vec![],
        shelving: None,
        joined_words: String::new(),
    });
    done(&app, &app.officer("student-appeals"), &no, reply);
    let own = app.student().get(&format!("/cases/{no}")).await;
    own.says("答复：维持原处理")
        .says("省级教育行政部门")
        .says("在这里办结，不影响您依法申诉")
        .hides("没解决会自动重新办理");
    app.student().get(&format!("/cases/{no}/rating")).await.is(200).hides("请重新办理");
    let unsolved = [("solved", "no"), ("satisfaction", "dissatisfied"), ("reopen", "yes")];
    let again = app.student().post(&format!("/cases/{no}/rating"), &unsolved).await;
    again.is(409).says("由法定机构作出结论");
    app.student().post(&format!("/cases/{no}/rating"), &unsolved[..2]).await.is(303);
    assert_eq!((standing(&app, &no).stage, standing(&app, &no).rounds.len()), (Stage::Rated, 1));
}

// 5.7
#[tokio::test]
async fn the_head_of_the_body_decides_on_its_extension_and_the_office_does_not() {
    let app = site();
    let no = brought(&app, "complaint", "安置补偿的老问题", "");
    let form = [("procedure", "/petition"), ("statute_reason", "属于信访。")];
    app.clerk().post(&path(&no, "statute"), &form).await.is(303);
    let here = format!("/desk/office/cases/{no}");
    let (officer, head) = (app.officer("office"), app.unit_head("office"));
    appoint(&app, &head, Duty { role: Role::UnitHead, unit: Some("office".into()), post: None });
    officer
        .get(&format!("{here}?act=extension"))
        .await
        .says("依法只能延一次，最多 30 天，由承办机构负责人批");
    let too_long = [("until", "2027-06-01"), ("reason", "案情复杂。")];
    officer.post(&format!("{here}/extension"), &too_long).await.is(409).says("依法最多延长 30 天");
    let asked = [("until", "2027-02-10"), ("reason", "案情复杂。")];
    officer.post(&format!("{here}/extension"), &asked).await.is(303);
    assert!(told(&app, &head).iter().any(|words| words.contains("申请延期")), "{:?}", told(&app, &head));
    let page = app.clerk().get(&format!("/staff/cases/{no}")).await;
    assert!(!page.html().contains("id=\"extension\""));
    app.clerk().post(&path(&no, "extension"), &[]).await.is(409).says("由承办机构负责人决定");
    officer.post(&format!("{here}/more-time"), &[]).await.is(404);
    head.get(&here).await.says("批延期").says("案情复杂。");
    head.post(&format!("{here}/no-more-time"), &[]).await.is(422).says("请写不同意延期的理由");
    head.post(&format!("{here}/more-time"), &[("granted_words", "同意。")]).await.is(303);
    assert_eq!(standing(&app, &no).extensions, 1);
    // Whoever comes second keeps what they wrote.
    let second = head.post(&format!("{here}/no-more-time"), &[("granted_words", "材料已经齐了。")]).await;
    second.is(409).says("材料已经齐了。");
    officer.get(&format!("{here}?act=extension")).await.hides("依法只能延一次");
}

// 5.4
#[tokio::test]
async fn whoever_also_works_where_it_is_complained_of_neither_reads_nor_answers_the_complaint() {
    let app = site();
    let no = brought(&app, "suggestion", "周末图书馆能否早开半小时", "");
    done(&app, &app.clerk(), &no, assign("library"));
    app.student().post(&format!("/cases/{no}/complaint"), &[("words", "师傅让我撤回。")]).await.is(303);
    let duty = |role, unit: Option<&str>| Duty { role, unit: unit.map(Into::into), post: None };
    let both =
        app.person("p-both", "两头", vec![duty(Role::Clerk, None), duty(Role::Officer, Some("library"))]);
    both.get(&format!("/staff/cases/{no}")).await.hides("师傅让我撤回。");
    let answer = [("complaint_answer", "没有的事。")];
    both.post(&path(&no, "complaint-answer"), &answer).await.is(409);
    app.student().get(&format!("/cases/{no}")).await.hides("没有的事。");
}

// 5.4
#[tokio::test]
async fn a_complaint_about_the_handling_has_a_shelf_and_an_answer_and_leaves_no_mark_at_the_desk() {
    let app = site();
    let no = brought(&app, "suggestion", "周末图书馆能否早开半小时", "");
    done(&app, &app.clerk(), &no, assign("library"));
    let here = format!("/desk/library/cases/{no}");
    let before = app.officer("library").get(&here).await.text();
    let versions = || {
        let rows = app.db.read_now(|tx| {
            let sql = "select coalesce(max(version), 0) as version from desk_versions where unit = 'library'";
            Ok::<_, Error>(tx.query_one(sql, &[])?.int("version")?)
        });
        rows.unwrap()
    };
    let stirred = versions();
    let seen = |html: &str| {
        let rest = html.split("name=\"seen\" value=\"").nth(1).expect("a form says how far it had read");
        rest.split('"').next().unwrap_or_default().to_owned()
    };
    let complaint = [("words", "师傅让我撤回。")];
    app.student().post(&format!("/cases/{no}/complaint"), &complaint).await.is(303);
    assert_eq!(versions(), stirred, "the desk would have stirred");
    let later = app.officer("library").get(&here).await;
    assert!(seen(&later.html()).parse::<u32>().is_err(), "a gap in the numbers would tell");
    let listed = seen(&app.officer("library").get("/desk/library").await.html());
    assert!(listed.parse::<u32>().is_err(), "{listed}");
    app.student().get(&format!("/cases/{no}")).await.says("前答复您；承办单位看不到，也不会知道");
    let after = app.officer("library").get(&here).await.text();
    assert_eq!(before, after, "the unit could guess");
    app.officer("library").get("/desk/library").await.hides("督办");
    let shelf = app.holder(Role::Supervisor).get("/supervision?show=complaints").await;
    shelf.says("师傅让我撤回。").says("反映办理问题 1").says("答复");
    let clerk = app.clerk();
    clerk.get(&format!("/staff/cases/{no}")).await.says("答复办理问题").says("反映人写的：师傅让我撤回。");
    clerk.post(&path(&no, "complaint-answer"), &[]).await.is(422).says("请写给反映人的答复");
    let answer = [("complaint_answer", "已约谈，师傅道歉。")];
    clerk.post(&path(&no, "complaint-answer"), &answer).await.is(303);
    app.student().get(&format!("/cases/{no}")).await.says("已约谈，师傅道歉。");
    assert!(told(&app, &app.student()).iter().any(|words| words.contains("反映的办理问题已答复")));
    app.officer("library").get(&here).await.hides("已约谈");
    clerk.get("/supervision?show=complaints").await.hides("师傅让我撤回。").says("反映办理问题 0");
    app.officer("library").post(&path(&no, "complaint-answer"), &answer).await.is(404);
}

// 5.4
#[tokio::test]
async fn a_complaint_about_the_office_itself_is_answered_above_it() {
    let app = site();
    let no = brought(&app, "suggestion", "周末图书馆能否早开半小时", "");
    let president = app.leader("president");
    appoint(&app, &president, Duty { role: Role::Leader, unit: None, post: Some("president".into()) });
    done(&app, &app.clerk(), &no, assign("library"));
    let complaint = [("words", "办公室压了两天才派。"), ("about_office", "yes")];
    let supervisor = app.holder(Role::Supervisor);
    appoint(&app, &supervisor, Duty { role: Role::Supervisor, unit: None, post: None });
    app.student().post(&format!("/cases/{no}/complaint"), &complaint).await.is(303);
    assert!(told(&app, &supervisor).iter().any(|words| words.contains("对办理有意见")));
    app.clerk().get(&format!("/staff/cases/{no}")).await.is(200).hides("压了两天");
    app.clerk().get("/supervision?show=complaints").await.hides("压了两天").says("反映办理问题 0");
    assert!(!told(&app, &app.clerk()).iter().any(|words| words.contains("对办理有意见")));
    assert!(told(&app, &president).iter().any(|words| words.contains("对办理有意见")));
    let answer = [("complaint_answer", "没有压。")];
    app.clerk().post(&path(&no, "complaint-answer"), &answer).await.is(409).says("没有待答复的办理问题");
    app.holder(Role::Supervisor).get("/supervision?show=complaints").await.says("压了两天");
    president.get("/leader").await.says("等您答复的办理问题 1").says("压了两天").says("前答复");
    app.leader("deputy-students").get("/leader").await.hides("压了两天");
    // In charge of the unit that handles the case, and not above the office.
    let in_charge = app.leader("deputy-teaching");
    in_charge.get("/leader").await.is(200).hides("压了两天").hides("等您答复的办理问题");
    let about = in_charge.get(&format!("/staff/cases/{no}?open=complaint-answer")).await;
    about.is(200).hides("压了两天").hides("前答复。反映人写的");
    in_charge.post(&path(&no, "complaint-answer"), &answer).await.is(409).says("没有待答复的办理问题");
    let html = president.get(&format!("/staff/cases/{no}?open=complaint-answer")).await.html();
    let (_, after) = html.split_once("name=\"seen\" value=\"").unwrap();
    let (stale, _) = after.split_once('"').unwrap();
    let answer = [("complaint_answer", "已责成整改。")];
    president.post(&path(&no, "complaint-answer"), &answer).await.is(303);
    president.get("/leader").await.hides("等您答复的办理问题");
    let page = app.student().get(&format!("/cases/{no}")).await;
    page.says("已责成整改。").says("校领导答复了您反映的办理问题");
    let late = [("complaint_answer", "也来答一句。"), ("seen", stale)];
    let second = app.holder(Role::Supervisor).post(&path(&no, "complaint-answer"), &late).await;
    second.is(409).says("已答复办理问题").says("也来答一句。");
}

// 2.4
#[tokio::test]
async fn a_recusal_made_in_error_is_lifted_with_a_reason_and_told() {
    let app = site();
    let no = brought(&app, "suggestion", "周末图书馆能否早开半小时", "");
    let recuse = Command::Recuse { units: vec!["library".into()], reason: "反映的就是它。".into() };
    done(&app, &app.clerk(), &no, recuse);
    let form = [("lifted", "library"), ("lifting_reason", "")];
    app.clerk().post(&path(&no, "recusal-lifting"), &form).await.is(422).says("请写解除回避的理由");
    let form = [("lifted", "library"), ("lifting_reason", "反映人填错了。")];
    app.officer("library").post(&path(&no, "recusal-lifting"), &form).await.is(404);
    app.clerk().post(&path(&no, "recusal-lifting"), &form).await.is(303);
    app.student().get(&format!("/cases/{no}")).await.says("解除图书馆的回避").hides("反映人填错了。");
    app.clerk().post(&path(&no, "assignment"), &[("unit", "library")]).await.is(303);
    app.officer("library").get(&format!("/desk/library/cases/{no}")).await.is(200);
}

pub(crate) fn merged(app: &TestApp) -> (CaseNo, CaseNo) {
    let lead = brought(app, "suggestion", "周末图书馆能否早开半小时", "");
    let other = brought(app, "suggestion", "图书馆早点开门", "");
    done(app, &app.clerk(), &lead, assign("library"));
    (lead, other)
}

// 2.4, 3.8
#[tokio::test]
async fn who_is_kept_away_from_the_lead_is_kept_away_from_what_came_along() {
    let app = site();
    let (lead, other) = merged(&app);
    app.clerk().post(&path(&lead, "merging"), &[("others", other.as_str())]).await.is(303);
    let form = [("recused", "security"), ("recusal_reason", "反映的就是它。")];
    app.clerk().post(&path(&lead, "recusal"), &form).await.is(303);
    assert_eq!(standing(&app, &other).recused, ["security".into()]);
    assert_eq!(standing(&app, &other).stage, Stage::Merged);
    let protect = Command::Correct {
        kind: None,
        category: Some("teacher-conduct".into()),
        place: None,
        urgency: None,
        reason: "属于师德。".into(),
    };
    done(&app, &app.clerk(), &lead, protect);
    assert!(standing(&app, &other).restricted);
    // What protects one that came along takes it out of the hands of the lead's unit.
    let words = [("words", "我真的不想活了")];
    let (lead, other) = {
        let (lead, other) = merged(&app);
        app.clerk().post(&path(&lead, "merging"), &[("others", other.as_str())]).await.is(303);
        (lead, other)
    };
    app.student().post(&format!("/cases/{other}/supplement"), &words).await.is(303);
    assert_eq!(standing(&app, &other).stage, Stage::Submitted, "it goes by itself again");
    assert!(standing(&app, &lead).joined.is_empty() && standing(&app, &other).restricted);
    app.officer("library").get(&format!("/desk/library/cases/{lead}")).await.hides("不想活");
}

// 3.8
#[tokio::test]
async fn an_answer_for_everybody_goes_to_all_with_its_words() {
    let app = site();
    let (lead, other) = merged(&app);
    app.clerk().post(&path(&lead, "merging"), &[("others", other.as_str())]).await.is(303);
    let reply = Command::Reply(Answer {
        words: "下周起八点开门。".into(),
        outcome: Outcome::Solved,
        public: Some(PublicText { title: "图书馆周末八点开门".into(), body: String::new() }),
        files: vec![],
        shelving: None,
        joined_words: String::new(),
    });
    done(&app, &app.officer("library"), &lead, reply);
    app.student().get(&format!("/cases/{other}")).await.says("下周起八点开门。");
    assert_eq!(standing(&app, &other).round().visibility, standing(&app, &lead).round().visibility);
}

// 2.4, 9.1
#[tokio::test]
async fn what_is_about_the_office_reaches_somebody_above_it_where_nobody_stands_in() {
    let app = site();
    let (clerk, head) = (app.clerk(), app.leader("president"));
    appoint(&app, &head, Duty { role: Role::Leader, unit: None, post: Some("president".into()) });
    let no = brought(&app, "suggestion", "办公室压件不办", "");
    let units = vec!["office".into()];
    let supervisor = app.holder(Role::Supervisor);
    done(&app, &supervisor, &no, Command::Recuse { units, reason: "反映的就是办公室。".into() });
    assert_eq!(standing(&app, &no).unit, Some("discipline".into()), "nobody works there");
    assert!(!told(&app, &clerk).iter().any(|words| words.contains(no.as_str())), "{:?}", told(&app, &clerk));
    assert!(told(&app, &head).iter().any(|words| words.contains(no.as_str())), "{:?}", told(&app, &head));
}

// 3.8
#[tokio::test]
async fn what_is_held_by_a_receipt_code_is_not_split() {
    let app = site();
    let no = brought(&app, "suggestion", "周末图书馆能否早开半小时", "");
    let held = no.clone();
    app.db
        .write_now(move |tx| {
            let sql = "update cases set receipt_hash = 'hash', requester_id = null, requester_key = null where case_no = $1";
            Ok::<_, Error>(tx.execute(sql, huiyin_foundation::params![&held])?)
        })
        .unwrap();
    let form = [("split_title", "图书馆三层窗户坏了"), ("split_unit", "logistics")];
    app.clerk().post(&path(&no, "splitting"), &form).await.is(422).says("只有一个查询码");
}

// 1.7, 5.4
#[tokio::test]
async fn danger_in_a_complaint_is_told_at_once_and_not_to_the_unit() {
    let app = site();
    let no = brought(&app, "suggestion", "周末图书馆能否早开半小时", "");
    let supervisor = app.holder(Role::Supervisor);
    appoint(&app, &app.clerk(), Duty { role: Role::Clerk, unit: Some("office".into()), post: None });
    done(&app, &app.clerk(), &no, assign("library"));
    let here = format!("/desk/library/cases/{no}");
    let before = app.officer("library").get(&here).await.text();
    let complaint = [("words", "师傅天天骂我，我不想活了。")];
    app.student().post(&format!("/cases/{no}/complaint"), &complaint).await.is(303);
    assert_eq!(app.officer("library").get(&here).await.text(), before, "the unit could guess");
    assert!(
        told(&app, &app.clerk()).iter().any(|words| words.contains("【紧急】")),
        "{:?}",
        told(&app, &app.clerk())
    );
    supervisor.get("/supervision?show=complaints").await.says("不想活了");
}

// 3.8, 2.4
#[tokio::test]
async fn what_was_answered_along_with_a_lead_goes_its_own_way() {
    let app = site();
    let (lead, other) = merged(&app);
    app.clerk().post(&path(&lead, "merging"), &[("others", other.as_str())]).await.is(303);
    let reply = solved("下周起八点开门。", "下周起八点开门。");
    done(&app, &app.officer("library"), &lead, reply);
    assert!(standing(&app, &lead).joined.is_empty());
    let unsolved = [("solved", "no"), ("satisfaction", "dissatisfied")];
    app.student().post(&format!("/cases/{other}/rating"), &unsolved).await.is(303);
    let units = vec!["library".into()];
    let recuse = Command::Recuse { units: units.clone(), reason: "反映的就是它。".into() };
    done(&app, &app.clerk(), &other, recuse.clone());
    let words = [("words", "图书馆的人报复我。")];
    app.student().post(&format!("/cases/{other}/supplement"), &words).await.is(303);
    app.officer("library").get(&format!("/desk/library/cases/{lead}")).await.is(200).hides("报复我");
    // What is decided on the former lead is of the former lead alone.
    done(&app, &app.clerk(), &lead, recuse);
    let lift = Command::LiftRecusal { units, reason: "弄错了。".into() };
    done(&app, &app.clerk(), &lead, lift);
    assert_eq!(standing(&app, &other).recused, ["library".into()]);
    app.officer("library").get(&format!("/desk/library/cases/{other}")).await.is(404);
}

//! Several units and several cases over HTTP: assisting, forced assignment, recusal, merging, splitting, and the signature of
//! the office where a unit has no head.

use super::*;
use huiyin_domain::access::Duty;
use huiyin_domain::case::{Answer, Clock, Outcome, SendBackGround, Shelving, Solved, Stage};
use huiyin_foundation::error::Error;

const TITLE: &str = "周末图书馆能否早开半小时";

fn path(no: &CaseNo, noun: &str) -> String {
    format!("/staff/cases/{no}/{noun}")
}

// 3.3
#[tokio::test]
async fn an_assisting_unit_finds_the_case_gives_its_opinion_and_the_lead_unit_reads_it() {
    let app = site();
    let no = brought(&app, "suggestion", TITLE, "自习座位不够。");
    done(&app, &app.clerk(), &no, assign("library"));
    let form = [("helpers", "security"), ("helpers", "logistics")];
    app.clerk().post(&path(&no, "assistance"), &form).await.is(422).says("请写要它们做什么");
    let form =
        [("helpers", "security"), ("helpers", "logistics"), ("assistance_words", "请看周末值守能否提前。")];
    app.clerk().post(&path(&no, "assistance"), &form).await.is(303);
    app.student().get(&format!("/cases/{no}")).await.says("3 个单位一起办").hides("值守");
    app.officer("security").get("/desk/security?view=assisting").await.says(TITLE).says("协办");
    let here = format!("/desk/security/cases/{no}");
    app.officer("security")
        .get(&here)
        .await
        .says("图书馆牵头")
        .says("请看周末值守能否提前。")
        .says("前给协办意见 牵头单位 ")
        .says("给出意见");
    let opinion = [("words", "周末值守可以提前半小时。")];
    app.officer("security").post(&format!("{here}/opinion"), &opinion).await.is(303);
    app.officer("security").get(&here).await.hides("前给协办意见");
    let lead = app.officer("library");
    lead.get(&format!("/desk/library/cases/{no}"))
        .await
        .says("协办 2 个单位")
        .says("周末值守可以提前半小时。");
    app.student().get(&format!("/cases/{no}")).await.hides("值守可以提前");
    app.officer("careers").post(&format!("/desk/careers/cases/{no}/opinion"), &opinion).await.is(404);
}

// 3.7
#[tokio::test]
async fn the_lead_unit_calls_others_by_the_whistle() {
    let app = site();
    let no = brought(&app, "suggestion", TITLE, "");
    done(&app, &app.clerk(), &no, assign("library"));
    let here = format!("/desk/library/cases/{no}");
    let form = [("helpers", "security"), ("words", "请一起看周末值守。")];
    app.officer("library").post(&format!("{here}/assistance"), &form).await.is(303);
    assert!(standing(&app, &no).assistance[0].is_whistle);
    app.officer("library").get(&here).await.says("吹哨");
    app.officer("security").get(&format!("/desk/security/cases/{no}")).await.says("给出意见");
}

// 3.4
#[tokio::test]
async fn what_was_sent_back_twice_lies_before_a_leader_and_a_forced_unit_keeps_it() {
    let app = site();
    let no = brought(&app, "suggestion", TITLE, "");
    let back = || Command::SendBack {
        ground: SendBackGround::NotOurDuty,
        suggested: None,
        reason: "不归我们。".into(),
    };
    for unit in ["library", "security"] {
        done(&app, &app.clerk(), &no, assign(unit));
        done(&app, &app.officer(unit), &no, back());
    }
    assert!(standing(&app, &no).awaits_instruction);
    app.clerk().get(&format!("/staff/cases/{no}")).await.says("2 次").says("已呈报");
    let form = [("unit", "library"), ("forced", "yes")];
    app.clerk().post(&path(&no, "assignment"), &form).await.is(422).says("指定承办要写理由");
    let form = [("unit", "library"), ("forced", "yes"), ("assignment_reason", "已同分管校领导商定。")];
    app.clerk().post(&path(&no, "assignment"), &form).await.is(303);
    let sent = [("ground", "not_our_duty"), ("suggested", "security"), ("reason", "还是不归。")];
    let here = format!("/desk/library/cases/{no}/return");
    app.officer("library").post(&here, &sent).await.is(409).says("指定承办，不能退回").says("首接负责");
}

// 2.4
#[tokio::test]
async fn a_unit_that_is_kept_away_and_its_leader_find_nothing() {
    let app = site();
    let no = brought(&app, "suggestion", TITLE, "");
    done(&app, &app.clerk(), &no, assign("library"));
    app.officer("library").get(&format!("/desk/library/cases/{no}")).await.is(200);
    let form = [("recused", "library"), ("recusal_reason", "反映的就是图书馆。")];
    app.clerk().post(&path(&no, "recusal"), &form).await.is(303);
    assert_eq!((standing(&app, &no).stage, standing(&app, &no).unit), (Stage::Accepted, None));
    let officer = app.officer("library");
    officer.get(&format!("/desk/library/cases/{no}")).await.is(404);
    officer.get("/desk/library").await.hides(TITLE);
    officer.get(&format!("/desk/library/search?q={no}")).await.hides(TITLE);
    app.leader("deputy-teaching").get(&format!("/staff/cases/{no}")).await.is(404);
    app.student().get(&format!("/cases/{no}")).await.says("请图书馆回避").hides("反映的就是图书馆");
    app.clerk().post(&path(&no, "assignment"), &[("unit", "library")]).await.is(409).says("要回避");
    // Another unit of the same leader has it now; the lists of that leader still hold nothing of it.
    done(&app, &app.clerk(), &no, assign("teaching"));
    app.pass_hours(72);
    app.leader("deputy-teaching").get("/leader").await.hides(TITLE);
    app.officer("teaching").get("/desk/teaching").await.says(TITLE);
}

// 3.8
#[tokio::test]
async fn three_cases_are_answered_together_and_judged_each_by_itself() {
    let app = site();
    let lead = brought(&app, "suggestion", TITLE, "");
    let others =
        [1, 2].map(|n| brought(&app, "suggestion", "图书馆周末早点开门", &format!("第 {n} 位说的。")));
    done(&app, &app.clerk(), &lead, assign("library"));
    let wrong = [("others", "HY-20260101-9999")];
    app.clerk().post(&path(&lead, "merging"), &wrong).await.is(422).says("没有这件，请核对编号");
    let itself = [("others", lead.as_str())];
    app.clerk().post(&path(&lead, "merging"), &itself).await.is(422).says("不能并在一起");
    let typed = format!("{}\n{}", others[0], others[1].as_str().to_lowercase());
    app.clerk().post(&path(&lead, "merging"), &[("others", typed.as_str())]).await.is(303);
    app.clerk().get(&format!("/staff/cases/{lead}")).await.says("并进来一起办的 2 件");
    app.officer("library").get(&format!("/desk/library/cases/{lead}")).await.says("第 2 位说的。");
    app.student()
        .get(&format!("/cases/{}", others[0]))
        .await
        .says("和相同的诉求一起办理")
        .hides(lead.as_str());
    // The answer to the first names what is theirs alone; the others get words of their own.
    let here = format!("/desk/library/cases/{lead}");
    let officer = app.officer("library");
    officer.get(&here).await.says("给并案 2 位的答复");
    let private =
        [("words", "302 室张同学：下周起八点开门。"), ("outcome", "solved"), ("visibility", "private")];
    officer.post(&format!("{here}/reply"), &private).await.is(409).says("请写明给并案各位的答复");
    let both = [private[0], private[1], private[2], ("joined_words", "下周起八点开门。")];
    officer.post(&format!("{here}/reply"), &both).await.is(303);
    app.student().get(&format!("/cases/{lead}")).await.says("302 室张同学");
    for no in &others {
        app.student().get(&format!("/cases/{no}")).await.hides("张同学");
        app.student().get(&format!("/cases/{no}")).await.says("下周起八点开门。").says("去评价");
    }
    let unsolved = [("solved", "no"), ("satisfaction", "dissatisfied"), ("contacted", "no")];
    app.student().post(&format!("/cases/{}/rating", others[0]), &unsolved).await.is(303);
    let again = standing(&app, &others[0]);
    assert_eq!((again.rounds.len(), again.unit.as_ref().map(UnitId::as_str)), (2, Some("library")));
    assert_eq!(standing(&app, &others[1]).round().solved, None::<Solved>);
    assert_eq!(standing(&app, &lead).stage, Stage::Replied);
}

// 3.8
#[tokio::test]
async fn a_wrong_merge_is_undone_within_the_days_and_the_end_of_the_lead_lets_the_others_go() {
    let app = site();
    let lead = brought(&app, "suggestion", TITLE, "");
    let (first, second) = (brought(&app, "suggestion", "热水", ""), brought(&app, "suggestion", "座位", ""));
    let typed = format!("{first} {second}");
    app.clerk().post(&path(&lead, "merging"), &[("others", typed.as_str())]).await.is(303);
    app.clerk().post(&path(&first, "unmerging"), &[("unmerging_reason", "")]).await.is(422);
    let reason = [("unmerging_reason", "不是一件事。")];
    app.clerk().post(&path(&first, "unmerging"), &reason).await.is(303);
    let own = app.student().get(&format!("/cases/{first}")).await;
    own.says("恢复单独办理").hides("不是一件事。");
    app.clerk().get(&format!("/staff/cases/{first}")).await.says("不是一件事。");
    assert_eq!(standing(&app, &first).stage, Stage::Submitted);
    assert_eq!(standing(&app, &lead).joined, std::slice::from_ref(&second));
    app.student().post(&format!("/cases/{lead}/withdrawal"), &[("reason", "自己解决了")]).await.is(303);
    assert_eq!(standing(&app, &second).stage, Stage::Submitted);
}

// 3.8
#[tokio::test]
async fn a_second_matter_becomes_a_case_of_the_same_requester() {
    let app = site();
    let no = brought(&app, "suggestion", TITLE, "窗户也坏了。");
    let form = [("split_title", ""), ("split_unit", "logistics")];
    app.clerk().post(&path(&no, "splitting"), &form).await.is(422).says("请用一句话写另一件事");
    let form = [("split_title", "图书馆三层窗户坏了"), ("split_unit", "logistics")];
    app.clerk().post(&path(&no, "splitting"), &form).await.is(303);
    app.student().get("/cases").await.says("图书馆三层窗户坏了");
    app.officer("logistics").get("/desk/logistics").await.says("图书馆三层窗户坏了");
    let nameless = brought_as(&app, "suggestion", TITLE, "", Identity::Anonymous);
    let page = app.clerk().get(&format!("/staff/cases/{nameless}")).await;
    assert!(!page.html().contains("id=\"splitting\""));
}

// 3.8
#[tokio::test]
async fn what_is_split_off_again_counts_from_where_the_matter_came_in() {
    let app = site();
    let first = brought(&app, "suggestion", TITLE, "");
    let split = async |from: &CaseNo, title: &str| {
        app.clerk()
            .post(&path(from, "splitting"), &[("split_title", title), ("split_unit", "")])
            .await
            .is(303);
        let last = "select max(case_no) from cases";
        app.db.read_now(move |tx| Ok::<_, Error>(CaseNo(tx.query_one(last, &[])?.text(0)?))).unwrap()
    };
    app.pass_hours(2);
    let second = split(&first, "窗户也坏了").await;
    app.pass_hours(2);
    let third = split(&second, "窗帘也坏了").await;
    let [first, second, third] = [first, second, third].map(|no| standing(&app, &no));
    assert!(third.submitted_at > second.submitted_at && second.submitted_at > first.submitted_at);
    assert_eq!((second.matter_since, third.matter_since), (first.submitted_at, first.submitted_at));
    let due = |case: &Case| case.round().promise(Clock::FirstReply).unwrap().due;
    assert_eq!(due(&third), due(&first), "splitting twice won time");
}

// 5.1
#[tokio::test]
async fn the_office_signs_where_a_unit_has_no_head() {
    let app = site();
    let no = brought(&app, "suggestion", TITLE, "");
    done(&app, &app.clerk(), &no, assign("library"));
    let propose = Command::ProposeReply(Answer {
        words: "下周起八点开门。".into(),
        outcome: Outcome::Solved,
        public: None,
        files: vec![],
        shelving: None,
        joined_words: String::new(),
    });
    done(&app, &app.officer("library"), &no, propose);
    let page = app.clerk().get(&format!("/staff/cases/{no}")).await;
    page.says("等您签发的答复").says("下周起八点开门。").says("还没有负责人");
    let html = page.html();
    let (_, rest) = html.split_once("name=\"draft\" value=\"").unwrap();
    let draft = rest.split('"').next().unwrap().to_owned();
    app.clerk().post(&path(&no, "approval"), &[("draft", "1")]).await.is(409).says("又改过");
    app.clerk().post(&path(&no, "approval"), &[("draft", draft.as_str())]).await.is(303);
    assert_eq!(standing(&app, &no).stage, Stage::Replied);
}

// 2.4
#[tokio::test]
async fn whoever_names_a_unit_keeps_it_from_the_case_at_once() {
    let app = site();
    let no = app.db.write_now({
        let (school, standing) = (app.app(), Standing::of(&app));
        move |tx| {
            let bench = standing.bench(&school.keys);
            let submission = Submission { about: vec![UnitId::from("logistics")], ..about_a_lamp() };
            submit(
                tx,
                &bench,
                &Actor::Requester,
                None,
                &Bringer::Account("p-student".into()),
                None,
                submission,
            )
        }
    });
    let no = no.unwrap();
    assert_eq!(standing(&app, &no).unit, None, "the usual unit is not given what is about it");
    app.officer("logistics").get(&format!("/desk/logistics/cases/{no}")).await.is(404);
    app.clerk().get(&format!("/staff/cases/{no}")).await.says("后勤管理处");
}

fn about_a_lamp() -> Submission {
    Submission {
        kind: "repair".into(),
        category: Some("repairs".into()),
        title: "302 室灯管不亮".into(),
        body: String::new(),
        place: Place { id: None, room: "302".into() },
        identity: Identity::Open,
        channel: "online".into(),
        danger: false,
        may_publish: false,
        contact: String::new(),
        on_behalf_of: String::new(),
        files: vec![],
        outside_no: String::new(),
        unit: None,
        about: vec![],
        split_from: None,
    }
}

// 2.4
#[tokio::test]
async fn what_is_about_the_office_stands_on_none_of_the_lists_of_its_clerks() {
    let app = site();
    let no = brought(&app, "suggestion", TITLE, "");
    done(&app, &app.clerk(), &no, assign("library"));
    let later = Command::Reply(Answer {
        words: "要等下学期调整开放时间。".into(),
        outcome: Outcome::CannotYet,
        public: None,
        files: vec![],
        shelving: Some(Shelving {
            plan: "下学期初再议。".into(), review_on: "2026-12-24".parse().unwrap()
        }),
        joined_words: String::new(),
    });
    done(&app, &app.officer("library"), &no, later);
    app.clerk().get("/supervision?show=shelved").await.says(TITLE).says("下学期初再议");
    let units = vec!["office".into()];
    done(&app, &app.clerk(), &no, Command::Recuse { units, reason: "反映的就是办公室。".into() });
    app.clerk().get(&format!("/staff/cases/{no}")).await.is(404);
    app.clerk().get("/supervision?show=shelved").await.is(200).hides(TITLE).hides("下学期初再议");
    app.holder(Role::Auditor).get("/audit").await.says(TITLE);
}

// 3.8
#[tokio::test]
async fn what_is_split_off_a_protected_case_is_protected() {
    let app = site();
    let no = brought(&app, "suggestion", "同学想轻生，窗户也坏了", "");
    assert!(standing(&app, &no).restricted);
    let form = [("split_title", "图书馆三层窗户坏了"), ("split_unit", "logistics")];
    app.clerk().post(&path(&no, "splitting"), &form).await.is(303);
    let rows = app.db.read_now(|tx| {
        tx.query_map("select restricted, may_publish from cases order by case_no", &[], |row| {
            Ok::<_, huiyin_foundation::db::DbError>((row.flag("restricted")?, row.flag("may_publish")?))
        })
    });
    assert_eq!(rows.unwrap(), [(true, true), (true, false)], "the protection was lost by splitting");
}

// 2.4
#[tokio::test]
async fn a_duty_in_a_unit_that_is_kept_away_closes_the_desk_of_another_unit_too() {
    let app = site();
    let no = brought(&app, "suggestion", TITLE, "");
    done(&app, &app.clerk(), &no, assign("teaching"));
    let at = |unit: &str| Duty { role: Role::Officer, unit: Some(unit.into()), post: None };
    let both = app.person("p-both", "两处任职", vec![at("teaching"), at("library")]);
    let here = format!("/desk/teaching/cases/{no}");
    both.get(&here).await.is(200).says(TITLE);
    both.get("/desk/teaching").await.says(TITLE);
    let units = vec!["library".into()];
    done(&app, &app.clerk(), &no, Command::Recuse { units, reason: "反映的就是图书馆。".into() });
    both.get(&here).await.is(404);
    for list in ["/desk/teaching".to_owned(), format!("/desk/teaching/search?q={no}")] {
        both.get(&list).await.is(200).hides(TITLE);
    }
    both.post(&format!("{here}/note"), &[("words", "看看。")]).await.is(404);
    app.officer("teaching").get("/desk/teaching").await.says(TITLE);
}

// 3.8, 5.2
#[tokio::test]
async fn whose_case_came_along_reads_by_when_the_lead_answers_and_nothing_else_of_it() {
    let app = site();
    let lead = brought(&app, "suggestion", TITLE, "只有主件里写的话。");
    let other = brought(&app, "suggestion", "图书馆早点开门", "");
    done(&app, &app.clerk(), &lead, assign("library"));
    app.clerk().post(&path(&lead, "merging"), &[("others", other.as_str())]).await.is(303);
    let own = format!("/cases/{other}");
    let due = |case: &Case| {
        let promise = case.round().promise(huiyin_domain::case::Clock::Result).unwrap();
        huiyin_foundation::say::moment_long(app.now(), promise.due)
    };
    let first = due(&standing(&app, &lead));
    let page = app.student().get(&own).await;
    page.says(&format!("和相同的诉求一起办理，{first} 前给您结果")).says("承办：图书馆");
    page.hides(lead.as_str()).hides("只有主件里写的话");
    let promised = standing(&app, &lead).round().promise(huiyin_domain::case::Clock::Result).unwrap().due;
    let until = (0..3).fold(promised.day(), |day, _| day.next());
    let ask = Command::AskExtension { until, reason: "要等闭馆日。".into() };
    done(&app, &app.officer("library"), &lead, ask);
    done(&app, &app.clerk(), &lead, Command::GrantExtension { until: None, words: String::new() });
    let later = due(&standing(&app, &lead));
    assert_ne!(first, later);
    app.student().get(&own).await.says(&format!("{later} 前给您结果（已批准延期）")).hides("闭馆日");
    app.pass_hours(24 * 40);
    app.student().get(&own).await.says("应于").says("前给您结果");
}

// 5.2
#[tokio::test]
async fn why_a_case_was_handed_on_is_said_once_however_many_assist() {
    let app = site();
    let no = brought(&app, "suggestion", TITLE, "");
    let handed = Command::Transfer {
        unit: "library".into(),
        assisting: vec!["security".into(), "logistics".into()],
        forced: false,
        reason: "请图书馆牵头商定".into(),
    };
    done(&app, &app.clerk(), &no, handed);
    let times = |page: &str, words: &str| page.matches(words).count();
    let staff = app.clerk().get(&format!("/staff/cases/{no}")).await.html();
    assert_eq!(times(&staff, "请图书馆牵头商定"), 1);
    let own = app.student().get(&format!("/cases/{no}")).await;
    own.says("3 个单位一起办").hides("请图书馆牵头商定");
}

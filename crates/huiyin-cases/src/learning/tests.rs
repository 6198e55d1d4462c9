//! What a school learns from what its people confirmed, and what it must never learn from.

use super::history::{self, Lesson};
use super::store::{self, State};
use super::teach::{MARGIN_POINTS, Old, fingerprint, teach};
use super::*;
use crate::cases::log::{Bringer, Standing, staff, submit};
use crate::cases::tests::act;
use crate::dossier::tests::{brought, brought_as, done, told};
use huiyin_domain::access::{Duty, Role};
use huiyin_domain::case::{Actor, Command, Identity, SendBackGround, Submission};
use huiyin_domain::ids::{CaseNo, CategoryId, UnitId};
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::testing::TestApp;

mod figures;
mod sure;

fn site() -> TestApp {
    TestApp::new(crate::routes())
}

fn correct(category: &str) -> Command {
    Command::Correct {
        kind: None,
        category: Some(category.into()),
        place: None,
        urgency: None,
        reason: "按内容定".into(),
    }
}

fn assign(unit: &str) -> Command {
    Command::Assign { unit: UnitId::from(unit), forced: false, reason: String::new() }
}

/// A case that a clerk put under this category and gave to its unit.
fn confirmed(app: &TestApp, title: &str, category: &str) -> CaseNo {
    let no = brought(app, "suggestion", title, "请看一看。");
    confirm(app, &no, category);
    no
}

fn confirm(app: &TestApp, no: &CaseNo, category: &str) {
    let unit = app.policy_in_force().policy.category(&category.into()).unwrap().unit.clone().unwrap();
    done(app, &app.clerk(), no, correct(category));
    done(app, &app.clerk(), no, assign(unit.as_str()));
}

/// What would be learned from: title and category, in order.
fn learned(app: &TestApp) -> Vec<(String, CategoryId)> {
    let policy = app.policy_in_force();
    let lessons = app.db.read_now(move |tx| {
        let (marked, _) = history::marked(tx, &policy.policy, "")?;
        history::lessons(tx, &marked)
    });
    lessons.unwrap().into_iter().map(|one: Lesson| (one.title, one.marked.category)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_a_person_stands_behind_is_learned_from() {
    let app = site();
    let looked_at = confirmed(&app, "图书馆周末早点开门", "library");
    let by_rule = brought(&app, "repair", "寝室水龙头漏水", "");
    let undecided = brought(&app, "suggestion", "食堂早点开门", "");
    let protected = confirmed(&app, "想约心理咨询", "library");
    done(&app, &app.clerk(), &protected, correct("counselling"));
    let sealed = brought_as(&app, "suggestion", "工资少发了", "", Identity::Sealed);
    confirm(&app, &sealed, "staff");
    let other_unit = brought(&app, "suggestion", "操场的灯太暗", "");
    done(&app, &app.clerk(), &other_unit, assign("logistics"));
    assert_eq!(learned(&app), [("图书馆周末早点开门".to_owned(), "library".into())]);
    assert_eq!(
        [looked_at, by_rule, undecided].len(),
        3,
        "a rule's guess and what waits are not learned from"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_imported_teaches_since_it_is_nobodys() {
    let app = site();
    let school = app.app();
    let untold = told("suggestion", "图书馆闭馆太早", "", Identity::Sealed);
    let submission = Submission { category: Some("library".into()), ..untold };
    let no = app.db.write_now(move |tx| {
        let standing = Standing::of(&school);
        let clerk = staff(&"p-importer".into(), &[Duty { role: Role::Clerk, unit: None, post: None }]);
        let bench = standing.bench(&school.keys);
        submit(tx, &bench, &clerk, None, &Bringer::Registered, None, submission)
    });
    done(&app, &app.clerk(), &no.unwrap(), assign("library"));
    assert_eq!(learned(&app), [("图书馆闭馆太早".to_owned(), "library".into())]);
}

// 3.5
#[tokio::test(flavor = "multi_thread")]
async fn a_correction_teaches_and_what_is_handed_back_waits_for_a_person() {
    let app = site();
    let no = confirmed(&app, "自习室的灯坏了", "library");
    done(&app, &app.clerk(), &no, correct("repairs"));
    assert_eq!(learned(&app), [("自习室的灯坏了".to_owned(), "repairs".into())]);
    let command = Command::SendBack {
        ground: SendBackGround::NotOurDuty,
        suggested: None,
        reason: "不属于我们".into(),
    };
    act(&app, crate::cases::tests::officer_of(&"library".into()), &no, command).unwrap();
    assert_eq!(learned(&app), []);
    done(&app, &app.clerk(), &no, assign("logistics"));
    assert_eq!(learned(&app).len(), 1, "given to the unit whose matter it is, it was looked at");
}

#[tokio::test(flavor = "multi_thread")]
async fn words_that_were_removed_are_not_learned_from() {
    let app = site();
    let no = confirmed(&app, "图书馆周末早点开门", "library");
    act(&app, Actor::Requester, &no, Command::Withdraw { reason: String::new() }).unwrap();
    assert_eq!(learned(&app).len(), 1);
    app.pass_hours(12 * 365 * 24);
    let (school, standing) = (app.app(), crate::cases::log::Standing::of(&app));
    let removed = app.db.write_now(move |tx| {
        let step = huiyin_domain::case::Removal::Words;
        crate::cases::removal::remove(tx, &standing.bench(&school.keys), &no, step).map(drop)
    });
    removed.unwrap();
    assert_eq!(learned(&app), []);
}

fn draw_now(app: &TestApp, again: bool) -> Drawn {
    draw(&app.app(), again).unwrap()
}

fn version_of(drawn: &Drawn) -> (u32, bool, String) {
    match drawn {
        Drawn::New { version, takes_over, checksum, .. } => (*version, *takes_over, checksum.clone()),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_history_gives_the_same_bytes_and_is_not_learned_from_twice() {
    let app = site();
    confirmed(&app, "图书馆周末早点开门", "library");
    let first = version_of(&draw_now(&app, false));
    assert!(matches!(draw_now(&app, false), Drawn::Unchanged));
    let again = version_of(&draw_now(&app, true));
    assert_eq!((first.0, again.0, &first.2), (1, 2, &again.2));
    confirmed(&app, "食堂早点开门", "catering");
    let third = version_of(&draw_now(&app, false));
    assert!(third.2 != first.2 && third.1);
    for _ in 0..6 {
        draw_now(&app, true);
    }
    let kept = app.db.read_now(store::entries).unwrap();
    let versions: Vec<u32> = kept.iter().map(|one| one.version).collect();
    assert_eq!(versions, [9, 8, 7, 6, 5]);
    assert_eq!((kept[0].state, kept[0].told.examples), (State::InUse, 2));
}

fn in_use(app: &TestApp) -> Option<(u32, Option<u32>)> {
    let found = app.db.read_now(known).unwrap();
    found.map(|known| (known.version, known.in_place_of))
}

fn damage(app: &TestApp, version: u32) {
    let sql = "update models set body = $2 where version = $1";
    let spoiled = move |tx: &mut huiyin_foundation::db::Tx| {
        Ok::<_, Error>(tx.execute(sql, params![version, b"nothing".as_slice()])?)
    };
    assert_eq!(app.db.write_now(spoiled).unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_model_gives_way_to_the_one_before_it_and_then_to_the_words() {
    let app = site();
    assert_eq!(in_use(&app), None, "before the first one");
    for _ in 0..3 {
        draw_now(&app, true);
    }
    damage(&app, 3);
    assert_eq!(in_use(&app), Some((2, Some(3))));
    app.db.write_now(|tx| store::take_up(tx, 1)).unwrap();
    assert_eq!(in_use(&app), Some((1, None)), "another one was taken up: it is read at once");
    damage(&app, 2);
    damage(&app, 1);
    app.db.write_now(|tx| store::take_up(tx, 3)).unwrap();
    assert_eq!(in_use(&app), None);
    let policy = app.policy_in_force();
    let found = hints(&policy.policy, None, &"suggestion".into(), "图书馆早点开门", "");
    assert_eq!((found.model, found.best[0].category.as_str()), (None, "library"));
    assert!(matches!(app.db.write_now(|tx| store::take_up(tx, 77)), Err(Error::Hidden)));
}

fn lessons(count: usize, category: impl Fn(usize) -> &'static str) -> Vec<Lesson> {
    let lesson = |place: usize| {
        let words = ["图书馆借书", "图书馆座位", "食堂的饭菜", "食堂窗口排队"][place % 4];
        let at = huiyin_domain::calendar::Instant(i64::try_from(place).unwrap());
        let no = CaseNo(format!("HY-{place:05}"));
        let marked = history::Marked { at, no, category: category(place).into() };
        Lesson { marked, title: format!("{words}{place}"), body: String::new() }
    };
    (0..count).map(lesson).collect()
}

#[test]
fn a_model_that_proves_worse_on_what_is_new_does_not_take_over() {
    let right = |place: usize| if place % 4 < 2 { "library" } else { "catering" };
    let old = teach(&[], &lessons(60, right), None).unwrap();
    // Somebody confirmed hundreds the wrong way round, then the newest are as they should be.
    let spoiled = |place: usize| match place {
        60..384 => right(place + 2),
        _ => right(place),
    };
    let history = lessons(480, spoiled);
    let before = Old { model: &old.model, told: &old.told };
    let new = teach(&[], &history[..], Some(&before)).unwrap();
    let judged = &new.told.judged;
    assert_eq!((judged.compared, judged.asked), (96, 96));
    assert!(judged.is_worse_by(MARGIN_POINTS) && judged.both().is_some(), "{judged:?}");
    let good = teach(&[], &lessons(480, right), Some(&before)).unwrap();
    assert!(!good.told.judged.is_worse_by(MARGIN_POINTS), "{:?}", good.told.judged);
    assert_ne!(fingerprint(&[], &history), fingerprint(&[], &lessons(480, right)));
}

#[test]
fn too_few_to_judge_are_said_to_be_none_and_what_an_old_one_cannot_be_asked_it_said_before() {
    let right = |place: usize| if place % 4 < 2 { "library" } else { "catering" };
    let young = teach(&[], &lessons(100, right), None).unwrap();
    assert_eq!(young.told.judged, Judged::default());
    let old = teach(&[], &lessons(200, right), None).unwrap();
    let before = Old { model: &old.model, told: &old.told };
    let new = teach(&[], &lessons(210, right), Some(&before)).unwrap();
    assert_eq!(new.told.judged.compared, 0, "ten new ones say nothing");
    assert_eq!(new.told.judged.both(), Some([(42, 42), (40, 40)]));
}

//! What is kept of the counts of a desk is what would be counted now: whatever was done, and however late it is.

use super::*;
use crate::desk::counts::{Counts, counts};
use crate::desk::queries::Desk;
use huiyin_domain::ids::UnitId;

/// The counts as a reader keeps them, held against those of a writer, who keeps none and counts anew.
fn counted(app: &TestApp, unit: &str) -> Counts {
    let (unit, now) = (UnitId::from(unit), app.now());
    let again = unit.clone();
    let kept = app.db.read_now(move |tx| counts(tx, Desk { unit: &unit, away: &[] }, now)).unwrap();
    let anew = app.db.write_now(move |tx| counts(tx, Desk { unit: &again, away: &[] }, now)).unwrap();
    assert_eq!(kept, anew);
    kept
}

#[tokio::test]
async fn what_is_kept_of_a_desk_is_what_would_be_counted_now() {
    let app = app();
    assert_eq!(counted(&app, "logistics"), Counts::default());
    let no = leak(&app);
    assert_eq!((counted(&app, "logistics").open, counted(&app, "library").assisting), (1, 0));
    let handed = Command::Transfer {
        unit: "logistics".into(),
        assisting: vec!["library".into()],
        forced: false,
        reason: "请一起看".into(),
    };
    crate::dossier::tests::done(&app, &app.clerk(), &no, handed);
    let (mine, theirs) = (counted(&app, "logistics"), counted(&app, "library"));
    assert_eq!((mine.unsigned, mine.unanswered, theirs.assisting), (1, 1, 1));
    // Nothing is written while time goes by, over the deadline and over midnights.
    let mut late = Vec::new();
    for _ in 0..12 {
        app.pass_hours(7);
        late.push(counted(&app, "logistics").late);
    }
    assert_eq!((late.first(), late.last()), (Some(&0), Some(&1)));
    let handed = Command::Transfer {
        unit: "library".into(),
        assisting: vec![],
        forced: false,
        reason: "归图书馆".into(),
    };
    crate::dossier::tests::done(&app, &app.clerk(), &no, handed);
    let (mine, theirs) = (counted(&app, "logistics"), counted(&app, "library"));
    assert_eq!((mine.open, theirs.open, theirs.assisting), (0, 1, 0));
}

// 2.4
#[tokio::test]
async fn what_a_list_hides_is_not_counted_above_it() {
    let app = app();
    let no = leak(&app);
    let at = |unit: &str| Duty { role: Role::Officer, unit: Some(unit.into()), post: None };
    let both = app.person("p-both", "两处任职", vec![at("logistics"), at("library")]);
    let numbers = |page: &Answer| page.text().contains("全部待办 1");
    assert!(numbers(both.get(DESK).await.is(200)));
    let recuse = Command::Recuse { units: vec!["library".into()], reason: "反映的是图书馆。".into() };
    crate::dossier::tests::done(&app, &app.clerk(), &no, recuse);
    let page = both.get(DESK).await;
    page.is(200).hides("图书馆三层水龙头漏水");
    assert!(!numbers(&page), "{}", page.text());
    assert!(numbers(app.officer("logistics").get(DESK).await.is(200)), "whoever is not near counts it");
}

// 2.4
#[tokio::test]
async fn a_unit_that_is_kept_away_reads_from_none_of_its_figures_that_there_was_a_case() {
    let app = app();
    let figures = format!("{DESK}/figures");
    let untouched = app.officer("logistics").get(&figures).await.text();
    let no = leak(&app);
    app.officer("logistics").get(&figures).await.is(200).hides(&untouched);
    let recuse = Command::Recuse { units: vec!["logistics".into()], reason: "反映的是后勤。".into() };
    crate::dossier::tests::done(&app, &app.clerk(), &no, recuse);
    assert_eq!(app.officer("logistics").get(&figures).await.text(), untouched);
    let policy = app.app().policy_in_force();
    let checked =
        app.db.read_now(move |tx| crate::cases::verify::verify(tx, &policy.policy, |_| ())).unwrap();
    checked.expect("the counts are those of the record");
}

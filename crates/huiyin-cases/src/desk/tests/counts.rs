//! What is kept of the counts of a desk is what would be counted now: whatever was done, and however late it is.

use super::*;
use crate::desk::counts::{Counts, counts};
use huiyin_domain::ids::UnitId;

/// The counts as a reader keeps them, held against those of a writer, who keeps none and counts anew.
fn counted(app: &TestApp, unit: &str) -> Counts {
    let (unit, now) = (UnitId::from(unit), app.now());
    let again = unit.clone();
    let kept = app.db.read_now(move |tx| counts(tx, &unit, now)).unwrap();
    let anew = app.db.write_now(move |tx| counts(tx, &again, now)).unwrap();
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

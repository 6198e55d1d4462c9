//! What a program before this one left standing.

use super::*;
use crate::cases::refold;

#[tokio::test]
async fn what_an_older_program_kept_of_a_case_shown_no_longer_goes_when_it_is_folded_anew() {
    let app = site();
    let no = archived(&app);
    app.pass_hours(10 * YEAR_HOURS + 3 * 24);
    step(&app, &no, Removal::Words).unwrap();
    let shown = texts_of(&app, &no);
    assert!(shown.contains(&"public_title".to_owned()) && shown.contains(&"words".to_owned()), "{shown:?}");
    put(&app, "create table kept_texts as select * from case_texts where case_no = $1", &no);
    put(&app, "create table kept_case as select * from cases where case_no = $1", &no);
    let clerk = app.clerk();
    crate::dossier::tests::done(&app, &clerk, &no, Command::Unpublish { reason: "有人认出来了".into() });
    // As that program left it: no longer shown, and all of it still there.
    put(&app, "insert into case_texts select * from kept_texts where case_no = $1", &no);
    put(
        &app,
        "update cases
         set public_title = (select public_title from kept_case), public_body = (select public_body from kept_case)
         where case_no = $1",
        &no,
    );
    assert!(found_by_verify(&app).is_some_and(|found| found.contains("still beside it")));
    let policy = app.policy_in_force();
    let folded = app.db.write_now::<_, Error>(move |tx| {
        tx.execute("update case_folding set version = 7", &[])?;
        refold::bring_up_to_date(tx, &policy.policy)
    });
    assert_eq!(folded.unwrap(), 1);
    assert_eq!(texts_of(&app, &no), ["reason"]);
    assert_eq!(column(&app, &no, "select public_title from cases where case_no = $1").as_deref(), Some(""));
    assert_eq!(column(&app, &no, "select public_body from cases where case_no = $1").as_deref(), Some(""));
    assert_eq!(found_by_verify(&app), None);
}

#[tokio::test]
async fn what_is_still_shown_stays_when_it_is_folded_anew() {
    let app = site();
    let no = archived(&app);
    app.pass_hours(10 * YEAR_HOURS + 3 * 24);
    step(&app, &no, Removal::Words).unwrap();
    let (shown, policy) = (texts_of(&app, &no), app.policy_in_force());
    let folded = app.db.write_now::<_, Error>(move |tx| {
        tx.execute("update case_folding set version = 0", &[])?;
        refold::bring_up_to_date(tx, &policy.policy)
    });
    assert_eq!(folded.unwrap(), 1);
    assert_eq!(texts_of(&app, &no), shown);
    assert_eq!(found_by_verify(&app), None);
}

fn put(app: &TestApp, sql: &'static str, no: &CaseNo) {
    let no = no.clone();
    app.db.write_now::<_, Error>(move |tx| Ok(tx.execute(sql, params![no])?)).unwrap();
}

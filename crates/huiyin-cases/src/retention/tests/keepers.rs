//! Who hears that a list waits.

use super::*;
use crate::dossier::tests::law::{appoint, told};

#[tokio::test]
async fn who_may_confirm_a_list_is_told_that_it_waits() {
    let app = site();
    over(&app, Identity::Open);
    let (auditor, admin) = (app.holder(Role::Auditor), app.holder(Role::Admin));
    appoint(&app, &auditor, Duty { role: Role::Auditor, unit: None, post: None });
    appoint(&app, &admin, Duty { role: Role::Admin, unit: None, post: None });
    app.pass_hours(YEAR_HOURS);
    listed(&app).await;
    listed(&app).await;
    assert_eq!(told(&app, &auditor), ["一份到期清单等您确认，请到“保存期限”里逐件看过再定"]);
    assert!(told(&app, &admin).is_empty(), "nobody confirms their own");
}

#[tokio::test]
async fn a_list_names_kinds_and_leads_to_the_cases_that_its_reader_may_open() {
    let app = site();
    let no = over(&app, Identity::Open);
    app.pass_hours(YEAR_HOURS);
    let list = listed(&app).await;
    let link = format!("href=\"/staff/cases/{no}\"");
    let duty = |role, unit: Option<&str>| Duty { role, unit: unit.map(Into::into), post: None };
    let both = vec![duty(Role::Admin, None), duty(Role::Clerk, Some("office"))];
    for (hand, opens) in [
        (app.holder(Role::Admin), false),
        (app.holder(Role::Auditor), true),
        (app.person("p-both", "兼职管理", both), true),
    ] {
        let page = hand.get(&list).await;
        page.is(200).says("建议");
        assert_eq!(page.html().contains(&link), opens);
        if opens {
            hand.get(&format!("/staff/cases/{no}")).await.is(200);
        }
    }
}

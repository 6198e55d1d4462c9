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

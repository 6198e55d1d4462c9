//! Keeping a case that stands on a list, for a reason that whoever confirms the list reads; and putting it back while nobody
//! has confirmed yet.

use super::one::{act, too_late};
use crate::cases::numbers;
use crate::cases::sight::not_about;
use axum::extract::{Path, State as Of};
use axum::response::Response;
use huiyin_domain::access::units_near;
use huiyin_domain::ids::{CaseNo, PersonId, UnitId};
use huiyin_foundation::db::{DbError, Filter, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::params;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Form, Page};

const REASON_CHARS_MAX: usize = 200;

/// POST /retention/{id}/leave-out
pub(super) async fn leave_out(
    Of(app): Of<App>,
    page: Page,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let (list, no, reason) = (id.clone(), CaseNo(form.text("no")), form.words("reason"));
    let mut errors = form.errors();
    errors.expect(!reason.is_empty(), "reason", "请写为什么留着，确认的人看得到");
    form.expect_at_most(&mut errors, "reason", "理由", REASON_CHARS_MAX);
    let away = units_near(&page.visitor.duties, &app.policy_in_force().policy);
    act(app, page, id, &form, errors, move |tx, by| {
        if may_know(tx, &no, &away)? && keep(tx, &list, &no, by, &reason)? { Ok(()) } else { Err(too_late()) }
    })
    .await
}

/// POST /retention/{id}/put-back
pub(super) async fn put_back(
    Of(app): Of<App>,
    page: Page,
    Path(id): Path<String>,
    form: Form,
) -> Result<Response, Error> {
    let (list, no) = (id.clone(), CaseNo(form.text("no")));
    let away = units_near(&page.visitor.duties, &app.policy_in_force().policy);
    act(app, page, id, &form, form.errors(), move |tx, _| {
        if may_know(tx, &no, &away)? && list_again(tx, &list, &no)? { Ok(()) } else { Err(too_late()) }
    })
    .await
}

fn may_know(tx: &mut Tx, no: &CaseNo, away: &[UnitId]) -> Result<bool, Error> {
    if !numbers::is_number(no.as_str()) {
        return Ok(false);
    }
    let filter = not_about(Filter::new("select 1\n from cases\n where "), away);
    let (sql, values) = filter.sql("case_no = ").value(no).finish();
    // May this reader know of it?
    Ok(tx.query_opt(sql, &values)?.is_some())
}

/// Leaves a case out of a list that is not confirmed yet; false when it does not stand on one.
fn keep(tx: &mut Tx, id: &str, no: &CaseNo, by: &PersonId, reason: &str) -> Result<bool, DbError> {
    // Somebody wants it kept.
    let changed = tx.execute(
        "update retention_items set state = 'left_out', left_out_by = $3, left_out_reason = $4
         where list_id = $1
           and case_no = $2
           and state = 'listed'
           and exists (select 1 from retention_lists where id = $1 and state = 'listed')",
        params![id, no, by, reason],
    )?;
    Ok(changed > 0)
}

/// Puts it back; false when it was not left out, or the list is confirmed.
fn list_again(tx: &mut Tx, id: &str, no: &CaseNo) -> Result<bool, DbError> {
    // It need not be kept after all.
    let changed = tx.execute(
        "update retention_items set state = 'listed', left_out_by = null, left_out_reason = ''
         where list_id = $1
           and case_no = $2
           and state = 'left_out'
           and exists (select 1 from retention_lists where id = $1 and state = 'listed')",
        params![id, no],
    )?;
    Ok(changed > 0)
}

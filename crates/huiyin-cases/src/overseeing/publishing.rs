//! 公开审核: answered cases whose requester agreed and that nobody has shown yet, the newest answer first.

use super::line::{Line, List, ROWS, before, turned};
use crate::cases::log::Standing;
use crate::cases::sight::{accused_among, not_about};
use crate::coordination;
use axum::extract::{Query, State};
use axum::response::Response;
use huiyin_domain::access::units_near;
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::UnitId;
use huiyin_foundation::db::{Filter, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, html};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Ask {
    #[serde(default)]
    after: String,
}

/// GET /publishing
pub(super) async fn show(
    State(app): State<App>,
    page: Page,
    Query(ask): Query<Ask>,
) -> Result<Response, Error> {
    let (school, visitor) = (app.clone(), page.visitor.clone());
    let away = units_near(&visitor.duties, &app.policy_in_force().policy);
    let (side, lines) = app
        .db
        .read(move |tx| {
            let standing = Standing::of(&school);
            let side = coordination::side(tx, &standing.policy.policy, &visitor, standing.now)?;
            let away = accused_among(tx, &away)?;
            Ok::<_, Error>((side, waiting(tx, &standing, &away, before(&ask.after))?))
        })
        .await?;
    let (lines, next) = turned(lines, "/publishing?");
    html(List {
        page: page.titled("公开审核").beside_any(side),
        intro: "已答复、反映人同意公开、还没有公开的件。打开后先隐去能认出人的内容，再公开。",
        button: "去审核",
        opening: "?open=publication#publication",
        can_search: false,
        q: String::new(),
        when_of: " 答复",
        notes: Vec::new(),
        lines,
        empty: "没有等着公开的件",
        next,
    })
}

fn waiting(
    tx: &mut Tx,
    standing: &Standing,
    away: &[UnitId],
    (at, no): (Instant, String),
) -> Result<Vec<Line>, Error> {
    let filter = Filter::new(
        "select case_no, title, kind, unit, stage, signed_at, round, solved, replied_at as at
           from cases
          where ",
    );
    let filter = not_about(filter, away).sql(
        "may_publish = 1
            and restricted = 0
            and published_at is null
            and stage in ('replied', 'rated', 'archived')
            and (replied_at < ",
    );
    let filter = filter.value(at).sql(" or (replied_at = ").value(at).sql(" and case_no < ").value(no);
    let filter = filter.sql("))\n order by replied_at desc, case_no desc\n limit ").value(ROWS + 1);
    let (sql, values) = filter.finish();
    // Which answered cases may be shown to everybody and never were?
    tx.query_map(sql, &values, |row| Line::of(row, standing))
}

//! 审计查阅: every case, the newest first, or those with these letters in number or title. Read only, and not unseen: each
//! search is kept, in a table like the readings: logs name nobody.

use super::asked::{Asked, address, pattern};
use super::line::{Line, List, ROWS, before, turned};
use crate::cases::log::Standing;
use crate::cases::reads;
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

/// GET /audit
pub(super) async fn show(
    State(app): State<App>,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let q = asked.letters();
    reads::note_search(&app, &page.visitor, &q).await?;
    let away = units_near(&page.visitor.duties, &app.policy_in_force().policy);
    let (school, visitor, pattern) = (app.clone(), page.visitor.clone(), pattern(&q));
    let (side, lines) = app
        .db
        .read(move |tx| {
            let standing = Standing::of(&school);
            let side = coordination::side(tx, &standing.policy.policy, &visitor, standing.now)?;
            let away = accused_among(tx, &away)?;
            Ok::<_, Error>((side, found(tx, &standing, &away, &pattern, before(&asked.after))?))
        })
        .await?;
    let (lines, next) = turned(lines, &address("/audit", &q));
    html(List {
        page: page.titled("审计查阅").beside_any(side),
        intro: "全部诉求，只能查看。查了什么、打开了哪一件，都会留下记录。",
        button: "查看",
        opening: "",
        can_search: true,
        q,
        when_of: " 提交",
        notes: Vec::new(),
        lines,
        empty: "没有符合条件的件",
        next,
    })
}

fn found(
    tx: &mut Tx,
    standing: &Standing,
    away: &[UnitId],
    pattern: &str,
    (at, no): (Instant, String),
) -> Result<Vec<Line>, Error> {
    let filter = Filter::new(
        "select case_no, title, kind, unit, stage, signed_at, round, solved, submitted_at as at
           from cases
          where ",
    );
    let filter = not_about(filter, away).sql("(lower(case_no) like ").value(pattern).sql(" escape '!'");
    let filter = filter.sql(" or lower(title) like ").value(pattern).sql(" escape '!')");
    let filter = filter.sql("\n and (submitted_at < ").value(at).sql(" or (submitted_at = ").value(at);
    let filter = filter.sql(" and case_no < ").value(no).sql("))");
    let filter = filter.sql("\n order by submitted_at desc, case_no desc\n limit ").value(ROWS + 1);
    let (sql, values) = filter.finish();
    // Which cases have these letters in their number or title?
    tx.query_map(sql, &values, |row| Line::of(row, standing))
}

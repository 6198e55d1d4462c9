//! 审计查阅: every case, the newest first, or those with these letters in number or title. Read only, and not unseen: each
//! search is kept, in a table like the readings: logs name nobody.

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
use serde::Deserialize;

/// As many letters are looked for at once.
pub(super) const LETTERS_MAX: usize = 60;

#[derive(Deserialize)]
pub(super) struct Ask {
    #[serde(default)]
    q: String,
    #[serde(default)]
    after: String,
}

/// GET /audit
pub(super) async fn show(
    State(app): State<App>,
    page: Page,
    Query(ask): Query<Ask>,
) -> Result<Response, Error> {
    let q: String = ask.q.trim().chars().filter(|c| !c.is_control()).take(LETTERS_MAX).collect();
    reads::note_search(&app, &page.visitor, &q).await?;
    let away = units_near(&page.visitor.duties, &app.policy_in_force().policy);
    let (school, visitor, pattern) = (app.clone(), page.visitor.clone(), pattern(&q));
    let (side, lines) = app
        .db
        .read(move |tx| {
            let standing = Standing::of(&school);
            let side = coordination::side(tx, &standing.policy.policy, &visitor, standing.now)?;
            let away = accused_among(tx, &away)?;
            Ok::<_, Error>((side, found(tx, &standing, &away, &pattern, before(&ask.after))?))
        })
        .await?;
    let letters: String = form_urlencoded::byte_serialize(q.as_bytes()).collect();
    let (lines, next) = turned(lines, &format!("/audit?q={letters}&"));
    html(List {
        page: page.titled("审计查阅").beside_any(side),
        intro: "全部诉求，只能查看。查了什么、打开了哪一件，都会留下记录。",
        button: "查看",
        opening: "",
        can_search: true,
        q,
        when_of: " 提交",
        lines,
        empty: "没有符合条件的件",
        next,
    })
}

/// What was typed as a pattern of `like`, its own signs taken as letters.
pub(super) fn pattern(q: &str) -> String {
    let letters = q.to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{letters}%")
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

//! 查询: a case by its number, the letters of its title or its place, for the office, supervision and leaders, among the cases that
//! lie with them. A leader finds what lies before them, what they instructed and what is at the units they are in charge of.

use super::asked::{Asked, address, pattern};
use super::line::{Line, List, ROWS, before, turned};
use crate::cases::log::Standing;
use crate::cases::sight::{accused_among, not_about};
use crate::coordination::{self, posts_of};
use crate::leaders::units_in_charge;
use axum::extract::{Query, State};
use axum::response::Response;
use huiyin_domain::access::{Role, units_near};
use huiyin_domain::ids::PlaceId;
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::{Filter, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, Visitor, html};

/// GET /staff/search
pub(super) async fn show(
    State(app): State<App>,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let q = asked.letters();
    let (school, visitor, letters) = (app.clone(), page.visitor.clone(), q.clone());
    let (side, lines) = app
        .db
        .read(move |tx| {
            let standing = Standing::of(&school);
            let side = coordination::side(tx, &standing.policy.policy, &visitor, standing.now)?;
            Ok::<_, Error>((side, found(tx, &standing, &visitor, &letters, &asked.after)?))
        })
        .await?;
    let (lines, next) = turned(lines, &address("/staff/search", &q));
    html(List {
        page: page.titled("查询").beside_any(side),
        intro: "按编号、标题里的几个字或地点查，最新的在前。",
        button: "查看",
        opening: "",
        can_search: true,
        q,
        when_of: " 提交",
        lines,
        empty: "没有找到。换几个字，或者抄全编号再试；不归您看的件不在这里",
        next,
    })
}

/// The places whose name holds these letters.
fn places_of(policy: &Policy, letters: &str) -> Vec<PlaceId> {
    let named = policy.places.iter().filter(|place| !letters.is_empty() && place.name.contains(letters));
    named.map(|place| place.id.clone()).collect()
}

fn found(
    tx: &mut Tx,
    standing: &Standing,
    visitor: &Visitor,
    letters: &str,
    after: &str,
) -> Result<Vec<Line>, Error> {
    let policy = &standing.policy.policy;
    let away = accused_among(tx, &units_near(&visitor.duties, policy))?;
    let ((at, no), pattern) = (before(after), pattern(letters));
    let filter = Filter::new(
        "select case_no, title, kind, unit, stage, signed_at, round, solved, submitted_at as at
           from cases
          where ",
    );
    let filter = not_about(filter, &away).sql("(lower(case_no) like ").value(&pattern).sql(" escape '!'");
    let filter = filter.sql(" or lower(title) like ").value(&pattern).sql(" escape '!'");
    let filter = filter.sql(" or lower(room) like ").value(&pattern).sql(" escape '!'");
    let places = places_of(policy, letters);
    let filter = if places.is_empty() { filter } else { filter.sql(" or place in ").list(&places) };
    let filter = filter.sql(")");
    let filter = if visitor.has(Role::Clerk) || visitor.has(Role::Supervisor) {
        filter
    } else {
        let posts = posts_of(visitor);
        let filter = filter.sql("\n and (leader in ").list(&posts).sql(" or unit in ");
        let filter = filter.list(units_in_charge(policy, &posts));
        let is_head = policy.head().is_some_and(|head| posts.contains(&head.id));
        filter.sql(if is_head { " or unit is null)" } else { ")" })
    };
    let filter = filter.sql("\n and (submitted_at < ").value(at).sql(" or (submitted_at = ").value(at);
    let filter = filter.sql(" and case_no < ").value(no).sql("))");
    let filter = filter.sql("\n order by submitted_at desc, case_no desc\n limit ").value(ROWS + 1);
    let (sql, values) = filter.finish();
    // Which cases that lie with this reader have these letters in their number, title or place?
    tx.query_map(sql, &values, |row| Line::of(row, standing))
}

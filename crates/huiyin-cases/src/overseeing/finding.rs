//! 查询: a case by its number, its words or its place, for the office, supervision and leaders, among the cases that lie with
//! them. A leader finds what lies before them, what they instructed and what is at the units they are in charge of. What is
//! found is counted by the same statement that says what they may see.

use super::asked::{Asked, address};
use super::line::{Line, List, ROWS, before, turned};
use crate::cases::log::Standing;
use crate::cases::shelves::Typed;
use crate::cases::sight::{accused_among, not_about};
use crate::coordination::{self, posts_of};
use crate::leaders::units_in_charge;
use axum::extract::{Query, State};
use axum::response::Response;
use huiyin_domain::access::{Role, units_near};
use huiyin_domain::ids::UnitId;
use huiyin_domain::policy::Policy;
use huiyin_foundation::db::{Filter, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::index::{self, Shelf};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, Visitor, html};

/// So much of a title is shown.
const TITLE_MAX: usize = 200;

/// What was found, and how.
#[derive(Default)]
struct Found {
    lines: Vec<Line>,
    notes: Vec<String>,
}

/// GET /staff/search
pub(super) async fn show(
    State(app): State<App>,
    page: Page,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let q = asked.letters();
    let (school, visitor) = (app.clone(), page.visitor.clone());
    let side = app.db.read(move |tx| {
        let standing = Standing::of(&school);
        coordination::side(tx, &standing.policy.policy, &visitor, standing.now)
    });
    let side = side.await?;
    let (school, visitor, letters) = (app.clone(), page.visitor.clone(), q.clone());
    let found =
        app.db.read(move |tx| found(tx, &Standing::of(&school), &visitor, &letters, &asked.after)).await;
    let found = index::or_torn(&app.db, found).await?.unwrap_or_else(|| Found {
        lines: Vec::new(),
        notes: vec!["正在重建搜索，已完成 0 %，过几分钟再查；抄全编号现在就能查到。".to_owned()],
    });
    let (lines, next) = turned(found.lines, &address("/staff/search", &q));
    html(List {
        page: page.titled("查询").beside_any(side),
        intro: "按编号、标题和内容里的字、拼音或地点查，最新的在前。",
        button: "查看",
        opening: "",
        can_search: true,
        q,
        when_of: " 提交",
        notes: found.notes,
        lines,
        empty: "没有找到。换几个字，或者抄全编号再试；不归您看的件不在这里",
        next,
    })
}

/// What the reader may find at all.
struct Sight<'a> {
    visitor: &'a Visitor,
    policy: &'a Policy,
    away: Vec<UnitId>,
}

impl Sight<'_> {
    /// Goes on with the conditions of what answers and lies with this reader; no words are asked where none were typed.
    fn narrowed(&self, filter: Filter, tx: &Tx, typed: Option<&Typed>) -> Filter {
        let filter = not_about(filter, &self.away);
        let filter = match typed {
            Some(typed) => typed.among(filter, tx.engine()),
            None => filter.sql("1 = 1"),
        };
        if self.visitor.has(Role::Clerk) || self.visitor.has(Role::Supervisor) {
            return filter;
        }
        let posts = posts_of(self.visitor);
        let filter = filter.sql("\n and (leader in ").list(&posts).sql(" or unit in ");
        let filter = filter.list(units_in_charge(self.policy, &posts));
        let is_head = self.policy.head().is_some_and(|head| posts.contains(&head.id));
        filter.sql(if is_head { " or unit is null)" } else { ")" })
    }

    fn count(&self, tx: &mut Tx, typed: &Typed) -> Result<i64, Error> {
        let filter = Filter::new("select count(*) as n\n from cases\n where ");
        let (sql, values) = self.narrowed(filter, tx, Some(typed)).finish();
        // How many answer?
        Ok(tx.query_one(sql, &values)?.int("n")?)
    }
}

fn found(
    tx: &mut Tx,
    standing: &Standing,
    visitor: &Visitor,
    letters: &str,
    after: &str,
) -> Result<Found, Error> {
    let policy = &standing.policy.policy;
    let away = accused_among(tx, &units_near(&visitor.duties, policy))?;
    let sight = Sight { visitor, policy, away };
    let mut typed = Some(Typed::read(letters, policy)).filter(|_| !letters.is_empty());
    let mut notes = Vec::new();
    if let Some(as_typed) = &typed {
        if as_typed.is_empty() {
            return Ok(Found::default());
        }
        if let Some(percent) = index::percent_of(tx, Shelf::Store)? {
            notes.push(format!("正在重建搜索，已完成 {percent} %，这几分钟里可能查不全。"));
        }
        let mut count = sight.count(tx, as_typed)?;
        if count == 0
            && let Some(by_sound) = as_typed.by_sound()
        {
            count = sight.count(tx, &by_sound)?;
            if count > 0 {
                notes.push("字面上没有，下面是读音相同的。".to_owned());
                typed = Some(by_sound);
            }
        }
        if count > 0 {
            let others = typed.as_ref().and_then(Typed::others).unwrap_or_default();
            notes.push(format!("找到 {count} 件。{others}"));
        }
    }
    let (at, no) = before(after);
    let filter = Filter::new(
        "select case_no, title, kind, unit, stage, signed_at, round, solved, submitted_at as at
           from cases
          where ",
    );
    let filter = sight.narrowed(filter, tx, typed.as_ref());
    let filter = filter.sql("\n and (submitted_at < ").value(at).sql(" or (submitted_at = ").value(at);
    let filter = filter.sql(" and case_no < ").value(no).sql("))");
    let filter = filter.sql("\n order by submitted_at desc, case_no desc\n limit ").value(ROWS + 1);
    let (sql, values) = filter.finish();
    // Which cases that lie with this reader answer?
    let mut lines = tx.query_map(sql, &values, |row| Line::of(row, standing))?;
    if let Some(typed) = &typed {
        for line in &mut lines {
            line.marked = typed.question().excerpt(&line.title, TITLE_MAX, true);
        }
    }
    Ok(Found { lines, notes })
}

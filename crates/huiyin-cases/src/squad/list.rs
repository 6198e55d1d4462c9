//! What a squad has in hand, the most pressing first.

use super::{Member, acts};
use crate::cases::log::Standing;
use crate::cases::sight::not_about;
use crate::cases::{covering, due, texts};
use crate::dossier::{self, place_words};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use huiyin_domain::access::units_near;
use huiyin_domain::ids::{CaseNo, PersonId, PlaceId, UnitId};
use huiyin_foundation::db::{Filter, Row, Tx};
use huiyin_foundation::error::Error;
use huiyin_foundation::say::Due;
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, html};
use std::collections::{BTreeMap, BTreeSet};

/// No squad has more in hand than this.
const ORDERS_MAX: usize = 100;

struct Line {
    href: String,
    title: String,
    place: String,
    due: Option<Due>,
    /// The squad has said that it is done; the unit has not looked yet.
    is_done: bool,
}

#[derive(Template)]
#[template(path = "squad/list.html")]
struct Orders {
    page: Page,
    lines: Vec<Line>,
    done: &'static str,
}

/// GET /squad
pub(super) async fn page(
    State(app): State<App>,
    Query(asked): Query<BTreeMap<String, String>>,
    page: Page,
) -> Result<Response, Error> {
    let member = Member::of(&page.visitor)?;
    let standing = Standing::of(&app);
    let (rows, names, behalf, reported) = {
        let (member, standing) = (member.clone(), standing.clone());
        let read = move |tx: &mut Tx| {
            let rows = orders(tx, &member, &units_near(&member.all_duties, &standing.policy.policy))?;
            let asked: Result<Vec<Option<PersonId>>, _> =
                rows.iter().map(|row| row.get("requester_id")).collect();
            let asked: Vec<PersonId> = asked?.into_iter().flatten().collect();
            let names = dossier::names(tx, &asked)?;
            let numbers = rows.iter().map(|row| row.get("case_no")).collect::<Result<Vec<CaseNo>, _>>()?;
            let behalf = texts::on_behalf_of(tx, &numbers)?;
            let reported = reported(tx, &numbers)?;
            Ok::<_, Error>((rows, names, behalf, reported))
        };
        app.db.read(read).await?
    };
    let policy = &standing.policy.policy;
    let line = |row: &Row| {
        let no: CaseNo = row.get("case_no")?;
        let place: Option<PlaceId> = row.get("place")?;
        Ok::<_, Error>(Line {
            href: format!("/squad/{no}"),
            is_done: reported.contains(&no),
            title: covering::covered_for(row.str("title")?, &behind(row, &names, &behalf)?),
            place: place_words(policy, place.as_ref(), row.str("room")?),
            due: due::next_due(row, standing.now, &standing.calendar)?,
        })
    };
    let mut lines = rows.iter().map(line).collect::<Result<Vec<_>, _>>()?;
    // What only waits for the unit stands behind what is still to be done.
    lines.sort_by_key(|line| line.is_done);
    html(Orders {
        lines,
        done: acts::done(asked.get("done").map(String::as_str).unwrap_or_default()),
        page: page.titled("服务队工单").beside(member.side(policy)),
    })
}

/// What a requester wrote of themselves stands in no list of a squad either, nor for whom something was registered.
fn behind(
    row: &Row,
    names: &BTreeMap<PersonId, String>,
    behalf: &BTreeMap<CaseNo, String>,
) -> Result<Vec<String>, Error> {
    let (person, no): (Option<PersonId>, CaseNo) = (row.get("requester_id")?, row.get("case_no")?);
    let own = person.and_then(|person| names.get(&person).cloned());
    Ok(covering::names_of(own, behalf.get(&no).map_or("", String::as_str)))
}

/// Which of these the squad has reported as done since it was last called.
fn reported(tx: &mut Tx, orders: &[CaseNo]) -> Result<BTreeSet<CaseNo>, Error> {
    if orders.is_empty() {
        return Ok(BTreeSet::new());
    }
    let filter = Filter::new(
        "select case_no
         from case_events
         where name in ('squad_called', 'work_reported')
           and case_no in ",
    );
    let (sql, values) = filter
        .list(orders)
        .sql(
            "
         group by case_no
         having max(case when name = 'work_reported' then seq else 0 end)
           > max(case when name = 'squad_called' then seq else 0 end)",
        )
        .finish();
    // Of which was something reported after it was handed over? What could not be done is not in the squad's hands any more.
    tx.query(sql, &values)?.iter().map(|row| Ok(row.get("case_no")?)).collect()
}

fn orders(tx: &mut Tx, member: &Member, away: &[UnitId]) -> Result<Vec<Row>, Error> {
    let squads: Vec<String> = member.squads().into_iter().map(|squad| squad.0).collect();
    if squads.is_empty() {
        return Ok(Vec::new());
    }
    let filter =
        Filter::new("select case_no, title, place, room, next_due, next_calendar, requester_id\n from cases");
    let filter = not_about(filter.sql("\n where "), away);
    let filter =
        filter.sql("stage = 'assigned'\n and restricted = 0\n and identity <> 'sealed'\n and squad in ");
    let filter =
        filter.list(&squads).sql("\n order by coalesce(next_due, 9000000000000000), case_no\n limit ");
    let (sql, values) = filter.value(ORDERS_MAX).finish();
    // What was this squad asked to do?
    Ok(tx.query(sql, &values)?)
}

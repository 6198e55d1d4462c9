//! My orders (1.3): what somebody has in hand, by building, the building with the nearest limit first. One way through the
//! campus, not one way for each case.

use super::acts;
use super::queries::{self, ORDERS_MAX};
use crate::cases::due;
use crate::cases::log::Standing;
use crate::desk::seat::{self, Seat};
use crate::desk::view::Asked;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use huiyin_domain::calendar::{Day, Instant};
use huiyin_domain::ids::{CaseNo, PlaceId};
use huiyin_foundation::db::Row;
use huiyin_foundation::error::Error;
use huiyin_foundation::say::{self, Due};
use huiyin_foundation::school::App;
use huiyin_foundation::web::{Page, html};

/// One order.
struct Line {
    href: String,
    title: String,
    room: String,
    due: Option<Due>,
    is_urgent: bool,
    is_unsigned: bool,
    /// 今天 10:20 到场；缺配件，预计 11 月 30 日到货
    remark: String,
}

impl Line {
    /// The CSS class of its edge.
    fn edge(&self) -> &'static str {
        match self.due.as_ref().map(|due| due.tone.edge()) {
            Some("late") => "is-late",
            Some("soon") => "is-soon",
            _ => "",
        }
    }
}

/// The orders of one building.
struct Building {
    name: String,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "desk/field/list.html")]
struct Orders {
    page: Page,
    desk: String,
    count: usize,
    has_more: bool,
    buildings: Vec<Building>,
    done: &'static str,
}

/// GET /desk/{unit}/field
pub(in crate::desk) async fn page(
    State(app): State<App>,
    Path(unit): Path<String>,
    Query(asked): Query<Asked>,
    page: Page,
) -> Result<Response, Error> {
    let seat = Seat::take(&page.visitor, &unit)?;
    let standing = Standing::of(&app);
    let loaded = {
        let (seat, standing, visitor) = (seat.clone(), standing.clone(), page.visitor.clone());
        app.db.read(move |tx| {
            let policy = &standing.policy.policy;
            let side = seat::side(tx, policy, standing.now, &visitor, &seat.unit)?;
            let rows = queries::orders_of(tx, &seat, &seat.near(policy))?;
            Ok::<_, Error>((rows, side))
        })
    };
    let (mut rows, side) = loaded.await?;
    let has_more = rows.len() > ORDERS_MAX;
    rows.truncate(ORDERS_MAX);
    html(Orders {
        desk: seat.desk(),
        count: rows.len(),
        has_more,
        buildings: buildings(&rows, &seat, &standing)?,
        done: acts::done(asked.get("done").map(String::as_str).unwrap_or_default()),
        page: page.titled("我的工单").back_to(seat.desk()).beside(side),
    })
}

/// In the order in which each building first comes up: by its nearest limit.
fn buildings(rows: &[Row], seat: &Seat, standing: &Standing) -> Result<Vec<Building>, Error> {
    let mut buildings: Vec<Building> = Vec::new();
    for row in rows {
        let place: Option<PlaceId> = row.get("place")?;
        let name = place.and_then(|id| standing.policy.policy.place(&id).map(|place| place.name.clone()));
        let name = name.unwrap_or_else(|| "没有选楼宇".to_owned());
        let line = line(row, seat, standing)?;
        match buildings.iter_mut().find(|building| building.name == name) {
            Some(building) => building.lines.push(line),
            None => buildings.push(Building { name, lines: vec![line] }),
        }
    }
    Ok(buildings)
}

fn line(row: &Row, seat: &Seat, standing: &Standing) -> Result<Line, Error> {
    let no: CaseNo = row.get("case_no")?;
    let part: Option<Day> = row.opt_text("part_on")?.and_then(|day| day.parse().ok());
    Ok(Line {
        href: format!("{}/field/{no}", seat.desk()),
        title: row.text("title")?,
        room: row.text("room")?,
        due: due::next_due(row, standing.now, &standing.calendar)?,
        is_urgent: row.str("urgency")? != "normal",
        is_unsigned: row.opt_instant("signed_at")?.is_none(),
        remark: remark(row.opt_instant("arrived_at")?, part, standing.now),
    })
}

fn remark(arrived_at: Option<Instant>, part_on: Option<Day>, now: Instant) -> String {
    match (part_on, arrived_at) {
        (Some(day), _) => format!("缺配件，预计 {}到货", say::day_long(now, day)),
        (None, Some(at)) => format!("{} 到场", say::moment(now, at)),
        (None, None) => String::new(),
    }
}

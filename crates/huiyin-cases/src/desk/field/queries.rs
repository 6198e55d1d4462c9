//! What the list of orders asks the folded rows.

use crate::cases::sight::not_about;
use crate::desk::seat::Seat;
use huiyin_domain::ids::UnitId;
use huiyin_foundation::db::{Filter, Row, Tx};
use huiyin_foundation::error::Error;

/// Nobody has more orders in hand than this.
pub(super) const ORDERS_MAX: usize = 200;

/// The open cases that somebody has in this unit, the most pressing first; one more than are shown.
pub(super) fn orders_of(tx: &mut Tx, seat: &Seat, away: &[UnitId]) -> Result<Vec<Row>, Error> {
    let filter = Filter::new(
        "select case_no, title, place, room, urgency, next_due, next_calendar, signed_at, arrived_at, part_on
         from cases",
    );
    let filter = not_about(filter.sql("\n where "), away).sql("unit = ").value(&seat.unit);
    let filter = filter.sql("\n and stage = 'assigned'\n and officer = ").value(&seat.person);
    // A clock that stands still is last.
    let order = "\n order by coalesce(next_due, 9000000000000000), case_no\n limit ";
    let (sql, values) = filter.sql(order).value(ORDERS_MAX + 1).finish();
    // What has this person in hand?
    Ok(tx.query(sql, &values)?)
}

//! The deadline of a row of a list, in words: what runs out next, counted on the days on which it was promised (4.1).

use huiyin_domain::calendar::{Calendar, Instant};
use huiyin_domain::case::ClockCalendar;
use huiyin_foundation::db::Row;
use huiyin_foundation::error::Error;
use huiyin_foundation::say::{self, Due};

/// The deadline of a row with the columns `next_due` and `next_calendar`; none when nothing is owed.
pub fn next_due(row: &Row, now: Instant, calendar: &Calendar) -> Result<Option<Due>, Error> {
    let Some(due) = row.opt_instant("next_due")? else { return Ok(None) };
    let counted_on = row.opt_text("next_calendar")?.and_then(|word| ClockCalendar::from_word(&word));
    Ok(Some(say::due(now, due, counted_on.unwrap_or(ClockCalendar::Hours), calendar)))
}

//! The holidays that the law fixes by date, for years whose yearly notice is not known (4.1).
//!
//! 全国年节及纪念日放假办法: 元旦 1 day, 劳动节 2 days (1 before 2025), 国庆节 3 days; a day that falls on a weekend is made up on
//! the next working day. Festivals of the lunar calendar and bridging make-up workdays cannot be known without the
//! notice and are left out: that is why days counted with these rules are provisional.

use super::Day;
use jiff::civil::Date;

/// First year of the second Labour Day holiday (2024 revision, in force from 2025-01-01).
const SECOND_LABOUR_DAY_SINCE: i16 = 2025;

/// Whether the law alone makes this day a holiday, by its date or as the substitute of one on a weekend.
pub(super) fn is_statutory_holiday(day: Day) -> bool {
    let date = day.0;
    let labour_days = if date.year() >= SECOND_LABOUR_DAY_SINCE { 2 } else { 1 };
    match date.month() {
        1 => falls_in_run(date, 1),
        5 => falls_in_run(date, labour_days),
        10 => falls_in_run(date, 3),
        _ => false,
    }
}

/// A run of holidays from the first of the month, and after it one working day for each of its weekend days.
fn falls_in_run(date: Date, length: i8) -> bool {
    let weekdays = |from: i8, until: i8| {
        let in_month = (from..=until).filter_map(|day| date.with().day(day).build().ok());
        in_month.filter(|day| !Day(*day).is_weekend()).count()
    };
    let owed = length as usize - weekdays(1, length);
    date.day() <= length || (!Day(date).is_weekend() && weekdays(length + 1, date.day()) <= owed)
}

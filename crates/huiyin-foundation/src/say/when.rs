//! Moments and spans in words.

use huiyin_domain::calendar::{Day, Instant};
use huiyin_domain::policy::Limit;

/// 周四
pub fn weekday(day: Day) -> &'static str {
    ["周一", "周二", "周三", "周四", "周五", "周六", "周日"][day.0.weekday().to_monday_zero_offset() as usize]
}

/// For papers, which are read on any day of any year: told as of this moment, every date names its day and year.
pub const ON_PAPER: Instant = Instant(0);

/// 「今天 21:14」「昨天 19:05」「明天 09:00」「11-24 21:51」, with the year when it is another one.
pub fn moment(now: Instant, at: Instant) -> String {
    format!("{} {}", day_short(now, at.day()), at.time_of_day())
}

/// 「今天」「昨天」「明天」「11-24」「2025-11-24」
pub fn day_short(now: Instant, day: Day) -> String {
    let today = now.day();
    if day == today {
        "今天".into()
    } else if day == today.next() {
        "明天".into()
    } else if day.next() == today {
        "昨天".into()
    } else if day.0.year() == today.0.year() {
        format!("{:02}-{:02}", day.0.month(), day.0.day())
    } else {
        day.to_string()
    }
}

/// 「11 月 26 日（周四）」, with the year when it is another one.
pub fn day_long(now: Instant, day: Day) -> String {
    let year =
        if day.0.year() == now.day().0.year() { String::new() } else { format!("{} 年 ", day.0.year()) };
    format!("{year}{} 月 {} 日（{}）", day.0.month(), day.0.day(), weekday(day))
}

/// 「今天 18:00」「11 月 26 日（周四）18:00」: for promises, where the day must not be mistaken. A midnight is said as
/// the end of the day before it.
pub fn moment_long(now: Instant, at: Instant) -> String {
    let (day, time) = day_and_time(at);
    let today = now.day();
    if day == today {
        format!("今天 {time}")
    } else if day == today.next() {
        format!("明天 {time}")
    } else {
        format!("{}{time}", day_long(now, day))
    }
}

/// 「11 月 26 日（周四）18:00」, today and tomorrow too: for words that are kept and read on another day.
pub fn moment_named(now: Instant, at: Instant) -> String {
    let (day, time) = day_and_time(at);
    format!("{}{time}", day_long(now, day))
}

fn day_and_time(at: Instant) -> (Day, String) {
    let is_midnight = at.time_of_day().minutes == 0;
    if is_midnight {
        (at.plus_ms(-1).day(), "24:00".to_owned())
    } else {
        (at.day(), at.time_of_day().to_string())
    }
}

/// 「37 分钟」「10 小时 54 分」「3 天」: how long something took or lasts.
pub fn lasted(ms: i64) -> String {
    let minutes = (ms.max(0) + 30_000) / 60_000;
    let (hours, rest) = (minutes / 60, minutes % 60);
    match (hours, rest) {
        (0, 0) => "不到 1 分钟".into(),
        (0, minutes) => format!("{minutes} 分钟"),
        (hours, _) if hours >= 48 => format!("{} 天", hours / 24),
        (hours, 0) => format!("{hours} 小时"),
        (hours, minutes) => format!("{hours} 小时 {minutes} 分"),
    }
}

/// 「24 小时内」「3 个工作日内」「5 个教学日内」「当天」: how long a limit gives.
pub fn limit_span(limit: &Limit) -> String {
    match (limit.working_days, limit.school_days, limit.hours) {
        (Some(days), _, _) => format!("{days} 个工作日内"),
        (_, Some(days), _) => format!("{days} 个教学日内"),
        // Nobody reads 360 hours as half a month.
        (_, _, Some(hours)) if hours > 72 && hours % 24 == 0 => format!("{} 天内", hours / 24),
        (_, _, Some(hours)) => format!("{hours} 小时内"),
        _ => "当天".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TEST_MORNING;

    #[test]
    fn what_is_told_on_paper_names_its_year_and_never_today() {
        assert_eq!(moment(ON_PAPER, TEST_MORNING), "2026-11-24 10:00");
        assert_eq!(moment_long(ON_PAPER, TEST_MORNING), "2026 年 11 月 24 日（周二）10:00");
    }

    #[test]
    fn a_promise_that_is_kept_in_writing_names_today_too() {
        assert_eq!(moment_long(TEST_MORNING, TEST_MORNING.plus_hours(8)), "今天 18:00");
        assert_eq!(moment_named(TEST_MORNING, TEST_MORNING.plus_hours(8)), "11 月 24 日（周二）18:00");
        assert_eq!(moment_named(TEST_MORNING, TEST_MORNING.plus_hours(14)), "11 月 24 日（周二）24:00");
    }
}

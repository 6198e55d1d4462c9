//! A deadline in words, with the tone of its ladder: plenty, today, over (ui.md §6). Always the words and the exact time.

use super::when::{lasted, moment_long};
use huiyin_domain::calendar::{Calendar, Instant};
use huiyin_domain::case::ClockCalendar;

/// How a deadline looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Plenty of time.
    Plain,
    /// Today, or less than a day of hours.
    Warn,
    /// Over.
    Bad,
    /// Met, or nothing runs.
    Still,
}

impl Tone {
    /// Its CSS word; empty for plain.
    pub fn class(self) -> &'static str {
        match self {
            Tone::Plain => "",
            Tone::Warn => "warn",
            Tone::Bad => "bad",
            Tone::Still => "mute",
        }
    }

    /// Its icon.
    pub fn icon(self) -> &'static str {
        match self {
            Tone::Plain => "clock",
            Tone::Warn => "hourglass",
            Tone::Bad => "triangle-alert",
            Tone::Still => "circle-check",
        }
    }

    /// The word for the edge of a row or card: `late`, `soon` or nothing.
    pub fn edge(self) -> &'static str {
        match self {
            Tone::Warn => "soon",
            Tone::Bad => "late",
            _ => "",
        }
    }
}

/// A deadline ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// 「剩 3 个工作日」「剩 10 小时」「超期 1 天」
    pub left: String,
    /// 「今天 21:14」「11 月 26 日（周四）18:00」
    pub at: String,
    /// How it looks.
    pub tone: Tone,
}

const DAY_MS: i64 = 86_400_000;

/// A deadline that still runs, or ran out.
pub fn due(now: Instant, due: Instant, counted_on: ClockCalendar, calendar: &Calendar) -> Due {
    let at = moment_long(now, due);
    let left_ms = due.0 - now.0;
    if left_ms <= 0 {
        return Due { left: format!("超期 {}", over(-left_ms)), at, tone: Tone::Bad };
    }
    // The end of a day belongs to that day.
    let last_day = due.plus_ms(-1).day();
    let is_today = last_day == now.day();
    if is_today || left_ms < DAY_MS {
        let tone = Tone::Warn;
        return Due { left: format!("剩 {}", lasted_down(left_ms)), at, tone };
    }
    let left = if counted_on == ClockCalendar::Hours {
        format!("剩 {}", lasted_down(left_ms))
    } else {
        let mut days = 0;
        let mut day = now.day();
        while day < last_day {
            day = day.next();
            days += u32::from(calendar.is_working_day(day));
        }
        format!("剩 {days} 个工作日")
    };
    Due { left, at, tone: Tone::Plain }
}

/// Time left is never rounded up.
fn lasted_down(ms: i64) -> String {
    let hours = ms / 3_600_000;
    if hours >= 48 {
        format!("{} 天", hours / 24)
    } else if hours >= 5 {
        format!("{hours} 小时")
    } else {
        lasted(ms - 30_000)
    }
}

fn over(ms: i64) -> String {
    match ms / 3_600_000 {
        0 => lasted(ms),
        hours if hours < 24 => format!("{hours} 小时"),
        hours => format!("{} 天", hours / 24),
    }
}

//! Moments, days and times of day. All days are days of Asia/Shanghai, which has been UTC+8 without daylight saving since 1992.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

const SHANGHAI_OFFSET_MS: i64 = 8 * 3_600_000;
const DAY_MS: i64 = 86_400_000;

/// A moment, in milliseconds of UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(pub i64);

/// A day of Asia/Shanghai.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub Date);

/// A time of day in minutes since midnight, Asia/Shanghai.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay {
    /// Minutes since midnight, 0 to 1440.
    pub minutes: u16,
}

impl Instant {
    /// The day of Asia/Shanghai this moment falls on.
    pub fn day(self) -> Day {
        let days = (self.0 + SHANGHAI_OFFSET_MS).div_euclid(DAY_MS);
        Day(Date::constant(1970, 1, 1).saturating_add(jiff::Span::new().days(days)))
    }

    /// The time of day in Asia/Shanghai.
    pub fn time_of_day(self) -> TimeOfDay {
        let minutes = (self.0 + SHANGHAI_OFFSET_MS).rem_euclid(DAY_MS) / 60_000;
        TimeOfDay { minutes: minutes as u16 }
    }

    /// So many milliseconds later.
    pub fn plus_ms(self, ms: i64) -> Instant {
        Instant(self.0 + ms)
    }

    /// So many hours later.
    pub fn plus_hours(self, hours: u32) -> Instant {
        Instant(self.0 + i64::from(hours) * 3_600_000)
    }

    /// As `2026-09-24T10:00:00+08:00`: always Shanghai, to the second.
    pub fn to_rfc3339(self) -> String {
        let seconds = (self.0 + SHANGHAI_OFFSET_MS).rem_euclid(DAY_MS) / 1000;
        format!("{}T{:02}:{:02}:{:02}+08:00", self.day(), seconds / 3600, seconds / 60 % 60, seconds % 60)
    }

    /// Reads `2026-09-24T10:00:00+08:00` with any offset; fractions finer than a millisecond are dropped.
    pub fn parse_rfc3339(text: &str) -> Result<Instant, String> {
        text.trim()
            .parse::<jiff::Timestamp>()
            .map(|moment| Instant(moment.as_millisecond()))
            .map_err(|_| format!("“{text}” is not a moment like 2026-09-24T10:00:00+08:00"))
    }

    /// The whole hour at or before this moment.
    pub fn floor_to_hour(self) -> Instant {
        Instant(self.0.div_euclid(3_600_000) * 3_600_000)
    }
}

impl Day {
    /// The moment of a time of day on this day; minutes may be 1440 for the midnight that ends it.
    pub fn at(self, time: TimeOfDay) -> Instant {
        let days = i64::from((self.0 - Date::constant(1970, 1, 1)).get_days());
        Instant(days * DAY_MS + i64::from(time.minutes) * 60_000 - SHANGHAI_OFFSET_MS)
    }

    /// The first moment of this day.
    pub fn start(self) -> Instant {
        self.at(TimeOfDay { minutes: 0 })
    }

    /// The next day.
    pub fn next(self) -> Day {
        Day(self.0.tomorrow().unwrap_or(Date::MAX))
    }

    /// The day before.
    pub fn before(self) -> Day {
        Day(self.0.yesterday().unwrap_or(Date::MIN))
    }

    /// The year this day lies in.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// Saturday or Sunday.
    pub fn is_weekend(self) -> bool {
        matches!(self.0.weekday(), jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl FromStr for Day {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse::<Date>().map(Day).map_err(|_| format!("“{text}” is not a day like 2026-09-24"))
    }
}

impl Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.minutes / 60, self.minutes % 60)
    }
}

impl FromStr for TimeOfDay {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bad = || format!("“{text}” is not a time of day like 18:00");
        let (hours, minutes) = text.split_once(':').ok_or_else(bad)?;
        let hours: u16 = hours.parse().map_err(|_| bad())?;
        let minutes: u16 = minutes.parse().map_err(|_| bad())?;
        let total = hours.saturating_mul(60).saturating_add(minutes);
        if minutes < 60 && total <= 1440 { Ok(TimeOfDay { minutes: total }) } else { Err(bad()) }
    }
}

impl Serialize for TimeOfDay {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TimeOfDay {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

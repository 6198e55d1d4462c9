//! A moment in the sentence of a refusal: the day is named, since the sentence may be read on another one.

use crate::calendar::Instant;

/// 「11 月 25 日 09:30」
pub(super) fn named(at: Instant) -> String {
    let day = at.day();
    format!("{} 月 {} 日 {}", day.0.month(), day.0.day(), at.time_of_day())
}

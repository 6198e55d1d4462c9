//! Yesterday in four numbers.

use crate::figures::{Counts, OPINIONS_MIN};
use huiyin_domain::case::Measure;

/// What came in and went out yesterday.
pub(super) struct Yesterday {
    pub received: i64,
    pub first_replied: i64,
    pub replied: i64,
    pub satisfied: String,
    pub satisfied_unit: &'static str,
    /// How the share of the satisfied came about.
    pub of: String,
}

/// The four numbers; nothing when nothing happened, so that a new school shows no row of zeros.
pub(super) fn yesterday(counts: &Counts) -> Option<Yesterday> {
    if counts.is_empty() {
        return None;
    }
    let satisfaction = counts.satisfaction();
    Some(Yesterday {
        received: counts.of(Measure::Received),
        first_replied: counts.of(Measure::FirstReplied),
        replied: counts.of(Measure::Replied),
        satisfied: if satisfaction.is_of_few() { "—".to_owned() } else { satisfaction.shown() },
        satisfied_unit: if satisfaction.is_of_few() { "" } else { satisfaction.unit() },
        of: match satisfaction.whole {
            0 => "昨天没有收到评价".to_owned(),
            _ if satisfaction.is_of_few() => format!("昨天收到的评价不足 {OPINIONS_MIN} 份，不算满意率"),
            whole => format!("满意率按昨天收到的 {whole} 份评价算"),
        },
    })
}

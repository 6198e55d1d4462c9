//! Rates from counts, each with its numerator and denominator; a share of nothing is no share (7.4).
//!
//! The formulas stand here once and are said in words on `/promise#method`. Nothing is weighted.

use huiyin_domain::case::Measure;
use std::collections::BTreeMap;

/// How often each thing happened in a span of days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts(BTreeMap<String, i64>);

impl Counts {
    /// Adds to a measure by its stored word.
    pub fn add(&mut self, measure: &str, n: i64) {
        *self.0.entry(measure.to_owned()).or_default() += n;
    }

    /// How often.
    pub fn of(&self, measure: Measure) -> i64 {
        self.0.get(measure.word()).copied().unwrap_or_default()
    }

    /// Whether nothing happened.
    pub fn is_empty(&self) -> bool {
        self.0.values().all(|n| *n == 0)
    }

    /// First words within the promised time, of all that were promised: those that came late and those that never came too.
    pub fn response(&self) -> Rate {
        let part = self.of(Measure::FirstRepliedInTime);
        Rate { part, whole: part + self.of(Measure::FirstReplyMissed) }
    }

    /// Answers within the promised time, of all that were promised: those that came late and those that never came too.
    /// A time that was extended beforehand is a promise as well; how many needed that is counted apart (4.4).
    pub fn on_time(&self) -> Rate {
        let part = self.of(Measure::RepliedInTime) + self.of(Measure::RepliedInExtendedTime);
        Rate { part, whole: part + self.of(Measure::ResultMissed) }
    }

    /// Satisfied or fairly satisfied, of all who judged.
    pub fn satisfaction(&self) -> Rate {
        let part = self.of(Measure::Satisfied) + self.of(Measure::FairlySatisfied);
        Rate { part, whole: self.of(Measure::Rated) }
    }

    /// Follow-ups that somebody answered, of all that came to an end.
    pub fn returned(&self) -> Rate {
        let rated = self.of(Measure::Rated);
        Rate { part: rated, whole: rated + self.of(Measure::Unanswered) }
    }
}

/// A share with its numerator and denominator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Numerator.
    pub part: i64,
    /// Denominator.
    pub whole: i64,
}

/// Fewer opinions than these are told to nobody: of one or two, everybody would know whose they are.
pub const OPINIONS_MIN: i64 = 5;

impl Rate {
    /// Whether so few people judged that their share is not told.
    pub fn is_of_few(self) -> bool {
        (1..OPINIONS_MIN).contains(&self.whole)
    }

    /// In tenths of a percent, rounded half up; nothing of nothing. Never 100 % unless it is all.
    pub fn per_mille(self) -> Option<i64> {
        if self.whole <= 0 {
            return None;
        }
        let rounded = (self.part * 2000 + self.whole) / (self.whole * 2);
        Some(if self.part < self.whole { rounded.min(999) } else { rounded })
    }

    /// 「96.2」「100」, or a dash when there is nothing to divide by.
    pub fn shown(self) -> String {
        self.per_mille().map_or_else(|| "—".to_owned(), tenths)
    }

    /// 「%」, or nothing beside a dash.
    pub fn unit(self) -> &'static str {
        if self.whole > 0 { "%" } else { "" }
    }

    /// 「25 / 26」
    pub fn fraction(self) -> String {
        format!("{} / {}", self.part, self.whole)
    }

    /// Whole percent for a bar.
    pub fn percent(self) -> i64 {
        self.per_mille().unwrap_or_default() / 10
    }

    /// 「+1.2 个百分点」「−0.3 个百分点」「持平」 against another span; nothing when either has no cases.
    pub fn change_on(self, before: Rate) -> Option<String> {
        let change = self.per_mille()? - before.per_mille()?;
        Some(match change {
            0 => "持平".to_owned(),
            1.. => format!("+{} 个百分点", tenths(change)),
            _ => format!("−{} 个百分点", tenths(-change)),
        })
    }
}

/// 「，其中延期 2 件，超期 3 件」 behind how many answers were in time: of these with an extension, and those that were not.
pub fn apart(extended: i64, on_time: Rate) -> String {
    let late = on_time.whole - on_time.part;
    let told = |words: &str, n: i64| if n > 0 { format!("，{words} {n} 件") } else { String::new() };
    told("其中延期", extended) + &told("超期", late)
}

/// 「+2 件」「−2 件」「持平」: a count against that of another span.
pub fn change(now: i64, before: i64, unit: &str) -> String {
    match now - before {
        0 => "持平".to_owned(),
        more @ 1.. => format!("+{more} {unit}"),
        less => format!("−{} {unit}", -less),
    }
}

fn tenths(per_mille: i64) -> String {
    if per_mille % 10 == 0 {
        (per_mille / 10).to_string()
    } else {
        format!("{}.{}", per_mille / 10, per_mille % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(part: i64, whole: i64) -> Rate {
        Rate { part, whole }
    }

    #[test]
    fn a_share_of_nothing_is_a_dash_and_not_zero() {
        assert_eq!(rate(0, 0).shown(), "—");
        assert_eq!(rate(0, 0).unit(), "");
        assert_eq!(rate(0, 4).shown(), "0");
    }

    #[test]
    fn a_share_is_rounded_to_a_tenth_but_never_up_to_all() {
        assert_eq!(rate(25, 26).shown(), "96.2");
        assert_eq!(rate(1, 3).shown(), "33.3");
        assert_eq!(rate(2, 3).shown(), "66.7");
        assert_eq!(rate(9_999, 10_000).shown(), "99.9");
        assert_eq!(rate(7, 7).shown(), "100");
    }

    #[test]
    fn change_is_told_in_points_and_only_when_both_spans_have_cases() {
        assert_eq!(rate(9, 10).change_on(rate(8, 10)).as_deref(), Some("+10 个百分点"));
        assert_eq!(rate(953, 1000).change_on(rate(956, 1000)).as_deref(), Some("−0.3 个百分点"));
        assert_eq!(rate(1, 2).change_on(rate(2, 4)).as_deref(), Some("持平"));
        assert_eq!(rate(1, 2).change_on(rate(0, 0)), None);
        assert_eq!(
            (change(5, 3, "件"), change(3, 5, "件"), change(3, 3, "件")),
            ("+2 件".into(), "−2 件".into(), "持平".into())
        );
    }

    #[test]
    fn a_unit_that_never_answers_keeps_no_hundred_percent() {
        let mut counts = Counts::default();
        counts.add(Measure::ResultMissed.word(), 3);
        counts.add(Measure::FirstReplyMissed.word(), 4);
        assert_eq!((counts.on_time(), counts.response()), (rate(0, 3), rate(0, 4)));
        counts.add(Measure::RepliedInTime.word(), 1);
        // An answer that came late was counted when it was due, and only then.
        counts.add(Measure::Replied.word(), 3);
        assert_eq!(counts.on_time(), rate(1, 4));
        // With an extension it is in time too, and told apart.
        assert_eq!(apart(0, counts.on_time()), "，超期 3 件");
        counts.add(Measure::RepliedInExtendedTime.word(), 2);
        assert_eq!(counts.on_time(), rate(3, 6));
        assert_eq!(apart(2, counts.on_time()), "，其中延期 2 件，超期 3 件");
        assert_eq!(apart(0, rate(4, 4)), "");
    }

    #[test]
    fn whoever_did_not_answer_counts_in_the_return_and_not_in_the_satisfaction() {
        let mut counts = Counts::default();
        for (measure, n) in [
            (Measure::Rated, 4),
            (Measure::Satisfied, 2),
            (Measure::FairlySatisfied, 1),
            (Measure::Dissatisfied, 1),
            (Measure::Unanswered, 6),
        ] {
            counts.add(measure.word(), n);
        }
        assert_eq!(counts.satisfaction(), rate(3, 4));
        assert_eq!(counts.returned(), rate(4, 10));
        assert_eq!(counts.response(), rate(0, 0));
    }
}

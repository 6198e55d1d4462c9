//! The span a board looks at, and the span before it that is compared day for day.

use huiyin_domain::calendar::{Day, Term};

const DAY_MS: i64 = 86_400_000;

/// How long a span is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Span {
    Week,
    Month,
    Term,
}

impl Span {
    pub(crate) const ALL: [Span; 3] = [Span::Week, Span::Month, Span::Term];

    /// The word in the address; anything unknown is a month.
    pub(crate) fn from_word(word: &str) -> Span {
        Span::ALL.into_iter().find(|span| span.word() == word).unwrap_or(Span::Month)
    }

    pub(crate) fn word(self) -> &'static str {
        match self {
            Span::Week => "week",
            Span::Month => "month",
            Span::Term => "term",
        }
    }

    pub(crate) fn shown(self) -> &'static str {
        match self {
            Span::Week => "按周",
            Span::Month => "按月",
            Span::Term => "按学期",
        }
    }
}

/// Days from and until, both counted.
pub(crate) type Days = (Day, Day);

/// A span of days with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Period {
    pub span: Span,
    pub from: Day,
    pub until: Day,
    /// As many days of the span before.
    pub before: Option<Days>,
    /// 2026 年 11 月
    pub name: String,
    /// 比上月同期
    pub against: &'static str,
}

impl Period {
    /// The span of this kind up to a day that is over; for terms, the last that began. On a Monday the week is still the one
    /// before, whole; so is the month on its first day.
    pub(crate) fn of(span: Span, today: Day, terms: &[Term]) -> Period {
        match span {
            Span::Week => week(today),
            Span::Month => month(today),
            Span::Term => term(today, terms).unwrap_or_else(|| month(today)),
        }
    }

    /// Every day of it.
    pub(crate) fn days(&self) -> Vec<Day> {
        let mut days = vec![self.from];
        while let Some(last) = days.last().copied().filter(|last| *last < self.until) {
            days.push(last.next());
        }
        days
    }
}

fn week(today: Day) -> Period {
    let from = moved(today, -i64::from(today.0.weekday().to_monday_zero_offset()));
    Period {
        span: Span::Week,
        from,
        until: today,
        before: Some((moved(from, -7), moved(today, -7))),
        name: format!("{} 月 {} 日这一周", from.0.month(), from.0.day()),
        against: "比上周同期",
    }
}

fn month(today: Day) -> Period {
    let from = Day(today.0.first_of_month());
    let last_before = moved(from, -1);
    let from_before = Day(last_before.0.first_of_month());
    Period {
        span: Span::Month,
        from,
        until: today,
        before: Some((from_before, moved(from_before, days_between(from, today)).min(last_before))),
        name: format!("{} 年 {} 月", today.year(), today.0.month()),
        against: "比上月同期",
    }
}

fn term(today: Day, terms: &[Term]) -> Option<Period> {
    let this = terms.iter().filter(|term| term.from <= today).max_by_key(|term| term.from)?;
    let until = this.until.min(today);
    let before = terms.iter().filter(|term| term.until < this.from).max_by_key(|term| term.from);
    let same_days =
        |term: &Term| (term.from, moved(term.from, days_between(this.from, until)).min(term.until));
    Some(Period {
        span: Span::Term,
        from: this.from,
        until,
        before: before.map(same_days),
        name: this.name.clone(),
        against: "比上学期同期",
    })
}

fn moved(day: Day, days: i64) -> Day {
    day.start().plus_ms(days * DAY_MS).day()
}

fn days_between(from: Day, until: Day) -> i64 {
    (until.start().0 - from.start().0) / DAY_MS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn spans(span: Span, today: &str) -> (String, Option<String>) {
        let terms = [
            Term { id: "1".into(), name: "上".into(), from: day("2026-03-02"), until: day("2026-07-12") },
            Term { id: "2".into(), name: "下".into(), from: day("2026-08-31"), until: day("2027-01-17") },
        ];
        let period = Period::of(span, day(today), &terms);
        let shown = |(from, until): Days| format!("{from}..{until}");
        (shown((period.from, period.until)), period.before.map(shown))
    }

    fn both(this: &str, before: &str) -> (String, Option<String>) {
        (this.into(), Some(before.into()))
    }

    #[test]
    fn a_span_is_compared_with_as_many_days_before() {
        assert_eq!(spans(Span::Week, "2026-11-24"), both("2026-11-23..2026-11-24", "2026-11-16..2026-11-17"));
        assert_eq!(
            spans(Span::Month, "2026-11-24"),
            both("2026-11-01..2026-11-24", "2026-10-01..2026-10-24")
        );
        assert_eq!(spans(Span::Term, "2026-09-02"), both("2026-08-31..2026-09-02", "2026-03-02..2026-03-04"));
    }

    #[test]
    fn a_short_month_before_ends_where_it_ends() {
        assert_eq!(
            spans(Span::Month, "2026-03-31"),
            both("2026-03-01..2026-03-31", "2026-02-01..2026-02-28")
        );
        assert_eq!(
            spans(Span::Month, "2026-01-01"),
            both("2026-01-01..2026-01-01", "2025-12-01..2025-12-01")
        );
    }

    #[test]
    fn in_the_holidays_the_last_term_is_shown_whole() {
        assert_eq!(spans(Span::Term, "2026-08-01"), ("2026-03-02..2026-07-12".into(), None));
        assert_eq!(spans(Span::Term, "2026-01-05").0, "2026-01-01..2026-01-05");
    }
}

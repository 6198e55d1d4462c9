//! How long somebody asks to be left alone: `Retry-After` beside 429 or 503, in seconds or as a date (RFC 9110, 10.2.3).

use super::Trouble;
use super::http::Answer;
use axum::http::StatusCode;
use huiyin_domain::calendar::Instant;

/// Nobody keeps us waiting for longer: what is told must still be worth telling.
const ASKED_MAX_MS: i64 = 24 * 3_600_000;
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A channel that took nothing: for as long as it asks, or as long as we think right.
pub(super) fn not_taken(answer: &Answer, reason: String, now: Instant) -> Trouble {
    let may_ask = [StatusCode::TOO_MANY_REQUESTS, StatusCode::SERVICE_UNAVAILABLE].contains(&answer.status);
    let asked = answer.retry_after.as_deref().filter(|_| may_ask).and_then(|words| until(words, now));
    match asked.filter(|until| *until > now) {
        Some(until) => Trouble::Rests(reason, until.min(now.plus_ms(ASKED_MAX_MS))),
        None => Trouble::Channel(reason),
    }
}

fn until(words: &str, now: Instant) -> Option<Instant> {
    let words = words.trim();
    if !words.is_empty() && words.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than fit are a long time too.
        let seconds = words.parse::<i64>().unwrap_or(i64::MAX);
        return Some(now.plus_ms(seconds.saturating_mul(1000).min(ASKED_MAX_MS)));
    }
    let mut parts = words.split_once(", ")?.1.split(' ');
    let (day, month, year, time) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let month = 1 + MONTHS.iter().position(|name| *name == month)?;
    let is_whole = parts.eq(["GMT"]);
    is_whole.then(|| Instant::parse_rfc3339(&format!("{year}-{month:02}-{day}T{time}Z")).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::TEST_MORNING;

    fn asked(status: u16, words: &str) -> Option<i64> {
        let status = StatusCode::from_u16(status).unwrap();
        let answer = Answer { status, retry_after: Some(words.to_owned()), body: bytes::Bytes::new() };
        match not_taken(&answer, "x".to_owned(), TEST_MORNING) {
            Trouble::Rests(_, until) => Some((until.0 - TEST_MORNING.0) / 1000),
            _ => None,
        }
    }

    #[test]
    fn seconds_and_dates_are_read_bounded_and_believed_only_beside_429_and_503() {
        // The morning of the tests is 2026-11-24 10:00 in Shanghai, 02:00 in Greenwich.
        assert_eq!(asked(429, "120"), Some(120));
        assert_eq!(asked(503, "Tue, 24 Nov 2026 03:30:00 GMT"), Some(5400));
        assert_eq!(asked(503, "99999999999999999999999"), Some(24 * 3600));
        assert_eq!(asked(429, "Sat, 24 Nov 2029 03:30:00 GMT"), Some(24 * 3600));
        for (status, words) in [
            (500, "120"),
            (429, "0"),
            (429, ""),
            (429, "-5"),
            (429, "soon"),
            (503, "Tue, 24 Nov 2026 01:00:00 GMT"),
            (503, "Tue, 99 Nov 2026 03:30:00 GMT"),
            (503, "Tue, 24 Nov 2026 03:30:00 PST"),
        ] {
            assert_eq!(asked(status, words), None, "{status} {words}");
        }
    }
}

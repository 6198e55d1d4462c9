//! What is measured at the school: what people wait for, and what the machine must carry.

use super::figures::{Figure, Round};
use super::form::Form;
use super::loops::{Deed, Fetch, Pace, rounds};
use super::school::{School, sign_in};
use super::{Browser, Server};
use std::sync::Arc;

/// What the ratios are held against.
pub struct Yardsticks {
    /// Y1, pages a second.
    pub hello: f64,
    /// Y2 with 32 rows a transaction, rows a second.
    pub commit_32: f64,
}

/// Bringing in a case: the form fetched, answered step by step, and sent.
#[derive(Clone)]
pub struct Submit;

impl Deed for Submit {
    async fn once(&self, browser: &mut Browser, number: u64) -> Result<(), String> {
        let mut page = browser.page("/say/suggestion").await?;
        // Three steps and the receipt: a form that still comes back after that was refused.
        for _ in 0..4 {
            let mut form = Form::find(page.text(), "/say")
                .or_else(|| Form::find(page.text(), "/cases"))
                .ok_or("the page of a submission has no form to send")?;
            if form.fields.iter().any(|(name, _)| name == "title") {
                form.set("title", &format!("{number}号自习室的灯太暗"));
                form.set("body", "晚上看书很吃力，希望换成亮一些的灯。");
            }
            page = browser.send(&form).await?;
            if page.status.is_redirection() {
                return Ok(());
            }
        }
        Err(format!("a submission ended with {} instead of a receipt", page.status))
    }
}

/// Submitting with 1 and with 32 clients.
pub async fn submit(server: &Server, pace: Pace, yardsticks: &Yardsticks) -> Result<Vec<Figure>, String> {
    let anyone = Browser::open(&server.address).await?;
    let alone = rounds(&anyone, 1, pace, Submit).await?;
    let p50_ms = f64::from(median_p50(&alone)) / 1000.0;
    let alone = Figure::of_rounds("submit, 1 client", &alone).within("p50 ≤ 5 ms", p50_ms <= 5.0);
    let crowd = Figure::of_rounds("submit, 32 clients", &rounds(&anyone, 32, pace, Submit).await?);
    let ratio = crowd.median / yardsticks.commit_32;
    let is_met = crowd.median >= 3_000.0 || ratio >= 0.25;
    let crowd = crowd.noting(format!("{ratio:.3} × Y2(32)")).within("≥ 3,000/s or 0.25 × Y2(32)", is_met);
    Ok(vec![alone, crowd])
}

/// The queue of a unit, signed in, 8 clients.
pub async fn queue(server: &Server, pace: Pace, yardsticks: &Yardsticks) -> Result<Vec<Figure>, String> {
    let mut officer = sign_in(server, "officer").await?;
    let desk = first_link(&mut officer, "/", "/desk/").await?;
    let made = rounds(&officer, 8, pace, Fetch::one(&desk)).await?;
    let p99_ms = f64::from(made.iter().map(|round| round.p99_us).min().unwrap_or_default()) / 1000.0;
    let figure = Figure::of_rounds("unit queue, 25 rows, 8 clients", &made);
    let ratio = figure.median / yardsticks.hello;
    let is_met = (figure.median >= 2_400.0 || ratio >= 0.15) && p99_ms <= 15.0;
    Ok(vec![figure.noting(format!("{ratio:.3} × Y1")).within("≥ 2,400/s or 0.15 × Y1; p99 ≤ 15 ms", is_met)])
}

/// One case with its timeline, signed in, 8 clients, always another case.
pub async fn case(server: &Server, pace: Pace, yardsticks: &Yardsticks) -> Result<Vec<Figure>, String> {
    let mut officer = sign_in(server, "officer").await?;
    let desk = first_link(&mut officer, "/", "/desk/").await?;
    let page = officer.page(&desk).await?;
    let cases = links(page.text(), &format!("{desk}/cases/"));
    if cases.is_empty() {
        return Err(format!("{desk} lists no case"));
    }
    let figure = Figure::of_rounds(
        "one case with its timeline, 8 clients",
        &rounds(&officer, 8, pace, Fetch(Arc::new(cases))).await?,
    );
    let ratio = figure.median / yardsticks.hello;
    let is_met = figure.median >= 3_800.0 || ratio >= 0.20;
    Ok(vec![figure.noting(format!("{ratio:.3} × Y1")).within("≥ 3,800/s or 0.20 × Y1", is_met)])
}

/// Start to the first good page, and memory when nobody asks for anything.
pub async fn start(school: &School, pace: Pace) -> Result<Vec<Figure>, String> {
    let (mut opened, mut memory) = (Vec::new(), Vec::new());
    for _ in 0..pace.rounds {
        let server = school.open("/").await?;
        opened.push(server.opened_within.as_secs_f64());
        tokio::time::sleep(std::time::Duration::from_secs(2)).await;
        memory.extend(server.memory_mib());
    }
    let opened = Figure::of("start to the first good page", "s", opened);
    let is_met = opened.median <= 0.3;
    let opened = opened.within("≤ 0.3 s", is_met);
    let memory = Figure::of("memory, idle", "MiB", memory);
    let is_met = memory.median <= 60.0;
    Ok(vec![opened, memory.within("≤ 60 MiB", is_met)])
}

fn median_p50(rounds: &[Round]) -> u32 {
    let mut all: Vec<u32> = rounds.iter().map(|round| round.p50_us).collect();
    all.sort_unstable();
    all.get(all.len() / 2).copied().unwrap_or_default()
}

async fn first_link(browser: &mut Browser, from: &str, start: &str) -> Result<String, String> {
    let mut page = browser.get(from).await?;
    while let Some(next) = page.location.take().filter(|_| page.status.is_redirection()) {
        page = browser.get(&next).await?;
    }
    links(page.text(), start).into_iter().next().ok_or_else(|| format!("{from} has no link to {start}"))
}

/// The addresses on a page that begin so and go no deeper, each once.
fn links(page: &str, start: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (at, _) in page.match_indices(&format!("\"{start}")) {
        let link = page[at + 1..].split(['"', '?', '#']).next().unwrap_or_default().to_owned();
        if !link[start.len()..].contains('/') && link.len() > start.len() && !found.contains(&link) {
            found.push(link);
        }
    }
    found
}

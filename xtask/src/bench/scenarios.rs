//! What is measured at the school: what people wait for, and what the machine must carry.

use super::browser::Answer;
use super::figures::{Figure, Round};
use super::form::Form;
use super::loops::{Deed, Fetch, Pace, rounds};
use super::pages::best;
use super::school::{OFFICER, STUDENT, School, sign_in};
use super::{Browser, Server};
use std::sync::Arc;

/// What the ratios are held against.
pub struct Yardsticks {
    /// Y1, pages a second.
    pub hello: f64,
    /// Y2 with 32 rows a transaction, rows a second.
    pub commit_32: f64,
}

/// Bringing in a case as a browser with all answers at hand: the form fetched for its token, everything sent at once.
#[derive(Clone)]
pub struct Submit;

impl Deed for Submit {
    async fn once(&self, browser: &mut Browser, number: u64) -> Result<(), String> {
        let page = browser.page("/say/suggestion").await?;
        let first = Form::find(page.text(), "/say").ok_or("the first step has no form")?;
        let mut form = Form { action: "/cases".to_owned(), fields: Vec::new(), is_multipart: false };
        form.set("_token", first.value("_token").ok_or("the first step has no token")?);
        form.set("kind", "suggestion");
        fill_in(&mut form, number);
        form.set("identity", "open");
        form.set("publish", "no");
        form.set("no_phone", "yes");
        received(&browser.send(&form).await?)
    }
}

/// Bringing in a case as people do: three steps, each a page of its own.
#[derive(Clone)]
pub struct Walk;

impl Deed for Walk {
    async fn once(&self, browser: &mut Browser, number: u64) -> Result<(), String> {
        let mut page = browser.page("/say/suggestion").await?;
        // Two steps, the check and the receipt: a form that still comes back after that was refused.
        for _ in 0..3 {
            let mut form = Form::find(page.text(), "/cases")
                .or_else(|| Form::find(page.text(), "/say/"))
                .ok_or("the page of a submission has no form to send")?;
            if form.value("title").is_some_and(str::is_empty) {
                fill_in(&mut form, number);
                form.set("go", "2");
            }
            if form.value("phone").is_some() {
                form.set("no_phone", "yes");
            }
            page = browser.send(&form).await?;
            if page.status.is_redirection() {
                return received(&page);
            }
        }
        Err(format!("a submission ended with {} instead of a receipt", page.status))
    }
}

fn fill_in(form: &mut Form, number: u64) {
    form.set("title", &format!("{number}号自习室的灯太暗"));
    form.set("body", "晚上看书很吃力，希望换成亮一些的灯。");
}

fn received(answer: &Answer) -> Result<(), String> {
    match &answer.location {
        Some(place) if place.ends_with("/receipt") => Ok(()),
        _ => Err(format!("a submission ended with {} instead of a receipt", answer.status)),
    }
}

/// Submitting with 1 and with 32 clients.
pub async fn submit(server: &Server, pace: Pace, yardsticks: &Yardsticks) -> Result<Vec<Figure>, String> {
    let student = sign_in(server, STUDENT).await?;
    let alone = rounds(&student, 1, pace, Submit).await?;
    let p50_ms = f64::from(median_p50(&alone)) / 1000.0;
    let alone = Figure::of_rounds("submit, form and durable answer, 1 client", &alone)
        .within("p50 ≤ 5 ms", p50_ms <= 5.0);
    let crowd = rounds(&student, 32, pace, Submit).await?;
    let crowd = Figure::of_rounds("submit, form and durable answer, 32 clients", &crowd);
    let ratio = crowd.median / yardsticks.commit_32;
    let is_met = crowd.median >= 3_000.0 || ratio >= 0.25;
    let crowd = crowd.noting(format!("{ratio:.3} × Y2(32)")).within("≥ 3,000/s or 0.25 × Y2(32)", is_met);
    let walk = rounds(&student, 32, pace, Walk).await?;
    Ok(vec![alone, crowd, Figure::of_rounds("submit in three steps, four pages, 32 clients", &walk)])
}

/// The sweep when the clock has gone on by a week: what was missed, to be reminded of or supervised meanwhile is noted
/// case by case.
pub async fn sweep(school: &School) -> Result<Figure, String> {
    let server = school.open("/").await?;
    let mut anyone = Browser::open(&server.address).await?;
    let page = anyone.page("/demo/clock").await?;
    let mut form = Form::find(page.text(), "/demo/clock").ok_or("the demonstration has no clock")?;
    form.set("to", "week");
    anyone.send(&form).await?;
    let (count, took) = server.work_done("moved-clock").await?;
    let per_thousand_s = took.as_secs_f64() / count.max(1.0) * 1_000.0;
    let figure = Figure::of("deadline sweep, per thousand cases due", "s", vec![per_thousand_s]);
    let figure = figure.noting(format!("{count:.0} were due, {:.2} s", took.as_secs_f64()));
    Ok(figure.within("≤ 1 s", per_thousand_s <= 1.0))
}

/// The queue of a unit, signed in, 8 clients.
pub async fn queue(server: &Server, pace: Pace, yardsticks: &Yardsticks) -> Result<Figure, String> {
    let mut officer = sign_in(server, OFFICER).await?;
    let desk = first_link(&mut officer, "/", "/desk/").await?;
    let listed = links(officer.page(&desk).await?.text(), &format!("{desk}/cases/")).len();
    if listed < 25 {
        return Err(format!("{desk} lists only {listed} cases"));
    }
    let made = rounds(&officer, 8, pace, Fetch::one(&desk)).await?;
    let p99_ms = best(&made, |round| round.p99_us);
    let figure = Figure::of_rounds("unit queue, 25 rows, 8 clients", &made);
    let ratio = figure.median / yardsticks.hello;
    let is_met = (figure.median >= 2_400.0 || ratio >= 0.15) && p99_ms <= 15.0;
    Ok(figure.noting(format!("{ratio:.3} × Y1")).within("≥ 2,400/s or 0.15 × Y1; p99 ≤ 15 ms", is_met))
}

/// One case with its timeline, signed in, 8 clients, always another case.
pub async fn case(server: &Server, pace: Pace, yardsticks: &Yardsticks) -> Result<Figure, String> {
    let mut officer = sign_in(server, OFFICER).await?;
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
    Ok(figure.noting(format!("{ratio:.3} × Y1")).within("≥ 3,800/s or 0.20 × Y1", is_met))
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

/// Follows the redirections of a page and takes its first link that begins so.
pub async fn first_link(browser: &mut Browser, from: &str, start: &str) -> Result<String, String> {
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

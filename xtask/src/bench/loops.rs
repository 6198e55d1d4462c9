//! Closed loops: so many clients, each doing the next thing as soon as the last is answered.

use super::browser::Browser;
use super::figures::Round;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// One thing done again and again by every client, such as fetching a page; the number is different each time.
pub trait Deed: Clone + Send + 'static {
    /// Does it once.
    fn once(&self, browser: &mut Browser, number: u64) -> impl Future<Output = Result<(), String>> + Send;
}

/// How long and how often.
#[derive(Clone, Copy)]
pub struct Pace {
    /// Rounds.
    pub rounds: usize,
    /// Length of one.
    pub round: Duration,
}

/// Runs the rounds, after one shorter round that is not counted.
pub async fn rounds(
    like: &Browser,
    clients: usize,
    pace: Pace,
    deed: impl Deed,
) -> Result<Vec<Round>, String> {
    let numbers = Arc::new(AtomicU64::new(0));
    one_round(like, clients, pace.round / 4, deed.clone(), &numbers).await?;
    let mut rounds = Vec::new();
    for _ in 0..pace.rounds {
        rounds.push(one_round(like, clients, pace.round, deed.clone(), &numbers).await?);
    }
    Ok(rounds)
}

async fn one_round(
    like: &Browser,
    clients: usize,
    length: Duration,
    deed: impl Deed,
    numbers: &Arc<AtomicU64>,
) -> Result<Round, String> {
    let is_over = Arc::new(AtomicBool::new(false));
    let mut windows = Vec::new();
    for _ in 0..clients {
        windows.push(like.again().await?);
    }
    let began = Instant::now();
    let mut tasks = Vec::new();
    for mut browser in windows {
        let (deed, numbers, is_over) = (deed.clone(), numbers.clone(), is_over.clone());
        tasks.push(tokio::spawn(async move {
            let mut times_us = Vec::new();
            while !is_over.load(Ordering::Relaxed) {
                let number = numbers.fetch_add(1, Ordering::Relaxed);
                let asked = Instant::now();
                deed.once(&mut browser, number).await?;
                times_us.push(u32::try_from(asked.elapsed().as_micros()).unwrap_or(u32::MAX));
            }
            Ok::<_, String>(times_us)
        }));
    }
    tokio::time::sleep(length).await;
    is_over.store(true, Ordering::Relaxed);
    let mut times_us = Vec::new();
    for task in tasks {
        times_us.extend(task.await.map_err(|e| format!("a client broke: {e}"))??);
    }
    Ok(Round::of(times_us, began.elapsed()))
}

/// Fetching one page, which must be there.
#[derive(Clone)]
pub struct Fetch(pub Arc<Vec<String>>);

impl Fetch {
    /// Always the same page.
    pub fn one(path: &str) -> Fetch {
        Fetch(Arc::new(vec![path.to_owned()]))
    }
}

impl Deed for Fetch {
    async fn once(&self, browser: &mut Browser, number: u64) -> Result<(), String> {
        let at = usize::try_from(number).unwrap_or_default() % self.0.len();
        browser.page(&self.0[at]).await.map(|_| ())
    }
}

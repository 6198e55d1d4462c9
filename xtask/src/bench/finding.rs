//! Finding: the search box for everybody and for the office, what is like what is being typed, and how large the index is.

use super::figures::{Figure, Round};
use super::form::Form;
use super::loops::{Deed, Fetch, Pace, rounds};
use super::pages::best;
use super::phrases::{Draw, Phrases};
use super::school::{STUDENT, School, sign_in};
use super::{Browser, Server};
use std::sync::Arc;

/// Whoever may search among all cases.
const CLERK: &str = "受理员";
/// So many different questions are asked in turn.
const QUESTIONS: u64 = 200;

/// Everything about finding at this school.
pub async fn measure(school: &School, server: &Server, pace: Pace) -> Result<Vec<Figure>, String> {
    let phrases = Phrases::read();
    let anyone = Browser::open(&server.address).await?;
    let mut figures = Vec::new();
    let searched = rounds(&anyone, 8, pace, Fetch(Arc::new(asked(&phrases, "/search?q=")))).await?;
    figures.push(within_a_second("search among what is public, 8 clients", &searched));
    let clerk = sign_in(server, CLERK).await?;
    let searched = rounds(&clerk, 8, pace, Fetch(Arc::new(asked(&phrases, "/staff/search?q=")))).await?;
    figures.push(within_a_second("search of the office among all cases, 8 clients", &searched));
    let student = sign_in(server, STUDENT).await?;
    let typed = rounds(&student, 1, pace, Type(Arc::new(typed(&phrases)))).await?;
    let p99_ms = best(&typed, |round| round.p99_us);
    let figure = Figure::of_rounds("what is like it, while typing, 1 client", &typed);
    figures.push(figure.within("p99 ≤ 20 ms", p99_ms <= 20.0));
    let (all, index) = school.stored_mb()?;
    let size = Figure::of("index for finding, of the whole database", "MB", vec![index]);
    figures.push(size.noting(format!("{all:.0} MB in all")));
    Ok(figures)
}

fn within_a_second(what: &str, rounds: &[Round]) -> Figure {
    let p99_ms = best(rounds, |round| round.p99_us);
    let figure = Figure::of_rounds(what, rounds);
    let is_met = figure.median >= 1_500.0 && p99_ms <= 15.0;
    figure.within("≥ 1,500/s; p99 ≤ 15 ms", is_met)
}

/// Words that people type: a place, a thing, a part of a complaint, two of them, and some by sound.
fn asked(phrases: &Phrases, box_of: &str) -> Vec<String> {
    const BY_SOUND: [&str; 4] = ["kongtiao", "reshui", "tushuguan", "dianti"];
    let words = (0..QUESTIONS).map(|number| {
        let mut draw = Draw::new(number ^ 0x5eed);
        match draw.below(10) {
            0 => BY_SOUND[usize::try_from(draw.below(4)).unwrap_or_default()].to_owned(),
            1 | 2 => format!("{} {}", phrases.place(&mut draw), phrases.thing(&mut draw)),
            3..=6 => phrases.thing(&mut draw).to_owned(),
            _ => phrases.place(&mut draw).to_owned(),
        }
    });
    let coded = words.map(|words| form_urlencoded::byte_serialize(words.as_bytes()).collect::<String>());
    coded.map(|words| format!("{box_of}{words}")).collect()
}

/// What somebody has typed when they pause.
fn typed(phrases: &Phrases) -> Vec<String> {
    (0..QUESTIONS).map(|number| phrases.case(&mut Draw::new(number ^ 0x7a9e)).0).collect()
}

/// Asking what is like a title.
#[derive(Clone)]
struct Type(Arc<Vec<String>>);

impl Deed for Type {
    async fn once(&self, browser: &mut Browser, number: u64) -> Result<(), String> {
        let title = &self.0[usize::try_from(number).unwrap_or_default() % self.0.len()];
        let fields = vec![("title".to_owned(), title.clone())];
        let form = Form { action: "/say/suggestion/alike".to_owned(), fields, is_multipart: false };
        let answer = browser.send(&form).await?;
        if answer.status.is_success() { Ok(()) } else { Err(format!("while typing: {}", answer.status)) }
    }
}

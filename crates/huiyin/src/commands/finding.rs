//! `huiyin text search`: what the index for searching finds, against the plain truth: in how many texts does the word stand?
//!
//! The messages are laid out in a database that is thrown away; the questions are drawn from their own words, always the same
//! ones. A count that is one off is wrong.

use crate::stop::Stop;
use huiyin_domain::calendar::Instant;
use huiyin_foundation::clock::Stopwatch;
use huiyin_foundation::db::{Db, DbError};
use huiyin_foundation::index::{
    Asking, Entry, Question, Shelf, Synonyms, count_public, list_public, put_all,
};
use huiyin_foundation::params;
use huiyin_text::evaluate::Table;
use huiyin_text::{fold, runs};
use serde::Serialize;
use std::fmt::Write;

/// So many questions of each sort.
const QUESTIONS: usize = 100;
/// The longest word that is asked for.
const LONGEST: usize = 6;
/// So many messages are laid out in one transaction.
const STEP: usize = 500;

/// How well the index finds.
#[derive(Debug, Serialize)]
pub struct Searched {
    messages: usize,
    characters: usize,
    build_seconds: f64,
    size_bytes: i64,
    sorts: Vec<Sort>,
    questions: usize,
    agreeing: usize,
}

/// Questions of one sort.
#[derive(Debug, Serialize)]
struct Sort {
    name: String,
    questions: usize,
    /// How many counts are the truth.
    agreeing: usize,
    /// Found in all, on average.
    found_each: f64,
    count_ms_p50: f64,
    count_ms_p99: f64,
    newest_20_ms_p50: f64,
    newest_20_ms_p99: f64,
    /// The first question that was answered wrongly, with its count and the truth.
    wrong: Option<(String, u64, u64)>,
}

/// A message, folded.
struct Folded(String, String);

impl Folded {
    fn has(&self, word: &str) -> bool {
        self.0.contains(word) || self.1.contains(word)
    }
}

/// Lays out the messages of a table and asks.
pub fn search(table: &Table) -> Result<Searched, Stop> {
    let words: Vec<(String, String)> = (0..table.len()).map(|row| table.words_of(row)).collect();
    let folded: Vec<Folded> = words.iter().map(|(title, body)| Folded(fold(title), fold(body))).collect();
    let db = Db::open_sqlite_temporary()?;
    let watch = Stopwatch::start();
    for (step, some) in words.chunks(STEP).enumerate() {
        let some = some.to_vec();
        db.write_now(move |tx| {
            let keys: Vec<String> = (0..some.len()).map(|at| (step * STEP + at).to_string()).collect();
            let entries = some.iter().zip(&keys).map(|((title, body), key)| Entry {
                room: "text",
                key,
                title,
                body,
                at: Instant(0),
                marks: &[],
            });
            put_all(tx, Shelf::Public, &entries.collect::<Vec<_>>())
        })?;
    }
    let build_seconds = watch.elapsed().as_secs_f64();
    let size_bytes = db.read_now(|tx| {
        // How large are the pages of the index?
        tx.query_one("select cast(sum(length(block)) as bigint) as n from public_words_data", params![])?
            .int("n")
    })?;
    let mut sorts = Vec::new();
    for (name, questions) in questions(&folded) {
        sorts.push(ask(&db, name, questions, &folded)?);
    }
    Ok(Searched {
        messages: words.len(),
        characters: folded.iter().map(|one| one.0.chars().count() + one.1.chars().count()).sum(),
        build_seconds,
        size_bytes,
        questions: sorts.iter().map(|sort| sort.questions).sum(),
        agreeing: sorts.iter().map(|sort| sort.agreeing).sum(),
        sorts,
    })
}

/// Questions of each sort, drawn evenly from the messages.
fn questions(folded: &[Folded]) -> Vec<(String, Vec<String>)> {
    let mut drawn: Vec<(String, Vec<String>)> =
        (1..=LONGEST).map(|length| (format!("{length} characters"), Vec::new())).collect();
    let (mut several, mut latin) = (Vec::new(), Vec::new());
    let mut chance = Draw(20_200_508);
    let is_plain = |run: &&str| run.bytes().all(|byte| byte.is_ascii_alphanumeric());
    for _ in 0..folded.len().min(1) * QUESTIONS * 40 {
        let Folded(title, body) = &folded[chance.below(folded.len())];
        let all: Vec<&str> = runs(title).chain(runs(body)).collect();
        if all.is_empty() {
            continue;
        }
        let run = all[chance.below(all.len())];
        for (length, (_, questions)) in (1..).zip(&mut drawn) {
            let letters: Vec<char> = run.chars().collect();
            if letters.len() >= length && questions.len() < QUESTIONS {
                let from = chance.below(letters.len() - length + 1);
                questions.push(letters[from..from + length].iter().collect());
            }
        }
        let other = all[chance.below(all.len())];
        let two = |run: &str| run.chars().take(2).collect::<String>();
        if several.len() < QUESTIONS && two(other) != two(run) {
            several.push(format!("{} {}", two(run), two(other)));
        }
        if let Some(plain) = all.iter().find(|run| is_plain(run)).filter(|_| latin.len() < QUESTIONS) {
            latin.push((*plain).to_owned());
        }
    }
    drawn.push(("two words".to_owned(), several));
    drawn.push(("letters and digits".to_owned(), latin));
    drawn.retain(|(_, questions)| !questions.is_empty());
    drawn
}

fn ask(db: &Db, name: String, questions: Vec<String>, folded: &[Folded]) -> Result<Sort, Stop> {
    let (mut counting, mut listing) = (Vec::new(), Vec::new());
    let (mut agreeing, mut found, mut wrong) = (0, 0, None);
    for typed in &questions {
        let question = Question::read(typed, &Synonyms::default()).to_the_letter();
        let Some(asked) = Asking::of(&question).in_words_of(db.engine()) else { continue };
        let (count, counted, listed) = db.read_now(move |tx| {
            let watch = Stopwatch::start();
            let count = count_public(tx, &asked)?;
            let counted = watch.elapsed().as_secs_f64();
            list_public(tx, &asked, None, 20)?;
            Ok::<_, DbError>((count, counted, watch.elapsed().as_secs_f64() - counted))
        })?;
        let truth = folded.iter().filter(|one| question.words.iter().all(|word| one.has(&word.typed)));
        let truth = truth.count() as u64;
        agreeing += usize::from(count == truth);
        if count != truth && wrong.is_none() {
            wrong = Some((typed.clone(), count, truth));
        }
        found += count;
        counting.push(counted * 1_000.0);
        listing.push(listed * 1_000.0);
    }
    Ok(Sort {
        name,
        questions: questions.len(),
        agreeing,
        found_each: found as f64 / questions.len() as f64,
        count_ms_p50: percentile(&mut counting, 50),
        count_ms_p99: percentile(&mut counting, 99),
        newest_20_ms_p50: percentile(&mut listing, 50),
        newest_20_ms_p99: percentile(&mut listing, 99),
        wrong,
    })
}

fn percentile(times: &mut [f64], percent: usize) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get((times.len() * percent / 100).min(times.len().saturating_sub(1))).copied().unwrap_or_default()
}

/// The figures in words. Writing into a `String` never fails, so the results are let go.
pub fn in_words(figures: &Searched) -> String {
    let mut out = format!("{} messages, {} characters\n", figures.messages, figures.characters);
    let megabytes = figures.size_bytes as f64 / 1e6;
    let _ = writeln!(out, "laid out in {:.2} s, {megabytes:.1} MB", figures.build_seconds);
    let _ = writeln!(out, "right counts: {} of {}", figures.agreeing, figures.questions);
    for sort in &figures.sorts {
        let _ = writeln!(
            out,
            "{:<18} right {} of {}; found {:.0} each; count {:.2} / {:.2} ms, newest twenty {:.2} / {:.2} ms (p50 / p99)",
            sort.name,
            sort.agreeing,
            sort.questions,
            sort.found_each,
            sort.count_ms_p50,
            sort.count_ms_p99,
            sort.newest_20_ms_p50,
            sort.newest_20_ms_p99
        );
        if let Some((typed, count, truth)) = &sort.wrong {
            let _ = writeln!(out, "  “{typed}”: {count} found, it stands in {truth}");
        }
    }
    out
}

/// Always the same numbers, evenly strewn.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % end.max(1)
    }
}

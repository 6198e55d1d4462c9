//! How well classes are proposed.

use super::table::text;
use super::{Clock, Table, Unfit, each, harmonic};
use crate::classify::{Example, Model, Proposal, Text, TooLittle, train};
use crate::sparse::hash;
use serde::Serialize;
use std::collections::BTreeSet;
use std::time::Duration;

/// What goes out by itself is to be right at least so often.
const RIGHT: f32 = 0.97;
/// Parts of a file that is judged by what is learned from its other parts.
const PARTS: u64 = 5;

/// The figures of proposing.
#[derive(Debug, Clone, Serialize)]
pub struct Classified {
    /// Texts judged.
    pub judged: usize,
    /// Texts learned from (on the average, where a file was judged part by part).
    pub learned_from: usize,
    /// The mean of the classes' F1.
    pub macro_f1: f64,
    /// The same by titles alone, where there are titles.
    pub macro_f1_titles: Option<f64>,
    /// Shares of texts whose class was the first, among the first two, among the first three.
    pub top: [f64; 3],
    /// What would go out by itself at the threshold that training chose: share of all, and how often it was right.
    pub automatic_share: f64,
    /// See `automatic_share`.
    pub automatic_right: f64,
    /// Every class.
    pub classes: Vec<ByClass>,
    /// Confidence from, to, how many, how many of them right.
    pub reliability: Vec<(f32, f32, usize, usize)>,
    /// Seconds of training, by the clock.
    pub training_seconds: f64,
    /// Milliseconds of one proposal, folding and cutting included.
    pub milliseconds_each: f64,
}

/// One class.
#[derive(Debug, Clone, Serialize)]
pub struct ByClass {
    /// Its name.
    pub class: String,
    /// How many texts belong to it.
    pub texts: usize,
    /// Its F1.
    pub f1: f64,
}

/// One text as it was judged.
struct Judged {
    right: String,
    proposals: Vec<Proposal>,
    by_title: Option<String>,
    is_automatic: bool,
}

/// Learns from one file and judges another; without the first, judges every fifth of the file by the other four. Rows of
/// which only a list of words is known (`kind` is `tokens`) are learned from and not judged: nobody writes like that.
///
/// # Errors
/// [`Unfit`] for a file without classes.
pub fn classify(learn: Option<&Table>, judge: &Table, clock: Clock<'_>) -> Result<Classified, Unfit> {
    let told = rows(judge)?;
    let mut run = Run {
        clock,
        judged: Vec::new(),
        training: Duration::ZERO,
        proposing: Duration::ZERO,
        learned: 0,
        rounds: 0,
    };
    let too_few = |table: &Table| Unfit::TooFewClasses { file: table.file() };
    match learn {
        Some(learn) => {
            let judged = written(&told.iter().collect::<Vec<_>>());
            run.round(&rows(learn)?.iter().collect::<Vec<_>>(), &judged).map_err(|_| too_few(learn))?;
        }
        None => {
            let part = |row: &Row| hash(row.words.0.as_bytes(), hash(row.words.1.as_bytes(), 5)) % PARTS;
            for judged in 0..PARTS {
                let (asked, learn): (Vec<&Row>, Vec<&Row>) = told.iter().partition(|row| part(row) == judged);
                run.round(&learn, &written(&asked)).map_err(|_| too_few(judge))?;
            }
        }
    }
    Ok(run.figures())
}

/// A text and its class.
struct Row {
    class: String,
    words: (String, String),
    /// Somebody wrote it like this.
    is_written: bool,
}

fn rows(table: &Table) -> Result<Vec<Row>, Unfit> {
    let class = table.column(&["label", "category"])?;
    let kind = table.column(&["kind"]).ok();
    let row = |row| Row {
        class: table.cell(row, class).to_owned(),
        words: table.words_of(row),
        is_written: kind.is_none_or(|column| table.cell(row, column) != "tokens"),
    };
    Ok((0..table.len()).map(row).collect())
}

fn written<'r>(rows: &[&'r Row]) -> Vec<&'r Row> {
    rows.iter().copied().filter(|row| row.is_written).collect()
}

struct Run<'c> {
    clock: Clock<'c>,
    judged: Vec<Judged>,
    training: Duration,
    proposing: Duration,
    learned: usize,
    rounds: usize,
}

impl Run<'_> {
    fn round(&mut self, learn: &[&Row], judge: &[&Row]) -> Result<(), TooLittle> {
        let examples: Vec<Example<'_>> =
            learn.iter().map(|row| Example { class: &row.class, text: text(&row.words) }).collect();
        let begun = (self.clock)();
        let model = train(&examples)?;
        self.training += (self.clock)() - begun;
        self.learned += examples.len();
        self.rounds += 1;
        let threshold = model.reliability().threshold(RIGHT);
        let begun = (self.clock)();
        let proposals: Vec<Vec<Proposal>> =
            judge.iter().map(|row| model.propose(text(&row.words), 3)).collect();
        self.proposing += (self.clock)() - begun;
        self.judged.extend(judge.iter().zip(proposals).map(|(row, proposals)| Judged {
            right: row.class.clone(),
            by_title: by_title(&model, &row.words.0),
            is_automatic: threshold.is_some_and(|from| proposals[0].confidence >= from),
            proposals,
        }));
        Ok(())
    }

    fn figures(self) -> Classified {
        let count = self.judged.len().max(1) as f64;
        let share =
            |is_so: &dyn Fn(&&Judged) -> bool| self.judged.iter().filter(is_so).count() as f64 / count;
        let within = |first: usize| {
            share(&|one| one.proposals.iter().take(first).any(|proposal| proposal.class == one.right))
        };
        let automatic: Vec<&Judged> = self.judged.iter().filter(|one| one.is_automatic).collect();
        let right = automatic.iter().filter(|one| one.is_right()).count() as f64;
        let said: Vec<(&str, &str)> =
            self.judged.iter().map(|one| (one.right.as_str(), one.first())).collect();
        let by_title: Vec<(&str, &str)> = self
            .judged
            .iter()
            .filter_map(|one| Some((one.right.as_str(), one.by_title.as_deref()?)))
            .collect();
        let classes = by_class(&said);
        Classified {
            judged: self.judged.len(),
            learned_from: self.learned / self.rounds.max(1),
            macro_f1: mean(&classes),
            macro_f1_titles: (!by_title.is_empty()).then(|| mean(&by_class(&by_title))),
            top: [within(1), within(2), within(3)],
            automatic_share: automatic.len() as f64 / count,
            automatic_right: right / automatic.len().max(1) as f64,
            reliability: self.reliability(),
            training_seconds: self.training.as_secs_f64() / self.rounds.max(1) as f64,
            milliseconds_each: each(self.proposing, self.judged.len()),
            classes,
        }
    }

    fn reliability(&self) -> Vec<(f32, f32, usize, usize)> {
        (0..10_u8)
            .map(|tenth| {
                let (from, to) = (f32::from(tenth) / 10.0, f32::from(tenth + 1) / 10.0);
                let inside = self.judged.iter().filter(|one| {
                    let said = one.proposals[0].confidence;
                    said >= from && (said < to || tenth == 9)
                });
                let (count, right) = inside
                    .fold((0, 0), |(count, right), one| (count + 1, right + usize::from(one.is_right())));
                (from, to, count, right)
            })
            .filter(|(_, _, count, _)| *count > 0)
            .collect()
    }
}

impl Judged {
    fn first(&self) -> &str {
        &self.proposals[0].class
    }

    fn is_right(&self) -> bool {
        self.first() == self.right
    }
}

fn by_title(model: &Model, title: &str) -> Option<String> {
    let proposals = (!title.is_empty()).then(|| model.propose(Text { title, body: "" }, 1))?;
    proposals.into_iter().next().map(|one| one.class)
}

/// F1 class by class, from what was right and what was said.
fn by_class(said: &[(&str, &str)]) -> Vec<ByClass> {
    let classes: BTreeSet<&str> = said.iter().map(|(right, _)| *right).collect();
    let count = |is_so: &dyn Fn(&&(&str, &str)) -> bool| said.iter().filter(is_so).count() as f64;
    classes
        .into_iter()
        .map(|class| {
            let hits = count(&|(right, first)| *right == class && *first == class);
            let texts = count(&|(right, _)| *right == class);
            let named = count(&|(_, first)| *first == class);
            let f1 = if named == 0.0 { 0.0 } else { harmonic(hits / named, hits / texts) };
            ByClass {
                class: class.to_owned(),
                texts: said.iter().filter(|(right, _)| *right == class).count(),
                f1,
            }
        })
        .collect()
}

fn mean(classes: &[ByClass]) -> f64 {
    classes.iter().map(|one| one.f1).sum::<f64>() / classes.len().max(1) as f64
}

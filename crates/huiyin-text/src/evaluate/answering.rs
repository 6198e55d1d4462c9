//! How well answers that say nothing, or that belong to another question, are told from others.

use super::{Clock, Table, Unfit, each, harmonic};
use crate::replies::{is_empty_answer, speaks_of_something_else};
use serde::Serialize;

/// The figures of judging answers.
#[derive(Debug, Clone, Serialize)]
pub struct Answered {
    /// Answers judged.
    pub answers: usize,
    /// Of these, marked by people as explaining nothing.
    pub marked: usize,
    /// Taken for empty.
    pub empty: usize,
    /// Of what was taken for empty, how much people had marked.
    pub precision: f64,
    /// Of what people had marked, how much was taken for empty.
    pub recall: f64,
    /// Of both.
    pub f1: f64,
    /// Answers that say something, and are asked whether they speak of their question.
    pub full: usize,
    /// Of these, taken for an answer to something else beside their own question: mostly false alarms.
    pub alarms: f64,
    /// The same beside the question of another answer: found as they should be.
    pub found: f64,
    /// Milliseconds of one answer, all looks at it together.
    pub milliseconds_each: f64,
}

/// An answer with its question.
struct Row<'t> {
    asked: String,
    words: &'t str,
    is_marked: bool,
    is_empty: bool,
}

/// Judges answers: columns title, body, reply, and a mark of 0 where it explains nothing. For the second look every answer is laid
/// beside its own question and beside that of the answer half the file away.
///
/// # Errors
/// [`Unfit`] where a column is missing.
pub fn answers(table: &Table, clock: Clock<'_>) -> Result<Answered, Unfit> {
    let reply = table.column(&["reply"])?;
    let mark = table.column(&["explains_teamB", "explains"])?;
    let begun = clock();
    let rows: Vec<Row<'_>> = (0..table.len())
        .map(|row| {
            let (title, body) = table.words_of(row);
            let words = table.cell(row, reply);
            let (asked, is_marked) = (format!("{title} {body}"), table.cell(row, mark) == "0");
            Row { asked, words, is_marked, is_empty: is_empty_answer(words) }
        })
        .collect();
    let full: Vec<&Row<'_>> = rows.iter().filter(|row| !row.is_empty).collect();
    let half = full.len() / 2;
    let alarms = full.iter().filter(|row| speaks_of_something_else(&row.asked, row.words)).count();
    let found = (0..full.len())
        .filter(|at| speaks_of_something_else(&full[(at + half) % full.len()].asked, full[*at].words))
        .count();
    let took = clock().saturating_sub(begun);
    let marked = rows.iter().filter(|row| row.is_marked).count();
    let empty = rows.iter().filter(|row| row.is_empty).count();
    let both = rows.iter().filter(|row| row.is_marked && row.is_empty).count();
    let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    let (precision, recall) = (share(both, empty), share(both, marked));
    Ok(Answered {
        answers: rows.len(),
        marked,
        empty,
        precision,
        recall,
        f1: harmonic(precision, recall),
        full: full.len(),
        alarms: share(alarms, full.len()),
        found: share(found, full.len()),
        milliseconds_each: each(took, rows.len()),
    })
}

//! The figures as a page: docs/benchmarks.md, with the command that repeats them.

use super::figures::{Figure, plain};
use crate::errand::House;
use std::fmt::Write;

/// Writes the page.
pub fn write(
    house: &House,
    command: &str,
    about: &str,
    yardsticks: &[Figure],
    figures: &[Figure],
) -> Result<(), String> {
    let mut page = format!(
        "# Benchmarks\n\n\
         Made by `{command}`. Machines differ and are shared: judge the ratios to the yardsticks, which were measured in the \
         same run by the same client, and not the absolute figures.\n\
         Load comes from a separate process over loopback, keep-alive, closed loop; forms are fetched and posted as a browser \
         does. Every figure is the median of its rounds; the spread is the lowest and the highest round.\n\n\
         {about}\n\n## Yardsticks\n\n| what | median | spread | load | |\n| --- | ---: | ---: | ---: | --- |\n"
    );
    for figure in yardsticks {
        let Figure { what, unit, note, .. } = figure;
        writeln!(
            page,
            "| {what} | {} {unit} | {} | {:.1} | {note} |",
            plain(figure.median),
            spread(figure),
            figure.load
        )
        .ok();
    }
    page.push_str("\n## Figures\n\n| what | median | spread | load | budget | met | |\n| --- | ---: | ---: | ---: | --- | --- | --- |\n");
    for figure in figures {
        let (budget, met) = match &figure.budget {
            Some((words, true)) => (words.as_str(), "yes"),
            Some((words, false)) => (words.as_str(), "**no**"),
            None => ("", ""),
        };
        let Figure { what, unit, note, .. } = figure;
        let value = plain(figure.median);
        writeln!(
            page,
            "| {what} | {value} {unit} | {} | {:.1} | {budget} | {met} | {note} |",
            spread(figure),
            figure.load
        )
        .ok();
    }
    let missed: Vec<&str> = figures
        .iter()
        .filter(|figure| matches!(figure.budget, Some((_, false))))
        .map(|figure| figure.what.as_str())
        .collect();
    if missed.is_empty() {
        page.push_str("\nNo budget was missed in this run.\n");
    } else {
        writeln!(page, "\nMissed in this run: {}.", missed.join("; ")).ok();
    }
    let file = house.at("docs/benchmarks.md");
    std::fs::write(&file, page).map_err(|e| format!("{}: {e}", file.display()))
}

fn spread(figure: &Figure) -> String {
    format!("{}–{} in {}", plain(figure.spread.0), plain(figure.spread.1), figure.rounds)
}

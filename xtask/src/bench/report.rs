//! The figures as a page: docs/benchmarks.md, with the command that repeats them.

use super::figures::{Figure, plain};
use crate::errand::House;
use std::fmt::Write;

/// The figures of one size of school.
pub struct Table {
    /// How many cases were imported.
    pub cases: u64,
    /// What was measured.
    pub figures: Vec<Figure>,
}

/// Writes the page.
pub fn write(
    house: &House,
    command: &str,
    machine: &str,
    yardsticks: &[Figure],
    tables: &[Table],
) -> Result<(), String> {
    let mut page = format!(
        "# How fast it is\n\n\
         Made by `{}` on {machine}, with SQLite. Machines differ and are shared: judge the ratios to the yardsticks, which the \
         same client measured in the same run, and not the absolute figures; the load average stands beside each.\n\
         Load comes from a separate process over loopback, keep-alive, closed loop; forms are fetched and posted as a browser \
         does. Every figure is the median of its rounds; the spread is the lowest and the highest round. Nothing is answered \
         before it is committed (WAL, synchronous=FULL).\n\n\
         ## Yardsticks\n\n\
         Y1 is the same web stack serving a fixed page, Y2 the bare database driver committing durably.\n\n\
         | what | median | spread | load | |\n| --- | ---: | ---: | ---: | --- |\n",
        command.trim_end()
    );
    for figure in yardsticks {
        let (value, spread) = (value(figure), spread(figure));
        writeln!(page, "| {} | {value} | {spread} | {:.1} | {} |", figure.what, figure.load, figure.note)
            .ok();
    }
    for table in tables {
        put_table(&mut page, table);
    }
    page.push_str(
        "\nWhat has no budget has none in the specification. Not measured here: proposals while typing, and \
         a phone's first page on a slow line.\n",
    );
    let file = house.at("docs/benchmarks.md");
    std::fs::write(&file, page).map_err(|e| format!("{}: {e}", file.display()))
}

fn put_table(page: &mut String, table: &Table) {
    let is_grown = table.figures.iter().any(|figure| figure.growth.is_some());
    let (head, rule) = if is_grown { (" dearer by |", " ---: |") } else { ("", "") };
    let cases = plain(table.cases as f64);
    write!(
        page,
        "\n## With {cases} cases\n\n| what | median | spread | load |{head} budget | met | |\n\
         | --- | ---: | ---: | ---: |{rule} --- | --- | --- |\n"
    )
    .ok();
    for figure in &table.figures {
        let (budget, met) = match &figure.budget {
            Some((words, true)) => (words.as_str(), "yes"),
            Some((words, false)) => (words.as_str(), "**no**"),
            None => ("", ""),
        };
        let growth = match (is_grown, figure.growth) {
            (true, Some(ratio)) => format!(" {ratio:.2} × |"),
            (true, None) => " |".to_owned(),
            (false, _) => String::new(),
        };
        let (value, spread) = (value(figure), spread(figure));
        let Figure { what, load, note, .. } = figure;
        writeln!(page, "| {what} | {value} | {spread} | {load:.1} |{growth} {budget} | {met} | {note} |")
            .ok();
    }
    let missed: Vec<&str> = table
        .figures
        .iter()
        .filter(|figure| matches!(figure.budget, Some((_, false))))
        .map(|figure| figure.what.as_str())
        .collect();
    if missed.is_empty() {
        page.push_str("\nNo budget was missed at this size in this run.\n");
    } else {
        writeln!(page, "\nMissed at this size in this run: {}.", missed.join("; ")).ok();
    }
}

fn value(figure: &Figure) -> String {
    format!("{} {}", plain(figure.median), figure.unit)
}

fn spread(figure: &Figure) -> String {
    format!("{}–{} in {}", plain(figure.spread.0), plain(figure.spread.1), figure.rounds)
}

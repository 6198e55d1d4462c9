//! A table of texts from CSV, TSV or XLSX, with the numbers of its lines as the person who made it sees them.
//!
//! Text that is not UTF-8 is read as GB18030, which is what spreadsheets in China save as CSV.

use super::RosterTrouble;
use crate::workbook::{Line, WorkbookTrouble, first_sheet};
use calamine::Data;

/// A line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Its number in the file, from 1.
    pub(super) line: usize,
    /// Its cells, trimmed.
    pub(super) cells: Vec<String>,
}

/// A table with its header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sheet {
    pub(super) header: Vec<String>,
    /// Lines that are not empty.
    pub(super) rows: Vec<Row>,
}

/// Reads a table by what the file holds; the name only tells tabs from commas.
pub(super) fn read(bytes: &[u8], file_name: &str) -> Result<Sheet, RosterTrouble> {
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(unreadable(file_name, "这是老格式的工作簿"));
    }
    let is_workbook = bytes.starts_with(b"PK");
    let rows = if is_workbook { workbook(bytes)? } else { text(bytes, file_name)? };
    let mut rows = rows.into_iter().filter(|row| row.cells.iter().any(|cell| !cell.is_empty()));
    let header = rows.next().ok_or_else(|| unreadable(file_name, "里面没有内容"))?.cells;
    Ok(Sheet { header, rows: rows.collect() })
}

fn text(bytes: &[u8], file_name: &str) -> Result<Vec<Row>, RosterTrouble> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::GB18030.decode(bytes).0.into_owned(),
    };
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().next().unwrap_or_default();
    let has_tabs = file_name.ends_with(".tsv") || first.matches('\t').count() > first.matches(',').count();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(if has_tabs { b'\t' } else { b',' })
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| unreadable(file_name, &error.to_string()))?;
        // The reader counts empty lines before a record as part of it.
        let (before, at) =
            record.position().map_or((0, 0), |place| (place.line() as usize, place.byte() as usize));
        let skipped = text.as_bytes()[at.min(text.len())..].iter().take_while(|byte| b"\r\n".contains(byte));
        let line = before + skipped.filter(|byte| **byte == b'\n').count();
        rows.push(Row { line, cells: record.iter().map(clean).collect() });
    }
    Ok(rows)
}

/// The first sheet of a workbook.
fn workbook(bytes: &[u8]) -> Result<Vec<Row>, RosterTrouble> {
    let lines = first_sheet(bytes).map_err(|trouble| match trouble {
        WorkbookTrouble::TooLarge => unreadable("工作簿", "里面的格子太多，不像一份名册"),
        WorkbookTrouble::NoSheet => unreadable("工作簿", "里面没有工作表"),
        WorkbookTrouble::Unreadable(cause) => unreadable("工作簿", &cause),
    })?;
    let row = |line: Line| Row { line: line.number, cells: line.cells.iter().map(words_of).collect() };
    Ok(lines.into_iter().map(row).collect())
}

fn words_of(cell: &Data) -> String {
    match cell {
        // Numbers of students are typed as numbers; 20230001 must not become 20230001.0 or 2.0e7.
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        other => clean(&other.to_string()),
    }
}

/// Without control characters and the spaces around it, ideographic ones included.
fn clean(cell: &str) -> String {
    let kept: String = cell.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    kept.trim().to_owned()
}

fn unreadable(file: &str, reason: &str) -> RosterTrouble {
    RosterTrouble::Unreadable(format!("{file} 读不出来：{reason}。请存成 CSV 或 XLSX 再试"))
}

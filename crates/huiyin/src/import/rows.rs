//! Rows of a text file: tab-separated, comma-separated, or one JSON object a line.
//!
//! A row that cannot be read is given back as [`Bad`] with its line, and the next one is read as if nothing had happened.

use super::open::Bytes;
use crate::stop::Stop;
use std::io::{BufRead, Read};
use std::sync::Arc;

/// A line longer than this is not one person's message.
const LINE_BYTES_MAX: u64 = 4 << 20;

/// One row: where it stands and what each column holds, without surrounding white space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its line in the file, from 1.
    pub line: u64,
    /// Column and value.
    pub cells: Vec<(Arc<str>, String)>,
}

/// A row that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bad {
    /// Its line in the file, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub reason: String,
}

/// The rows of a file, one after another.
pub type Rows = Box<dyn Iterator<Item = Result<Row, Bad>>>;

/// Tab-separated text with a heading. A quotation mark is an ordinary character.
pub fn tab_separated(bytes: Bytes) -> Result<(Vec<Arc<str>>, Rows), Stop> {
    let mut lines = Lines::of(bytes);
    let heading = lines.next().transpose().map_err(|bad| Stop::failed(bad.reason))?;
    let columns = headings(heading.as_ref().map_or("", |(_, line)| line).split('\t'))?;
    let known = columns.clone();
    let rows = lines.filter_map(move |line| match line {
        Ok((_, line)) if line.is_empty() => None,
        Ok((number, line)) => Some(row(&columns, number, line.split('\t').map(str::to_owned).collect())),
        Err(bad) => Some(Err(bad)),
    });
    Ok((known, Box::new(rows)))
}

/// Comma-separated text with a heading; values may stand in quotation marks.
pub fn comma_separated(bytes: Bytes) -> Result<(Vec<Arc<str>>, Rows), Stop> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
    let heading = reader.headers().map_err(Stop::failed)?.clone();
    let columns = headings(heading.iter())?;
    let known = columns.clone();
    let mut record = csv::ByteRecord::new();
    let rows = std::iter::from_fn(move || match reader.read_byte_record(&mut record) {
        Ok(false) => None,
        Ok(true) => {
            let line = record.position().map_or(0, csv::Position::line);
            let cells: Result<Vec<String>, _> =
                record.iter().map(|cell| String::from_utf8(cell.to_vec())).collect();
            Some(match cells {
                Ok(cells) => row(&columns, line, cells),
                Err(_) => Err(not_text(line)),
            })
        }
        Err(error) => {
            let line = error.position().map_or(0, csv::Position::line);
            Some(Err(Bad { line, reason: error.to_string() }))
        }
    });
    Ok((known, Box::new(rows)))
}

/// One JSON object a line; its keys are the columns.
pub fn json_lines(bytes: Bytes) -> Rows {
    let lines = Lines::of(bytes);
    Box::new(lines.filter_map(|line| match line {
        Ok((_, line)) if line.trim().is_empty() => None,
        Ok((number, line)) => Some(object(number, &line)),
        Err(bad) => Some(Err(bad)),
    }))
}

/// The columns of a heading.
pub fn headings<'a>(cells: impl Iterator<Item = &'a str>) -> Result<Vec<Arc<str>>, Stop> {
    let columns: Vec<Arc<str>> =
        cells.map(|cell| Arc::from(cell.trim_start_matches('\u{feff}').trim())).collect();
    if columns.iter().all(|column| column.is_empty()) {
        return Err(Stop::failed("the first line must name the columns, and it is empty"));
    }
    Ok(columns)
}

/// A row under its columns. A wrong number of values means that the line is torn: nothing of it can be trusted.
pub fn row(columns: &[Arc<str>], line: u64, values: Vec<String>) -> Result<Row, Bad> {
    if values.len() != columns.len() {
        let (found, wanted) = (values.len(), columns.len());
        return Err(Bad {
            line,
            reason: format!("it has {found} values, and the heading names {wanted} columns"),
        });
    }
    let cells = columns.iter().cloned().zip(values.into_iter().map(|value| value.trim().to_owned()));
    checked(line, cells.collect())
}

fn object(line: u64, text: &str) -> Result<Row, Bad> {
    let bad = |reason: &str| Bad { line, reason: reason.to_owned() };
    let read: serde_json::Value = serde_json::from_str(text).map_err(|_| bad("it is not a JSON object"))?;
    let serde_json::Value::Object(object) = read else { return Err(bad("it is not a JSON object")) };
    let cells = object.into_iter().map(|(key, value)| {
        let value = match value {
            serde_json::Value::Null => String::new(),
            serde_json::Value::String(text) => text.trim().to_owned(),
            other => other.to_string(),
        };
        (Arc::from(key), value)
    });
    checked(line, cells.collect())
}

fn checked(line: u64, cells: Vec<(Arc<str>, String)>) -> Result<Row, Bad> {
    match cells.iter().find(|(_, value)| value.contains('\0')) {
        Some((column, _)) => Err(Bad { line, reason: format!("column {column} holds a zero byte") }),
        None => Ok(Row { line, cells }),
    }
}

fn not_text(line: u64) -> Bad {
    Bad { line, reason: "it is not UTF-8 text".to_owned() }
}

/// The lines of a file with their numbers, without their ends.
struct Lines {
    bytes: Bytes,
    number: u64,
    is_over: bool,
}

impl Lines {
    fn of(bytes: Bytes) -> Lines {
        Lines { bytes, number: 0, is_over: false }
    }

    /// The next line, cut off where it is too long; the rest of such a line is passed over.
    fn read(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let read = self.bytes.by_ref().take(LINE_BYTES_MAX).read_until(b'\n', &mut line)?;
        let mut is_cut = is_cut_off(&line);
        while is_cut {
            let mut rest = Vec::new();
            self.bytes.by_ref().take(LINE_BYTES_MAX).read_until(b'\n', &mut rest)?;
            is_cut = is_cut_off(&rest);
        }
        Ok((read > 0).then_some(line))
    }
}

impl Iterator for Lines {
    type Item = Result<(u64, String), Bad>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        self.number += 1;
        let number = self.number;
        let bad = |reason: String| Some(Err(Bad { line: number, reason }));
        let mut line = match self.read() {
            Ok(line) => line?,
            Err(cause) => {
                // What is compressed cannot be read on after a fault.
                self.is_over = true;
                return bad(cause.to_string());
            }
        };
        if is_cut_off(&line) {
            return bad(format!("it is longer than {LINE_BYTES_MAX} bytes"));
        }
        while line.last().is_some_and(|end| matches!(end, b'\n' | b'\r')) {
            line.pop();
        }
        Some(String::from_utf8(line).map(|line| (number, line)).map_err(|_| not_text(number)))
    }
}

fn is_cut_off(line: &[u8]) -> bool {
    line.len() as u64 == LINE_BYTES_MAX && line.last() != Some(&b'\n')
}

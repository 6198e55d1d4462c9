//! Rows of the first sheet of an .xlsx file, its first row being the heading.

use super::open::Bytes;
use super::rows::{Rows, headings, row};
use crate::stop::Stop;
use calamine::Data;
use huiyin_people::workbook;
use std::io::Read;
use std::sync::Arc;

/// A sheet is read whole; more than this unpacked is no list of cases.
const FILE_BYTES_MAX: u64 = 256 << 20;

/// The heading and rows of the first sheet.
pub fn first_sheet(bytes: Bytes) -> Result<(Vec<Arc<str>>, Rows), Stop> {
    let mut whole = Vec::new();
    let length = bytes.take(FILE_BYTES_MAX + 1).read_to_end(&mut whole).map_err(Stop::failed)?;
    if length as u64 > FILE_BYTES_MAX {
        return Err(Stop::failed(
            "the file is larger than 256 MiB: save it as .csv, which is read line by line",
        ));
    }
    let mut lines = workbook::first_sheet(&whole).map_err(|trouble| Stop::failed(trouble.to_string()))?;
    if lines.is_empty() {
        return Err(Stop::failed("the first sheet is empty"));
    }
    let heading: Vec<String> = lines.remove(0).cells.iter().map(words).collect();
    let columns = headings(heading.iter().map(String::as_str))?;
    let known = columns.clone();
    let read = lines.into_iter().map(|line| (line.number as u64, line.cells.iter().map(words).collect()));
    let rows = read.filter(|(_, cells): &(u64, Vec<String>)| cells.iter().any(|cell| !cell.is_empty()));
    Ok((known, Box::new(rows.map(move |(line, cells)| row(&columns, line, cells)))))
}

fn words(cell: &Data) -> String {
    match cell {
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
        }
        Data::Empty | Data::Error(_) => String::new(),
        other => other.to_string(),
    }
}

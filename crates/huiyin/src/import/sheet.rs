//! Rows of the first sheet of an .xlsx file, its first row being the heading.

use super::open::Bytes;
use super::rows::{Rows, headings, row};
use crate::stop::Stop;
use calamine::{Data, Reader, Xlsx};
use std::io::{Cursor, Read};
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
    let mut book: Xlsx<_> =
        Xlsx::new(Cursor::new(whole)).map_err(|cause| Stop::failed(format!("it is no workbook: {cause}")))?;
    let sheet = book.worksheet_range_at(0).ok_or_else(|| Stop::failed("the workbook has no sheet"))?;
    let sheet = sheet.map_err(Stop::failed)?;
    let first_line = u64::from(sheet.start().map_or(0, |(line, _)| line)) + 1;
    let mut lines: Vec<Vec<String>> = sheet.rows().map(|cells| cells.iter().map(words).collect()).collect();
    if lines.is_empty() {
        return Err(Stop::failed("the first sheet is empty"));
    }
    let heading = lines.remove(0);
    let columns = headings(heading.iter().map(String::as_str))?;
    let known = columns.clone();
    let numbered = (first_line + 1..).zip(lines);
    let rows = numbered.filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
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

//! The first sheet of a workbook (.xlsx), read within bounds: what a file claims about its size is not believed.
//!
//! A workbook is a packed file, and a few hundred bytes can unpack to gigabytes or name a cell a million lines below the
//! last one. So everything in it is unpacked once and counted while it is thrown away; then the cells are read one by one,
//! and only those that are there are kept. What this deliberately does not do: formulas, several sheets, older formats.

use calamine::{Data, Reader, Xlsx};
use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};
use zip::ZipArchive;

/// Everything in the file, unpacked.
const UNPACKED_BYTES_MAX: u64 = 256 << 20;
/// Parts of a workbook: sheets, styles, pictures.
const PARTS_MAX: usize = 2_000;
/// The last column that a table may have.
const COLUMNS_MAX: u32 = 256;
/// Cells of the table, empty ones between others included.
const CELLS_MAX: usize = 4_000_000;
/// Texts of all cells; one text that many cells share counts in each.
const TEXT_BYTES_MAX: usize = 256 << 20;

/// A line of the sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its number in the sheet, from 1.
    pub number: usize,
    /// Its cells from the first used column to the last, as many in every line.
    pub cells: Vec<Data>,
}

/// Why a workbook was not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WorkbookTrouble {
    /// It is none, or a damaged one.
    #[error("it is no .xlsx workbook: {0}")]
    Unreadable(String),
    /// Nothing to read.
    #[error("the workbook has no sheet")]
    NoSheet,
    /// More than any list of people or cases.
    #[error(
        "it holds more than a list can: at most {COLUMNS_MAX} columns, 4 million cells and 256 MiB unpacked; \
         copy the list into a new file, or save it as .csv"
    )]
    TooLarge,
}

/// The lines of the first sheet that have a cell, in order.
pub fn first_sheet(bytes: &[u8]) -> Result<Vec<Line>, WorkbookTrouble> {
    unpacks_within_bounds(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let name = book.sheet_names().first().cloned().ok_or(WorkbookTrouble::NoSheet)?;
    let mut reader = book.worksheet_cells_reader(&name).map_err(unreadable)?;
    let mut lines: BTreeMap<u32, Vec<(u32, Data)>> = BTreeMap::new();
    let (mut first, mut last, mut cells, mut text_bytes) = (COLUMNS_MAX, 0, 0_usize, 0_usize);
    while let Some(cell) = reader.next_cell().map_err(unreadable)? {
        let ((line, column), value) = (cell.get_position(), Data::from(cell.get_value().clone()));
        if value == Data::Empty {
            continue;
        }
        text_bytes += if let Data::String(text) = &value { text.len() } else { 0 };
        cells += 1;
        if column >= COLUMNS_MAX || cells > CELLS_MAX || text_bytes > TEXT_BYTES_MAX {
            return Err(WorkbookTrouble::TooLarge);
        }
        (first, last) = (first.min(column), last.max(column));
        lines.entry(line).or_default().push((column, value));
    }
    let width = (last + 1).saturating_sub(first) as usize;
    if lines.len().saturating_mul(width) > CELLS_MAX {
        return Err(WorkbookTrouble::TooLarge);
    }
    let filled = |(line, found): (u32, Vec<(u32, Data)>)| {
        let mut cells = vec![Data::Empty; width];
        for (column, value) in found {
            cells[(column - first) as usize] = value;
        }
        Line { number: line as usize + 1, cells }
    };
    Ok(lines.into_iter().map(filled).collect())
}

/// Unpacks every part and counts; sizes that the file names are claims.
fn unpacks_within_bounds(bytes: &[u8]) -> Result<(), WorkbookTrouble> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(unreadable)?;
    if archive.len() > PARTS_MAX {
        return Err(WorkbookTrouble::TooLarge);
    }
    let mut left = UNPACKED_BYTES_MAX;
    for place in 0..archive.len() {
        let part = archive.by_index(place).map_err(unreadable)?;
        let unpacked = io::copy(&mut part.take(left + 1), &mut io::sink()).map_err(unreadable)?;
        left = left.checked_sub(unpacked).ok_or(WorkbookTrouble::TooLarge)?;
    }
    Ok(())
}

fn unreadable(cause: impl std::fmt::Display) -> WorkbookTrouble {
    WorkbookTrouble::Unreadable(cause.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_xlsxwriter::Workbook;
    use std::io::Write;
    use zip::write::SimpleFileOptions;

    #[test]
    fn a_cell_far_below_the_last_line_costs_nothing() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_string(0, 0, "学工号").unwrap();
        sheet.write_string(1_048_575, 1, "far").unwrap();
        let lines = first_sheet(&book.save_to_buffer().unwrap()).unwrap();
        assert_eq!(lines.iter().map(|line| line.number).collect::<Vec<_>>(), [1, 1_048_576]);
        assert_eq!(lines[0].cells, [Data::String("学工号".into()), Data::Empty]);
    }

    #[test]
    fn a_cell_in_the_last_corner_is_refused_at_once() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_string(0, 0, "学工号").unwrap();
        sheet.write_string(1_048_575, 16_383, "far").unwrap();
        assert_eq!(first_sheet(&book.save_to_buffer().unwrap()), Err(WorkbookTrouble::TooLarge));
    }

    #[test]
    fn what_unpacks_to_more_than_any_list_is_refused_whatever_its_parts_claim() {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let zeros = vec![0_u8; 1 << 20];
        for part in 0..3 {
            archive.start_file(format!("xl/{part}.xml"), SimpleFileOptions::default()).unwrap();
            for _ in 0..100 {
                archive.write_all(&zeros).unwrap();
            }
        }
        let bytes = archive.finish().unwrap().into_inner();
        assert!(bytes.len() < 1 << 20);
        assert_eq!(first_sheet(&bytes), Err(WorkbookTrouble::TooLarge));
    }

    #[test]
    fn a_table_that_begins_in_the_second_column_has_no_empty_first_one() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (line, words) in [(2, ["学工号", "姓名"]), (4, ["1", "甲"])] {
            sheet.write_string(line, 1, words[0]).unwrap();
            sheet.write_string(line, 2, words[1]).unwrap();
        }
        let lines = first_sheet(&book.save_to_buffer().unwrap()).unwrap();
        assert_eq!(
            lines.iter().map(|line| (line.number, line.cells.len())).collect::<Vec<_>>(),
            [(3, 2), (5, 2)]
        );
    }

    #[test]
    fn what_is_no_workbook_says_so() {
        assert!(matches!(first_sheet(b"PK\x03\x04 nonsense"), Err(WorkbookTrouble::Unreadable(_))));
    }
}

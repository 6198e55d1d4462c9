//! The ledger as a workbook. Every cell is written as text, so that a title that begins like a formula stays a title.

use super::row::{HEADS, Line};
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, XlsxError};

const WIDTHS: [f64; 10] = [6.0, 19.0, 40.0, 14.0, 12.0, 10.0, 12.0, 10.0, 40.0, 10.0];

/// Title, heads, lines and the sum below, as the page shows them.
pub(super) fn workbook(title: &str, lines: &[Line], sum: &str) -> Result<Vec<u8>, XlsxError> {
    table(title, &WIDTHS, &HEADS, lines.iter().map(Line::cells), sum)
}

/// Any table of words under a title, with a line below.
pub(super) fn table<Row: IntoIterator<Item = String>>(
    title: &str,
    widths: &[f64],
    heads: &[&str],
    rows: impl Iterator<Item = Row>,
    below: &str,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let head = Format::new().set_bold().set_border(FormatBorder::Thin).set_align(FormatAlign::Center);
    let cell = Format::new().set_border(FormatBorder::Thin).set_text_wrap().set_align(FormatAlign::Top);
    let bold = Format::new().set_bold();
    sheet.set_name("汇总表")?.set_landscape().set_repeat_rows(1, 1)?.set_print_fit_to_pages(1, 0);
    for (column, width) in (0..).zip(widths) {
        sheet.set_column_width(column, *width)?;
    }
    sheet.write_string_with_format(0, 0, title, &bold)?;
    for (column, words) in (0..).zip(heads) {
        sheet.write_string_with_format(1, column, *words, &head)?;
    }
    let mut row = 2;
    for cells in rows {
        for (column, words) in (0..).zip(cells) {
            sheet.write_string_with_format(row, column, words, &cell)?;
        }
        row += 1;
    }
    sheet.write_string_with_format(row, 0, below, &bold)?;
    workbook.save_to_buffer()
}

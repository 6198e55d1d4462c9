//! The check code under a printed sheet: whoever has the paper in hand compares it with the records (8.4).
//!
//! It is short, because people type it, and keyed, because nobody shall make one up. It stands for the lines as they are:
//! when a case has moved on since, the codes differ, and the page says so.

use super::row::Line;
use huiyin_foundation::keys::{Keys, Label};

const SIGNS: usize = 8;

/// 「7F3A-91C0」: the code of these lines.
pub(super) fn code(keys: &Keys, whose: &str, term: &str, lines: &[Line]) -> String {
    let mut sheet = format!("{whose}\n{term}\n");
    for line in lines {
        sheet.push_str(&line.cells().join("\t"));
        sheet.push('\n');
    }
    let mut code = typed(&keys.hmac_text(Label::SheetChecks, sheet.as_bytes()));
    code.truncate(SIGNS);
    code.insert(SIGNS / 2, '-');
    code
}

/// A code as somebody typed it, without what only separates.
pub(super) fn typed(code: &str) -> String {
    code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

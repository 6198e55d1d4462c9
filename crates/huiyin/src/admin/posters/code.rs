//! The code itself: black squares, row by row, in runs.

use huiyin_foundation::error::Error;
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

/// White squares that must stand around a code, so that telephones find it.
pub(super) const QUIET: usize = 4;

/// A code as runs of black squares.
pub(super) struct Code {
    /// Squares on a side, without the white edge.
    pub side: usize,
    /// Column, row and length of each run.
    pub runs: Vec<(usize, usize, usize)>,
}

impl Code {
    /// The code of an address. A quarter of it may be torn or dirty and it is still read.
    pub fn of(address: &str) -> Result<Code, Error> {
        let code = QrCode::with_error_correction_level(address, EcLevel::Q).map_err(Error::internal)?;
        let side = code.width();
        let colours = code.to_colors();
        let mut runs = Vec::new();
        for row in 0..side {
            let mut column = 0;
            while column < side {
                let black = |column: usize| column < side && colours[row * side + column] == Color::Dark;
                let mut length = 0;
                while black(column + length) {
                    length += 1;
                }
                if length > 0 {
                    runs.push((column, row, length));
                }
                column += length.max(1);
            }
        }
        Ok(Code { side, runs })
    }

    /// Squares on a side with the white edge.
    pub fn whole(&self) -> usize {
        self.side + 2 * QUIET
    }

    /// As the path of a drawing whose square is one unit.
    pub fn path(&self) -> String {
        self.runs.iter().fold(String::new(), |mut path, (column, row, length)| {
            // Writing to a String cannot fail.
            let _ = write!(path, "M{} {}h{length}v1h-{length}z", column + QUIET, row + QUIET);
            path
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_and_covers_only_itself() {
        let code = Code::of("https://hy.example.edu.cn/say/repair?place=library").unwrap();
        for corner in [(0, 0, 7), (code.side - 7, 0, 7), (0, code.side - 7, 7)] {
            assert!(code.runs.contains(&corner), "{corner:?}");
        }
        assert!(
            code.runs.iter().all(|(column, row, length)| column + length <= code.side && *row < code.side)
        );
        assert!(code.path().starts_with("M4 4h7v1h-7z"));
    }
}

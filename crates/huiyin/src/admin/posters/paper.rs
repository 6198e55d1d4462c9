//! The sheets as a file to print: six codes on a sheet with lines to cut along, or one large one.

use super::Poster;
use super::code::{Code, QUIET};
use huiyin_foundation::error::Error;
use huiyin_foundation::pdf::{HEIGHT, Paper, Typeface, WIDTH};

/// How many codes stand on a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Size {
    Six,
    One,
}

impl Size {
    pub fn read(word: &str) -> Size {
        if word == "one" { Size::One } else { Size::Six }
    }

    fn grid(self) -> (u16, u16) {
        match self {
            Size::Six => (2, 3),
            Size::One => (1, 1),
        }
    }
}

/// Lays them out.
pub(super) fn paper(
    typeface: Typeface,
    school: &str,
    posters: &[Poster],
    size: Size,
) -> Result<Paper, Error> {
    let mut paper = Paper::new(typeface, "报修二维码");
    let (columns, rows) = size.grid();
    let (wide, high) = (WIDTH / f32::from(columns), HEIGHT / f32::from(rows));
    let places: Vec<(u16, u16)> =
        (0..rows).flat_map(|row| (0..columns).map(move |column| (column, row))).collect();
    for sheet in posters.chunks(places.len()) {
        paper.sheet();
        for (poster, (column, row)) in sheet.iter().zip(&places) {
            let (left, top) = (f32::from(*column) * wide, f32::from(*row) * high);
            draw(&mut paper, (left, top, wide, high), school, poster)?;
        }
        if size == Size::Six {
            paper.line((WIDTH / 2.0, 0.0), (WIDTH / 2.0, HEIGHT), 0.3);
            for row in 1..rows {
                paper.line((0.0, f32::from(row) * high), (WIDTH, f32::from(row) * high), 0.3);
            }
        }
    }
    Ok(paper)
}

fn draw(
    paper: &mut Paper,
    (left, top, wide, high): (f32, f32, f32, f32),
    school: &str,
    poster: &Poster,
) -> Result<(), Error> {
    let unit = high / 100.0;
    let right = left + wide;
    let mut centred = |share: f32, size: f32, words: &str| {
        // A long name is set smaller rather than cut off.
        let widest = wide - 8.0 * unit;
        let size = size * (widest / paper.width_of(words, size).max(1.0)).min(1.0);
        paper.centred(left, right, top + share * unit, size, words);
    };
    centred(9.0, 4.2 * unit, school);
    centred(18.0, 7.0 * unit, "哪里坏了，扫码报修");
    centred(82.0, 5.6 * unit, &poster.place);
    centred(89.5, 4.6 * unit, &poster.room);
    centred(96.0, 3.4 * unit, "地点已经填好，拍张照片就能提交");
    let code = Code::of(&poster.address)?;
    let side = (54.0 * unit).min(wide * 0.8);
    let square = side / code.whole() as f32;
    let (x, y) = (left + (wide - side) / 2.0, top + 21.0 * unit);
    for (column, row, length) in &code.runs {
        let at = |count: usize| (count + QUIET) as f32 * square;
        paper.block(x + at(*column), y + at(*row), *length as f32 * square, square);
    }
    Ok(())
}

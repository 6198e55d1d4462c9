//! Papers to be printed: A4 sheets with lines placed by hand, as PDF, the letters of one Chinese font subset into the file.
//!
//! A room says where its lines stand; here they are measured, broken and drawn. What this deliberately is not: a typesetter.
//! Whoever wants columns, tables that flow or pictures prints the page from the browser. (docs/decisions/0009 says why.)

mod typeface;

#[cfg(test)]
mod tests;

pub use typeface::Typeface;

use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;

/// The width of an A4 sheet in points.
pub const WIDTH: f32 = 595.28;
/// Its height.
pub const HEIGHT: f32 = 841.89;

/// Signs that never begin a line; they hang at the end of the one before.
const NEVER_FIRST: &str = "，。、；：？！）》」』”’…—%·";

/// Something on a sheet.
enum Mark {
    Words { x: f32, y: f32, size: f32, words: String },
    Line { from: (f32, f32), to: (f32, f32), thickness: f32 },
    Block { x: f32, y: f32, width: f32, height: f32 },
}

/// A paper in the making. Distances are points from the top left corner of the sheet.
pub struct Paper {
    typeface: Typeface,
    title: String,
    sheets: Vec<Vec<Mark>>,
}

impl Paper {
    /// A paper of no sheets.
    pub fn new(typeface: Typeface, title: impl Into<String>) -> Paper {
        Paper { typeface, title: title.into(), sheets: Vec::new() }
    }

    /// Goes on on a new sheet.
    pub fn sheet(&mut self) {
        self.sheets.push(Vec::new());
    }

    /// How many sheets there are.
    pub fn sheets(&self) -> usize {
        self.sheets.len()
    }

    /// How wide these words are at this size.
    pub fn width_of(&self, words: &str, size: f32) -> f32 {
        self.typeface.width_of(words, size)
    }

    /// Words on one line; `y` is the line they stand on.
    pub fn words(&mut self, x: f32, y: f32, size: f32, words: &str) {
        self.mark(Mark::Words { x, y, size, words: words.to_owned() });
    }

    /// Words in the middle between two edges.
    pub fn centred(&mut self, left: f32, right: f32, y: f32, size: f32, words: &str) {
        let x = left + (right - left - self.width_of(words, size)) / 2.0;
        self.words(x, y, size, words);
    }

    /// The lines into which words fall in this width; their own line breaks hold.
    pub fn broken(&self, words: &str, width: f32, size: f32) -> Vec<String> {
        words.lines().flat_map(|line| self.break_line(line, width, size)).collect()
    }

    fn break_line(&self, words: &str, width: f32, size: f32) -> Vec<String> {
        let (mut lines, mut line, mut taken) = (Vec::new(), String::new(), 0.0);
        for letter in words.chars() {
            let wide = self.typeface.width_of_letter(letter) * size;
            if taken + wide > width && !line.is_empty() && !NEVER_FIRST.contains(letter) {
                lines.push(std::mem::take(&mut line));
                taken = 0.0;
            }
            line.push(letter);
            taken += wide;
        }
        lines.push(line);
        lines
    }

    /// A thin line.
    pub fn line(&mut self, from: (f32, f32), to: (f32, f32), thickness: f32) {
        self.mark(Mark::Line { from, to, thickness });
    }

    /// A black block.
    pub fn block(&mut self, x: f32, y: f32, width: f32, height: f32) {
        self.mark(Mark::Block { x, y, width, height });
    }

    fn mark(&mut self, mark: Mark) {
        if self.sheets.is_empty() {
            self.sheet();
        }
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.push(mark);
        }
    }

    /// The file. The same paper makes the same bytes: no time of making stands in it.
    ///
    /// # Errors
    /// When the font cannot be put into the file.
    pub fn finish(self) -> Result<Vec<u8>, PaperTrouble> {
        let font = self.typeface.embeddable().ok_or(PaperTrouble::Font)?;
        let mut document = Document::new();
        document.set_metadata(Metadata::new().title(self.title).language("zh-CN".to_owned()));
        for sheet in &self.sheets {
            let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or(PaperTrouble::Sheet)?;
            let mut page = document.start_page_with(settings);
            let mut surface = page.surface();
            for mark in sheet {
                draw(&mut surface, mark, &self.typeface, &font);
            }
            surface.finish();
            page.finish();
        }
        document.finish().map_err(|error| PaperTrouble::Writing(format!("{error:?}")))
    }
}

/// Why a paper could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PaperTrouble {
    /// The font file is not one that can be put into a paper.
    #[error("the font cannot be put into a PDF")]
    Font,
    /// The size of the sheet.
    #[error("a sheet of this size cannot be made")]
    Sheet,
    /// The file could not be written.
    #[error("the PDF could not be written: {0}")]
    Writing(String),
}

fn draw(surface: &mut Surface<'_>, mark: &Mark, typeface: &Typeface, font: &krilla::text::Font) {
    let black = || rgb::Color::new(0, 0, 0).into();
    match mark {
        Mark::Words { x, y, size, words } => {
            surface.set_stroke(None);
            surface.set_fill(Some(Fill { paint: black(), ..Fill::default() }));
            let glyphs = typeface.glyphs(words);
            surface.draw_glyphs(Point::from_xy(*x, *y), &glyphs, font.clone(), words, *size, false);
        }
        Mark::Line { from, to, thickness } => {
            let mut path = PathBuilder::new();
            path.move_to(from.0, from.1);
            path.line_to(to.0, to.1);
            if let Some(path) = path.finish() {
                surface.set_fill(None);
                surface.set_stroke(Some(Stroke { paint: black(), width: *thickness, ..Stroke::default() }));
                surface.draw_path(&path);
            }
        }
        Mark::Block { x, y, width, height } => {
            let mut path = PathBuilder::new();
            if let Some(rect) = Rect::from_xywh(*x, *y, *width, *height) {
                path.push_rect(rect);
            }
            if let Some(path) = path.finish() {
                surface.set_stroke(None);
                surface.set_fill(Some(Fill { paint: black(), ..Fill::default() }));
                surface.draw_path(&path);
            }
        }
    }
}

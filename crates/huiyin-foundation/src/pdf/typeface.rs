//! The Chinese font of papers: named by the setting `font`, else the first that the system has where systems keep them.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::instance::{LocationRef, Size};
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};
use std::path::Path;
use std::sync::Arc;

/// Where systems keep a font with Chinese letters, the serif first, as official papers are set.
const USUAL: [&str; 10] = [
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-serif-cjk-fonts/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/arphic/uming.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "C:/Windows/Fonts/simsun.ttc",
    "/System/Library/Fonts/Supplemental/Songti.ttc",
];
/// More faces than any file of fonts has.
const FACES_MAX: u32 = 64;
/// Letters that a font for our papers must have.
const NEEDED: &str = "督办单二维码";

/// A face of a font file, in memory.
#[derive(Clone)]
pub struct Typeface {
    bytes: Arc<Vec<u8>>,
    index: u32,
}

impl Typeface {
    /// The named font, or else the first usual one that is here; none if there is none with Chinese letters. Reads a large
    /// file: to be asked where waiting is allowed.
    pub fn find(named: Option<&Path>) -> Option<Typeface> {
        let usual = USUAL.iter().map(Path::new).filter(|_| named.is_none());
        named.into_iter().chain(usual).find_map(|path| Typeface::read(std::fs::read(path).ok()?))
    }

    /// Whether there is one, without reading it.
    pub fn is_here(named: Option<&Path>) -> bool {
        match named {
            Some(path) => path.is_file(),
            None => USUAL.iter().any(|path| Path::new(path).is_file()),
        }
    }

    fn read(bytes: Vec<u8>) -> Option<Typeface> {
        let fits = |index: &u32| {
            FontRef::from_index(&bytes, *index)
                .is_ok_and(|face| NEEDED.chars().all(|letter| face.charmap().map(letter).is_some()))
        };
        let faces: Vec<u32> = (0..FACES_MAX)
            .take_while(|index| FontRef::from_index(&bytes, *index).is_ok())
            .filter(fits)
            .collect();
        // One file may hold a face for each country; the simplified one has the shapes that are read here.
        let is_simplified = |index: &&u32| {
            FontRef::from_index(&bytes, **index).is_ok_and(|face| {
                face.localized_strings(StringId::FAMILY_NAME).any(|name| {
                    let name: String = name.chars().collect();
                    name.ends_with(" SC") || name.contains("GB")
                })
            })
        };
        let index = faces.iter().find(is_simplified).or(faces.first()).copied()?;
        Some(Typeface { bytes: Arc::new(bytes), index })
    }

    fn face(&self) -> Option<FontRef<'_>> {
        FontRef::from_index(&self.bytes, self.index).ok()
    }

    pub(super) fn embeddable(&self) -> Option<Font> {
        Font::new(self.bytes.clone().into(), self.index)
    }

    /// How wide a letter is, as a share of its size.
    pub(super) fn width_of_letter(&self, letter: char) -> f32 {
        let mut buffer = [0; 4];
        self.glyphs(letter.encode_utf8(&mut buffer)).iter().map(|glyph| glyph.x_advance).sum()
    }

    pub(super) fn width_of(&self, words: &str, size: f32) -> f32 {
        self.glyphs(words).iter().map(|glyph| glyph.x_advance * size).sum()
    }

    /// One glyph a letter, left to right: enough for Chinese, figures and Latin words.
    pub(super) fn glyphs(&self, words: &str) -> Vec<KrillaGlyph> {
        let Some(face) = self.face() else { return Vec::new() };
        let (charmap, metrics) =
            (face.charmap(), face.glyph_metrics(Size::unscaled(), LocationRef::default()));
        let units = f32::from(face.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
        let glyph = |(at, letter): (usize, char)| {
            let id = charmap.map(letter).unwrap_or_default();
            let advance = metrics.advance_width(id).unwrap_or(units) / units;
            let range = at..at + letter.len_utf8();
            KrillaGlyph::new(GlyphId::new(id.to_u32()), advance, 0.0, 0.0, 0.0, range, None)
        };
        words.char_indices().map(glyph).collect()
    }
}

//! Every picture here is drawn by the test itself.

mod hostile;
mod pictures;
mod rows;

use super::*;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use std::io::Cursor;
use tempfile::TempDir;

/// 2026-11-21 14:37:12 in Shanghai.
pub(super) const AFTERNOON: Instant = Instant(1_795_243_032_000);

pub(super) struct Room {
    pub(super) data: TempDir,
    pub(super) files: Files,
    pub(super) keys: Keys,
}

pub(super) const LIMITS: FileLimits =
    FileLimits { size_bytes_max: 20 << 20, pixels_max: 50_000_000, takes_pdf: true };

impl Room {
    pub(super) fn new() -> Room {
        let data = tempfile::tempdir().unwrap();
        let files = Files::open(data.path()).unwrap();
        Room { data, files, keys: Keys::for_tests() }
    }

    pub(super) async fn keep(&self, bytes: impl Into<Bytes>) -> Result<StoredFile, FileRefusal> {
        self.keep_within(bytes, LIMITS).await
    }

    pub(super) async fn keep_within(
        &self,
        bytes: impl Into<Bytes>,
        limits: FileLimits,
    ) -> Result<StoredFile, FileRefusal> {
        match self.files.keep(&self.keys, bytes.into(), limits, AFTERNOON).await {
            Ok(file) => Ok(file),
            Err(KeepTrouble::Refused(refusal)) => Err(refusal),
            Err(trouble) => panic!("it was not kept: {trouble}"),
        }
    }

    pub(super) fn bytes_of(&self, file: &StoredFile) -> Vec<u8> {
        self.files.shelf.read(&file.stored_as, false).unwrap()
    }

    pub(super) fn thumbnail_of(&self, file: &StoredFile) -> Vec<u8> {
        self.files.shelf.read(&file.stored_as, true).unwrap()
    }

    pub(super) fn picture_of(&self, file: &StoredFile) -> DynamicImage {
        image::load_from_memory(&self.bytes_of(file)).unwrap()
    }
}

/// Red on the left, blue on the right.
pub(super) fn two_colours(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(
        width,
        height,
        |x, _| if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) },
    )
}

/// As hard to press as a picture can be, the same in every run.
pub(super) fn noise(width: u32, height: u32) -> RgbaImage {
    let mut state = 1_u32;
    RgbaImage::from_fn(width, height, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [a, b, c, _] = state.to_be_bytes();
        Rgba([a, b, c, a])
    })
}

pub(super) fn written(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub(super) fn jpeg_of(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 95)).unwrap();
    bytes
}

/// Puts a segment right behind the first mark of a JPEG.
pub(super) fn with_segment(jpeg: &[u8], mark: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, mark], &length, content, &jpeg[2..]].concat()
}

/// EXIF that turns the picture by 90°, names a camera and its owner, and says where it was taken.
pub(super) fn exif() -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [&tag.to_le_bytes()[..], &kind.to_le_bytes(), &count.to_le_bytes(), &value].concat()
    };
    let owner = b"owner: 2023010199 ";
    let directory_len = 2 + 3 * 12 + 4;
    let owner_at = (8 + directory_len) as u32;
    let gps_at = owner_at + owner.len() as u32;
    let directory = [
        &3_u16.to_le_bytes()[..],
        &entry(0x0112, 3, 1, [6, 0, 0, 0]),
        &entry(0x013b, 2, owner.len() as u32, owner_at.to_le_bytes()),
        &entry(0x8825, 4, 1, gps_at.to_le_bytes()),
        &[0; 4],
    ]
    .concat();
    let gps = [&1_u16.to_le_bytes()[..], &entry(0x0012, 2, 4, *b"WGS\0"), &[0; 4]].concat();
    [b"Exif\0\0II*\0\x08\0\0\0", &directory[..], owner, &gps].concat()
}

pub(super) fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// The checksum of PNG chunks, bit by bit.
pub(super) fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |sum, byte| {
        (0..8).fold(
            sum ^ u32::from(*byte),
            |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 },
        )
    })
}

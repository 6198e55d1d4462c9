//! Drawing a picture anew: decoded within limits, turned the right way up, made small enough, written without any of the
//! metadata it came with. Only the first frame of a moving picture is kept.

use super::Work;
use super::refusal::FileRefusal;
use super::shrink::shrunk;
use super::sniff::jpeg_outline;
use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};
use std::io::Cursor;

/// Longest edge of a kept picture: small print on a door sign stays readable.
const EDGE_MAX: u32 = 2560;
/// Longest edge of the small copy in lists.
const THUMBNAIL_EDGE: u32 = 320;
/// Budget of the small copy (ui.md §11).
const THUMBNAIL_BYTES_MAX: usize = 12 * 1024;
/// Drawings with transparent parts above this are laid on white paper and kept as JPEG.
const PNG_BYTES_MAX: usize = 4 << 20;
const JPEG_QUALITY: u8 = 85;
/// No camera or screen makes a picture wider or higher; decoders refuse it before allocating anything.
const SIDE_MAX: u32 = 20_000;
/// What decoders may take for tables and unpacked colour profiles, besides the picture itself.
const DECODER_SPARE_BYTES: u64 = 8 << 20;

/// A picture whose header was read and found acceptable.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    format: ImageFormat,
    work_bytes: u64,
}

impl Frame {
    /// Reads the header only, and refuses pictures whose decoding would take too much memory.
    pub(super) fn read(bytes: &[u8], format: ImageFormat, pixels_max: u64) -> Result<Frame, FileRefusal> {
        let mut decoder_extra_per_pixel = 0;
        if format == ImageFormat::Jpeg {
            let outline = jpeg_outline(bytes);
            if !outline.is_whole {
                return Err(FileRefusal::Broken);
            }
            // A progressive picture is held as coefficients of two bytes until its last pass.
            decoder_extra_per_pixel = if outline.is_progressive { 6 } else { 0 };
        }
        let decoder = decoder(bytes, format, DECODER_SPARE_BYTES)?;
        let (width, height) = decoder.dimensions();
        let pixels = u64::from(width) * u64::from(height);
        if pixels > pixels_max {
            return Err(FileRefusal::TooManyPixels);
        }
        let per_pixel = u64::from(decoder.color_type().bytes_per_pixel()) + decoder_extra_per_pixel;
        Ok(Frame { format, work_bytes: pixels * per_pixel + DECODER_SPARE_BYTES })
    }

    /// Working memory that drawing it anew takes, in mebibytes.
    pub(super) fn work_mib(self) -> u32 {
        u32::try_from((self.work_bytes >> 20) + 1).unwrap_or(u32::MAX)
    }
}

/// The picture as it will be kept, with its small copy.
pub(super) fn draw_anew(bytes: &[u8], frame: Frame) -> Result<Work, FileRefusal> {
    let mut decoder = decoder(bytes, frame.format, frame.work_bytes)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let decoded = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    // Shrinking comes before turning, so that turning never doubles the memory of a large photo.
    let mut picture = shrunk(decoded, EDGE_MAX);
    picture.apply_orientation(orientation);
    let picture = opaque_if_possible(picture);

    let thumbnail = thumbnail(&picture);
    let (width, height) = (picture.width(), picture.height());
    let (bytes, mime) = match &picture {
        DynamicImage::ImageRgba8(_) => match png(&picture) {
            drawing if drawing.len() <= PNG_BYTES_MAX => (drawing, "image/png"),
            _ => (jpeg(&on_white(&picture), JPEG_QUALITY), "image/jpeg"),
        },
        _ => (jpeg(&picture, JPEG_QUALITY), "image/jpeg"),
    };
    Ok(Work { bytes, thumbnail: Some(thumbnail), mime, width, height })
}

fn decoder(
    bytes: &[u8],
    format: ImageFormat,
    alloc_bytes_max: u64,
) -> Result<impl ImageDecoder, FileRefusal> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX);
    limits.max_image_height = Some(SIDE_MAX);
    limits.max_alloc = Some(alloc_bytes_max);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    reader.into_decoder().map_err(refusal)
}

fn refusal(error: ImageError) -> FileRefusal {
    match error {
        ImageError::Limits(_) => FileRefusal::TooManyPixels,
        _ => FileRefusal::Broken,
    }
}

/// Eight bits a channel; without the transparency channel unless some pixel uses it.
fn opaque_if_possible(picture: DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return DynamicImage::ImageRgb8(picture.into_rgb8());
    }
    let picture = picture.into_rgba8();
    if picture.pixels().all(|pixel| pixel.0[3] == u8::MAX) {
        return DynamicImage::ImageRgb8(DynamicImage::ImageRgba8(picture).into_rgb8());
    }
    DynamicImage::ImageRgba8(picture)
}

fn on_white(picture: &DynamicImage) -> DynamicImage {
    let mut paper = picture.to_rgba8();
    for pixel in paper.pixels_mut() {
        let alpha = u32::from(pixel.0[3]);
        for channel in &mut pixel.0[..3] {
            *channel = ((u32::from(*channel) * alpha + 255 * (255 - alpha)) / 255) as u8;
        }
        pixel.0[3] = u8::MAX;
    }
    DynamicImage::ImageRgb8(DynamicImage::ImageRgba8(paper).into_rgb8())
}

/// The small copy: coarser and, if need be, smaller until it keeps its budget.
fn thumbnail(picture: &DynamicImage) -> Vec<u8> {
    let mut edge = THUMBNAIL_EDGE;
    loop {
        let small = on_white(&shrunk(picture.clone(), edge));
        for quality in [75, 60, 45, 30] {
            let bytes = jpeg(&small, quality);
            if bytes.len() <= THUMBNAIL_BYTES_MAX || edge <= 40 {
                return bytes;
            }
        }
        edge = edge * 3 / 4;
    }
}

fn jpeg(picture: &DynamicImage, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture
        .write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, quality))
        .expect("a picture of 8 bits and at most 2560 pixels a side is written to memory");
    bytes
}

fn png(picture: &DynamicImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture
        .write_to(&mut bytes, ImageFormat::Png)
        .expect("a picture of 8 bits and at most 2560 pixels a side is written to memory");
    bytes.into_inner()
}

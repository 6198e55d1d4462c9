//! What a file is, by its first bytes. Names and declared types are not looked at.

use image::ImageFormat;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// A picture of a format that is drawn anew.
    Picture(ImageFormat),
    /// A paper.
    Pdf,
    /// Apple's picture format.
    Heic,
    /// Anything else: programs, pages, archives, films.
    Other,
}

/// What these bytes are.
pub(super) fn content(bytes: &[u8]) -> Content {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Content::Picture(ImageFormat::Jpeg),
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Content::Picture(ImageFormat::Png),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Content::Picture(ImageFormat::Gif),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => {
            Content::Picture(ImageFormat::WebP)
        }
        [b'%', b'P', b'D', b'F', b'-', ..] => Content::Pdf,
        [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] if is_heif(brand) => Content::Heic,
        _ => Content::Other,
    }
}

fn is_heif(brand: &[u8]) -> bool {
    [b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif"]
        .iter()
        .any(|b| brand.starts_with(*b))
}

/// What a JPEG says of itself before and after its picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct JpegOutline {
    /// Coded in several passes, which takes more memory to decode.
    pub(super) is_progressive: bool,
    /// The end mark is there: nothing was cut off on the way.
    pub(super) is_whole: bool,
}

/// Walks over the segments of a JPEG to its picture. The decoder would fill what is missing with grey.
pub(super) fn jpeg_outline(bytes: &[u8]) -> JpegOutline {
    let mut outline = JpegOutline { is_progressive: false, is_whole: false };
    let mut at = 2;
    while let Some([0xff, mark, high, low]) = bytes.get(at..at + 4) {
        match mark {
            // A fill byte.
            0xff => {
                at += 1;
                continue;
            }
            0xc2 | 0xc6 | 0xca | 0xce => outline.is_progressive = true,
            0xda => {
                outline.is_whole = bytes[at..].windows(2).any(|pair| pair == [0xff, 0xd9]);
                break;
            }
            _ => {}
        }
        at += 2 + usize::from(u16::from_be_bytes([*high, *low]));
    }
    outline
}

//! Whatever is handed in, the house stands.

use super::*;
use crate::clock::Stopwatch;

/// A PNG header that claims a size, with a beginning of nothing behind it.
fn png_claiming(width: u32, height: u32) -> Vec<u8> {
    let header = [b"IHDR", &width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let mut png = written(two_colours(2, 2), ImageFormat::Png);
    png[12..29].copy_from_slice(&header);
    let sum = checksum(&header);
    png[29..33].copy_from_slice(&sum.to_be_bytes());
    png
}

/// A JPEG whose frame header claims a size.
fn jpeg_claiming(width: u16, height: u16) -> Vec<u8> {
    let mut jpeg = jpeg_of(&two_colours(16, 16));
    let frame = jpeg.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    jpeg[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    jpeg[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    jpeg
}

fn gif_claiming(width: u16, height: u16) -> Vec<u8> {
    let mut gif = written(two_colours(16, 16), ImageFormat::Gif);
    gif[6..8].copy_from_slice(&width.to_le_bytes());
    gif[8..10].copy_from_slice(&height.to_le_bytes());
    gif
}

#[tokio::test]
async fn pictures_that_claim_too_many_pixels_are_refused_before_they_are_decoded() {
    let room = Room::new();
    let watch = Stopwatch::start();
    for bytes in [
        png_claiming(50_000, 50_000),
        png_claiming(30_000, 30_000),
        png_claiming(8_000, 8_000),
        png_claiming(u32::MAX, u32::MAX),
        png_claiming(19_999, 19_999),
        jpeg_claiming(65_500, 65_500),
        jpeg_claiming(9_000, 9_000),
        gif_claiming(u16::MAX, u16::MAX),
    ] {
        assert_eq!(room.keep(bytes).await, Err(FileRefusal::TooManyPixels));
    }
    assert!(watch.elapsed().as_secs() < 2, "{:?}", watch.elapsed());
    assert_eq!(FileRefusal::TooManyPixels.sentence(2), "第 2 张照片的像素太大，请重拍或截图后再传");
}

#[test]
fn the_header_alone_tells_how_much_memory_a_picture_would_take() {
    let read = |bytes: &[u8], format| picture::Frame::read(bytes, format, u64::MAX).unwrap().work_mib();
    assert_eq!(read(&png_claiming(12_000, 9_000), ImageFormat::Png), 108 * 3_000_000 / (1 << 20) + 9);
    assert_eq!(read(&jpeg_claiming(4_000, 3_000), ImageFormat::Jpeg), 12 * 3_000_000 / (1 << 20) + 9);
}

#[tokio::test]
async fn what_is_cut_short_is_refused_and_named_incomplete() {
    let room = Room::new();
    let photo = with_segment(&jpeg_of(&two_colours(300, 200)), 0xe1, &exif());
    let others =
        [ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif].map(|format| written(noise(90, 60), format));
    for whole in others.into_iter().chain([photo]) {
        for part in [16, whole.len() / 4, whole.len() / 2, whole.len() * 9 / 10] {
            assert_eq!(room.keep(whole[..part].to_vec()).await, Err(FileRefusal::Broken), "{part}");
        }
        assert!(room.keep(whole).await.is_ok());
    }
}

#[tokio::test]
async fn damaged_pictures_are_taken_or_refused_but_never_bring_the_house_down() {
    let room = Room::new();
    let formats = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif];
    for whole in formats.map(|format| written(two_colours(40, 30), format)) {
        for place in (0..whole.len()).step_by(whole.len() / 60 + 1) {
            let mut damaged = whole.clone();
            damaged[place] ^= 0xff;
            if let Ok(file) = room.keep(damaged).await {
                assert!(file.width <= 2560 && file.height <= 2560);
            }
        }
    }
}

#[tokio::test]
async fn what_is_no_picture_is_refused_whatever_its_name() {
    let room = Room::new();
    for bytes in [
        &b"<html><script>alert(1)</script></html>"[..],
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<?xml version='1.0'?><svg/>",
        b"MZ\x90\0\x03\0\0\0 a program",
        b"\x7fELF\x02\x01\x01\0",
        b"PK\x03\x04 an archive",
        b"\0\0\0\x18ftypmp42 a film",
        b"II*\0\x08\0\0\0 a TIFF",
        b"BM a bitmap",
        b"just words",
        "汉字".as_bytes(),
        b" %PDF-1.4 not at the beginning",
        b"\xff",
    ] {
        assert_eq!(room.keep(bytes.to_vec()).await, Err(FileRefusal::NotTaken));
    }
    assert_eq!(room.keep(Vec::new()).await, Err(FileRefusal::Empty));
    assert_eq!(room.keep(b"\0\0\0\x18ftypheic\0\0".to_vec()).await, Err(FileRefusal::Heic));
    assert!(FileRefusal::Heic.sentence(1).contains("兼容性最佳"));
}

#[tokio::test]
async fn a_picture_that_is_also_a_page_is_only_a_picture_afterwards() {
    let room = Room::new();
    let mut gif = written(two_colours(20, 20), ImageFormat::Gif);
    gif.extend_from_slice(b"*/=1;alert(document.cookie);//<html>");
    let file = room.keep(gif).await.unwrap();
    assert!(!holds(&room.bytes_of(&file), b"alert"));
}

#[tokio::test]
async fn a_file_larger_than_the_school_takes_is_refused() {
    let room = Room::new();
    let small = FileLimits { size_bytes_max: 1 << 20, ..LIMITS };
    let large = [&b"%PDF-1.4"[..], &vec![b' '; 1 << 20]].concat();
    let refusal = room.keep_within(large, small).await.unwrap_err();
    assert_eq!(refusal, FileRefusal::TooLarge { mib_max: 1 });
    assert_eq!(refusal.sentence(3), "第 3 个文件超过 1 MB，请重选，或截图后再传");
}

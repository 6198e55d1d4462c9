//! Pictures are drawn anew and tell nothing of their makers.

use super::*;
use image::codecs::gif::GifEncoder;
use image::{Delay, Frame as GifFrame};
use std::os::unix::fs::MetadataExt;

#[tokio::test]
async fn a_photo_is_turned_upright_and_tells_nothing_of_place_camera_and_owner() {
    let room = Room::new();
    let photo = with_segment(&jpeg_of(&two_colours(600, 400)), 0xe1, &exif());
    assert!(holds(&photo, b"WGS") && holds(&photo, b"2023010199"));
    let file = room.keep(photo).await.unwrap();

    assert_eq!((file.width, file.height), (400, 600));
    let upright = room.picture_of(&file).into_rgb8();
    assert!(upright.get_pixel(200, 20).0[0] > 180, "red is on top after the turn");
    assert!(upright.get_pixel(200, 580).0[2] > 180, "blue is below");
    for bytes in [room.bytes_of(&file), room.thumbnail_of(&file)] {
        for trace in [&b"Exif"[..], b"WGS", b"2023010199", b"ICC_PROFILE", b"http"] {
            assert!(!holds(&bytes, trace));
        }
    }
}

#[tokio::test]
async fn comments_and_texts_inside_pictures_are_gone() {
    let room = Room::new();
    let commented = with_segment(&jpeg_of(&two_colours(40, 40)), 0xfe, b"by Zhang");
    let trailed = [&jpeg_of(&two_colours(40, 40))[..], b"<script>by Zhang</script>"].concat();
    let plain = written(two_colours(40, 40), ImageFormat::Png);
    let text = b"Author\0by Zhang";
    let sum = checksum(&[b"tEXt", &text[..]].concat());
    let chunk = [&(text.len() as u32).to_be_bytes()[..], b"tEXt", text, &sum.to_be_bytes()].concat();
    let labelled = [&plain[..33], &chunk, &plain[33..]].concat();
    for bytes in [commented, trailed, labelled] {
        assert!(holds(&bytes, b"by Zhang"));
        let file = room.keep(bytes).await.unwrap();
        assert!(!holds(&room.bytes_of(&file), b"by Zhang"));
        assert!(!holds(&room.thumbnail_of(&file), b"by Zhang"));
    }
}

#[tokio::test]
async fn every_kind_of_picture_is_taken_and_kept_as_jpeg() {
    let room = Room::new();
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif] {
        let file = room.keep(written(two_colours(64, 48), format)).await.unwrap();
        assert_eq!((file.mime.as_str(), file.width, file.height), ("image/jpeg", 64, 48), "{format:?}");
        assert!(room.picture_of(&file).into_rgb8().get_pixel(5, 5).0[0] > 180, "{format:?}");
        assert_eq!(file.size_bytes as usize, room.bytes_of(&file).len());
        assert!(room.files.is_intact(&file));
    }
}

#[tokio::test]
async fn only_the_first_frame_of_a_moving_picture_is_kept() {
    let room = Room::new();
    let mut bytes = Vec::new();
    {
        let mut encoder = GifEncoder::new(&mut bytes);
        for colour in [[220, 20, 20, 255], [20, 20, 220, 255]] {
            let picture = RgbaImage::from_pixel(30, 30, Rgba(colour));
            encoder
                .encode_frame(GifFrame::from_parts(picture, 0, 0, Delay::from_numer_denom_ms(100, 1)))
                .unwrap();
        }
    }
    let file = room.keep(bytes).await.unwrap();
    assert!(room.picture_of(&file).into_rgb8().get_pixel(15, 15).0[0] > 180);
}

#[tokio::test]
async fn a_large_photo_is_made_smaller_and_its_small_copy_keeps_its_budget() {
    let room = Room::new();
    let file = room.keep(jpeg_of(&two_colours(3200, 1600))).await.unwrap();
    assert_eq!((file.width, file.height), (2560, 1280));
    let small = image::load_from_memory(&room.thumbnail_of(&file)).unwrap();
    assert_eq!((small.width(), small.height()), (320, 160));

    let hard = room.keep(written(noise(500, 500), ImageFormat::Png)).await.unwrap();
    assert!(room.thumbnail_of(&hard).len() <= 12 * 1024);
}

#[tokio::test]
async fn a_drawing_keeps_its_transparency_unless_it_grows_too_large() {
    let room = Room::new();
    let mut drawing = RgbaImage::from_pixel(50, 50, Rgba([10, 200, 10, 255]));
    let opaque = room.keep(written(drawing.clone(), ImageFormat::Png)).await.unwrap();
    assert_eq!(opaque.mime, "image/jpeg");
    drawing.put_pixel(0, 0, Rgba([0, 0, 0, 0]));
    let open = room.keep(written(drawing, ImageFormat::Png)).await.unwrap();
    assert_eq!((open.mime.as_str(), open.ending()), ("image/png", "png"));
    assert_eq!(room.picture_of(&open).into_rgba8().get_pixel(0, 0).0[3], 0);
    let heavy = room.keep(written(noise(1030, 1030), ImageFormat::Png)).await.unwrap();
    assert_eq!(heavy.mime, "image/jpeg");
}

#[tokio::test]
async fn a_pdf_is_known_by_its_content_and_kept_as_it_is() {
    let room = Room::new();
    let paper = b"%PDF-1.7\n1 0 obj <</JS (app.alert(1))>> endobj\n%%EOF";
    let file = room.keep(&paper[..]).await.unwrap();
    assert_eq!(
        (file.mime.as_str(), file.has_thumbnail, file.is_picture()),
        ("application/pdf", false, false)
    );
    assert_eq!(room.bytes_of(&file), paper);
    assert_eq!(room.keep_within(&paper[..], LIMITS.pictures_only()).await, Err(FileRefusal::PdfNotTaken));
    let neither = room.keep_within(&b"hello"[..], LIMITS.pictures_only()).await;
    assert_eq!(neither, Err(FileRefusal::NoPicture));
    assert!(!FileRefusal::NoPicture.sentence(1).contains("PDF"));
}

#[tokio::test]
async fn files_on_the_disk_tell_neither_name_nor_minute_and_are_the_owners_alone() {
    let room = Room::new();
    let file = room.keep(jpeg_of(&two_colours(20, 20))).await.unwrap();
    let mut seen = 0;
    let shelf = room.data.path().join("files");
    assert_eq!(shelf.metadata().unwrap().mtime() * 1000, AFTERNOON.day().start().0);
    for folder in std::fs::read_dir(shelf).unwrap() {
        let folder = folder.unwrap();
        assert_eq!(folder.metadata().unwrap().mtime() * 1000, AFTERNOON.day().start().0);
        for entry in std::fs::read_dir(folder.path()).unwrap() {
            let entry = entry.unwrap();
            let metadata = entry.metadata().unwrap();
            assert_eq!(metadata.mtime() * 1000, AFTERNOON.day().start().0);
            assert_eq!(metadata.mode() & 0o077, 0);
            assert!(!entry.path().to_string_lossy().contains(file.id.as_str()));
            assert!(!entry.file_name().to_string_lossy().contains(".new"));
            seen += 1;
        }
    }
    assert_eq!(seen, 2);
    assert_eq!(file.kept_hour, Some(AFTERNOON.floor_to_hour()));
}

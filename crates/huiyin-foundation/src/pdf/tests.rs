//! Papers: found font, broken lines, bytes.

use super::{Paper, Typeface};

fn paper() -> Option<Paper> {
    // Without a Chinese font there is no paper; the pages say so, and so does the test of the room.
    Typeface::find(None).map(|typeface| Paper::new(typeface, "试"))
}

#[test]
fn a_font_that_is_not_there_or_not_a_font_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("font.ttf");
    assert!(Typeface::find(Some(&path)).is_none());
    std::fs::write(&path, b"no font at all").unwrap();
    assert!(Typeface::find(Some(&path)).is_none());
}

#[test]
fn lines_break_within_their_width_and_no_comma_begins_one() {
    let Some(paper) = paper() else { return };
    let lines = paper.broken("甲乙丙丁，戊己庚辛。\n壬癸", 48.0, 12.0);
    assert_eq!(lines, ["甲乙丙丁，", "戊己庚辛。", "壬癸"]);
}

#[test]
fn a_paper_is_small_and_the_same_each_time() {
    let make = || {
        let mut paper = paper()?;
        paper.words(60.0, 60.0, 16.0, "督办单 HY-20261122-0001");
        paper.line((60.0, 70.0), (500.0, 70.0), 0.5);
        paper.sheet();
        paper.block(60.0, 60.0, 20.0, 20.0);
        assert_eq!(paper.sheets(), 2);
        Some(paper.finish().unwrap())
    };
    let Some(bytes) = make() else { return };
    assert!(bytes.starts_with(b"%PDF-"));
    assert!(bytes.len() < 60_000, "only the letters that stand in it are in the file: {}", bytes.len());
    assert_eq!(Some(bytes), make());
}

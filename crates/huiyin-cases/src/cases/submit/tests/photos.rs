//! Photos: kept at once, shown to the form they came with, claimed by the case that is made of it.

use super::*;
use huiyin_foundation::files;

#[tokio::test]
async fn a_photo_travels_with_the_form_and_belongs_to_the_case() {
    let app = site();
    let student = app.student();
    let bytes = picture(40);
    let fields = but(&LAMP, &[("go", "photos")]);
    let files: [(&str, &str, &[u8]); 2] = [("photo", "张三-2021001.png", &bytes), ("photo", "b.png", &bytes)];
    let page = student.post_files("/say/repair", &fields, &files).await;
    page.is(200).says("哪里坏了？").hides("张三");
    let kept = tickets(&page);
    assert_eq!(kept.len(), 2);
    let small = app.anyone().get(&format!("/say/photos/{}", kept[0])).await;
    small.is(200);
    assert_eq!(small.headers["content-type"], "image/jpeg");

    let fields = but(&NAMED_LAMP, &[("kept", &kept[0]), ("kept", &kept[1])]);
    student.post("/say/repair", &but(&fields, &[("go", "3")])).await.is(200).says("照片");
    let sent = student.post("/cases", &fields).await;
    let no = CaseNo(number(&sent));
    let stored = app.db.read(move |tx| files::stored_of_case(tx, &no)).await.unwrap();
    assert_eq!(stored.len(), 2);
    // Once claimed it is the case that decides who looks.
    app.anyone().get(&format!("/say/photos/{}", kept[0])).await.is(404);
}

#[tokio::test]
async fn what_is_wrong_with_a_photo_is_told_after_what_stands_above_it() {
    let app = site();
    let too_long = "很".repeat(2001);
    let fields = but(&LAMP, &[("title", ""), ("body", &too_long)]);
    let page = app.student().post_files("/say/repair", &fields, &[("photo", "a.txt", b"words")]).await;
    let summary = page.is(422).html();
    let place = |words: &str| summary.find(words).unwrap_or_else(|| panic!("no {words}"));
    assert!(place("#title") < place("#photo") && place("#photo") < place("#body"));
}

#[tokio::test]
async fn a_photo_can_be_taken_out_again() {
    let app = site();
    let bytes = picture(8);
    let page = app.student().post_files("/say/repair", &LAMP, &[("photo", "a.png", &bytes)]).await;
    let kept = tickets(&page);
    let fields = but(&LAMP, &[("kept", &kept[0]), ("go", "drop-0")]);
    let page = app.student().post("/say/repair", &fields).await;
    page.is(200).says("哪里坏了？").says(LAMP[1].1);
    assert!(tickets(&page).is_empty());
}

#[tokio::test]
async fn nobody_claims_or_sees_a_file_without_its_ticket() {
    let app = site();
    let bytes = picture(8);
    let page = app.student().post_files("/say/repair", &LAMP, &[("photo", "a.png", &bytes)]).await;
    let kept = tickets(&page).remove(0);
    let id = kept.split('.').next().unwrap().to_owned();
    for forged in [id.clone(), format!("{id}.png"), format!("{id}.png.AAAA")] {
        app.other_student().get(&format!("/say/photos/{forged}")).await.is(404);
        let fields = but(&NAMED_LAMP, &[("kept", &forged)]);
        app.other_student().post("/cases", &fields).await.is(303);
    }
    let claimed = app.db.read(|tx| tx.query_one("select count(case_no) as n from files", &[])?.int("n"));
    assert_eq!(claimed.await.unwrap(), 0);
}

#[tokio::test]
async fn a_photo_already_given_to_a_case_is_asked_for_again() {
    let app = site();
    let student = app.student();
    let bytes = picture(8);
    let page = student.post_files("/say/repair", &LAMP, &[("photo", "a.png", &bytes)]).await;
    let kept = tickets(&page).remove(0);
    let fields = but(&NAMED_LAMP, &[("kept", &kept)]);
    student.post("/cases", &fields).await.is(303);
    let again = student.post("/cases", &fields).await;
    again.is(422).says("请重新选一次").says(LAMP[1].1);
    assert_eq!(cases(&app).await, 1);
}

#[tokio::test]
async fn more_photos_than_the_school_takes_are_told_and_the_first_stay() {
    let app = site();
    let bytes = picture(8);
    let ten: Vec<(&str, &str, &[u8])> = (0..10).map(|_| ("photo", "a.png", bytes.as_slice())).collect();
    let page = app.student().post_files("/say/repair", &LAMP, &ten).await;
    page.is(422).says("最多 9 张照片，多出来的没有收下").says(LAMP[1].1);
    let kept = tickets(&page);
    assert_eq!(kept.len(), 9);
    let mut fields = LAMP.to_vec();
    fields.extend(kept.iter().map(|ticket| ("kept", ticket.as_str())));
    let page = app.student().post_files("/say/repair", &fields, &[("photo", "a.png", &bytes)]).await;
    page.is(422).says("最多 9 张照片");
    assert_eq!(tickets(&page).len(), 9);
}

#[tokio::test]
async fn a_file_that_is_no_photo_is_told_and_the_others_stay() {
    let app = site();
    let bytes = picture(8);
    let pdf = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";
    let files: [(&str, &str, &[u8]); 3] = [
        ("photo", "a.png", &bytes),
        ("photo", "report.jpg", pdf),
        ("photo", "b.jpg", b"MZ\x90\0not a photo"),
    ];
    let page = app.anyone().post_files("/say/repair", &LAMP, &files).await;
    page.is(422).says("是 PDF，里面可能带有作者姓名").says("不是照片").says(LAMP[1].1);
    assert_eq!(tickets(&page).len(), 1);
}

#[tokio::test]
async fn a_paper_is_taken_with_an_account_and_refused_without_a_name() {
    let app = site();
    let student = app.student();
    let pdf = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";
    let page = student.post_files("/say/repair", &LAMP, &[("photo", "a.jpg", pdf)]).await;
    page.is(200);
    let kept = tickets(&page).remove(0);
    let fields = but(&NAMELESS_LAMP, &[("kept", &kept), ("go", "3")]);
    student.post("/say/repair", &fields).await.is(422).says("匿名提交请去掉它").says("PDF");
    app.anyone().post("/nameless/cases", &fields).await.is(422).says("匿名提交请去掉它");
    assert_eq!(cases(&app).await, 0);
}

#[tokio::test]
async fn a_picture_bomb_is_refused_in_words() {
    let app = site();
    let mut bomb = picture(8);
    // The header says 50,000 by 50,000; the check sum of the header is made to fit.
    bomb[16..24].copy_from_slice(&[0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50]);
    let crc = crc32(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&crc.to_be_bytes());
    let page = app.student().post_files("/say/repair", &LAMP, &[("photo", "a.png", &bomb)]).await;
    page.is(422).says("像素太大，请重拍或截图后再传").says(LAMP[1].1);
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    })
}

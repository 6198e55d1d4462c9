//! Files are claimed once, swept when nobody claims them, and handed out harmless.

use super::*;
use crate::db::DbError;
use crate::error::Error;
use crate::testing::TestDb;
use axum::http::header;
use huiyin_domain::ids::CaseNo;
use std::fs::{File, FileTimes};
use std::time::SystemTime;

const HOUR_MS: i64 = 3_600_000;

async fn remembered(room: &Room, db: &TestDb) -> StoredFile {
    let file = room.keep(jpeg_of(&two_colours(20, 20))).await.unwrap();
    let row = file.clone();
    db.write(move |tx| remember(tx, &row)).await.unwrap();
    file
}

async fn claimed(db: &TestDb, ids: Vec<FileId>, case_no: &str) -> Result<(), Error> {
    let case_no = CaseNo::from(case_no);
    db.write(move |tx| claim(tx, &ids, &case_no, 1)).await
}

async fn row_of(db: &TestDb, file: &StoredFile) -> Option<StoredFile> {
    let id = file.id.clone();
    db.read(move |tx| stored(tx, &id)).await.unwrap()
}

#[tokio::test]
async fn a_claimed_file_belongs_to_its_case_and_forgets_when_it_came() {
    let (room, db) = (Room::new(), TestDb::new());
    let (first, second) = (remembered(&room, &db).await, remembered(&room, &db).await);
    assert_eq!(row_of(&db, &first).await, Some(first.clone()));
    claimed(&db, vec![second.id.clone()], "HY-7K3M92QX").await.unwrap();
    claimed(&db, vec![first.id.clone()], "HY-7K3M92QX").await.unwrap();

    let case_no = CaseNo::from("HY-7K3M92QX");
    let files = db.read(move |tx| stored_of_case(tx, &case_no)).await.unwrap();
    let shown: Vec<_> =
        files.iter().map(|file| (file.id.clone(), file.shown_name(), file.kept_hour)).collect();
    assert_eq!(shown, [(second.id, "附件1.jpg".to_owned(), None), (first.id, "附件2.jpg".to_owned(), None)]);
}

#[tokio::test]
async fn a_file_is_claimed_once_and_a_refused_claim_changes_nothing() {
    let (room, db) = (Room::new(), TestDb::new());
    let (first, second) = (remembered(&room, &db).await, remembered(&room, &db).await);
    claimed(&db, vec![first.id.clone()], "HY-20261121-0001").await.unwrap();
    let refused =
        claimed(&db, vec![second.id.clone(), first.id.clone()], "HY-20261121-0002").await.unwrap_err();
    let Error::Invalid(errors) = refused else { panic!("{refused:?}") };
    assert_eq!(errors.of("files"), Some("第 2 个文件放得太久，已经清掉了，请重新选一次"));
    assert_eq!(row_of(&db, &second).await.unwrap().case_no, None);
    assert_eq!(row_of(&db, &first).await.unwrap().case_no, Some(CaseNo::from("HY-20261121-0001")));
}

#[tokio::test]
async fn files_nobody_claimed_within_a_day_are_swept_away() {
    let (room, db) = (Room::new(), TestDb::new());
    let (left, taken) = (remembered(&room, &db).await, remembered(&room, &db).await);
    claimed(&db, vec![taken.id.clone()], "HY-20261121-0001").await.unwrap();
    let soon = AFTERNOON.plus_ms(20 * HOUR_MS);
    assert_eq!(room.files.sweep_orphans(&db, soon).await.unwrap(), Swept::default());
    let later = AFTERNOON.plus_ms(25 * HOUR_MS);
    assert_eq!(room.files.sweep_orphans(&db, later).await.unwrap(), Swept { unclaimed: 1, unknown: 0 });
    assert_eq!(row_of(&db, &left).await, None);
    assert!(!room.files.is_intact(&left));
    assert!(room.files.is_intact(&taken));
    let much_later = AFTERNOON.plus_ms(900 * HOUR_MS);
    assert_eq!(room.files.sweep_orphans(&db, much_later).await.unwrap(), Swept::default());
    assert!(room.files.is_intact(&taken));
}

#[tokio::test]
async fn what_a_crash_left_on_the_disk_is_swept_away() {
    let (room, db) = (Room::new(), TestDb::new());
    let known = remembered(&room, &db).await;
    claimed(&db, vec![known.id.clone()], "HY-20261121-0001").await.unwrap();
    let lost = room.keep(jpeg_of(&two_colours(20, 20))).await.unwrap();
    let small = format!("{}.thumb.new", &known.stored_as[2..]);
    let small = room.data.path().join("files").join(&known.stored_as[..2]).join(small);
    std::fs::write(&small, "half a small copy of a file that is known").unwrap();
    let half = room.data.path().join("files").join(&lost.stored_as[..2]).join("ab12.new");
    std::fs::write(&half, "half").unwrap();
    let long_ago = FileTimes::new().set_modified(SystemTime::UNIX_EPOCH);
    for path in [&half, &small] {
        File::options().write(true).open(path).unwrap().set_times(long_ago).unwrap();
    }

    let tomorrow = AFTERNOON.plus_ms(30 * HOUR_MS);
    assert_eq!(room.files.sweep_orphans(&db, tomorrow).await.unwrap().unknown, 2);
    let in_three_days = AFTERNOON.plus_ms(80 * HOUR_MS);
    assert_eq!(
        room.files.sweep_orphans(&db, in_three_days).await.unwrap(),
        Swept { unclaimed: 0, unknown: 1 }
    );
    assert!(!small.exists());
    assert!(room.files.is_intact(&known));
    assert!(!room.files.is_intact(&lost));
    assert!(!half.exists());
}

#[tokio::test]
async fn a_file_changed_on_the_disk_is_noticed() {
    let room = Room::new();
    let file = room.keep(jpeg_of(&two_colours(20, 20))).await.unwrap();
    let path = room.data.path().join("files").join(&file.stored_as[..2]).join(&file.stored_as[2..]);
    std::fs::write(path, "altered").unwrap();
    assert!(!room.files.is_intact(&file));
}

#[tokio::test]
async fn pictures_are_shown_and_papers_downloaded_both_harmless() {
    let room = Room::new();
    let photo = room.keep(jpeg_of(&two_colours(20, 20))).await.unwrap();
    let paper = room.keep(&b"%PDF-1.4"[..]).await.unwrap();
    for (file, how, mime) in [(&photo, "inline", "image/jpeg"), (&paper, "attachment", "application/pdf")] {
        let answer = room.files.serve(file, Variant::Whole).await.unwrap();
        let line = |name| answer.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(line(header::CONTENT_TYPE), mime);
        assert!(line(header::CONTENT_DISPOSITION).starts_with(how));
        assert!(line(header::CONTENT_DISPOSITION).contains("%E9%99%84%E4%BB%B61"));
        assert_eq!(line(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
        assert!(line(header::CONTENT_SECURITY_POLICY).contains("sandbox"));
        assert_eq!(line(header::CACHE_CONTROL), "private, no-store");
    }
    let small = room.files.serve(&photo, Variant::Thumbnail).await.unwrap();
    assert_eq!(small.headers()[header::CONTENT_TYPE], "image/jpeg");
    assert!(matches!(room.files.serve(&paper, Variant::Thumbnail).await, Err(Error::Hidden)));
}

#[tokio::test]
async fn the_hour_a_file_came_is_all_that_is_noted() {
    let (room, db) = (Room::new(), TestDb::new());
    remembered(&room, &db).await;
    let hours = db
        .read(|tx| {
            tx.query_map("select kept_hour\n  from files", crate::params![], |row| row.instant("kept_hour"))
                as Result<Vec<Instant>, DbError>
        })
        .await
        .unwrap();
    assert_eq!(hours, [AFTERNOON.floor_to_hour()]);
}

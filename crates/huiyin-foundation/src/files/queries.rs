//! The table of handed-in files: one function a question.

use super::disk::Shelf;
use super::{Files, StoredFile};
use crate::db::{Db, DbError, Filter, Row, Tx};
use crate::error::Error;
use crate::params;
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::{CaseNo, FileId};
use std::collections::BTreeSet;
use tokio::task::spawn_blocking;

const HOUR_MS: i64 = 3_600_000;
/// How many names are asked for in one statement.
const NAMES_AT_ONCE: usize = 500;

/// Notes a file that [`Files::keep`] has put on the disk, still unclaimed.
pub fn remember(tx: &mut Tx, file: &StoredFile) -> Result<(), DbError> {
    // Add a kept file that belongs to no case yet.
    tx.execute(
        "insert into files (id, stored_as, sha256, mime, size_bytes, width, height, has_thumbnail, ordinal, kept_hour)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9)",
        params![
            &file.id,
            &file.stored_as,
            &file.sha256,
            &file.mime,
            file.size_bytes,
            file.width,
            file.height,
            file.has_thumbnail,
            file.kept_hour
        ],
    )?;
    Ok(())
}

/// Gives files to an event of a case, in this order; one of the same case may go on to a later event of it. One that was
/// swept or belongs to another case is refused by its place.
pub fn claim(tx: &mut Tx, ids: &[FileId], case_no: &CaseNo, seq: u32) -> Result<(), Error> {
    // How many files has this case?
    let row = tx.query_one(
        "select count(*) as files
           from files
          where case_no = $1",
        params![case_no],
    )?;
    let before: i64 = row.get("files")?;
    for (place, id) in (1_i64..).zip(ids) {
        // Give a file that is nobody's yet, or this case's own, to an event, forgetting when it came.
        let claimed = tx.execute(
            "update files
                set ordinal = case when case_no = $1 then ordinal else $3 end,
                    case_no = $1, seq = $2, kept_hour = null
              where id = $4
                and (case_no is null or case_no = $1)",
            params![case_no, seq, before + place, id],
        )?;
        if claimed == 0 {
            let sentence = format!("第 {place} 个文件放得太久，已经清掉了，请重新选一次");
            return Err(Error::invalid("files", sentence));
        }
    }
    Ok(())
}

/// One file by its id.
pub fn stored(tx: &mut Tx, id: &FileId) -> Result<Option<StoredFile>, DbError> {
    // Which file has this id?
    let row = tx.query_opt(
        "select *
           from files
          where id = $1",
        params![id],
    )?;
    row.as_ref().map(stored_file).transpose()
}

/// All files of a case, in the order they came.
pub fn stored_of_case(tx: &mut Tx, case_no: &CaseNo) -> Result<Vec<StoredFile>, DbError> {
    // Which files has this case?
    tx.query_map(
        "select *
           from files
          where case_no = $1
          order by ordinal",
        params![case_no],
        stored_file,
    )
}

/// Forgets the files of a case and says which they were: their bytes are to be discarded once this is committed.
pub fn forget(tx: &mut Tx, case_no: &CaseNo) -> Result<Vec<StoredFile>, DbError> {
    let files = stored_of_case(tx, case_no)?;
    // They belong to nobody from now on.
    tx.execute("delete from files where case_no = $1", params![case_no])?;
    Ok(files)
}

/// What a sweep removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Files that no case claimed in time.
    pub unclaimed: usize,
    /// Files on the disk that no row knows: left by a crash between disk and database.
    pub unknown: usize,
}

impl Files {
    /// Removes files that no case claimed within a day, and those on the disk that no row knows.
    pub async fn sweep_orphans(&self, db: &Db, now: Instant) -> Result<Swept, Error> {
        let before = now.plus_ms(-super::UNCLAIMED_HOURS * HOUR_MS);
        let names = db
            .write(move |tx| {
                // Which files were never claimed? They go.
                tx.query_map::<String, DbError>(
                    "delete from files
                      where case_no is null
                        and kept_hour < $1
                  returning stored_as",
                    params![before],
                    |row| row.get("stored_as"),
                )
            })
            .await?;
        let mut swept = Swept { unclaimed: names.len(), unknown: 0 };
        self.remove_all(names).await?;

        // File times are those of the day; two days back, none can still be on its way to a row.
        let long_ago = now.plus_ms(-2 * super::UNCLAIMED_HOURS * HOUR_MS).day();
        for folder in Shelf::folders() {
            let shelf = self.shelf.clone();
            let (on_disk, unfinished) = spawn_blocking(move || shelf.names_before(&folder, long_ago))
                .await
                .map_err(Error::internal)?
                .map_err(Error::internal)?;
            let mut unknown: BTreeSet<String> = on_disk.iter().cloned().collect();
            for some in on_disk.chunks(NAMES_AT_ONCE) {
                let some = some.to_vec();
                for known in db.read(move |tx| known_among(tx, some)).await? {
                    unknown.remove(&known);
                }
            }
            swept.unknown += unknown.len() + unfinished;
            self.remove_all(unknown.into_iter().collect()).await?;
        }
        Ok(swept)
    }

    async fn remove_all(&self, names: Vec<String>) -> Result<(), Error> {
        let shelf = self.shelf.clone();
        spawn_blocking(move || names.iter().try_for_each(|name| shelf.remove(name)))
            .await
            .map_err(Error::internal)?
            .map_err(Error::internal)
    }
}

fn known_among(tx: &mut Tx, names: Vec<String>) -> Result<Vec<String>, DbError> {
    // Which of these names on the disk does a row know?
    let (sql, values) =
        Filter::new("select stored_as\n  from files\n where stored_as in ").list(names).finish();
    tx.query_map(sql, &values, |row| row.get("stored_as"))
}

fn stored_file(row: &Row) -> Result<StoredFile, DbError> {
    Ok(StoredFile {
        id: row.get("id")?,
        stored_as: row.get("stored_as")?,
        sha256: row.get("sha256")?,
        mime: row.get("mime")?,
        size_bytes: row.get("size_bytes")?,
        width: row.get("width")?,
        height: row.get("height")?,
        has_thumbnail: row.get("has_thumbnail")?,
        case_no: row.get("case_no")?,
        seq: row.get("seq")?,
        ordinal: row.get("ordinal")?,
        kept_hour: row.get("kept_hour")?,
    })
}

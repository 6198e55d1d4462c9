//! Copies of the embedded database: taken while the school goes on working, and put back.
//!
//! Both ways are the same careful copy: page by page from one unmoving state of the source into a new file, checked for
//! damage and flushed before it gets its name, so that a file of that name is always a whole one. Nothing is ever
//! written over. A PostgreSQL server brings tools of its own, which see more than we could from inside: its schemas are
//! saved with `pg_dump --schema=NAME` and put back with `pg_restore` or `psql`.

use super::error::DbError;
use super::sqlite::{Connection, Purpose, db_error};
use crate::private;
use rusqlite::backup::{Backup, StepResult};
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// Pages copied between two words about the progress: 4 MiB.
const STEP_PAGES: i32 = 1_000;

/// How far a copy has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Pages copied.
    pub done: u64,
    /// Pages in all.
    pub total: u64,
}

/// Saves the database in `from` as a new file, even while another process serves it.
pub fn save(from: &Path, to: &Path, progress: impl FnMut(Progress)) -> Result<(), DbError> {
    copy(from, to, progress)
}

/// Puts a saved file in the place of a database that is not there any more (or not yet).
pub fn restore(from: &Path, to: &Path, progress: impl FnMut(Progress)) -> Result<(), DbError> {
    // The log of a database that was taken away would be read into the one put in its place.
    for tail in ["-wal", "-shm", "-journal"] {
        refuse_if_there(&beside(to, tail))?;
    }
    copy(from, to, progress)
}

fn copy(from: &Path, to: &Path, progress: impl FnMut(Progress)) -> Result<(), DbError> {
    refuse_if_there(to)?;
    if !from.is_file() {
        return Err(file_error(from, "is not there"));
    }
    let unfinished = beside(to, ".unfinished");
    refuse_if_there(&unfinished)?;
    let copied = copy_pages(from, &unfinished, progress).and_then(|()| check(&unfinished)).and_then(|()| {
        fs::rename(&unfinished, to).map_err(|error| file_error(to, error))?;
        flush_folder_of(to)
    });
    if copied.is_err() {
        // What is left of a copy that failed is of no use; if it cannot be removed, the next try says so.
        let _ = fs::remove_file(&unfinished);
    }
    copied
}

fn copy_pages(from: &Path, to: &Path, mut progress: impl FnMut(Progress)) -> Result<(), DbError> {
    let source = Connection::open(from, Purpose::Read)?;
    // An open transaction holds one state of the source; without it every write would start the copy anew.
    source.raw().execute_batch("begin; select count(*) from sqlite_master").map_err(db_error)?;
    private::make_file(to).map_err(|error| file_error(to, error))?;
    let mut target = rusqlite::Connection::open(to).map_err(db_error)?;
    target.execute_batch("pragma synchronous = full").map_err(db_error)?;
    let copying = Backup::new(source.raw(), &mut target).map_err(db_error)?;
    loop {
        let step = copying.step(STEP_PAGES).map_err(db_error)?;
        let now = copying.progress();
        let total = u64::try_from(now.pagecount).unwrap_or_default();
        progress(Progress { done: total - u64::try_from(now.remaining).unwrap_or_default(), total });
        match step {
            StepResult::Done => break,
            StepResult::More => {}
            _ => return Err(DbError::Busy { reason: "another process holds the file".to_owned() }),
        }
    }
    drop(copying);
    // One file that needs no log beside it.
    target.query_row("pragma journal_mode = delete", [], |_| Ok(())).map_err(db_error)?;
    target.close().map_err(|(_, error)| db_error(error))
}

/// Reads the whole copy: an archive that was never read is a hope, not a backup.
fn check(copy: &Path) -> Result<(), DbError> {
    let connection = Connection::open(copy, Purpose::Read)?;
    let found: String =
        connection.raw().query_row("pragma integrity_check(1)", [], |row| row.get(0)).map_err(db_error)?;
    if found != "ok" {
        return Err(file_error(copy, format!("is damaged: {found}")));
    }
    let mut dangling = connection.raw().prepare("pragma foreign_key_check").map_err(db_error)?;
    if dangling.exists([]).map_err(db_error)? {
        return Err(file_error(copy, "is damaged: rows refer to rows that are not there"));
    }
    let is_ours = "select count(*)\nfrom sqlite_master\nwhere name = 'migrations'";
    let books: i64 = connection.raw().query_row(is_ours, [], |row| row.get(0)).map_err(db_error)?;
    if books == 1 { Ok(()) } else { Err(file_error(copy, "is not a database of this program")) }
}

fn refuse_if_there(path: &Path) -> Result<(), DbError> {
    if path.exists() { Err(file_error(path, "is there already: move it away first")) } else { Ok(()) }
}

fn flush_folder_of(path: &Path) -> Result<(), DbError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(|error| file_error(path, error))
}

fn beside(path: &Path, tail: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(tail);
    PathBuf::from(name)
}

fn file_error(path: &Path, says: impl std::fmt::Display) -> DbError {
    DbError::File { message: format!("{} {says}", path.display()) }
}

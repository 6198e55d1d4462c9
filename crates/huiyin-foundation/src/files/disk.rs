//! The shelf on the disk: one file a picture or paper, one more for its small copy, in 256 folders.
//!
//! A file is complete and flushed, and so is the folder that names it, before anybody is told that it is kept.

use crate::private;
use huiyin_domain::calendar::Day;
use std::fs::{self, File, FileTimes, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

const THUMBNAIL: &str = ".thumb";
const UNFINISHED: &str = ".new";
const UNFINISHED_THUMBNAIL: &str = ".thumb.new";

/// A folder of kept files.
#[derive(Clone, Debug)]
pub(super) struct Shelf(PathBuf);

impl Shelf {
    pub(super) fn open(root: &Path) -> io::Result<Shelf> {
        private::make_folder(root)?;
        Ok(Shelf(root.to_owned()))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(&name[..2]).join(&name[2..])
    }

    /// Writes a file and its small copy, levels their times to the day, and flushes both and their folder.
    pub(super) fn put(&self, name: &str, bytes: &[u8], thumbnail: Option<&[u8]>, day: Day) -> io::Result<()> {
        let path = self.path(name);
        let folder = path.parent().unwrap_or(&self.0);
        if !folder.is_dir() {
            private::make_folder(folder)?;
        }
        let written = thumbnail
            .map_or(Ok(()), |small| write_whole(&with_ending(&path, THUMBNAIL), small, day))
            .and_then(|()| write_whole(&path, bytes, day))
            .and_then(|()| level_folder(folder, day))
            .and_then(|()| level_folder(&self.0, day));
        if written.is_err() {
            // Half of a file helps nobody; what cannot be removed now is swept later.
            let _ = self.remove(name);
        }
        written
    }

    pub(super) fn read(&self, name: &str, small: bool) -> io::Result<Vec<u8>> {
        let path = self.path(name);
        fs::read(if small { with_ending(&path, THUMBNAIL) } else { path })
    }

    /// Removes a file and its small copy; one that is gone already is no trouble.
    pub(super) fn remove(&self, name: &str) -> io::Result<()> {
        let path = self.path(name);
        for ending in ["", THUMBNAIL, UNFINISHED, UNFINISHED_THUMBNAIL] {
            match fs::remove_file(with_ending(&path, ending)) {
                Err(cause) if cause.kind() != io::ErrorKind::NotFound => return Err(cause),
                _ => {}
            }
        }
        Ok(())
    }

    /// The 256 folders, as the two letters their names begin with.
    pub(super) fn folders() -> impl Iterator<Item = String> {
        (0..=u8::MAX).map(|first| format!("{first:02x}"))
    }

    /// Names in one folder whose files are from before this day, without endings, sorted, each once; and how many
    /// were never finished by then, which are removed.
    pub(super) fn names_before(&self, folder: &str, day: Day) -> io::Result<(Vec<String>, usize)> {
        let entries = match fs::read_dir(self.0.join(folder)) {
            Ok(entries) => entries,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok((Vec::new(), 0)),
            Err(cause) => return Err(cause),
        };
        let (mut names, mut removed) = (Vec::new(), 0);
        for entry in entries {
            let entry = entry?;
            let is_old = entry.metadata()?.modified()? < start_of(day);
            let name = entry.file_name();
            if is_old && name.to_str().is_some_and(|name| name.ends_with(UNFINISHED)) {
                // Left by a crash while it was written; its whole twin, if there is one, stays.
                fs::remove_file(entry.path())?;
                removed += 1;
            } else if let Some(name) = name.to_str().filter(|_| is_old) {
                let stem = name.split('.').next().unwrap_or(name);
                names.push(format!("{folder}{stem}"));
            }
        }
        names.sort();
        names.dedup();
        Ok((names, removed))
    }
}

/// Flushes a folder and levels its time too: it would tell the second of the last file put into it.
fn level_folder(folder: &Path, day: Day) -> io::Result<()> {
    let opened = File::open(folder)?;
    opened.set_times(FileTimes::new().set_modified(start_of(day)))?;
    opened.sync_all()
}

fn write_whole(path: &Path, bytes: &[u8], day: Day) -> io::Result<()> {
    let unfinished = with_ending(path, UNFINISHED);
    let mut file =
        OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&unfinished)?;
    file.write_all(bytes)?;
    // The minute a photo came in would tie it to whoever was on the network then.
    file.set_times(FileTimes::new().set_modified(start_of(day)).set_accessed(start_of(day)))?;
    file.sync_all()?;
    fs::rename(&unfinished, path)
}

fn start_of(day: Day) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(day.start().0).unwrap_or(0))
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

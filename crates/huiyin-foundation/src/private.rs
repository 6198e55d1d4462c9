//! Files and folders that nobody but their owner may read, whatever the umask of whoever starts the program.
//!
//! What is there already and stands open to others is closed: a school's data is no public matter by oversight.

use std::fs::{self, DirBuilder, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

const FOLDER_MODE: u32 = 0o700;
const FILE_MODE: u32 = 0o600;

/// Makes a folder, and those above it, if it is not there.
pub fn make_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(FOLDER_MODE).create(path)?;
    close_to_others(path, FOLDER_MODE)
}

/// Makes an empty file if there is none.
pub fn make_file(path: &Path) -> io::Result<()> {
    OpenOptions::new().append(true).create(true).mode(FILE_MODE).open(path)?;
    close_to_others(path, FILE_MODE)
}

/// Closes a file to others; one that is not there is no trouble.
pub fn close_file(path: &Path) -> io::Result<()> {
    match close_to_others(path, FILE_MODE) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(()),
        outcome => outcome,
    }
}

fn close_to_others(path: &Path, mode: u32) -> io::Result<()> {
    if fs::metadata(path)?.permissions().mode() & 0o077 == 0 {
        return Ok(());
    }
    fs::set_permissions(path, Permissions::from_mode(mode))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn what_stands_open_is_closed_and_what_is_new_is_closed_from_the_start() {
        let folder = tempfile::tempdir().unwrap();
        let (open, new) = (folder.path().join("open"), folder.path().join("new/files"));
        fs::create_dir(&open).unwrap();
        fs::set_permissions(&open, Permissions::from_mode(0o755)).unwrap();
        make_folder(&open).unwrap();
        make_folder(&new).unwrap();
        let file = open.join("a");
        fs::write(&file, "kept").unwrap();
        fs::set_permissions(&file, Permissions::from_mode(0o664)).unwrap();
        make_file(&file).unwrap();
        make_file(&new.join("b")).unwrap();
        assert_eq!(
            [mode(&open), mode(&new), mode(&file), mode(&new.join("b"))],
            [0o700, 0o700, 0o600, 0o600]
        );
        assert_eq!(fs::read_to_string(&file).unwrap(), "kept");
        close_file(&folder.path().join("nothing")).unwrap();
    }

    #[test]
    fn a_database_and_its_logs_are_their_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("huiyin.sqlite");
        fs::write(&path, "").unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
        let db = crate::db::Db::open_sqlite(&path).unwrap();
        for tail in ["", "-wal", "-shm"] {
            assert_eq!(mode(&folder.path().join(format!("huiyin.sqlite{tail}"))), 0o600, "{tail}");
        }
        let copy = folder.path().join("copy");
        crate::db::backup::save(&path, &copy, |_| {}).unwrap();
        assert_eq!(mode(&copy), 0o600);
        db.close();
    }
}

//! Whether a school is answering: while it does it holds a shared lock on its key file, which the system lets go of however
//! the program ends. Long work of another process gives way only where somebody could be waiting.

use huiyin_foundation::keys::KEY_FILE;
use std::fs::{File, TryLockError};
use std::path::Path;

/// Says that a school is at work for as long as this is held; nothing where the file system knows no locks.
pub fn begin(data: &Path) -> Option<File> {
    let file = File::open(data.join(KEY_FILE)).ok()?;
    file.lock_shared().ok()?;
    Some(file)
}

/// Whether another process is answering; where that cannot be known, it may be.
pub fn is_somebody(data: &Path) -> bool {
    let Ok(file) = File::open(data.join(KEY_FILE)) else { return true };
    matches!(file.try_lock(), Err(TryLockError::WouldBlock | TryLockError::Error(_)))
}

#[cfg(test)]
mod tests {
    use super::{begin, is_somebody};
    use huiyin_foundation::keys::Keys;

    #[test]
    fn a_school_is_at_work_as_long_as_somebody_says_so() {
        let data = tempfile::tempdir().unwrap();
        assert!(is_somebody(data.path()), "without a key file nothing is known");
        Keys::create(data.path()).unwrap();
        assert!(!is_somebody(data.path()));
        let held = begin(data.path());
        let again = begin(data.path());
        assert!(held.is_some() && again.is_some(), "several may look after one school");
        drop(held);
        assert!(is_somebody(data.path()));
        drop(again);
        assert!(!is_somebody(data.path()));
    }
}

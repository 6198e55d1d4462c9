//! A kept file, and the name people see.

use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::{CaseNo, FileId};

/// A kept file, as its row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredFile {
    /// Random; knowing it is not yet a right to see it.
    pub id: FileId,
    /// Name on the disk.
    pub stored_as: String,
    /// SHA-256 of the bytes kept, in hex.
    pub sha256: String,
    /// Type of the bytes kept: JPEG, PNG or PDF.
    pub mime: String,
    /// Bytes kept.
    pub size_bytes: i64,
    /// Pixels across; 0 for papers.
    pub width: i64,
    /// Pixels down; 0 for papers.
    pub height: i64,
    /// Whether there is a small copy.
    pub has_thumbnail: bool,
    /// The case that claimed it.
    pub case_no: Option<CaseNo>,
    /// The event of that case it came with.
    pub seq: Option<u32>,
    /// Place among the files of the case, from 1; 0 while unclaimed.
    pub ordinal: i64,
    /// The hour it came in, forgotten once it is claimed.
    pub kept_hour: Option<Instant>,
}

impl StoredFile {
    /// Whether it is shown in the page rather than downloaded.
    pub fn is_picture(&self) -> bool {
        self.mime.starts_with("image/")
    }

    /// The ending that fits its type.
    pub fn ending(&self) -> &'static str {
        match self.mime.as_str() {
            "image/png" => "png",
            "application/pdf" => "pdf",
            _ => "jpg",
        }
    }

    /// The name people see; the one it had on the phone was never asked for.
    pub fn shown_name(&self) -> String {
        format!("附件{}.{}", self.ordinal.max(1), self.ending())
    }
}

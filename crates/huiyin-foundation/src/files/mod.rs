//! Photos and papers that people hand in (requirements 1.2; security.md D-AN2, D-AN3, D-IN3, D-IN4).
//!
//! A file is judged by its content, never by its name. Pictures are decoded within limits and written anew, so that place,
//! camera, author and anything hidden behind the picture are gone; PDFs are kept as they are and only ever downloaded.
//! The name a file had on the phone is not even asked for. What is kept lies under `DATA/files` with a random id, is on the
//! disk before anybody is told so, and carries the day, not the minute, in its file time.
//! What this room deliberately does not do: decide who may see a file. The room that owns the case asks `visible_to` first.

mod disk;
mod picture;
mod queries;
mod refusal;
mod serve;
mod shrink;
mod sniff;
mod stored;
#[cfg(test)]
mod tests;

pub use queries::{Swept, claim, forget, remember, stored, stored_of_case};
pub use refusal::{FileRefusal, KeepTrouble};
pub use serve::Variant;
pub use stored::StoredFile;

use crate::error::Error;
use crate::keys::Keys;
use bytes::Bytes;
use data_encoding::HEXLOWER;
use disk::Shelf;
use huiyin_domain::calendar::Instant;
use huiyin_domain::ids::FileId;
use huiyin_domain::policy::Attachments;
use picture::Frame;
use sha2::{Digest, Sha256};
use sniff::Content;
use std::path::Path;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// Working memory that all pictures being decoded may take together, in mebibytes.
const WORK_MIB: u32 = 256;
/// Unclaimed files are swept away after so many hours; drafts live that long.
const UNCLAIMED_HOURS: i64 = 24;
/// Files being judged or waiting for it, at most: whoever comes later is told at once to come again.
pub const AT_ONCE_MAX: usize = 32;

/// What a form accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileLimits {
    /// Largest file as sent.
    pub size_bytes_max: usize,
    /// Largest picture in pixels.
    pub pixels_max: u64,
    /// Whether PDFs are taken. Not from anonymous requesters: a PDF may name its author.
    pub takes_pdf: bool,
}

impl FileLimits {
    /// The school's limits, for a form that takes pictures and PDFs.
    pub fn from_policy(attachments: &Attachments) -> FileLimits {
        FileLimits {
            size_bytes_max: usize::from(attachments.size_mib_max) << 20,
            pixels_max: u64::from(attachments.megapixels_max) * 1_000_000,
            takes_pdf: true,
        }
    }

    /// The same limits for pictures only.
    pub fn pictures_only(self) -> FileLimits {
        FileLimits { takes_pdf: false, ..self }
    }
}

/// The store of handed-in files.
#[derive(Clone)]
pub struct Files {
    shelf: Shelf,
    work: Arc<Semaphore>,
    work_mib_min: u32,
    queue: Arc<Semaphore>,
}

impl Files {
    /// Opens `DATA/files`, making it if need be.
    pub fn open(data: &Path) -> std::io::Result<Files> {
        let seats = std::thread::available_parallelism().map_or(1, |cores| cores.get() as u32);
        Ok(Files {
            shelf: Shelf::open(&data.join("files"))?,
            work: Arc::new(Semaphore::new(WORK_MIB as usize)),
            // A share of the memory for each core: small pictures never outnumber the cores.
            work_mib_min: (WORK_MIB / seats).max(1),
            queue: Arc::new(Semaphore::new(AT_ONCE_MAX)),
        })
    }

    /// Judges a file, writes it to the disk and gives it an id. It stays unclaimed until [`remember`] and [`claim`] are called.
    pub async fn keep(
        &self,
        keys: &Keys,
        bytes: Bytes,
        limits: FileLimits,
        now: Instant,
    ) -> Result<StoredFile, KeepTrouble> {
        if bytes.is_empty() {
            return Err(FileRefusal::Empty.into());
        }
        if bytes.len() > limits.size_bytes_max {
            return Err(FileRefusal::TooLarge { mib_max: limits.size_bytes_max >> 20 }.into());
        }
        let _place = self.queue.try_acquire().map_err(|_| KeepTrouble::Busy)?;
        let work = match sniff::content(&bytes) {
            Content::Picture(format) => self.draw_anew(bytes, format, limits.pixels_max).await?,
            Content::Pdf if limits.takes_pdf => Work::pdf(bytes),
            Content::Pdf => return Err(FileRefusal::PdfNotTaken.into()),
            Content::Heic => return Err(FileRefusal::Heic.into()),
            Content::Other if limits.takes_pdf => return Err(FileRefusal::NotTaken.into()),
            Content::Other => return Err(FileRefusal::NoPicture.into()),
        };
        let id = FileId(HEXLOWER.encode(&keys.random_bytes::<16>()));
        let file = work.described(id, now);
        let (shelf, name) = (self.shelf.clone(), file.stored_as.clone());
        spawn_blocking(move || shelf.put(&name, &work.bytes, work.thumbnail.as_deref(), now.day()))
            .await
            .unwrap_or_else(|gone| Err(std::io::Error::other(gone)))?;
        Ok(file)
    }

    async fn draw_anew(
        &self,
        bytes: Bytes,
        format: image::ImageFormat,
        pixels_max: u64,
    ) -> Result<Work, FileRefusal> {
        let header = bytes.clone();
        let frame = uncrashed(spawn_blocking(move || Frame::read(&header, format, pixels_max)).await)?;
        let share = frame.work_mib().clamp(self.work_mib_min, WORK_MIB);
        let seat =
            self.work.clone().acquire_many_owned(share).await.expect("the working memory is never closed");
        let drawn = spawn_blocking(move || {
            let _seat = seat;
            picture::draw_anew(&bytes, frame)
        });
        uncrashed(drawn.await)
    }

    /// Removes a file from the disk; its row must be gone already.
    pub fn discard(&self, file: &StoredFile) -> std::io::Result<()> {
        self.shelf.remove(&file.stored_as)
    }

    /// Where a file lies below `DATA/files`.
    pub fn place_of(&self, file: &StoredFile) -> String {
        format!("{}/{}", &file.stored_as[..2], &file.stored_as[2..])
    }

    /// The bytes as kept. Waits for the disk; the caller has made sure that they may be seen.
    pub fn bytes_of(&self, file: &StoredFile) -> std::io::Result<Vec<u8>> {
        self.shelf.read(&file.stored_as, false)
    }

    /// Whether the bytes on the disk are those that were kept.
    pub fn is_intact(&self, file: &StoredFile) -> bool {
        self.shelf.read(&file.stored_as, false).is_ok_and(|bytes| digest(&bytes) == file.sha256)
    }
}

/// What is written to the disk, before it has an id.
pub(crate) struct Work {
    bytes: Vec<u8>,
    thumbnail: Option<Vec<u8>>,
    mime: &'static str,
    width: u32,
    height: u32,
}

impl Work {
    fn pdf(bytes: Bytes) -> Work {
        Work { bytes: bytes.into(), thumbnail: None, mime: "application/pdf", width: 0, height: 0 }
    }

    fn described(&self, id: FileId, now: Instant) -> StoredFile {
        StoredFile {
            stored_as: digest(id.as_str().as_bytes()),
            id,
            sha256: digest(&self.bytes),
            mime: self.mime.to_owned(),
            size_bytes: self.bytes.len() as i64,
            width: i64::from(self.width),
            height: i64::from(self.height),
            has_thumbnail: self.thumbnail.is_some(),
            case_no: None,
            seq: None,
            ordinal: 0,
            kept_hour: Some(now.floor_to_hour()),
        }
    }
}

/// A decoder that breaks down on a crafted picture refuses that picture, nothing more.
fn uncrashed<T>(outcome: Result<Result<T, FileRefusal>, tokio::task::JoinError>) -> Result<T, FileRefusal> {
    outcome.unwrap_or(Err(FileRefusal::Broken))
}

fn digest(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

impl From<KeepTrouble> for Error {
    fn from(trouble: KeepTrouble) -> Error {
        match trouble {
            KeepTrouble::Refused(refusal) => Error::invalid("files", refusal.sentence(1)),
            KeepTrouble::Busy => Error::Busy,
            KeepTrouble::Disk(cause) if cause.kind() == std::io::ErrorKind::StorageFull => Error::Full,
            KeepTrouble::Disk(cause) => Error::internal(cause),
        }
    }
}

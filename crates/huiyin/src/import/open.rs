//! Opening a file by what its name says it is: .tsv .csv .jsonl .xlsx, each also as .gz.

use super::rows::{self, Rows};
use super::sheet;
use crate::stop::Stop;
use flate2::read::MultiGzDecoder;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What a file says, unpacked.
pub type Bytes = Box<dyn BufRead>;

/// An opened file: its columns if it has a heading, its rows, and how far it has been read.
pub struct Opened {
    /// The columns of the heading; none where each row names its own.
    pub columns: Option<Vec<Arc<str>>>,
    /// The rows.
    pub rows: Rows,
    /// Bytes of the file.
    pub size_bytes: u64,
    /// Bytes of it read so far.
    pub read_bytes: Arc<AtomicU64>,
}

/// Opens a file.
pub fn open(path: &Path) -> Result<Opened, Stop> {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    let (name, is_packed) = match name.strip_suffix(".gz") {
        Some(name) => (name, true),
        None => (name.as_str(), false),
    };
    let Some((_, ending)) =
        name.rsplit_once('.').filter(|(_, end)| ["tsv", "csv", "jsonl", "xlsx"].contains(end))
    else {
        let path = path.display();
        return Err(Stop::wrong_use(format!(
            "{path}: the name must end in .tsv, .csv, .jsonl or .xlsx, perhaps with .gz"
        )));
    };
    let file = File::open(path).map_err(Stop::about(path))?;
    let size_bytes = file.metadata().map_err(Stop::about(path))?.len();
    let read_bytes = Arc::new(AtomicU64::new(0));
    let counted = BufReader::with_capacity(1 << 16, Counted { file, read: read_bytes.clone() });
    let bytes: Bytes = if is_packed {
        Box::new(BufReader::with_capacity(1 << 16, MultiGzDecoder::new(counted)))
    } else {
        Box::new(counted)
    };
    let (columns, rows) = match ending {
        "tsv" => with_heading(rows::tab_separated(bytes)),
        "csv" => with_heading(rows::comma_separated(bytes)),
        "xlsx" => with_heading(sheet::first_sheet(bytes)),
        _ => Ok((None, rows::json_lines(bytes))),
    }
    .map_err(|stop| Stop::failed(format!("{}: {}", path.display(), stop.line().unwrap_or_default())))?;
    Ok(Opened { columns, rows, size_bytes, read_bytes })
}

type Headed = (Option<Vec<Arc<str>>>, Rows);

fn with_heading(read: Result<(Vec<Arc<str>>, Rows), Stop>) -> Result<Headed, Stop> {
    read.map(|(columns, rows)| (Some(columns), rows))
}

/// Counts what is read, for the progress bar.
struct Counted {
    file: File,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let length = self.file.read(into)?;
        self.read.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}

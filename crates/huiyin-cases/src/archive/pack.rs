//! The file as it goes out: packed while it is sent, one attachment in memory at a time.

use super::contents::Contents;
use futures_util::stream::{Stream, StreamExt, unfold};
use huiyin_foundation::school::App;
use std::io::{self, BufWriter, Write};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const CHUNK_BYTES: usize = 64 * 1024;
/// So many chunks wait for a slow reader.
const WAITING_MAX: usize = 4;

type Chunk = Result<Vec<u8>, io::Error>;

/// Packs in the background; what went wrong ends the stream, so that a torn file is seen to be torn.
pub(super) fn stream(app: &App, contents: Contents) -> impl Stream<Item = Chunk> + use<> {
    let (sender, receiver) = channel::<Chunk>(WAITING_MAX);
    let app = app.clone();
    tokio::task::spawn_blocking(move || {
        if let Err(error) = pack(&app, contents, Outlet(sender.clone())) {
            tracing::warn!(%error, "the file of a case was not packed to its end");
            // Whoever listened has gone.
            let _ = sender.blocking_send(Err(error));
        }
    });
    let chunks = unfold(receiver, |mut receiver: Receiver<Chunk>| async move {
        receiver.recv().await.map(|chunk| (chunk, receiver))
    });
    // Compression asks once more after the end.
    chunks.fuse()
}

fn pack(app: &App, contents: Contents, outlet: Outlet) -> io::Result<()> {
    let mut zip = ZipWriter::new_stream(BufWriter::with_capacity(CHUNK_BYTES, outlet));
    let small = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    // Pictures do not get smaller.
    let as_is = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, bytes) in contents.papers {
        zip.start_file(name, small)?;
        zip.write_all(&bytes)?;
    }
    for (name, file) in contents.files {
        zip.start_file(name, as_is)?;
        zip.write_all(&app.files.bytes_of(&file)?)?;
    }
    zip.finish()?.flush()
}

/// Writing into the channel of an answer.
struct Outlet(Sender<Chunk>);

impl Write for Outlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let gone = |_| io::Error::new(io::ErrorKind::BrokenPipe, "the reader has gone");
        self.0.blocking_send(Ok(bytes.to_vec())).map_err(gone)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

//! The embedded engine: one file, one thread that writes, a few that read.

mod connection;
mod errors;
mod reader;
mod writer;

pub(crate) use connection::{Connection, Purpose};
pub(crate) use errors::db_error;

use super::error::DbError;
use super::kept::Kept;
use super::request::Request;
use super::tx::Tx;
use crossbeam_channel::{Receiver, Sender, unbounded};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use writer::Message;

/// Requests under way at once, at most; whoever comes later waits without holding a thread.
const UNDER_WAY_MAX: usize = 1_024;

/// An open file and its threads.
pub(super) struct Store {
    path: PathBuf,
    to_writer: Sender<Message>,
    to_readers: Sender<Message>,
    threads: Mutex<Vec<JoinHandle<()>>>,
    admission: Arc<Semaphore>,
}

impl Store {
    /// Opens the file, making it if it is not there, and starts the threads.
    pub(super) fn start(path: &Path, purpose: Purpose) -> Result<Store, DbError> {
        // The writer first: it is the one who makes the file and its write-ahead log.
        let writer = Connection::open(path, purpose)?;
        let (to_writer, for_writer) = unbounded();
        let (to_readers, for_readers) = unbounded();
        let cores = thread::available_parallelism().map_or(2, usize::from);
        let store = Store {
            path: path.to_owned(),
            to_writer,
            to_readers,
            threads: Mutex::default(),
            admission: Arc::new(Semaphore::new(UNDER_WAY_MAX)),
        };
        store.spawn("db-writer", Tx::on_sqlite(writer), for_writer, writer::run)?;
        let kept = Arc::new(Kept::default());
        for _ in 0..cores.clamp(2, 4) {
            let connection = Connection::open(path, Purpose::Read)?;
            let reader = Tx::on_sqlite(connection).keeping(Arc::clone(&kept));
            store.spawn("db-reader", reader, for_readers.clone(), reader::run)?;
        }
        Ok(store)
    }

    /// Where the file is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Waits until there is room for one more request; the permit is given back with the answer.
    pub(super) async fn admit(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.admission).acquire_owned().await.ok()
    }

    /// Hands a request to the writer. If the store is closed the request is dropped, which tells its caller.
    pub(super) fn write(&self, request: Box<dyn Request>) {
        let _ = self.to_writer.send(Message::Run(request));
    }

    /// Hands a request to the next free reader.
    pub(super) fn read(&self, request: Box<dyn Request>) {
        let _ = self.to_readers.send(Message::Run(request));
    }

    /// Has the writer fold the write-ahead log into the file between two transactions.
    pub(super) async fn fold(&self) -> Result<(), DbError> {
        let (answer, answered) = oneshot::channel();
        let _ = self.to_writer.send(Message::Fold(answer));
        answered.await.unwrap_or_else(|_| Err(DbError::closed()))
    }

    /// Finishes what is waiting, folds the write-ahead log into the file and closes it. Later requests are refused.
    pub(super) fn close(&self) {
        let mut threads = std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        if threads.is_empty() {
            return;
        }
        // The readers first: the writer can cut the log only when nobody looks at it any more.
        let readers = threads.split_off(1);
        for _ in &readers {
            let _ = self.to_readers.send(Message::Stop);
        }
        readers.into_iter().for_each(wait_for);
        let _ = self.to_writer.send(Message::Stop);
        threads.into_iter().for_each(wait_for);
    }

    fn spawn(
        &self,
        name: &str,
        tx: Tx,
        messages: Receiver<Message>,
        run: fn(Tx, &Receiver<Message>),
    ) -> Result<(), DbError> {
        let thread = thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || run(tx, &messages))
            .map_err(DbError::engine)?;
        self.threads.lock().unwrap_or_else(PoisonError::into_inner).push(thread);
        Ok(())
    }
}

fn wait_for(thread: JoinHandle<()>) {
    // The last owner of the store may be a request on one of these threads: it cannot wait for itself.
    if thread.thread().id() != thread::current().id() && thread.join().is_err() {
        tracing::error!("a thread of the database ended in a panic");
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.close();
    }
}

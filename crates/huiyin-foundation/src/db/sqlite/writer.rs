//! The one thread that writes.
//!
//! A flush to the disk costs far more than a statement. So the writer takes a request, and with it whatever else has
//! come in while it was busy, runs them all in one transaction and answers them all after its commit: nobody is told
//! “done” before it is on the disk, and the more callers there are, the less each pays. Every request but the first runs
//! in a savepoint, so that one that fails or panics leaves its neighbours alone. The first has nobody before it: if it
//! fails, the transaction is undone and begun anew. A savepoint keeps a copy of every page it touches, which an import
//! of hundreds of cases in one request would pay for dearly.

use crate::clock::Stopwatch;
use crate::db::error::DbError;
use crate::db::request::Request;
use crate::db::tx::Tx;
use crossbeam_channel::Receiver;
use std::time::Duration;
use tokio::sync::oneshot;

/// How often the turn of another process is waited for, some seconds each time.
const BEGIN_TRIES: usize = 3;
/// Requests in one transaction, at most.
const BATCH_MAX: usize = 256;
/// How long a transaction goes on taking in requests: about as long as the flush that they share.
const BATCH_TIME_MAX: Duration = Duration::from_millis(8);

/// What the threads of the store are told.
pub(super) enum Message {
    /// Do this.
    Run(Box<dyn Request>),
    /// Fold the write-ahead log into the file.
    Fold(oneshot::Sender<Result<(), DbError>>),
    /// Finish what is waiting, then end.
    Stop,
}

/// Writes until told to stop, then leaves the file folded and tidy.
pub(super) fn run(mut tx: Tx, messages: &Receiver<Message>) {
    while let Ok(message) = messages.recv() {
        let next = match message {
            Message::Run(first) => write_together(&mut tx, first, messages),
            other => Some(other),
        };
        match next {
            Some(Message::Fold(answer)) => {
                let _ = answer.send(fold(&mut tx));
            }
            Some(Message::Stop) => break,
            _ => {}
        }
    }
    if let Err(error) = fold(&mut tx) {
        tracing::warn!(%error, "the write-ahead log was not folded into the file; the next start does it");
    }
}

fn fold(tx: &mut Tx) -> Result<(), DbError> {
    let folded = tx.batch("pragma optimize").and_then(|()| {
        let outcome = tx.query_one("pragma wal_checkpoint(truncate)", &[])?;
        match outcome.int(0)? {
            0 => Ok(()),
            _ => Err(DbError::Busy { reason: "somebody is still reading an older state".to_owned() }),
        }
    });
    tx.take_spoiled();
    folded
}

/// Begins to write. Another process may hold the file, as an import does for moments at a time: its turn is waited for
/// more than once before anybody is told that it is busy here.
fn begin(tx: &mut Tx) -> Result<(), DbError> {
    let mut begun = Ok(());
    for _ in 0..BEGIN_TRIES {
        begun = tx.batch("begin immediate");
        tx.take_spoiled();
        if !matches!(begun, Err(DbError::Busy { .. })) {
            break;
        }
    }
    begun
}

/// Runs this request and whatever is waiting in one transaction; returns the message it found and left to be done.
fn write_together(tx: &mut Tx, first: Box<dyn Request>, messages: &Receiver<Message>) -> Option<Message> {
    if let Err(error) = begin(tx) {
        first.answer(Err(error));
        return None;
    }
    let since = Stopwatch::start();
    let mut done = Vec::new();
    let mut next = None;
    let mut waiting = Some(first);
    while let Some(request) = waiting.take() {
        let ran = if done.is_empty() {
            run_first(tx, request, &mut done)
        } else {
            run_apart(tx, request, &mut done)
        };
        if let Err(error) = ran {
            give_up(tx);
            answer_all(done, &Err(error));
            return next;
        }
        if done.len() < BATCH_MAX && since.elapsed() < BATCH_TIME_MAX {
            match messages.try_recv() {
                Ok(Message::Run(request)) => waiting = Some(request),
                Ok(other) => next = Some(other),
                Err(_) => {}
            }
        }
    }
    let kept = tx.batch("commit");
    if kept.is_err() {
        give_up(tx);
    }
    answer_all(done, &kept);
    next
}

/// Runs the first request of a transaction; an error here means that the transaction is lost.
fn run_first(
    tx: &mut Tx,
    mut request: Box<dyn Request>,
    done: &mut Vec<Box<dyn Request>>,
) -> Result<(), DbError> {
    let wants_keeping = request.run(tx);
    done.push(request);
    if tx.sqlite().is_some_and(|connection| connection.is_idle()) {
        return Err(tx.last_failure());
    }
    if !wants_keeping {
        tx.batch("rollback")?;
        tx.batch("begin immediate")?;
    }
    Ok(())
}

/// Runs one request in its own savepoint; an error here means that the transaction around it is lost.
fn run_apart(
    tx: &mut Tx,
    mut request: Box<dyn Request>,
    done: &mut Vec<Box<dyn Request>>,
) -> Result<(), DbError> {
    let opened = tx.batch("savepoint request");
    let wants_keeping = opened.is_ok() && request.run(tx);
    done.push(request);
    opened?;
    if tx.sqlite().is_some_and(|connection| connection.is_idle()) {
        return Err(tx.last_failure());
    }
    if !wants_keeping {
        tx.batch("rollback to savepoint request")?;
    }
    tx.batch("release savepoint request")
}

/// Leaves the connection fit for the next transaction. The engine may have rolled back by itself; then there is nothing
/// to do, and its complaint about that says nothing.
fn give_up(tx: &mut Tx) {
    tx.take_spoiled();
    let _ = tx.batch("rollback");
    tx.take_spoiled();
}

fn answer_all(done: Vec<Box<dyn Request>>, kept: &Result<(), DbError>) {
    for request in done {
        request.answer(kept.clone());
    }
}

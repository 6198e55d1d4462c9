//! The one thread that writes.
//!
//! A flush to the disk costs far more than a statement. So the writer takes a request, and with it whatever else has
//! come in while it was busy, runs them all in one transaction and answers them all after its commit: nobody is told
//! “done” before it is on the disk, and the more callers there are, the less each pays. Every request runs in a
//! savepoint, so that one that fails or panics leaves its neighbours alone.

use super::connection::Connection;
use crate::clock::Stopwatch;
use crate::db::error::DbError;
use crate::db::request::Request;
use crate::db::tx::Tx;
use crossbeam_channel::Receiver;
use std::time::Duration;

/// Requests in one transaction, at most.
const BATCH_MAX: usize = 256;
/// How long a transaction goes on taking in requests.
const BATCH_TIME_MAX: Duration = Duration::from_millis(2);

/// What the threads of the store are told.
pub(super) enum Message {
    /// Do this.
    Run(Box<dyn Request>),
    /// Finish what is waiting, then end.
    Stop,
}

/// Writes until told to stop, then leaves the file folded and tidy.
pub(super) fn run(connection: Connection, messages: &Receiver<Message>) {
    let mut tx = Tx::on_sqlite(connection);
    while let Ok(Message::Run(first)) = messages.recv() {
        if write_together(&mut tx, first, messages) == Next::Stop {
            break;
        }
    }
    for last in ["pragma optimize", "pragma wal_checkpoint(truncate)"] {
        if let Err(error) = tx.batch(last) {
            tx.take_spoiled();
            tracing::warn!(%error, "closing the database: {last} was not done; the next start does it");
        }
    }
}

#[derive(PartialEq)]
enum Next {
    Wait,
    Stop,
}

fn write_together(tx: &mut Tx, first: Box<dyn Request>, messages: &Receiver<Message>) -> Next {
    if let Err(error) = tx.batch("begin immediate") {
        tx.take_spoiled();
        first.answer(Err(error));
        return Next::Wait;
    }
    let since = Stopwatch::start();
    let mut done = Vec::new();
    let mut next = Next::Wait;
    let mut waiting = Some(first);
    while let Some(request) = waiting.take() {
        if let Err(error) = run_apart(tx, request, &mut done) {
            // The engine has given up the whole transaction: nothing in it was kept.
            let _ = tx.batch("rollback");
            tx.take_spoiled();
            return answer_all(done, &Err(error), next);
        }
        if done.len() < BATCH_MAX && since.elapsed() < BATCH_TIME_MAX {
            match messages.try_recv() {
                Ok(Message::Run(request)) => waiting = Some(request),
                Ok(Message::Stop) => next = Next::Stop,
                Err(_) => {}
            }
        }
    }
    let kept = tx.batch("commit");
    if kept.is_err() {
        tx.take_spoiled();
        // A failed commit may leave the transaction open; if it does not, this fails, which is as well.
        let _ = tx.batch("rollback");
        tx.take_spoiled();
    }
    answer_all(done, &kept, next)
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

fn answer_all(done: Vec<Box<dyn Request>>, kept: &Result<(), DbError>, next: Next) -> Next {
    for request in done {
        request.answer(kept.clone());
    }
    next
}

//! A thread that reads: each request sees one state of the whole database, however long it looks.

use super::writer::Message;
use crate::db::tx::Tx;
use crossbeam_channel::Receiver;

/// Reads until told to stop.
pub(super) fn run(mut tx: Tx, messages: &Receiver<Message>) {
    while let Ok(Message::Run(mut request)) = messages.recv() {
        let opened = tx.batch("begin deferred");
        if opened.is_ok() {
            request.run(&mut tx);
            // Nothing was written, so it matters to nobody how this ends.
            let _ = tx.batch("rollback");
        }
        tx.take_spoiled();
        request.answer(opened);
    }
}
